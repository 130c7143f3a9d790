"""Units, organisations, people."""

import datetime as dt

import factory

from damha_portal.accounts.enums import OrganisationKind, UnitKind
from damha_portal.accounts.models import AdminUnit, Membership, Organisation, User
from damha_portal.core.access import Role
from tests.factories.base import RecordFactory


class AdminUnitFactory(RecordFactory):
    """A commune without a district above it."""

    class Meta:
        model = AdminUnit
        django_get_or_create = ("code", "valid_from")

    code = factory.Sequence(lambda n: f"9{n:04d}")
    kind = UnitKind.COMMUNE
    name = factory.Sequence(lambda n: f"Xã số {n}")
    valid_from = dt.date(2020, 1, 1)


class OrganisationFactory(RecordFactory):
    """The People's Committee of a commune."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Cơ quan số {n}")
    kind = OrganisationKind.COMMITTEE
    admin_unit = factory.SubFactory(AdminUnitFactory)


class UserFactory(RecordFactory):
    """A person without any membership; `password=` sets a usable one."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Người số {n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password(None)


class MembershipFactory(RecordFactory):
    """Officer of a commune's committee, for every sector."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.OFFICER
