"""Recompute, under a lease, and verify. The database remembers what is to be done."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from damha_portal.progress.crosscheck import Difference, differences
from damha_portal.progress.engine import Reading, compute_plan
from damha_portal.progress.models import (
    Measurement,
    PendingChange,
    Plan,
    RecomputeState,
    Verification,
)
from damha_portal.progress.registry import get_metric

#: A run takes about a second; a worker killed in the middle holds its lease no longer than this.
LEASE = dt.timedelta(seconds=60)
#: The second path runs once a day, from this local hour on.
VERIFY_FROM_HOUR = 2
ROUNDS = 20
BATCH = 500


@dataclass(frozen=True, slots=True)
class Run:
    """What one recompute did."""

    plan_id: int
    rounds: int
    readings: int


class LeaseLostError(RuntimeError):
    """Another worker took the plan over; nothing of this run is stored."""


def progress_recompute(*, plan_id: int, clock_now: Callable[[], dt.datetime]) -> Run:
    """Recompute every figure of the plan until no mark is left.

    Takes the lease with one conditional UPDATE; returns with `rounds=0` where somebody else holds
    it or the plan is not active. After the lease is released the marks are looked at again, so a
    mark whose message came while the lease was held is never left behind.
    """
    rounds = readings = 0
    while rounds < ROUNDS:
        token = _lease_take(plan_id, clock_now())
        if token is None:
            break
        try:
            readings = _run_once(plan_id, token, clock_now())
        except LeaseLostError:
            break
        finally:
            _lease_release(plan_id, token)
        rounds += 1
        if not PendingChange.objects.filter(plan_id=plan_id).exists():
            break
    return Run(plan_id, rounds, readings)


def _lease_take(plan_id: int, now: dt.datetime) -> str | None:
    if not Plan.objects.active().filter(pk=plan_id).exists():
        return None
    RecomputeState.objects.get_or_create(plan_id=plan_id)
    token = secrets.token_hex(16)
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    taken = RecomputeState.objects.filter(free, plan_id=plan_id).update(
        lease_token=token, leased_until=now + LEASE
    )
    return token if taken else None


def _lease_release(plan_id: int, token: str) -> None:
    RecomputeState.objects.filter(plan_id=plan_id, lease_token=token).update(
        lease_token="", leased_until=None
    )


def _run_once(plan_id: int, token: str, now: dt.datetime) -> int:
    """Marks first, then rows, then one short writing transaction that deletes those marks."""
    started = time.monotonic()
    marks = list(PendingChange.objects.filter(plan_id=plan_id).values_list("pk", flat=True))
    plan = Plan.objects.select_related("area").get(pk=plan_id)
    today = timezone.localdate(now)
    readings = compute_plan(plan, today)
    with transaction.atomic():
        held = RecomputeState.objects.filter(plan_id=plan_id, lease_token=token).update(
            finished_at=now,
            computed_for=today,
            duration_ms=int((time.monotonic() - started) * 1000),
        )
        if not held:
            raise LeaseLostError
        store_readings(plan, readings, now)
        for start in range(0, len(marks), BATCH):
            PendingChange.objects.filter(pk__in=marks[start : start + BATCH]).delete()
    return len(readings)


def store_readings(plan: Plan, readings: Iterable[Reading], now: dt.datetime) -> None:
    """Upsert the readings and remove every other measurement of the plan."""
    versions = {target.pk: get_metric(target.metric_key).version for target in plan.targets.all()}
    rows = [
        Measurement(
            target_id=reading.target_id,
            admin_unit_id=reading.unit_id,
            as_of=reading.as_of,
            numerator=reading.numerator,
            denominator=reading.denominator,
            detail=reading.detail,
            computed_at=now,
            rule_version=versions[reading.target_id],
        )
        for reading in readings
    ]
    Measurement.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["target", "admin_unit", "as_of"],
        update_fields=["numerator", "denominator", "detail", "computed_at", "rule_version"],
    )
    wanted = {(row.target_id, row.admin_unit_id, row.as_of) for row in rows}
    stored = Measurement.objects.filter(target__plan=plan)
    gone = [
        pk
        for pk, *key in stored.values_list("pk", "target_id", "admin_unit_id", "as_of")
        if tuple(key) not in wanted
    ]
    for start in range(0, len(gone), BATCH):
        Measurement.objects.filter(pk__in=gone[start : start + BATCH]).delete()


# --- what is due ----------------------------------------------------------------------------------


def plans_to_recompute(*, now: dt.datetime, today: dt.date) -> list[int]:
    """Active plans with a mark, with figures older than `today`, or never computed.

    Notes on each active plan that it was looked at `now`.
    """
    found = _due_plans(today)
    for plan_id in Plan.objects.active().values_list("pk", flat=True):
        RecomputeState.objects.update_or_create(plan_id=plan_id, defaults={"swept_at": now})
    return found


def plan_is_due(*, plan_id: int, today: dt.date) -> bool:
    """Whether an active plan has a mark, figures older than `today`, or none at all."""
    return plan_id in _due_plans(today)


def _due_plans(today: dt.date) -> list[int]:
    marked = PendingChange.objects.filter(plan=OuterRef("pk"))
    stale = Q(recompute_state__computed_for__isnull=True) | Q(
        recompute_state__computed_for__lt=today
    )
    plans = Plan.objects.active().filter(Exists(marked) | stale).order_by("pk")
    return list(plans.values_list("pk", flat=True))


def plans_to_verify(*, now: dt.datetime) -> list[int]:
    """Active plans not verified since 02:00 of today (local time), once that hour has passed."""
    local = timezone.localtime(now)
    due = local.replace(hour=VERIFY_FROM_HOUR, minute=0, second=0, microsecond=0)
    if local < due:
        return []
    checked = Verification.objects.filter(plan=OuterRef("pk"), checked_at__gte=due)
    plans = Plan.objects.active().filter(~Exists(checked)).order_by("pk")
    return list(plans.values_list("pk", flat=True))


def progress_verify(*, plan_id: int, now: dt.datetime, today: dt.date) -> Verification | None:
    """Compare every stored figure with the second path, after a recompute where one is due.

    What is stored and up to date is compared as it is: recomputing it first would hide a figure
    that somebody changed by hand. Returns None, and stores nothing, for a plan that is not active
    and while figures are still moving; the next call tries again.
    """
    if plan_is_due(plan_id=plan_id, today=today):
        progress_recompute(plan_id=plan_id, clock_now=lambda: now)
    plan = Plan.objects.active().select_related("area").filter(pk=plan_id).first()
    if plan is None or plan_is_due(plan_id=plan_id, today=today):
        return None
    before = _last_run(plan_id)
    stored = list(Measurement.objects.filter(target__plan=plan).select_related("target"))
    found: list[Difference] = differences(plan, stored, plan.as_of_dates(today))
    if found and (plan_is_due(plan_id=plan_id, today=today) or _last_run(plan_id) != before):
        return None  # records changed while they were compared
    return Verification.objects.create(
        plan=plan,
        checked_at=now,
        compared=len(stored),
        differences=[difference.as_json() for difference in found],
    )


def _last_run(plan_id: int) -> dt.datetime | None:
    return RecomputeState.objects.values_list("finished_at", flat=True).get(plan_id=plan_id)
