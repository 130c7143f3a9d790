"""Criteria sets and product groups."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from rest_framework import serializers

from damha_portal.core.api import RecordSerializer
from ocop.api.base import OcopViewSet
from ocop.enums import CouncilLevel
from ocop.filters import ProductGroupFilter, ProductSubgroupFilter, RuleSetFilter
from ocop.models import ProductGroup, ProductSubgroup, RuleSet
from ocop.services import rule_set_save


class BandSerializer(serializers.Serializer[Any]):
    """The lowest mean score of a star."""

    star = serializers.IntegerField(min_value=1, max_value=5)
    from_score = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=Decimal(0), max_value=Decimal(100)
    )


class AuthoritySerializer(serializers.Serializer[Any]):
    """Who recognises a star."""

    star = serializers.IntegerField(min_value=1, max_value=5)
    level = serializers.ChoiceField(choices=CouncilLevel.choices)


class RuleSetSerializer(RecordSerializer):
    """A criteria set; bands and authorities are replaced as a whole where they are sent."""

    bands = BandSerializer(many=True, required=False)
    authorities = AuthoritySerializer(many=True, required=False)

    class Meta:
        model = RuleSet
        fields = (
            "id",
            "code",
            "decision",
            "valid_from",
            "valid_to",
            "part_a_max",
            "part_b_max",
            "part_c_max",
            "source",
            "bands",
            "authorities",
            "is_illustrative",
        )

    def create(self, validated_data: dict[str, Any]) -> RuleSet:
        """A new set."""
        return self._save(RuleSet(), validated_data)

    def update(self, instance: RuleSet, validated_data: dict[str, Any]) -> RuleSet:
        """A changed set."""
        return self._save(instance, validated_data)

    def _save(self, record: models.Model, data: dict[str, Any]) -> RuleSet:
        rule_set: Any = record
        bands, authorities = data.pop("bands", None), data.pop("authorities", None)
        for name, value in data.items():
            setattr(rule_set, name, value)
        if bands is None and rule_set.pk:
            bands = rule_set.bands.values("star", "from_score")
        if authorities is None and rule_set.pk:
            authorities = rule_set.authorities.values("star", "level")
        return rule_set_save(
            actor=self.context["request"].user,
            rule_set=rule_set,
            bands={row["star"]: row["from_score"] for row in bands or ()},
            levels={row["star"]: row["level"] for row in authorities or ()},
        )


class RuleSetViewSet(OcopViewSet):
    """Criteria sets."""

    model = RuleSet
    serializer_class = RuleSetSerializer
    filterset_class = RuleSetFilter
    prefetch = ("bands", "authorities")


class ProductGroupSerializer(RecordSerializer):
    """A group."""

    class Meta:
        model = ProductGroup
        fields = ("id", "code", "name", "position", "is_illustrative")


class ProductGroupViewSet(OcopViewSet):
    """Groups of products."""

    model = ProductGroup
    serializer_class = ProductGroupSerializer
    filterset_class = ProductGroupFilter


class ProductSubgroupSerializer(RecordSerializer):
    """A product set."""

    class Meta:
        model = ProductSubgroup
        fields = (
            "id",
            "group",
            "rule_set",
            "code",
            "name",
            "lead_ministry",
            "source",
            "is_illustrative",
        )


class ProductSubgroupViewSet(OcopViewSet):
    """Product sets."""

    model = ProductSubgroup
    serializer_class = ProductSubgroupSerializer
    filterset_class = ProductSubgroupFilter
