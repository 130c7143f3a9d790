"""The API of sites and monthly figures."""

from __future__ import annotations

from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from damha_portal.core import clock
from damha_portal.core.api import RecordSerializer, RecordViewSet
from tourism.filters import MonthlyFigureFilter, TouristSiteFilter
from tourism.models import MonthlyFigure, TouristSite
from tourism.models.figure import ARRIVAL_FIELDS
from tourism.services import (
    monthly_figure_approve,
    monthly_figure_return,
    monthly_figure_save,
    monthly_figure_submit,
)


class TouristSiteSerializer(RecordSerializer):
    """A site; `is_recognised` follows from the decision, not from the district's list."""

    is_recognised = serializers.BooleanField(read_only=True)

    class Meta:
        model = TouristSite
        fields = (
            "id",
            "name",
            "alias",
            "kind",
            "admin_unit",
            "is_listed_by_district",
            "recognition_ref",
            "recognised_on",
            "is_recognised",
            "heritage_level",
            "heritage_ref",
            "latitude",
            "longitude",
            "description",
            "source",
            "is_illustrative",
        )


class TouristSiteViewSet(RecordViewSet):
    """Tourist sites."""

    model = TouristSite
    serializer_class = TouristSiteSerializer
    filterset_class = TouristSiteFilter
    related = ("admin_unit",)


class MonthlyFigureSerializer(RecordSerializer):
    """A monthly figure; `arrivals` is null while one of its four kinds is unknown."""

    arrivals = serializers.IntegerField(
        source="total_arrivals", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = MonthlyFigure
        fields = (
            "id",
            "admin_unit",
            "month",
            "stage",
            *ARRIVAL_FIELDS,
            "arrivals",
            "guest_nights",
            "turnover",
            "method",
            "status",
            "approved_by",
            "approved_at",
            "return_reason",
            "is_illustrative",
        )

    def _save(self, record: models.Model, data: dict[str, Any]) -> models.Model:
        for name, value in data.items():
            setattr(record, name, value)
        figure: Any = record
        return monthly_figure_save(actor=self.context["request"].user, figure=figure)


class ReasonSerializer(serializers.Serializer[Any]):
    """Why a figure is returned."""

    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=1000)


class MonthlyFigureViewSet(RecordViewSet):
    """Official monthly figures, and the acts that make them official."""

    model = MonthlyFigure
    serializer_class = MonthlyFigureSerializer
    filterset_class = MonthlyFigureFilter
    related = ("admin_unit", "approved_by")

    @extend_schema(request=None, responses=MonthlyFigureSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str | None = None) -> Response:
        """Send for approval."""
        return self._shown(monthly_figure_submit(actor=request.user, figure=self.get_object()))

    @extend_schema(request=None, responses=MonthlyFigureSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str | None = None) -> Response:
        """Make official."""
        figure = self.get_object()
        done = monthly_figure_approve(actor=request.user, figure=figure, now=clock.now())
        return self._shown(done)

    @extend_schema(request=ReasonSerializer, responses=MonthlyFigureSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def send_back(self, request: Request, pk: str | None = None) -> Response:
        """Send back with a reason."""
        asked = ReasonSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        figure = self.get_object()
        reason = asked.validated_data["reason"]
        return self._shown(monthly_figure_return(actor=request.user, figure=figure, reason=reason))

    def _shown(self, figure: MonthlyFigure) -> Response:
        return Response(self.get_serializer(figure).data)


routes: list[tuple[str, type]] = [
    ("tourist-sites", TouristSiteViewSet),
    ("monthly-figures", MonthlyFigureViewSet),
]
