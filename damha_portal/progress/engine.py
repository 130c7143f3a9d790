"""From rows to figures: counts what metrics found, per unit and for the whole area.

Pure reading: nothing here writes. `compute_plan` gives every figure of a plan from source rows;
`recompute` (services) stores it. Any number of runs in any order give the same result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, Sum

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.periods import Period
from damha_portal.progress.models import Plan, Target
from damha_portal.progress.registry import Kind, Metric, Rows, Scope, get_metric


@dataclass(frozen=True, slots=True)
class Reading:
    """One target in one unit on one day; NULL parts are unknown, never zero."""

    target_id: int
    unit_id: int
    as_of: dt.date
    numerator: Decimal | None
    denominator: Decimal | None
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[int, int, dt.date]:
        """What identifies the reading."""
        return (self.target_id, self.unit_id, self.as_of)


@dataclass(slots=True)
class Parts:
    """Numerator, denominator and remarks of one unit while they are being worked out."""

    numerator: Decimal | None
    denominator: Decimal | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def scope_of(target: Target, as_of: dt.date) -> Scope:
    """What `target` asks its metric on the day `as_of`."""
    return Scope(
        area=target.plan.area,
        as_of=as_of,
        period=target.plan.period,
        params={"target": target.pk, **target.parameters},
        cohort_id=target.cohort_id,
        baseline_value=target.baseline_value,
    )


def compute_plan(plan: Plan, today: dt.date) -> list[Reading]:
    """Every figure of the plan for each month end up to `today` and for `today`."""
    targets = list(plan.targets.select_related("plan__area"))
    # Asked once: the same keys serve every target and every day of this run.
    keys = tuple(AdminUnit.objects.under(plan.area_id).order_by("pk").values_list("pk", flat=True))
    return [
        reading
        for as_of in plan.as_of_dates(today)
        for target in targets
        for reading in compute_target(target, as_of, keys)
    ]


def compute_target(
    target: Target, as_of: dt.date, unit_keys: tuple[int, ...] | None = None
) -> Iterator[Reading]:
    """The target's figure for the area, and each unit's own part."""
    metric = get_metric(target.metric_key)
    scope = replace(scope_of(target, as_of), unit_keys=unit_keys)
    for unit_id, parts in read_units(metric, scope).items():
        yield Reading(target.pk, unit_id, as_of, parts.numerator, parts.denominator, parts.detail)


def read_units(metric: Metric, scope: Scope) -> dict[int, Parts]:
    """Parts by unit key; the area's own key holds the figure."""
    rows = metric.rows(scope)
    if metric.kind in (Kind.COUNT, Kind.SHARE):
        return _counted(metric, scope, rows)
    if metric.kind == Kind.SUM:
        return _summed(metric, scope, rows)
    if metric.kind == Kind.GROWTH:
        return _grown(metric, scope, rows)
    return _typed(metric, scope, rows)


# --- counting -------------------------------------------------------------------------------------


def _counted(metric: Metric, scope: Scope, rows: Rows) -> dict[int, Parts]:
    scored = _count_by_unit(rows.scored, metric.unit_path)
    if not scored and rows.known is not None and not rows.known.exists():
        base = None if rows.base is None else Decimal(rows.base.count())
        return {scope.area.pk: Parts(None, base, {"known": False})}
    base_by_unit = None
    if rows.base is not None:
        base_by_unit = _count_by_unit(rows.base, metric.unit_path)
    found: dict[int, Parts] = {}
    for unit_id in sorted({*scored, *(base_by_unit or {})}):
        denominator = None if base_by_unit is None else base_by_unit.get(unit_id, Decimal(0))
        found[unit_id] = Parts(scored.get(unit_id, Decimal(0)), denominator)
    # Every row belongs to exactly one unit, so counts (never percentages) add up to the area's;
    # a contract test compares them with the plain count of the listed rows.
    found[scope.area.pk] = Parts(
        sum(scored.values(), Decimal(0)),
        None if base_by_unit is None else sum(base_by_unit.values(), Decimal(0)),
    )
    return found


def _count_by_unit(rows: models.QuerySet[Any], unit_path: str) -> dict[int, Decimal]:
    counted = rows.order_by().values(unit_path).annotate(n=Count("pk", distinct=True))
    return {row[unit_path]: Decimal(row["n"]) for row in counted}


# --- adding up amounts ----------------------------------------------------------------------------


def _summed(metric: Metric, scope: Scope, rows: Rows) -> dict[int, Parts]:
    sums = _sum_by_unit(rows, rows.scored, metric.unit_path)
    found = {unit_id: Parts(total) for unit_id, total in sums.items()}
    if not metric.stated_for_area:
        known = [total for total in sums.values() if total is not None]
        found[scope.area.pk] = Parts(sum(known, Decimal(0)) if known else None)
        return found
    own = found.setdefault(scope.area.pk, Parts(None))
    months = _months(metric, scope, rows, rows.scored)
    own.detail = _month_remarks(scope, months)
    if rows.base is not None:
        own.detail["season"] = _season(metric, scope, rows)
    return found


