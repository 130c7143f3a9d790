"""Files of sites and monthly figures; a figure's state is never a column."""

# ruff: noqa: ANN401  (the signatures are those of django-import-export)

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import widgets

from damha_portal.accounts.resources import UnitWidget
from damha_portal.core.dates import DateFormatError, parse_month
from damha_portal.core.periods import month_start
from damha_portal.core.resources import (
    REASON,
    AmountWidget,
    ChoiceWidget,
    DayWidget,
    PortalResource,
    WholeNumberWidget,
    column,
)
from tourism.enums import FigureStage, HeritageLevel, SiteKind
from tourism.models import MonthlyFigure, TouristSite
from tourism.models.figure import ARRIVAL_FIELDS
from tourism.services import monthly_figure_save

UNIT_CODE, UNIT_FROM = "Mã địa bàn", "Mã địa bàn có từ ngày"


class MonthWidget(widgets.Widget):
    """A month: a date cell, or text 09/2023."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> dt.date | None:
        """The first day of the month; None for an empty cell."""
        if value is None or value == "":
            return None
        if isinstance(value, dt.date):
            return month_start(value)
        try:
            return parse_month(str(value))
        except DateFormatError as error:
            raise ValueError(str(error)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """09/2023."""
        return f"{value:%m/%Y}" if value else ""


class KnownWidget(widgets.Widget):
    """Yes, no, or nobody said."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool | None:
        """True for "có", False for "không", None for an empty cell."""
        text = str(value or "").strip().casefold()
        answers = {"": None, "có": True, "không": False}
        if text not in answers:
            sentence = _("«%(text)s»: ghi «có», «không», hoặc để trống nếu chưa rõ.")
            raise ValueError(sentence % {"text": value})
        return answers[text]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """In words; blank for unknown."""
        return "" if value is None else (_("có") if value else _("không"))


class HeritageWidget(ChoiceWidget):
    """A relic's level by its label; an empty cell is a level that nobody said."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The stored value."""
        return super().clean(value, row, **kwargs) if value else HeritageLevel.NONE.value


def _unit_columns() -> tuple[Any, Any]:
    begun = column("admin_unit__valid_from", UNIT_FROM, DayWidget(), readonly=True)
    return column("admin_unit", UNIT_CODE, UnitWidget(UNIT_CODE, UNIT_FROM)), begun


class TouristSiteResource(PortalResource):
    """Sites, known by name and unit; the district's list and recognition are two columns."""

    name = column("name", gettext_lazy("Tên điểm"))
    unit, unit_from = _unit_columns()
    alias = column("alias", gettext_lazy("Tên khác"))
    kind = column("kind", gettext_lazy("Loại"), ChoiceWidget(SiteKind))
    description = column("description", gettext_lazy("Mô tả"))
    listed = column("is_listed_by_district", gettext_lazy("Huyện đưa vào danh mục"), KnownWidget())
    recognition = column("recognition_ref", gettext_lazy("Quyết định công nhận điểm du lịch"))
    recognised_on = column("recognised_on", gettext_lazy("Ngày công nhận"), DayWidget())
    heritage = column("heritage_level", gettext_lazy("Di tích"), HeritageWidget(HeritageLevel))
    heritage_ref = column("heritage_ref", gettext_lazy("Quyết định di tích"))
    source = column("source", gettext_lazy("Nguồn"))

    class Meta(PortalResource.Meta):
        model = TouristSite
        import_id_fields = ("name", "unit")
        fields = (
            "name",
            "unit",
            "unit_from",
            "alias",
            "kind",
            "description",
            "listed",
            "recognition",
            "recognised_on",
            "heritage",
            "heritage_ref",
            "source",
        )


class MonthlyFigureResource(PortalResource):
    """Figures, known by unit, month and stage."""

    unit, unit_from = _unit_columns()
    month = column("month", gettext_lazy("Tháng"), MonthWidget())
    stage = column("stage", gettext_lazy("Loại số liệu"), ChoiceWidget(FigureStage))
    international_overnight = column(
        ARRIVAL_FIELDS[0], gettext_lazy("Khách quốc tế lưu trú"), WholeNumberWidget()
    )
    international_same_day = column(
        ARRIVAL_FIELDS[1], gettext_lazy("Khách quốc tế trong ngày"), WholeNumberWidget()
    )
    domestic_overnight = column(
        ARRIVAL_FIELDS[2], gettext_lazy("Khách nội địa lưu trú"), WholeNumberWidget()
    )
    domestic_same_day = column(
        ARRIVAL_FIELDS[3], gettext_lazy("Khách nội địa trong ngày"), WholeNumberWidget()
    )
    guest_nights = column("guest_nights", gettext_lazy("Ngày khách"), WholeNumberWidget())
    turnover = column("turnover", gettext_lazy("Doanh thu (triệu đồng)"), AmountWidget())
    method = column("method", gettext_lazy("Cách tổng hợp"))

    class Meta(PortalResource.Meta):
        model = MonthlyFigure
        import_id_fields = ("unit", "month", "stage")
        fields = (
            "unit",
            "unit_from",
            "month",
            "stage",
            *ARRIVAL_FIELDS,
            "guest_nights",
            "turnover",
            "method",
        )

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:  # noqa: FBT001
        """An approved figure that a file changes must be approved again."""
        if not self._is_dry_run(kwargs):
            monthly_figure_save(actor=self.actor, figure=instance, reason=REASON)
