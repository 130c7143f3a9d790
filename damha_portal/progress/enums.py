"""Choices of the progress application."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanStatus(models.TextChoices):
    """Only active plans are recomputed."""

    DRAFT = "draft", _("dự thảo")
    ACTIVE = "active", _("đang theo dõi")
    CLOSED = "closed", _("đã khép lại")


class Comparator(models.TextChoices):
    """How the value must relate to the target (domain.md §1.4: strength words)."""

    GTE = "gte", _("≥")
    GT = "gt", _(">")
    EQ = "eq", _("=")
    LTE = "lte", _("≤")


class BaselineState(models.TextChoices):
    """Where a baseline comes from."""

    STATED = "stated", _("văn bản nêu")
    DERIVED = "derived", _("suy ra, chờ xác nhận")
    CONFIRMED = "confirmed", _("đã xác nhận")
    MISSING = "missing", _("chưa có")


class PaceMethod(models.TextChoices):
    """What “expected by today” is read from."""

    MILESTONES = "milestones", _("theo mốc kế hoạch")
    SEASON = "season", _("theo mùa của năm trước")
    LINEAR = "linear", _("chia đều theo thời gian")
    END_ONLY = "end_only", _("chỉ đánh giá cuối kỳ")


class LeadSource(models.TextChoices):
    """How the lead organisation is known; an inferred one is shown as such."""

    STATED = "stated", _("văn bản nêu")
    INFERRED = "inferred", _("suy ra")
    ASSIGNED = "assigned", _("phân công sau")


class VerdictCode(models.TextChoices):
    """The six verdicts."""

    NO_DATA = "no_data", _("Chưa có số liệu")
    MET = "met", _("Đạt")
    ON_TRACK = "on_track", _("Đúng tiến độ")
    AT_RISK = "at_risk", _("Có nguy cơ")
    BEHIND = "behind", _("Chậm")
    NOT_MET = "not_met", _("Chưa đạt")
