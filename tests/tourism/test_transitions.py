"""Every state × act × role of the monthly figure."""

import datetime as dt
import itertools

import pytest

from damha_portal.core import clock
from damha_portal.core.access import Role
from damha_portal.core.errors import DomainError, PermissionRefusedError
from damha_portal.core.forms import version_of
from tests.factories.tourism import MonthlyFigureFactory
from tests.people import member
from tourism.enums import FigureStatus
from tourism.models import MonthlyFigure
from tourism.selectors import allowed_moves
from tourism.services import (
    monthly_figure_approve,
    monthly_figure_return,
    monthly_figure_submit,
)
from tourism.transitions import TRANSITIONS

S = FigureStatus
#: (state, act) → the state after it; every other pair is refused.
EXPECTED = {
    (S.DRAFT, "submit"): S.SUBMITTED,
    (S.RETURNED, "submit"): S.SUBMITTED,
    (S.SUBMITTED, "approve"): S.APPROVED,
    (S.SUBMITTED, "return"): S.RETURNED,
    (S.APPROVED, "return"): S.RETURNED,
}
MAY = {
    "submit": {Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR},
    "approve": {Role.APPROVER, Role.ADMINISTRATOR},
    "return": {Role.APPROVER, Role.ADMINISTRATOR},
}


def perform(act, figure, actor):
    if act == "approve":
        return monthly_figure_approve(actor=actor, figure=figure, now=clock.now())
    if act == "return":
        return monthly_figure_return(actor=actor, figure=figure, reason="Sai cách đếm")
    return monthly_figure_submit(actor=actor, figure=figure)


@pytest.mark.parametrize(
    ("state", "act", "role"), list(itertools.product(S, TRANSITIONS, Role)), ids=str
)
def test_only_the_table_moves_a_figure_and_only_for_its_role(units, state, act, role):
    actor = member("actor", units["06913"], role, ["tourism"])
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=state)
    before = figure.history.count()
    after = EXPECTED.get((state, act))
    if role not in MAY[act]:
        with pytest.raises(PermissionRefusedError):
            perform(act, figure, actor)
    elif after is None:
        with pytest.raises(DomainError, match="trạng thái"):
            perform(act, figure, actor)
    else:
        assert perform(act, figure, actor).status == after
    figure.refresh_from_db()
    moved = role in MAY[act] and after is not None
    assert figure.status == (after if moved else state)
    assert figure.history.count() == before + moved


def test_buttons_are_exactly_the_allowed_acts(units):
    actor = member("actor", units.district, "approver", ["tourism"])
    for state in S:
        figure = MonthlyFigureFactory.build(admin_unit=units["06913"], status=state)
        expected = {act for (from_state, act) in EXPECTED if from_state == state}
        assert {move.act for move in allowed_moves(figure, actor)} == expected


def test_an_approval_keeps_who_and_when(units, approver, on_day):
    on_day(2024, 1, 5)
    figure = MonthlyFigureFactory(admin_unit=units.district, status=S.SUBMITTED)
    monthly_figure_approve(actor=approver, figure=figure, now=clock.now())
    figure.refresh_from_db()
    assert (figure.approved_by, figure.approved_at) == (approver, clock.now())
    assert figure.history.first().history_user == approver


def test_a_return_undoes_the_approval_and_says_why(units, approver):
    figure = MonthlyFigureFactory(
        admin_unit=units.district,
        approved_by=approver,
        approved_at=dt.datetime(2023, 2, 5, tzinfo=dt.UTC),
    )
    monthly_figure_return(actor=approver, figure=figure, reason=" Thiếu nguồn ")
    figure.refresh_from_db()
    assert (figure.status, figure.approved_by, figure.approved_at) == (S.RETURNED, None, None)
    assert figure.return_reason == "Thiếu nguồn"
    assert figure.history.first().history_change_reason == "Thiếu nguồn"
    assert not MonthlyFigure.objects.official().exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_return_without_a_reason_is_refused(units, approver, reason):
    figure = MonthlyFigureFactory(admin_unit=units.district, status=S.SUBMITTED)
    with pytest.raises(DomainError, match="lý do") as refused:
        monthly_figure_return(actor=approver, figure=figure, reason=reason)
    assert "reason" in refused.value.fields
    figure.refresh_from_db()
    assert figure.status == S.SUBMITTED


@pytest.mark.parametrize(("state", "act"), [(S.DRAFT, "submit"), (S.SUBMITTED, "approve")])
def test_an_incomplete_figure_is_refused_naming_what_is_missing(units, approver, state, act):
    figure = MonthlyFigureFactory(
        admin_unit=units.district, status=state, international_overnight=None
    )
    with pytest.raises(DomainError, match="khách quốc tế lưu trú"):
        perform(act, figure, approver)
    figure.refresh_from_db()
    assert figure.status == state


def test_zero_in_all_kinds_is_complete(units, approver):
    figure = MonthlyFigureFactory(admin_unit=units.district, status=S.SUBMITTED, arrivals=0)
    assert perform("approve", figure, approver).status == S.APPROVED


def test_an_approver_of_one_commune_approves_nowhere_else(units):
    actor = member("actor", units["06904"], "approver", ["tourism"])
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=S.SUBMITTED)
    with pytest.raises(PermissionRefusedError, match="địa bàn khác"):
        perform("approve", figure, actor)
    figure.refresh_from_db()
    assert figure.status == S.SUBMITTED


def test_the_right_to_approve_one_commune_does_not_join_the_right_to_edit_the_district(units):
    """Officer of the district and approver of a commune: the district's figure is not theirs."""
    actor = member("actor", units.district, "officer", ["tourism"])
    commune = member("other", units["06913"], "approver", ["tourism"])
    commune.memberships.update(user=actor)
    district = MonthlyFigureFactory(admin_unit=units.district, status=S.SUBMITTED)
    own = MonthlyFigureFactory(admin_unit=units["06913"], status=S.SUBMITTED)
    with pytest.raises(PermissionRefusedError):
        perform("approve", district, actor)
    assert perform("approve", own, actor).status == S.APPROVED


def test_an_approver_of_another_sector_is_refused(units):
    actor = member("actor", units.district, "approver", ["ocop"])
    figure = MonthlyFigureFactory(admin_unit=units.district, status=S.SUBMITTED)
    with pytest.raises(PermissionRefusedError, match="Du lịch"):
        perform("approve", figure, actor)


def test_a_figure_changed_since_it_was_looked_at_is_not_approved(units, approver):
    figure = MonthlyFigureFactory(admin_unit=units.district, status=S.SUBMITTED)
    seen = version_of(figure)
    figure.domestic_same_day = 50_000
    figure.save()
    with pytest.raises(DomainError, match="xem lại bản mới nhất"):
        monthly_figure_approve(actor=approver, figure=figure, now=clock.now(), seen=seen)
    figure.refresh_from_db()
    assert figure.status == S.SUBMITTED
