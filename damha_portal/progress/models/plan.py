"""A plan, its targets and its tasks: rows, so that next year's plan needs no programmer."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import AdminUnit, Organisation
from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import FoldedTextField, NameField, NoteField
from damha_portal.core.models import Record
from damha_portal.core.periods import Period
from damha_portal.core.querysets import RecordQuerySet
from damha_portal.documents.models import OfficialDocument
from damha_portal.progress.enums import (
    BaselineState,
    Comparator,
    LeadSource,
    PaceMethod,
    PlanStatus,
)

ADMINISTERED = RowScope(Sector.SHARED, unit_path=None, administrators_only=True)


class PlanQuerySet(RecordQuerySet["Plan"]):
    """Plans by state."""

    def active(self) -> Self:
        """Plans that are followed: their figures are recomputed."""
        return self.filter(status=PlanStatus.ACTIVE)

    def current(self) -> Plan | None:
        """The newest active plan with its area, None where there is none."""
        return self.active().select_related("area").order_by("-period_start", "-pk").first()


class Plan(Record):
    """A plan of one area for one period."""

    row_scope = ADMINISTERED

    title = NameField(_("tên kế hoạch"), max_length=300)
    short_title = NameField(_("tên ngắn"), max_length=80)
    area = models.ForeignKey(
        AdminUnit, verbose_name=_("địa bàn"), on_delete=models.PROTECT, related_name="plans"
    )
    period_start = models.DateField(_("từ ngày"))
    period_end = models.DateField(_("đến hết ngày"))
    document = models.ForeignKey(
        OfficialDocument,
        verbose_name=_("văn bản"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
    )
    status = models.CharField(
        _("trạng thái"), max_length=10, choices=PlanStatus.choices, default=PlanStatus.DRAFT
    )
    source = NoteField(_("nguồn"), blank=True, default="")

    objects: ClassVar = models.Manager.from_queryset(PlanQuerySet)()

    class Meta:
        verbose_name = _("kế hoạch")
        verbose_name_plural = _("kế hoạch")
        ordering = ["-period_start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "title"], name="progress_plan_key"),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="progress_plan_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.short_title

    @property
    def period(self) -> Period:
        """The plan's days, both ends included."""
        return Period(self.period_start, self.period_end)

    def as_of_dates(self, today: dt.date) -> list[dt.date]:
        """The days that have measurements: each month end up to `today`, and `today` itself."""
        if today < self.period_start:
            return []
        return sorted({*self.period.month_ends(today), today})


class Target(Record):
    """One target of a plan, in its own words and as the portal reads it."""

    row_scope = ADMINISTERED

    plan = models.ForeignKey(
        Plan, verbose_name=_("kế hoạch"), on_delete=models.PROTECT, related_name="targets"
    )
    code = models.CharField(_("mã"), max_length=10)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    title = NameField(_("tên ngắn"), max_length=160)
    wording = NoteField(_("nguyên văn"))
    strength_word = NameField(_("từ chỉ mức độ"), max_length=60, blank=True, default="")
    reading = NoteField(_("cách hiểu"), blank=True, default="")
    metric_key = models.CharField(_("chỉ số"), max_length=80)
    parameters = models.JSONField(_("tham số"), default=dict, blank=True)
    comparator = models.CharField(_("so sánh"), max_length=4, choices=Comparator.choices)
    value = models.DecimalField(_("mức phải đạt"), max_digits=16, decimal_places=4)
    unit = NameField(_("đơn vị tính"), max_length=40)
    is_aspirational = models.BooleanField(_("phấn đấu"), default=False)
    baseline_value = models.DecimalField(
        _("gốc so sánh"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    baseline_state = models.CharField(
        _("nguồn của gốc"),
        max_length=10,
        choices=BaselineState.choices,
        default=BaselineState.MISSING,
    )
    baseline_note = NoteField(_("ghi chú về gốc"), blank=True, default="")
    pace_method = models.CharField(
        _("cách tính tiến độ"),
        max_length=12,
        choices=PaceMethod.choices,
        default=PaceMethod.END_ONLY,
    )
    milestones = models.JSONField(_("mốc"), default=list, blank=True)
    at_risk_share = models.DecimalField(
        _("ngưỡng «có nguy cơ»"),
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.900"),
        help_text=_("Phần của mức cần đến hôm nay; dưới ngưỡng này là «chậm»."),
    )
    lead = models.ForeignKey(
        Organisation,
        verbose_name=_("đơn vị chủ trì"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_targets",
    )
    lead_source = models.CharField(
        _("nguồn của chủ trì"),
        max_length=10,
        choices=LeadSource.choices,
        default=LeadSource.INFERRED,
    )
    coordinators = models.ManyToManyField(
        Organisation,
        verbose_name=_("đơn vị phối hợp"),
        blank=True,
        related_name="coordinated_targets",
    )
    cohort = models.ForeignKey(
        "progress.Cohort",
        verbose_name=_("nhóm cố định"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
    )
    search_text = FoldedTextField(sources=("code", "title", "wording"))

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="progress_target_key"),
            models.CheckConstraint(
                condition=Q(at_risk_share__gt=0, at_risk_share__lte=1),
                name="progress_at_risk_share_between_0_and_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"

    @property
    def exact_value(self) -> Fraction:
        """The value to reach as typed, in the target's unit."""
        return Fraction(self.value)

    def clean(self) -> None:
        """Milestones are dated values in order, inside the plan's period."""
        try:
            parsed = parse_milestones(self.milestones)
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise ValidationError(
                {"milestones": _('Mốc viết như sau: [{"on": "2023-06-30", "value": "1"}].')}
            ) from error
        if [day for day, _value in parsed] != sorted({day for day, _value in parsed}):
            raise ValidationError({"milestones": _("Các mốc phải theo thứ tự ngày tăng dần.")})


def parse_milestones(raw: Any) -> list[tuple[dt.date, Fraction]]:  # noqa: ANN401  (JSON)
    """Stored milestones as (last day, value) pairs; raises ValueError/KeyError on other shapes."""
    return [(dt.date.fromisoformat(row["on"]), Fraction(str(row["value"]))) for row in raw]


class PlanTask(Record):
    """A task of the plan without a number (P1–P8 of the 2023 plan)."""

    row_scope = ADMINISTERED

    plan = models.ForeignKey(
        Plan, verbose_name=_("kế hoạch"), on_delete=models.PROTECT, related_name="tasks"
    )
    code = models.CharField(_("mã"), max_length=10)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    wording = NoteField(_("nội dung"))
    lead = models.ForeignKey(
        Organisation,
        verbose_name=_("đơn vị chủ trì"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_tasks",
    )
    lead_source = models.CharField(
        _("nguồn của chủ trì"),
        max_length=10,
        choices=LeadSource.choices,
        default=LeadSource.INFERRED,
    )

    class Meta:
        verbose_name = _("nhiệm vụ của kế hoạch")
        verbose_name_plural = _("nhiệm vụ của kế hoạch")
        ordering = ["plan", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="progress_task_key")]

    def __str__(self) -> str:
        return f"{self.code} · {self.wording}"
