"""What is computed: measurements, marks of what changed since, leases, second-path results.

None of these is a record of the field: they have no history and are rebuilt from source rows.
"""

from __future__ import annotations

from fractions import Fraction

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import AdminUnit
from damha_portal.progress.models.plan import Plan, Target


class Measurement(models.Model):
    """One target in one unit on one day. The row of the plan's own area is the figure.

    `numerator` and `denominator` are exact; NULL means unknown. What they are depends on the
    metric's kind (`progress.metrics.Kind`).
    """

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="measurements")
    admin_unit = models.ForeignKey(AdminUnit, on_delete=models.CASCADE, related_name="+")
    as_of = models.DateField(_("tính đến ngày"))
    numerator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    detail = models.JSONField(default=dict)
    computed_at = models.DateTimeField(_("tính lúc"))
    rule_version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("số đo")
        verbose_name_plural = _("số đo")
        ordering = ["target", "admin_unit", "as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "admin_unit", "as_of"], name="progress_measurement_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_id} · {self.admin_unit_id} · {self.as_of:%d/%m/%Y}"

    @property
    def exact_numerator(self) -> Fraction | None:
        """The numerator as a fraction."""
        return None if self.numerator is None else Fraction(self.numerator)

    @property
    def exact_denominator(self) -> Fraction | None:
        """The denominator as a fraction."""
        return None if self.denominator is None else Fraction(self.denominator)


class PendingChange(models.Model):
    """A change that the figures of a plan do not include yet; insert only, deleted by the run."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="pending_changes")
    model_label = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40, blank=True, default="")
    description = models.CharField(max_length=200, blank=True, default="")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("thay đổi chưa tính")
        verbose_name_plural = _("thay đổi chưa tính")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.description or f"{self.model_label} {self.object_id}"


class RecomputeState(models.Model):
    """The lease on a plan's recompute, and when it last ran."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="recompute_state")
    lease_token = models.CharField(max_length=40, blank=True, default="")
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    computed_for = models.DateField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)
    swept_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lượt tính")
        verbose_name_plural = _("lượt tính")
        ordering = ["plan"]

    def __str__(self) -> str:
        return f"{self.plan_id}"


class Verification(models.Model):
    """One comparison of the stored figures with the second path."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="verifications")
    checked_at = models.DateTimeField()
    compared = models.PositiveIntegerField()
    differences = models.JSONField(default=list)

    class Meta:
        verbose_name = _("lần đối chiếu")
        verbose_name_plural = _("lần đối chiếu")
        ordering = ["-checked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} · {self.checked_at:%d/%m/%Y %H:%M}"

    @property
    def matches(self) -> bool:
        """Whether both paths gave the same figures."""
        return not self.differences
