"""Where products are shown and sold: exchanges on the internet, malls, supermarkets, shops."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import (
    DayField,
    FoldedTextField,
    NameField,
    NoteField,
    SortTextField,
    WebAddressField,
)
from damha_portal.core.models import Record
from damha_portal.core.querysets import RecordQuerySet
from ocop.enums import NOT_EXCHANGES, PlatformKind, RetailKind
from ocop.models.product import Product


class Platform(Record):
    """A place on the internet; `counts_as_exchange` says whether T9 counts it."""

    row_scope = RowScope(Sector.OCOP, unit_path=None)

    name = NameField(_("tên sàn"), max_length=120, unique=True)
    kind = models.CharField(_("loại"), max_length=20, choices=PlatformKind.choices)
    url = WebAddressField(_("địa chỉ"), blank=True, default="")
    counts_as_exchange = models.BooleanField(
        _("là sàn thương mại điện tử"),
        help_text=_("Trang riêng và trang mạng xã hội không phải là sàn (NĐ 52/2013, 85/2021)."),
    )
    active_from = DayField(_("hoạt động từ"), null=True, blank=True)
    active_to = DayField(_("đến hết ngày"), null=True, blank=True)
    source = NameField(_("nguồn"), max_length=300, blank=True, default="")
    search_text = FoldedTextField(sources=("name",))
    sort_text = SortTextField(source="name")

    class Meta:
        verbose_name = _("sàn giới thiệu")
        verbose_name_plural = _("sàn giới thiệu")
        ordering = ["sort_text", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_to__isnull=True)
                | Q(active_from__isnull=True)
                | Q(active_to__gte=F("active_from")),
                name="ocop_platform_dates_in_order",
                violation_error_message=_("Ngày ngừng hoạt động không thể trước ngày bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(counts_as_exchange=False) | ~Q(kind__in=NOT_EXCHANGES),
                name="ocop_platform_own_site_is_no_exchange",
                violation_error_message=_(
                    "Trang riêng, trang mạng xã hội không được tính là sàn thương mại điện tử "
                    "(NĐ 52/2013, NĐ 85/2021). Bỏ dấu chọn hoặc chọn lại loại."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlatformListingQuerySet(RecordQuerySet["PlatformListing"]):
    """Listings by what they are on a day."""

    def active(self, on: dt.date) -> Self:
        """Listed by `on` and not taken down; on the day it is taken down it no longer counts."""
        return self.filter(_shown(on))

    def with_activity(self, on: dt.date) -> Self:
        """Annotate `active_now`: whether the listing stands on `on`."""
        return self.annotate(
            active_now=ExpressionWrapper(_shown(on), output_field=models.BooleanField())
        )

    def on_exchanges(self, on: dt.date) -> Self:
        """On platforms that count as an exchange and operate on `on`."""
        return self.filter(exchange_condition(on))


def exchange_condition(on: dt.date) -> Q:
    """A listing on a platform that counts as an exchange and operates on `on`."""
    return (
        Q(Q(platform__active_from__isnull=True) | Q(platform__active_from__lte=on))
        & Q(Q(platform__active_to__isnull=True) | Q(platform__active_to__gte=on))
        & Q(platform__counts_as_exchange=True)
    )


def _shown(on: dt.date) -> Q:
    return Q(Q(delisted_on__isnull=True) | Q(delisted_on__gt=on)) & Q(listed_on__lte=on)


class PlatformListing(Record):
    """A product shown on a platform."""

    row_scope = RowScope(Sector.OCOP, unit_path="product__producer__admin_unit")
    search_paths = ("product__search_text", "platform__search_text")

    product = models.ForeignKey(
        Product,
        verbose_name=_("sản phẩm"),
        on_delete=models.PROTECT,
        related_name="platform_listings",
    )
    platform = models.ForeignKey(
        Platform, verbose_name=_("sàn"), on_delete=models.PROTECT, related_name="listings"
    )
    url = WebAddressField(_("địa chỉ trang sản phẩm"), max_length=500, blank=True, default="")
    listed_on = DayField(_("đưa lên ngày"))
    delisted_on = DayField(_("gỡ xuống ngày"), null=True, blank=True)
    note = NoteField(_("ghi chú"), blank=True, default="")

    objects: ClassVar = models.Manager.from_queryset(PlatformListingQuerySet)()

    class Meta:
        verbose_name = _("lượt giới thiệu trên sàn")
        verbose_name_plural = _("giới thiệu trên sàn")
        ordering = ["-listed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "platform", "listed_on"],
                name="ocop_platform_listing_key",
                violation_error_message=_("Lượt giới thiệu này đã được ghi."),
            ),
            models.CheckConstraint(
                condition=Q(delisted_on__isnull=True) | Q(delisted_on__gte=F("listed_on")),
                name="ocop_platform_listing_dates_in_order",
                violation_error_message=_("Ngày gỡ không thể trước ngày đưa lên."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.platform}"

    def is_active(self, on: dt.date) -> bool:
        """The instance twin of `PlatformListingQuerySet.active`."""
        return self.listed_on <= on and (self.delisted_on is None or self.delisted_on > on)


class RetailChain(Record):
    """A retailer: a chain of malls or supermarkets, an OCOP shop, an agent."""

    row_scope = RowScope(Sector.OCOP, unit_path=None)

    name = NameField(_("tên"), max_length=160, unique=True)
    kind = models.CharField(_("loại"), max_length=20, choices=RetailKind.choices)
    source = NameField(_("nguồn"), max_length=300, blank=True, default="")
    search_text = FoldedTextField(sources=("name",))
    sort_text = SortTextField(source="name")

    class Meta:
        verbose_name = _("chuỗi, đơn vị bán lẻ")
        verbose_name_plural = _("chuỗi, đơn vị bán lẻ")
        ordering = ["sort_text", "pk"]

    def __str__(self) -> str:
        return self.name


class RetailOutlet(Record):
    """One shop of a retailer, inside or outside the province."""

    row_scope = RowScope(Sector.OCOP, unit_path=None)
    search_paths = ("search_text", "chain__search_text")

    chain = models.ForeignKey(
        RetailChain,
        verbose_name=_("chuỗi, đơn vị"),
        on_delete=models.PROTECT,
        related_name="outlets",
    )
    name = NameField(_("tên điểm bán"), max_length=200)
    province = NameField(_("tỉnh, thành phố"), max_length=80)
    is_in_province = models.BooleanField(_("trong tỉnh"))
    address = NameField(_("địa chỉ"), max_length=300, blank=True, default="")
    search_text = FoldedTextField(sources=("name", "province"))
    sort_text = SortTextField(source="name")

    class Meta:
        verbose_name = _("điểm bán")
        verbose_name_plural = _("điểm bán")
        ordering = ["sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "name"],
                name="ocop_outlet_key",
                violation_error_message=_("Chuỗi này đã có điểm bán cùng tên."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RetailListingQuerySet(RecordQuerySet["RetailListing"]):
    """Listings by what they are on a day."""

    def active(self, on: dt.date) -> Self:
        """On sale on `on`; the last day still counts."""
        return self.filter(_on_sale(on))

    def with_activity(self, on: dt.date) -> Self:
        """Annotate `active_now`: whether the product is on sale there on `on`."""
        return self.annotate(
            active_now=ExpressionWrapper(_on_sale(on), output_field=models.BooleanField())
        )


def _on_sale(on: dt.date) -> Q:
    return Q(Q(ended_on__isnull=True) | Q(ended_on__gte=on)) & Q(started_on__lte=on)


class RetailListing(Record):
    """A product on sale in an outlet."""

    row_scope = RowScope(Sector.OCOP, unit_path="product__producer__admin_unit")
    search_paths = ("product__search_text", "outlet__search_text")

    product = models.ForeignKey(
        Product,
        verbose_name=_("sản phẩm"),
        on_delete=models.PROTECT,
        related_name="retail_listings",
    )
    outlet = models.ForeignKey(
        RetailOutlet, verbose_name=_("điểm bán"), on_delete=models.PROTECT, related_name="listings"
    )
    started_on = DayField(_("bán từ ngày"))
    ended_on = DayField(_("đến hết ngày"), null=True, blank=True)
    supplier = NameField(_("nhà cung cấp"), max_length=160, blank=True, default="")
    contract_no = NameField(_("số hợp đồng"), max_length=80, blank=True, default="")
    note = NoteField(_("ghi chú"), blank=True, default="")

    objects: ClassVar = models.Manager.from_queryset(RetailListingQuerySet)()

    class Meta:
        verbose_name = _("lượt bán tại điểm bán")
        verbose_name_plural = _("bán tại siêu thị, cửa hàng")
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "outlet", "started_on"],
                name="ocop_retail_listing_key",
                violation_error_message=_("Lượt bán này đã được ghi."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="ocop_retail_listing_dates_in_order",
                violation_error_message=_("Ngày kết thúc không thể trước ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.outlet}"

    def is_active(self, on: dt.date) -> bool:
        """The instance twin of `RetailListingQuerySet.active`."""
        return self.started_on <= on and (self.ended_on is None or self.ended_on >= on)
