"""Choices of the accounts application."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """Kinds of administrative unit; the kind is always shown with the name (domain: "Đầm Hà")."""

    COUNTRY = "country", _("nước")
    PROVINCE = "province", _("tỉnh")
    DISTRICT = "district", _("huyện")
    COMMUNE = "commune", _("xã")
    TOWNSHIP = "township", _("thị trấn")
    WARD = "ward", _("phường")


class OrganisationKind(models.TextChoices):
    """What a body is. Committee, Standing Committee and Standing Body are never merged."""

    PARTY_COMMITTEE = "party_committee", _("Ban Chấp hành Đảng bộ")
    PARTY_STANDING_COMMITTEE = "party_standing_committee", _("Ban Thường vụ")
    PARTY_STANDING_BODY = "party_standing_body", _("Thường trực cấp ủy")
    PARTY = "party", _("Cấp ủy")
    COUNCIL = "council", _("Hội đồng nhân dân")
    COMMITTEE = "committee", _("Ủy ban nhân dân")
    OFFICE = "office", _("Văn phòng")
    DEPARTMENT = "department", _("Phòng chuyên môn")
    CENTRE = "centre", _("Trung tâm")
    FRONT = "front", _("Mặt trận và đoàn thể")
    MILITARY = "military", _("Quân sự")
    OTHER = "other", _("Tổ chức khác")
