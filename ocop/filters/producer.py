"""Producers and products."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from damha_portal.core import clock
from damha_portal.core.filters import RecordFilterSet
from ocop.enums import ProducerKind
from ocop.filters.parts import YES, UnitFilter, YesNoFilter, choices, one_producer
from ocop.models import Producer, Product, ProductGroup


class ProducerFilter(RecordFilterSet):
    """By kind, place, and whether a star is held today."""

    kind = choices("kind", _("Loại hình"), ProducerKind.choices)
    admin_unit = UnitFilter()
    recognised = YesNoFilter(
        _("có sản phẩm đang được công nhận"),
        _("chưa có"),
        label=_("Sản phẩm được công nhận hôm nay"),
        method="by_recognition",
    )

    class Meta:
        model = Producer
        fields = ["q", "kind", "admin_unit", "recognised"]

    def by_recognition(self, queryset: QuerySet[Producer], _name: str, value: str) -> QuerySet:
        """Producers with (or without) a product recognised today."""
        held = Exists(Product.objects.recognised(clock.today()).filter(producer=OuterRef("pk")))
        return queryset.filter(held) if value == YES else queryset.exclude(held)


class ProductFilter(RecordFilterSet):
    """By star, code and listing as they are today, by group and place."""

    star = django_filters.ChoiceFilter(
        label=_("Hạng sao hôm nay"),
        choices=[
            ("any", _("từ 3 sao trở lên")),
            ("3", _("3 sao")),
            ("4", _("4 sao")),
            ("5", _("5 sao")),
            ("none", _("không còn hoặc chưa có hạng sao")),
        ],
        empty_label=_("— tất cả —"),
        method="by_star",
    )
    code = YesNoFilter(
        _("có"), _("không có"), label=_("Mã truy xuất còn hiệu lực"), method="by_code"
    )
    listing = YesNoFilter(
        _("có"), _("không có"), label=_("Trên sàn thương mại điện tử"), method="by_listing"
    )
    group = django_filters.ModelChoiceFilter(
        field_name="subgroup__group", label=_("Nhóm"), queryset=ProductGroup.objects.all()
    )
    admin_unit = UnitFilter(field_name="producer__admin_unit")
    producer = one_producer()

    class Meta:
        model = Product
        fields = ["q", "star", "code", "listing", "group", "admin_unit", "producer"]

    def by_star(self, queryset: QuerySet[Product], _name: str, value: str) -> QuerySet:
        """The star in force today."""
        today = clock.today()
        held = Product.objects.recognised(today).values("pk")
        if value == "none":
            return queryset.exclude(pk__in=held)
        if value == "any":
            return queryset.filter(pk__in=held)
        starred: Any = Product.objects.with_current_star(today)
        exact = starred.filter(current_star=int(value))
        return queryset.filter(pk__in=exact.values("pk"))

    def by_code(self, queryset: QuerySet[Product], _name: str, value: str) -> QuerySet:
        """With or without a code that counts today."""
        coded = Product.objects.with_active_code(clock.today()).values("pk")
        return queryset.filter(pk__in=coded) if value == YES else queryset.exclude(pk__in=coded)

    def by_listing(self, queryset: QuerySet[Product], _name: str, value: str) -> QuerySet:
        """With or without a listing on an exchange today."""
        listed = Product.objects.with_active_listing(clock.today()).values("pk")
        return queryset.filter(pk__in=listed) if value == YES else queryset.exclude(pk__in=listed)
