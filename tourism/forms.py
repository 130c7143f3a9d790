"""Forms of sites and monthly figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import Sector, access_of
from damha_portal.core.dates import DateFormatError, parse_month
from damha_portal.core.formfields import CleanCharField
from damha_portal.core.forms import RecordForm, version_of
from damha_portal.core.pages import Badge
from damha_portal.core.periods import month_start
from tourism.enums import FigureStatus
from tourism.models import MonthlyFigure, TouristSite
from tourism.models.figure import ARRIVAL_FIELDS
from tourism.selectors import earlier_figures
from tourism.transitions import Transition

UNITS = {
    **dict.fromkeys(ARRIVAL_FIELDS, _("lượt")),
    "guest_nights": _("ngày khách"),
    "turnover": _("triệu đồng"),
}


class OwnUnitsForm(RecordForm):
    """A form whose areas are the ones the person may enter figures or sites for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        access = access_of(self.user)
        units = None if access is None else access.editable_units(Sector.TOURISM)
        field = self.fields["admin_unit"]
        if units is not None and isinstance(field, forms.ModelChoiceField):
            field.queryset = field.queryset.filter(pk__in=units)  # type: ignore[union-attr]


class TouristSiteForm(OwnUnitsForm):
    """A site; the district's list and recognition are asked apart."""

    class Meta:
        model = TouristSite
        fields = (
            "name",
            "alias",
            "kind",
            "admin_unit",
            "description",
            "is_listed_by_district",
            "recognition_ref",
            "recognised_on",
            "heritage_level",
            "heritage_ref",
            "latitude",
            "longitude",
            "source",
        )
        help_texts = {
            "recognition_ref": _(
                "Số quyết định công nhận theo Luật Du lịch; để trống nếu chưa được công nhận."
            ),
        }


class MonthlyFigureForm(OwnUnitsForm):
    """One month of one area, with the month before and the same month last year beside it."""

    class Meta:
        model = MonthlyFigure
        fields = (
            "admin_unit",
            "month",
            "stage",
            *ARRIVAL_FIELDS,
            "guest_nights",
            "turnover",
            "method",
        )
        labels = {"turnover": _("Doanh thu")}
        help_texts = {
            "international_overnight": _("Để trống nếu chưa biết; không có khách thì ghi 0."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._show_units()
        self._show_earlier()

    @property
    def notices(self) -> list[Badge]:
        """What to know before saving."""
        if self.instance.status != FigureStatus.APPROVED:
            return []
        sentence = _("Số liệu này đã được duyệt. Lưu thay đổi thì phải gửi duyệt lại từ đầu.")
        return [Badge("amber", str(sentence))]

    def _show_units(self) -> None:
        for name, unit in UNITS.items():
            self.fields[name].unit = unit  # type: ignore[attr-defined]

    def _show_earlier(self) -> None:
        unit_id, month = self._asked_unit(), self._asked_month()
        if unit_id is None or month is None:
            return
        earlier = earlier_figures(user=self.user, unit_id=unit_id, month=month)
        for name in UNITS:
            text = " · ".join(line.text(name) for line in earlier)
            self.fields[name].previous = text  # type: ignore[attr-defined]

    def _asked(self, name: str) -> Any:  # noqa: ANN401
        """What the box holds now: typed, from the address, or stored."""
        if self.is_bound:
            return self.data.get(self.add_prefix(name), "")
        return self.get_initial_for_field(self.fields[name], name)

    def _asked_unit(self) -> int | None:
        value = str(self._asked("admin_unit") or "")
        return int(value) if value.isdecimal() else None

    def _asked_month(self) -> dt.date | None:
        value = self._asked("month")
        if isinstance(value, dt.date):
            return month_start(value)
        try:
            return parse_month(str(value or ""))
        except DateFormatError:
            return None


class FigureActForm(forms.Form):
    """Confirms an act on a figure; asks why where the act needs a reason."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, move: Transition, figure: MonthlyFigure, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = version_of(figure)
        if move.needs_reason:
            self.fields["reason"] = CleanCharField(
                label=_("Lý do"),
                multiline=True,
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=1000,
                help_text=_("Người nhập số liệu sẽ đọc được lý do này."),
            )
