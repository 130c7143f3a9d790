"""The first links of the menu."""

from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import Right
from damha_portal.core.context import MenuEntry, frame
from damha_portal.progress.models import Plan


def _area_name() -> str:
    plan = Plan.objects.current()
    return plan.area.full_name if plan else ""


frame.area_name = _area_name
frame.group("home", "", 0)
frame.group("administration", _("Quản trị"), 90)
frame.add(
    MenuEntry("home", _("Tổng quan"), "overview", 10),
    MenuEntry("home", _("Việc của tôi"), "my-work", 20),
    MenuEntry("administration", _("Trang quản trị"), "admin:index", 10, Right.ADMINISTER),
)
