"""Producers and products."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from damha_portal.core.tables import DayColumn, NumberColumn, RecordLinkColumn, RecordTable
from ocop.models import Producer, Product
from ocop.tables.columns import StarColumn


class ProducerTable(RecordTable):
    """Who makes what, where."""

    name = RecordLinkColumn(order_by=("sort_text", "pk"))
    admin_unit = tables.Column(order_by=("admin_unit__sort_text", "sort_text"))
    product_count = NumberColumn(verbose_name=_("Sản phẩm"))

    class Meta(RecordTable.Meta):
        model = Producer
        fields = ("name", "kind", "admin_unit", "hamlet", "representative", "product_count")


class ProductTable(RecordTable):
    """Products with the star they may show today."""

    name = RecordLinkColumn(order_by=("sort_text", "pk"))
    producer = RecordLinkColumn(record="producer", order_by=("producer__sort_text", "sort_text"))
    unit = tables.Column(
        accessor="producer__admin_unit",
        verbose_name=_("Xã, thị trấn"),
        order_by=("producer__admin_unit__sort_text", "sort_text"),
    )
    subgroup = tables.Column(order_by=("subgroup__code", "sort_text"))
    current_star = StarColumn(verbose_name=_("Hạng sao hôm nay"))
    star_valid_until = DayColumn(verbose_name=_("Hiệu lực đến hết"))

    class Meta(RecordTable.Meta):
        model = Product
        fields = ("name", "producer", "unit", "subgroup", "current_star", "star_valid_until")
