"""Units and bodies that come with the portal, with their sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from damha_portal.accounts.models import AdminUnit, Organisation
from damha_portal.core.seeds import read_data, register_facts
from damha_portal.core.services import record_save

DATA = Path(__file__).parent / "data"


@register_facts(order=0)
def administrative_units() -> str:
    """Province, district, the nine units of 2023, the two communes of 01/07/2025."""
    data = read_data(DATA / "units.toml")
    made = sum(_unit(dict(row), data["sources"]) for row in data["unit"])
    return f"Units: {made} added, {len(data['unit']) - made} already there"


def _unit(row: dict[str, Any], sources: dict[str, str]) -> bool:
    """Add one unit where its key is new; existing rows stay as people left them."""
    key = {"code": row.pop("code"), "valid_from": row.pop("valid_from")}
    if AdminUnit.objects.filter(**key).exists():
        return False
    parent, successor = row.pop("parent", None), row.pop("successor", None)
    source = sources[row.pop("source")]
    record_save(
        actor=None,
        record=AdminUnit(
            **key, **row, source=source, parent=unit_of(parent) if parent is not None else None
        ),
        many={"successors": [unit_of(successor)]} if successor is not None else {},
        reason=source,
    )
    return True


def unit_of(key: dict[str, Any]) -> AdminUnit:
    """The unit named by `code` and `valid_from`."""
    unit: AdminUnit = AdminUnit.objects.get(**key)
    return unit


@register_facts(order=1)
def organisations() -> str:
    """The bodies and offices that the plan concerns."""
    data = read_data(DATA / "organisations.toml")
    made = sum(_organisation(dict(row), data["sources"]) for row in data["organisation"])
    return f"Organisations: {made} added, {len(data['organisation']) - made} already there"


def _organisation(row: dict[str, Any], sources: dict[str, str]) -> bool:
    unit, name = unit_of(row.pop("unit")), row.pop("name")
    if Organisation.objects.filter(name=name, admin_unit=unit).exists():
        return False
    parent, source = row.pop("parent", ""), sources[row.pop("source")]
    body = Organisation(
        name=name,
        admin_unit=unit,
        parent=Organisation.objects.get(name=parent) if parent else None,
        source=source,
        **row,
    )
    record_save(actor=None, record=body, reason=source)
    return True
