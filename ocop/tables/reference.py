"""Criteria sets and product groups."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from damha_portal.core.tables import DayColumn, NumberColumn, RecordLinkColumn, RecordTable
from ocop.models import ProductGroup, ProductSubgroup, RuleSet


class RuleSetTable(RecordTable):
    """Criteria sets by date."""

    decision = RecordLinkColumn()
    valid_from = DayColumn()
    valid_to = DayColumn()

    class Meta(RecordTable.Meta):
        model = RuleSet
        fields = ("code", "decision", "valid_from", "valid_to")


class ProductGroupTable(RecordTable):
    """Groups."""

    name = RecordLinkColumn(order_by=("position", "pk"))
    subgroup_count = NumberColumn(verbose_name=_("Phân nhóm"))

    class Meta(RecordTable.Meta):
        model = ProductGroup
        fields = ("code", "name", "subgroup_count")


class ProductSubgroupTable(RecordTable):
    """Product sets."""

    name = RecordLinkColumn(order_by=("group__position", "code", "pk"))
    group = RecordLinkColumn(record="group", order_by=("group__position", "code"))
    product_count = NumberColumn(verbose_name=_("Sản phẩm"))

    class Meta(RecordTable.Meta):
        model = ProductSubgroup
        fields = ("code", "name", "group", "lead_ministry", "product_count")
