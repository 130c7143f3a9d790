"""Participation in the OCOP cycle: one row a product and year, its states as dated changes."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import DayField, NoteField
from damha_portal.core.models import Record
from damha_portal.core.querysets import RecordQuerySet
from ocop.enums import CycleStep, ParticipationState
from ocop.models.product import Product


class ParticipationQuerySet(RecordQuerySet["CycleParticipation"]):
    """Participations with the state they had on a day."""

    def with_state(self, on: dt.date) -> Self:
        """Annotate `state` and `state_since`: the last change up to and including `on`."""
        last = CycleStepChange.objects.filter(
            participation=OuterRef("pk"), happened_on__lte=on
        ).order_by("-happened_on", "-pk")
        return self.annotate(
            state=Subquery(last.values("to_state")[:1]),
            state_since=Subquery(last.values("happened_on")[:1]),
        )


class CycleParticipation(Record):
    """A product going through the cycle of one year; it may enter at step 2 or step 5."""

    row_scope = RowScope(Sector.OCOP, unit_path="product__producer__admin_unit")
    search_paths = ("product__search_text", "product__producer__search_text")

    product = models.ForeignKey(
        Product, verbose_name=_("sản phẩm"), on_delete=models.PROTECT, related_name="participations"
    )
    year = models.PositiveSmallIntegerField(_("năm chu trình"))
    entry_step = models.CharField(
        _("vào chu trình ở bước"),
        max_length=20,
        choices=[
            (CycleStep.IDEA_REGISTRATION.value, CycleStep.IDEA_REGISTRATION.label),
            (CycleStep.EVALUATION.value, CycleStep.EVALUATION.label),
        ],
        default=CycleStep.IDEA_REGISTRATION,
    )
    note = NoteField(_("ghi chú"), blank=True, default="")

    objects: ClassVar = models.Manager.from_queryset(ParticipationQuerySet)()

    class Meta:
        verbose_name = _("lượt tham gia chu trình")
        verbose_name_plural = _("chu trình OCOP")
        ordering = ["-year", "product__sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "year"],
                name="ocop_participation_key",
                violation_error_message=_("Sản phẩm đã có lượt tham gia của năm này."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2013, 2100)),  # Quảng Ninh began the programme in 2013
                name="ocop_participation_year",
                violation_error_message=_("Năm chu trình phải từ 2013 đến 2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.year}"

    def state_on(self, on: dt.date) -> ParticipationState | None:
        """The state on the day `on`, None before the first change."""
        last = self.step_changes.filter(happened_on__lte=on).order_by("-happened_on", "-pk").first()
        return ParticipationState(last.to_state) if last else None


class CycleStepChange(Record):
    """One transition: into which state, on which day, by whom, and why where it was returned."""

    row_scope = RowScope(Sector.OCOP, unit_path="participation__product__producer__admin_unit")

    participation = models.ForeignKey(
        CycleParticipation,
        verbose_name=_("lượt tham gia"),
        on_delete=models.CASCADE,
        related_name="step_changes",
    )
    to_state = models.CharField(_("chuyển sang"), max_length=20, choices=ParticipationState.choices)
    happened_on = DayField(_("ngày"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người ghi"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = NoteField(_("lý do, ghi chú"), blank=True, default="")

    class Meta:
        verbose_name = _("bước chuyển trạng thái")
        verbose_name_plural = _("bước chuyển trạng thái")
        ordering = ["participation", "happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_to_state_display()} · {self.happened_on:%d/%m/%Y}"
