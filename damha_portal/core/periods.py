"""Calendar arithmetic. Every end is the last day included."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

MONTHS_IN_YEAR = 12
ROMAN_QUARTERS = ("I", "II", "III", "IV")


def month_start(day: dt.date) -> dt.date:
    """The first day of the month of `day`."""
    return dt.date(day.year, day.month, 1)


def month_end(day: dt.date) -> dt.date:
    """The last day of the month of `day`."""
    return dt.date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` calendar months later (earlier if negative), clamped to the month end.

    29/02/2024 + 36 months = 28/02/2027.
    """
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def last_valid_day(issued: dt.date, months: int) -> dt.date:
    """The last day on which a certificate issued on `issued` for `months` months still counts.

    An OCOP certificate is valid 36 months from its date of issue, 3 to 5 stars alike (domain.md
    §2.5; rule set of QĐ 148/QĐ-TTg 2023). As reported of a decision of 04/02/2020, it no longer
    counts from 04/02/2023 on: its last valid day is 03/02/2023.
    """
    return add_months(issued, months) - dt.timedelta(days=1)


def quarter_label(day: dt.date) -> str:
    """The quarter of `day` in Roman numerals: "quý I"."""
    return f"quý {ROMAN_QUARTERS[(day.month - 1) // 3]}"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `start` to `end`, both days included. Ordered by start, then end."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        for day in (self.start, self.end):
            if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
                raise TypeError(f"A period is made of dates, not of {type(day).__name__}.")
        if self.end < self.start:
            raise ValueError(f"A period cannot end before it starts: {self.start} – {self.end}.")

    @classmethod
    def of_year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    @classmethod
    def of_month(cls, day: dt.date) -> Period:
        """The calendar month of `day`."""
        return cls(month_start(day), month_end(day))

    @property
    def days(self) -> int:
        """How many days it has, both ends counted."""
        return (self.end - self.start).days + 1

    def contains(self, day: dt.date) -> bool:
        """Whether `day` lies in it, both ends included."""
        return self.start <= day <= self.end

    def clip(self, day: dt.date) -> dt.date:
        """`day`, or the end of the period that is nearer to it when it lies outside."""
        return min(max(day, self.start), self.end)

    def until(self, day: dt.date) -> Period | None:
        """The part up to and including `day`; None while the period has not begun."""
        return None if day < self.start else Period(self.start, min(day, self.end))

    def months(self) -> list[dt.date]:
        """The first day of every month the period touches."""
        first, found = month_start(self.start), []
        while first <= self.end:
            found.append(first)
            first = add_months(first, 1)
        return found

    def month_ends(self, until: dt.date) -> list[dt.date]:
        """The month ends that lie inside the period and are not after `until`."""
        ends = [month_end(first) for first in self.months()]
        return [day for day in ends if self.contains(day) and day <= until]

    def year_before(self) -> Period:
        """The same calendar dates one year earlier; 29 February becomes 28 February."""
        return Period(
            add_months(self.start, -MONTHS_IN_YEAR), add_months(self.end, -MONTHS_IN_YEAR)
        )

    def __str__(self) -> str:
        return f"{self.start:%d/%m/%Y} – {self.end:%d/%m/%Y}"
