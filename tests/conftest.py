"""Fixtures of the whole suite: people, units, a client that checks every page, closed sockets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from hypothesis import settings as hypothesis_settings
from pytest_socket import socket_allow_hosts

from tests.client import PortalClient
from tests.factories.accounts import UserFactory
from tests.factories.progress import PlanFactory
from tests.ledger import Ledger
from tests.people import Units, make_units, member

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

# A busy machine is no falsified property.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-ledger",
        action="store_true",
        help="write the query counts seen into tests/query_counts.json (run without xdist)",
    )


@pytest.fixture(autouse=True)
def _closed_sockets() -> None:
    """Nothing leaves this machine; `pytest_socket` undoes this after the test."""
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Throttles and cached values of one test are not the next one's."""
    cache.clear()


@pytest.fixture
def on_day() -> Iterator[Callable[..., None]]:
    """Freeze the clock: `on_day(2023, 9, 30)`, at 09:00 in Vietnam unless told."""
    travellers: list[time_machine.travel] = []

    def travel(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        moment = dt.datetime(year, month, day, hour, minute, tzinfo=VIETNAM)
        traveller = time_machine.travel(moment, tick=False)
        traveller.start()
        travellers.append(traveller)

    yield travel
    for traveller in reversed(travellers):
        traveller.stop()


# --- Places -------------------------------------------------------------------------------------


@pytest.fixture
def units(db) -> Units:
    """Province 22, district 200, nine communes of 2023, two communes of 01/07/2025."""
    return make_units()


# --- People -------------------------------------------------------------------------------------


@pytest.fixture
def officer(units):
    """Officer of xã Quảng Tân (06913) for OCOP and tourism."""
    return member("officer", units["06913"], "officer", ["ocop", "tourism"])


@pytest.fixture
def other_officer(units):
    """Officer of xã Tân Bình (06904) for OCOP and tourism."""
    return member("other_officer", units["06904"], "officer", ["ocop", "tourism"])


@pytest.fixture
def department_officer(units):
    """Officer of the district's agriculture department: OCOP, whole district."""
    return member("department_officer", units.district, "officer", ["ocop"], "Phòng NN&PTNT")


@pytest.fixture
def approver(units):
    """Approver of the district's culture department: tourism, whole district."""
    return member("approver", units.district, "approver", ["tourism"], "Phòng VH-TT")


@pytest.fixture
def office_user(units):
    """Office of the district Party committee: reads all, follows up, edits no figures."""
    return member("office_user", units.district, "office", ["meetings"], "Văn phòng Huyện ủy")


@pytest.fixture
def leader(units):
    """Standing Body of the district Party committee: reads all, changes nothing."""
    return member("leader", units.district, "leader", [], "Thường trực Huyện ủy")


@pytest.fixture
def administrator(units):
    """Administers the portal; enters Django admin."""
    return member(
        "administrator", units.district, "administrator", [], "Văn phòng HĐND và UBND", staff=True
    )


@pytest.fixture
def stranger(db):
    """Can sign in, belongs nowhere."""
    return UserFactory(username="stranger", full_name="Người lạ")


# --- Clients ------------------------------------------------------------------------------------


@pytest.fixture
def client() -> PortalClient:
    """Not signed in; runs on-commit callbacks and checks every page it gets."""
    return PortalClient()


@pytest.fixture
def client_for() -> Callable[..., PortalClient]:
    """A signed-in `PortalClient`: `client_for(officer)`."""

    def sign_in(user) -> PortalClient:
        signed_in = PortalClient()
        signed_in.force_login(user)
        return signed_in

    return sign_in


@pytest.fixture
def plan(units):
    """An active plan of the district for 2023."""
    return PlanFactory(area=units.district)


@pytest.fixture
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """Exact query counts: see `tests.ledger`."""
    return Ledger(update=request.config.getoption("--update-ledger"))
