"""Codes, exchanges and shops."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from damha_portal.core.api import RecordSerializer
from ocop.api.base import OcopViewSet
from ocop.filters import (
    CodeFilter,
    PlatformFilter,
    PlatformListingFilter,
    RetailChainFilter,
    RetailListingFilter,
    RetailOutletFilter,
)
from ocop.models import (
    Platform,
    PlatformListing,
    RetailChain,
    RetailListing,
    RetailOutlet,
    TraceabilityCode,
)
from ocop.services import code_terminate


class ActiveViewSet(OcopViewSet):
    """Rows that count on some days and not on others."""

    def with_states(self, rows: Any, today: dt.date) -> models.QuerySet[Any]:  # noqa: ANN401
        """Whether each counts today."""
        found: models.QuerySet[Any] = rows.with_activity(today)
        return found


class ActiveSerializer(RecordSerializer):
    """`is_active` is computed for today."""

    is_active = serializers.BooleanField(source="active_now", read_only=True)


class CodeSerializer(ActiveSerializer):
    """An e-stamp, trace code or barcode."""

    class Meta:
        model = TraceabilityCode
        fields = (
            "id",
            "product",
            "kind",
            "code",
            "pack_size",
            "provider",
            "registered_on",
            "valid_until",
            "terminated_on",
            "lookup_url",
            "note",
            "is_active",
            "is_illustrative",
        )


class TerminateSerializer(serializers.Serializer[Any]):
    """The day from which a code no longer counts."""

    terminated_on = serializers.DateField()
    reason = serializers.CharField(max_length=1000)


class CodeViewSet(ActiveViewSet):
    """Traceability codes."""

    model = TraceabilityCode
    serializer_class = CodeSerializer
    filterset_class = CodeFilter

    @extend_schema(request=TerminateSerializer, responses=CodeSerializer)
    @action(detail=True, methods=["post"])
    def terminate(self, _request: Request, pk: str | None = None) -> Response:
        """End the code."""
        code = self.get_object()
        code_terminate(actor=self.request.user, code=code, **self.asked(TerminateSerializer))
        return self.shown(code)


class PlatformSerializer(RecordSerializer):
    """A place on the internet."""

    class Meta:
        model = Platform
        fields = (
            "id",
            "name",
            "kind",
            "url",
            "counts_as_exchange",
            "active_from",
            "active_to",
            "source",
            "is_illustrative",
        )


class PlatformViewSet(OcopViewSet):
    """Exchanges and other places on the internet."""

    model = Platform
    serializer_class = PlatformSerializer
    filterset_class = PlatformFilter


class PlatformListingSerializer(ActiveSerializer):
    """A product shown on a platform."""

    class Meta:
        model = PlatformListing
        fields = (
            "id",
            "product",
            "platform",
            "url",
            "listed_on",
            "delisted_on",
            "note",
            "is_active",
            "is_illustrative",
        )


class PlatformListingViewSet(ActiveViewSet):
    """Listings on platforms."""

    model = PlatformListing
    serializer_class = PlatformListingSerializer
    filterset_class = PlatformListingFilter


class RetailChainSerializer(RecordSerializer):
    """A retailer."""

    class Meta:
        model = RetailChain
        fields = ("id", "name", "kind", "source", "is_illustrative")


class RetailChainViewSet(OcopViewSet):
    """Retailers."""

    model = RetailChain
    serializer_class = RetailChainSerializer
    filterset_class = RetailChainFilter


class RetailOutletSerializer(RecordSerializer):
    """A shop."""

    class Meta:
        model = RetailOutlet
        fields = (
            "id",
            "chain",
            "name",
            "province",
            "is_in_province",
            "address",
            "is_illustrative",
        )


class RetailOutletViewSet(OcopViewSet):
    """Shops."""

    model = RetailOutlet
    serializer_class = RetailOutletSerializer
    filterset_class = RetailOutletFilter


class RetailListingSerializer(ActiveSerializer):
    """A product on sale in a shop."""

    class Meta:
        model = RetailListing
        fields = (
            "id",
            "product",
            "outlet",
            "started_on",
            "ended_on",
            "supplier",
            "contract_no",
            "note",
            "is_active",
            "is_illustrative",
        )


class RetailListingViewSet(ActiveViewSet):
    """Listings in shops."""

    model = RetailListing
    serializer_class = RetailListingSerializer
    filterset_class = RetailListingFilter
