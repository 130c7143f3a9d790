"""Plans, targets with their figures, and the records behind them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from damha_portal.core import clock
from damha_portal.core.access import Right
from damha_portal.core.api_defaults import MemberPermission, PortalPagination
from damha_portal.core.pages import link_for
from damha_portal.progress.models import Plan, Target
from damha_portal.progress.registry import get_metric
from damha_portal.progress.selectors import (
    TargetLine,
    part_querysets,
    plan_picture,
    rows_of,
)
from damha_portal.progress.views import requested_day, visible_rows

DAY = OpenApiParameter("ngay", str, description="Số liệu đến ngày, dd/mm/yyyy")


class PlanSerializer(serializers.ModelSerializer[Plan]):
    """A plan."""

    area = serializers.CharField(source="area.full_name")

    class Meta:
        model = Plan
        fields = ["id", "title", "short_title", "area", "period_start", "period_end", "status"]


class TargetLineSerializer(serializers.Serializer[Any]):
    """A target with its figure; fractions are exact, as "numerator/denominator" texts."""

    code = serializers.CharField()
    title = serializers.CharField()
    metric = serializers.CharField()
    comparator = serializers.CharField()
    target_value = serializers.DecimalField(max_digits=16, decimal_places=4)
    unit = serializers.CharField()
    numerator = serializers.CharField(allow_null=True)
    denominator = serializers.CharField(allow_null=True)
    value = serializers.CharField(allow_null=True)
    verdict = serializers.CharField()
    reason = serializers.CharField()
    expected = serializers.CharField(allow_null=True)
    pace_method = serializers.CharField()
    as_of = serializers.DateField()
    computed_at = serializers.DateTimeField(allow_null=True)
    pending = serializers.IntegerField()


class RecordLineSerializer(serializers.Serializer[Any]):
    """One record behind a figure."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    unit = serializers.CharField()
    url = serializers.CharField()


def line_as_dict(line: TargetLine, pending: int) -> dict[str, Any]:
    """What `TargetLineSerializer` describes."""
    target = line.target

    def text(value: Any) -> str | None:  # noqa: ANN401  (Fraction or None)
        return None if value is None else str(value)

    return {
        "code": target.code,
        "title": target.title,
        "metric": target.metric_key,
        "comparator": target.comparator,
        "target_value": target.value,
        "unit": target.unit,
        "numerator": text(line.figure.numerator),
        "denominator": text(line.figure.denominator),
        "value": text(line.value),
        "verdict": line.verdict.code.value,
        "reason": line.verdict.reason,
        "expected": text(line.expected),
        "pace_method": target.pace_method,
        "as_of": line.as_of,
        "computed_at": line.computed_at,
        "pending": pending,
    }


class PlanViewSet(viewsets.ReadOnlyModelViewSet[Plan]):
    """Plans, `targets/` with every figure, `targets/<code>/records/` with the rows behind one."""

    required_right: ClassVar[Right] = Right.MEMBER
    permission_classes = (MemberPermission,)
    serializer_class = PlanSerializer
    queryset = Plan.objects.none()
    lookup_value_regex = "[0-9]+"

    def get_queryset(self) -> Any:  # noqa: ANN401  (the project's QuerySet)
        """Plans the person may read."""
        if getattr(self, "swagger_fake_view", False):
            return Plan.objects.none()
        plans = Plan.objects.visible_to(self.request.user)
        return plans.select_related("area", "recompute_state")

    @extend_schema(parameters=[DAY], responses=TargetLineSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def targets(self, request: Request, pk: str | None = None) -> Response:
        """Every target with its figure on the newest measured day up to `ngay`."""
        plan = self.get_object()
        picture = plan_picture(
            plan, today=clock.today(), now=clock.now(), on=requested_day(request._request)
        )
        pending = picture.freshness.pending
        lines = [line_as_dict(line, pending) for line in picture.lines]
        return Response(TargetLineSerializer(lines, many=True).data)

    @extend_schema(
        parameters=[
            DAY,
            OpenApiParameter("part", str, description="base, scored hoặc missing"),
            OpenApiParameter("code", str, OpenApiParameter.PATH),
        ],
        responses=RecordLineSerializer(many=True),
    )
    @action(detail=True, url_path=r"targets/(?P<code>[A-Za-z0-9_-]+)/records", filter_backends=[])
    def records(self, request: Request, pk: str | None = None, code: str = "") -> Response:
        """The rows behind one figure: the queryset that was counted, within the person's scope."""
        plan = self.get_object()
        targets = Target.objects.select_related("plan__area")
        target = get_object_or_404(targets, plan=plan, code=code)
        today = clock.today()
        as_of = min(requested_day(request._request) or today, today)
        parts = part_querysets(target, rows_of(target, as_of))
        part = request.query_params.get("part", "scored")
        if part not in parts:
            raise Http404
        metric = get_metric(target.metric_key)
        rows = visible_rows(parts[part][1], metric, request.user)
        paginator = PortalPagination()
        page: list[Any] = paginator.paginate_queryset(rows, request, view=self) or []
        found = [
            {
                "id": row.pk,
                "name": str(row),
                "unit": _unit_name(row, metric.unit_path),
                "url": link_for(row),
            }
            for row in page
        ]
        return paginator.get_paginated_response(RecordLineSerializer(found, many=True).data)


def _unit_name(row: Any, unit_path: str) -> str:  # noqa: ANN401  (any record)
    unit: Any = row
    for step in unit_path.split("__"):
        unit = getattr(unit, step)
    return str(unit.full_name)


routes = [("plans", PlanViewSet)]
