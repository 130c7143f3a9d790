"""Pages of documents; upload, download and removal of evidence."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from damha_portal.core.access import Right, access_of, missing_right
from damha_portal.core.errors import DomainError
from damha_portal.core.forms import ReasonForm
from damha_portal.core.pages import (
    Crumb,
    RecordPages,
    link_for,
    register_pages,
    registered_pages,
)
from damha_portal.core.querysets import RecordQuerySet
from damha_portal.core.views import PortalView, add_domain_error, see_other
from damha_portal.documents.filters import OfficialDocumentFilter
from damha_portal.documents.forms import AttachmentForm, OfficialDocumentForm
from damha_portal.documents.models import Attachment, OfficialDocument
from damha_portal.documents.models.document import keeps_documents
from damha_portal.documents.selectors import document_info
from damha_portal.documents.services import attachment_add, attachment_remove
from damha_portal.documents.tables import OfficialDocumentTable

#: Shown in the browser; everything else is offered as a download.
INLINE_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png"})
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'"
# Chrome and Safari refuse to open their PDF viewer under `sandbox`, and the viewer is an embedded
# object with styles of its own. The type was checked by content and may not be sniffed.
PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


@register_pages
class OfficialDocumentPages(RecordPages):
    """Official documents."""

    model = OfficialDocument
    path, name = "", "document"
    table, filterset, form = OfficialDocumentTable, OfficialDocumentFilter, OfficialDocumentForm
    list_related = ("issuer",)
    facts = (
        "kind",
        "raw_ref",
        "number",
        "symbol",
        "issued_on",
        "date_raw",
        "issuer",
        "issuer_text",
        "abstract",
        "source",
    )
    details = staticmethod(document_info)
    empty_text = _("Chưa có văn bản nào trong phạm vi của bạn.")

    @classmethod
    def can_create(cls, user: Any) -> bool:  # noqa: ANN401  (User)
        """The offices keep documents, as do the district's officers and administrators."""
        access = access_of(user)
        return access is not None and keeps_documents(access)


def _record_of(label: str, pk: int, user: Any) -> Any:  # noqa: ANN401
    """The record of a page that evidence may be attached to, 404 outside the person's scope."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    rows = model._default_manager.all()
    if model._meta.label not in registered_pages() or not isinstance(rows, RecordQuerySet):
        raise Http404
    record = rows.visible_to(user).filter(pk=pk).first()
    if record is None:
        raise Http404
    return record


def _owner(attachment: Attachment) -> Any:  # noqa: ANN401
    """The record of evidence in scope; the scope proves that it exists."""
    return attachment.record


class AttachmentAdd(PortalView):
    """The upload form, reached from a record's page."""

    def get(self, request: HttpRequest, label: str, pk: int) -> HttpResponse:
        """The empty form."""
        return self.page(request, self.record(label, pk), AttachmentForm())

    def post(self, request: HttpRequest, label: str, pk: int) -> HttpResponse:
        """Attach the file, or say what is wrong with it."""
        record = self.record(label, pk)
        form = AttachmentForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(request, record, form, status=422)
        data = form.cleaned_data
        try:
            attachment = attachment_add(
                actor=request.user, record=record, upload=data["file"], title=data["title"]
            )
        except DomainError as error:
            add_domain_error(form, error)
            return self.page(request, record, form, status=422)
        messages.success(request, _("Đã đính kèm «%(title)s».") % {"title": attachment.title})
        return see_other(link_for(record))

    def record(self, label: str, pk: int) -> Any:  # noqa: ANN401
        """The record in scope, with the right to change it."""
        record = _record_of(label, pk, self.request.user)
        rows: Any = type(record)._default_manager
        if not rows.editable_by(self.request.user).filter(pk=record.pk).exists():
            raise PermissionDenied(missing_right(Right.EDIT, record.row_scope.sector))
        return record

    def page(
        self,
        request: HttpRequest,
        record: Any,  # noqa: ANN401  (any record)
        form: BaseForm,
        status: int = 200,
    ) -> HttpResponse:
        """The form page."""
        title = _("Thêm minh chứng")
        return render(
            request,
            "documents/attachment_form.html",
            {
                "form": form,
                "title": title,
                "record": record,
                "submit_text": _("Đính kèm"),
                "cancel_url": link_for(record),
                "conflict": None,
                "breadcrumbs": [Crumb(str(record), link_for(record)), Crumb(title)],
            },
            status=status,
        )


class AttachmentDownload(PortalView):
    """One file, for who may read its record."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """The bytes as the type their content says, never as something a browser would run."""
        attachment = Attachment.objects.visible_to(request.user).filter(pk=pk).first()
        if attachment is None:
            raise Http404
        kind = attachment.media_type
        try:
            content = attachment.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(
            content,
            as_attachment=kind not in INLINE_TYPES,
            filename=attachment.original_name,
            content_type=kind,
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = (
            PDF_POLICY if kind == "application/pdf" else FILE_POLICY
        )
        response["Cache-Control"] = "private, no-store"
        return response


class AttachmentRemove(PortalView):
    """Take evidence off a record, with a reason."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The question."""
        return self.page(request, self.attachment(pk), ReasonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove it."""
        attachment = self.attachment(pk)
        back, title = link_for(_owner(attachment)), attachment.title
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.page(request, attachment, form, status=422)
        reason = form.cleaned_data["reason"]
        try:
            attachment_remove(actor=request.user, attachment=attachment, reason=reason)
        except DomainError as error:
            add_domain_error(form, error)
            return self.page(request, attachment, form, status=422)
        messages.success(request, _("Đã gỡ «%(title)s».") % {"title": title})
        return see_other(back)

    def attachment(self, pk: int) -> Attachment:
        """The file in scope, with the right to change its record."""
        found = Attachment.objects.visible_to(self.request.user).filter(pk=pk).first()
        if found is None:
            raise Http404
        if not Attachment.objects.editable_by(self.request.user).filter(pk=pk).exists():
            raise PermissionDenied(missing_right(Right.EDIT, _owner(found).row_scope.sector))
        return found

    def page(
        self, request: HttpRequest, attachment: Attachment, form: BaseForm, status: int = 200
    ) -> HttpResponse:
        """The form page."""
        title = _("Gỡ minh chứng «%(title)s»") % {"title": attachment.title}
        record = _owner(attachment)
        url = link_for(record)
        return render(
            request,
            "documents/attachment_form.html",
            {
                "form": form,
                "title": title,
                "record": record,
                "submit_text": _("Gỡ minh chứng"),
                "cancel_url": url,
                "conflict": None,
                "breadcrumbs": [Crumb(str(record), url), Crumb(title)],
            },
            status=status,
        )
