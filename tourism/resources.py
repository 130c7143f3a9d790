"""Sites and monthly figures as rows of a workbook."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from import_export import fields, widgets

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.dates import DateFormatError, format_date, parse_date
from damha_portal.core.resources import PortalResource
from tourism.models import MonthlyFigure, TouristSite
from tourism.models.figure import ARRIVAL_FIELDS
from tourism.services import monthly_figure_save


class UnitWidget(widgets.Widget):
    """A unit by its key: "06895 01/01/2020"; the code alone where it means one unit only."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> AdminUnit:  # noqa: ANN401
        """The unit, or a ValueError saying what to write."""
        code, _space, day = str(value or "").strip().partition(" ")
        units = AdminUnit.objects.filter(code=code)
        try:
            if day:
                units = units.filter(valid_from=parse_date(day))
        except DateFormatError as error:
            raise ValueError(str(error)) from error
        found = list(units[:2])
        if len(found) == 1:
            return found[0]
        raise ValueError(
            _("Không rõ đơn vị «%(value)s». Ghi mã và ngày bắt đầu, ví dụ: 06895 01/01/2020.")
            % {"value": value}
        )

    def render(self, value: AdminUnit | None, obj: Any = None, **kwargs: Any) -> str:  # noqa: ANN401
        """Code and first day."""
        return "" if value is None else f"{value.code} {format_date(value.valid_from)}"


def _unit() -> fields.Field:
    return fields.Field(attribute="admin_unit", column_name="admin_unit", widget=UnitWidget())


class TouristSiteResource(PortalResource):
    """Sites, known by name and unit."""

    admin_unit = _unit()

    class Meta(PortalResource.Meta):
        model = TouristSite
        import_id_fields = ("name", "admin_unit")
        fields = (
            "name",
            "admin_unit",
            "alias",
            "kind",
            "description",
            "is_listed_by_district",
            "recognition_ref",
            "recognised_on",
            "heritage_level",
            "heritage_ref",
            "source",
        )


class MonthlyFigureResource(PortalResource):
    """Figures, known by unit, month and stage; their state is not a column."""

    admin_unit = _unit()

    class Meta(PortalResource.Meta):
        model = MonthlyFigure
        import_id_fields = ("admin_unit", "month", "stage")
        fields = (
            "admin_unit",
            "month",
            "stage",
            *ARRIVAL_FIELDS,
            "guest_nights",
            "turnover",
            "method",
        )

    def do_instance_save(self, instance: Any, is_create: bool) -> None:  # noqa: ANN401, FBT001
        """An approved figure that a workbook changes must be approved again."""
        monthly_figure_save(actor=self.actor, figure=instance)
