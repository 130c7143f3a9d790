import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from damha_portal.accounts.models import AdminUnit, Membership, Organisation, User
from damha_portal.core.access import Right, Role, Sector, access_of
from ocop.models import Product
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.ocop import (
    PlatformFactory,
    ProducerFactory,
    ProductFactory,
    SupportActivityFactory,
)
from tests.factories.tourism import MonthlyFigureFactory, TouristSiteFactory
from tourism.models import MonthlyFigure, TouristSite

pytestmark = pytest.mark.django_db


@pytest.fixture
def products(units):
    """One product in each of the nine communes, by the commune's code."""
    return {
        code: ProductFactory(producer=ProducerFactory(admin_unit=unit))
        for code, unit in units.communes.items()
    }


def codes_of(rows):
    return {row.producer.admin_unit.code for row in rows.select_related("producer__admin_unit")}


def fresh(user):
    """The person as a new request sees them."""
    return User.objects.get(pk=user.pk)


def test_an_officer_reads_and_edits_only_the_own_commune(officer, products):
    assert codes_of(Product.objects.visible_to(officer)) == {"06913"}
    assert codes_of(Product.objects.editable_by(officer)) == {"06913"}


def test_a_district_department_edits_the_whole_district_in_its_sector(
    department_officer, products, units
):
    TouristSiteFactory(admin_unit=units["06913"])

    assert len(codes_of(Product.objects.editable_by(department_officer))) == 9
    assert TouristSite.objects.visible_to(department_officer).count() == 1
    assert TouristSite.objects.editable_by(department_officer).count() == 0


def test_an_approver_of_tourism_edits_tourism_and_reads_the_products(approver, products, units):
    TouristSiteFactory(admin_unit=units["06913"])

    assert Product.objects.visible_to(approver).count() == 9
    assert Product.objects.editable_by(approver).count() == 0
    assert TouristSite.objects.editable_by(approver).count() == 1


@pytest.mark.parametrize("role", ["leader", "office_user"])
def test_leaders_and_the_office_read_everything_and_edit_nothing(request, role, products):
    user = request.getfixturevalue(role)

    assert Product.objects.visible_to(user).count() == 9
    assert Product.objects.editable_by(user).count() == 0


def test_an_administrator_edits_everything(administrator, products):
    assert Product.objects.editable_by(administrator).count() == 9
    assert Organisation.objects.editable_by(administrator).exists()


def test_people_without_a_membership_see_no_row(stranger, products):
    assert Product.objects.visible_to(stranger).count() == 0
    assert AdminUnit.objects.visible_to(stranger).count() == 0
    assert Product.objects.editable_by(stranger).count() == 0


def test_somebody_who_is_not_signed_in_sees_no_row(products):
    assert Product.objects.visible_to(AnonymousUser()).count() == 0
    assert Product.objects.editable_by(None).count() == 0
    assert Product.objects.public().count() == 0


def test_a_deactivated_account_sees_no_row(officer, products):
    officer.is_active = False
    officer.save()

    assert Product.objects.visible_to(fresh(officer)).count() == 0


def test_an_officer_of_the_commune_of_2025_reads_and_edits_what_it_took_over(units, products):
    body = OrganisationFactory(admin_unit=units.after["06913"])
    user = MembershipFactory(organisation=body).user

    taken_over = {"06898", "06901", "06910", "06913"}
    assert codes_of(Product.objects.visible_to(user)) == taken_over
    assert codes_of(Product.objects.editable_by(user)) == taken_over


def test_an_officer_of_the_commune_of_2023_does_not_reach_its_successor(officer, units):
    ProducerFactory(admin_unit=units.after["06913"])

    assert Product.objects.visible_to(officer).count() == 0
    assert set(AdminUnit.objects.under(units["06913"].pk)) == {units["06913"]}


def test_a_province_contains_its_districts_and_communes(units):
    everything = set(AdminUnit.objects.under(units.province.pk))

    assert {units.province, units.district, *units.communes.values()} <= everything
    assert set(units.after.values()) <= everything


