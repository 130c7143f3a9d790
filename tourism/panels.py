"""What tourism contributes to the frame: its menu."""

from django.utils.translation import gettext_lazy as _

from damha_portal.core.context import MenuEntry, frame

frame.group("tourism", _("Du lịch"), 30)
frame.add(
    MenuEntry("tourism", _("Lượt khách hằng tháng"), "tourism:monthly-list", 10),
    MenuEntry("tourism", _("Điểm du lịch"), "tourism:site-list", 20),
)
