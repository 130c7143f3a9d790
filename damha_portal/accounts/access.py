"""From memberships to answers: what a person may read and change (design: one door to rows)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from damha_portal.accounts.enums import UnitKind
from damha_portal.core.access import Right, Role, Sector

READS_ALL = frozenset({Role.LEADER, Role.OFFICE, Role.ADMINISTRATOR})
EDITS = frozenset({Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR})
DISTRICT_LEVEL = frozenset({UnitKind.DISTRICT, UnitKind.PROVINCE, UnitKind.COUNTRY})

#: Which roles hold a right, before sectors are looked at.
HOLDERS: dict[Right, frozenset[Role]] = {
    Right.PUBLIC: frozenset(Role),
    Right.MEMBER: frozenset(Role),
    Right.EDIT: EDITS,
    Right.APPROVE: frozenset({Role.APPROVER, Role.ADMINISTRATOR}),
    Right.FOLLOW_UP: frozenset({Role.OFFICE, Role.ADMINISTRATOR}),
    Right.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """One membership in force, without its database row."""

    role: Role
    sectors: frozenset[Sector]
    unit_id: int
    unit_kind: str
    organisation_id: int
    organisation_name: str

    def covers(self, sector: Sector | None) -> bool:
        """Whether the grant reaches `sector`; administrators and shared tables: always."""
        if sector is None or self.role == Role.ADMINISTRATOR or sector == Sector.SHARED:
            return True
        return sector in self.sectors


class MembershipAccess:
    """The `core.access.Access` of one person on one day."""

    def __init__(self, grants: Sequence[Grant], *, superuser: bool = False) -> None:
        self.grants = tuple(grants)
        self.superuser = superuser

    def holds_any(self) -> bool:
        """Whether there is any membership at all."""
        return self.superuser or bool(self.grants)

    @property
    def is_administrator(self) -> bool:
        """Whether the person administers the portal."""
        return self.superuser or any(grant.role == Role.ADMINISTRATOR for grant in self.grants)

    def holds(self, right: Right, sector: Sector | None = None) -> bool:
        """Whether one grant carries `right` in `sector`."""
        if self.superuser:
            return True
        return any(grant.role in HOLDERS[right] and grant.covers(sector) for grant in self.grants)

    def readable_units(self) -> models.QuerySet[Any] | None:
        """Units whose rows may be read: all for those who read all, else the own ones."""
        if self.superuser or any(grant.role in READS_ALL for grant in self.grants):
            return None
        return _units_within(grant.unit_id for grant in self.grants)

    def editable_units(self, sector: Sector) -> models.QuerySet[Any] | None:
        """Units whose rows of `sector` may be changed: own units, by officers and approvers."""
        return self.units_with(Right.EDIT, sector)

    def units_with(self, right: Right, sector: Sector) -> models.QuerySet[Any] | None:
        """Units in which one grant carries `right` for `sector`; the grant's own, and below."""
        if self.is_administrator:
            return None
        return _units_within(
            grant.unit_id
            for grant in self.grants
            if grant.role in HOLDERS[right] and grant.covers(sector)
        )

    def edits_reference(self, sector: Sector) -> bool:
        """Shared tables are kept by administrators and by officers of district offices."""
        return self.is_administrator or any(
            grant.role in EDITS and grant.covers(sector) and grant.unit_kind in DISTRICT_LEVEL
            for grant in self.grants
        )

    @property
    def role_labels(self) -> list[str]:
        """Roles and bodies, as the page header shows them."""
        return [f"{grant.role.label} · {grant.organisation_name}" for grant in self.grants]


def _units_within(unit_ids: Any) -> models.QuerySet[Any]:  # noqa: ANN401  (any iterable of keys)
    # The model is looked up in the registry: `User.access` imports this module, a plain import
    # here would close a circle inside the application.
    units: Any = apps.get_model("accounts", "AdminUnit").objects
    keys = sorted(set(unit_ids))
    queryset: models.QuerySet[Any] = (units.under(*keys) if keys else units.none()).values("pk")
    return queryset.order_by()
