"""Menu entries of the OCOP pages."""

from django.utils.translation import gettext_lazy as _

from damha_portal.core.context import MenuEntry, frame

frame.group("ocop", _("OCOP"), 20)
frame.add(
    MenuEntry("ocop", _("Sản phẩm"), "ocop:product-list", 10),
    MenuEntry("ocop", _("Chủ thể"), "ocop:producer-list", 20),
    MenuEntry("ocop", _("Chu trình OCOP"), "ocop:participation-list", 30),
    MenuEntry("ocop", _("Công nhận hạng sao"), "ocop:recognition-list", 40),
    MenuEntry("ocop", _("Hỗ trợ"), "ocop:support-list", 50),
    MenuEntry("ocop", _("Tem và mã truy xuất"), "ocop:code-list", 60),
    MenuEntry("ocop", _("Giới thiệu trên sàn"), "ocop:platform-listing-list", 70),
    MenuEntry("ocop", _("Bán tại siêu thị, cửa hàng"), "ocop:retail-listing-list", 80),
    MenuEntry("ocop", _("Sàn"), "ocop:platform-list", 90),
    MenuEntry("ocop", _("Chuỗi bán lẻ"), "ocop:chain-list", 91),
    MenuEntry("ocop", _("Điểm bán"), "ocop:outlet-list", 92),
    MenuEntry("ocop", _("Nhóm sản phẩm"), "ocop:group-list", 93),
    MenuEntry("ocop", _("Phân nhóm"), "ocop:subgroup-list", 94),
    MenuEntry("ocop", _("Bộ tiêu chí"), "ocop:ruleset-list", 95),
)
