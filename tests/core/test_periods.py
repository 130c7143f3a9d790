import datetime as dt
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damha_portal.core.periods import (
    Period,
    add_months,
    last_valid_day,
    month_end,
    month_start,
    quarter_label,
)

YEAR = Period.of_year(2023)
days = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def test_both_end_days_belong_to_the_period():
    assert Period(date(2023, 1, 1), date(2023, 12, 31)) == YEAR
    assert YEAR.contains(date(2023, 1, 1))
    assert YEAR.contains(date(2023, 12, 31))
    assert not YEAR.contains(date(2022, 12, 31))
    assert not YEAR.contains(date(2024, 1, 1))
    assert YEAR.days == 365


def test_a_period_of_one_day_has_one_day():
    assert Period(date(2023, 2, 20), date(2023, 2, 20)).days == 1


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="cannot end before"):
        Period(date(2023, 2, 2), date(2023, 2, 1))


def test_moments_and_texts_are_no_days():
    with pytest.raises(TypeError):
        Period(dt.datetime(2023, 1, 1, tzinfo=dt.UTC), date(2023, 2, 1))
    with pytest.raises(TypeError):
        Period("2023-01-01", "2023-12-31")


def test_periods_are_ordered_by_start_then_end():
    assert Period.of_month(date(2023, 1, 9)) < YEAR < Period.of_month(date(2023, 2, 9))


def test_clip_moves_a_day_to_the_nearer_end():
    assert YEAR.clip(date(2022, 5, 1)) == date(2023, 1, 1)
    assert YEAR.clip(date(2023, 5, 1)) == date(2023, 5, 1)
    assert YEAR.clip(date(2024, 5, 1)) == date(2023, 12, 31)


def test_until_cuts_the_period_and_is_none_before_it_begins():
    assert YEAR.until(date(2023, 9, 30)) == Period(date(2023, 1, 1), date(2023, 9, 30))
    assert YEAR.until(date(2025, 1, 1)) == YEAR
    assert YEAR.until(date(2022, 12, 31)) is None


def test_month_ends_stop_at_the_day_given():
    assert YEAR.month_ends(date(2023, 3, 30)) == [date(2023, 1, 31), date(2023, 2, 28)]
    assert YEAR.month_ends(date(2023, 3, 31))[-1] == date(2023, 3, 31)
    assert len(YEAR.month_ends(date(2030, 1, 1))) == 12
    assert YEAR.month_ends(date(2022, 12, 31)) == []


def test_a_month_end_outside_the_period_is_not_one_of_its_month_ends():
    period = Period(date(2023, 1, 15), date(2023, 2, 27))
    assert period.month_ends(date(2023, 12, 31)) == [date(2023, 1, 31)]


def test_months_are_the_first_days_of_every_month_touched():
    period = Period(date(2022, 12, 15), date(2023, 2, 1))
    assert period.months() == [date(2022, 12, 1), date(2023, 1, 1), date(2023, 2, 1)]


def test_the_year_before_has_the_same_calendar_dates():
    assert YEAR.year_before() == Period.of_year(2022)
    assert Period(date(2023, 3, 5), date(2023, 9, 30)).year_before() == Period(
        date(2022, 3, 5), date(2022, 9, 30)
    )


def test_29_february_becomes_28_february_a_year_before():
    assert Period(date(2024, 2, 29), date(2024, 2, 29)).year_before() == Period(
        date(2023, 2, 28), date(2023, 2, 28)
    )


def test_month_edges():
    assert month_start(date(2024, 2, 29)) == date(2024, 2, 1)
    assert month_end(date(2024, 2, 1)) == date(2024, 2, 29)
    assert month_end(date(2023, 12, 31)) == date(2023, 12, 31)
    assert Period.of_month(date(2023, 9, 30)) == Period(date(2023, 9, 1), date(2023, 9, 30))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 12, 5), 1, date(2024, 1, 5)),
        (date(2023, 1, 5), -1, date(2022, 12, 5)),
        (date(2023, 3, 31), -13, date(2022, 2, 28)),
        (date(2023, 3, 31), 0, date(2023, 3, 31)),
    ],
)
def test_calendar_months_are_added_and_clamped_to_the_month_end(day, months, expected):
    assert add_months(day, months) == expected


def test_a_certificate_of_04_02_2020_is_valid_through_03_02_2023():
    assert last_valid_day(date(2020, 2, 4), 36) == date(2023, 2, 3)


def test_a_certificate_of_29_02_2024_is_valid_through_27_02_2027():
    assert last_valid_day(date(2024, 2, 29), 36) == date(2027, 2, 27)


def test_quarters_are_roman():
    labels = [quarter_label(date(2023, month, 1)) for month in (1, 3, 4, 6, 7, 9, 10, 12)]
    assert labels == ["quý I"] * 2 + ["quý II"] * 2 + ["quý III"] * 2 + ["quý IV"] * 2


@given(days, st.integers(-600, 600))
def test_adding_months_lands_in_the_month_that_many_months_away(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, month_end(moved).day)


@given(days, days, days)
def test_clip_always_lands_inside(one, other, day):
    period = Period(min(one, other), max(one, other))
    assert period.contains(period.clip(day))
    assert (period.clip(day) == day) == period.contains(day)


@given(days, days)
def test_month_ends_and_months_cover_the_period(one, other):
    period = Period(min(one, other), max(one, other))
    firsts = period.months()
    assert firsts[0] <= period.start <= month_end(firsts[0])
    assert firsts[-1] <= period.end <= month_end(firsts[-1])
    assert set(period.month_ends(period.end)) <= {month_end(first) for first in firsts}
