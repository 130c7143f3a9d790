"""The one table of how a monthly figure moves; service, buttons, API and tests read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import Right
from tourism.enums import FigureStatus

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

S = FigureStatus


@dataclass(frozen=True, slots=True)
class Transition:
    """One act: from which states, into which, with which right, and the verb people press."""

    act: str
    from_states: frozenset[FigureStatus]
    to_state: FigureStatus
    right: Right
    button: StrPromise
    done: StrPromise
    tone: str = "default"
    needs_reason: bool = False
    needs_all_kinds: bool = False


SUBMIT = Transition(
    "submit",
    frozenset({S.DRAFT, S.RETURNED}),
    S.SUBMITTED,
    Right.EDIT,
    _("Gửi duyệt"),
    _("Đã gửi duyệt «%s»."),
    tone="primary",
    needs_all_kinds=True,
)
APPROVE = Transition(
    "approve",
    frozenset({S.SUBMITTED}),
    S.APPROVED,
    Right.APPROVE,
    _("Duyệt"),
    _("Đã duyệt «%s»."),
    tone="primary",
    needs_all_kinds=True,
)
RETURN = Transition(
    "return",
    frozenset({S.SUBMITTED, S.APPROVED}),
    S.RETURNED,
    Right.APPROVE,
    _("Trả lại"),
    _("Đã trả lại «%s»."),
    needs_reason=True,
)

TRANSITIONS: dict[str, Transition] = {move.act: move for move in (SUBMIT, APPROVE, RETURN)}

#: Where an approved figure goes when somebody changes it: it must be approved again.
EDITED_APPROVED = S.DRAFT


def transitions_from(status: str) -> tuple[Transition, ...]:
    """The acts that `status` allows, whoever acts."""
    return tuple(move for move in TRANSITIONS.values() if status in move.from_states)
