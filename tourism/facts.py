"""Tourist sites known by source. Visitor totals of 2022 and 2023 are unknown: none is loaded."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from damha_portal.core.seeds import read_data, register_facts
from damha_portal.core.services import record_save
from tourism.models import TouristSite
from tourism.selectors import first_units

DATA = Path(__file__).parent / "data" / "sites.toml"


@register_facts(order=40)
@transaction.atomic
def sites() -> str:
    """Create what is missing; existing rows stay as people left them."""
    rows = read_data(DATA)["site"]
    codes = {row["unit"] for row in rows}
    units = {unit.code: unit for unit in first_units(codes)}
    made = 0
    for row in rows:
        unit = units[row["unit"]]
        values = {name: value for name, value in row.items() if name != "unit"}
        if TouristSite.objects.filter(name=row["name"], admin_unit=unit).exists():
            continue
        record = TouristSite(admin_unit=unit, **values)
        record_save(actor=None, record=record, reason=row["source"])
        made += 1
    return f"sites: {made} loaded, {len(rows) - made} present"
