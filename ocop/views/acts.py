"""Form pages of the acts that a rule earned: advance, take back, revoke, terminate."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from damha_portal.core import clock
from damha_portal.core.dates import format_date
from damha_portal.core.errors import DomainError
from damha_portal.core.forms import ReasonForm
from damha_portal.core.pages import Crumb, RecordPages
from damha_portal.core.services import validation_to_domain_error
from damha_portal.core.views import RecordView, add_domain_error, see_other
from ocop.forms import AdvanceForm, RevokeForm, TerminateForm
from ocop.services import (
    code_terminate,
    participation_advance,
    participation_undo,
    recognition_revoke,
)
from ocop.transitions import transitions_from
from ocop.views.cycle import ParticipationPages, RecognitionPages
from ocop.views.market import CodePages


class ActView(RecordView):
    """One act on one record: a form, a service, back to the record."""

    changes = True
    act_form: ClassVar[type[forms.Form]]
    act_title: ClassVar[Any] = ""
    submit: ClassVar[Any] = ""
    done: ClassVar[Any] = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form."""
        record = self.get_record(pk)
        initial = dict(request.GET.items())
        return self.page(self.make_form(record, initial=initial), record)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, or show again what was typed with what is wrong."""
        record = self.get_record(pk)
        form = self.make_form(record, data=request.POST)
        if not form.is_valid():
            return self.page(form, record, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            with transaction.atomic():
                self.act(record, form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        except ValidationError as error:
            add_domain_error(form, validation_to_domain_error(error))
        else:
            messages.success(request, str(self.done))
            return see_other(self.pages.reverse("detail", record))
        return self.page(form, record, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def make_form(self, record: Any, **kwargs: Any) -> forms.Form:  # noqa: ANN401
        """The form of the act."""
        return self.act_form(**kwargs)

    def act(self, record: Any, data: dict[str, Any]) -> None:  # noqa: ANN401
        """Call the service."""
        raise NotImplementedError

    def page(self, form: forms.Form, record: Any, status: int = HTTPStatus.OK) -> HttpResponse:  # noqa: ANN401
        """The page."""
        back = self.pages.reverse("detail", record)
        return self.show(
            "generic/form.html",
            {
                "form": form,
                "title": str(self.act_title),
                "object": record,
                "submit_text": self.submit,
                "cancel_url": back,
                "breadcrumbs": self.crumbs(Crumb(str(record), back), Crumb(str(self.act_title))),
                "conflict": None,
            },
            status=status,
        )


class ParticipationAdvance(ActView):
    """The next step of a participation."""

    pages: type[RecordPages] = ParticipationPages
    act_title = gettext_lazy("Ghi bước tiếp theo của chu trình")
    submit = gettext_lazy("Ghi bước này")
    done = gettext_lazy("Đã ghi bước mới của chu trình.")

    def make_form(self, record: Any, **kwargs: Any) -> forms.Form:  # noqa: ANN401
        """With the moves allowed from where the participation stands now."""
        last = record.step_changes.order_by("-happened_on", "-pk").first()
        form = AdvanceForm(moves=transitions_from(last.to_state if last else None), **kwargs)
        if last is not None:
            form.fields["happened_on"].help_text = _("Không trước ngày %(day)s (%(state)s).") % {
                "day": format_date(last.happened_on),
                "state": last.get_to_state_display(),
            }
        return form

    def act(self, record: Any, data: dict[str, Any]) -> None:  # noqa: ANN401
        """Through the transition table."""
        participation_advance(
            actor=self.request.user, participation=record, today=clock.today(), **data
        )


class ParticipationUndo(ActView):
    """Take back a step recorded by mistake."""

    pages: type[RecordPages] = ParticipationPages
    act_form = ReasonForm
    act_title = gettext_lazy("Gỡ bước ghi nhầm")
    submit = gettext_lazy("Gỡ bước cuối cùng")
    done = gettext_lazy("Đã gỡ bước cuối cùng; lịch sử vẫn giữ bước đã gỡ và lý do.")

    def act(self, record: Any, data: dict[str, Any]) -> None:  # noqa: ANN401
        """With the reason."""
        participation_undo(actor=self.request.user, participation=record, reason=data["reason"])


class RecognitionRevoke(ActView):
    """Revoke a star."""

    pages: type[RecordPages] = RecognitionPages
    act_form = RevokeForm
    act_title = gettext_lazy("Ghi quyết định thu hồi công nhận")
    submit = gettext_lazy("Ghi thu hồi")
    done = gettext_lazy("Đã ghi thu hồi. Hạng sao không còn được tính từ ngày thu hồi.")

    def act(self, record: Any, data: dict[str, Any]) -> None:  # noqa: ANN401
        """By decision."""
        recognition_revoke(actor=self.request.user, recognition=record, today=clock.today(), **data)


class CodeTerminate(ActView):
    """End a code."""

    pages: type[RecordPages] = CodePages
    act_form = TerminateForm
    act_title = gettext_lazy("Chấm dứt mã")
    submit = gettext_lazy("Ghi chấm dứt")
    done = gettext_lazy("Đã ghi chấm dứt. Mã không còn được tính từ ngày chấm dứt.")

    def act(self, record: Any, data: dict[str, Any]) -> None:  # noqa: ANN401
        """From a day on."""
        code_terminate(actor=self.request.user, code=record, **data)
