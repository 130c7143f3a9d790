"""Evidence attached to any record; private, served only to who may read the record."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import RowScope, Sector
from damha_portal.core.files import random_name
from damha_portal.core.modelfields import NameField
from damha_portal.core.models import Record
from damha_portal.core.querysets import RecordQuerySet


class AttachmentQuerySet(RecordQuerySet["Attachment"]):
    """Evidence follows its record: who may read or change the record, and nobody else."""

    def of(self, record: models.Model) -> Self:
        """The evidence of one record."""
        kind = ContentType.objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=record.pk)

    def visible_to(self, user: Any) -> Self:  # noqa: ANN401  (User or AnonymousUser)
        """Evidence of the records `user` may read; asks once which kinds of record have any."""
        return self._following("visible_to", user)

    def editable_by(self, user: Any) -> Self:  # noqa: ANN401  (User or AnonymousUser)
        """Evidence of the records `user` may change."""
        return self._following("editable_by", user)

    def _following(self, scope: str, user: Any) -> Self:  # noqa: ANN401
        condition = models.Q(pk__in=())
        kinds = self.order_by().values_list("content_type", flat=True).distinct()
        for key in sorted(kinds):
            kind = ContentType.objects.get_for_id(key)
            model = kind.model_class()
            rows = None if model is None else model._default_manager.all()
            if isinstance(rows, RecordQuerySet):
                allowed = getattr(rows, scope)(user).order_by().values("pk")
                condition |= models.Q(content_type=kind, object_id__in=allowed)
        return self.filter(condition)


class Attachment(Record):
    """One file of a record. Its type is what its content says, never what its name says."""

    row_scope = RowScope(Sector.SHARED, unit_path=None)

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    title = NameField(_("tên tài liệu"), max_length=200)
    file = models.FileField(_("tệp"), upload_to=random_name, max_length=200)
    original_name = NameField(_("tên tệp gốc"), max_length=200)
    media_type = models.CharField(_("loại tệp"), max_length=100, editable=False)
    size = models.PositiveIntegerField(_("dung lượng"), editable=False)
    sha256 = models.CharField(_("mã băm"), max_length=64, editable=False)

    objects: ClassVar = models.Manager.from_queryset(AttachmentQuerySet)()

    class Meta:
        verbose_name = _("minh chứng")
        verbose_name_plural = _("minh chứng")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="documents_attachment_of")
        ]

    def __str__(self) -> str:
        return self.title
