"""What tourism contributes to the frame: its menu, what it asks of people, quick entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import Right, Sector, access_of
from damha_portal.core.context import MenuEntry, frame
from damha_portal.dashboards.work import QuickAction, WorkItem, register_actions, register_work
from tourism.enums import FigureStatus
from tourism.models import MonthlyFigure

frame.group("tourism", _("Du lịch"), 30)
frame.add(
    MenuEntry("tourism", _("Lượt khách hằng tháng"), "tourism:monthly-list", 10),
    MenuEntry("tourism", _("Điểm du lịch"), "tourism:site-list", 20),
)


@register_work
def returned_figures(user: Any, today: dt.date) -> Sequence[WorkItem]:  # noqa: ANN401
    """Monthly figures of my units that were returned with a reason."""
    rows = MonthlyFigure.objects.editable_by(user).filter(status=FigureStatus.RETURNED)
    count = rows.count()
    if not count:
        return ()
    address = f"{reverse('tourism:monthly-list')}?status={FigureStatus.RETURNED.value}"
    why = gettext("%(count)s số liệu tháng bị trả lại, cần sửa") % {"count": count}
    return [WorkItem(gettext("Bị trả lại"), address, why, "red", count)]


@register_work
def figures_to_approve(user: Any, today: dt.date) -> Sequence[WorkItem]:  # noqa: ANN401
    """Figures that wait for this approver."""
    access = access_of(user)
    if access is None or not access.holds(Right.APPROVE, Sector.TOURISM):
        return ()
    rows = MonthlyFigure.objects.editable_by(user).filter(status=FigureStatus.SUBMITTED)
    count = rows.count()
    if not count:
        return ()
    address = f"{reverse('tourism:monthly-list')}?status={FigureStatus.SUBMITTED.value}"
    why = gettext("%(count)s số liệu tháng đang chờ bạn duyệt") % {"count": count}
    return [WorkItem(gettext("Chờ duyệt"), address, why, "amber", count)]


@register_actions
def quick_entries(user: Any) -> Sequence[QuickAction]:  # noqa: ANN401
    """What tourism officers enter most."""
    access = access_of(user)
    if access is None or not access.holds(Right.EDIT, Sector.TOURISM):
        return ()
    return [
        QuickAction(
            gettext("Nhập lượt khách tháng"),
            reverse("tourism:monthly-create"),
            gettext("Số ước hoặc số thực hiện"),
        ),
    ]
