"""Tourist sites: listed by the district is not the same as recognised (domain.md §4.4)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import (
    DayField,
    FoldedTextField,
    NameField,
    NoteField,
    SortTextField,
)
from damha_portal.core.models import Record
from damha_portal.core.querysets import RecordQuerySet
from tourism.enums import HeritageLevel, SiteKind


class SiteQuerySet(RecordQuerySet["TouristSite"]):
    """Sites by what has been decided about them."""

    def recognised(self) -> Self:
        """Sites with a decision of recognition under the Law on Tourism; a list is none."""
        return self.exclude(recognition_ref="")

    def not_recognised(self) -> Self:
        """Sites without such a decision, listed by the district or not."""
        return self.filter(recognition_ref="")


class TouristSite(Record):
    """A place people visit; recognition by decision is a fact of its own."""

    row_scope = RowScope(Sector.TOURISM, unit_path="admin_unit")

    name = NameField(_("tên điểm"), max_length=200)
    alias = NameField(_("tên khác"), max_length=200, blank=True, default="")
    kind = models.CharField(_("loại"), max_length=12, choices=SiteKind.choices)
    admin_unit = models.ForeignKey(
        AdminUnit, verbose_name=_("xã, thị trấn"), on_delete=models.PROTECT, related_name="+"
    )
    is_listed_by_district = models.BooleanField(
        _("huyện đưa vào danh mục"),
        null=True,
        blank=True,
        help_text=_("Danh mục của huyện, khác với công nhận điểm du lịch theo Luật Du lịch 2017."),
    )
    heritage_level = models.CharField(
        _("di tích"), max_length=12, choices=HeritageLevel.choices, blank=True, default=""
    )
    heritage_ref = NameField(_("quyết định di tích"), max_length=160, blank=True, default="")
    recognition_ref = NameField(
        _("quyết định công nhận điểm du lịch"), max_length=160, blank=True, default=""
    )
    recognised_on = DayField(_("ngày công nhận"), null=True, blank=True)
    latitude = models.DecimalField(
        _("vĩ độ"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("kinh độ"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    description = NoteField(_("mô tả"), blank=True, default="")
    source = NameField(_("nguồn"), max_length=300, blank=True, default="")
    search_text = FoldedTextField(sources=("name", "alias", "description"))
    sort_text = SortTextField(source="name")

    objects: ClassVar = models.Manager.from_queryset(SiteQuerySet)()

    class Meta:
        verbose_name = _("điểm du lịch")
        verbose_name_plural = _("điểm du lịch")
        ordering = ["sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "admin_unit"],
                name="tourism_site_key",
                violation_error_message=_("Đã có điểm du lịch cùng tên ở xã, thị trấn này."),
            ),
            models.CheckConstraint(
                condition=Q(recognised_on__isnull=True) | ~Q(recognition_ref=""),
                name="tourism_site_recognition_has_decision",
                violation_error_message=_("Ghi số quyết định công nhận điểm du lịch."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_recognised(self) -> bool:
        """Whether a decision recognises the site; being on the district's list is not that."""
        return self.recognition_ref != ""

    def search_note(self) -> str:
        """What a search result shows beside the name."""
        return f"{self.get_kind_display()} · {self.admin_unit.full_name}"
