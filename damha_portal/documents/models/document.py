"""An official document: its number as printed, its date as far as it is known."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import Organisation
from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import DayField, FoldedTextField, NameField, NoteField
from damha_portal.core.models import Record
from damha_portal.documents.enums import DocumentKind, Visibility


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

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        ordering = [models.F("issued_on").desc(nulls_last=True), "raw_ref", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["raw_ref", "issued_on"], name="documents_document_key")
        ]

    def __str__(self) -> str:
        return self.raw_ref
