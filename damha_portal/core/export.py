"""A list as a file: the filters, order and columns on screen, typed cells, nothing executable."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from damha_portal.core import clock
from damha_portal.core.dates import format_date, format_datetime
from damha_portal.core.vietnamese import slugify

EXPORT_FORMATS = ("xlsx", "csv")
#: A cell that starts like this would be run as a formula by a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_table(table: Any, *, title: str, fmt: str, request: HttpRequest) -> HttpResponse:  # noqa: ANN401
    """The rows of a configured django-tables2 table as an attachment (`fmt`: xlsx or csv)."""
    rows = [[plain_cell(value) for value in row] for row in table.as_values()]
    name = f"{slugify(title)}-{clock.today():%Y-%m-%d}.{fmt}"
    body, kind = (_xlsx(rows, title, request), XLSX) if fmt == "xlsx" else (_csv(rows), CSV)
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def plain_cell(value: Any) -> Any:  # noqa: ANN401  (any cell)
    """Dates and numbers keep their type, text is made harmless, the rest becomes text."""
    if value is None or value == "—":
        return None
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, int | Decimal | dt.date):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _xlsx(rows: list[list[Any]], title: str, request: HttpRequest) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = _("Dữ liệu")
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, _column in enumerate(rows[0], start=1):
        sheet.column_dimensions[get_column_letter(number)].width = 24
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            if isinstance(cell.value, dt.date):
                cell.number_format = "dd/mm/yyyy"
    sheet.freeze_panes = "A2"
    about = book.create_sheet(_("Thông tin"))
    for line in _about(title, len(rows) - 1, request):
        about.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _about(title: str, count: int, request: HttpRequest) -> list[list[str]]:
    used = [
        f"{key}={value}"
        for key, values in request.GET.lists()
        for value in values
        if value and not key.startswith("_")
    ]
    return [
        [_("Danh sách"), plain_cell(title)],
        [_("Số dòng"), str(count)],
        [_("Người xuất"), plain_cell(str(request.user))],
        [_("Lúc"), format_datetime(clock.now())],
        [_("Bộ lọc"), plain_cell("; ".join(used)) or _("không lọc")],
    ]


def _csv(rows: list[list[Any]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    for row in rows:
        writer.writerow([format_date(v) if isinstance(v, dt.date) else v for v in row])
    # The byte-order mark tells Excel that the text is UTF-8.
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()
