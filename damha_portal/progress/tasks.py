"""Background work: tasks take ids, re-read, may run twice, may find nothing."""

from __future__ import annotations

from celery import shared_task

from damha_portal.core import clock
from damha_portal.progress.services import (
    plan_is_due,
    plans_to_recompute,
    plans_to_verify,
    progress_recompute,
    progress_verify,
)


@shared_task(name="progress.recompute_plan")
def recompute_plan(plan_id: int) -> None:
    """Recompute a plan until no mark is left; does nothing while another run has the lease.

    Of a hundred messages the first finds the marks, the others find nothing to do.
    """
    if plan_is_due(plan_id=plan_id, today=clock.today()):
        progress_recompute(plan_id=plan_id, clock_now=clock.now)


@shared_task(name="progress.sweep")
def sweep() -> None:
    """Each minute: marks whose message was lost, leases that ran out, a day that has passed."""
    for plan_id in plans_to_recompute(now=clock.now(), today=clock.today()):
        progress_recompute(plan_id=plan_id, clock_now=clock.now)


@shared_task(name="progress.verify")
def verify() -> None:
    """Once a day after 02:00: compare the stored figures with the second path."""
    for plan_id in plans_to_verify(now=clock.now()):
        progress_verify(plan_id=plan_id, now=clock.now(), today=clock.today())
