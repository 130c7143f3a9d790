"""Units and members, made with few queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password

from damha_portal.accounts.enums import OrganisationKind, UnitKind
from damha_portal.accounts.models import AdminUnit, Membership, Organisation, User

DISTRICT_FROM, DISTRICT_TO = dt.date(2020, 1, 1), dt.date(2025, 6, 30)
AFTER = dt.date(2025, 7, 1)
#: domain.md §4.1: code, kind, name, code of the successor from 01/07/2025.
COMMUNES = [
    ("06895", UnitKind.TOWNSHIP, "Đầm Hà", "06895"),
    ("06898", UnitKind.COMMUNE, "Quảng Lâm", "06913"),
    ("06901", UnitKind.COMMUNE, "Quảng An", "06913"),
    ("06904", UnitKind.COMMUNE, "Tân Bình", "06895"),
    ("06910", UnitKind.COMMUNE, "Dực Yên", "06913"),
    ("06913", UnitKind.COMMUNE, "Quảng Tân", "06913"),
    ("06916", UnitKind.COMMUNE, "Đầm Hà", "06895"),
    ("06917", UnitKind.COMMUNE, "Tân Lập", "06895"),
    ("06919", UnitKind.COMMUNE, "Đại Bình", "06895"),
]
NEW_COMMUNES = [("06895", "Đầm Hà"), ("06913", "Quảng Tân")]


@dataclass
class Units:
    """`units["06913"]` is the commune of 2023; `units.after["06913"]` the one of 01/07/2025."""

    province: Any
    district: Any
    communes: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, code: str) -> Any:
        return self.communes[code]


def make_units() -> Units:
    """The units of domain.md §4.1; those of the facts where they are loaded already."""
    if AdminUnit.objects.filter(code="200").exists():
        return _units_of_the_facts()
    province = AdminUnit.objects.create(
        code="22", kind=UnitKind.PROVINCE, name="Quảng Ninh", valid_from=DISTRICT_FROM
    )
    district = AdminUnit.objects.create(
        code="200",
        kind=UnitKind.DISTRICT,
        name="Đầm Hà",
        parent=province,
        valid_from=DISTRICT_FROM,
        valid_to=DISTRICT_TO,
    )
    communes = AdminUnit.objects.bulk_create(
        AdminUnit(
            code=code,
            kind=kind,
            name=name,
            parent=district,
            valid_from=DISTRICT_FROM,
            valid_to=DISTRICT_TO,
        )
        for code, kind, name, _successor in COMMUNES
    )
    after = AdminUnit.objects.bulk_create(
        AdminUnit(code=code, kind=UnitKind.COMMUNE, name=name, parent=province, valid_from=AFTER)
        for code, name in NEW_COMMUNES
    )
    units = Units(
        province,
        district,
        {unit.code: unit for unit in communes},
        {unit.code: unit for unit in after},
    )
    link = AdminUnit.successors.through
    link.objects.bulk_create(
        link(from_adminunit=units[code], to_adminunit=units.after[successor])
        for code, _kind, _name, successor in COMMUNES
    )
    return units


def _units_of_the_facts() -> Units:
    communes = AdminUnit.objects.communes()
    return Units(
        AdminUnit.objects.get(code="22"),
        AdminUnit.objects.get(code="200"),
        {unit.code: unit for unit in communes.filter(valid_from=DISTRICT_FROM)},
        {unit.code: unit for unit in communes.filter(valid_from=AFTER)},
    )


def member(
    username: str,
    unit: Any,
    role: str,
    sectors: list[str],
    organisation: str = "",
    *,
    staff: bool = False,
) -> User:
    """A person with one role in one organisation of `unit` (its People's Committee by default)."""
    committee = f"UBND {unit}"
    body, _made = Organisation.objects.get_or_create(
        name=organisation or committee,
        admin_unit=unit,
        defaults={
            "kind": OrganisationKind.DEPARTMENT if organisation else OrganisationKind.COMMITTEE
        },
    )
    user = User.objects.create(
        username=username,
        full_name=username.replace("_", " ").capitalize(),
        email=f"{username}@example.org",
        password=make_password(None),
        is_staff=staff,
    )
    Membership.objects.create(user=user, organisation=body, role=role, sectors=sectors)
    return user
