"""What counts as official, and what an edit does to an approval."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from damha_portal.core.errors import DomainError
from damha_portal.core.periods import Period
from tests.factories.tourism import MonthlyFigureFactory
from tourism.enums import FigureStage, FigureStatus
from tourism.models import MonthlyFigure
from tourism.selectors import earlier_figures
from tourism.services import monthly_figure_save

JANUARY = dt.date(2023, 1, 1)


def test_an_approved_actual_replaces_the_estimate(units):
    estimate = MonthlyFigureFactory(admin_unit=units.district, stage=FigureStage.ESTIMATE)
    assert list(MonthlyFigure.objects.official()) == [estimate]
    actual = MonthlyFigureFactory(admin_unit=units.district)
    assert list(MonthlyFigure.objects.official()) == [actual]


def test_an_actual_that_nobody_approved_leaves_the_estimate(units):
    estimate = MonthlyFigureFactory(admin_unit=units.district, stage=FigureStage.ESTIMATE)
    MonthlyFigureFactory(admin_unit=units.district, status=FigureStatus.SUBMITTED)
    assert list(MonthlyFigure.objects.official()) == [estimate]


@pytest.mark.parametrize("status", [s for s in FigureStatus if s != FigureStatus.APPROVED])
def test_a_figure_that_is_not_approved_is_never_official(units, status):
    MonthlyFigureFactory(admin_unit=units.district, status=status)
    assert not MonthlyFigure.objects.official().exists()


def test_another_area_or_month_replaces_nothing(units):
    estimate = MonthlyFigureFactory(admin_unit=units.district, stage=FigureStage.ESTIMATE)
    MonthlyFigureFactory(admin_unit=units["06913"])
    MonthlyFigureFactory(admin_unit=units.district, month=dt.date(2023, 2, 1))
    assert estimate in MonthlyFigure.objects.official()


@pytest.mark.parametrize(("end", "counted"), [(30, False), (31, True)])
def test_a_month_is_due_on_its_last_day(units, end, counted):
    MonthlyFigureFactory(admin_unit=units.district)
    window = Period(JANUARY, dt.date(2023, 1, end))
    assert MonthlyFigure.objects.months_in(window).exists() is counted


def test_months_before_the_window_are_left_out(units):
    MonthlyFigureFactory(admin_unit=units.district, month=dt.date(2022, 12, 1))
    year = Period.of_year(2023)
    assert not MonthlyFigure.objects.months_in(year).exists()


def test_unknown_is_not_zero_in_the_sum(units):
    MonthlyFigureFactory(admin_unit=units["06913"], arrivals=0)
    MonthlyFigureFactory(
        admin_unit=units["06904"], status=FigureStatus.DRAFT, international_overnight=None
    )
    sums = MonthlyFigure.objects.with_arrivals().with_parts()
    known = sums.get(admin_unit=units["06913"])
    unknown = sums.get(admin_unit=units["06904"])
    assert (known.arrivals, known.total_arrivals) == (0, 0)
    assert (unknown.arrivals, unknown.total_arrivals) == (None, None)
    assert (unknown.international_arrivals, unknown.domestic_arrivals) == (None, 1000)


def test_an_edit_of_an_approved_figure_goes_back_to_draft(units, approver):
    figure = MonthlyFigureFactory(
        admin_unit=units.district,
        approved_by=approver,
        approved_at=dt.datetime(2023, 2, 5, tzinfo=dt.UTC),
    )
    figure.domestic_same_day = 900
    monthly_figure_save(actor=approver, figure=figure)
    figure.refresh_from_db()
    assert (figure.status, figure.approved_by, figure.approved_at) == (
        FigureStatus.DRAFT,
        None,
        None,
    )
    newest, before = figure.history.all()[:2]
    assert (before.status, before.domestic_same_day) == (FigureStatus.APPROVED, 1000)
    assert (newest.status, newest.domestic_same_day) == (FigureStatus.DRAFT, 900)
    assert newest.history_change_reason == "Sửa số liệu đã duyệt; cần duyệt lại."


def test_saving_an_approved_figure_unchanged_keeps_the_approval(units, approver):
    figure = MonthlyFigureFactory(admin_unit=units.district, approved_by=approver)
    monthly_figure_save(actor=approver, figure=figure)
    figure.refresh_from_db()
    assert (figure.status, figure.approved_by) == (FigureStatus.APPROVED, approver)


def test_a_caller_cannot_bring_its_own_state(units, approver):
    figure = MonthlyFigureFactory(admin_unit=units.district, status=FigureStatus.DRAFT)
    figure.status, figure.approved_by = FigureStatus.APPROVED, approver
    monthly_figure_save(actor=approver, figure=figure)
    figure.refresh_from_db()
    assert (figure.status, figure.approved_by) == (FigureStatus.DRAFT, None)
    new = MonthlyFigureFactory.build(admin_unit=units.district, month=dt.date(2023, 5, 1))
    assert monthly_figure_save(actor=approver, figure=new).status == FigureStatus.DRAFT


def test_a_submitted_figure_stays_submitted_when_corrected(units, approver):
    figure = MonthlyFigureFactory(admin_unit=units.district, status=FigureStatus.SUBMITTED)
    figure.domestic_same_day = 5
    assert monthly_figure_save(actor=approver, figure=figure).status == FigureStatus.SUBMITTED


def test_a_commune_officer_cannot_save_the_districts_figure(units, officer):
    figure = MonthlyFigureFactory.build(admin_unit=units.district)
    with pytest.raises(DomainError):
        monthly_figure_save(actor=officer, figure=figure)
    assert not MonthlyFigure.objects.exists()


def test_one_figure_of_a_kind_a_month(units, approver):
    MonthlyFigureFactory(admin_unit=units.district)
    twin = MonthlyFigureFactory.build(admin_unit=units.district)
    with pytest.raises(ValidationError, match="đã có số liệu cùng loại"):
        monthly_figure_save(actor=approver, figure=twin)


def test_earlier_figures_prefer_the_actual_one_and_say_what_is_unknown(units, approver):
    MonthlyFigureFactory(
        admin_unit=units.district, month=dt.date(2023, 8, 1), stage=FigureStage.ESTIMATE, arrivals=1
    )
    MonthlyFigureFactory(admin_unit=units.district, month=dt.date(2023, 8, 1), arrivals=3690)
    last, year = earlier_figures(
        user=approver, unit_id=units.district.pk, month=dt.date(2023, 9, 1)
    )
    assert last.text("domestic_same_day") == "tháng 8/2023: 3.690 (thực hiện, đã duyệt)"
    assert last.text("turnover") == "tháng 8/2023: chưa rõ"
    assert year.text("turnover") == "tháng 9/2022: chưa có số liệu"
