"""T1–T9 of an OCOP plan: each reads like the sentence in the plan (domain.md §1.4)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from damha_portal.progress.models import cohort_member_ids
from damha_portal.progress.registry import (
    Kind,
    Part,
    RecordColumn,
    Rows,
    Scope,
    metric,
)
from ocop.enums import CHAIN_KINDS, RecognitionType
from ocop.models import (
    CycleParticipation,
    CycleStepChange,
    Platform,
    PlatformListing,
    Producer,
    Product,
    Recognition,
    RetailChain,
    RetailListing,
    RetailOutlet,
    SupportActivity,
    TraceabilityCode,
)

CYCLE = (Product, Producer, CycleParticipation, CycleStepChange, Recognition)


@metric(
    key="ocop.new_registrations",
    kind=Kind.COUNT,
    title=_("Sản phẩm mới đăng ký theo chu trình OCOP"),
    rule=_(
        "Đếm sản phẩm lần đầu vào chương trình có ý tưởng được chấp nhận (bước 2 của chu trình) "
        "từ %(from)s đến hết %(as_of)s. Sản phẩm đã tham gia hoặc đã được công nhận trước "
        "%(from)s không tính."
    ),
    noun=_("sản phẩm"),
    unit_path="producer__admin_unit",
    depends_on=CYCLE,
    related=("producer",),
    columns=(RecordColumn(_("Chủ thể"), "producer"),),
)
def new_registrations(scope: Scope) -> Rows:
    """T1. New products whose idea registration was accepted in the period."""
    products = Product.objects.within(scope.units)
    registered = products.newly_registered(scope.window, since=scope.period.start)
    of_this_year = CycleParticipation.objects.within(scope.units).filter(year=scope.year)
    return Rows(
        scored=registered,
        known=of_this_year,
        not_counted=lambda: {
            _("Có lượt tham gia năm nay nhưng chưa đủ điều kiện tính"): products.filter(
                pk__in=of_this_year.values("product")
            ).exclude(pk__in=registered.values("pk"))
        },
    )


@metric(
    key="ocop.trained_producers_share",
    kind=Kind.SHARE,
    title=_("Chủ thể có sản phẩm mới được đào tạo, tư vấn và đạt yêu cầu dự thi"),
    rule=_(
        "Trong số chủ thể có sản phẩm mới của năm, tỷ lệ chủ thể vừa được đào tạo, tập huấn hoặc "
        "tư vấn ít nhất một lần từ %(from)s đến hết %(as_of)s, vừa có sản phẩm mới với hồ sơ đạt "
        "yêu cầu để dự thi."
    ),
    noun=_("chủ thể"),
    unit_path="admin_unit",
    depends_on=(*CYCLE, SupportActivity),
    parameters={"kinds": ["training", "coaching", "consulting"]},
    labels={Part.MISSING: _("Chưa được đào tạo hoặc hồ sơ chưa đạt yêu cầu")},
)
def trained_producers_share(scope: Scope) -> Rows:
    """T2. Base: producers with a new product of T1; scored: supported and ready."""
    new = Product.objects.newly_registered(scope.window, since=scope.period.start)
    base = Producer.objects.within(scope.units).filter(pk__in=new.values("producer"))
    ready = new.ready_for_evaluation(scope.day)
    supported = base.supported(scope.window, scope.strings("kinds"))
    return Rows(
        base=base,
        scored=supported.filter(pk__in=ready.values("producer")),
        known=SupportActivity.objects.held_in(scope.window).concerning(scope.units),
    )


@metric(
    key="ocop.consolidated_products",
    kind=Kind.COUNT,
    title=_("Sản phẩm trong nhóm đã chứng nhận được củng cố, nâng cao chất lượng"),
    rule=_(
        "Trong nhóm sản phẩm cố định, đếm sản phẩm có ít nhất một hoạt động củng cố, nâng cao "
        "chất lượng được ghi nhận từ %(from)s đến hết %(as_of)s."
    ),
    noun=_("sản phẩm"),
    unit_path="producer__admin_unit",
    depends_on=(Product, Producer, SupportActivity, Recognition),
    parameters={"kinds": ["improvement", "packaging"]},
    labels={Part.MISSING: _("Chưa có hoạt động củng cố nào trong năm")},
    related=("producer",),
    columns=(RecordColumn(_("Chủ thể"), "producer"),),
)
def consolidated_products(scope: Scope) -> Rows:
    """T3. Base: the frozen cohort; scored: members with a consolidation action in the period."""
    base = Product.objects.within(scope.units).filter(
        pk__in=cohort_member_ids(scope.cohort_id, Product)
    )
    scored = base.supported(scope.window, scope.strings("kinds"))
    return Rows(
        base=base,
        scored=scored,
        known=SupportActivity.objects.held_in(scope.window).concerning(scope.units),
        not_counted=lambda: {
            _("Thuộc nhóm nhưng công nhận không còn hiệu lực (để tham khảo)"): base.exclude(
                pk__in=base.recognised(on=scope.day).values("pk")
            )
        },
    )


@metric(
    key="ocop.new_recognitions",
    kind=Kind.COUNT,
    title=_("Sản phẩm được công nhận thêm"),
    rule=_(
        "Đếm sản phẩm lần đầu được công nhận từ %(min_star)s sao trở lên trong năm đánh giá "
        "%(year)s, ở bất kỳ cấp nào, quyết định ký đến hết %(as_of)s. Nâng hạng và cấp lại không "
        "tính là thêm; công nhận đã bị thu hồi không tính."
    ),
    noun=_("sản phẩm"),
    unit_path="producer__admin_unit",
    depends_on=(Product, Producer, Recognition),
    parameters={"min_star": 3},
    related=("producer",),
    columns=(RecordColumn(_("Chủ thể"), "producer"),),
)
def new_recognitions(scope: Scope) -> Rows:
    """T4. Counted by evaluation year: its decisions may be signed early in the next year."""
    products = Product.objects.within(scope.units)
    baseline = scope.date("baseline_on", scope.period.start - dt.timedelta(days=1))
    this_year = Recognition.objects.within(scope.units).filter(evaluation_year=scope.year)
    return Rows(
        scored=products.newly_recognised(
            year=scope.year, on=scope.as_of, baseline=baseline, min_star=scope.min_star
        ),
        known=this_year,
        not_counted=lambda: {
            _("Nâng hạng, cấp lại hoặc hạ hạng trong năm"): products.filter(
                pk__in=this_year.filter(decided_on__lte=scope.as_of, star__gte=scope.min_star)
                .exclude(type=RecognitionType.NEW)
                .values("product")
            )
        },
    )


@metric(
    key="ocop.supported_producers",
    kind=Kind.COUNT,
    title=_("Cơ sở sản xuất đã có được củng cố, nâng cao chất lượng"),
    rule=_(
        "Trong nhóm cơ sở sản xuất cố định, đếm cơ sở được ít nhất một hoạt động hỗ trợ từ "
        "%(from)s đến hết %(as_of)s; hỗ trợ cho một sản phẩm của cơ sở cũng tính."
    ),
    noun=_("cơ sở sản xuất"),
    unit_path="admin_unit",
    depends_on=(Producer, Product, SupportActivity),
    labels={Part.MISSING: _("Chưa có hoạt động hỗ trợ nào trong năm")},
)
def supported_producers(scope: Scope) -> Rows:
    """T5. Base: the frozen cohort; scored: members reached by any support in the period."""
    base = Producer.objects.within(scope.units).filter(
        pk__in=cohort_member_ids(scope.cohort_id, Producer)
    )
    return Rows(
        base=base,
        scored=base.supported(scope.window),
        known=SupportActivity.objects.held_in(scope.window).concerning(scope.units),
    )


@metric(
    key="ocop.new_producers",
    kind=Kind.COUNT,
    title=_("Cơ sở sản xuất mới tham gia chương trình"),
    rule=_(
        "Đếm cơ sở sản xuất có đăng ký đầu tiên được chấp nhận từ %(from)s đến hết %(as_of)s, "
        "chưa từng tham gia hoặc có sản phẩm được công nhận trước %(from)s."
    ),
    noun=_("cơ sở sản xuất"),
    unit_path="admin_unit",
    depends_on=CYCLE,
)
def new_producers(scope: Scope) -> Rows:
    """T6. Producers whose first accepted registration falls in the period."""
    producers = Producer.objects.within(scope.units)
    return Rows(
        scored=producers.newly_joined(scope.window, since=scope.period.start),
        known=CycleParticipation.objects.within(scope.units).filter(year=scope.year),
    )


@metric(
    key="ocop.products_in_chains",
    kind=Kind.COUNT,
    title=_("Sản phẩm vào chuỗi trung tâm thương mại, siêu thị"),
    rule=_(
        "Đếm sản phẩm đang được công nhận từ %(min_star)s sao trở lên, bắt đầu bán từ %(from)s "
        "đến hết %(as_of)s và vẫn đang bán tại ít nhất một điểm của chuỗi trung tâm thương mại "
        "hoặc siêu thị, trong hay ngoài tỉnh. Điểm bán OCOP, đại lý và hội chợ không tính."
    ),
    noun=_("sản phẩm"),
    unit_path="producer__admin_unit",
    depends_on=(Product, Producer, Recognition, RetailListing, RetailOutlet, RetailChain),
    parameters={"min_star": 3},
    related=("producer",),
    columns=(RecordColumn(_("Chủ thể"), "producer"),),
)
def products_in_chains(scope: Scope) -> Rows:
    """T7. Listings begun in the period, still active, in chains of malls or supermarkets."""
    products = Product.objects.within(scope.units)
    recognised = products.recognised(on=scope.day, min_star=scope.min_star)
    scored = recognised.brought_into_chains(scope.window, on=scope.day)
    listings = RetailListing.objects.within(scope.units)
    return Rows(
        scored=scored,
        known=listings,
        not_counted=lambda: {
            _("Chỉ bán ở điểm bán OCOP hoặc đại lý"): products.filter(
                pk__in=listings.active(scope.day)
                .filter(started_on__range=(scope.window.start, scope.window.end))
                .exclude(outlet__chain__kind__in=CHAIN_KINDS)
                .values("product")
            ).exclude(pk__in=scored.values("pk"))
        },
    )


@metric(
    key="ocop.traceable_share",
    kind=Kind.SHARE,
    title=_("Sản phẩm có tem điện tử hoặc mã truy xuất nguồn gốc"),
    rule=_(
        "Trong số sản phẩm đang được công nhận từ %(min_star)s sao trở lên, tỷ lệ sản phẩm có tem "
        "điện tử hoặc mã số, mã vạch còn hiệu lực, tính đến hết %(as_of)s. Mã hết hạn hoặc đã "
        "chấm dứt không tính."
    ),
    noun=_("sản phẩm"),
    unit_path="producer__admin_unit",
    depends_on=(Product, Producer, Recognition, TraceabilityCode),
    parameters={"min_star": 3},
    labels={
        Part.BASE: _("Đang được công nhận"),
        Part.SCORED: _("Có mã còn hiệu lực"),
        Part.MISSING: _("Chưa có mã còn hiệu lực"),
    },
    related=("producer",),
    columns=(RecordColumn(_("Chủ thể"), "producer"),),
)
def traceable_share(scope: Scope) -> Rows:
    """T8. Base: products validly recognised at `min_star` or more on the day."""
    products = Product.objects.within(scope.units)
    base = products.recognised(on=scope.day, min_star=scope.min_star)
    return Rows(
        base=base,
        scored=base.with_active_code(on=scope.day),
        known=TraceabilityCode.objects.within(scope.units),
    )


@metric(
    key="ocop.online_share",
    kind=Kind.SHARE,
    title=_("Sản phẩm được giới thiệu trên sàn thương mại điện tử"),
    rule=_(
        "Trong số sản phẩm đang được công nhận từ %(min_star)s sao trở lên, tỷ lệ sản phẩm đang "
        "được giới thiệu trên ít nhất một sàn thương mại điện tử, tính đến hết %(as_of)s. Trang "
        "riêng và trang mạng xã hội không phải là sàn."
    ),
    noun=_("sản phẩm"),
    unit_path="producer__admin_unit",
    depends_on=(Product, Producer, Recognition, PlatformListing, Platform),
    parameters={"min_star": 3},
    labels={
        Part.BASE: _("Đang được công nhận"),
        Part.SCORED: _("Đang có trên sàn"),
        Part.MISSING: _("Chưa có trên sàn nào"),
    },
    related=("producer",),
    columns=(RecordColumn(_("Chủ thể"), "producer"),),
)
def online_share(scope: Scope) -> Rows:
    """T9. Base as T8; scored: an active listing on a platform that counts as an exchange."""
    products = Product.objects.within(scope.units)
    base = products.recognised(on=scope.day, min_star=scope.min_star)
    return Rows(
        base=base,
        scored=base.with_active_listing(on=scope.day),
        known=PlatformListing.objects.within(scope.units),
    )
