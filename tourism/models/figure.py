"""The official monthly visitor figure: the only one T10 and T11 read (domain.md §5.1)."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import AmountField, MonthDayField, NoteField, WholeNumberField
from damha_portal.core.models import Record
from damha_portal.core.periods import Period
from damha_portal.core.querysets import RecordQuerySet
from tourism.enums import FigureStage, FigureStatus

#: The four kinds of arrival; their sum is the figure, never typed (domain.md §5.2).
ARRIVAL_FIELDS = (
    "international_overnight",
    "international_same_day",
    "domestic_overnight",
    "domestic_same_day",
)


class FigureQuerySet(RecordQuerySet["MonthlyFigure"]):
    """Figures by what they are worth."""

    def official(self) -> Self:
        """Approved figures; of a month's two stages the actual one, once it is approved."""
        actual = MonthlyFigure.objects.filter(
            admin_unit=OuterRef("admin_unit"),
            month=OuterRef("month"),
            stage=FigureStage.ACTUAL,
            status=FigureStatus.APPROVED,
        )
        return self.filter(status=FigureStatus.APPROVED).exclude(
            Q(stage=FigureStage.ESTIMATE) & Exists(actual)
        )

    def months_in(self, window: Period) -> Self:
        """Figures of the months that end inside `window`; a month still running is not due."""
        months = [month for month in window.months() if Period.of_month(month).end <= window.end]
        return self.filter(month__in=months)

    def with_arrivals(self) -> Self:
        """Annotate `arrivals`: the sum of the four kinds, NULL while one of them is unknown."""
        total: Any = F(ARRIVAL_FIELDS[0])
        for name in ARRIVAL_FIELDS[1:]:
            total = total + F(name)
        return self.annotate(arrivals=total)

    def with_parts(self) -> Self:
        """Annotate `international_arrivals` and `domestic_arrivals`, NULL where one is unknown."""
        return self.annotate(
            international_arrivals=F("international_overnight") + F("international_same_day"),
            domestic_arrivals=F("domestic_overnight") + F("domestic_same_day"),
        )


class MonthlyFigure(Record):
    """Visitor arrivals (lượt khách) of one month in one area, as the responsible office says.

    NULL: nobody said; 0: somebody said none. A district's figure is its own row and is never the
    sum of its communes or sites, which would count one visitor several times.
    """

    row_scope = RowScope(Sector.TOURISM, unit_path="admin_unit")
    search_paths = ("admin_unit__search_text",)

    admin_unit = models.ForeignKey(
        AdminUnit, verbose_name=_("địa bàn"), on_delete=models.PROTECT, related_name="+"
    )
    month = MonthDayField(_("tháng"))
    stage = models.CharField(_("loại số liệu"), max_length=10, choices=FigureStage.choices)
    international_overnight = WholeNumberField(_("khách quốc tế lưu trú"), null=True, blank=True)
    international_same_day = WholeNumberField(_("khách quốc tế trong ngày"), null=True, blank=True)
    domestic_overnight = WholeNumberField(_("khách nội địa lưu trú"), null=True, blank=True)
    domestic_same_day = WholeNumberField(_("khách nội địa trong ngày"), null=True, blank=True)
    guest_nights = WholeNumberField(_("ngày khách"), null=True, blank=True)
    turnover = AmountField(
        _("doanh thu (triệu đồng)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    method = NoteField(
        _("cách tổng hợp"),
        blank=True,
        default="",
        help_text=_("Nguồn và cách đếm, ví dụ: vé, sổ lưu trú, ước theo diện tích."),
    )
    status = models.CharField(
        _("trạng thái"),
        max_length=10,
        choices=FigureStatus.choices,
        default=FigureStatus.DRAFT,
        editable=False,
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người duyệt"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True, editable=False)
    return_reason = NoteField(_("lý do trả lại"), blank=True, default="", editable=False)

    objects: ClassVar = models.Manager.from_queryset(FigureQuerySet)()

    class Meta:
        verbose_name = _("số liệu khách tháng")
        verbose_name_plural = _("lượt khách hằng tháng")
        ordering = ["-month", "admin_unit__sort_text", "stage", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["admin_unit", "month", "stage"],
                name="tourism_figure_key",
                violation_error_message=_(
                    "Tháng này đã có số liệu cùng loại của địa bàn; hãy sửa bản ghi đó."
                ),
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="tourism_figure_first_of_month"),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}),
                    name=f"tourism_{name}_not_negative",
                    violation_error_message=_("Số lượt khách không thể âm."),
                )
                for name in (*ARRIVAL_FIELDS, "guest_nights")
            ],
            models.CheckConstraint(
                condition=~Q(status=FigureStatus.APPROVED)
                | Q(**{f"{name}__isnull": False for name in ARRIVAL_FIELDS}),
                name="tourism_approved_figure_is_complete",
                violation_error_message=_("Số liệu chưa đủ bốn loại khách, chưa duyệt được."),
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.admin_unit.full_name} · tháng {self.month:%m/%Y} · {self.get_stage_display()}"
        )

    @property
    def total_arrivals(self) -> int | None:
        """The sum of the four kinds, None while one of them is unknown."""
        parts = [getattr(self, name) for name in ARRIVAL_FIELDS]
        return None if None in parts else sum(parts)

    def clean(self) -> None:
        """A month is written as its first day."""
        if isinstance(self.month, dt.date) and self.month.day != 1:
            raise ValidationError({"month": _("Tháng được ghi bằng ngày đầu tháng.")})
