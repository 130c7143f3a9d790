"""Support given to producers and products: what T2, T3 and T5 count."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import AdminUnit, Organisation
from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import (
    AmountField,
    DayField,
    FoldedTextField,
    NameField,
    NoteField,
)
from damha_portal.core.models import Record
from damha_portal.core.periods import Period
from damha_portal.core.querysets import RecordQuerySet
from damha_portal.progress.models import PlanTask
from ocop.enums import SupportKind
from ocop.models.producer import Producer
from ocop.models.product import Product


class SupportQuerySet(RecordQuerySet["SupportActivity"]):
    """Activities by date."""

    def held_in(self, window: Period) -> Self:
        """Activities that began inside `window`, both ends included."""
        return self.filter(held_on__range=(window.start, window.end))

    def concerning(self, units: models.QuerySet[Any] | tuple[int, ...]) -> Self:
        """Held in one of `units` (unit keys or a queryset of them), or reaching one of theirs."""
        held, producers = Q(admin_unit__in=units), Q(producers__admin_unit__in=units)
        reached = producers | Q(products__producer__admin_unit__in=units)
        return self.filter(pk__in=self.model._base_manager.filter(held | reached).values("pk"))


class SupportActivity(Record):
    """A training, consultation, grant… that really took place."""

    row_scope = RowScope(
        Sector.OCOP,
        unit_path="admin_unit",
        also_readable=("producers__admin_unit", "products__producer__admin_unit"),
    )

    title = NameField(_("nội dung"), max_length=200)
    kind = models.CharField(_("loại hỗ trợ"), max_length=20, choices=SupportKind.choices)
    held_on = DayField(_("ngày thực hiện"))
    ended_on = DayField(_("đến hết ngày"), null=True, blank=True)
    admin_unit = models.ForeignKey(
        AdminUnit,
        verbose_name=_("địa bàn tổ chức"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    organiser = models.ForeignKey(
        Organisation,
        verbose_name=_("đơn vị tổ chức"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    producers = models.ManyToManyField(
        Producer, verbose_name=_("chủ thể tham gia"), blank=True, related_name="support_activities"
    )
    products = models.ManyToManyField(
        Product,
        verbose_name=_("sản phẩm được hỗ trợ"),
        blank=True,
        related_name="support_activities",
    )
    cost = AmountField(
        _("kinh phí (triệu đồng)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    funding = NameField(_("nguồn kinh phí"), max_length=160, blank=True, default="")
    plan_task = models.ForeignKey(
        PlanTask,
        verbose_name=_("nhiệm vụ của kế hoạch"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    note = NoteField(_("kết quả, ghi chú"), blank=True, default="")
    search_text = FoldedTextField(sources=("title", "note"))

    objects: ClassVar = models.Manager.from_queryset(SupportQuerySet)()

    class Meta:
        verbose_name = _("hoạt động hỗ trợ")
        verbose_name_plural = _("hoạt động hỗ trợ")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("held_on")),
                name="ocop_support_dates_in_order",
                violation_error_message=_("Ngày kết thúc không thể trước ngày bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0),
                name="ocop_support_cost_not_negative",
                violation_error_message=_("Kinh phí không thể âm."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Only what has begun counts; plans for later belong to the plan task."""
        if self.ended_on and self.held_on and self.ended_on < self.held_on:
            raise ValidationError({"ended_on": _("Ngày kết thúc không thể trước ngày bắt đầu.")})
