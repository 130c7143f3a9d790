"""Choices of the documents application."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """Kinds of official document, by the abbreviation of their symbol."""

    DECISION = "qd", _("Quyết định")
    PLAN = "kh", _("Kế hoạch")
    REPORT = "bc", _("Báo cáo")
    NOTICE = "tb", _("Thông báo")
    PROGRAMME = "ctr", _("Chương trình")
    RESOLUTION = "nq", _("Nghị quyết")
    PRESS = "press", _("Bài báo, tin tức")
    OTHER = "other", _("Văn bản khác")


class Visibility(models.TextChoices):
    """Who may read a document; Party documents are internal by default (domain.md §8.3)."""

    PUBLIC = "public", _("công khai")
    INTERNAL = "internal", _("nội bộ")
    RESTRICTED = "restricted", _("hạn chế")
