"""Random days in an office: after the queue drains, stored = freshly computed = second path."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)

from damha_portal.core import clock
from damha_portal.progress import services
from damha_portal.progress.crosscheck import differences
from damha_portal.progress.engine import compute_plan
from damha_portal.progress.models import (
    Measurement,
    PendingChange,
)
from damha_portal.progress.services import LEASE, plan_is_due, progress_recompute
from damha_portal.progress.tasks import sweep
from tests.progress.office import Records

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
START = dt.datetime(2023, 12, 27, 9, 0, tzinfo=VIETNAM)


class Office(Records):
    """Officials enter, correct, revoke, delete; workers come late, die, or are asked twice."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.number = 0
        self.traveller = time_machine.travel(START, tick=False)
        self.coordinates = self.traveller.start()

    def teardown(self) -> None:
        self.drain_and_compare()
        self.traveller.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # --- time and workers ----------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 15, 24, 24 * 5, 24 * 40]))
    def time_passes(self, hours) -> None:
        self.coordinates.shift(dt.timedelta(hours=hours))

    @rule(at=st.sampled_from(["before storing", "after storing"]))
    def a_worker_dies(self, at) -> None:
        kept = services.store_readings

        def die(*args) -> None:
            """The process is gone: nothing is committed, nobody gives the lease back."""
            if at == "after storing":
                kept(*args)
            raise SystemExit

        services.store_readings = die
        release, services._lease_release = services._lease_release, lambda *_args: None
        try:
            with suppress(SystemExit):
                progress_recompute(plan_id=self.plan.pk, clock_now=clock.now)
        finally:
            services.store_readings, services._lease_release = kept, release

    @precondition(lambda self: PendingChange.objects.exists())
    @rule()
    def a_message_arrives(self) -> None:
        progress_recompute(plan_id=self.plan.pk, clock_now=clock.now)

    @rule()
    def the_sweep_comes(self) -> None:
        self.drain_and_compare()

    # --- what must hold ------------------------------------------------------------------------

    def drain_and_compare(self) -> None:
        """Let the minute pass in which a dead worker's lease runs out; then nothing may differ."""
        self.coordinates.shift(LEASE + dt.timedelta(seconds=1))
        sweep()
        today = clock.today()
        assert not plan_is_due(plan_id=self.plan.pk, today=today)
        rows = list(Measurement.objects.filter(target__plan=self.plan).select_related("target"))
        stored = {
            (row.target_id, row.admin_unit_id, row.as_of): (
                row.numerator,
                row.denominator,
                row.detail,
            )
            for row in rows
        }
        plan = type(self.plan).objects.select_related("area").get(pk=self.plan.pk)
        fresh = {
            reading.key: (reading.numerator, reading.denominator, reading.detail)
            for reading in compute_plan(plan, today)
        }
        assert stored == fresh
        assert differences(plan, rows, plan.as_of_dates(today)) == []


@pytest.mark.django_db
def test_after_the_queue_drains_stored_is_freshly_computed_is_the_second_path():
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=int(os.environ.get("PROPERTY_EXAMPLES", "8")),
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
