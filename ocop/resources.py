"""Files of producers, products, recognitions, codes and listings; keys are never a name alone."""

# ruff: noqa: ANN401  (the signatures are those of django-import-export)

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from damha_portal.accounts.resources import UnitWidget
from damha_portal.core.resources import (
    AmountWidget,
    ChoiceWidget,
    DayWidget,
    PortalResource,
    RecordWidget,
    WholeNumberWidget,
    column,
)
from ocop.enums import CouncilLevel, ProducerKind, RecognitionType, TraceabilityKind
from ocop.models import (
    Platform,
    PlatformListing,
    Producer,
    Product,
    ProductSubgroup,
    Recognition,
    RuleSet,
    TraceabilityCode,
)

UNIT_CODE, UNIT_FROM = "Mã xã", "Mã xã có từ ngày"
PRODUCER, PRODUCT = "Chủ thể", "Sản phẩm"
PLATFORM, SUBGROUP, RULES = "Sàn", "Phân nhóm", "Bộ tiêu chí"


def _producer_column() -> Any:
    lookups = {"name": PRODUCER, "admin_unit__code": UNIT_CODE}
    return column("producer", PRODUCER, RecordWidget(Producer, lookups))


def _product_columns() -> dict[str, Any]:
    lookups = {
        "name": PRODUCT,
        "producer__name": PRODUCER,
        "producer__admin_unit__code": UNIT_CODE,
    }
    return {
        "product": column("product", PRODUCT, RecordWidget(Product, lookups)),
        "producer": column("product__producer__name", PRODUCER, readonly=True),
        "unit": column("product__producer__admin_unit__code", UNIT_CODE, readonly=True),
    }


class ProducerResource(PortalResource):
    """Producers, by name and unit."""

    name = column("name", gettext_lazy("Tên chủ thể"))
    admin_unit = column("admin_unit", UNIT_CODE, UnitWidget(UNIT_CODE, UNIT_FROM))
    unit_from = column("admin_unit__valid_from", UNIT_FROM, DayWidget(), readonly=True)
    alias = column("alias", gettext_lazy("Tên khác"))
    kind = column("kind", gettext_lazy("Loại hình"), ChoiceWidget(ProducerKind))
    hamlet = column("hamlet", gettext_lazy("Thôn, khu phố"))
    address = column("address", gettext_lazy("Địa chỉ trụ sở"))
    workshop_address = column("workshop_address", gettext_lazy("Địa chỉ cơ sở sản xuất"))
    representative = column("representative", gettext_lazy("Người đại diện"))
    phone = column("phone", gettext_lazy("Điện thoại"))
    email = column("email", gettext_lazy("Thư điện tử"))
    tax_code = column("tax_code", gettext_lazy("Mã số thuế"))
    registration_no = column("registration_no", gettext_lazy("Số đăng ký kinh doanh"))
    joined_on = column("joined_on", gettext_lazy("Tham gia từ ngày"), DayWidget())
    workers = column("workers", gettext_lazy("Số lao động"), WholeNumberWidget())
    note = column("note", gettext_lazy("Ghi chú"))

    class Meta(PortalResource.Meta):
        model = Producer
        fields = (
            "name",
            "admin_unit",
            "unit_from",
            "alias",
            "kind",
            "hamlet",
            "address",
            "workshop_address",
            "representative",
            "phone",
            "email",
            "tax_code",
            "registration_no",
            "joined_on",
            "workers",
            "note",
        )
        import_id_fields = ("name", "admin_unit")


class ProductResource(PortalResource):
    """Products, by producer and name."""

    name = column("name", gettext_lazy("Tên sản phẩm"))
    producer = _producer_column()
    unit = column("producer__admin_unit__code", UNIT_CODE, readonly=True)
    alias = column("alias", gettext_lazy("Tên khác"))
    code = column("code", gettext_lazy("Mã sản phẩm"))
    subgroup = column(
        "subgroup", SUBGROUP, RecordWidget(ProductSubgroup, {"code": SUBGROUP}, optional=True)
    )
    abv = column("abv", gettext_lazy("Nồng độ cồn (%)"), AmountWidget(1))
    material_origin = column("material_origin", gettext_lazy("Nguồn gốc nguyên liệu"))
    packaging = column("packaging", gettext_lazy("Quy cách đóng gói"))
    joined_on = column("joined_on", gettext_lazy("Tham gia từ ngày"), DayWidget())
    description = column("description", gettext_lazy("Mô tả"))

    class Meta(PortalResource.Meta):
        model = Product
        fields = (
            "name",
            "producer",
            "unit",
            "alias",
            "code",
            "subgroup",
            "abv",
            "material_origin",
            "packaging",
            "joined_on",
            "description",
        )
        import_id_fields = ("producer", "name")


