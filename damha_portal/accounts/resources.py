"""Administrative units in files."""

# ruff: noqa: ANN401  (the signatures are those of django-import-export)

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.resources import DayWidget, RecordWidget


class UnitWidget(RecordWidget):
    """A unit by its code; the day its code began tells it from an older unit of the same code.

    `code_column` and `from_column` are the headings of the two columns.
    """

    def __init__(self, code_column: str, from_column: str) -> None:
        super().__init__(AdminUnit, {"code": code_column})
        self.from_column = from_column

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> AdminUnit:
        """The unit; ValueError where the code is unknown or means two."""
        code = str(value or "").strip()
        units = AdminUnit.objects.filter(code=code)
        if begun := DayWidget().clean((row or {}).get(self.from_column)):
            units = units.filter(valid_from=begun)
        found = list(units[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(
                _("Mã «%(code)s» là của hai đơn vị ở hai thời kỳ; ghi thêm cột «%(column)s».")
                % {"code": code, "column": self.from_column}
            )
        raise ValueError(_("Không có đơn vị nào mang mã «%(code)s».") % {"code": code})
