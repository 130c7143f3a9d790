"""The writes that a rule earns: a monthly figure is submitted, approved, returned, corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from damha_portal.core.errors import DomainError, PermissionRefusedError
from damha_portal.core.forms import version_of
from damha_portal.core.services import record_save
from tourism.enums import FigureStatus
from tourism.models import MonthlyFigure
from tourism.models.figure import ARRIVAL_FIELDS
from tourism.selectors import why_not_act
from tourism.transitions import APPROVE, EDITED_APPROVED, RETURN, SUBMIT, Transition

#: What the office says; a change of one of these undoes an approval.
CONTENT_FIELDS = (
    "admin_unit",
    "month",
    "stage",
    *ARRIVAL_FIELDS,
    "guest_nights",
    "turnover",
    "method",
)


@transaction.atomic
def monthly_figure_save(*, actor: Any, figure: MonthlyFigure, reason: str = "") -> MonthlyFigure:  # noqa: ANN401
    """Save `figure`; an approved one whose content changed goes back to draft.

    The state is read from the stored row, so that no caller can bring its own. Approver and time
    of the approval that fell stay in the history.
    """
    stored = None
    if figure.pk is not None:
        stored = MonthlyFigure.objects.select_for_update().filter(pk=figure.pk).first()
    if stored is None:
        figure.status = FigureStatus.DRAFT
        figure.approved_by, figure.approved_at, figure.return_reason = None, None, ""
        return record_save(actor=actor, record=figure, reason=reason)
    figure.status, figure.return_reason = stored.status, stored.return_reason
    figure.approved_by, figure.approved_at = stored.approved_by, stored.approved_at
    figure.full_clean()  # reads typed values into the column's own type before they are compared
    changed = any(_key(stored, name) != _key(figure, name) for name in CONTENT_FIELDS)
    if stored.status == FigureStatus.APPROVED and changed:
        _forget_approval(figure)
        figure.status = EDITED_APPROVED
        reason = reason or _("Sửa số liệu đã duyệt; cần duyệt lại.")
    return record_save(actor=actor, record=figure, reason=reason)


def monthly_figure_submit(
    *,
    actor: Any,  # noqa: ANN401  (User)
    figure: MonthlyFigure,
    seen: str | None = None,
) -> MonthlyFigure:
    """Send `figure` for approval; all four kinds of arrival must be known, zero included."""
    return _move(SUBMIT, actor, figure, seen=seen)


def monthly_figure_approve(
    *,
    actor: Any,  # noqa: ANN401  (User)
    figure: MonthlyFigure,
    now: dt.datetime,
    seen: str | None = None,
) -> MonthlyFigure:
    """Make `figure` official, with the name of `actor` and the moment `now`.

    `seen` is the version the approver looked at (`core.forms.version_of`); a newer one is refused.
    """
    return _move(APPROVE, actor, figure, now=now, seen=seen)


def monthly_figure_return(
    *,
    actor: Any,  # noqa: ANN401  (User)
    figure: MonthlyFigure,
    reason: str,
    seen: str | None = None,
) -> MonthlyFigure:
    """Send `figure` back with a reason; an approved one stops being official."""
    return _move(RETURN, actor, figure, reason=reason, seen=seen)


@transaction.atomic
def _move(
    move: Transition,
    actor: Any,  # noqa: ANN401  (User)
    figure: MonthlyFigure,
    *,
    reason: str = "",
    now: dt.datetime | None = None,
    seen: str | None = None,
) -> MonthlyFigure:
    _check_right(move, actor, figure)
    row = MonthlyFigure.objects.select_for_update(of=("self",)).get(pk=figure.pk)
    if seen is not None and seen != version_of(row):
        raise DomainError(
            _("Số liệu vừa được người khác sửa. Hãy xem lại bản mới nhất rồi thực hiện lại.")
        )
    _check_state(move, row)
    if move.needs_reason and not reason.strip():
        sentence = _("Ghi lý do trả lại để người nhập biết cần sửa gì.")
        raise DomainError(sentence, fields={"reason": sentence})
    _forget_approval(row)
    row.status = move.to_state
    row.return_reason = reason.strip() if move.to_state == FigureStatus.RETURNED else ""
    if move.to_state == FigureStatus.APPROVED:
        row.approved_by, row.approved_at = actor, now
    return record_save(actor=actor, record=row, reason=reason.strip() or str(move.button))


def _check_right(move: Transition, actor: Any, figure: MonthlyFigure) -> None:  # noqa: ANN401
    if reason := why_not_act(move, figure, actor):
        raise PermissionRefusedError(reason)


def _check_state(move: Transition, row: MonthlyFigure) -> None:
    if row.status not in move.from_states:
        raise DomainError(
            _("Số liệu đang ở trạng thái «%(status)s» nên không thể «%(act)s».")
            % {"status": row.get_status_display(), "act": move.button}
        )
    missing = [name for name in ARRIVAL_FIELDS if getattr(row, name) is None]
    if move.needs_all_kinds and missing:
        labels = [str(_column(name).verbose_name) for name in missing]
        raise DomainError(
            _("Chưa đủ bốn loại khách, còn thiếu: %(names)s. Không có khách thì ghi 0.")
            % {"names": ", ".join(labels)}
        )


def _forget_approval(figure: MonthlyFigure) -> None:
    figure.approved_by, figure.approved_at = None, None


def _key(figure: MonthlyFigure, name: str) -> Any:  # noqa: ANN401
    return getattr(figure, _column(name).attname)


def _column(name: str) -> Any:  # noqa: ANN401  (a concrete field)
    return MonthlyFigure._meta.get_field(name)
