"""Dates as Vietnamese writes them: day first, four digits of the year, Monday to Sunday.

Django's `vi` formats refuse 20/02/2023 and read 03/02/2023 as 2 March. Nothing is guessed here:
what is not day/month/year is refused with a sentence, and with a question where one reading is
possible.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from django.utils import timezone
from django.utils.translation import gettext as _

from damha_portal.core.numbers import UNKNOWN
from damha_portal.core.vietnamese import normalise

FIRST_YEAR, LAST_YEAR = 1900, 2100
_ECHO_LENGTH = 40

_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
# A phone's digit keypad has no slash. Eight digits are never ambiguous with year first: no month is
# 19, 20 or 21.
_DIGITS_ONLY = re.compile(r"([0-9]{2})()([0-9]{2})([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]?([0-9]{1,2})[/.-]?([0-9]{1,2})(?:[ T][0-9:.]+)?")
_SHORT_YEAR = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})|([0-9]{2})([0-9]{4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})")


class DateFormatError(ValueError):
    """The text is not a date written day first.

    The message is a sentence for the person who typed it; `suggestion` is the reading it asks
    about, "" where none suggests itself.
    """

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.suggestion = suggestion


# --- Reading --------------------------------------------------------------------------------------


def parse_date(text: str) -> dt.date:
    """Read 20/02/2023, 3/2/2023, 20-02-2023, 20.02.2023 or 20022023; DateFormatError otherwise."""
    typed = normalise(text)
    match = _DAY_FIRST.fullmatch(typed) or _DIGITS_ONLY.fullmatch(typed)
    if match is None:
        raise _refused_date(typed)
    day, month, year = int(match[1]), int(match[3]), int(match[4])
    found = _date(day, month, year)
    if found is None:
        raise _impossible_date(typed, day, month, year)
    return found


def parse_month(text: str) -> dt.date:
    """Read 09/2023, 9/2023, 09-2023, 09.2023 or 092023 as the first day of that month."""
    typed = normalise(text)
    match = _MONTH_YEAR.fullmatch(typed)
    if match is None:
        raise _refused_month(typed)
    month, year = int(match[1] or match[3]), int(match[2] or match[4])
    _check_year(year, typed)
    found = _date(1, month, year)
    if found is None:
        message = _("Không có tháng %(month)s trong năm: tháng là số từ 01 đến 12.")
        raise DateFormatError(message % {"month": month})
    return found


def _date(day: int, month: int, year: int) -> dt.date | None:
    """The date, or None where it does not exist or lies outside the years that occur here."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _check_year(year: int, typed: str) -> None:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return
    message = _("Năm phải từ %(first)s đến %(last)s. Bạn đã nhập «%(typed)s».")
    raise DateFormatError(message % {"first": FIRST_YEAR, "last": LAST_YEAR, "typed": typed})


def _impossible_date(typed: str, day: int, month: int, year: int) -> DateFormatError:
    try:
        _check_year(year, typed)
    except DateFormatError as error:
        return error
    if 1 <= month <= 12:
        message = _("Không có ngày %(date)s: tháng %(month)s/%(year)s chỉ có %(days)s ngày.")
        days = calendar.monthrange(year, month)[1]
        return DateFormatError(
            message
            % {
                "date": f"{day:02d}/{month:02d}/{year}",
                "month": month,
                "year": year,
                "days": days,
            }
        )
    rule = _("Không có tháng %(month)s. Ngày viết theo thứ tự ngày/tháng/năm, ví dụ 20/02/2023.")
    return _asking(rule % {"month": month}, typed, _date(month, day, year))


def _refused_date(typed: str) -> DateFormatError:
    if match := _SHORT_YEAR.fullmatch(typed):
        rule = _("Năm phải viết đủ bốn chữ số, ví dụ 20/02/2023.")
        return _asking(rule, typed, _date(int(match[1]), int(match[2]), 2000 + int(match[3])))
    rule = _("Ngày viết theo thứ tự ngày/tháng/năm, ví dụ 20/02/2023.")
    match = _YEAR_FIRST.fullmatch(typed)
    return _asking(
        rule, typed, _date(int(match[3]), int(match[2]), int(match[1])) if match else None
    )


def _refused_month(typed: str) -> DateFormatError:
    rule = _("Tháng viết theo thứ tự tháng/năm, ví dụ 09/2023.")
    found = None
    if match := _YEAR_MONTH.fullmatch(typed):
        found = _date(1, int(match[2]), int(match[1]))
    elif match := _DAY_FIRST.fullmatch(typed):
        found = _date(1, int(match[3]), int(match[4]))
    return _refusal(rule, typed, f"{found:%m/%Y}" if found else "")


def _asking(rule: str, typed: str, reading: dt.date | None) -> DateFormatError:
    return _refusal(rule, typed, f"{reading:%d/%m/%Y}" if reading else "")


def _refusal(rule: str, typed: str, reading: str) -> DateFormatError:
    if not typed:
        return DateFormatError(_("%(rule)s Ô này đang trống.") % {"rule": rule})
    shown = typed if len(typed) <= _ECHO_LENGTH else typed[:_ECHO_LENGTH] + "…"
    if reading:
        message = _("%(rule)s Bạn đã nhập «%(typed)s»: có phải %(reading)s không?")
        return DateFormatError(
            message % {"rule": rule, "typed": shown, "reading": reading}, reading
        )
    return DateFormatError(_("%(rule)s Bạn đã nhập «%(typed)s».") % {"rule": rule, "typed": shown})


# --- Writing --------------------------------------------------------------------------------------


def _local_day(value: dt.date) -> dt.date:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def format_date(value: dt.date | None) -> str:
    """20/02/2023; an aware moment as its day in Việt Nam; None as "—"."""
    return UNKNOWN if value is None else f"{_local_day(value):%d/%m/%Y}"


def format_date_long(value: dt.date | None) -> str:
    """The way documents write it: "ngày 20 tháng 02 năm 2023"; None as "—".

    Days under 10 and the months 1 and 2 with a leading zero (Nghị định 30/2020/NĐ-CP, Annex I).
    """
    if value is None:
        return UNKNOWN
    day = _local_day(value)
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def format_datetime(value: dt.datetime | None) -> str:
    """The moment on the clocks of Việt Nam: "14:05 30/09/2023"; None as "—"."""
    if value is None:
        return UNKNOWN
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M %d/%m/%Y}"


def format_month(value: dt.date | None) -> str:
    """The month in words: "tháng 9/2023"; None as "—"."""
    if value is None:
        return UNKNOWN
    day = _local_day(value)
    return f"tháng {day.month}/{day.year}"
