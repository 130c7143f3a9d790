"""The writes that a rule earns: moving through the cycle, revoking a star, ending a code.

Days are arguments; `today` comes from the caller, because only views, tasks and commands ask the
clock. Plain create, edit and delete go through `core.services`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from damha_portal.core.dates import format_date
from damha_portal.core.errors import DomainError
from damha_portal.core.services import record_delete, record_save
from ocop.enums import CycleStep, ParticipationState
from ocop.models import (
    CycleParticipation,
    CycleStepChange,
    Producer,
    Product,
    RecognisingAuthority,
    Recognition,
    RuleSet,
    StarBand,
    SupportActivity,
    TraceabilityCode,
)
from ocop.transitions import FIRST_STATES, transition, transitions_from

# --- The cycle ------------------------------------------------------------------------------------


def participation_start(
    *,
    actor: Any,  # noqa: ANN401  (User, or None for the system)
    product: Product,
    year: int,
    happened_on: dt.date,
    today: dt.date,
    entry_step: str = CycleStep.IDEA_REGISTRATION,
    note: str = "",
    is_illustrative: bool = False,
) -> CycleParticipation:
    """Enter `product` into the cycle of `year` with its first state on `happened_on`."""
    _not_in_the_future(happened_on, today)
    with transaction.atomic():
        participation = record_save(
            actor=actor,
            record=CycleParticipation(
                product=product,
                year=year,
                entry_step=entry_step,
                note=note,
                is_illustrative=is_illustrative,
            ),
        )
        _record_change(
            actor, participation, FIRST_STATES[CycleStep(entry_step)], happened_on, reason=""
        )
    return participation


def participation_advance(
    *,
    actor: Any,  # noqa: ANN401  (User, or None for the system)
    participation: CycleParticipation,
    to_state: str,
    happened_on: dt.date,
    today: dt.date,
    reason: str = "",
) -> CycleStepChange:
    """Move `participation` into `to_state`; `DomainError` where the table has no such move."""
    with transaction.atomic():
        last = _locked_last_change(participation)
        state = ParticipationState(last.to_state) if last else None
        move = transition(state, to_state)
        if move is None:
            raise DomainError(_not_allowed(state, to_state), fields={"to_state": _again()})
        if move.needs_reason and not reason.strip():
            raise DomainError(_("Ghi lý do để chủ thể biết cần sửa gì."), fields={"reason": _why()})
        _not_in_the_future(happened_on, today)
        if last is not None and happened_on < last.happened_on:
            sentence = _(
                "Ngày này trước bước liền trước (%(state)s, ngày %(day)s). Kiểm tra lại ngày."
            ) % {"state": last.get_to_state_display(), "day": format_date(last.happened_on)}
            raise DomainError(sentence, fields={"happened_on": sentence})
        return _record_change(actor, participation, move.to_state, happened_on, reason)


def participation_undo(
    *,
    actor: Any,  # noqa: ANN401  (User, or None for the system)
    participation: CycleParticipation,
    reason: str,
) -> None:
    """Take back the newest step, recorded by mistake; the first one goes with its participation."""
    with transaction.atomic():
        last = _locked_last_change(participation)
        if last is None or participation.step_changes.count() == 1:
            raise DomainError(
                _("Đây là bước đầu tiên. Nếu ghi nhầm cả lượt tham gia, hãy xóa lượt tham gia.")
            )
        record_delete(actor=actor, record=last, reason=reason)


def _locked_last_change(participation: CycleParticipation) -> CycleStepChange | None:
    """The newest change; the participation's row is locked so that two people move in turn."""
    CycleParticipation.objects.select_for_update(of=("self",)).get(pk=participation.pk)
    return participation.step_changes.order_by("-happened_on", "-pk").first()


def _record_change(
    actor: Any,  # noqa: ANN401
    participation: CycleParticipation,
    to_state: ParticipationState,
    happened_on: dt.date,
    reason: str,
) -> CycleStepChange:
    change = CycleStepChange(
        participation=participation,
        to_state=to_state,
        happened_on=happened_on,
        actor=actor,
        reason=reason,
        is_illustrative=participation.is_illustrative,
    )
    return record_save(actor=actor, record=change, reason=reason)


def _not_in_the_future(day: dt.date, today: dt.date, field: str = "happened_on") -> None:
    if day > today:
        sentence = _("Ngày %(day)s chưa tới. Chỉ ghi việc đã xảy ra.") % {"day": format_date(day)}
        raise DomainError(sentence, fields={field: sentence})


