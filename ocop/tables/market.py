"""Codes, exchanges and shops."""

from __future__ import annotations

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from damha_portal.core.tables import DayColumn, NumberColumn, RecordLinkColumn, RecordTable
from ocop.models import (
    Platform,
    PlatformListing,
    RetailChain,
    RetailListing,
    RetailOutlet,
    TraceabilityCode,
)
from ocop.selectors import Channel
from ocop.tables.columns import ActiveColumn, own_page


class YesNoColumn(tables.Column):
    """A yes or no in words."""

    def render(self, value: bool) -> str:  # noqa: FBT001  (library signature)
        """The word."""
        return str(_("có") if value else _("không"))


class CodeTable(RecordTable):
    """Codes and whether they count today."""

    code = RecordLinkColumn()
    product = RecordLinkColumn(record="product", order_by=("product__sort_text", "code"))
    registered_on = DayColumn()
    valid_until = DayColumn()
    active_now = ActiveColumn(_("còn hiệu lực"), _("không còn hiệu lực"))

    class Meta(RecordTable.Meta):
        model = TraceabilityCode
        fields = (
            "code",
            "product",
            "kind",
            "provider",
            "registered_on",
            "valid_until",
            "active_now",
        )


class PlatformTable(RecordTable):
    """Places on the internet."""

    name = RecordLinkColumn(order_by=("sort_text", "pk"))
    counts_as_exchange = YesNoColumn()
    active_from = DayColumn()
    active_to = DayColumn()
    listing_count = NumberColumn(verbose_name=_("Sản phẩm đang giới thiệu"))

    class Meta(RecordTable.Meta):
        model = Platform
        fields = (
            "name",
            "kind",
            "counts_as_exchange",
            "active_from",
            "active_to",
            "listing_count",
        )


class PlatformListingTable(RecordTable):
    """Products shown on the internet."""

    product = RecordLinkColumn(order_by=("product__sort_text", "-listed_on"))
    platform = RecordLinkColumn(record="platform", order_by=("platform__sort_text", "-listed_on"))
    listed_on = DayColumn(linkify=own_page)
    delisted_on = DayColumn()
    active_now = ActiveColumn(_("đang giới thiệu"), _("đã gỡ"))

    class Meta(RecordTable.Meta):
        model = PlatformListing
        fields = ("product", "platform", "listed_on", "delisted_on", "active_now")


class RetailChainTable(RecordTable):
    """Retailers."""

    name = RecordLinkColumn(order_by=("sort_text", "pk"))
    outlet_count = NumberColumn(verbose_name=_("Điểm bán"))

    class Meta(RecordTable.Meta):
        model = RetailChain
        fields = ("name", "kind", "outlet_count")


class RetailOutletTable(RecordTable):
    """Shops."""

    name = RecordLinkColumn(order_by=("sort_text", "pk"))
    chain = RecordLinkColumn(record="chain", order_by=("chain__sort_text", "sort_text"))
    is_in_province = YesNoColumn()
    listing_count = NumberColumn(verbose_name=_("Sản phẩm đang bán"))

    class Meta(RecordTable.Meta):
        model = RetailOutlet
        fields = ("name", "chain", "province", "is_in_province", "listing_count")


class RetailListingTable(RecordTable):
    """Products on sale in shops."""

    product = RecordLinkColumn(order_by=("product__sort_text", "-started_on"))
    outlet = RecordLinkColumn(record="outlet", order_by=("outlet__sort_text", "-started_on"))
    chain = tables.Column(
        accessor="outlet__chain",
        verbose_name=_("Chuỗi, đơn vị"),
        order_by=("outlet__chain__sort_text", "-started_on"),
    )
    started_on = DayColumn(linkify=own_page)
    ended_on = DayColumn()
    active_now = ActiveColumn(_("đang bán"), _("đã kết thúc"))

    class Meta(RecordTable.Meta):
        model = RetailListing
        fields = ("product", "outlet", "chain", "started_on", "ended_on", "active_now")


def _channel_page(record: Channel) -> str:
    return reverse(f"ocop:{record.kind}-detail", args=[record.pk])


class ChannelTable(tables.Table):
    """Exchanges or shops of one product, from the rows of its page."""

    place = tables.Column(verbose_name=_("Nơi"), linkify=_channel_page)
    since = DayColumn(verbose_name=_("Từ ngày"))
    until = DayColumn(verbose_name=_("Đến ngày"))
    active_now = ActiveColumn(_("đang có"), _("không còn"))

    class Meta(RecordTable.Meta):
        sequence = ("place", "since", "until", "active_now")
