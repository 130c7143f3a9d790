"""The admin every record is kept in: the same scope, validation and history as the pages.

A domain app writes::

    @admin.register(Product)
    class ProductAdmin(ScopedAdmin):
        list_display = ("name", "producer")
        inlines = (CodeInline,)          # class CodeInline(ScopedTabularInline)

Rights come from memberships, not from Django's permissions. A row outside the person's scope is
404; a row that may be read but not changed is shown without a form. The history page shows
`core.history`: simple-history's own admin would bring a second one, with a revert that skips the
services.
"""

# ruff: noqa: ANN401, FBT001, FBT002  (the signatures are those of Django's admin)

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from damha_portal.core.access import access_of, may_create, stays_editable
from damha_portal.core.errors import DomainError
from damha_portal.core.forms import Conflict, RecordForm, version_of
from damha_portal.core.history import history_entries
from damha_portal.core.models import Record
from damha_portal.core.pages import link_for
from damha_portal.core.querysets import RecordQuerySet
from damha_portal.core.services import record_delete, record_save
from damha_portal.core.vietnamese import search_words

MARK = "is_illustrative"


class ScopedAdminForm(RecordForm):
    """A record's form in admin: it knows its person, and refuses rows outside their scope."""

    actor: ClassVar[Any] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=self.actor, **kwargs)

    def full_clean(self) -> None:
        """Then: is it still the record that was opened, is it whole, does it stay in scope."""
        super().full_clean()
        if not self.is_bound:
            return
        if self.instance.pk and self.opened_version_is_stale():
            self._show_conflict()
        if not self.errors:
            self._check_columns_not_on_the_form()
        if not self.errors and not stays_editable(self.user, self.instance):
            self.add_error(
                None,
                _(
                    "Bạn không có quyền lưu bản ghi này: nó thuộc đơn vị hoặc lĩnh vực ngoài phạm "
                    "vi của bạn. Chọn đơn vị của bạn, hoặc nhờ cơ quan phụ trách nhập."
                ),
            )

    def _check_columns_not_on_the_form(self) -> None:
        """Say now what saving would refuse later, while the typed text is still on the page."""
        try:
            self.instance.full_clean(exclude=set(self.fields))
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))

    def _show_conflict(self) -> None:
        """Say what the other person stored; sending the form again overwrites it knowingly."""
        lines = self.conflicts()
        sent: Any = self.data
        data = sent.copy()
        data[self.add_prefix("version")] = version_of(self.instance)
        self.data = data
        self.add_error(
            None,
            _(
                "Người khác đã sửa bản ghi này trong lúc bạn đang nhập. Chữ bạn gõ vẫn còn nguyên; "
                "xem phần khác nhau dưới đây, rồi bấm Lưu lần nữa nếu muốn ghi đè."
            ),
        )
        for line in lines:
            self.add_error(None, _conflict_text(line))


def _conflict_text(line: Conflict) -> str:
    return _("%(label)s: đang lưu «%(theirs)s», bạn gõ «%(mine)s».") % {
        "label": line.label,
        "theirs": line.theirs,
        "mine": line.mine,
    }


