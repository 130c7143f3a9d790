"""Administrative units: dated, because codes and names are used again (06895 means two places)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.enums import UnitKind
from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import FoldedTextField, NameField, SortTextField
from damha_portal.core.models import Record
from damha_portal.core.querysets import RecordQuerySet

#: District ⊃ commune; a province holds districts until 30/06/2025 and communes after.
LEVELS_BELOW = 3


class AdminUnitQuerySet(RecordQuerySet["AdminUnit"]):
    """Units by date and by place in the tree."""

    def existing(self, on: dt.date) -> Self:
        """Units that exist on the day `on`, both end days included."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)

    def under(self, *unit_ids: int) -> Self:
        """The named units, everything below them, and the units they succeeded."""
        reached = Q(pk__in=unit_ids) | Q(successors__in=unit_ids)
        for depth in range(1, LEVELS_BELOW + 1):
            reached |= Q(**{f"{'__'.join(['parent'] * depth)}__in": unit_ids})
        return self.filter(pk__in=AdminUnit._base_manager.filter(reached).values("pk"))

    def communes(self) -> Self:
        """Units of the communal level: communes, townships, wards."""
        return self.filter(kind__in=[UnitKind.COMMUNE, UnitKind.TOWNSHIP, UnitKind.WARD])


class AdminUnit(Record):
    """A unit of the State's map during its years. Key: code and first day (domain.md §4.1)."""

    row_scope = RowScope(Sector.SHARED, unit_path=None, administrators_only=True)

    code = models.CharField(_("mã"), max_length=10)
    kind = models.CharField(_("loại"), max_length=20, choices=UnitKind.choices)
    name = NameField(_("tên"), max_length=120)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("trực thuộc"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self",
        verbose_name=_("đơn vị kế thừa"),
        symmetrical=False,
        blank=True,
        related_name="predecessors",
    )
    source = NameField(_("nguồn"), max_length=300, blank=True, default="")
    search_text = FoldedTextField(sources=("name", "code"))
    sort_text = SortTextField(source="name", kind="place")

    objects: ClassVar = models.Manager.from_queryset(AdminUnitQuerySet)()

    class Meta:
        verbose_name = _("đơn vị hành chính")
        verbose_name_plural = _("đơn vị hành chính")
        ordering = ["sort_text", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="accounts_unit_key"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="accounts_unit_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def full_name(self) -> str:
        """Kind and name with a capital: "Thị trấn Đầm Hà"."""
        text = str(self)
        return text[:1].upper() + text[1:]

    def clean(self) -> None:
        """A unit cannot lie below itself."""
        ancestor = self.parent
        for _level in range(LEVELS_BELOW + 1):
            if ancestor is None:
                return
            if self.pk is not None and ancestor.pk == self.pk:
                raise ValidationError({"parent": _("Đơn vị không thể trực thuộc chính nó.")})
            ancestor = ancestor.parent