def _sum_by_unit(
    rows: Rows, chosen: models.QuerySet[Any], unit_path: str
) -> dict[int, Decimal | None]:
    summed = chosen.order_by().values(unit_path).annotate(total=Sum(rows.amount))
    return {row[unit_path]: _decimal(row["total"]) for row in summed}


@dataclass(frozen=True, slots=True)
class Month:
    """The amount of one month of one unit."""

    first: dt.date
    amount: Decimal
    provisional: bool


def _months(
    metric: Metric, scope: Scope, rows: Rows, chosen: models.QuerySet[Any]
) -> dict[dt.date, Month]:
    own = chosen.filter(**{metric.unit_path: scope.area.pk}).order_by()
    provisional = rows.provisional if rows.provisional is not None else models.Q(pk__in=[])
    marked = own.annotate(
        is_provisional=models.Case(
            models.When(provisional, then=True), default=False, output_field=models.BooleanField()
        )
    )
    return {
        row[0]: Month(row[0], Decimal(row[1]), row[2])
        for row in marked.values_list(rows.month, rows.amount, "is_provisional")
        if row[1] is not None
    }


def _month_remarks(scope: Scope, months: dict[dt.date, Month]) -> dict[str, Any]:
    due = [first for first in scope.window.months() if Period.of_month(first).end <= scope.day]
    return {
        "missing_months": [str(first) for first in due if first not in months],
        "provisional_months": [str(first) for first, row in months.items() if row.provisional],
    }


def _season(metric: Metric, scope: Scope, rows: Rows) -> list[str]:
    """Share of last year's total reached by the same day: [part, whole]; [] when incomplete."""
    assert rows.base is not None  # noqa: S101  (the caller asked)
    months = _months(metric, scope, rows, rows.base)
    last_year = scope.period.year_before()
    if set(months) != set(last_year.months()):
        return []
    passed = {
        first.replace(year=first.year - 1)
        for first in scope.window.months()
        if Period.of_month(first).end <= scope.day
    }
    part = sum((row.amount for first, row in months.items() if first in passed), Decimal(0))
    whole = sum((row.amount for row in months.values()), Decimal(0))
    return [str(part), str(whole)] if whole else []


# --- comparing periods ----------------------------------------------------------------------------


def _grown(metric: Metric, scope: Scope, rows: Rows) -> dict[int, Parts]:
    assert rows.base is not None  # noqa: S101  (a growth metric always gives both periods)
    now = _months(metric, scope, rows, rows.scored)
    before = _months(metric, scope, rows, rows.base)
    own = Parts(None, None, _month_remarks(scope, now))
    own.detail["compared_months"] = len(now)
    same_period = {first.replace(year=first.year - 1) for first in now}
    current = sum((row.amount for row in now.values()), Decimal(0))
    previous: Decimal | None = None
    if now and same_period <= set(before):
        previous = sum((before[first].amount for first in same_period), Decimal(0))
        own.detail["baseline"] = "official"
    elif now and len(now) == len(scope.period.months()) and scope.baseline_value is not None:
        # A baseline for the whole year only says something once the whole year is in.
        previous = scope.baseline_value
        own.detail["baseline"] = "target"
    else:
        own.detail["baseline"] = "missing"
        own.detail["missing_base_months"] = [str(m) for m in sorted(same_period - set(before))]
    if previous is not None:
        own.numerator, own.denominator = current - previous, previous
        own.detail["range"] = _growth_range(now, previous)
    return {scope.area.pk: own}


def _growth_range(now: dict[dt.date, Month], previous: Decimal) -> list[str]:
    """[sum of the actual months, sum with estimates] while part of it is an estimate, else []."""
    certain = sum((row.amount for row in now.values() if not row.provisional), Decimal(0))
    everything = sum((row.amount for row in now.values()), Decimal(0))
    return [str(certain), str(everything)] if certain != everything and previous else []


# --- typed figures --------------------------------------------------------------------------------


def _typed(metric: Metric, scope: Scope, rows: Rows) -> dict[int, Parts]:
    typed = rows.scored.order_by("as_of").values_list(metric.unit_path, rows.amount)
    # Oldest first, so that the newest value of a unit stays.
    found = {unit_id: Parts(amount) for unit_id, amount in typed}
    found.setdefault(scope.area.pk, Parts(None, None, {"known": False}))
    return found


def _decimal(value: Any) -> Decimal | None:  # noqa: ANN401  (int or Decimal of the database)
    return None if value is None else Decimal(value)
