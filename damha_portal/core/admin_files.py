"""Import and export in admin, by the rules of `core.resources` and of the person's scope."""

# ruff: noqa: ANN401  (the signatures are those of django-import-export)

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX

from damha_portal.core.access import may_create


class FilesAdmin(ImportExportMixin):
    """Mix in before `ScopedAdmin` and name `resource_classes`."""

    import_formats = (XLSX, CSV)
    export_formats = (XLSX, CSV)

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Who may make rows of this kind."""
        return may_create(request.user, self.model)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Who may read them; the file holds the rows in scope."""
        return bool(self.has_view_permission(request))

    def get_resource_kwargs(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> Any:
        """Every resource knows its person."""
        return {"actor": request.user}

    get_import_resource_kwargs = get_resource_kwargs
    get_export_resource_kwargs = get_resource_kwargs

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Say that rows were saved only where they were."""
        if not result.has_errors() and not result.has_validation_errors():
            done: HttpResponse = super().process_result(result, request)
            return done
        self.message_user(
            request, _("Chưa ghi dòng nào: dữ liệu đã thay đổi sau khi xem trước."), messages.ERROR
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Nhập từ tệp"),
            "form": self.create_import_form(request),
            "opts": self.opts,
            "result": result,
            "fields_list": [],
            "import_error_display": self.import_error_display,
        }
        return TemplateResponse(request, [self.import_template_name], context, status=422)
