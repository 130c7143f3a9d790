"""Choices of the OCOP application; identifiers follow the glossary of the field."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProducerKind(models.TextChoices):
    """Kinds of OCOP producer (chủ thể)."""

    COOPERATIVE = "cooperative", _("Hợp tác xã")
    COOPERATIVE_UNION = "cooperative_union", _("Liên hiệp hợp tác xã")
    COOPERATIVE_GROUP = "cooperative_group", _("Tổ hợp tác")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    FARM = "farm", _("Trang trại")
    HOUSEHOLD = "household", _("Hộ kinh doanh, hộ sản xuất")
    OTHER = "other", _("Tổ chức khác")


class ParticipationState(models.TextChoices):
    """Where a participation in the cycle stands (domain.md §2.10)."""

    IDEA_SUBMITTED = "idea_submitted", _("Đã nộp ý tưởng")
    IDEA_ACCEPTED = "idea_accepted", _("Ý tưởng được chấp nhận")
    IDEA_RETURNED = "idea_returned", _("Ý tưởng bị trả lại")
    PLAN_SUBMITTED = "plan_submitted", _("Đã nộp phương án")
    PLAN_ACCEPTED = "plan_accepted", _("Phương án được chấp nhận")
    PLAN_RETURNED = "plan_returned", _("Phương án bị trả lại")
    IMPLEMENTING = "implementing", _("Đang triển khai phương án")
    DOSSIER_READY = "dossier_ready", _("Hồ sơ đạt yêu cầu dự thi")
    IN_EVALUATION = "in_evaluation", _("Đang đánh giá, phân hạng")
    RECOGNISED = "recognised", _("Được công nhận")
    NOT_RECOGNISED = "not_recognised", _("Không được công nhận")


class CycleStep(models.TextChoices):
    """The six steps of the standard OCOP cycle (domain.md §2.6)."""

    AWARENESS = "awareness", _("Tuyên truyền, hướng dẫn")
    IDEA_REGISTRATION = "idea_registration", _("Đăng ký ý tưởng")
    BUSINESS_PLAN = "business_plan", _("Phương án sản xuất kinh doanh")
    IMPLEMENTATION = "implementation", _("Triển khai phương án")
    EVALUATION = "evaluation", _("Đánh giá, phân hạng")
    TRADE_PROMOTION = "trade_promotion", _("Xúc tiến thương mại")


class CouncilLevel(models.TextChoices):
    """Who decides a star; independent of the star itself."""

    DISTRICT = "district", _("cấp huyện")
    PROVINCE = "province", _("cấp tỉnh")
    CENTRAL = "central", _("cấp trung ương")


class RecognitionType(models.TextChoices):
    """Types in the official results (domain.md §2.5)."""

    NEW = "new", _("cấp mới")
    RENEWAL = "renewal", _("cấp lại")
    UPGRADE = "upgrade", _("nâng hạng")
    DOWNGRADE = "downgrade", _("hạ hạng")


class RecognitionState(models.TextChoices):
    """Computed from dates, never stored."""

    UPCOMING = "upcoming", _("chưa có hiệu lực")
    VALID = "valid", _("còn hiệu lực")
    EXPIRING = "expiring", _("sắp hết hạn")
    EXPIRED = "expired", _("đã hết hạn")
    REVOKED = "revoked", _("đã thu hồi")
    SUPERSEDED = "superseded", _("đã thay bằng công nhận mới")


class SupportKind(models.TextChoices):
    """What was done for producers and products."""

    TRAINING = "training", _("Đào tạo")
    COACHING = "coaching", _("Tập huấn")
    CONSULTING = "consulting", _("Tư vấn")
    IMPROVEMENT = "improvement", _("Củng cố, nâng cao chất lượng")
    PACKAGING = "packaging", _("Bao bì, nhãn mác")
    MACHINERY = "machinery", _("Máy móc, thiết bị")
    GRANT = "grant", _("Hỗ trợ kinh phí")


class TraceabilityKind(models.TextChoices):
    """Electronic stamp, trace code, or GS1 number with its barcode (domain.md §3.1)."""

    E_STAMP = "e_stamp", _("Tem điện tử")
    TRACE_CODE = "trace_code", _("Mã truy vết (QR)")
    BARCODE = "barcode", _("Mã số mã vạch (GTIN)")


class PlatformKind(models.TextChoices):
    """Kinds of place on the internet; an own site or a fan page is no exchange."""

    NATIONAL = "national", _("Sàn quốc gia")
    PROVINCIAL_EXCHANGE = "provincial_exchange", _("Sàn của tỉnh")
    MARKETPLACE = "marketplace", _("Sàn thương mại điện tử")
    SOCIAL_COMMERCE = "social_commerce", _("Thương mại trên mạng xã hội")
    OWN_SITE = "own_site", _("Trang riêng")
    FAN_PAGE = "fan_page", _("Trang mạng xã hội")


class RetailKind(models.TextChoices):
    """Kinds of retailer; only chains of malls and supermarkets count for T7."""

    MALL = "mall", _("Chuỗi trung tâm thương mại")
    SUPERMARKET = "supermarket", _("Chuỗi siêu thị")
    OCOP_SHOP = "ocop_shop", _("Điểm giới thiệu và bán sản phẩm OCOP")
    AGENT = "agent", _("Đại lý, cửa hàng")


CHAIN_KINDS = (RetailKind.MALL, RetailKind.SUPERMARKET)
#: Kinds of platform that are never an exchange (NĐ 52/2013, NĐ 85/2021; domain.md §3.4).
NOT_EXCHANGES = (PlatformKind.OWN_SITE.value, PlatformKind.FAN_PAGE.value)
