"""T10 and T11 at their edges; the readings are domain.md §1.4."""

import datetime as dt
from fractions import Fraction

import pytest

from damha_portal.accounts.enums import UnitKind
from damha_portal.progress.enums import BaselineState, VerdictCode
from damha_portal.progress.judgement import figure_of, judge
from damha_portal.progress.models import Measurement, Target
from tests.factories.accounts import AdminUnitFactory
from tests.factories.tourism import MonthlyFigureFactory
from tests.progress.reading import YEAR_END, Board, load_plan_2023
from tourism.enums import FigureStage, FigureStatus
from tourism.models import MonthlyFigure

AFTER = dt.date(2024, 1, 1)


@pytest.fixture
def board(units) -> Board:
    return Board(load_plan_2023(), units)


@pytest.fixture
def enter(units):
    """`enter(2023, 5, 1200)`: the district's approved actual figure of May."""

    def enter(year, month, arrivals, **values):
        values = {"admin_unit": units.district, **values}
        return MonthlyFigureFactory(month=dt.date(year, month, 1), arrivals=arrivals, **values)

    return enter


def enter_year(enter, year, total, *, leave_out=()):
    """Twelve months that add up to `total`; December takes what is left."""
    monthly = total // 12
    for month in range(1, 13):
        amount = monthly if month < 12 else total - 11 * monthly
        if month not in leave_out:
            enter(year, month, amount)


def judged(board, code, *, on=YEAR_END, today=AFTER):
    reading, target = board.read(code, on), board.target(code)
    row = Measurement(
        numerator=reading.numerator, denominator=reading.denominator, detail=reading.detail
    )
    return judge(target, figure_of(target, row), as_of=on, today=today)


# --- T10: arrivals of the year --------------------------------------------------------------------


def test_t10_without_a_figure_there_is_no_data(board):
    reading = board.read("T10")

    assert (reading.numerator, reading.met) == (None, None)
    assert judged(board, "T10").code == VerdictCode.NO_DATA


def test_t10_forty_thousand_is_not_more_than_forty_thousand(board, enter):
    enter_year(enter, 2023, 40_000)
    assert (board.read("T10").numerator, board.read("T10").met) == (40_000, False)

    MonthlyFigure.objects.filter(month=dt.date(2023, 12, 1)).update(domestic_overnight=1)
    assert (board.read("T10").numerator, board.read("T10").met) == (40_001, True)


def test_t10_a_month_of_no_visitors_is_zero_and_not_unknown(board, enter):
    enter(2023, 1, 0)

    reading = board.read("T10", dt.date(2023, 1, 31))
    assert reading.numerator == 0
    assert reading.detail["missing_months"] == []


def test_t10_months_nobody_reported_are_named_and_not_counted_as_zero(board, enter):
    enter(2023, 1, 500)
    enter(2023, 3, 700)

    reading = board.read("T10", dt.date(2023, 3, 31))
    assert reading.numerator == 1200
    assert reading.detail["missing_months"] == ["2023-02-01"]


def test_t10_is_the_districts_own_figure_and_never_the_sum_of_its_communes(board, units, enter):
    enter(2023, 5, 900)
    enter(2023, 5, 600, admin_unit=units["06913"])
    enter(2023, 5, 700, admin_unit=units["06895"])

    assert board.by_unit("T10") == {
        units["06913"].pk: (600, None),
        units["06895"].pk: (700, None),
        units.district.pk: (900, None),
    }
    assert {figure.admin_unit for figure in board.listed("T10")} == {units.district}


def test_t10_communes_alone_leave_the_district_without_data(board, units, enter):
    enter(2023, 5, 600, admin_unit=units["06913"])

    assert board.read("T10").numerator is None
    assert board.by_unit("T10")[units["06913"].pk] == (600, None)


def test_t10_another_districts_figure_is_not_ours(board, units, enter):
    other = AdminUnitFactory(kind=UnitKind.DISTRICT, name="Hải Hà", parent=units.province)
    enter(2023, 5, 46_500, admin_unit=other)

    assert board.by_unit("T10") == {units.district.pk: (None, None)}


@pytest.mark.parametrize(
    "status", [FigureStatus.DRAFT, FigureStatus.SUBMITTED, FigureStatus.RETURNED]
)
def test_t10_a_figure_that_is_not_approved_is_not_counted(board, enter, status):
    enter(2023, 5, 900, status=status)

    assert board.read("T10").numerator is None


def test_t10_an_estimate_counts_and_is_marked_until_the_approved_actual_replaces_it(board, enter):
    enter(2023, 5, 900, stage=FigureStage.ESTIMATE)
    reading = board.read("T10")
    assert (reading.numerator, reading.detail["provisional_months"]) == (900, ["2023-05-01"])

    actual = enter(2023, 5, 850, status=FigureStatus.SUBMITTED)
    assert board.read("T10").numerator == 900

    MonthlyFigure.objects.filter(pk=actual.pk).update(status=FigureStatus.APPROVED)
    reading = board.read("T10")
    assert (reading.numerator, reading.detail["provisional_months"]) == (850, [])


def test_t10_an_actual_of_zero_replaces_the_estimate(board, enter):
    enter(2023, 5, 900, stage=FigureStage.ESTIMATE)
    enter(2023, 5, 0)

    assert board.read("T10").numerator == 0


