"""Figures and sites as rows of a workbook."""

import datetime as dt

import pytest
from tablib import Dataset

from damha_portal.progress.models import PendingChange
from tests.factories.tourism import MonthlyFigureFactory, TouristSiteFactory
from tourism.enums import FigureStatus
from tourism.models import MonthlyFigure, TouristSite
from tourism.resources import MonthlyFigureResource, TouristSiteResource

HEADERS = (
    "admin_unit",
    "month",
    "stage",
    "international_overnight",
    "international_same_day",
    "domestic_overnight",
    "domestic_same_day",
)


def sheet(*rows):
    return Dataset(*rows, headers=HEADERS)


def row(arrivals, unit="06913 01/01/2020"):
    return (unit, "09/2023", "actual", 0, 0, 0, arrivals)


def run(actor, *rows, dry_run=False):
    return MonthlyFigureResource(actor=actor).import_data(sheet(*rows), dry_run=dry_run)


def test_a_row_is_saved_as_a_draft_by_its_actor(officer, units):
    assert not run(officer, row("40.000")).has_validation_errors()
    figure = MonthlyFigure.objects.get()
    assert (figure.total_arrivals, figure.status) == (40_000, FigureStatus.DRAFT)
    assert (figure.admin_unit, figure.month) == (units["06913"], dt.date(2023, 9, 1))
    assert figure.history.first().history_user == officer


def test_importing_twice_changes_nothing(officer, units):
    run(officer, row(1000))
    again = run(officer, row(1000))
    assert again.totals["skip"] == 1
    assert MonthlyFigure.history.count() == 1


def test_a_doubtful_number_is_refused_with_the_question(officer, units):
    result = run(officer, row("40.00"))
    assert "có phải 40.000 không?" in str(result.invalid_rows[0].error)
    assert not MonthlyFigure.objects.exists()


def test_a_preview_writes_nothing_at_all(officer, units, plan):
    marks = PendingChange.objects.count()
    assert run(officer, row(1000), dry_run=True).totals["new"] == 1
    assert (MonthlyFigure.objects.count(), MonthlyFigure.history.count()) == (0, 0)
    assert PendingChange.objects.count() == marks


@pytest.mark.parametrize("unit", ["06904", "200"])
def test_a_row_of_another_unit_is_refused(officer, units, unit):
    result = run(officer, row(1000, unit=f"{unit} 01/01/2020"))
    assert result.has_errors() or result.has_validation_errors()
    assert not MonthlyFigure.objects.exists()


def test_a_code_that_means_two_units_is_asked_back(officer, units):
    result = run(officer, row(1000, unit="06895"))
    assert "06895 01/01/2020" in str(result.error_rows[0].errors[0].error)
    assert not MonthlyFigure.objects.exists()


def test_an_import_of_a_changed_approved_figure_asks_for_approval_again(officer, units):
    MonthlyFigureFactory(admin_unit=units["06913"], month=dt.date(2023, 9, 1))
    run(officer, row(900))
    figure = MonthlyFigure.objects.get()
    assert (figure.domestic_same_day, figure.status) == (900, FigureStatus.DRAFT)


def test_what_goes_out_comes_back_unchanged(administrator, units):
    site = TouristSiteFactory(
        admin_unit=units["06895"], recognition_ref="1/QĐ", recognised_on=dt.date(2023, 2, 3)
    )
    resource = TouristSiteResource(actor=administrator)
    out = resource.export()
    assert out.dict[0]["admin_unit"] == "06895 01/01/2020"
    assert out.dict[0]["recognised_on"] == "03/02/2023"
    assert resource.import_data(out).totals["skip"] == 1
    assert list(TouristSite.objects.all()) == [site]


def test_a_cell_that_looks_like_a_formula_goes_out_harmless(administrator, units):
    TouristSiteFactory(admin_unit=units["06895"], name="=1+1")
    assert TouristSiteResource(actor=administrator).export().dict[0]["name"] == "'=1+1"
