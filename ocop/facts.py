"""Facts of the OCOP programme: criteria sets, product groups, exchanges, retailers.

A row that exists stays as people left it, even where the file says something else by now.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from damha_portal.core.seeds import read_data, register_facts
from damha_portal.core.services import record_save
from ocop.models import (
    Platform,
    ProductGroup,
    ProductSubgroup,
    RetailChain,
    RuleSet,
)
from ocop.services import rule_set_save

REFERENCE = Path(__file__).parent / "data" / "reference.toml"
#: The product sets are those of the decision of 2023.
SUBGROUP_RULES = "148"


@register_facts(order=20)
@transaction.atomic
def ocop_reference() -> str:
    """Create what is missing; returns one line saying how much that was."""
    data = read_data(REFERENCE)
    made = {
        "rule sets": _count(_rule_set(row) for row in data["rule_set"]),
        "groups": _count(
            _add(ProductGroup, {"code": row["code"]}, {**row, "position": position})
            for position, row in enumerate(data["group"], start=1)
        ),
        "subgroups": _count(_subgroup(row, data["subgroup_sources"]) for row in data["subgroup"]),
        "platforms": _count(_add(Platform, {"name": row["name"]}, row) for row in data["platform"]),
        "chains": _count(_add(RetailChain, {"name": row["name"]}, row) for row in data["chain"]),
    }
    return "OCOP reference: " + ", ".join(f"{name} +{count}" for name, count in made.items())


def _count(made: Iterable[bool]) -> int:
    return sum(made)


def _add(model: Any, key: dict[str, Any], values: dict[str, Any]) -> bool:  # noqa: ANN401
    """A row by its natural key, unless there is one."""
    if model.objects.filter(**key).exists():
        return False
    record_save(actor=None, record=model(**values), reason=values.get("source", ""))
    return True


def _rule_set(row: dict[str, Any]) -> bool:
    if RuleSet.objects.filter(code=row["code"]).exists():
        return False
    part_a, part_b, part_c = (Decimal(part) for part in row["parts"])
    rule_set = RuleSet(
        code=row["code"],
        decision=row["decision"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        part_a_max=part_a,
        part_b_max=part_b,
        part_c_max=part_c,
        source=row["source"],
    )
    rule_set_save(
        actor=None,
        rule_set=rule_set,
        bands={int(star): Decimal(score) for star, score in row["bands"].items()},
        levels={int(star): level for star, level in row["levels"].items()},
    )
    return True


def _subgroup(row: dict[str, str], sources: dict[str, str]) -> bool:
    group = ProductGroup.objects.get(code=row["code"].partition(".")[0])
    values = {
        "group": group,
        "code": row["code"],
        "name": row["name"],
        "rule_set": RuleSet.objects.get(code=SUBGROUP_RULES),
        "source": sources[row["source"]],
    }
    return _add(ProductSubgroup, {"group": group, "code": row["code"]}, values)
