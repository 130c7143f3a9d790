"""Reading the targets of the real 2023 plan in tests; every reading is taken on both paths."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from damha_portal.progress.crosscheck import run_crosscheck
from damha_portal.progress.engine import read_units, scope_of
from damha_portal.progress.facts import DATA, load_plan
from damha_portal.progress.judgement import Figure, satisfies, threshold_of
from damha_portal.progress.models import Plan, Target
from damha_portal.progress.registry import Metric, Part, Rows, get_metric
from tests.people import Units

YEAR_END = dt.date(2023, 12, 31)


def load_plan_2023() -> Plan:
    """The plan with T1–T11, as `load_plan_2023` loads it; the district must exist."""
    load_plan(DATA / "plan_2023.toml")
    return Plan.objects.select_related("area").get()


@dataclass(frozen=True)
class Reading:
    """One target in its area on one day."""

    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    #: Whether the target is met on this day; None while there is no value.
    met: bool | None
    detail: dict[str, Any]

    @property
    def pair(self) -> tuple[Fraction | None, Fraction | None]:
        """Numerator and denominator."""
        return (self.numerator, self.denominator)


@dataclass(frozen=True)
class Board:
    """The 2023 plan and its units: `board.read("T8", on=day)`."""

    plan: Plan
    units: Units

    def target(self, code: str) -> Target:
        return self.plan.targets.select_related("plan__area").get(code=code)

    def metric(self, code: str) -> Metric:
        return get_metric(self.target(code).metric_key)

    def rows(self, code: str, on: dt.date = YEAR_END) -> Rows:
        return self.metric(code).rows(scope_of(self.target(code), on))

    def listed(self, code: str, part: Part = Part.SCORED, on: dt.date = YEAR_END) -> set[Any]:
        """The records of one of the three lists."""
        area = self.plan.area_id
        return set(self.metric(code).listed(self.rows(code, on), part, area_id=area))

    def by_unit(self, code: str, on: dt.date = YEAR_END) -> dict[int, tuple[Any, Any]]:
        """Numerator and denominator by unit; fails where the second path says otherwise."""
        target = self.target(code)
        parts = read_units(self.metric(code), scope_of(target, on))
        first = {unit: (part.numerator, part.denominator) for unit, part in parts.items()}
        assert run_crosscheck(self.plan, target, on) == first
        return first

    def read(self, code: str, on: dt.date = YEAR_END) -> Reading:
        """The target's figure, after both paths agreed on it."""
        self.by_unit(code, on)
        target, metric = self.target(code), self.metric(code)
        own = read_units(metric, scope_of(target, on))[self.plan.area_id]
        numerator, denominator = (
            None if part is None else Fraction(part) for part in (own.numerator, own.denominator)
        )
        value = Figure(metric.kind, numerator, denominator, own.detail).value
        met = None
        if value is not None:
            met = satisfies(value, target.comparator, threshold_of(target))
        return Reading(numerator, denominator, value, met, own.detail)