def test_t10_a_month_counts_from_its_last_day(board, enter):
    enter(2023, 1, 400)
    enter(2023, 2, 500)

    assert board.read("T10", dt.date(2023, 2, 27)).numerator == 400
    assert board.read("T10", dt.date(2023, 2, 28)).numerator == 900


def test_t10_months_of_other_years_do_not_count(board, enter):
    enter(2022, 12, 3000)
    enter(2024, 1, 3000)
    enter(2023, 6, 10)

    assert board.read("T10", dt.date(2024, 2, 1)).numerator == 10


# --- T11: growth over the year before -------------------------------------------------------------


def test_t11_without_a_figure_there_is_no_data(board):
    reading = board.read("T11")

    assert (reading.pair, reading.met) == ((None, None), None)
    assert judged(board, "T11").code == VerdictCode.NO_DATA


def test_t11_exactly_fourteen_percent_is_not_more_than_fourteen(board, enter):
    enter_year(enter, 2022, 35_000)
    enter_year(enter, 2023, 39_900)
    reading = board.read("T11")
    assert (reading.pair, reading.met) == ((4_900, 35_000), False)
    assert reading.value == Fraction(14, 100)

    MonthlyFigure.objects.filter(month=dt.date(2023, 12, 1)).update(domestic_overnight=1)
    assert board.read("T11").met is True


def test_t11_compares_the_same_months_only(board, enter):
    enter_year(enter, 2022, 24_000)
    enter(2023, 1, 3_000)
    enter(2023, 2, 2_000)

    reading = board.read("T11", dt.date(2023, 2, 28))
    assert reading.pair == (1_000, 4_000)
    assert reading.detail["compared_months"] == 2


def test_t11_a_missing_month_of_this_year_is_left_out_of_both_years(board, enter):
    enter_year(enter, 2022, 24_000)
    enter(2023, 1, 3_000)
    enter(2023, 3, 3_000)

    assert board.read("T11", dt.date(2023, 3, 31)).pair == (2_000, 4_000)


def test_t11_a_missing_month_of_last_year_leaves_no_data_and_is_named(board, enter):
    enter_year(enter, 2022, 24_000, leave_out=(2,))
    enter(2023, 1, 3_000)
    enter(2023, 2, 3_000)

    reading = board.read("T11", dt.date(2023, 2, 28))
    assert reading.pair == (None, None)
    assert reading.detail["missing_base_months"] == ["2022-02-01"]
    reason = judged(board, "T11", on=dt.date(2023, 2, 28)).reason
    assert reason == "thiếu số cùng kỳ: tháng 2/2022"


def test_t11_the_derived_baseline_stands_in_once_all_twelve_months_are_in(board, enter):
    enter_year(enter, 2023, 40_000, leave_out=(12,))
    assert board.read("T11").pair == (None, None)

    enter(2023, 12, 40_000 - 11 * 3_333)
    reading = board.read("T11")
    assert reading.pair == (5_000, 35_000)  # +14,29 %
    assert (reading.met, reading.detail["baseline"]) == (True, "target")
    assert board.target("T11").baseline_state == BaselineState.DERIVED


def test_t11_rows_of_2022_win_over_the_derived_baseline(board, enter):
    enter_year(enter, 2023, 40_000)
    enter_year(enter, 2022, 38_000)

    reading = board.read("T11")
    assert reading.pair == (2_000, 38_000)
    assert (reading.met, reading.detail["baseline"]) == (False, "official")


def test_t11_without_a_baseline_a_full_year_still_has_no_data(board, enter):
    Target.objects.filter(code="T11").update(baseline_value=None)
    enter_year(enter, 2023, 40_000)

    assert board.read("T11").pair == (None, None)


def test_t11_a_last_year_of_zero_gives_no_percentage(board, enter):
    enter(2022, 1, 0)
    enter(2023, 1, 300)

    reading = board.read("T11", dt.date(2023, 1, 31))
    assert (reading.pair, reading.value, reading.met) == ((300, 0), None, None)


def test_t11_a_fall_is_negative_and_not_met(board, enter):
    enter(2022, 1, 400)
    enter(2023, 1, 300)

    reading = board.read("T11", dt.date(2023, 1, 31))
    assert (reading.value, reading.met) == (Fraction(-1, 4), False)


def test_t11_an_unapproved_figure_of_last_year_is_no_base(board, enter):
    enter(2022, 1, 400, status=FigureStatus.SUBMITTED)
    enter(2023, 1, 300)

    assert board.read("T11", dt.date(2023, 1, 31)).pair == (None, None)


def test_t11_communes_are_neither_base_nor_growth(board, units, enter):
    enter(2022, 1, 400)
    enter(2023, 1, 500)
    enter(2022, 1, 10, admin_unit=units["06913"])
    enter(2023, 1, 900, admin_unit=units["06913"])

    assert board.by_unit("T11", dt.date(2023, 1, 31)) == {units.district.pk: (100, 400)}


def test_t10_and_t11_may_disagree(board, enter):
    enter_year(enter, 2022, 36_000)
    enter_year(enter, 2023, 40_500)

    assert (board.read("T10").met, board.read("T11").met) == (True, False)
