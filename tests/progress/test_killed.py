"""A worker process killed between computing and storing: the next run is right."""

import datetime as dt
import signal

import pytest

from damha_portal.progress.models import PendingChange
from tests.factories.ocop import (
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    TraceabilityCodeFactory,
)
from tests.factories.progress import PlanFactory, TargetFactory
from tests.people import make_units
from tests.progress.processes import share

FIGURES = """
SELECT COUNT(*) FROM progress_measurement
WHERE numerator = 1 AND denominator = 1
"""
MARKS = "SELECT COUNT(*) FROM progress_pendingchange"
LEASE = "SELECT COUNT(*) FROM progress_recomputestate WHERE lease_token <> ''"

KILLED = """
import os, signal
from damha_portal.progress import services
from damha_portal.progress.tasks import recompute_plan
keep = services.store_readings
def die(*args):
    {before}
    os.kill(os.getpid(), signal.SIGKILL)
services.store_readings = die
recompute_plan({plan})
"""

AFTERWARDS = """
import datetime as dt
from damha_portal.core import clock
from damha_portal.progress.services import LEASE
from damha_portal.progress.tasks import sweep
sweep()                                # the lease of the dead one still holds
now = clock.now() + LEASE + dt.timedelta(seconds=1)
clock.now = lambda: now                # a minute later
sweep()
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", ["pass", "keep(*args)"], ids=["unstored", "uncommitted"])
def test_a_worker_killed_in_mid_recompute_leaves_the_next_run_right(tmp_path, before):
    units = make_units()
    plan = PlanFactory(area=units.district)
    TargetFactory(plan=plan, metric_key="ocop.traceable_share")
    product = ProductFactory(producer=ProducerFactory(admin_unit=units["06913"]))
    RecognitionFactory(product=product, decided_on=dt.date(2022, 3, 1))
    TraceabilityCodeFactory(product=product, registered_on=dt.date(2022, 3, 1))
    marks = PendingChange.objects.count()
    shared = share(tmp_path)

    killed = shared.run(KILLED.format(plan=plan.pk, before=before), check=False)

    assert killed.returncode == -signal.SIGKILL
    assert shared.fetch(FIGURES) == [(0,)]
    assert shared.fetch(MARKS) == [(marks,)]
    assert shared.fetch(LEASE) == [(1,)]

    shared.run(AFTERWARDS)

    # Twelve month ends and the day itself, for the district and for the commune.
    assert shared.fetch(FIGURES) == [(26,)]
    assert shared.fetch(MARKS) == [(0,)]
    assert shared.fetch(LEASE) == [(0,)]
