"""What pages show of sites and figures; queries live here, not in templates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.access import Sector, access_of, missing_right
from damha_portal.core.dates import format_date, format_datetime, format_month
from damha_portal.core.numbers import format_decimal, format_integer
from damha_portal.core.pages import Action, Badge, Fact, PageInfo
from damha_portal.core.periods import add_months
from tourism.enums import FigureStage, FigureStatus
from tourism.models import MonthlyFigure, TouristSite
from tourism.transitions import Transition, transitions_from

STATUS_TONES = {
    FigureStatus.DRAFT: "grey",
    FigureStatus.SUBMITTED: "blue",
    FigureStatus.RETURNED: "amber",
    FigureStatus.APPROVED: "green",
}
MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of an earlier month in the same area; `figure` is None where nothing is."""

    month: dt.date
    figure: MonthlyFigure | None

    def text(self, name: str) -> str:
        """One column in words: "tháng 8/2023: 3.690 (thực hiện, đã duyệt)"."""
        month = format_month(self.month)
        if self.figure is None:
            return _("%(month)s: chưa có số liệu") % {"month": month}
        value = getattr(self.figure, name)
        if value is None:
            return _("%(month)s: chưa rõ") % {"month": month}
        decimal = name == "turnover"
        number = format_decimal(value, trim=True) if decimal else format_integer(value)
        return _("%(month)s: %(number)s (%(stage)s, %(status)s)") % {
            "month": month,
            "number": number,
            "stage": self.figure.get_stage_display(),
            "status": self.figure.get_status_display(),
        }


def earlier_figures(*, user: Any, unit_id: int, month: dt.date) -> tuple[Earlier, Earlier]:  # noqa: ANN401
    """The month before and the same month of last year, the actual one where both stages exist."""
    wanted = (add_months(month, -1), add_months(month, -MONTHS_IN_YEAR))
    rows = MonthlyFigure.objects.visible_to(user).filter(admin_unit_id=unit_id, month__in=wanted)
    best: dict[dt.date, MonthlyFigure] = {}
    for row in rows:
        if row.month not in best or row.stage == FigureStage.ACTUAL:
            best[row.month] = row
    return (Earlier(wanted[0], best.get(wanted[0])), Earlier(wanted[1], best.get(wanted[1])))


def why_not_act(move: Transition, figure: MonthlyFigure, user: Any) -> str:  # noqa: ANN401
    """Why the person may not take the act in this area, "" where they may."""
    access = access_of(user)
    if access is None or not access.holds(move.right, Sector.TOURISM):
        return missing_right(move.right, Sector.TOURISM)
    units = access.units_with(move.right, Sector.TOURISM)
    if units is None or units.filter(pk=figure.admin_unit_id).exists():
        return ""
    return _("Số liệu này thuộc địa bàn khác; bạn chỉ làm được việc này ở địa bàn của mình.")


def allowed_moves(figure: MonthlyFigure, user: Any) -> tuple[Transition, ...]:  # noqa: ANN401
    """The acts that state, right and area allow the person."""
    moves = transitions_from(figure.status)
    return tuple(move for move in moves if not why_not_act(move, figure, user))


def figure_info(figure: MonthlyFigure, user: Any, _today: dt.date) -> PageInfo:  # noqa: ANN401
    """State, total, approval and buttons of one figure."""
    label = figure.get_status_display()
    alerts = []
    if figure.status == FigureStatus.RETURNED and figure.return_reason:
        reason = _("Bị trả lại: %(reason)s") % {"reason": figure.return_reason}
        alerts.append(Badge("amber", reason))
    if figure.status == FigureStatus.APPROVED and is_replaced(figure):
        alerts.append(
            Badge(
                "grey", _("Tháng này đã có số thực hiện được duyệt; số ước chỉ còn để đối chiếu.")
            )
        )
    return PageInfo(
        badges=[Badge(STATUS_TONES[FigureStatus(figure.status)], label)],
        alerts=alerts,
        facts=figure_facts(figure),
        actions=[
            Action(
                str(move.button),
                reverse("tourism:monthly-act", args=[figure.pk, move.act]),
                move.tone,
            )
            for move in allowed_moves(figure, user)
        ],
    )


def figure_facts(figure: MonthlyFigure) -> list[Fact]:
    """The total, and who approved when."""
    total = figure.total_arrivals
    text = format_integer(total) if total is not None else _("chưa đủ bốn loại khách")
    facts = [Fact(_("Tổng lượt khách"), text)]
    if figure.approved_at is not None:
        who = str(figure.approved_by) if figure.approved_by else _("Hệ thống")
        facts.append(Fact(_("Người duyệt"), who))
        facts.append(Fact(_("Duyệt lúc"), format_datetime(figure.approved_at)))
    return facts


def is_replaced(figure: MonthlyFigure) -> bool:
    """Whether an approved actual figure stands in place of this estimate."""
    if figure.stage != FigureStage.ESTIMATE:
        return False
    return MonthlyFigure.objects.filter(
        Q(admin_unit=figure.admin_unit_id) & Q(month=figure.month),
        stage=FigureStage.ACTUAL,
        status=FigureStatus.APPROVED,
    ).exists()


def site_info(site: TouristSite, _user: Any, _today: dt.date) -> PageInfo:  # noqa: ANN401
    """The district's list and the State's recognition, two facts that are never merged."""
    badges = []
    if site.is_listed_by_district:
        badges.append(Badge("grey", _("Trong danh mục của huyện")))
    if site.is_recognised:
        badges.append(Badge("green", _("Đã được công nhận điểm du lịch")))
    return PageInfo(
        badges=badges, facts=[Fact(_("Công nhận điểm du lịch"), recognition_text(site))]
    )


def recognition_text(site: TouristSite) -> str:
    """The decision of recognition in words."""
    if not site.is_recognised:
        return _("chưa có quyết định công nhận")
    if site.recognised_on is None:
        return _("%(ref)s, chưa rõ ngày") % {"ref": site.recognition_ref}
    return _("%(ref)s ngày %(day)s") % {
        "ref": site.recognition_ref,
        "day": format_date(site.recognised_on),
    }


def first_units(codes: set[str]) -> list[AdminUnit]:
    """The oldest unit of each code: a code may be used again for another place later."""
    found: dict[str, AdminUnit] = {}
    for unit in AdminUnit.objects.filter(code__in=codes).order_by("valid_from"):
        found.setdefault(unit.code, unit)
    return list(found.values())
