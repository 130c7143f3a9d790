"""Verdicts: exact, with a reason, never a colour without data."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from damha_portal.accounts.models import AdminUnit
from damha_portal.progress.enums import BaselineState, Comparator, PaceMethod, VerdictCode
from damha_portal.progress.judgement import (
    Figure,
    judge,
    satisfies,
    say_figure,
    say_threshold,
    still_needed,
)
from damha_portal.progress.models import Plan, Target
from damha_portal.progress.registry import Kind
from damha_portal.progress.selectors import remarks_on, snap

AREA = AdminUnit(code="200", kind="district", name="Đầm Hà", valid_from=dt.date(2020, 1, 1))
PLAN = Plan(
    title="Kế hoạch",
    short_title="Kế hoạch 2023",
    area=AREA,
    period_start=dt.date(2023, 1, 1),
    period_end=dt.date(2023, 12, 31),
)
DURING = dt.date(2023, 9, 30)
AFTER = dt.date(2024, 3, 1)


def target(**changes):
    values = {
        "plan": PLAN,
        "code": "T1",
        "title": "Chỉ tiêu",
        "metric_key": "ocop.new_registrations",
        "comparator": Comparator.GTE,
        "value": Decimal(3),
        "unit": "sản phẩm",
        "pace_method": PaceMethod.END_ONLY,
        **changes,
    }
    return Target(**values)


def share(**changes):
    return target(
        metric_key="ocop.traceable_share", value=Decimal(70), unit="%", code="T2", **changes
    )


def counted(numerator, denominator=None, kind=Kind.COUNT, **detail):
    return Figure(
        kind,
        None if numerator is None else Fraction(numerator),
        None if denominator is None else Fraction(denominator),
        detail,
    )


def verdict(of, figure, as_of=DURING, today=DURING):
    return judge(of, figure, as_of=as_of, today=today)


def test_two_of_three_is_not_seventy_percent():
    found = verdict(share(), counted(2, 3, Kind.SHARE), as_of=AFTER, today=AFTER)
    assert found.code == VerdictCode.NOT_MET
    assert found.reason.startswith("2/3 (66,67 %), mức phải đạt ≥ 70 %")


def test_69_96_percent_is_not_met_and_is_not_shown_as_70():
    figure = counted(6996, 10000, Kind.SHARE)
    assert verdict(share(), figure, as_of=AFTER, today=AFTER).code == VerdictCode.NOT_MET
    assert "69,96 %" in say_figure(share(), figure)


def test_69_999_percent_never_looks_like_70():
    figure = counted(69999, 100000, Kind.SHARE)
    assert "(70 %)" not in say_figure(share(), figure)
    assert "69,999 %" in say_figure(share(), figure)


def test_seventy_percent_exactly_is_met_by_at_least():
    assert verdict(share(), counted(7, 10, Kind.SHARE)).code == VerdictCode.MET


@pytest.mark.parametrize(("arrivals", "met"), [(40000, False), (40001, True)])
def test_forty_thousand_is_not_more_than_forty_thousand(arrivals, met):
    strict = target(
        metric_key="tourism.arrivals",
        comparator=Comparator.GT,
        value=Decimal(40000),
        unit="lượt khách",
    )
    found = verdict(strict, counted(arrivals, kind=Kind.SUM), as_of=AFTER, today=AFTER)
    assert (found.code == VerdictCode.MET) is met
    assert say_threshold(strict) == "> 40.000"


def test_growth_of_exactly_fourteen_percent_is_not_over_fourteen():
    growth = target(
        metric_key="tourism.arrivals_growth", comparator=Comparator.GT, value=Decimal(14), unit="%"
    )
    exact = counted(4900, 35000, Kind.GROWTH)
    above = counted(4901, 35000, Kind.GROWTH)
    assert verdict(growth, exact, as_of=AFTER, today=AFTER).code == VerdictCode.NOT_MET
    assert verdict(growth, above, as_of=AFTER, today=AFTER).code == VerdictCode.MET


def test_growth_reached_before_the_end_is_on_track_because_it_may_fall_again():
    growth = target(
        metric_key="tourism.arrivals_growth", comparator=Comparator.GT, value=Decimal(14), unit="%"
    )
    found = verdict(growth, counted(20, 100, Kind.GROWTH))
    assert found.code == VerdictCode.ON_TRACK


@pytest.mark.parametrize("as_of", [DURING, AFTER])
def test_unknown_has_no_colour_even_after_the_end(as_of):
    found = verdict(target(), counted(None), as_of=as_of, today=as_of)
    assert found.code == VerdictCode.NO_DATA
    assert found.reason == "chưa đơn vị nào nhập"


def test_an_empty_base_is_no_data_neither_zero_nor_hundred_percent():
    found = verdict(share(), counted(0, 0, Kind.SHARE))
    assert found.code == VerdictCode.NO_DATA
    assert say_figure(share(), counted(0, 0, Kind.SHARE)) == "—"


def test_zero_counted_is_shown_as_zero():
    assert say_figure(target(), counted(0)) == "0"


def test_growth_without_last_years_months_says_which_are_missing():
    growth = target(metric_key="tourism.arrivals_growth", comparator=Comparator.GT)
    figure = counted(None, None, Kind.GROWTH, missing_base_months=["2022-04-01"])
    assert verdict(growth, figure).reason == "thiếu số cùng kỳ: tháng 4/2022"


def test_a_year_with_a_month_missing_is_not_judged_unless_already_passed():
    yearly = target(
        metric_key="tourism.arrivals", comparator=Comparator.GT, value=Decimal(40000), unit="lượt"
    )
    short = counted(38015, kind=Kind.SUM, missing_months=["2023-12-01"])
    passed = counted(40001, kind=Kind.SUM, missing_months=["2023-12-01"])
    found = verdict(yearly, short, AFTER, AFTER)
    assert found.code == VerdictCode.NO_DATA
    assert found.reason == "mới có 38.015; chưa có số đã duyệt của tháng 12/2023"
    assert verdict(yearly, passed, AFTER, AFTER).code == VerdictCode.MET


def test_growth_of_eleven_months_is_no_growth_of_the_year():
    growth = target(
        metric_key="tourism.arrivals_growth", comparator=Comparator.GT, value=Decimal(14), unit="%"
    )
    figure = counted(20, 100, Kind.GROWTH, missing_months=["2023-12-01"])
    assert verdict(growth, figure, AFTER, AFTER).code == VerdictCode.NO_DATA


class TestPace:
    MILESTONES = [{"on": "2023-06-30", "value": "10"}, {"on": "2023-09-30", "value": "14"}]

    def by_milestones(self):
        return target(
            metric_key="ocop.consolidated_products",
            comparator=Comparator.EQ,
            value=Decimal(15),
            pace_method=PaceMethod.MILESTONES,
            milestones=self.MILESTONES,
        )

    def test_behind_names_what_is_needed_and_by_which_method(self):
        found = verdict(self.by_milestones(), counted(12, 15))
        assert found.code == VerdictCode.BEHIND
        assert found.reason == "12/15, cần 14 đến hết 30/09/2023 (theo mốc kế hoạch)"

    def test_ninety_percent_of_the_expected_is_at_risk_not_behind(self):
        assert verdict(self.by_milestones(), counted(13, 15)).code == VerdictCode.AT_RISK

    def test_the_day_before_a_milestone_still_asks_for_the_one_before(self):
        found = verdict(self.by_milestones(), counted(12, 15), as_of=dt.date(2023, 9, 29))
        assert found.code == VerdictCode.ON_TRACK
        assert found.expected.value == 10

    def test_linear_pace_counts_the_days_passed(self):
        linear = target(value=Decimal(365), pace_method=PaceMethod.LINEAR)
        found = verdict(linear, counted(31), as_of=dt.date(2023, 1, 31))
        assert found.expected.value == 31
        assert found.code == VerdictCode.ON_TRACK

    def test_season_takes_last_years_share(self):
        seasonal = target(
            metric_key="tourism.arrivals",
            comparator=Comparator.GT,
            value=Decimal(40000),
            pace_method=PaceMethod.SEASON,
        )
        found = verdict(seasonal, counted(25000, kind=Kind.SUM, season=["26250", "35000"]))
        assert found.expected.value == 30000
        assert found.code == VerdictCode.BEHIND

    def test_without_last_years_months_the_season_is_not_invented(self):
        seasonal = target(
            metric_key="tourism.arrivals",
            comparator=Comparator.GT,
            value=Decimal(40000),
            pace_method=PaceMethod.SEASON,
        )
        found = verdict(seasonal, counted(1, kind=Kind.SUM))
        assert found.expected.value is None
        assert found.code == VerdictCode.ON_TRACK
        assert "chưa đủ số liệu năm trước" in found.reason


class TestLowerIsBetter:
    def capped(self):
        return target(comparator=Comparator.LTE, value=Decimal(5))

    def test_under_the_cap_is_on_track_and_met_only_at_the_end(self):
        assert verdict(self.capped(), counted(4)).code == VerdictCode.ON_TRACK
        assert verdict(self.capped(), counted(4), AFTER, AFTER).code == VerdictCode.MET

    def test_over_the_cap_is_behind_never_green(self):
        found = verdict(self.capped(), counted(6))
        assert found.code == VerdictCode.BEHIND
        assert found.reason == "6, không được quá 5"


def test_the_last_day_of_the_period_is_not_yet_not_met():
    last = dt.date(2023, 12, 31)
    assert verdict(target(), counted(2), as_of=last, today=last).code == VerdictCode.ON_TRACK
    assert verdict(target(), counted(2), as_of=last, today=AFTER).code == VerdictCode.NOT_MET


def test_a_missed_aspiration_is_worded_as_one():
    found = verdict(target(is_aspirational=True), counted(2), as_of=AFTER, today=AFTER)
    assert found.reason == "2, mức phấn đấu ≥ 3"


@pytest.mark.parametrize(
    ("numerator", "denominator", "needed"), [(2, 3, 1), (0, 1, 1), (7, 10, 0), (5, 10, 2)]
)
def test_how_many_more_are_needed_for_seventy_percent(numerator, denominator, needed):
    assert still_needed(share(), counted(numerator, denominator, Kind.SHARE)) == needed


@pytest.mark.parametrize(
    ("comparator", "met"),
    [
        (Comparator.GTE, [False, True, True]),
        (Comparator.GT, [False, False, True]),
        (Comparator.EQ, [False, True, False]),
        (Comparator.LTE, [True, True, False]),
    ],
)
def test_each_comparator_at_below_on_and_above_its_boundary(comparator, met):
    values = [Fraction(299, 100), Fraction(3), Fraction(301, 100)]
    assert [satisfies(value, comparator, Fraction(3)) for value in values] == met


def test_a_derived_baseline_is_said_to_be_unconfirmed():
    growth = target(
        metric_key="tourism.arrivals_growth",
        baseline_value=Decimal(35000),
        baseline_state=BaselineState.DERIVED,
    )
    figure = counted(None, None, Kind.GROWTH)
    assert remarks_on(growth, figure) == ["gốc 35.000 là số suy ra, chờ xác nhận"]
    growth.baseline_state = BaselineState.CONFIRMED
    assert remarks_on(growth, figure) == []


def test_a_day_between_month_ends_shows_the_month_end_before_it():
    dates = [dt.date(2023, 8, 31), dt.date(2023, 9, 30)]
    assert snap(dates, dt.date(2023, 9, 15), AFTER) == dates[0]
    assert snap(dates, dt.date(2022, 1, 1), AFTER) == dates[0]
    assert snap(dates, None, AFTER) == dates[1]
