"""Illustrative sites and two years of figures, each row marked; nothing here is a fact."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from damha_portal.accounts.models import AdminUnit, User
from damha_portal.core.access import Role, Sector
from damha_portal.core.audit import acting
from damha_portal.core.periods import add_months
from damha_portal.core.seeds import read_data, register_demo, register_demo_removal
from damha_portal.core.services import record_save
from damha_portal.documents.models import Attachment
from damha_portal.documents.services import attachment_remove
from tourism.enums import FigureStage, FigureStatus
from tourism.models import MonthlyFigure, TouristSite
from tourism.models.figure import ARRIVAL_FIELDS
from tourism.selectors import first_units

DATA = Path(__file__).parent / "data" / "demo.toml"
METHOD = "Số minh họa, không đếm từ nguồn nào."
REMOVAL = "Gỡ dữ liệu minh họa."
#: Estimates are approved before their month ends, actual figures early in the next month.
ESTIMATE_DAY, ACTUAL_DAY = 25, 5


@register_demo(order=50)
@transaction.atomic
def tourism() -> str:
    """Create what is missing; existing rows stay as people left them."""
    data = read_data(DATA)
    rows = [*data["site"], *data["figure"]]
    units = {unit.code: unit for unit in first_units({row["unit"] for row in rows})}
    approver = _approver(units[data["district"]])
    sites = sum(_site(row, units[row["unit"]]) for row in data["site"])
    figures = sum(_figure(row, units[row["unit"]], approver) for row in data["figure"])
    return f"tourism: {sites} sites and {figures} figures loaded, the others present"


@register_demo_removal(order=50)
@transaction.atomic
def remove_tourism() -> str:
    """Delete the marked rows, with their evidence; history keeps that they were removed."""
    removed = 0
    with acting(None, REMOVAL):
        for model in (MonthlyFigure, TouristSite):
            rows: Any = model._default_manager
            for record in rows.filter(is_illustrative=True):
                for file in Attachment.objects.of(record):
                    attachment_remove(actor=None, attachment=file, reason=REMOVAL)
                record.delete()
                removed += 1
    return f"tourism: {removed} illustrative rows removed"


def _approver(district: AdminUnit) -> User | None:
    """An illustrative person who may approve the district's figures, where one is loaded."""
    people = User.objects.filter(
        is_illustrative=True,
        memberships__role=Role.APPROVER,
        memberships__organisation__admin_unit=district,
    ).order_by("pk")
    able = (person for person in people.distinct() if _covers_tourism(person))
    return next(able, None)


def _covers_tourism(person: User) -> bool:
    return any(Sector.TOURISM in membership.sectors for membership in person.memberships.all())


def _site(row: dict[str, Any], unit: AdminUnit) -> bool:
    if TouristSite.objects.filter(name=row["name"], admin_unit=unit).exists():
        return False
    values = {name: value for name, value in row.items() if name != "unit"}
    site = TouristSite(admin_unit=unit, is_illustrative=True, **values)
    record_save(actor=None, record=site, reason=METHOD)
    return True


def _figure(row: dict[str, Any], unit: AdminUnit, approver: User | None) -> bool:
    key = {"admin_unit": unit, "month": row["month"], "stage": row["stage"]}
    if MonthlyFigure.objects.filter(**key).exists():
        return False
    figure = MonthlyFigure(
        **key,
        **dict(zip(ARRIVAL_FIELDS, row["arrivals"], strict=True)),
        guest_nights=row["guest_nights"],
        turnover=row["turnover"],
        status=row["status"],
        return_reason=row.get("return_reason", ""),
        method=METHOD,
        is_illustrative=True,
    )
    if figure.status == FigureStatus.APPROVED:
        figure.approved_by = approver
        figure.approved_at = _approval(figure)
    record_save(actor=None, record=figure, reason=METHOD)
    return True


def _approval(figure: MonthlyFigure) -> dt.datetime:
    if figure.stage == FigureStage.ESTIMATE:
        day = figure.month.replace(day=ESTIMATE_DAY)
    else:
        day = add_months(figure.month, 1).replace(day=ACTUAL_DAY)
    return dt.datetime.combine(day, dt.time(9), tzinfo=ZoneInfo(settings.TIME_ZONE))
