"""The second path: every metric again, separately written in plain SQL.

A domain's `crosscheck` module registers one SQL statement a metric. It shares nothing with the
metric's querysets but the tables, so that a mistake in one shows as a difference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from damha_portal.progress.models import Measurement, Plan, Target
from damha_portal.progress.registry import get_metric

#: Start of every statement: the units inside the area, those they succeeded included.
UNITS = """
WITH RECURSIVE tree (id) AS (
    SELECT %(area)s
    UNION
    SELECT child.id FROM accounts_adminunit child JOIN tree ON child.parent_id = tree.id
),
units (id) AS (
    SELECT id FROM tree
    UNION
    SELECT link.from_adminunit_id FROM accounts_adminunit_successors link
    WHERE link.to_adminunit_id = %(area)s
)
"""


@dataclass(frozen=True, slots=True)
class SqlScope:
    """What a statement is asked; `values` are its named parameters.

    Always there: area, as_of, day (`as_of`, at the latest the period's end), period_start,
    period_end, window_end, year, cohort, plus the metric's and target's parameters as they are.
    """

    values: dict[str, Any]
    params: dict[str, Any]


#: Rows of (unit key, numerator, denominator); the area's own figure under the area's key or, for
#: counts, as the sum of the rows.
Statement = Callable[[SqlScope], str]

_statements: dict[str, Statement] = {}


def crosscheck(key: str) -> Callable[[Statement], Statement]:
    """Register the statement of the metric `key`."""

    def register(statement: Statement) -> Statement:
        _statements[key] = statement
        return statement

    return register


def all_crosschecks() -> dict[str, Statement]:
    """Every registered statement by metric key."""
    return dict(_statements)


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure on which the two paths disagree."""

    code: str
    unit_id: int
    as_of: dt.date
    stored: tuple[Decimal | None, Decimal | None]
    checked: tuple[Decimal | None, Decimal | None]

    def as_json(self) -> dict[str, Any]:
        """For `Verification.differences`."""
        return {
            "code": self.code,
            "unit": self.unit_id,
            "as_of": self.as_of.isoformat(),
            "stored": [None if v is None else str(v.normalize()) for v in self.stored],
            "checked": [None if v is None else str(v.normalize()) for v in self.checked],
        }


def differences(plan: Plan, stored: Iterable[Measurement]) -> list[Difference]:
    """Stored figures that the second path does not confirm, and figures it finds missing."""
    by_target_day: dict[tuple[int, dt.date], dict[int, Measurement]] = {}
    for row in stored:
        by_target_day.setdefault((row.target_id, row.as_of), {})[row.admin_unit_id] = row
    found: list[Difference] = []
    targets = {target.pk: target for target in plan.targets.all()}
    for (target_id, as_of), rows in sorted(by_target_day.items()):
        target = targets[target_id]
        checked = run_crosscheck(plan, target, as_of)
        found.extend(_compare(target, as_of, rows, checked))
    return found


Pair = tuple[Decimal | None, Decimal | None]


def _compare(
    target: Target, as_of: dt.date, rows: dict[int, Measurement], checked: dict[int, Pair]
) -> list[Difference]:
    found = []
    for unit_id in sorted({*rows, *checked}):
        row = rows.get(unit_id)
        mine: Pair = (row.numerator, row.denominator) if row else (None, None)
        theirs = checked.get(unit_id, (None, None))
        if mine != theirs:
            found.append(Difference(target.code, unit_id, as_of, mine, theirs))
    return found


def run_crosscheck(plan: Plan, target: Target, as_of: dt.date) -> dict[int, Pair]:
    """(numerator, denominator) by unit key from the target's second path."""
    metric = get_metric(target.metric_key)
    params = {**metric.parameters, **target.parameters}
    day = min(as_of, plan.period_end)
    values = {
        "area": plan.area_id,
        "as_of": as_of,
        "day": day,
        "period_start": plan.period_start,
        "period_end": plan.period_end,
        "window_end": max(day, plan.period_start),
        "year": plan.period_start.year,
        "cohort": target.cohort_id,
        "target": target.pk,
        "baseline_value": target.baseline_value,
    }
    statement = _statements[target.metric_key](SqlScope(values, params))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {row[0]: (_exact(row[1]), _exact(row[2])) for row in cursor.fetchall()}


def _exact(value: Any) -> Decimal | None:  # noqa: ANN401  (int, Decimal or text of the driver)
    return None if value is None else Decimal(str(value))
