"""What the pages and the API show of a plan: dataclasses, fetched in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.components import VERDICTS, Definition
from damha_portal.core.dates import format_date, format_month
from damha_portal.core.numbers import format_percent
from damha_portal.progress.engine import scope_of
from damha_portal.progress.enums import BaselineState, LeadSource, PaceMethod, VerdictCode
from damha_portal.progress.freshness import Freshness, freshness_of
from damha_portal.progress.judgement import (
    Figure,
    Verdict,
    figure_of,
    judge,
    say_figure,
    say_number,
    say_threshold,
    still_needed,
    threshold_of,
)
from damha_portal.progress.models import Measurement, Plan, Target
from damha_portal.progress.registry import Kind, Part, Rows, get_metric


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target on one day, ready to be shown; nothing is left to decide for the template."""

    target: Target
    figure: Figure
    verdict: Verdict
    as_of: dt.date
    computed_at: dt.datetime | None
    shown: str
    wanted: str
    needed: int | None
    value: Fraction | None
    threshold: Fraction
    expected: Fraction | None
    points: Sequence[tuple[str, Fraction | None]]
    remarks: Sequence[str]
    url: str

    @property
    def wanted_with_unit(self) -> str:
        """What must be reached, with its unit: ≥ 3 sản phẩm, ≥ 70 %."""
        return self.wanted if self.target.unit == "%" else f"{self.wanted} {self.target.unit}"

    @property
    def tone(self) -> str:
        """The colour of the verdict, for the bar."""
        return VERDICTS[self.verdict.code.value][0]

    @property
    def lead(self) -> str:
        """The lead organisation, or that there is none."""
        return str(self.target.lead) if self.target.lead else _("chưa phân công")


@dataclass(frozen=True, slots=True)
class PlanPicture:
    """A plan on one day."""

    plan: Plan
    as_of: dt.date
    requested: dt.date | None
    dates: Sequence[dt.date]
    lines: Sequence[TargetLine]
    freshness: Freshness


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One commune's own part of a figure; no verdict, a commune has no target of its own."""

    unit: AdminUnit
    shown: str
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class MonthLine:
    """The figure at one month end."""

    as_of: dt.date
    shown: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One named record of a target's wording, and whether it is among those counted."""

    name: str
    record: Any
    is_counted: bool


def plan_picture(
    plan: Plan, *, today: dt.date, now: dt.datetime, on: dt.date | None
) -> PlanPicture:
    """The plan's targets on the newest measured day up to `on` (default: the newest of all).

    Four queries for figures, three for their freshness, whatever the number of rows.
    """
    # Marks before figures: a run that ends in between may then show as “not yet included”, which
    # passes at the next look; the other way round an old figure would pass for a complete one.
    freshness = freshness_of(plan, today=today, now=now)
    targets = list(plan.targets.select_related("lead", "plan__area"))
    rows = Measurement.objects.filter(target__plan=plan, admin_unit_id=plan.area_id)
    by_target: dict[int, dict[dt.date, Measurement]] = {}
    for row in rows.order_by("as_of"):
        by_target.setdefault(row.target_id, {})[row.as_of] = row
    dates = sorted({day for found in by_target.values() for day in found})
    as_of = snap(dates, on, today)
    lines = [
        target_line(target, by_target.get(target.pk, {}), as_of=as_of, today=today)
        for target in targets
    ]
    return PlanPicture(plan, as_of, on, dates, lines, freshness)


def snap(dates: Sequence[dt.date], on: dt.date | None, today: dt.date) -> dt.date:
    """The newest measured day up to `on`; the first one where `on` lies before all of them."""
    if not dates:
        return today
    if on is None:
        return dates[-1]
    earlier = [day for day in dates if day <= on]
    return earlier[-1] if earlier else dates[0]


def target_line(
    target: Target,
    measurements: dict[dt.date, Measurement],
    *,
    as_of: dt.date,
    today: dt.date,
) -> TargetLine:
    """A target's figure on `as_of` with its trend up to then."""
    row = measurements.get(as_of)
    figure = figure_of(target, row)
    verdict = judge(target, figure, as_of=as_of, today=today)
    points = [
        (format_date(day), figure_of(target, found).value)
        for day, found in sorted(measurements.items())
        if day <= as_of
    ]
    return TargetLine(
        target=target,
        figure=figure,
        verdict=verdict,
        as_of=as_of,
        computed_at=row.computed_at if row else None,
        shown=say_figure(target, figure),
        wanted=say_threshold(target),
        needed=still_needed(target, figure),
        value=figure.value,
        threshold=threshold_of(target),
        expected=verdict.expected.value,
        points=points,
        remarks=remarks_on(target, figure, known=verdict.code != VerdictCode.NO_DATA),
        url=reverse("progress:target", args=[target.plan_id, target.code]),
    )


