"""Figures and sites as rows of a file."""

import datetime as dt

import pytest
from tablib import Dataset

from damha_portal.progress.models import PendingChange
from tests.factories.tourism import MonthlyFigureFactory, TouristSiteFactory
from tourism.enums import FigureStatus
from tourism.models import MonthlyFigure, TouristSite
from tourism.resources import MonthlyFigureResource, TouristSiteResource

HEADERS = (
    "Mã địa bàn",
    "Tháng",
    "Loại số liệu",
    "Khách quốc tế lưu trú",
    "Khách quốc tế trong ngày",
    "Khách nội địa lưu trú",
    "Khách nội địa trong ngày",
)
CODE_2023 = {"Mã địa bàn có từ ngày": "01/01/2020"}


def row(arrivals, unit="06913"):
    return (unit, "01/01/2020", "09/2023", "thực hiện", 0, 0, 0, arrivals)


def run(actor, *rows, dry_run=False):
    headers = (HEADERS[0], *CODE_2023, *HEADERS[1:])
    return MonthlyFigureResource(actor=actor).import_data(
        Dataset(*rows, headers=headers), dry_run=dry_run
    )


def complaints(result):
    found = [str(line.error) for line in result.invalid_rows]
    found += [str(error.error) for line in result.error_rows for error in line.errors]
    return " ".join([*found, *(str(error.error) for error in result.base_errors)])


def test_a_row_is_saved_as_a_draft_by_its_actor(officer, units):
    assert complaints(run(officer, row("40.000"))) == ""
    figure = MonthlyFigure.objects.get()
    assert (figure.total_arrivals, figure.status) == (40_000, FigureStatus.DRAFT)
    assert (figure.admin_unit, figure.month) == (units["06913"], dt.date(2023, 9, 1))
    assert figure.history.first().history_user == officer


def test_importing_twice_changes_nothing(officer, units):
    run(officer, row(1000))
    assert run(officer, row(1000)).totals["skip"] == 1
    assert MonthlyFigure.history.count() == 1


def test_a_doubtful_number_is_refused_with_the_question(officer, units):
    assert "có phải 40.000 không?" in complaints(run(officer, row("40.00")))
    assert not MonthlyFigure.objects.exists()


def test_a_preview_writes_nothing_at_all(officer, units, plan):
    marks = PendingChange.objects.count()
    assert run(officer, row(1000), dry_run=True).totals["new"] == 1
    assert (MonthlyFigure.objects.count(), MonthlyFigure.history.count()) == (0, 0)
    assert PendingChange.objects.count() == marks


@pytest.mark.parametrize("unit", ["06904", "200"])
def test_a_row_of_another_unit_is_refused(officer, units, unit):
    assert "ngoài phạm vi" in complaints(run(officer, row(1000, unit=unit)))
    assert not MonthlyFigure.objects.exists()


def test_a_code_that_means_two_units_is_asked_back(officer, units):
    cells = ("06895", "09/2023", "thực hiện", 0, 0, 0, 1)
    result = MonthlyFigureResource(actor=officer).import_data(Dataset(cells, headers=HEADERS))
    assert "Mã địa bàn có từ ngày" in complaints(result)
    assert not MonthlyFigure.objects.exists()


def test_an_import_of_a_changed_approved_figure_asks_for_approval_again(officer, units):
    MonthlyFigureFactory(admin_unit=units["06913"], month=dt.date(2023, 9, 1))
    run(officer, row(900))
    figure = MonthlyFigure.objects.get()
    assert (figure.domestic_same_day, figure.status) == (900, FigureStatus.DRAFT)


@pytest.mark.parametrize("listed", [None, True, False])
def test_what_goes_out_comes_back_unchanged(administrator, units, listed):
    site = TouristSiteFactory(
        admin_unit=units["06895"],
        recognition_ref="1/QĐ",
        recognised_on=dt.date(2023, 2, 3),
        is_listed_by_district=listed,
    )
    resource = TouristSiteResource(actor=administrator)
    out = resource.export()
    assert out.dict[0]["Mã địa bàn"] == "06895"
    assert out.dict[0]["Ngày công nhận"] == "03/02/2023"
    result = resource.import_data(out)
    assert (complaints(result), result.totals["skip"]) == ("", 1)
    assert list(TouristSite.objects.all()) == [site]


def test_figures_go_out_and_come_back_unchanged(administrator, units):
    MonthlyFigureFactory(admin_unit=units["06895"], turnover="12.50")
    resource = MonthlyFigureResource(actor=administrator)
    result = resource.import_data(resource.export())
    assert (complaints(result), result.totals["skip"]) == ("", 1)
    assert MonthlyFigure.objects.get().status == FigureStatus.APPROVED
