"""Bodies and offices, dated: the district level ceased on 01/07/2025."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.enums import OrganisationKind
from damha_portal.accounts.models.unit import AdminUnit
from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import FoldedTextField, NameField, SortTextField
from damha_portal.core.models import Record


class Organisation(Record):
    """A Party, State or mass body, or one of their offices."""

    row_scope = RowScope(Sector.SHARED, unit_path=None, administrators_only=True)

    name = NameField(_("tên"), max_length=200)
    short_name = NameField(_("tên ngắn"), max_length=80, blank=True, default="")
    kind = models.CharField(_("loại"), max_length=30, choices=OrganisationKind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("trực thuộc"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    admin_unit = models.ForeignKey(
        AdminUnit, verbose_name=_("địa bàn"), on_delete=models.PROTECT, related_name="organisations"
    )
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = NameField(_("nguồn"), max_length=300, blank=True, default="")
    search_text = FoldedTextField(sources=("name", "short_name"))
    sort_text = SortTextField(source="name")

    class Meta:
        verbose_name = _("cơ quan, đơn vị")
        verbose_name_plural = _("cơ quan, đơn vị")
        ordering = ["sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "admin_unit"], name="accounts_organisation_key"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="accounts_organisation_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name
