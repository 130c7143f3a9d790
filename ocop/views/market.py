"""Pages of codes, exchanges and shops."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from damha_portal.core.pages import Action, Badge, PageInfo, RecordPages, Section, register_pages
from ocop.filters import (
    CodeFilter,
    PlatformFilter,
    PlatformListingFilter,
    RetailChainFilter,
    RetailListingFilter,
    RetailOutletFilter,
)
from ocop.forms import (
    CodeForm,
    PlatformForm,
    PlatformListingForm,
    RetailChainForm,
    RetailListingForm,
    RetailOutletForm,
)
from ocop.models import (
    Platform,
    PlatformListing,
    RetailChain,
    RetailListing,
    RetailOutlet,
    TraceabilityCode,
)
from ocop.selectors import SECTION_ROWS
from ocop.tables import (
    CodeTable,
    PlatformListingTable,
    PlatformTable,
    RetailChainTable,
    RetailListingTable,
    RetailOutletTable,
)
from ocop.tables.columns import section_table


def _today(active: bool, yes: str, no: str) -> Badge:  # noqa: FBT001  (a computed state)
    return Badge("green", yes) if active else Badge("grey", no)


def _with_activity(rows: Any, today: dt.date) -> QuerySet[Any]:  # noqa: ANN401  (its QuerySet)
    found: QuerySet[Any] = rows.with_activity(today)
    return found


def _counted(listings: Any, key: str) -> Coalesce:  # noqa: ANN401  (a QuerySet)
    """How many of `listings` point to the outer row through `key`."""
    rows = listings.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


@register_pages
class CodePages(RecordPages):
    """Codes."""

    model = TraceabilityCode
    path, name = "truy-xuat", "code"
    table, filterset, form = CodeTable, CodeFilter, CodeForm
    list_related = ("product__producer",)
    annotate = staticmethod(_with_activity)
    facts = (
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
    )
    empty_text = gettext_lazy(
        "Chưa có tem điện tử hay mã truy xuất nào. Mở trang của một sản phẩm và bấm «Thêm mã»."
    )

    @staticmethod
    def details(record: TraceabilityCode, _user: Any, today: dt.date) -> PageInfo:  # noqa: ANN401
        """Whether it counts today; a foreign prefix is worth a look, not an error."""
        actions = []
        if record.terminated_on is None:
            url = reverse("ocop:code-terminate", args=[record.pk])
            actions.append(Action(_("Chấm dứt mã"), url, "danger"))
        alerts = []
        if record.has_foreign_prefix():
            sentence = _(
                "Mã không bắt đầu bằng 893 nên do tổ chức GS1 nước ngoài cấp. Mã vẫn hợp lệ; hãy "
                "đối chiếu lại với giấy đăng ký."
            )
            alerts.append(Badge("amber", sentence))
        badge = _today(record.is_active(today), _("còn hiệu lực"), _("không còn hiệu lực"))
        return PageInfo(badges=[badge], alerts=alerts, actions=actions)


@register_pages
class PlatformPages(RecordPages):
    """Exchanges and other places on the internet."""

    model = Platform
    path, name = "san", "platform"
    table, filterset, form = PlatformTable, PlatformFilter, PlatformForm
    facts = ("kind", "url", "counts_as_exchange", "active_from", "active_to", "source")
    empty_text = gettext_lazy("Chưa có sàn nào. Phòng chuyên môn của huyện thêm sàn vào đây.")

    @staticmethod
    def annotate(rows: QuerySet[Platform], today: dt.date) -> QuerySet[Any]:
        """How many products each shows today."""
        listings = PlatformListing.objects.active(today)
        return rows.annotate(listing_count=_counted(listings, "platform"))

    @staticmethod
    def details(record: Platform, user: Any, today: dt.date) -> PageInfo:  # noqa: ANN401
        """The products shown there, as far as the reader may see."""
        rows = (
            PlatformListing.objects.visible_to(user)
            .filter(platform=record)
            .with_activity(today)
            .select_related("product")
        )
        shown = list(rows[:SECTION_ROWS])
        return PageInfo(
            sections=[
                Section(
                    _("Sản phẩm giới thiệu gần đây"),
                    table=section_table(PlatformListingTable, shown, "platform") if shown else None,
                    text="" if shown else _("Chưa có sản phẩm nào trong phạm vi của bạn."),
                    action_url=reverse("ocop:platform-listing-list", query={"platform": record.pk}),
                    action_text=_("Xem tất cả"),
                )
            ]
        )


@register_pages
class PlatformListingPages(RecordPages):
    """Products on the internet."""

    model = PlatformListing
    path, name = "gioi-thieu-tren-san", "platform-listing"
    table, filterset, form = PlatformListingTable, PlatformListingFilter, PlatformListingForm
    list_related = ("product__producer", "platform")
    annotate = staticmethod(_with_activity)
    facts = ("product", "platform", "url", "listed_on", "delisted_on", "note")
    empty_text = gettext_lazy(
        "Chưa có lượt giới thiệu nào. Mở trang của một sản phẩm và bấm «Thêm lượt giới thiệu»."
    )

    @staticmethod
    def details(record: PlatformListing, _user: Any, today: dt.date) -> PageInfo:  # noqa: ANN401
        """Whether it stands today, and whether the place counts as an exchange."""
        alerts = []
        if not record.platform.counts_as_exchange:
            sentence = _("Nơi này không phải sàn thương mại điện tử nên không tính vào chỉ tiêu.")
            alerts.append(Badge("grey", sentence))
        badge = _today(record.is_active(today), _("đang giới thiệu"), _("đã gỡ"))
        return PageInfo(badges=[badge], alerts=alerts)


@register_pages
class RetailChainPages(RecordPages):
    """Retailers."""

    model = RetailChain
    path, name = "chuoi", "chain"
    table, filterset, form = RetailChainTable, RetailChainFilter, RetailChainForm
    facts = ("kind", "source")
    empty_text = gettext_lazy("Chưa có chuỗi nào. Phòng chuyên môn của huyện thêm chuỗi vào đây.")

    @staticmethod
    def annotate(rows: QuerySet[RetailChain], _today: dt.date) -> QuerySet[Any]:
        """How many shops each has here."""
        return rows.annotate(outlet_count=Count("outlets"))

    @staticmethod
    def details(record: RetailChain, _user: Any, _today: dt.date) -> PageInfo:  # noqa: ANN401
        """Its shops."""
        shops = list(record.outlets.all()[:SECTION_ROWS])
        table = section_table(RetailOutletTable, shops, "chain", "listing_count")
        return PageInfo(
            sections=[
                Section(
                    _("Điểm bán"),
                    table=table if shops else None,
                    text="" if shops else _("Chưa ghi điểm bán nào của chuỗi này."),
                    action_url=reverse("ocop:outlet-create", query={"chain": record.pk}),
                    action_text=_("Thêm điểm bán"),
                )
            ]
        )


@register_pages
class RetailOutletPages(RecordPages):
    """Shops."""

    model = RetailOutlet
    path, name = "diem-ban", "outlet"
    table, filterset, form = RetailOutletTable, RetailOutletFilter, RetailOutletForm
    list_related = ("chain",)
    facts = ("chain", "province", "is_in_province", "address")
    empty_text = gettext_lazy("Chưa có điểm bán nào. Thêm chuỗi trước, rồi thêm điểm bán.")

    @staticmethod
    def annotate(rows: QuerySet[RetailOutlet], today: dt.date) -> QuerySet[Any]:
        """How many products each sells today."""
        listings = RetailListing.objects.active(today)
        return rows.annotate(listing_count=_counted(listings, "outlet"))

    @staticmethod
    def details(record: RetailOutlet, user: Any, today: dt.date) -> PageInfo:  # noqa: ANN401
        """The products sold there, as far as the reader may see."""
        rows = (
            RetailListing.objects.visible_to(user)
            .filter(outlet=record)
            .with_activity(today)
            .select_related("product")
        )
        shown = list(rows[:SECTION_ROWS])
        table = section_table(RetailListingTable, shown, "outlet", "chain")
        return PageInfo(
            sections=[
                Section(
                    _("Sản phẩm bán gần đây"),
                    table=table if shown else None,
                    text="" if shown else _("Chưa có sản phẩm nào trong phạm vi của bạn."),
                    action_url=reverse("ocop:retail-listing-list", query={"outlet": record.pk}),
                    action_text=_("Xem tất cả"),
                )
            ]
        )


@register_pages
class RetailListingPages(RecordPages):
    """Products in shops."""

    model = RetailListing
    path, name = "ban-le", "retail-listing"
    table, filterset, form = RetailListingTable, RetailListingFilter, RetailListingForm
    list_related = ("product__producer", "outlet__chain")
    annotate = staticmethod(_with_activity)
    facts = ("product", "outlet", "started_on", "ended_on", "supplier", "contract_no", "note")
    empty_text = gettext_lazy(
        "Chưa có lượt bán nào. Mở trang của một sản phẩm và bấm «Thêm điểm bán»."
    )

    @staticmethod
    def details(record: RetailListing, _user: Any, today: dt.date) -> PageInfo:  # noqa: ANN401
        """Whether it is on sale today."""
        return PageInfo(
            badges=[_today(record.is_active(today), _("đang bán"), _("không bán"))],
        )
