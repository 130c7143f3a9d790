"""What OCOP contributes to the frame: its menu, what it asks of officers, quick entries."""

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
from ocop.enums import ParticipationState, RecognitionState
from ocop.models import CycleParticipation, Product, Recognition

frame.group("ocop", _("OCOP"), 20)
frame.group("reference", _("Danh mục"), 80)
frame.add(
    MenuEntry("ocop", _("Sản phẩm"), "ocop:product-list", 10),
    MenuEntry("ocop", _("Chủ thể"), "ocop:producer-list", 20),
    MenuEntry("ocop", _("Chu trình OCOP"), "ocop:participation-list", 30),
    MenuEntry("ocop", _("Công nhận hạng sao"), "ocop:recognition-list", 40),
    MenuEntry("ocop", _("Hỗ trợ"), "ocop:support-list", 50),
    MenuEntry("ocop", _("Tem và mã truy xuất"), "ocop:code-list", 60),
    MenuEntry("ocop", _("Giới thiệu trên sàn"), "ocop:platform-listing-list", 70),
    MenuEntry("ocop", _("Bán tại siêu thị, cửa hàng"), "ocop:retail-listing-list", 80),
    MenuEntry("reference", _("Sàn"), "ocop:platform-list", 90),
    MenuEntry("reference", _("Chuỗi bán lẻ"), "ocop:chain-list", 91),
    MenuEntry("reference", _("Điểm bán"), "ocop:outlet-list", 92),
    MenuEntry("reference", _("Nhóm sản phẩm"), "ocop:group-list", 93),
    MenuEntry("reference", _("Phân nhóm"), "ocop:subgroup-list", 94),
    MenuEntry("reference", _("Bộ tiêu chí"), "ocop:ruleset-list", 95),
)


@register_work
def expiring_certificates(user: Any, today: dt.date) -> Sequence[WorkItem]:  # noqa: ANN401
    """Certificates of my units that lapse within 90 days."""
    count = Recognition.objects.editable_by(user).expiring(today).count()
    if not count:
        return ()
    address = f"{reverse('ocop:recognition-list')}?state={RecognitionState.EXPIRING.value}"
    why = gettext("%(count)s giấy chứng nhận hết hiệu lực trong 90 ngày tới") % {"count": count}
    return [WorkItem(gettext("Sắp hết hạn"), address, why, "amber", count)]


@register_work
def recognised_without_code(user: Any, today: dt.date) -> Sequence[WorkItem]:  # noqa: ANN401
    """Recognised products of my units without an active code: what T8 misses."""
    recognised = Product.objects.editable_by(user).recognised(on=today)
    count = recognised.exclude(pk__in=recognised.with_active_code(on=today).values("pk")).count()
    if not count:
        return ()
    address = f"{reverse('ocop:product-list')}?star=any&code=no"
    why = gettext("%(count)s sản phẩm đang được công nhận chưa có mã truy xuất còn hiệu lực") % {
        "count": count
    }
    return [WorkItem(gettext("Thiếu mã truy xuất"), address, why, "amber", count)]


@register_work
def returned_participations(user: Any, today: dt.date) -> Sequence[WorkItem]:  # noqa: ANN401
    """Ideas and business plans that came back and wait for a correction."""
    returned = (ParticipationState.IDEA_RETURNED, ParticipationState.PLAN_RETURNED)
    rows: Any = CycleParticipation.objects.editable_by(user).with_state(today)
    count = rows.filter(state__in=returned).count()
    if not count:
        return ()
    why = gettext("%(count)s ý tưởng hoặc phương án bị trả lại, cần sửa") % {"count": count}
    return [WorkItem(gettext("Bị trả lại"), reverse("ocop:participation-list"), why, "red", count)]


@register_actions
def quick_entries(user: Any) -> Sequence[QuickAction]:  # noqa: ANN401
    """What OCOP officers enter most."""
    access = access_of(user)
    if access is None or not access.holds(Right.EDIT, Sector.OCOP):
        return ()
    return [
        QuickAction(
            gettext("Ghi mã truy xuất"),
            reverse("ocop:code-create"),
            gettext("Tem điện tử, mã QR, mã số mã vạch"),
        ),
        QuickAction(
            gettext("Ghi hoạt động hỗ trợ"),
            reverse("ocop:support-create"),
            gettext("Đào tạo, tập huấn, tư vấn, bao bì"),
        ),
        QuickAction(
            gettext("Thêm sản phẩm"),
            reverse("ocop:product-create"),
            gettext("Sản phẩm mới của một chủ thể"),
        ),
    ]
