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
    SELECT CAST(%(area)s AS BIGINT)
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


#: End of a statement that counts the rows of `scored (id, unit_id)`. While nothing is scored and
#: `known` has no row, the figure is unknown.
COUNTED = """
SELECT scored.unit_id, COUNT(*), CAST(NULL AS NUMERIC)
FROM scored WHERE scored.unit_id <> %(area)s GROUP BY scored.unit_id
UNION ALL
SELECT %(area)s,
    CASE WHEN EXISTS (SELECT 1 FROM scored) OR EXISTS (SELECT 1 FROM known)
         THEN (SELECT COUNT(*) FROM scored) END,
    CAST(NULL AS NUMERIC)
"""

#: The same with `base (id, unit_id)`, of which `scored (id)` is a part. The base is always told.
COUNTED_OF_BASE = """
SELECT base.unit_id, COUNT(scored.id), COUNT(*)
FROM base LEFT JOIN scored ON scored.id = base.id
WHERE base.unit_id <> %(area)s
    AND (EXISTS (SELECT 1 FROM scored) OR EXISTS (SELECT 1 FROM known))
GROUP BY base.unit_id
UNION ALL
SELECT %(area)s,
    CASE WHEN EXISTS (SELECT 1 FROM scored) OR EXISTS (SELECT 1 FROM known)
         THEN (SELECT COUNT(*) FROM scored) END,
    (SELECT COUNT(*) FROM base)
"""


@dataclass(frozen=True, slots=True)
class SqlScope:
    """What a statement is asked; `values` are its named parameters.

    Always there: area, as_of, day (`as_of`, at the latest the period's end), period_start,
    period_end, window_end, year, cohort, target, baseline_value, and the metric's and target's
    own parameters where they are single values; lists through `among`.
    """

    values: dict[str, Any]
    params: dict[str, Any]

    def give(self, name: str, value: Any) -> str:  # noqa: ANN401  (a date, number or text)
        """Add a named parameter; returns its placeholder."""
        self.values[name] = value
        return f"%({name})s"

    def among(self, column: str, name: str) -> str:
        """The condition that `column` is one of the list `name`; an empty list asks nothing."""
        options = [self.give(f"{name}_{at}", one) for at, one in enumerate(self.params[name])]
        return f"{column} IN ({', '.join(options)})" if options else "1 = 1"


#: Rows of (unit key, numerator, denominator), one a unit; the area's own key holds the figure.
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
            "stored": [_plain(value) for value in self.stored],
            "checked": [_plain(value) for value in self.checked],
        }


def _plain(value: Decimal | None) -> str | None:
    """Digits without an exponent or idle zeros: "40000", not "4E+4"."""
    return None if value is None else f"{value.normalize():f}"


def differences(
    plan: Plan, stored: Iterable[Measurement], days: Iterable[dt.date]
) -> list[Difference]:
    """Stored figures that the second path does not confirm, and figures it finds missing.

    `days` are the days that must have figures; a day that is stored beside them is compared too.
    """
    targets = {target.pk: target for target in plan.targets.all()}
    by_target_day: dict[tuple[int, dt.date], dict[int, Measurement]] = {
        (target_id, day): {} for target_id in targets for day in days
    }
    for row in stored:
        by_target_day.setdefault((row.target_id, row.as_of), {})[row.admin_unit_id] = row
    found: list[Difference] = []
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
    single = {name: value for name, value in params.items() if not isinstance(value, list | dict)}
    day = min(as_of, plan.period_end)
    values = {
        **single,
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
    given = {name: _for_driver(value) for name, value in values.items()}
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return {row[0]: (_exact(row[1]), _exact(row[2])) for row in cursor.fetchall()}


def _for_driver(value: Any) -> Any:  # noqa: ANN401  (a date, number or text)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


def _exact(value: Any) -> Decimal | None:  # noqa: ANN401  (int, Decimal or text of the driver)
    return None if value is None else Decimal(str(value))


# --- typed figures --------------------------------------------------------------------------------


@crosscheck("progress.manual")
def manual(_scope: SqlScope) -> str:
    """The newest value typed by the day, for each unit; the area without one is unknown."""
    return f"""{UNITS},
typed (unit_id, as_of, value) AS (
    SELECT figure.admin_unit_id, figure.as_of, figure.value
    FROM progress_manualfigure figure JOIN units ON units.id = figure.admin_unit_id
    WHERE figure.target_id = %(target)s AND figure.as_of <= %(as_of)s
),
newest (unit_id, as_of) AS (SELECT unit_id, MAX(as_of) FROM typed GROUP BY unit_id)
SELECT typed.unit_id, typed.value, CAST(NULL AS NUMERIC)
FROM typed JOIN newest ON newest.unit_id = typed.unit_id AND newest.as_of = typed.as_of
UNION ALL
SELECT %(area)s, CAST(NULL AS NUMERIC), CAST(NULL AS NUMERIC)
WHERE NOT EXISTS (SELECT 1 FROM typed WHERE typed.unit_id = %(area)s)
"""  # noqa: S608  (constants of this module; values are parameters)
