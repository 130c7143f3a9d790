"""The plan at hand, from its data file; next year's is made by copying it in Django admin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from damha_portal.accounts.models import AdminUnit, Organisation
from damha_portal.core.seeds import read_data, register_facts
from damha_portal.core.services import record_save
from damha_portal.documents.models import OfficialDocument
from damha_portal.progress.enums import LeadSource
from damha_portal.progress.models import ChecklistItem, Cohort, Plan, PlanTask, Target

DATA = Path(__file__).parent / "data"
#: The tasks' lead is inferred from “huyện” (domain.md §1.5).
TASK_LEAD = "Ủy ban nhân dân huyện Đầm Hà"


@register_facts(order=30)
def plan_2023() -> str:
    """The plan of 2023 with all its parts; existing rows stay as people left them."""
    return load_plan(DATA / "plan_2023.toml")


@transaction.atomic
def load_plan(path: Path) -> str:
    """Create what is missing of the plan described in `path`; returns one line about it."""
    data = read_data(path)
    plan, created = _plan(data["plan"])
    cohorts = {row["key"]: _cohort(plan, row) for row in data.get("cohort", ())}
    for position, row in enumerate(data["target"], start=1):
        _target(plan, position, dict(row), cohorts)
    for position, row in enumerate(data.get("task", ()), start=1):
        _task(plan, position, row)
    done = "loaded" if created else "present"
    return f"{plan.short_title}: {done}, {plan.targets.count()} targets, {plan.tasks.count()} tasks"


def _plan(row: dict[str, Any]) -> tuple[Plan, bool]:
    values = dict(row)
    area = AdminUnit.objects.get(
        code=values.pop("area_code"), valid_from=values.pop("area_valid_from")
    )
    existing = Plan.objects.filter(area=area, title=values["title"]).first()
    if existing is not None:
        return existing, False
    document = OfficialDocument.objects.filter(source__contains="giao-ban-thuong-truc-huyen-uy-18")
    plan = Plan(area=area, document=document.first(), **values)
    return record_save(actor=None, record=plan, reason=values["source"]), True


def _cohort(plan: Plan, row: dict[str, Any]) -> Cohort:
    existing = plan.cohorts.filter(key=row["key"]).first()
    return existing or record_save(actor=None, record=Cohort(plan=plan, **row))


def _target(plan: Plan, position: int, values: dict[str, Any], cohorts: dict[str, Cohort]) -> None:
    if plan.targets.filter(code=values["code"]).exists():
        return
    checklist = values.pop("checklist", [])
    cohort = cohorts.get(values.pop("cohort", ""))
    lead = _organisation(values.pop("lead"))
    target = Target(
        plan=plan,
        position=position,
        cohort=cohort,
        lead=lead,
        lead_source=LeadSource.INFERRED,
        **values,
    )
    record_save(actor=None, record=target)
    for number, name in enumerate(checklist, start=1):
        item = ChecklistItem(target=target, position=number, name=name)
        record_save(actor=None, record=item)


def _task(plan: Plan, position: int, row: dict[str, Any]) -> None:
    if plan.tasks.filter(code=row["code"]).exists():
        return
    task = PlanTask(
        plan=plan,
        position=position,
        lead=_organisation(TASK_LEAD),
        lead_source=LeadSource.INFERRED,
        **row,
    )
    record_save(actor=None, record=task)


def _organisation(name: str) -> Organisation | None:
    """The organisation of this name; None where the units' facts do not hold it."""
    return Organisation.objects.filter(name=name).first()