def _not_allowed(state: ParticipationState | None, to_state: str) -> str:
    wanted = dict(ParticipationState.choices).get(to_state, to_state)
    now = state.label if state is not None else _("chưa có bước nào")
    names = ", ".join(f"«{move.to_state.label}»" for move in transitions_from(state))
    if not names:
        return _("Lượt tham gia đã kết thúc ở «%(now)s», không chuyển sang «%(wanted)s» được.") % {
            "now": now,
            "wanted": wanted,
        }
    return _("Đang ở «%(now)s» nên chưa chuyển sang «%(wanted)s» được; chỉ có thể: %(names)s.") % {
        "now": now,
        "wanted": wanted,
        "names": names,
    }


def _again() -> str:
    return _("Mở lại trang để xem bước hiện tại.")


def _why() -> str:
    return _("Bước này cần ghi lý do.")


# --- Recognitions and codes -----------------------------------------------------------------------


def recognition_revoke(
    *,
    actor: Any,  # noqa: ANN401  (User, or None for the system)
    recognition: Recognition,
    revoked_on: dt.date,
    revocation_ref: str,
    reason: str,
    today: dt.date,
) -> Recognition:
    """Revoke a star by decision; from `revoked_on` on it no longer counts."""
    with transaction.atomic():
        locked = Recognition.objects.select_for_update(of=("self",)).get(pk=recognition.pk)
        if locked.revoked_on is not None:
            raise DomainError(
                _("Công nhận này đã bị thu hồi từ ngày %(day)s.")
                % {"day": format_date(locked.revoked_on)}
            )
        _not_in_the_future(revoked_on, today, "revoked_on")
        locked.revoked_on = revoked_on
        locked.revocation_ref = revocation_ref
        locked.revocation_reason = reason
        return record_save(actor=actor, record=locked, reason=reason)


def code_terminate(
    *,
    actor: Any,  # noqa: ANN401  (User, or None for the system)
    code: TraceabilityCode,
    terminated_on: dt.date,
    reason: str,
) -> TraceabilityCode:
    """End a code before its last day; from `terminated_on` on it no longer counts."""
    with transaction.atomic():
        locked = TraceabilityCode.objects.select_for_update(of=("self",)).get(pk=code.pk)
        if locked.terminated_on is not None:
            raise DomainError(
                _("Mã này đã chấm dứt từ ngày %(day)s.")
                % {"day": format_date(locked.terminated_on)}
            )
        if terminated_on < locked.registered_on:
            sentence = _("Ngày chấm dứt không thể trước ngày bắt đầu hiệu lực (%(day)s).") % {
                "day": format_date(locked.registered_on)
            }
            raise DomainError(sentence, fields={"terminated_on": sentence})
        locked.terminated_on = terminated_on
        return record_save(actor=actor, record=locked, reason=reason)


# --- Criteria sets --------------------------------------------------------------------------------


def rule_set_save(
    *,
    actor: Any,  # noqa: ANN401  (User, or None for the system)
    rule_set: RuleSet,
    bands: Mapping[int, Decimal],
    levels: Mapping[int, str],
) -> RuleSet:
    """Save a criteria set with the lowest score of each star and who recognises it."""
    with transaction.atomic():
        saved = record_save(actor=actor, record=rule_set)
        _save_by_star(actor, saved, StarBand, "from_score", bands)
        _save_by_star(actor, saved, RecognisingAuthority, "level", levels)
    return saved


def _save_by_star(
    actor: Any,  # noqa: ANN401
    rule_set: RuleSet,
    model: type[StarBand] | type[RecognisingAuthority],
    column: str,
    wanted: Mapping[int, Any],
) -> None:
    stored = {row.star: row for row in model.objects.filter(rule_set=rule_set)}
    for star, row in stored.items():
        if star not in wanted or getattr(row, column) != wanted[star]:
            record_delete(actor=actor, record=row)
    for star, value in wanted.items():
        kept = stored.get(star)
        if kept is None or getattr(kept, column) != value:
            record_save(actor=actor, record=model(rule_set=rule_set, star=star, **{column: value}))


# --- Support --------------------------------------------------------------------------------------


def support_save(
    *,
    actor: Any,  # noqa: ANN401  (User, or None for the system)
    activity: SupportActivity,
    producers: Iterable[Producer] | None = None,
    products: Iterable[Product] | None = None,
) -> SupportActivity:
    """Save an activity with whom it reached; None leaves a relation as it is.

    Rows of other communes that `actor` cannot see stay attached: nobody unticks the unseen.
    """
    many: dict[str, list[Any]] = {}
    for name, chosen in (("producers", producers), ("products", products)):
        if chosen is not None:
            many[name] = [*chosen, *_unseen(actor, activity, name)]
    return record_save(actor=actor, record=activity, many=many)


def _unseen(actor: Any, activity: SupportActivity, name: str) -> list[Any]:  # noqa: ANN401
    if actor is None or activity.pk is None:
        return []
    related: Any = getattr(activity, name)
    return list(related.exclude(pk__in=related.model.objects.visible_to(actor).values("pk")))
