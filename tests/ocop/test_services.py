"""The writes that a rule earned: the whole transition table, revocation, ending a code."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import ValidationError

from damha_portal.core.errors import DomainError
from ocop.enums import CycleStep, ParticipationState
from ocop.models import CycleParticipation, CycleStepChange, RecognisingAuthority
from ocop.services import (
    code_terminate,
    participation_advance,
    participation_start,
    participation_undo,
    recognition_revoke,
    rule_set_save,
    support_save,
)
from ocop.transitions import FIRST_STATES, STEP_OF_STATE, TRANSITIONS
from tests.factories import ocop as make

S = ParticipationState
TODAY = dt.date(2023, 9, 30)
BEFORE = dt.date(2023, 9, 1)
ALLOWED = {(move.from_state, move.to_state) for move in TRANSITIONS}


def standing_in(state, on=BEFORE):
    participation = make.ParticipationFactory()
    participation.step_changes.all().delete()
    make.StepChangeFactory(participation=participation, to_state=state, happened_on=on)
    return participation


def advance(participation, to_state, **kwargs):
    values = {"actor": None, "happened_on": TODAY, "today": TODAY, "reason": "Lý do", **kwargs}
    return participation_advance(participation=participation, to_state=to_state, **values)


# --- The table ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "end"), list(itertools.product(S, S)))
def test_exactly_the_moves_of_the_table_are_possible(db, start, end):
    participation = standing_in(start)
    if (start, end) in ALLOWED:
        advance(participation, end)
        assert participation.state_on(TODAY) == end
    else:
        with pytest.raises(DomainError):
            advance(participation, end)
        assert participation.step_changes.count() == 1


def test_every_state_has_a_step_and_can_be_reached():
    assert set(STEP_OF_STATE) == set(S)
    reached = {FIRST_STATES[CycleStep.IDEA_REGISTRATION]}
    for _round in S:
        reached |= {move.to_state for move in TRANSITIONS if move.from_state in reached}
    assert reached == set(S)


@pytest.mark.parametrize("move", TRANSITIONS, ids=lambda move: f"{move.from_state}-{move.to_state}")
def test_a_reason_is_asked_where_the_table_says_so(db, move):
    participation = standing_in(move.from_state)
    if not move.needs_reason:
        advance(participation, move.to_state, reason="")
        return
    with pytest.raises(DomainError) as refused:
        advance(participation, move.to_state, reason="  ")
    assert "reason" in refused.value.fields
    assert participation.step_changes.count() == 1


def test_a_refused_move_names_what_is_possible(db):
    participation = standing_in(S.IDEA_SUBMITTED)
    with pytest.raises(DomainError) as refused:
        advance(participation, S.DOSSIER_READY)
    assert str(refused.value.message) == (
        "Đang ở «Đã nộp ý tưởng» nên chưa chuyển sang «Hồ sơ đạt yêu cầu dự thi» được; "
        "chỉ có thể: «Ý tưởng được chấp nhận», «Ý tưởng bị trả lại»."
    )


def test_a_step_on_the_day_of_the_previous_one_is_allowed(db):
    participation = standing_in(S.IDEA_SUBMITTED)
    advance(participation, S.IDEA_ACCEPTED, happened_on=BEFORE)
    assert participation.state_on(BEFORE) == S.IDEA_ACCEPTED


@pytest.mark.parametrize("day", [BEFORE - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)])
def test_a_step_before_the_previous_one_or_in_the_future_is_refused(db, day):
    participation = standing_in(S.IDEA_SUBMITTED)
    with pytest.raises(DomainError) as refused:
        advance(participation, S.IDEA_ACCEPTED, happened_on=day)
    assert "happened_on" in refused.value.fields
    assert participation.step_changes.count() == 1


@pytest.mark.parametrize(
    ("entry", "state"),
    [("idea_registration", S.IDEA_SUBMITTED), ("evaluation", S.DOSSIER_READY)],
)
def test_a_participation_starts_with_the_first_state_of_its_entry(db, entry, state):
    started = participation_start(
        actor=None,
        product=make.ProductFactory(),
        year=2023,
        happened_on=TODAY,
        today=TODAY,
        entry_step=entry,
    )
    assert started.state_on(TODAY) == state


def test_a_second_participation_of_the_year_is_refused_and_leaves_no_step(db):
    first = standing_in(S.IDEA_SUBMITTED)
    with pytest.raises(ValidationError, match="đã có lượt tham gia của năm này"):
        participation_start(
            actor=None, product=first.product, year=2023, happened_on=TODAY, today=TODAY
        )
    assert CycleParticipation.objects.count() == 1
    assert CycleStepChange.objects.count() == 1


def test_a_step_recorded_by_mistake_is_taken_back_and_stays_in_history(db):
    participation = standing_in(S.IDEA_SUBMITTED)
    change = advance(participation, S.IDEA_ACCEPTED)
    participation_undo(actor=None, participation=participation, reason="Ghi nhầm")
    assert participation.state_on(TODAY) == S.IDEA_SUBMITTED
    last = CycleStepChange.history.filter(id=change.pk or 0).first()
    removed = CycleStepChange.history.filter(history_type="-").get()
    assert (removed.to_state, removed.history_change_reason) == (S.IDEA_ACCEPTED, "Ghi nhầm")
    assert last is None or last.history_type == "-"


def test_the_first_step_cannot_be_taken_back(db):
    participation = standing_in(S.IDEA_SUBMITTED)
    with pytest.raises(DomainError, match="bước đầu tiên"):
        participation_undo(actor=None, participation=participation, reason="Ghi nhầm")
    assert participation.step_changes.count() == 1


# --- Revocation and termination -------------------------------------------------------------------


def revoke(recognition, day=TODAY, **kwargs):
    values = {"actor": None, "revocation_ref": "12/QĐ", "reason": "Không tham gia lại", **kwargs}
    return recognition_revoke(recognition=recognition, revoked_on=day, today=TODAY, **values)


def test_a_revoked_star_no_longer_counts_from_the_day_of_revocation(db):
    recognition = revoke(make.RecognitionFactory(decided_on=dt.date(2023, 6, 1)))
    assert recognition.is_valid(TODAY - dt.timedelta(days=1))
    assert not recognition.is_valid(TODAY)
    assert recognition.history.first().history_change_reason == "Không tham gia lại"


def test_a_star_is_revoked_once(db):
    recognition = revoke(make.RecognitionFactory(decided_on=dt.date(2023, 6, 1)))
    with pytest.raises(DomainError, match="đã bị thu hồi từ ngày 30/09/2023"):
        revoke(recognition, dt.date(2023, 9, 15))
    recognition.refresh_from_db()
    assert recognition.revoked_on == TODAY


def test_a_star_is_not_revoked_in_the_future_nor_before_its_issue(db):
    recognition = make.RecognitionFactory(decided_on=dt.date(2023, 6, 1))
    with pytest.raises(DomainError):
        revoke(recognition, TODAY + dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="không thể trước ngày cấp giấy"):
        revoke(recognition, dt.date(2023, 5, 31))
    recognition.refresh_from_db()
    assert recognition.revoked_on is None


def test_a_code_ends_once_and_never_before_it_began(db):
    code = make.TraceabilityCodeFactory(registered_on=BEFORE)
    with pytest.raises(DomainError):
        code_terminate(actor=None, code=code, terminated_on=dt.date(2023, 8, 31), reason="x")
    ended = code_terminate(actor=None, code=code, terminated_on=TODAY, reason="Ngừng dùng")
    assert (ended.is_active(dt.date(2023, 9, 29)), ended.is_active(TODAY)) == (True, False)
    with pytest.raises(DomainError, match="đã chấm dứt từ ngày 30/09/2023"):
        code_terminate(actor=None, code=code, terminated_on=TODAY, reason="x")


# --- Criteria sets and support --------------------------------------------------------------------


def test_bands_and_authorities_are_replaced_as_typed(db):
    rules = make.RuleSetFactory()
    rule_set_save(actor=None, rule_set=rules, bands={3: 50, 4: 70}, levels={3: "province"})
    rule_set_save(actor=None, rule_set=rules, bands={3: 70, 4: 90}, levels={3: "district"})
    assert list(rules.bands.values_list("star", "from_score")) == [(3, 70), (4, 90)]
    assert RecognisingAuthority.objects.get().level == "district"


def test_nobody_unticks_the_producers_they_cannot_see(officer, units):
    mine = make.ProducerFactory(admin_unit=units["06913"])
    foreign = make.ProducerFactory(admin_unit=units["06904"])
    activity = make.SupportActivityFactory(admin_unit=units["06913"])
    activity.producers.set([mine, foreign])
    support_save(actor=officer, activity=activity, producers=[])
    assert list(activity.producers.all()) == [foreign]
