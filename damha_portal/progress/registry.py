"""Metrics, declared by the domains: a metric returns querysets, never numbers.

The engine counts them, the drill-down lists them, the export and the API read the same ones, and
the sentence that explains the rule is filled from the same object: a figure and the list behind
it cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.dates import format_date
from damha_portal.core.periods import Period

#: Keys of administrative units: a subquery, or the keys themselves.
UnitKeys = models.QuerySet[Any] | tuple[int, ...]


class Kind(Enum):
    """How rows become a figure: (numerator, denominator) and the value they stand for."""

    COUNT = "count"  # (rows scored, rows of the base or unknown); value: numerator
    SUM = "sum"  # (sum of the amount, unknown); value: numerator
    SHARE = "share"  # (rows scored, rows of the base); value: numerator / denominator
    GROWTH = "growth"  # (this period - the base period, the base period); value: the quotient
    MANUAL = "manual"  # (the newest typed value, unknown); value: numerator

    @property
    def is_share(self) -> bool:
        """Whether the target's value is a percentage."""
        return self in (Kind.SHARE, Kind.GROWTH)


class Part(Enum):
    """The three lists behind a figure."""

    BASE = "base"
    SCORED = "scored"
    MISSING = "missing"


@dataclass(frozen=True)
class Scope:
    """What a metric is asked: where, until which day, in which period, with which parameters."""

    area: AdminUnit
    as_of: dt.date
    period: Period
    params: Mapping[str, Any] = field(default_factory=dict)
    cohort_id: int | None = None
    baseline_value: Decimal | None = None
    unit_keys: tuple[int, ...] | None = None

    @cached_property
    def units(self) -> UnitKeys:
        """Keys of the units inside the area: those given, else a subquery."""
        if self.unit_keys is not None:
            return self.unit_keys
        return AdminUnit.objects.under(self.area.pk).order_by().values("pk")

    @property
    def day(self) -> dt.date:
        """The day on which states are asked: `as_of`, at the latest the period's last day."""
        return min(self.as_of, self.period.end)

    @property
    def window(self) -> Period:
        """The part of the period that has passed."""
        return Period(self.period.start, max(self.day, self.period.start))

    @property
    def year(self) -> int:
        """The plan year, which recognitions are attributed to by their evaluation year."""
        return self.period.start.year

    @property
    def min_star(self) -> int:
        """The parameter `min_star`."""
        return int(self.params["min_star"])

    def strings(self, name: str) -> list[str]:
        """A parameter that is a list of choices."""
        return [str(value) for value in self.params[name]]

    def date(self, name: str, default: dt.date) -> dt.date:
        """A parameter that is a date."""
        raw = self.params.get(name)
        return dt.date.fromisoformat(raw) if raw else default


@dataclass(frozen=True)
class Rows:
    """What a metric found. `scored` is a part of `base` where a base is given.

    `known`: while nothing is scored and none of these rows exists, the figure is unknown, not zero.
    `amount`, `month`, `provisional`: columns of `scored` and `base` in SUM and GROWTH metrics.
    `not_counted`: gives the rows somebody might expect to be counted, by the reason they are not;
    asked by pages, not by the engine.
    """

    scored: models.QuerySet[Any]
    base: models.QuerySet[Any] | None = None
    known: models.QuerySet[Any] | None = None
    amount: str = ""
    month: str = ""
    provisional: models.Q | None = None
    not_counted: Callable[[], Mapping[Any, models.QuerySet[Any]]] = dict

    @property
    def excluded(self) -> Mapping[Any, models.QuerySet[Any]]:
        """Rows that are not counted, by the reason."""
        return self.not_counted()

    def part(self, part: Part) -> models.QuerySet[Any]:
        """One of the three lists; what is missing is the base without the scored."""
        if part == Part.SCORED:
            return self.scored
        base = self.scored if self.base is None else self.base
        if part == Part.BASE:
            return base
        if self.base is None:
            return self.scored.none()
        return base.exclude(pk__in=self.scored.order_by().values("pk"))


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column of the record lists, beside name and unit."""

    label: Any
    path: str
    is_number: bool = False


@dataclass(frozen=True)
class Metric:
    """One registered metric."""

    key: str
    kind: Kind
    title: Any
    rule: Any
    noun: Any
    find: Callable[[Scope], Rows]
    depends_on: tuple[type[models.Model], ...]
    unit_path: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    labels: Mapping[Part, Any] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    columns: tuple[RecordColumn, ...] = ()
    version: int = 1
    #: True: the area's figure is stated for the area itself, never the sum of its units.
    stated_for_area: bool = False
    #: True: the value may fall again, so reaching it before the end is “on track”, not “met”.
    reversible: bool = False

    def rows(self, scope: Scope) -> Rows:
        """The querysets for `scope`, parameters completed by the metric's defaults."""
        return self.find(replace(scope, params={**self.parameters, **scope.params}))

    def listed(self, rows: Rows, part: Part, *, area_id: int) -> models.QuerySet[Any]:
        """The rows behind the area's own figure; one stated for the area lists no other unit's."""
        chosen = rows.part(part)
        return chosen.filter(**{self.unit_path: area_id}) if self.stated_for_area else chosen

    def sentence(self, scope: Scope) -> str:
        """The rule in words, with the parameters it was asked with."""
        words = {name: _in_words(value) for name, value in self.parameters.items()}
        words |= {name: _in_words(value) for name, value in scope.params.items()}
        words |= {
            "as_of": format_date(scope.day),
            "from": format_date(scope.period.start),
            "until": format_date(scope.period.end),
            "year": str(scope.year),
            "previous_year": str(scope.year - 1),
            "area": scope.area.full_name,
        }
        return str(self.rule) % words


def _in_words(value: Any) -> str:  # noqa: ANN401  (JSON)
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


DEFAULT_LABELS = {
    Part.BASE: _("Thuộc diện tính"),
    Part.SCORED: _("Được tính"),
    Part.MISSING: _("Còn thiếu"),
}

_metrics: dict[str, Metric] = {}


def metric(
    *,
    key: str,
    kind: Kind,
    depends_on: tuple[type[models.Model], ...],
    **declared: Any,  # noqa: ANN401
) -> Callable[[Callable[[Scope], Rows]], Metric]:
    """Register a metric; `title`, `rule`, `noun` and `unit_path` are required keywords."""

    def register(find: Callable[[Scope], Rows]) -> Metric:
        if key in _metrics:
            raise ValueError(f"Metric {key} is declared twice.")
        labels = {**DEFAULT_LABELS, **declared.pop("labels", {})}
        found = Metric(
            key=key, kind=kind, find=find, depends_on=depends_on, labels=labels, **declared
        )
        _metrics[key] = found
        return found

    return register


def get_metric(key: str) -> Metric:
    """The metric of this key; KeyError where no domain declares it."""
    return _metrics[key]


def all_metrics() -> dict[str, Metric]:
    """Every registered metric by key."""
    return dict(_metrics)
