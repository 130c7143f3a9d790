"""The page that shows every component with realistic, difficult and wrong content."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import RequestConfig

from damha_portal.core.access import Right, requires
from damha_portal.core.components import Definition, FigureLine, Step, TimelineEntry
from damha_portal.core.forms import Conflict
from damha_portal.core.pages import Crumb
from damha_portal.core.ratio import Percent, Ratio

LONG_NAME = (
    "Hợp tác xã Dịch vụ tổng hợp và nuôi trồng, chế biến thủy hải sản xuất khẩu "
    "Phương Đông Quảng Nghĩa"
)


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """A verdict for the examples."""

    code: str
    label: str
    reason: str


def example_verdicts() -> list[ShownVerdict]:
    """One of each."""
    return [
        ShownVerdict("met", _("Đạt"), _("15/15")),
        ShownVerdict("on_track", _("Đúng tiến độ"), _("12/15, cần 11 đến hết tháng 9")),
        ShownVerdict("at_risk", _("Có nguy cơ"), _("11/15, cần 12 đến hết tháng 9")),
        ShownVerdict("behind", _("Chậm"), _("9/15, cần 14 đến hết tháng 9")),
        ShownVerdict("not_met", _("Không đạt"), _("14/15 khi hết kỳ kế hoạch")),
        ShownVerdict("no_data", _("Chưa có số liệu"), _("chưa đơn vị nào nhập")),
    ]


class ExampleForm(forms.Form):
    """Fields of every kind."""

    name = forms.CharField(
        label=gettext_lazy("Tên sản phẩm"), help_text=gettext_lazy("Ghi đúng tên trên nhãn.")
    )
    arrivals = forms.CharField(label=gettext_lazy("Lượt khách trong tháng"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại hình chủ thể"),
        choices=[("", "— chọn —"), ("htx", "Hợp tác xã"), ("ho", "Hộ kinh doanh")],
    )
    period = forms.ChoiceField(
        label=gettext_lazy("Số liệu là"),
        choices=[("estimate", "Ước thực hiện"), ("actual", "Chính thức")],
        widget=forms.RadioSelect,
    )
    story = forms.CharField(
        label=gettext_lazy("Câu chuyện sản phẩm"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    photo = forms.FileField(label=gettext_lazy("Ảnh sản phẩm"), required=False)
    is_public = forms.BooleanField(
        label=gettext_lazy("Cho phép hiện trên trang công khai"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        arrivals: Any = self.fields["arrivals"]
        arrivals.unit = _("lượt")
        arrivals.previous = _("Tháng trước 3.120 · cùng kỳ năm trước 2.890")


class ExampleTable(tables.Table):
    """Rows with a long name, a zero and an unknown."""

    name = tables.Column(verbose_name=gettext_lazy("Chủ thể"))
    unit = tables.Column(verbose_name=gettext_lazy("Xã, thị trấn"))
    products = tables.Column(
        verbose_name=gettext_lazy("Số sản phẩm"),
        attrs={"td": {"class": "number"}, "th": {"class": "number"}},
    )

    class Meta:
        template_name = "components/table.html"
        attrs = {"class": "table"}


def example_table(request: HttpRequest) -> ExampleTable:
    """Three rows, sorted by name."""
    rows = [
        {"name": LONG_NAME, "unit": "Quảng Tân", "products": "12"},
        {"name": "Hộ kinh doanh Nguyễn Thị Hường", "unit": "Đầm Hà", "products": "0"},
        {"name": "Công ty TNHH Lạc đỏ", "unit": "Đại Bình", "products": None},
    ]
    table = ExampleTable(rows, order_by="name", empty_text=_("Chưa có chủ thể nào."))
    RequestConfig(request, paginate={"per_page": 2, "silent": True}).configure(table)
    return table


def example_context(request: HttpRequest) -> dict[str, Any]:
    """Everything the page shows."""
    behind = ShownVerdict("behind", _("Chậm"), _("12/15, cần 14 đến hết tháng 9"))
    return {
        "title": _("Thành phần giao diện"),
        "breadcrumbs": [Crumb(_("Thành phần giao diện"))],
        "verdicts": example_verdicts(),
        "figures": [
            FigureLine(
                title=_("Sản phẩm có mã truy xuất nguồn gốc"),
                value="80 %",
                share="12/15",
                target="100 %",
                verdict=behind,
                age=_("tính đến 14:05"),
                pending=3,
                pending_url="#figure",
                verified=_("đã đối chiếu 02:10, khớp"),
                why_url="#figure",
            ),
            FigureLine(title=_("Lượt khách du lịch"), value="0", target="40.000"),
            FigureLine(
                title=_("Tăng trưởng so với cùng kỳ năm trước của khách lưu trú quốc tế"),
                value=_("chưa có số liệu"),
                verdict=example_verdicts()[-1],
            ),
        ],
        "bars": [
            (_("Số đếm"), 12, 15, 14),
            (_("Tỷ lệ vượt chỉ tiêu"), Ratio(9, 10), Percent(70), Percent(60)),
            (_("Bằng không"), 0, 15, 4),
            (_("Chưa có số liệu"), None, 15, None),
        ],
        "months": [("tháng 1", 120), ("tháng 2", None), ("tháng 3", 340), ("tháng 4", 310)],
        "no_months": [("tháng 1", None), ("tháng 2", None)],
        "empty_form": ExampleForm(),
        "wrong_form": ExampleForm({"arrivals": "40.00"}, prefix="wrong"),
        "conflict": [
            Conflict(_("Tên sản phẩm"), "Lạc đỏ Đầm Hà", "Lạc đỏ Đầm Hà loại I", "Lạc đỏ"),
            Conflict(_("Ghi chú"), "", LONG_NAME, ""),
        ],
        "steps": [
            Step(_("Tuyên truyền, hướng dẫn"), "done"),
            Step(_("Nhận đăng ký ý tưởng sản phẩm"), "done", "12/04/2023"),
            Step(_("Nhận phương án, dự án sản xuất kinh doanh"), "returned", _("bổ sung bản vẽ")),
            Step(_("Triển khai phương án"), "current"),
            Step(_("Đánh giá và phân hạng"), "todo"),
            Step(_("Xúc tiến thương mại"), "todo"),
        ],
        "entries": [
            TimelineEntry(
                dt.datetime(2023, 9, 30, 14, 5, tzinfo=dt.UTC),
                "Nguyễn Thị Hường · Phòng NN&PTNT",
                _("Sửa ngày cấp"),
                _("Nhập nhầm tháng"),
            ),
            TimelineEntry(dt.date(2023, 4, 12), LONG_NAME, _("Tạo mới")),
        ],
        "definitions": [
            Definition(_("Chủ thể"), LONG_NAME, "#definition"),
            (_("Mã số thuế"), "—"),
            (_("Số lao động"), "0"),
        ],
        "table": example_table(request),
        "empty_table": ExampleTable([], empty_text=_("Chưa có chủ thể nào.")),
        "page": Paginator(range(480), 20).page(7),
    }


@requires(Right.MEMBER)
def component_page(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for developers and for tests."""
    return render(request, "core/components.html", example_context(request))
