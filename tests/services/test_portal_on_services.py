"""The whole set of processes on PostgreSQL and Redis: the same commands, nothing asks which."""

import json
import os
import time
import urllib.request

import pytest

from tests.browser.processes import running_portal

pytestmark = pytest.mark.services

SECONDS = 20
#: The only code of a starred product is taken away: T8 counts one product less.
TAKE_AWAY = """
import datetime as dt
from django.db.models import Count
from damha_portal.accounts.models import User
from damha_portal.core.services import record_delete
from ocop.models import Product, TraceabilityCode
end = dt.date(2023, 12, 31)
coded = Product.objects.recognised(on=end).with_active_code(on=end)
product = coded.annotate(n=Count("codes")).filter(n=1).first()
actor = User.objects.get(username="canbo.ocop")
record_delete(actor=actor, record=product.codes.get(), reason="Nhập nhầm")
answer = product.pk
"""
FIGURE = """
from damha_portal.progress.models import Measurement, PendingChange, Plan
plan = Plan.objects.current()
figure = (Measurement.objects.filter(target__plan=plan, target__code="T8", admin_unit=plan.area)
          .order_by("-as_of").first())
answer = [PendingChange.objects.count(), int(figure.numerator or 0)]
"""
WHERE = """
from django.conf import settings
from django.db import connection
answer = [connection.vendor, settings.CELERY_BROKER_URL.split(":")[0]]
"""


@pytest.fixture(scope="module")
def portal():
    for name in ("DATABASE_URL", "REDIS_URL"):
        assert os.environ.get(name), f"{name} is not set: these tests never skip"
    with running_portal() as running:
        yield running


def counted(portal, before):
    """The figure once no mark waits; fails where that takes too long."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        waiting, figure = portal.ask(FIGURE)
        if not waiting and figure != before:
            return figure
    raise AssertionError(f"{waiting} changes wait, T8 counts {figure}\n{portal.logs()}")


def test_the_portal_runs_on_postgresql_and_redis(portal):
    assert portal.ask(WHERE) == ["postgresql", "redis"]


def test_readyz_is_content_with_every_part(portal):
    with urllib.request.urlopen(f"{portal.url}/readyz", timeout=5) as answer:  # noqa: S310  (our own address)
        report = json.load(answer)

    assert {"database", "broker", "worker", "sweep"} <= set(report)
    assert set(report.values()) == {"ok"}


def test_a_change_is_counted_by_the_worker(portal):
    _waiting, before = portal.ask(FIGURE)
    portal.ask(TAKE_AWAY)

    assert counted(portal, before) == before - 1


def test_what_changed_while_the_worker_was_dead_is_counted_when_it_is_back(portal):
    _waiting, before = portal.ask(FIGURE)
    portal.kill("worker")
    portal.ask(TAKE_AWAY)
    assert portal.ask(FIGURE) == [1, before]

    portal.start("worker")

    assert counted(portal, before) == before - 1
