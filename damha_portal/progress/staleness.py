"""The mark that a figure is out of date: written in the saver's own transaction.

One of the two listeners to Django's model signals in this project (the other is history). A save
of anything a metric depends on inserts one `PendingChange` for each active plan and, once the
transaction is committed, asks the worker to recompute. Insert only: savers never wait for each
other. A broker that is down costs time, never the save: the sweep finds the mark.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.audit import current_actor
from damha_portal.core.querysets import rows_changed
from damha_portal.progress.models import (
    ChecklistItem,
    Cohort,
    CohortMember,
    PendingChange,
    Plan,
    Target,
)
from damha_portal.progress.registry import all_metrics
from damha_portal.progress.tasks import recompute_plan

logger = logging.getLogger(__name__)

#: Every figure depends on these, whatever its metric says.
STRUCTURE = (AdminUnit, Plan, Target, Cohort, CohortMember, ChecklistItem)
#: A bulk change of more rows than this is marked by its count.
NAMED_ROWS = 1
DESCRIPTION_LIMIT = 200


@lru_cache(maxsize=1)
def watched() -> frozenset[type[models.Model]]:
    """Every model whose change may move a figure."""
    declared = {model for metric in all_metrics().values() for model in metric.depends_on}
    return frozenset({*declared, *STRUCTURE})


@lru_cache(maxsize=1)
def watched_through() -> frozenset[type[models.Model]]:
    """The join tables of the watched models' many-to-many fields."""
    return frozenset(
        field.remote_field.through
        for model in watched()
        for field in model._meta.many_to_many
        if field.remote_field.through is not None
    )


@receiver(post_save)
@receiver(post_delete)
def row_changed(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:  # noqa: ANN401
    """A row was saved or deleted."""
    if sender in watched():
        # A fixture may bring a row before what its name is made of.
        name = sender._meta.verbose_name if kwargs.get("raw") else instance
        mark_stale(sender, [instance.pk], str(name))


@receiver(m2m_changed)
def links_changed(sender: type[models.Model], instance: Any, action: str, **_kw: Any) -> None:  # noqa: ANN401
    """A many-to-many row was added or removed."""
    if action.startswith("post_") and sender in watched_through():
        mark_stale(type(instance), [instance.pk], str(instance))


@receiver(rows_changed)
def bulk_changed(sender: type[models.Model], pks: Iterable[Any], **_kwargs: Any) -> None:  # noqa: ANN401
    """Rows changed without `save()`; the base QuerySet says so."""
    if sender in watched():
        keys = list(pks)
        mark_stale(sender, keys, f"{len(keys)} × {sender._meta.verbose_name}")


def mark_stale(model: type[models.Model], pks: list[Any], description: str) -> None:
    """Insert one mark a plan, in the current transaction, and ask for a run on commit."""
    plan_ids = list(Plan.objects.active().order_by().values_list("pk", flat=True))
    if model is Plan and len(pks) == NAMED_ROWS:
        plan_ids = [plan_id for plan_id in plan_ids if plan_id == pks[0]]
    actor = current_actor()
    PendingChange.objects.bulk_create(
        PendingChange(
            plan_id=plan_id,
            model_label=model._meta.label,
            object_id=str(pks[0]) if len(pks) == NAMED_ROWS else "",
            description=description[:DESCRIPTION_LIMIT],
            actor=actor,
        )
        for plan_id in plan_ids
    )
    for plan_id in plan_ids:
        _run_on_commit(QueueRecompute(plan_id))


@dataclass(frozen=True, slots=True)
class QueueRecompute:
    """Sends the message; comparable, so that one transaction sends one."""

    plan_id: int

    def __call__(self) -> None:
        """Ask the worker; a broker that is down is the sweep's business."""
        try:
            recompute_plan.delay(self.plan_id)
        except Exception as error:  # noqa: BLE001  (the save stands, whatever a driver raises)
            logger.warning("Recompute of plan %s not queued: %s", self.plan_id, error)


def _run_on_commit(call: QueueRecompute) -> None:
    """Once a transaction. A call that waits outlives all that its own savepoint does not undo."""
    if all(entry[1] != call for entry in connection.run_on_commit):
        transaction.on_commit(call, robust=True)