class RecognitionResource(PortalResource):
    """Recognitions, by product and day of issue."""

    product, producer, unit = _product_columns().values()
    star = column("star", gettext_lazy("Hạng sao"), WholeNumberWidget())
    level = column("level", gettext_lazy("Cấp công nhận"), ChoiceWidget(CouncilLevel))
    type = column("type", gettext_lazy("Loại"), ChoiceWidget(RecognitionType))
    evaluation_year = column("evaluation_year", gettext_lazy("Năm đánh giá"), WholeNumberWidget())
    decision_no = column("decision_no", gettext_lazy("Số quyết định"))
    decided_on = column("decided_on", gettext_lazy("Ngày quyết định"), DayWidget())
    certificate_no = column("certificate_no", gettext_lazy("Số giấy chứng nhận"))
    issued_on = column("issued_on", gettext_lazy("Ngày cấp giấy"), DayWidget())
    valid_until = column("valid_until", gettext_lazy("Hiệu lực đến hết ngày"), DayWidget())
    rule_set = column("rule_set", RULES, RecordWidget(RuleSet, {"code": RULES}, optional=True))
    total_score = column("total_score", gettext_lazy("Tổng điểm"), AmountWidget())
    note = column("note", gettext_lazy("Ghi chú"))

    class Meta(PortalResource.Meta):
        model = Recognition
        fields = (
            "product",
            "producer",
            "unit",
            "star",
            "level",
            "type",
            "evaluation_year",
            "decision_no",
            "decided_on",
            "certificate_no",
            "issued_on",
            "valid_until",
            "rule_set",
            "total_score",
            "note",
        )
        import_id_fields = ("product", "issued_on")


class TraceabilityCodeResource(PortalResource):
    """Codes, by kind and code."""

    product, producer, unit = _product_columns().values()
    kind = column("kind", gettext_lazy("Loại mã"), ChoiceWidget(TraceabilityKind))
    code = column("code", gettext_lazy("Mã"))
    pack_size = column("pack_size", gettext_lazy("Quy cách gói"))
    provider = column("provider", gettext_lazy("Đơn vị cấp"))
    registered_on = column("registered_on", gettext_lazy("Hiệu lực từ ngày"), DayWidget())
    valid_until = column("valid_until", gettext_lazy("Hiệu lực đến hết ngày"), DayWidget())
    terminated_on = column("terminated_on", gettext_lazy("Chấm dứt từ ngày"), DayWidget())
    lookup_url = column("lookup_url", gettext_lazy("Địa chỉ tra cứu"))
    note = column("note", gettext_lazy("Ghi chú"))

    class Meta(PortalResource.Meta):
        model = TraceabilityCode
        fields = (
            "product",
            "producer",
            "unit",
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
        import_id_fields = ("kind", "code")


class PlatformListingResource(PortalResource):
    """Listings, by product, platform and first day."""

    product, producer, unit = _product_columns().values()
    platform = column("platform", PLATFORM, RecordWidget(Platform, {"name": PLATFORM}))
    url = column("url", gettext_lazy("Địa chỉ trang sản phẩm"))
    listed_on = column("listed_on", gettext_lazy("Đưa lên ngày"), DayWidget())
    delisted_on = column("delisted_on", gettext_lazy("Gỡ xuống ngày"), DayWidget())
    note = column("note", gettext_lazy("Ghi chú"))

    class Meta(PortalResource.Meta):
        model = PlatformListing
        fields = (
            "product",
            "producer",
            "unit",
            "platform",
            "url",
            "listed_on",
            "delisted_on",
            "note",
        )
        import_id_fields = ("product", "platform", "listed_on")
