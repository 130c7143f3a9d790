"""What pages show of documents and evidence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from damha_portal.core.dates import format_date
from damha_portal.core.pages import Badge, Fact, PageInfo, Section
from damha_portal.documents.enums import Visibility
from damha_portal.documents.models import Attachment, OfficialDocument
from damha_portal.documents.tables import AttachmentTable

TONES = {Visibility.PUBLIC: "green", Visibility.INTERNAL: "grey", Visibility.RESTRICTED: "amber"}


def document_info(document: OfficialDocument, _user: Any, _today: dt.date) -> PageInfo:  # noqa: ANN401
    """The reach of a document, and a suggested date as what it is."""
    label = _("Phạm vi: %(reach)s") % {"reach": document.get_visibility_display()}
    facts = []
    if document.issued_on is None and document.date_suggested is not None:
        suggestion = _("%(day)s — gợi ý, chưa được xác nhận") % {
            "day": format_date(document.date_suggested)
        }
        facts.append(Fact(_("Ngày ban hành có thể là"), suggestion))
    return PageInfo(badges=[Badge(TONES[Visibility(document.visibility)], label)], facts=facts)


def attachments_section(record: models.Model, user: Any) -> Section:  # noqa: ANN401
    """The evidence of `record`, for someone who may already read the record itself."""
    may_edit = getattr(record, "may_edit", None)
    if may_edit is None:
        rows: Any = type(record)._default_manager
        may_edit = rows.editable_by(user).filter(pk=record.pk).exists()
    found = list(Attachment.objects.of(record))
    hidden = () if may_edit else ("remove",)
    table = AttachmentTable(found, exclude=hidden) if found else None
    return Section(
        title=_("Minh chứng"),
        table=table,
        text="" if found else _("Chưa có tệp minh chứng nào."),
        action_url=attach_url(record) if may_edit else "",
        action_text=_("Thêm minh chứng") if may_edit else "",
    )


def attach_url(record: models.Model) -> str:
    """The address of the upload form of `record`."""
    return reverse("documents:attachment-add", args=[record._meta.label_lower, record.pk])


def evidence(record: models.Model, user: Any, _today: dt.date) -> PageInfo:  # noqa: ANN401
    """The evidence section for every record's detail page."""
    return PageInfo(sections=[attachments_section(record, user)])