class ScopedOptions(BaseModelAdmin):
    """What record admins and their inlines share: permissions and choices by scope."""

    form: Any = ScopedAdminForm

    def rows(self) -> RecordQuerySet[Any]:
        """Every row of the model, through its scoped manager."""
        rows: RecordQuerySet[Any] = self.model._default_manager.all()
        return rows

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The rows the person may read."""
        rows = self.rows().visible_to(request.user)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Members read what their scope reaches."""
        access = access_of(request.user)
        if access is None or not access.holds_any():
            return False
        return obj is None or self.rows().visible_to(request.user).filter(pk=obj.pk).exists()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the person can save any row of this kind."""
        return may_create(request.user, self.model)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the person may change this row (or any row of this kind)."""
        if obj is None:
            return may_create(request.user, self.model)
        # `obj` may be the parent of an inline's rows, or a lazy object around a row.
        editable = obj._meta.model._default_manager.editable_by(request.user)
        return bool(editable.filter(pk=obj.pk).exists())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may change a row may delete it, as far as nothing depends on it."""
        return self.has_change_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The application is listed for every member who may enter."""
        return self.has_view_permission(request)

    def formfield_for_foreignkey(
        self,
        db_field: Any,
        request: HttpRequest,
        **kwargs: Any,
    ) -> Any:
        """Choices the person may read."""
        kwargs.setdefault("queryset", _choices(db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self,
        db_field: Any,
        request: HttpRequest,
        **kwargs: Any,
    ) -> Any:
        """Choices the person may read."""
        kwargs.setdefault("queryset", _choices(db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def _choices(db_field: Any, request: HttpRequest) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = db_field.remote_field.model._default_manager.all()
    return rows.visible_to(request.user) if isinstance(rows, RecordQuerySet) else rows


class ScopedAdmin(ScopedOptions, admin.ModelAdmin):
    """List, form, history and deletion of one kind of record, inside the person's scope."""

    list_per_page = 50
    save_on_top = False
    show_full_result_count = False

    # --- what is shown --------------------------------------------------------------------------

    def get_list_display(self, request: HttpRequest) -> Any:
        """The declared columns, and the mark of illustrative data."""
        return self._with_mark(super().get_list_display(request))

    def get_list_filter(self, request: HttpRequest) -> Any:
        """The declared filters, and the mark."""
        return self._with_mark(super().get_list_filter(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The declared ones, and the mark."""
        return self._with_mark(super().get_readonly_fields(request, obj))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The declared fields; a row that is only shown has no version to send back."""
        names = super().get_fields(request, obj)
        return [name for name in names if name != "version" or self._is_form(request, obj)]

    def _is_form(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or self.has_change_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The declared fields; the hidden version and the mark come last where they are missing."""
        fieldsets: list[Any] = list(super().get_fieldsets(request, obj))
        shown = {name for _title, options in fieldsets for name in _flat(options["fields"])}
        wanted = [MARK] if self._has_mark() else []
        if issubclass(self.form, RecordForm) and self._is_form(request, obj):
            wanted.append("version")
        if missing := [name for name in wanted if name not in shown]:
            fieldsets.append((None, {"fields": missing}))
        return fieldsets

    def _has_mark(self) -> bool:
        return any(field.name == MARK for field in self.opts.concrete_fields)

    def _with_mark(self, names: Sequence[Any]) -> Sequence[Any]:
        return [*names, MARK] if self._has_mark() and MARK not in names else names

    def view_on_site(self, obj: models.Model) -> str | None:
        """The record's page in the portal, where it has one."""
        return link_for(obj) or None

    # --- finding --------------------------------------------------------------------------------

    def get_search_fields(self, request: HttpRequest) -> Any:
        """The folded columns of the model, where it has any."""
        declared = super().get_search_fields(request)
        if declared or not issubclass(self.model, Record):
            return declared
        names = {field.name for field in self.opts.get_fields()}
        return [path for path in self.model.search_paths if path.split("__")[0] in names]

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """Rows that contain every word, accents and case aside."""
        paths = [path for path in self.get_search_fields(request) if path.endswith("search_text")]
        if not paths:
            return super().get_search_results(request, queryset, search_term)
        for word in search_words(search_term):
            found = models.Q()
            for path in paths:
                found |= models.Q(**{f"{path}__contains": word})
            queryset = queryset.filter(found)
        return queryset, False

    # --- one row --------------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form of this person."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if issubclass(form, ScopedAdminForm):
            return type(form.__name__, (form,), {"actor": request.user})
        return form

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> Any:
        # Django redirects with a message that repeats the key; a foreign row is simply not there.
        raise Http404

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Django's form; what a service refuses comes back as a sentence, and nothing is saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (DomainError, ValidationError) as error:
            self.message_user(request, _sentences(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Django's list; edits in the list go through `save_model` and may be refused."""
        try:
            with transaction.atomic():
                return super().changelist_view(request, extra_context)
        except (DomainError, ValidationError) as error:
            self.message_user(request, _sentences(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the plain service: validation, history, scope."""
        record_save(actor=request.user, record=obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Rows of an inline through the same services."""
        if not issubclass(formset.model, Record):
            super().save_formset(request, form, formset, change)
            return
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            record_delete(actor=request.user, record=row)
        for row in rows:
            record_save(actor=request.user, record=row)
        formset.save_m2m()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Who changed what, when and why."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("Lịch sử của %(name)s") % {"name": record},
            "entries": history_entries(record),
            "object": record,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/record_history.html", context)

    # --- deletion and actions -------------------------------------------------------------------

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Django's confirmation; what depends on the row is named."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except DomainError as error:
            self.message_user(request, error.message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Through the service."""
        record_delete(actor=request.user, record=obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """One by one, all or none, so that each leaves its history row."""
        with transaction.atomic():
            for record in queryset:
                record_delete(actor=request.user, record=record)

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any) -> Any:
        """Actions touch only rows the person may change, and say how many were left out."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        editable = queryset.filter(pk__in=self.rows().editable_by(request.user).values("pk"))
        if request.POST.get("select_across") != "1":
            left_out = (
                queryset.filter(pk__in=chosen).count() - editable.filter(pk__in=chosen).count()
            )
        else:
            left_out = queryset.count() - editable.count()
        if left_out:
            text = ngettext(
                "Đã bỏ qua %(count)d bản ghi bạn không được sửa.",
                "Đã bỏ qua %(count)d bản ghi bạn không được sửa.",
                left_out,
            )
            self.message_user(request, text % {"count": left_out}, messages.WARNING)
        try:
            return super().response_action(request, editable, *args)
        except DomainError as error:
            self.message_user(request, error.message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


def _flat(fields: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    for entry in fields:
        found += list(entry) if isinstance(entry, list | tuple) else [entry]
    return found


def _sentences(error: DomainError | ValidationError) -> str:
    if isinstance(error, DomainError):
        return " ".join([error.message, *error.fields.values()])
    return " ".join(error.messages)


class _ScopedInline(ScopedOptions):
    """Rows inside their parent's form: who may change the parent may change them."""

    form = forms.ModelForm  # the parent's form carries the version
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """With the parent, where rows of this kind may be made at all."""
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asked with the parent row."""
        if obj is None:
            return may_create(request.user, self.model)
        return super().has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are limited by the queryset."""
        return super().has_view_permission(request)


class ScopedTabularInline(_ScopedInline, admin.TabularInline):
    """A table of rows inside the parent's form."""


class ScopedStackedInline(_ScopedInline, admin.StackedInline):
    """Rows one below the other inside the parent's form."""
