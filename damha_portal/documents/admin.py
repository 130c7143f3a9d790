"""Documents and evidence in Django admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from damha_portal.core.admin import ScopedAdmin
from damha_portal.documents.models import Attachment, OfficialDocument
from damha_portal.documents.services import attachment_remove


@admin.register(OfficialDocument)
class OfficialDocumentAdmin(ScopedAdmin):
    """Official documents."""

    list_display = ("raw_ref", "kind", "issued_on", "issuer_text", "visibility")
    list_filter = ("kind", "visibility")
    list_select_related = ("issuer",)


@admin.register(Attachment)
class AttachmentAdmin(ScopedAdmin):
    """Evidence: its title may be corrected; files are attached on the record's own page."""

    list_display = ("title", "content_type", "object_id", "media_type", "created_at")
    list_filter = ("content_type", "media_type")
    list_select_related = ("content_type",)
    search_fields = ("title", "original_name")
    fields = ("title", "content_type", "object_id", "original_name", "media_type", "size", "sha256")
    readonly_fields = ("content_type", "object_id", "original_name", "media_type", "size", "sha256")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Files are judged by the upload page only."""
        return False

    def delete_model(self, request: HttpRequest, obj: Any) -> None:  # noqa: ANN401
        """Through the service, which forgets the file as well."""
        attachment_remove(actor=request.user, attachment=obj, reason=_("Gỡ ở trang quản trị."))

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """One by one, all or none."""
        with transaction.atomic():
            for attachment in queryset:
                self.delete_model(request, attachment)
