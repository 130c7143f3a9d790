"""A target's page, the records behind its figure, and what the figure does not include yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import RequestConfig

from damha_portal.core import clock
from damha_portal.core.access import access_of
from damha_portal.core.dates import DateFormatError, format_date, parse_date
from damha_portal.core.export import EXPORT_FORMATS, export_table
from damha_portal.core.pages import Crumb
from damha_portal.core.tables import NumberColumn, RecordLinkColumn, RecordTable
from damha_portal.core.views import PER_PAGE, PortalView
from damha_portal.progress.freshness import freshness_of
from damha_portal.progress.models import PendingChange, Plan, Target
from damha_portal.progress.registry import Metric, get_metric
from damha_portal.progress.selectors import (
    checklist_lines,
    month_lines,
    part_querysets,
    rows_of,
    rule_of,
    snap,
    target_definitions,
    target_line,
    target_measurements,
    unit_lines,
)


def requested_day(request: HttpRequest) -> dt.date | None:
    """The day of `?ngay=dd/mm/yyyy`; None where it is absent or cannot be read."""
    try:
        return parse_date(request.GET.get("ngay", ""))
    except DateFormatError:
        return None


class TargetView(PortalView):
    """What the pages of one target share."""

    def get_target(self, plan_id: int, code: str) -> Target:
        """The target with its plan, 404 where there is none."""
        targets = Target.objects.visible_to(self.request.user)
        return get_object_or_404(
            targets.select_related("plan__area", "plan__recompute_state", "lead", "cohort"),
            plan_id=plan_id,
            code=code,
        )

    def crumbs(self, target: Target, *tail: Crumb) -> list[Crumb]:
        """Overview, target, what is given; the last one has no address."""
        overview = f"{reverse('overview')}?ke-hoach={target.plan_id}"
        here = reverse("progress:target", args=[target.plan_id, target.code]) if tail else ""
        return [Crumb(target.plan.short_title, overview), Crumb(str(target), here), *tail]


class TargetPage(TargetView):
    """Why the figure is what it is: rule, verdict, months, communes, named checklist."""

    def get(self, request: HttpRequest, plan_id: int, code: str) -> HttpResponse:
        """The page."""
        target = self.get_target(plan_id, code)
        today = clock.today()
        # Marks before figures, as in `plan_picture`.
        freshness = freshness_of(target.plan, today=today, now=clock.now())
        measured = target_measurements(target)
        as_of = snap(sorted(measured), requested_day(request), today)
        rows = rows_of(target, as_of)
        return render(
            request,
            "progress/target.html",
            {
                "title": str(target),
                "target": target,
                "line": target_line(target, measured, as_of=as_of, today=today),
                "as_of": as_of,
                "rule": rule_of(target, as_of),
                "definitions": target_definitions(target),
                "months": month_lines(target, measured, today=today),
                "units": unit_lines(target, as_of),
                "checklist": checklist_lines(target, rows),
                "parts": [
                    (key, label) for key, (label, _rows) in part_querysets(target, rows).items()
                ],
                "freshness": freshness,
                "breadcrumbs": self.crumbs(target),
            },
        )


class TargetRecords(TargetView):
    """The list behind the figure: the same queryset that was counted, within the person's scope."""

    def get(self, request: HttpRequest, plan_id: int, code: str, part: str) -> HttpResponse:
        """The list, or its file."""
        target = self.get_target(plan_id, code)
        today = clock.today()
        as_of = min(requested_day(request) or today, today)
        parts = part_querysets(target, rows_of(target, as_of))
        if part not in parts:
            raise Http404
        label, queryset = parts[part]
        metric = get_metric(target.metric_key)
        visible = visible_rows(queryset, metric, request.user)
        table = records_table(metric)(visible, empty_text=_("Không có bản ghi nào."))
        export = request.GET.get("_export", "")
        if export in EXPORT_FORMATS:
            RequestConfig(request, paginate=False).configure(table)
            return export_table(table, title=f"{code} {label}", fmt=export, request=request)
        RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
        total = queryset.count()
        return render(
            request,
            "progress/records.html",
            {
                "title": f"{target.code} · {label}",
                "target": target,
                "as_of": as_of,
                "part": part,
                "parts": [(key, name) for key, (name, _rows) in parts.items()],
                "table": table,
                "total": total,
                "hidden": total - table.paginator.count,
                "rule": rule_of(target, as_of),
                "day_query": f"?ngay={format_date(as_of)}",
                "export_urls": [
                    (fmt.upper(), f"?ngay={format_date(as_of)}&_export={fmt}")
                    for fmt in EXPORT_FORMATS
                ],
                "breadcrumbs": self.crumbs(target, Crumb(label)),
            },
        )


def visible_rows(queryset: Any, metric: Metric, user: Any) -> Any:  # noqa: ANN401
    """The rows `user` may read, with the related rows the table shows."""
    allowed = queryset.model.objects.visible_to(user).order_by().values("pk")
    unit = metric.unit_path
    return queryset.filter(pk__in=allowed).select_related(unit, *metric.related)


def records_table(metric: Metric) -> type[tables.Table]:
    """Name, the metric's own columns, unit."""
    columns: dict[str, tables.Column] = {
        "name": RecordLinkColumn(
            accessor="pk", verbose_name=str(metric.noun).capitalize(), orderable=False
        )
    }
    columns["name"].render = lambda record: str(record)
    columns["name"].value = lambda record: str(record)
    for number, column in enumerate(metric.columns, start=1):
        kind = NumberColumn if column.is_number else tables.Column
        columns[f"column_{number}"] = kind(
            accessor=column.path, verbose_name=column.label, orderable=False
        )
    columns["unit"] = tables.Column(
        accessor=f"{metric.unit_path}__full_name",
        verbose_name=gettext_lazy("Địa bàn"),
        orderable=False,
    )
    return type("RecordsTable", (RecordTable,), columns)


class PendingPage(PortalView):
    """The changes that a plan's figures do not include yet."""

    def get(self, request: HttpRequest, plan_id: int) -> HttpResponse:
        """The page; names are shown to those who read every unit."""
        plans = Plan.objects.visible_to(request.user).select_related("area", "recompute_state")
        plan = get_object_or_404(plans, pk=plan_id)
        access = access_of(request.user)
        names = access is not None and access.readable_units() is None
        rows = PendingChange.objects.filter(plan=plan).select_related("actor").order_by("-pk")
        title = _("Thay đổi chưa tính vào số liệu")
        return render(
            request,
            "progress/pending.html",
            {
                "title": title,
                "plan": plan,
                "rows": rows[:PER_PAGE],
                "total": rows.count(),
                "names": names,
                "freshness": freshness_of(plan, today=clock.today(), now=clock.now()),
                "breadcrumbs": [
                    Crumb(plan.short_title, f"{reverse('overview')}?ke-hoach={plan.pk}"),
                    Crumb(title),
                ],
            },
        )
