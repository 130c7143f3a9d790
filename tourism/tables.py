"""Lists of sites and monthly figures."""

from __future__ import annotations

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from damha_portal.core.tables import MonthColumn, NumberColumn, RecordLinkColumn, RecordTable
from tourism.models import MonthlyFigure, TouristSite
from tourism.selectors import recognition_text


class TouristSiteTable(RecordTable):
    """Sites; the district's list and recognition are two columns."""

    name = RecordLinkColumn(verbose_name=_("Tên điểm"), order_by=("sort_text", "pk"))
    kind = tables.Column(verbose_name=_("Loại"))
    admin_unit = tables.Column(
        accessor="admin_unit__full_name",
        verbose_name=_("Xã, thị trấn"),
        order_by=("admin_unit__sort_text", "sort_text"),
    )
    is_listed_by_district = tables.Column(verbose_name=_("Danh mục của huyện"))
    recognition_ref = tables.Column(verbose_name=_("Công nhận điểm du lịch"), empty_values=())
    heritage_level = tables.Column(verbose_name=_("Di tích"))

    class Meta(RecordTable.Meta):
        model = TouristSite
        fields = (
            "name",
            "kind",
            "admin_unit",
            "is_listed_by_district",
            "recognition_ref",
            "heritage_level",
        )

    def render_is_listed_by_district(self, value: bool) -> str:  # noqa: FBT001  (a cell)
        """In words; unknown stays a dash."""
        return str(_("có") if value else _("không"))

    def render_recognition_ref(self, record: TouristSite) -> str:
        """The decision, or that there is none."""
        return recognition_text(record)


class MonthlyFigureTable(RecordTable):
    """Figures, newest month first."""

    month = MonthColumn(verbose_name=_("Tháng"))
    admin_unit = RecordLinkColumn(
        accessor="admin_unit__full_name",
        verbose_name=_("Địa bàn"),
        order_by=("admin_unit__sort_text", "-month"),
    )
    stage = tables.Column(verbose_name=_("Loại số liệu"))
    arrivals = NumberColumn(verbose_name=_("Tổng lượt khách"))
    international = NumberColumn(accessor="international_arrivals", verbose_name=_("Quốc tế"))
    domestic = NumberColumn(accessor="domestic_arrivals", verbose_name=_("Nội địa"))
    status = tables.Column(verbose_name=_("Trạng thái"))
    approved_by = tables.Column(verbose_name=_("Người duyệt"), orderable=False)

    class Meta(RecordTable.Meta):
        model = MonthlyFigure
        fields = (
            "month",
            "admin_unit",
            "stage",
            "arrivals",
            "international",
            "domestic",
            "status",
            "approved_by",
        )

    def order_arrivals(
        self,
        queryset: QuerySet[MonthlyFigure],
        is_descending: bool,  # noqa: FBT001  (library signature)
    ) -> tuple[QuerySet[MonthlyFigure], bool]:
        """Unknown totals come last either way."""
        return _by(queryset, "arrivals", descending=is_descending)

    def order_international(
        self,
        queryset: QuerySet[MonthlyFigure],
        is_descending: bool,  # noqa: FBT001  (library signature)
    ) -> tuple[QuerySet[MonthlyFigure], bool]:
        """Unknown sums come last either way."""
        return _by(queryset, "international_arrivals", descending=is_descending)

    def order_domestic(
        self,
        queryset: QuerySet[MonthlyFigure],
        is_descending: bool,  # noqa: FBT001  (library signature)
    ) -> tuple[QuerySet[MonthlyFigure], bool]:
        """Unknown sums come last either way."""
        return _by(queryset, "domestic_arrivals", descending=is_descending)


def _by(
    queryset: QuerySet[MonthlyFigure], name: str, *, descending: bool
) -> tuple[QuerySet[MonthlyFigure], bool]:
    column = F(name)
    order = column.desc(nulls_last=True) if descending else column.asc(nulls_last=True)
    return queryset.order_by(order, "-month", "pk"), True
