"""What `/readyz` asks of background work: did the sweep run, is anything waiting too long."""

from __future__ import annotations

import datetime as dt

from django.db.models import Min

from damha_portal.core import clock
from damha_portal.core.health import probes
from damha_portal.progress.freshness import SWEEP_LATE
from damha_portal.progress.models import PendingChange, Plan, RecomputeState

#: A mark older than this means that no worker is taking work.
WAITING_LATE = dt.timedelta(minutes=3)


def worker() -> str:
    """Whether marks are being worked off."""
    oldest = PendingChange.objects.aggregate(oldest=Min("created_at"))["oldest"]
    if oldest is not None and clock.now() - oldest > WAITING_LATE:
        return f"changes waiting since {oldest.isoformat()}"
    return ""


def sweep() -> str:
    """Whether the beat sweep ran lately; nothing to sweep without an active plan."""
    if not Plan.objects.active().exists():
        return ""
    newest = RecomputeState.objects.order_by("-swept_at").values_list("swept_at", flat=True).first()
    if newest is None:
        return "never ran"
    age = clock.now() - newest
    return f"last ran {newest.isoformat()}" if age > SWEEP_LATE else ""


probes["worker"] = worker
probes["sweep"] = sweep
