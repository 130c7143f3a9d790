"""Choices of the tourism application; identifiers follow the glossary of the field."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteKind(models.TextChoices):
    """What a tourist site is."""

    NATURE = "nature", _("Cảnh quan thiên nhiên")
    ISLAND = "island", _("Đảo, bãi biển")
    RELIC = "relic", _("Di tích lịch sử, văn hóa")
    RELIGIOUS = "religious", _("Cơ sở tín ngưỡng, tôn giáo")
    COMMUNITY = "community", _("Du lịch cộng đồng, sinh thái")
    CRAFT = "craft", _("Làng nghề, nghề thủ công")
    FOOD = "food", _("Ẩm thực")
    OTHER = "other", _("Loại khác")


class HeritageLevel(models.TextChoices):
    """The relic's level, apart from recognition as a tourist site."""

    NONE = "", _("chưa ghi")  # nobody said: not the same as “no relic”
    INVENTORIED = "inventoried", _("trong danh mục kiểm kê")
    PROVINCIAL = "provincial", _("di tích cấp tỉnh")
    NATIONAL = "national", _("di tích cấp quốc gia")


class FigureStage(models.TextChoices):
    """An estimate (ước) is made before month end, the actual (thực hiện) replaces it; both stay."""

    ESTIMATE = "estimate", _("ước thực hiện")
    ACTUAL = "actual", _("thực hiện")


class FigureStatus(models.TextChoices):
    """Only approved figures are official."""

    DRAFT = "draft", _("nháp")
    SUBMITTED = "submitted", _("đã gửi duyệt")
    RETURNED = "returned", _("trả lại")
    APPROVED = "approved", _("đã duyệt")
