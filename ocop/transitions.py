"""The one table of how a participation moves through the cycle (domain.md §2.6, §2.10).

The service, the buttons, the API and an exhaustive test read it; nothing else knows an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ocop.enums import CycleStep, ParticipationState

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

S = ParticipationState


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed move; `button` is the verb people press."""

    from_state: ParticipationState
    to_state: ParticipationState
    button: StrPromise
    needs_reason: bool = False


TRANSITIONS: tuple[Transition, ...] = (
    Transition(S.IDEA_SUBMITTED, S.IDEA_ACCEPTED, _("Chấp nhận ý tưởng")),
    Transition(S.IDEA_SUBMITTED, S.IDEA_RETURNED, _("Trả lại ý tưởng"), needs_reason=True),
    Transition(S.IDEA_RETURNED, S.IDEA_SUBMITTED, _("Ghi nộp lại ý tưởng")),
    Transition(S.IDEA_ACCEPTED, S.PLAN_SUBMITTED, _("Ghi nộp phương án")),
    Transition(S.PLAN_SUBMITTED, S.PLAN_ACCEPTED, _("Chấp nhận phương án")),
    Transition(S.PLAN_SUBMITTED, S.PLAN_RETURNED, _("Trả lại phương án"), needs_reason=True),
    Transition(S.PLAN_RETURNED, S.PLAN_SUBMITTED, _("Ghi nộp lại phương án")),
    Transition(S.PLAN_ACCEPTED, S.IMPLEMENTING, _("Bắt đầu triển khai")),
    Transition(S.IMPLEMENTING, S.DOSSIER_READY, _("Xác nhận hồ sơ đạt yêu cầu dự thi")),
    Transition(S.DOSSIER_READY, S.IMPLEMENTING, _("Yêu cầu bổ sung hồ sơ"), needs_reason=True),
    Transition(S.DOSSIER_READY, S.IN_EVALUATION, _("Đưa vào đánh giá, phân hạng")),
    Transition(S.IN_EVALUATION, S.RECOGNISED, _("Ghi được công nhận")),
    Transition(S.IN_EVALUATION, S.NOT_RECOGNISED, _("Ghi không được công nhận"), needs_reason=True),
)

#: The first state of a participation, by the step at which it enters the cycle.
FIRST_STATES: dict[CycleStep, ParticipationState] = {
    CycleStep.IDEA_REGISTRATION: S.IDEA_SUBMITTED,
    CycleStep.EVALUATION: S.DOSSIER_READY,
}

#: The step of the cycle a state belongs to; awareness and trade promotion have no state of theirs.
STEP_OF_STATE: dict[ParticipationState, CycleStep] = {
    S.IDEA_SUBMITTED: CycleStep.IDEA_REGISTRATION,
    S.IDEA_ACCEPTED: CycleStep.IDEA_REGISTRATION,
    S.IDEA_RETURNED: CycleStep.IDEA_REGISTRATION,
    S.PLAN_SUBMITTED: CycleStep.BUSINESS_PLAN,
    S.PLAN_ACCEPTED: CycleStep.BUSINESS_PLAN,
    S.PLAN_RETURNED: CycleStep.BUSINESS_PLAN,
    S.IMPLEMENTING: CycleStep.IMPLEMENTATION,
    S.DOSSIER_READY: CycleStep.EVALUATION,
    S.IN_EVALUATION: CycleStep.EVALUATION,
    S.RECOGNISED: CycleStep.EVALUATION,
    S.NOT_RECOGNISED: CycleStep.EVALUATION,
}

#: States that sent the product back, or ended the participation without a star.
RETURNED_STATES = frozenset({S.IDEA_RETURNED, S.PLAN_RETURNED, S.NOT_RECOGNISED})
#: States that finish their step.
FINISHED_STATES = frozenset({S.IDEA_ACCEPTED, S.PLAN_ACCEPTED, S.RECOGNISED})


def transitions_from(state: ParticipationState | None) -> tuple[Transition, ...]:
    """The moves allowed from `state`; none from a state that ends the participation."""
    return tuple(move for move in TRANSITIONS if move.from_state == state)


def transition(from_state: ParticipationState | None, to_state: str) -> Transition | None:
    """The move between two states, None where the table has none."""
    found = (move for move in transitions_from(from_state) if move.to_state == to_state)
    return next(found, None)
