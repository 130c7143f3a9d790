import datetime as dt
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damha_portal.core.dates import (
    DateFormatError,
    format_date,
    format_date_long,
    format_datetime,
    format_month,
    parse_date,
    parse_month,
)

LATE_EVENING_UTC = dt.datetime(2023, 9, 29, 19, 5, tzinfo=dt.UTC)


def refusal(read, text):
    with pytest.raises(DateFormatError) as caught:
        read(text)
    return str(caught.value)


@pytest.mark.parametrize(
    "text", ["20/02/2023", "20/2/2023", "20-02-2023", "20.02.2023", " 20/02/2023\u00a0", "20022023"]
)
def test_day_first_dates_are_read(text):
    assert parse_date(text) == date(2023, 2, 20)


def test_03_02_2023_is_3_february():
    assert parse_date("03/02/2023") == date(2023, 2, 3)
    assert parse_date("3/2/2023") == date(2023, 2, 3)


def test_a_year_first_date_typed_by_hand_is_refused_with_a_question():
    assert refusal(parse_date, "2023-02-20") == (
        "Ngày viết theo thứ tự ngày/tháng/năm, ví dụ 20/02/2023. "
        "Bạn đã nhập «2023-02-20»: có phải 20/02/2023 không?"
    )


def test_31_february_is_refused_because_it_does_not_exist():
    assert refusal(parse_date, "31/02/2023") == (
        "Không có ngày 31/02/2023: tháng 2/2023 chỉ có 28 ngày."
    )


def test_29_february_exists_in_leap_years_only():
    assert parse_date("29/02/2024") == date(2024, 2, 29)
    assert "chỉ có 28 ngày" in refusal(parse_date, "29/02/2023")


def test_a_year_of_two_digits_is_refused_with_a_question():
    assert refusal(parse_date, "20/02/23") == (
        "Năm phải viết đủ bốn chữ số, ví dụ 20/02/2023. "
        "Bạn đã nhập «20/02/23»: có phải 20/02/2023 không?"
    )


def test_month_first_is_refused_with_a_question():
    assert refusal(parse_date, "02/20/2023") == (
        "Không có tháng 20. Ngày viết theo thứ tự ngày/tháng/năm, ví dụ 20/02/2023. "
        "Bạn đã nhập «02/20/2023»: có phải 20/02/2023 không?"
    )


@pytest.mark.parametrize("text", ["20/02/0223", "20/02/2203", "20/02/1023"])
def test_a_year_nobody_means_is_refused(text):
    assert refusal(parse_date, text) == (f"Năm phải từ 1900 đến 2100. Bạn đã nhập «{text}».")


@pytest.mark.parametrize(
    "text", ["hôm nay", "20/02", "2023", "20/02-2023", "2023-13-45", "99/99/23", "٢٠/٠٢/٢٠٢٣"]
)
def test_other_texts_are_refused_without_a_question(text):
    assert f"Bạn đã nhập «{text}»." in refusal(parse_date, text)


def test_an_empty_text_is_no_date():
    assert refusal(parse_date, " ").endswith("Ô này đang trống.")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_written_date_is_read_back(day):
    assert parse_date(format_date(day)) == day
    assert parse_date(f"{day:%d%m%Y}") == day


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_eight_digits_year_first_are_never_taken_for_day_first(day):
    message = refusal(parse_date, f"{day:%Y%m%d}")
    assert "Năm phải" in message or "Không có" in message or f"{day:%d/%m/%Y}" in message


@pytest.mark.parametrize("text", ["09/2023", "9/2023", "09-2023", "09.2023", "092023"])
def test_months_are_read_as_their_first_day(text):
    assert parse_month(text) == date(2023, 9, 1)


@pytest.mark.parametrize(
    ("text", "reading"), [("2023-09", "09/2023"), ("2023/9", "09/2023"), ("20/09/2023", "09/2023")]
)
def test_a_month_written_otherwise_is_refused_with_a_question(text, reading):
    assert refusal(parse_month, text) == (
        "Tháng viết theo thứ tự tháng/năm, ví dụ 09/2023. "
        f"Bạn đã nhập «{text}»: có phải {reading} không?"
    )


@pytest.mark.parametrize("text", ["13/2023", "00/2023"])
def test_a_month_outside_the_year_is_refused(text):
    assert refusal(parse_month, text).startswith("Không có tháng")


def test_a_month_of_a_year_nobody_means_is_refused():
    assert "từ 1900 đến 2100" in refusal(parse_month, "09/0223")
    assert refusal(parse_month, "tháng chín").endswith("Bạn đã nhập «tháng chín».")


def test_dates_are_written_day_first():
    assert format_date(date(2023, 2, 20)) == "20/02/2023"
    assert format_date_long(date(2023, 2, 20)) == "ngày 20 tháng 02 năm 2023"
    assert format_month(date(2023, 9, 1)) == "tháng 9/2023"


def test_long_dates_pad_days_under_ten_and_the_first_two_months_only():
    assert format_date_long(date(2023, 9, 5)) == "ngày 05 tháng 9 năm 2023"
    assert format_date_long(date(2023, 12, 15)) == "ngày 15 tháng 12 năm 2023"


def test_moments_are_shown_on_the_clocks_of_viet_nam():
    assert format_datetime(LATE_EVENING_UTC) == "02:05 30/09/2023"
    assert format_date(LATE_EVENING_UTC) == "30/09/2023"
    assert format_month(dt.datetime(2023, 8, 31, 20, 0, tzinfo=dt.UTC)) == "tháng 9/2023"


def test_an_afternoon_is_written_hour_first():
    moment = dt.datetime(2023, 9, 30, 7, 5, tzinfo=dt.UTC)
    assert format_datetime(moment) == "14:05 30/09/2023"


def test_unknown_is_a_dash():
    for write in (format_date, format_date_long, format_datetime, format_month):
        assert write(None) == "—"
