"""The generic pages of a record, driven by its `RecordPages` declaration.

GET runs under a database guard that refuses writes. POST is atomic: 303 on success, 422 with the
form and an error summary on failure, 409 with both versions where somebody else saved meanwhile.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django_tables2 import RequestConfig

from damha_portal.core import clock
from damha_portal.core.access import Right, Sector, access_of, missing_right
from damha_portal.core.errors import DomainError
from damha_portal.core.export import EXPORT_FORMATS, export_table
from damha_portal.core.filters import active_filters
from damha_portal.core.forms import ReasonForm, RecordForm, newest_version
from damha_portal.core.history import history_entries
from damha_portal.core.pages import (
    Crumb,
    Fact,
    PageInfo,
    RecordPages,
    detail_extras,
    fact_text,
    link_for,
)
from damha_portal.core.readonly import read_only
from damha_portal.core.services import (
    record_delete,
    record_dependents,
    record_save,
    validation_to_domain_error,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

PER_PAGE = 50


class PortalView(View):
    """A page that states its right, never writes on GET, and is atomic on POST."""

    required_right: ClassVar[Right] = Right.MEMBER
    required_sector: ClassVar[Sector | None] = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Guard reads; wrap writes in one transaction."""
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            with read_only():
                return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                transaction.set_rollback(True)
        return response


def see_other(url: str) -> HttpResponseRedirect:
    """303: the POST is done, the next page is fetched with GET."""
    return HttpResponseRedirect(url, status=303)


