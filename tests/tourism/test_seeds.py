"""Facts and illustrative rows: sourced, marked, repeatable, removable."""

import datetime as dt
from fractions import Fraction

from damha_portal.core.periods import Period
from tests.people import member
from tourism.demo import remove_tourism, tourism
from tourism.enums import FigureStage, FigureStatus
from tourism.facts import sites
from tourism.models import MonthlyFigure, TouristSite
from tourism.services import monthly_figure_approve

DECEMBER = dt.date(2023, 12, 1)


def district_total(units, year):
    figures = MonthlyFigure.objects.official().months_in(Period.of_year(year))
    own = figures.with_arrivals().filter(admin_unit=units.district)
    return sum(figure.arrivals for figure in own)


def test_sourced_sites_load_twice_as_once(units):
    sites()
    before = TouristSite.history.count()
    assert sites() == f"sites: 0 loaded, {TouristSite.objects.count()} present"
    assert (TouristSite.objects.count(), TouristSite.history.count()) == (10, before)


def test_sourced_sites_claim_neither_a_list_nor_a_recognition(units):
    sites()
    assert not TouristSite.objects.recognised().exists()
    assert not TouristSite.objects.exclude(is_listed_by_district=None).exists()
    assert not TouristSite.objects.filter(source="").exists()
    assert not TouristSite.objects.filter(is_illustrative=True).exists()


def test_a_code_used_again_means_the_unit_of_2023(units):
    sites()
    assert TouristSite.objects.get(name="Đồn Đen").admin_unit == units["06895"]


def test_facts_hold_no_visitor_figures(units):
    sites()
    assert not MonthlyFigure.objects.exists()


def test_the_illustration_loads_twice_as_once_and_every_row_is_marked(units):
    tourism()
    before = MonthlyFigure.history.count()
    assert tourism() == "tourism: 0 sites and 0 figures loaded, the others present"
    assert MonthlyFigure.history.count() == before
    assert not MonthlyFigure.objects.filter(is_illustrative=False).exists()
    assert not TouristSite.objects.filter(is_illustrative=False).exists()


def test_the_illustration_passes_forty_thousand_with_december_only(units, approver):
    tourism()
    assert district_total(units, 2022) == 35_060
    assert district_total(units, 2023) == 38_015
    december = MonthlyFigure.objects.get(admin_unit=units.district, month=DECEMBER)
    assert (december.stage, december.status) == (FigureStage.ACTUAL, FigureStatus.SUBMITTED)
    now = dt.datetime(2024, 1, 5, tzinfo=dt.UTC)
    monthly_figure_approve(actor=approver, figure=december, now=now)
    total = district_total(units, 2023)
    assert total == 40_012
    assert Fraction(14, 100) < Fraction(total, 35_060) - 1 < Fraction(15, 100)


def test_the_districts_figure_is_not_the_sum_of_its_communes(units):
    tourism()
    february = MonthlyFigure.objects.official().with_arrivals().filter(month=dt.date(2023, 2, 1))
    communes = sum(row.arrivals for row in february.exclude(admin_unit=units.district))
    assert (communes, february.get(admin_unit=units.district).arrivals) == (6_830, 5_480)


def test_illustrative_approvals_name_the_illustrative_approver(units):
    person = member("duyet", units.district, "approver", ["tourism"])
    person.is_illustrative = True
    person.save()
    tourism()
    approved = MonthlyFigure.objects.filter(status=FigureStatus.APPROVED)
    assert set(approved.values_list("approved_by", flat=True)) == {person.pk}
    assert not approved.filter(approved_at=None).exists()


def test_removing_the_illustration_leaves_what_people_entered(units):
    sites()
    tourism()
    real = MonthlyFigure.objects.get(admin_unit=units.district, month=DECEMBER)
    MonthlyFigure.objects.filter(pk=real.pk).update(is_illustrative=False)
    remove_tourism()
    assert list(MonthlyFigure.objects.all()) == [real]
    assert TouristSite.objects.count() == 10
    assert remove_tourism() == "tourism: 0 illustrative rows removed"
