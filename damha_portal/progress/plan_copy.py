"""Next year's plan from this year's: a draft that people finish, with no programmer."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from damha_portal.core.periods import add_months
from damha_portal.core.services import record_save
from damha_portal.progress.enums import BaselineState, PlanStatus
from damha_portal.progress.models import Cohort, Plan, PlanTask, Target

R = TypeVar("R", Plan, Target, Cohort, PlanTask)
YEAR = 12


@transaction.atomic
def plan_copy(*, actor: Any, plan: Plan) -> Plan:  # noqa: ANN401  (User or None)
    """A draft of the plan for the following twelve months.

    Targets, tasks and cohorts are copied; cohorts start empty, baselines as “missing”, because
    last year's figures must not pass for this year's. Milestones move by a year.
    """
    start, end = add_months(plan.period_start, YEAR), add_months(plan.period_end, YEAR)
    copy = _clone(plan, period_start=start, period_end=end, status=PlanStatus.DRAFT, document=None)
    for name in ("title", "short_title"):
        text = getattr(plan, name)
        moved = text.replace(str(plan.period_start.year), str(start.year))
        is_same = moved == text
        setattr(copy, name, _("%(title)s (bản sao)") % {"title": text} if is_same else moved)
    record_save(actor=actor, record=copy, reason=_("Sao chép từ «%(plan)s»") % {"plan": plan})
    cohorts: dict[int | None, Cohort | None] = {None: None}
    for cohort in plan.cohorts.all():
        moved_on = add_months(cohort.frozen_on, YEAR)
        cohorts[cohort.pk] = record_save(
            actor=actor, record=_clone(cohort, plan=copy, frozen_on=moved_on)
        )
    for target in plan.targets.prefetch_related("coordinators"):
        _copy_target(actor, target, copy, cohorts[target.cohort_id])
    for task in plan.tasks.all():
        record_save(actor=actor, record=_clone(task, plan=copy))
    return copy


def _copy_target(actor: Any, target: Target, plan: Plan, cohort: Cohort | None) -> None:  # noqa: ANN401
    milestones = [
        {**row, "on": str(add_months(dt.date.fromisoformat(row["on"]), YEAR))}
        for row in target.milestones
    ]
    parameters = {key: value for key, value in target.parameters.items() if key != "baseline_on"}
    copy = _clone(
        target,
        plan=plan,
        cohort=cohort,
        milestones=milestones,
        parameters=parameters,
        baseline_value=None,
        baseline_state=BaselineState.MISSING,
        baseline_note="",
    )
    record_save(actor=actor, record=copy, many={"coordinators": target.coordinators.all()})


def _clone(record: R, **changes: Any) -> R:  # noqa: ANN401
    """An unsaved copy of the row's own columns."""
    skipped = {"id", "created_at", "updated_at", "is_illustrative"}
    values = {
        field.name: getattr(record, field.name)
        for field in record._meta.concrete_fields
        if field.name not in skipped and not isinstance(field, models.AutoField)
    }
    return type(record)(**{**values, **changes})
