"""Figures that are typed, with their source, where no record can be counted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import NoteField
from damha_portal.core.models import Record
from damha_portal.progress.models.plan import Target


class ManualFigure(Record):
    """The value of a MANUAL target on a day, for one unit."""

    row_scope = RowScope(Sector.SHARED, unit_path="admin_unit")

    target = models.ForeignKey(
        Target, verbose_name=_("chỉ tiêu"), on_delete=models.PROTECT, related_name="manual_figures"
    )
    admin_unit = models.ForeignKey(
        AdminUnit, verbose_name=_("địa bàn"), on_delete=models.PROTECT, related_name="+"
    )
    as_of = models.DateField(_("tính đến ngày"))
    value = models.DecimalField(_("giá trị"), max_digits=16, decimal_places=4)
    source = NoteField(_("nguồn"))

    class Meta:
        verbose_name = _("số nhập tay")
        verbose_name_plural = _("số nhập tay")
        ordering = ["target", "admin_unit", "-as_of", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "admin_unit", "as_of"], name="progress_manual_figure_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target.code} · {self.admin_unit} · {self.as_of:%d/%m/%Y}"