def remarks_on(target: Target, figure: Figure, *, known: bool = True) -> list[str]:
    """What a reader must know beside the figure: estimates, gaps, unconfirmed baselines.

    `known=False`: the verdict already names the months that are missing.
    """
    found = []
    detail = figure.detail
    for key, sentence in (
        ("provisional_months", _("gồm số ước: %(months)s")),
        ("missing_months", _("chưa có số đã duyệt: %(months)s")),
    ):
        if (months := detail.get(key)) and (known or key != "missing_months"):
            names = ", ".join(format_month(dt.date.fromisoformat(day)) for day in months)
            found.append(sentence % {"months": names})
    if len(detail.get("range") or []) == 2:
        certain, everything = (Fraction(text) for text in detail["range"])
        words = {"low": say_number(certain), "high": say_number(everything)}
        found.append(_("từ %(low)s (chỉ số thực hiện) đến %(high)s (cả số ước)") % words)
    if target.baseline_value is not None and target.baseline_state == BaselineState.DERIVED:
        sentence = _("gốc %(value)s là số suy ra, chờ xác nhận")
        if detail.get("baseline") == "official":
            sentence = _(
                "so với số chính thức cùng kỳ; gốc %(value)s là số suy ra, chờ xác nhận, không dùng"
            )
        found.append(sentence % {"value": say_number(Fraction(target.baseline_value))})
    if target.cohort_id and figure.denominator is not None:
        expected = Fraction(target.value)
        if figure.denominator < expected:
            words = {"known": say_number(figure.denominator), "all": say_number(expected)}
            found.append(_("nhóm mới khai %(known)s trên %(all)s") % words)
    return found


# --- one target -----------------------------------------------------------------------------------


def unit_lines(target: Target, as_of: dt.date) -> list[UnitLine]:
    """Each unit's own part on `as_of`, in Vietnamese order; one query."""
    rows = (
        Measurement.objects.filter(target=target, as_of=as_of)
        .exclude(admin_unit_id=target.plan.area_id)
        .select_related("admin_unit")
        .order_by("admin_unit__sort_text", "admin_unit_id")
    )
    found = []
    for row in rows:
        figure = figure_of(target, row)
        found.append(UnitLine(row.admin_unit, say_figure(target, figure), figure.value))
    return found


def month_lines(
    target: Target, measurements: dict[dt.date, Measurement], *, today: dt.date
) -> list[MonthLine]:
    """The figure at each measured day, newest first."""
    lines = []
    for day, row in sorted(measurements.items(), reverse=True):
        figure = figure_of(target, row)
        verdict = judge(target, figure, as_of=day, today=today)
        lines.append(MonthLine(day, say_figure(target, figure), verdict))
    return lines


def target_measurements(target: Target) -> dict[dt.date, Measurement]:
    """The area's measurements of one target by day."""
    rows = Measurement.objects.filter(target=target, admin_unit_id=target.plan.area_id)
    return {row.as_of: row for row in rows.order_by("as_of")}


def target_definitions(target: Target) -> list[Definition]:
    """Wording, reading, thresholds, baseline and lead, for the page of the target."""
    lead = str(target.lead) if target.lead else _("chưa phân công")
    rows = [
        Definition(_("Nguyên văn"), f"«{target.wording}»"),
        Definition(_("Cách hiểu"), target.reading or "—"),
        Definition(_("Ngưỡng nhận định"), thresholds_of(target)),
    ]
    if target.baseline_value is not None:
        state = BaselineState(target.baseline_state).label
        value = say_number(Fraction(target.baseline_value))
        note = f". {target.baseline_note}" if target.baseline_note else ""
        rows.append(Definition(_("Gốc so sánh"), f"{value} ({state}){note}"))
    rows.append(Definition(_("Chủ trì"), f"{lead} ({LeadSource(target.lead_source).label})"))
    return rows


def thresholds_of(target: Target) -> str:
    """What the colours mean for this target, in one sentence."""
    words = {
        "wanted": say_threshold(target),
        "method": PaceMethod(target.pace_method).label,
        "share": format_percent(Fraction(target.at_risk_share)),
    }
    if target.pace_method == PaceMethod.END_ONLY:
        return _("Đạt khi %(wanted)s. Tiến độ: %(method)s.") % words
    return (
        _(
            "Đạt khi %(wanted)s. Tiến độ: %(method)s; từ %(share)s mức cần đến hôm nay trở lên là "
            "«có nguy cơ», thấp hơn là «chậm»."
        )
        % words
    )


def rule_of(target: Target, as_of: dt.date) -> str:
    """The rule in one sentence, generated from the metric."""
    return get_metric(target.metric_key).sentence(scope_of(target, as_of))


def checklist_lines(target: Target, rows: Rows) -> list[ChecklistLine]:
    """The names of the wording, each linked record, and whether the figure counts it."""
    items = list(target.checklist.all())
    if not items:
        return []
    model = rows.scored.model
    counted = set(rows.scored.order_by().values_list("pk", flat=True))
    return [
        ChecklistLine(
            item.name,
            item.record,
            isinstance(item.record, model) and item.object_id in counted,
        )
        for item in items
    ]


# --- the records behind a figure ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartLink:
    """One of the lists behind a figure: its words and how many rows it has."""

    key: str
    label: str
    count: int


def rows_of(target: Target, as_of: dt.date) -> Rows:
    """The querysets behind the target's figure on `as_of`."""
    return get_metric(target.metric_key).rows(scope_of(target, as_of))


def part_querysets(target: Target, rows: Rows) -> dict[str, tuple[str, Any]]:
    """Every list behind the figure by key: counted, base, missing, and excluded with the reason."""
    metric = get_metric(target.metric_key)
    parts = [Part.SCORED]
    if rows.base is not None:
        parts.append(Part.BASE)
        if metric.kind in (Kind.COUNT, Kind.SHARE):
            parts.append(Part.MISSING)
    found: dict[str, tuple[str, Any]] = {
        part.value: (
            str(metric.labels[part]),
            metric.listed(rows, part, area_id=target.plan.area_id),
        )
        for part in parts
    }
    for number, (reason, queryset) in enumerate(rows.excluded.items(), start=1):
        found[f"excluded-{number}"] = (str(reason), queryset)
    return found
