"""Frozen groups and named checklists: what a target speaks of by number or by name."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import NameField, NoteField
from damha_portal.core.models import Record
from damha_portal.core.querysets import RecordQuerySet
from damha_portal.progress.models.plan import Plan, Target

ADMINISTERED = RowScope(Sector.SHARED, unit_path=None, administrators_only=True)


class Cohort(Record):
    """A group of records frozen on a day (T3: 15 products, T5: 21 establishments).

    `expected_size` is what the document says; members may still be fewer while the register is
    being completed, and pages say so.
    """

    row_scope = ADMINISTERED

    plan = models.ForeignKey(
        Plan, verbose_name=_("kế hoạch"), on_delete=models.PROTECT, related_name="cohorts"
    )
    key = models.SlugField(_("khóa"), max_length=40)
    name = NameField(_("tên"), max_length=160)
    frozen_on = models.DateField(_("chốt ngày"))
    expected_size = models.PositiveIntegerField(_("số lượng theo văn bản"))
    note = NoteField(_("ghi chú"), blank=True, default="")

    class Meta:
        verbose_name = _("nhóm cố định")
        verbose_name_plural = _("nhóm cố định")
        ordering = ["plan", "key", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="progress_cohort_key")]

    def __str__(self) -> str:
        return self.name


def cohort_member_ids(cohort_id: int | None, model: Any) -> models.QuerySet[Any]:  # noqa: ANN401
    """Primary keys of a cohort's members that are rows of `model`; empty without a cohort."""
    label = model._meta
    members: models.QuerySet[Any] = CohortMember.objects.all()
    if cohort_id is None:
        return members.none().values("object_id")
    return (
        members.filter(
            cohort_id=cohort_id,
            content_type__app_label=label.app_label,
            content_type__model=label.model_name,
        )
        .order_by()
        .values("object_id")
    )


class GenericLinkQuerySet(RecordQuerySet[Any]):
    """Rows that point to a record of any model."""

    def of(self, record: models.Model) -> Self:
        """The rows that point to `record`."""
        kind = ContentType.objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=record.pk)


class CohortMember(Record):
    """One record of a frozen group."""

    row_scope = ADMINISTERED

    cohort = models.ForeignKey(
        Cohort, verbose_name=_("nhóm"), on_delete=models.CASCADE, related_name="members"
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField(_("bản ghi"))
    record = GenericForeignKey("content_type", "object_id")

    objects: ClassVar = models.Manager.from_queryset(GenericLinkQuerySet)()

    class Meta:
        verbose_name = _("thành viên nhóm")
        verbose_name_plural = _("thành viên nhóm")
        ordering = ["cohort", "content_type", "object_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "content_type", "object_id"], name="progress_cohort_member_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cohort} · {self.record or self.object_id}"


class ChecklistItem(Record):
    """A name the target's wording mentions, and the record a person linked it to (T1)."""

    row_scope = ADMINISTERED

    target = models.ForeignKey(
        Target, verbose_name=_("chỉ tiêu"), on_delete=models.PROTECT, related_name="checklist"
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    name = NameField(_("tên trong văn bản"), max_length=160)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True)
    object_id = models.PositiveBigIntegerField(_("bản ghi"), null=True, blank=True)
    record = GenericForeignKey("content_type", "object_id")

    objects: ClassVar = models.Manager.from_queryset(GenericLinkQuerySet)()

    class Meta:
        verbose_name = _("mục nêu tên")
        verbose_name_plural = _("mục nêu tên")
        ordering = ["target", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["target", "name"], name="progress_checklist_key")
        ]

    def __str__(self) -> str:
        return self.name
