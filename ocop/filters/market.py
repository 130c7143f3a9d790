"""Codes, exchanges and shops."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from damha_portal.core import clock
from damha_portal.core.filters import RecordFilterSet
from ocop.enums import PlatformKind, RetailKind, TraceabilityKind
from ocop.filters.parts import YES, YesNoFilter, choices, one_product
from ocop.models import (
    Platform,
    PlatformListing,
    RetailChain,
    RetailListing,
    RetailOutlet,
    TraceabilityCode,
)


class CodeFilter(RecordFilterSet):
    """By kind and whether the code counts today."""

    kind = choices("kind", _("Loại mã"), TraceabilityKind.choices)
    active = YesNoFilter(
        _("còn hiệu lực"), _("không còn hiệu lực"), label=_("Hôm nay"), method="by_activity"
    )
    product = one_product()

    class Meta:
        model = TraceabilityCode
        fields = ["q", "kind", "active", "product"]

    def by_activity(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Codes that count today, or do not."""
        active = TraceabilityCode.objects.active(clock.today()).values("pk")
        return queryset.filter(pk__in=active) if value == YES else queryset.exclude(pk__in=active)


class PlatformFilter(RecordFilterSet):
    """By kind."""

    kind = choices("kind", _("Loại"), PlatformKind.choices)
    counts_as_exchange = django_filters.BooleanFilter(
        label=_("Là sàn thương mại điện tử"),
        widget=forms.Select(
            choices=[("", _("— tất cả —")), ("true", _("có")), ("false", _("không"))]
        ),
    )

    class Meta:
        model = Platform
        fields = ["q", "kind", "counts_as_exchange"]


class PlatformListingFilter(RecordFilterSet):
    """By platform and whether the listing stands today."""

    platform = django_filters.ModelChoiceFilter(
        label=_("Sàn"), queryset=Platform.objects.all(), empty_label=_("— tất cả —")
    )
    active = YesNoFilter(
        _("đang giới thiệu"), _("đã gỡ hoặc chưa đưa lên"), label=_("Hôm nay"), method="by_activity"
    )
    product = one_product()

    class Meta:
        model = PlatformListing
        fields = ["q", "platform", "active", "product"]

    def by_activity(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Listings that stand today, or do not."""
        active = PlatformListing.objects.active(clock.today()).values("pk")
        return queryset.filter(pk__in=active) if value == YES else queryset.exclude(pk__in=active)


class RetailChainFilter(RecordFilterSet):
    """By kind."""

    kind = choices("kind", _("Loại"), RetailKind.choices)

    class Meta:
        model = RetailChain
        fields = ["q", "kind"]


class RetailOutletFilter(RecordFilterSet):
    """By chain and province."""

    chain = django_filters.ModelChoiceFilter(
        label=_("Chuỗi, đơn vị"), queryset=RetailChain.objects.all(), empty_label=_("— tất cả —")
    )
    is_in_province = django_filters.BooleanFilter(
        label=_("Trong tỉnh"),
        widget=forms.Select(
            choices=[("", _("— tất cả —")), ("true", _("có")), ("false", _("không"))]
        ),
    )

    class Meta:
        model = RetailOutlet
        fields = ["q", "chain", "is_in_province"]


class RetailListingFilter(RecordFilterSet):
    """By chain, and whether the product is on sale today."""

    chain = django_filters.ModelChoiceFilter(
        field_name="outlet__chain",
        label=_("Chuỗi, đơn vị"),
        queryset=RetailChain.objects.all(),
        empty_label=_("— tất cả —"),
    )
    active = YesNoFilter(_("đang bán"), _("không bán"), label=_("Hôm nay"), method="by_activity")
    product = one_product()
    outlet = django_filters.ModelChoiceFilter(
        label=_("Điểm bán"), queryset=RetailOutlet.objects.all(), widget=forms.HiddenInput
    )

    class Meta:
        model = RetailListing
        fields = ["q", "chain", "active", "product", "outlet"]

    def by_activity(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Listings on sale today, or not."""
        active = RetailListing.objects.active(clock.today()).values("pk")
        return queryset.filter(pk__in=active) if value == YES else queryset.exclude(pk__in=active)
