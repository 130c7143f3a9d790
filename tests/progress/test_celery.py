"""A real worker process: a save in one process moves the figure from another within seconds."""

import datetime as dt
import os
import signal
import time

import pytest

from tests.factories.ocop import ProducerFactory, ProductFactory, RecognitionFactory
from tests.factories.progress import PlanFactory, TargetFactory
from tests.people import make_units
from tests.progress.processes import PATIENCE, share

#: The budget of “save → figure” (design §10).
BUDGET_SECONDS = 3
SAVE = """
import datetime as dt, time
from damha_portal.core.services import record_save
from ocop.models import Product, TraceabilityCode
code = TraceabilityCode(product=Product.objects.get(), kind="e_stamp", code="TEM-1",
    registered_on=dt.date(2023, 1, 1))
record_save(actor=None, record=code)
print(time.time())
"""
COUNTED = """
SELECT COUNT(*) FROM progress_measurement
WHERE numerator = 1 AND denominator = 1
"""
WAITING = "SELECT COUNT(*) FROM progress_pendingchange"


def wait_until(condition, what):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what()
        time.sleep(0.05)
    return time.time()


@pytest.fixture
def shared(tmp_path, transactional_db):
    """One starred product without a code, and every mark about it still waiting."""
    units = make_units()
    plan = PlanFactory(area=units.district)
    TargetFactory(plan=plan, metric_key="ocop.traceable_share")
    product = ProductFactory(producer=ProducerFactory(admin_unit=units["06913"]))
    RecognitionFactory(product=product, decided_on=dt.date(2022, 3, 1))
    return share(tmp_path)


@pytest.fixture
def worker(shared):
    """A worker with a pool of one, as `script/server` starts it; stopped politely."""
    process = shared.start(
        "celery", "-A", "damha_portal", "worker", "--pool", "solo", "--loglevel", "INFO"
    )
    wait_until(lambda: " ready." in shared.output, lambda: shared.output)
    yield process
    os.kill(process.pid, signal.SIGTERM)
    assert process.wait(timeout=PATIENCE) == 0, shared.output


def test_a_worker_counts_a_saved_record_within_the_budget(shared, worker):
    saved_at = float(shared.run(SAVE).stdout)

    counted_at = wait_until(
        lambda: shared.fetch(COUNTED) != [(0,)] and shared.fetch(WAITING) == [(0,)],
        lambda: shared.output,
    )

    assert counted_at - saved_at < BUDGET_SECONDS
