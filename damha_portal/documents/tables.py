"""Lists of documents and of evidence."""

from __future__ import annotations

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from damha_portal.core.numbers import format_integer
from damha_portal.core.tables import DayColumn, RecordLinkColumn, RecordTable
from damha_portal.documents.models import Attachment, OfficialDocument

KILOBYTE = 1024
#: Media type → what people call such a file.
TYPE_NAMES = {"pdf": "PDF", "jpeg": "JPG", "png": "PNG", "document": "Word", "sheet": "Excel"}


class OfficialDocumentTable(RecordTable):
    """Documents, newest first; undated ones last."""

    raw_ref = RecordLinkColumn(verbose_name=_("Số, ký hiệu"))
    kind = tables.Column(verbose_name=_("Loại"))
    issued_on = DayColumn(verbose_name=_("Ngày ban hành"))
    issuer_text = tables.Column(verbose_name=_("Cơ quan ban hành"))
    abstract = tables.Column(verbose_name=_("Trích yếu"), orderable=False)
    visibility = tables.Column(verbose_name=_("Phạm vi"))

    class Meta(RecordTable.Meta):
        model = OfficialDocument
        fields = ("raw_ref", "kind", "issued_on", "issuer_text", "abstract", "visibility")


class AttachmentTable(RecordTable):
    """The evidence of one record."""

    title = tables.Column(
        verbose_name=_("Tài liệu"),
        linkify=lambda record: reverse("documents:attachment", args=[record.pk]),
        orderable=False,
    )
    media_type = tables.Column(verbose_name=_("Loại tệp"), orderable=False)
    size = tables.Column(
        verbose_name=_("Dung lượng"), orderable=False, attrs={"td": {"class": "number"}}
    )
    created_at = DayColumn(verbose_name=_("Ngày đính kèm"), orderable=False)
    remove = tables.Column(
        verbose_name=_("Gỡ"),
        accessor="pk",
        linkify=lambda record: reverse("documents:attachment-remove", args=[record.pk]),
        orderable=False,
    )

    class Meta(RecordTable.Meta):
        model = Attachment
        fields = ("title", "media_type", "size", "created_at", "remove")

    def render_media_type(self, value: str) -> str:
        """What people call the type of the file."""
        return next((name for end, name in TYPE_NAMES.items() if value.endswith(end)), value)

    def render_size(self, value: int) -> str:
        """Kilobytes, rounded up: an empty file is never stored."""
        return f"{format_integer(-(-value // KILOBYTE))} KB"

    def render_remove(self, record: Attachment) -> str:
        """A verb that says what it removes."""
        return str(_("Gỡ «%(title)s»") % {"title": record.title})