def test_a_code_names_two_units_apart_by_their_first_day(units):
    named = AdminUnit.objects.filter(code="06895").order_by("valid_from")

    assert [str(unit) for unit in named] == ["thị trấn Đầm Hà", "xã Đầm Hà"]
    assert AdminUnit.objects.existing(dt.date(2025, 6, 30)).get(code="06895") == named[0]
    assert AdminUnit.objects.existing(dt.date(2025, 7, 1)).get(code="06895") == named[1]


def test_nine_units_exist_in_2023_and_two_after_the_merger(units):
    assert AdminUnit.objects.existing(dt.date(2023, 2, 20)).communes().count() == 9
    assert AdminUnit.objects.existing(dt.date(2025, 7, 1)).communes().count() == 2


def test_an_activity_that_reached_a_producer_is_read_but_not_edited_there(officer, units):
    producer = ProducerFactory(admin_unit=units["06913"])
    activity = SupportActivityFactory(admin_unit=units.district, producers=[producer])
    unrelated = SupportActivityFactory(admin_unit=units.district)

    visible = type(activity).objects.visible_to(officer)
    assert list(visible) == [activity]
    assert unrelated not in visible
    assert not type(activity).objects.editable_by(officer).exists()


def test_the_district_figure_is_not_the_communes_to_see_or_edit(officer, approver, units):
    MonthlyFigureFactory(admin_unit=units.district)

    assert MonthlyFigure.objects.visible_to(officer).count() == 0
    assert MonthlyFigure.objects.editable_by(approver).count() == 1


def test_shared_tables_are_read_by_members_and_kept_by_district_offices(
    officer, department_officer, approver
):
    platform = PlatformFactory()
    rows = type(platform).objects

    assert list(rows.visible_to(officer)) == [platform]
    assert not rows.editable_by(officer).exists()
    assert list(rows.editable_by(department_officer)) == [platform]
    assert not rows.editable_by(approver).exists()


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "active"),
    [
        (None, None, True),
        (dt.date(2023, 9, 30), None, True),
        (dt.date(2023, 10, 1), None, False),
        (None, dt.date(2023, 9, 30), True),
        (None, dt.date(2023, 9, 29), False),
    ],
)
def test_a_membership_counts_from_its_first_to_its_last_day(
    on_day, officer, products, valid_from, valid_to, active
):
    on_day(2023, 9, 30, 23, 59)
    Membership.objects.filter(user=officer).update(valid_from=valid_from, valid_to=valid_to)

    assert Product.objects.visible_to(fresh(officer)).count() == int(active)


def test_two_memberships_add_up(officer, products, units):
    body = OrganisationFactory(admin_unit=units["06904"])
    MembershipFactory(user=officer, organisation=body, sectors=["tourism"])

    assert codes_of(Product.objects.visible_to(fresh(officer))) == {"06913", "06904"}
    assert codes_of(Product.objects.editable_by(fresh(officer))) == {"06913"}


ROLE_RIGHTS = {
    Role.OFFICER: {Right.PUBLIC, Right.MEMBER, Right.EDIT},
    Role.APPROVER: {Right.PUBLIC, Right.MEMBER, Right.EDIT, Right.APPROVE},
    Role.OFFICE: {Right.PUBLIC, Right.MEMBER, Right.FOLLOW_UP},
    Role.LEADER: {Right.PUBLIC, Right.MEMBER},
    Role.ADMINISTRATOR: set(Right),
}


@pytest.mark.parametrize("role", Role)
def test_each_role_holds_exactly_its_rights(role, units):
    body = OrganisationFactory(admin_unit=units.district)
    user = MembershipFactory(organisation=body, role=role).user

    assert {right for right in Right if access_of(user).holds(right)} == ROLE_RIGHTS[role]


def test_a_sector_limits_the_right_to_edit(officer, department_officer):
    assert access_of(officer).holds(Right.EDIT, Sector.TOURISM)
    assert access_of(department_officer).holds(Right.EDIT, Sector.OCOP)
    assert not access_of(department_officer).holds(Right.EDIT, Sector.TOURISM)


def test_scope_is_one_subquery_and_never_a_join_that_repeats_rows(
    department_officer, products, django_assert_num_queries
):
    access_of(department_officer).holds_any()
    with django_assert_num_queries(1):
        rows = list(Product.objects.visible_to(department_officer))

    assert len(rows) == len({row.pk for row in rows}) == 9
