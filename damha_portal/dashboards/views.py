"""The overview leaders open before a meeting, and the page officers start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from damha_portal.core import clock
from damha_portal.core.dates import format_date
from damha_portal.core.pages import Crumb
from damha_portal.core.views import PortalView
from damha_portal.dashboards.work import quick_actions, work_items
from damha_portal.progress.enums import VerdictCode
from damha_portal.progress.models import Plan
from damha_portal.progress.selectors import PlanPicture, TargetLine, plan_picture
from damha_portal.progress.views import requested_day

#: Verdicts in the order the summary counts them.
ORDER = (
    VerdictCode.MET,
    VerdictCode.ON_TRACK,
    VerdictCode.AT_RISK,
    VerdictCode.BEHIND,
    VerdictCode.NOT_MET,
    VerdictCode.NO_DATA,
)
#: What needs a decision, worst first; at most seven are shown.
URGENT = (VerdictCode.BEHIND, VerdictCode.NOT_MET, VerdictCode.AT_RISK, VerdictCode.NO_DATA)
DECISIONS = 7


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that needs a decision: the target, who holds it, the next step."""

    line: TargetLine
    step: str


class Overview(PortalView):
    """Ten seconds before a meeting: how the plan stands, what is late, who holds it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page on the newest measured day up to the one asked for."""
        plan = self.plan(request)
        if plan is None:
            title = _("Tổng quan")
            return render(request, "dashboards/no_plan.html", {"title": title})
        picture = plan_picture(
            plan, today=clock.today(), now=clock.now(), on=requested_day(request)
        )
        return render(
            request,
            "dashboards/overview.html",
            {
                "title": plan.short_title,
                "picture": picture,
                "summary": summary(picture.lines),
                "decisions": decisions(picture.lines),
                "snapped": snapped(picture),
            },
        )

    def plan(self, request: HttpRequest) -> Plan | None:
        """The plan of `?ke-hoach=`, else the current one."""
        plans = Plan.objects.visible_to(request.user).select_related("area", "recompute_state")
        wanted = request.GET.get("ke-hoach", "")
        if wanted.isdigit():
            return plans.filter(pk=wanted).first()
        return plans.active().order_by("-period_start", "-pk").first()


def summary(lines: Sequence[TargetLine]) -> str:
    """The line of counts: 6 đạt · 3 đúng tiến độ · 1 có nguy cơ · 1 chậm."""
    counts = Counter(line.verdict.code for line in lines)
    return " · ".join(f"{counts[code]} {str(code.label).lower()}" for code in ORDER if counts[code])


def decisions(lines: Sequence[TargetLine]) -> list[Decision]:
    """The targets that need a decision, worst first."""
    urgent = [line for line in lines if line.verdict.code in URGENT]
    urgent.sort(key=lambda line: URGENT.index(line.verdict.code))
    return [Decision(line, next_step(line)) for line in urgent[:DECISIONS]]


def next_step(line: TargetLine) -> str:
    """What would bring the target forward, in one sentence."""
    words = {"count": line.needed, "unit": line.target.unit, "lead": line.lead}
    if line.verdict.code == VerdictCode.NO_DATA:
        return _("Giao %(lead)s nhập hoặc duyệt số liệu.") % words
    if line.needed:
        return _("Còn thiếu %(count)s để đạt; mở để xem từng trường hợp.") % words
    return _("Mở để xem vì sao và còn thiếu gì.")


def snapped(picture: PlanPicture) -> str:
    """Says so when another day is shown than the one asked for."""
    if picture.requested is None or picture.requested == picture.as_of:
        return ""
    return _("Số liệu được chốt theo cuối tháng: đang xem ngày %(shown)s thay cho %(asked)s.") % {
        "shown": format_date(picture.as_of),
        "asked": format_date(picture.requested),
    }


class MyWork(PortalView):
    """What is asked of me, and where I enter it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        title = _("Việc của tôi")
        return render(
            request,
            "dashboards/my_work.html",
            {
                "title": title,
                "items": work_items(request.user, clock.today()),
                "actions": quick_actions(request.user),
                "breadcrumbs": [Crumb(title)],
            },
        )
