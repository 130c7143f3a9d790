"""Producers and products."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from rest_framework import serializers

from damha_portal.core.api import RecordSerializer
from ocop.api.base import OcopViewSet
from ocop.filters import ProducerFilter, ProductFilter
from ocop.models import Producer, Product


class ProducerSerializer(RecordSerializer):
    """Who makes OCOP products."""

    class Meta:
        model = Producer
        fields = (
            "id",
            "name",
            "alias",
            "kind",
            "admin_unit",
            "hamlet",
            "address",
            "workshop_address",
            "representative",
            "phone",
            "email",
            "website",
            "tax_code",
            "registration_no",
            "joined_on",
            "workers",
            "note",
            "is_illustrative",
        )


class ProducerViewSet(OcopViewSet):
    """Producers (chủ thể OCOP)."""

    model = Producer
    serializer_class = ProducerSerializer
    filterset_class = ProducerFilter


class ProductSerializer(RecordSerializer):
    """A product; `current_star` is what it may show today, null where nothing is in force."""

    current_star = serializers.IntegerField(read_only=True, allow_null=True)
    star_valid_until = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = Product
        fields = (
            "id",
            "name",
            "alias",
            "code",
            "producer",
            "subgroup",
            "joined_on",
            "material_origin",
            "story",
            "description",
            "packaging",
            "abv",
            "current_star",
            "star_valid_until",
            "is_illustrative",
        )


class ProductViewSet(OcopViewSet):
    """Products."""

    model = Product
    serializer_class = ProductSerializer
    filterset_class = ProductFilter

    def with_states(self, rows: Any, today: dt.date) -> models.QuerySet[Any]:  # noqa: ANN401
        """The star of today."""
        found: models.QuerySet[Any] = rows.with_current_star(today)
        return found
