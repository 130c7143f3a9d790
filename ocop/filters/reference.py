"""Criteria sets and product groups."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from damha_portal.core.filters import RecordFilterSet
from ocop.models import ProductGroup, ProductSubgroup, RuleSet


class RuleSetFilter(RecordFilterSet):
    """By words."""

    class Meta:
        model = RuleSet
        fields = ["q"]


class ProductGroupFilter(RecordFilterSet):
    """By words."""

    class Meta:
        model = ProductGroup
        fields = ["q"]


class ProductSubgroupFilter(RecordFilterSet):
    """By group and criteria set."""

    group = django_filters.ModelChoiceFilter(label=_("Nhóm"), queryset=ProductGroup.objects.all())
    rule_set = django_filters.ModelChoiceFilter(
        label=_("Bộ tiêu chí"), queryset=RuleSet.objects.all()
    )

    class Meta:
        model = ProductSubgroup
        fields = ["q", "group", "rule_set"]
