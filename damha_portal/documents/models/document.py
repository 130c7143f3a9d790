"""An official document: its number as printed, its date as far as it is known."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import Organisation
from damha_portal.core.access import Access, Right, RowScope, Sector, access_of
from damha_portal.core.modelfields import DayField, FoldedTextField, NameField, NoteField
from damha_portal.core.models import Record
from damha_portal.core.querysets import RecordQuerySet
from damha_portal.documents.enums import DocumentKind, Visibility


def reads_restricted(access: Access) -> bool:
    """Restricted documents are for the offices, leaders and administrators (domain.md §8.4)."""
    return access.holds(Right.FOLLOW_UP) or access.readable_units() is None


def keeps_documents(access: Access) -> bool:
    """The offices that follow up keep documents, as do the district's officers."""
    return access.holds(Right.FOLLOW_UP) or access.edits_reference(Sector.SHARED)


class OfficialDocumentQuerySet(RecordQuerySet["OfficialDocument"]):
    """Documents by who may read them."""

    def visible_to(self, user: Any) -> Self:  # noqa: ANN401  (User or AnonymousUser)
        """Every document for members; restricted ones only for those who may read them."""
        rows = super().visible_to(user)
        access = access_of(user)
        if access is None or reads_restricted(access):
            return rows
        return rows.exclude(visibility=Visibility.RESTRICTED)

    def editable_by(self, user: Any) -> Self:  # noqa: ANN401  (User or AnonymousUser)
        """Who keeps documents may change those they may read."""
        access = access_of(user)
        if access is None or not keeps_documents(access):
            return self.none()
        return self.visible_to(user)


class OfficialDocument(Record):
    """A decision, plan, notice… `raw_ref` is the reference as written in the source.

    `issued_on` is NULL while uncertain; then `date_raw` keeps the printed date and
    `date_suggested` a reading that nobody has confirmed (domain.md §1.3, Q9).
    """

    row_scope = RowScope(
        Sector.SHARED, unit_path=None, public=models.Q(visibility=Visibility.PUBLIC)
    )

    kind = models.CharField(_("loại văn bản"), max_length=10, choices=DocumentKind.choices)
    number = models.CharField(_("số"), max_length=20, blank=True, default="")
    symbol = models.CharField(_("ký hiệu"), max_length=60, blank=True, default="")
    raw_ref = NameField(_("số, ký hiệu như in"), max_length=160)
    issued_on = DayField(_("ngày ban hành"), null=True, blank=True)
    date_raw = NameField(_("ngày như in"), max_length=60, blank=True, default="")
    date_suggested = DayField(_("ngày gợi ý"), null=True, blank=True)
    issuer = models.ForeignKey(
        Organisation,
        verbose_name=_("cơ quan ban hành"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_documents",
    )
    issuer_text = NameField(_("cơ quan ban hành (ghi)"), max_length=200, blank=True, default="")
    abstract = NoteField(_("trích yếu"))
    visibility = models.CharField(
        _("phạm vi"), max_length=12, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    source = NameField(_("nguồn"), max_length=300, blank=True, default="")
    search_text = FoldedTextField(sources=("raw_ref", "abstract"))

    objects: ClassVar = models.Manager.from_queryset(OfficialDocumentQuerySet)()

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        ordering = [models.F("issued_on").desc(nulls_last=True), "raw_ref", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["raw_ref", "issued_on"], name="documents_document_key")
        ]

    def __str__(self) -> str:
        return self.raw_ref

    def search_note(self) -> str:
        """What a search result shows beside the reference."""
        return f"{self.get_kind_display()} · {self.abstract[:120]}"