class RecordView(PortalView):
    """What the pages of one record share: the declaration and the row in scope."""

    pages: type[RecordPages] = RecordPages
    changes: ClassVar[bool] = False

    def get_record(self, pk: int) -> Any:  # noqa: ANN401  (the declared model)
        """The row, 404 outside the person's scope, 403 naming the right where it is read-only."""
        manager = self.pages.model._default_manager
        editable = manager.editable_by(self.request.user).filter(pk=models.OuterRef("pk"))
        rows = manager.visible_to(self.request.user).annotate(may_edit=models.Exists(editable))
        if self.changes:
            rows = rows.annotate(version_read=newest_version(self.pages.model))
        if self.changes and self.request.method == "POST":
            # Two people saving at once: the second waits here and then meets the first's version.
            rows = rows.select_for_update(of=("self",))
        record = rows.select_related(*self.pages.list_related).filter(pk=pk).first()
        if record is None:
            raise Http404
        if self.changes and not record.may_edit:
            raise PermissionDenied(self.why_not())
        return record

    def why_not(self) -> str:
        """Why the person cannot edit the row, naming the right."""
        access = access_of(self.request.user)
        if access is not None and access.holds(Right.EDIT, self.pages.sector()):
            return _("Bản ghi này thuộc đơn vị khác; bạn chỉ sửa được dữ liệu của đơn vị mình.")
        return missing_right(Right.EDIT, self.pages.sector())

    def crumbs(self, *tail: Crumb) -> list[Crumb]:
        """List, then what is given."""
        return [Crumb(self.pages.list_title(), self.pages.reverse("list")), *tail]

    def show(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """Render inside the guard of `dispatch`."""
        return render(self.request, template, {"pages": self.pages, **context}, status=status)


class RecordList(RecordView):
    """Search, sort, filter, page and export; all state is in the address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, the fragment htmx swaps, or the file."""
        pages = self.pages
        rows = pages.model._default_manager.visible_to(request.user)
        rows = rows.select_related(*pages.list_related).prefetch_related(*pages.list_prefetch)
        if pages.annotate is not None:
            rows = pages.annotate(rows, clock.today())
        filterset = pages.filterset(request.GET, queryset=rows, request=request)
        table = pages.table(filterset.qs, empty_text=pages.empty_text)
        export = request.GET.get("_export", "")
        if export in EXPORT_FORMATS:
            RequestConfig(request, paginate=False).configure(table)
            return export_table(table, title=pages.list_title(), fmt=export, request=request)
        RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
        fragment = bool(getattr(request, "htmx", False)) and request.htmx.target == "result"  # type: ignore[attr-defined]
        return self.show(
            "generic/_list_table.html" if fragment else pages.list_template,
            {
                "title": pages.list_title(),
                "table": table,
                "filter": filterset,
                "total": table.paginator.count,
                "active_filters": active_filters(filterset, request),
                "create_url": pages.reverse("create") if pages.can_create(request.user) else None,
                "export_urls": self.export_urls(),
                "empty_text": pages.empty_text,
                "breadcrumbs": [Crumb(pages.list_title())],
            },
        )

    def export_urls(self) -> list[tuple[str, str]]:
        """Addresses of the files with the filters on screen."""
        query = self.request.GET.copy()
        query.pop("page", None)
        urls = []
        for fmt in EXPORT_FORMATS:
            query["_export"] = fmt
            urls.append((fmt.upper(), f"?{query.urlencode()}"))
        return urls


class RecordDetail(RecordView):
    """Everything known of one row."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page."""
        record = self.get_record(pk)
        info = PageInfo()
        today = clock.today()
        if self.pages.details is not None:
            info = self.pages.details(record, request.user, today)
        extras = [extra(record, request.user, today) for extra in detail_extras]
        return self.show(
            self.pages.detail_template,
            {
                "object": record,
                "title": capfirst(str(record)),
                "badges": info.badges,
                "alerts": info.alerts,
                "lead": info.lead,
                "definitions": [*self.plain_facts(record), *info.facts],
                "sections": [
                    *info.sections,
                    *(part for extra in extras for part in extra.sections),
                ],
                "actions": info.actions if record.may_edit else (),
                "can_edit": record.may_edit,
                "why_not": "" if record.may_edit else self.why_not(),
                "edit_url": self.pages.reverse("edit", record),
                "delete_url": self.pages.reverse("delete", record),
                "history_url": self.pages.reverse("history", record),
                "breadcrumbs": self.crumbs(Crumb(capfirst(str(record)))),
            },
        )

    def plain_facts(self, record: Any) -> list[Fact]:  # noqa: ANN401
        """The declared columns as label and text; unknown is "—"."""
        found = []
        for name in self.pages.facts:
            field = record._meta.get_field(name)
            value = getattr(record, name)
            url = link_for(value) if isinstance(value, models.Model) else ""
            found.append(Fact(str(capfirst(field.verbose_name)), fact_text(record, name), url))
        return found


class RecordFormView(RecordView):
    """Create and edit: one form, one save, nothing typed is lost."""

    title_format: ClassVar[StrPromise | str] = "%s"
    done_format: ClassVar[StrPromise | str] = "%s"

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The form, with fields prefilled from the address where they are named there."""
        record = self.target(pk)
        initial = {key: value for key, value in request.GET.items() if pk is None}
        return self.page(self.make_form(record, initial=initial), record)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Save, or show again what was typed with everything that is wrong."""
        record = self.target(pk)
        form = self.make_form(record, data=request.POST, files=request.FILES)
        if form.opened_version_is_stale():
            return self.conflict(form, record)
        if not form.is_valid():
            return self.page(form, record, status=422)
        try:
            saved = self.save(form)
        except DomainError as error:
            add_domain_error(form, error)
            return self.page(form, record, status=422)
        except ValidationError as error:
            add_domain_error(form, validation_to_domain_error(error))
            return self.page(form, record, status=422)
        messages.success(request, str(self.done_format) % saved)
        return see_other(self.pages.reverse("detail", saved))

    def target(self, pk: int | None) -> Any:  # noqa: ANN401
        """The row to edit, a new one to create."""
        raise NotImplementedError

    def make_form(self, record: Any, **kwargs: Any) -> RecordForm:  # noqa: ANN401
        """The declared form for this person."""
        return self.pages.form(instance=record, user=self.request.user, **kwargs)

    def save(self, form: RecordForm) -> models.Model:
        """Through the declared service, or plainly."""
        with transaction.atomic():
            if self.pages.save is not None:
                return self.pages.save(actor=self.request.user, form=form)
            names = {field.name for field in form.instance._meta.many_to_many}
            many = {name: form.cleaned_data[name] for name in names & set(form.cleaned_data)}
            return record_save(actor=self.request.user, record=form.instance, many=many)

    def conflict(self, form: RecordForm, record: models.Model) -> HttpResponse:
        """409: both versions, my typing kept, and a form that can now be sent again knowingly."""
        found = form.conflicts()
        data: Any = form.data
        data = data.copy()
        data[form.add_prefix("version")] = form.initial["version"]
        form.data = data
        return self.page(form, record, status=409, conflict=found)

    def page(
        self,
        form: BaseForm,
        record: Any,  # noqa: ANN401
        status: int = 200,
        **extra: Any,  # noqa: ANN401
    ) -> HttpResponse:
        """The form page."""
        is_new = record.pk is None
        subject = self.pages.verbose_name() if is_new else str(record)
        title = str(self.title_format) % subject
        back = self.pages.reverse("list") if is_new else self.pages.reverse("detail", record)
        return self.show(
            self.pages.form_template,
            {
                "form": form,
                "title": title,
                "object": None if is_new else record,
                "submit_text": _("Lưu"),
                "cancel_url": back,
                "breadcrumbs": self.crumbs(Crumb(title)),
                "conflict": None,
                **extra,
            },
            status=status,
        )


class RecordCreate(RecordFormView):
    """A new row."""

    title_format = gettext_lazy("Thêm %s")
    done_format = gettext_lazy("Đã lưu «%s».")

    def target(self, pk: int | None) -> Any:  # noqa: ANN401
        """An unsaved row; refused for people who can save none."""
        if not self.pages.can_create(self.request.user):
            raise PermissionDenied(missing_right(Right.EDIT, self.pages.sector()))
        return self.pages.model()


class RecordEdit(RecordFormView):
    """Change a row."""

    changes = True
    title_format = gettext_lazy("Sửa %s")
    done_format = gettext_lazy("Đã lưu thay đổi của «%s».")

    def target(self, pk: int | None) -> Any:  # noqa: ANN401
        """The row in scope, with the right to change it."""
        return self.get_record(int(pk or 0))


class RecordDelete(RecordView):
    """Confirm on a page of its own, which says what depends on the row."""

    changes = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The confirmation, or what stands in the way."""
        return self.page(self.get_record(pk), ReasonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete with the reason given."""
        record = self.get_record(pk)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.page(record, form, status=422)
        name = str(record)
        try:
            record_delete(actor=request.user, record=record, reason=form.cleaned_data["reason"])
        except DomainError as error:
            form.add_error(None, error.message)
            return self.page(record, form, status=422)
        messages.success(request, _("Đã xóa «%(name)s».") % {"name": name})
        return see_other(self.pages.reverse("list"))

    def page(self, record: Any, form: ReasonForm, status: int = 200) -> HttpResponse:  # noqa: ANN401
        """The page."""
        title = _("Xóa %(name)s") % {"name": record}
        return self.show(
            "generic/confirm_delete.html",
            {
                "object": record,
                "form": form,
                "title": title,
                "dependents": record_dependents(record),
                "cancel_url": self.pages.reverse("detail", record),
                "breadcrumbs": self.crumbs(Crumb(title)),
            },
            status=status,
        )


class RecordHistory(RecordView):
    """Who changed what, when and why."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page."""
        record = self.get_record(pk)
        title = _("Lịch sử của %(name)s") % {"name": record}
        return self.show(
            "generic/history.html",
            {
                "object": record,
                "title": title,
                "entries": history_entries(record),
                "breadcrumbs": self.crumbs(
                    Crumb(str(record), self.pages.reverse("detail", record)), Crumb(title)
                ),
            },
        )


def add_domain_error(form: BaseForm, error: DomainError) -> None:
    """Put the sentence beside its field, or above the form."""
    if not error.fields:
        form.add_error(None, error.message)
    for name, sentence in error.fields.items():
        form.add_error(name if name in form.fields else None, sentence)


def record_urls(pages: type[RecordPages]) -> list[URLPattern]:
    """The routes of a record's pages."""

    def route(suffix: str, page: str, view: type[RecordView]) -> URLPattern:
        name = f"{pages.name}-{page}"
        folder = f"{pages.path}/" if pages.path else ""
        return path(f"{folder}{suffix}", view.as_view(pages=pages), name=name)

    return [
        route("", "list", RecordList),
        route("them/", "create", RecordCreate),
        route("<int:pk>/", "detail", RecordDetail),
        route("<int:pk>/sua/", "edit", RecordEdit),
        route("<int:pk>/xoa/", "delete", RecordDelete),
        route("<int:pk>/lich-su/", "history", RecordHistory),
    ]
