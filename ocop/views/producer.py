"""Pages of producers and products."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from damha_portal.core.pages import (
    Action,
    Badge,
    Fact,
    PageInfo,
    RecordPages,
    Section,
    register_pages,
)
from ocop.filters import ProducerFilter, ProductFilter
from ocop.forms import ProducerForm, ProductForm
from ocop.models import Producer, Product
from ocop.selectors import Channel, ProductProfile, producer_profile, product_profile
from ocop.tables import (
    ChannelTable,
    CodeTable,
    ProducerTable,
    ProductTable,
    RecognitionTable,
    SupportTable,
)
from ocop.tables.columns import section_table


def query(route: str, **parameters: Any) -> str:  # noqa: ANN401  (keys and words)
    """The address of a list or a create page with a query string."""
    return reverse(f"ocop:{route}", query=parameters)


@register_pages
class ProducerPages(RecordPages):
    """Producers."""

    model = Producer
    path, name = "chu-the", "producer"
    table, filterset, form = ProducerTable, ProducerFilter, ProducerForm
    list_related = ("admin_unit",)
    facts = (
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
        "workers",
        "joined_on",
        "alias",
        "note",
    )
    empty_text = gettext_lazy(
        "Chưa có chủ thể nào trong phạm vi của bạn. Thêm hợp tác xã, doanh nghiệp hoặc hộ sản "
        "xuất đầu tiên, rồi thêm sản phẩm của họ."
    )

    @staticmethod
    def annotate(rows: QuerySet[Producer], _today: dt.date) -> QuerySet[Any]:
        """How many products each makes."""
        return rows.annotate(product_count=Count("products"))

    @staticmethod
    def details(producer: Producer, user: Any, today: dt.date) -> PageInfo:  # noqa: ANN401
        """Products with today's star, and the support received."""
        profile = producer_profile(producer, user, today)
        key = {"producer": producer.pk}
        return PageInfo(
            sections=[
                Section(
                    _("Sản phẩm (%(count)d)") % {"count": profile.product_count},
                    table=section_table(ProductTable, profile.products, "producer", "unit")
                    if profile.products
                    else None,
                    text=""
                    if profile.products
                    else _("Chưa có sản phẩm nào. Thêm sản phẩm để theo dõi chu trình OCOP."),
                    action_url=query("product-create", **key),
                    action_text=_("Thêm sản phẩm"),
                ),
                Section(
                    _("Hỗ trợ đã nhận"),
                    table=section_table(SupportTable, profile.support, *SUPPORT_COUNTS)
                    if profile.support
                    else None,
                    text="" if profile.support else _("Chưa ghi hoạt động hỗ trợ nào."),
                    action_url=query("support-create", producers=producer.pk),
                    action_text=_("Ghi hoạt động hỗ trợ"),
                ),
            ]
        )


SUPPORT_COUNTS = ("producer_count", "product_count")


@register_pages
class ProductPages(RecordPages):
    """Products."""

    model = Product
    path, name = "san-pham", "product"
    table, filterset, form = ProductTable, ProductFilter, ProductForm
    list_related = ("producer__admin_unit", "subgroup__group")
    detail_template = "ocop/product_detail.html"
    facts = (
        "producer",
        "subgroup",
        "code",
        "alias",
        "abv",
        "material_origin",
        "packaging",
        "joined_on",
        "description",
    )
    empty_text = gettext_lazy(
        "Chưa có sản phẩm nào trong phạm vi của bạn. Thêm sản phẩm, rồi ghi lượt tham gia chu "
        "trình và công nhận hạng sao."
    )

    @staticmethod
    def annotate(rows: Any, today: dt.date) -> QuerySet[Any]:  # noqa: ANN401  (ProductQuerySet)
        """The star each may show today."""
        found: QuerySet[Any] = rows.with_current_star(today)
        return found

    @staticmethod
    def details(product: Product, user: Any, today: dt.date) -> PageInfo:  # noqa: ANN401
        """What the product lacks first, then star, cycle, and everything recorded about it."""
        profile = product_profile(product, user, today)
        alerts = [Badge("amber", need.sentence) for need in profile.needs]
        if profile.is_spirit:
            alerts.append(Badge("grey", str(SPIRIT_NOTE)))
        return PageInfo(
            alerts=alerts,
            lead=profile,
            sections=_product_sections(product, profile),
            facts=_cycle_facts(profile),
            actions=[
                Action(
                    _("Đăng ký vào chu trình"), query("participation-create", product=product.pk)
                )
            ],
        )


#: The 2019 law on preventing alcohol harm: no promotion of spirits (domain.md §8.5).
SPIRIT_NOTE = gettext_lazy(
    "Đồ uống từ 15 độ cồn trở lên: trang này chỉ nêu thông tin, không quảng bá. "
    "Chỉ dành cho người từ đủ 18 tuổi."
)


def _cycle_facts(profile: ProductProfile) -> list[Fact]:
    if profile.participation is None:
        return []
    url = reverse("ocop:participation-detail", args=[profile.participation.pk])
    return [Fact(_("Chu trình gần nhất"), str(profile.participation.year), url)]


def _product_sections(product: Product, profile: ProductProfile) -> list[Section]:
    key = {"product": product.pk}
    parts = [
        (
            _("Công nhận hạng sao"),
            RecognitionTable,
            profile.recognitions,
            _("Chưa có quyết định công nhận nào."),
            query("recognition-create", **key),
            _("Thêm công nhận"),
        ),
        (
            _("Tem điện tử, mã truy xuất"),
            CodeTable,
            profile.codes,
            _("Chưa có tem hoặc mã nào."),
            query("code-create", **key),
            _("Thêm mã"),
        ),
        (
            _("Giới thiệu trên sàn"),
            ChannelTable,
            [row for row in profile.channels if row.kind == Channel.ONLINE],
            _("Chưa giới thiệu trên sàn nào."),
            query("platform-listing-create", **key),
            _("Thêm lượt giới thiệu"),
        ),
        (
            _("Bán tại siêu thị, cửa hàng"),
            ChannelTable,
            [row for row in profile.channels if row.kind == Channel.SHOP],
            _("Chưa bán tại siêu thị, trung tâm thương mại hay cửa hàng nào."),
            query("retail-listing-create", **key),
            _("Thêm điểm bán"),
        ),
        (
            _("Hỗ trợ đã nhận"),
            SupportTable,
            profile.support,
            _("Chưa ghi hoạt động hỗ trợ nào."),
            query("support-create", products=product.pk),
            _("Ghi hoạt động hỗ trợ"),
        ),
    ]
    sections = [
        Section(
            title,
            table=section_table(table, rows, "product", *SUPPORT_COUNTS) if rows else None,
            text="" if rows else empty,
            action_url=url,
            action_text=button,
        )
        for title, table, rows, empty, url, button in parts
    ]
    if product.story and not profile.is_spirit:
        sections.insert(0, Section(_("Câu chuyện sản phẩm"), text=product.story))
    return sections
