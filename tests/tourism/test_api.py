"""Figures through the API and Django admin, and what all their pages cost."""

import datetime as dt

import pytest

from damha_portal.core.forms import version_of
from tests.factories.tourism import MonthlyFigureFactory, TouristSiteFactory
from tourism.enums import FigureStatus
from tourism.models import MonthlyFigure, TouristSite

LIST = "/du-lich/luot-khach/"
CREATE = f"{LIST}them/"
SITES = "/du-lich/diem-du-lich/"
KINDS = (
    "international_overnight",
    "international_same_day",
    "domestic_overnight",
    "domestic_same_day",
)


def typed(unit, **values):
    return {
        "admin_unit": unit.pk,
        "month": "09/2023",
        "stage": "actual",
        **dict.fromkeys(KINDS, "0"),
        **values,
    }


def address(figure, page=""):
    return f"{LIST}{figure.pk}/{page}"


# --- the API ------------------------------------------------------------------------------------

API = "/api/v1/monthly-figures/"


def body(unit, **values):
    return {
        "admin_unit": unit.pk,
        "month": "2023-09-01",
        "stage": "actual",
        **dict.fromkeys(KINDS, 0),
        **values,
    }


@pytest.mark.parametrize("wrong", ["40.00", "40.000,5", 40.5])
def test_the_api_asks_about_a_doubtful_number(client_for, officer, units, wrong):
    answer = client_for(officer).post(
        API, body(units["06913"], domestic_same_day=wrong), content_type="application/json"
    )
    assert answer.status_code == 400
    assert "domestic_same_day" in answer.json()["errors"]
    assert not MonthlyFigure.objects.exists()


def test_the_api_reads_forty_thousand_with_its_dot(client_for, officer, units):
    answer = client_for(officer).post(
        API, body(units["06913"], domestic_same_day="40.000"), content_type="application/json"
    )
    assert answer.status_code == 201
    assert (answer.json()["arrivals"], answer.json()["status"]) == (40_000, "draft")


def test_the_api_moves_a_figure_by_the_same_table(client_for, officer, approver, units):
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.DRAFT)
    officers, approvers = client_for(officer), client_for(approver)
    url = f"{API}{figure.pk}/"
    assert approvers.post(f"{url}approve/").status_code == 422
    assert officers.post(f"{url}submit/").json()["status"] == "submitted"
    assert officers.post(f"{url}approve/").status_code == 403
    assert approvers.post(f"{url}return/").status_code == 422
    assert approvers.post(f"{url}approve/").json()["approved_by"] == approver.pk
    changed = officers.patch(url, {"domestic_same_day": 5}, content_type="application/json")
    assert (changed.status_code, changed.json()["status"]) == (200, "draft")


def test_the_api_ignores_a_state_that_is_sent(client_for, officer, units):
    answer = client_for(officer).post(
        API, body(units["06913"], status="approved"), content_type="application/json"
    )
    assert answer.json()["status"] == "draft"


def test_the_api_does_not_know_another_communes_figure(client_for, other_officer, units):
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.DRAFT)
    client = client_for(other_officer)
    for answer in (
        client.get(f"{API}{figure.pk}/"),
        client.post(f"{API}{figure.pk}/submit/"),
        client.delete(f"{API}{figure.pk}/"),
        client.patch(f"{API}{figure.pk}/", {}, content_type="application/json"),
    ):
        assert answer.status_code == 404
    figure.refresh_from_db()
    assert figure.status == FigureStatus.DRAFT


# --- admin --------------------------------------------------------------------------------------


def test_admin_lists_and_edits_figures_through_the_service(client_for, administrator, units):
    figure = MonthlyFigureFactory(admin_unit=units["06913"])
    client = client_for(administrator)
    assert client.get("/quan-tri/tourism/monthlyfigure/").status_code == 200
    values = typed(figure.admin_unit, month="01/2023", domestic_same_day="900")
    url = f"/quan-tri/tourism/monthlyfigure/{figure.pk}/change/"
    answer = client.post(url, {**values, "version": version_of(figure)})
    assert answer.status_code == 302
    figure.refresh_from_db()
    assert (figure.status, figure.domestic_same_day) == (FigureStatus.DRAFT, 900)


# --- queries ------------------------------------------------------------------------------------


def grow_figures(units):
    def grow(count):
        have = MonthlyFigure.objects.count()
        MonthlyFigure.objects.bulk_create(
            MonthlyFigureFactory.build(
                admin_unit=units["06913"],
                month=dt.date(2010 + (have + n) // 12, (have + n) % 12 + 1, 1),
            )
            for n in range(count)
        )

    return grow


def test_figure_pages_cost_the_same_for_three_and_thirty_rows(
    ledger, client_for, approver, officer, units
):
    grow = grow_figures(units)
    people, officers = client_for(approver), client_for(officer)
    grow(1)
    figure = MonthlyFigure.objects.first()
    figure.status = FigureStatus.SUBMITTED
    figure.save()
    edit = lambda: people.get(address(figure, "sua/"))  # noqa: E731  (one line in a table)
    ledger("tourism.monthly-list", grow=grow, act=lambda: people.get(LIST), at_most=10)
    detail = lambda: people.get(address(figure))  # noqa: E731
    ledger("tourism.monthly-detail", grow=lambda _n: None, act=detail, at_most=12)
    ledger("tourism.monthly-edit", grow=lambda _n: None, act=edit, at_most=10)
    create = lambda: officers.get(CREATE)  # noqa: E731
    ledger("tourism.monthly-create", grow=lambda _n: None, act=create, at_most=10)
    approve = lambda: people.get(address(figure, "approve/"))  # noqa: E731
    ledger("tourism.monthly-act", grow=lambda _n: None, act=approve, at_most=10)


def test_site_pages_cost_the_same_for_three_and_thirty_rows(ledger, client_for, officer, units):
    client = client_for(officer)

    def grow(count):
        TouristSiteFactory.create_batch(count, admin_unit=units["06913"])

    grow(1)
    site = TouristSite.objects.first()
    ledger("tourism.site-list", grow=grow, act=lambda: client.get(SITES), at_most=10)
    detail = lambda: client.get(f"{SITES}{site.pk}/")  # noqa: E731
    ledger("tourism.site-detail", grow=lambda _n: None, act=detail, at_most=12)
    edit = lambda: client.get(f"{SITES}{site.pk}/sua/")  # noqa: E731
    ledger("tourism.site-edit", grow=lambda _n: None, act=edit, at_most=10)
