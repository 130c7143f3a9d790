from decimal import Decimal
from fractions import Fraction

import pytest
from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from hypothesis import given
from hypothesis import strategies as st

from damha_portal.core.numbers import (
    NumberFormatError,
    format_decimal,
    format_integer,
    format_percent,
    format_percent_honest,
    format_signed,
    parse_decimal,
    parse_integer,
)
from damha_portal.core.ratio import Percent, Ratio

exact = st.fractions(-(10**9), 10**9)


def refusal(read, text, **options):
    with pytest.raises(NumberFormatError) as caught:
        read(text, **options)
    return str(caught.value)


# --- writing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (999, "999"), (40000, "40.000"), (-1250, "-1.250"), (Decimal("12.00"), "12")],
)
def test_whole_numbers_have_dots(value, text):
    assert format_integer(value) == text


def test_unknown_is_a_dash_and_never_zero():
    assert format_integer(None) == "—"
    assert format_decimal(None) == "—"
    assert format_percent(None) == "—"
    assert format_percent_honest(None, Percent(70)) == "—"
    assert format_signed(None) == "—"


def test_a_fraction_is_not_rounded_to_a_whole_number_unasked():
    with pytest.raises(ValueError, match="Not a whole number"):
        format_integer(Decimal("0.5"))


@pytest.mark.parametrize("write", [format_integer, format_decimal, format_percent, format_signed])
def test_floats_are_not_written(write):
    with pytest.raises(TypeError):
        write(0.5)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("35087.719"), 2, "35.087,72"),
        (Fraction(40000 * 100, 114), 2, "35.087,72"),
        (Decimal("0.125"), 2, "0,13"),
        (Decimal("-0.125"), 2, "-0,13"),
        (Decimal("0.994"), 2, "0,99"),
        (Decimal("0.995"), 2, "1,00"),
        (Decimal("-0.001"), 2, "0,00"),
        (5, 1, "5,0"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("3.5"), 0, "4"),
    ],
)
def test_decimals_round_half_up_exactly(value, places, text):
    assert format_decimal(value, places) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Ratio(1, 7), 2, "14,29 %"),
        (Ratio(7, 10), 2, "70 %"),
        (Fraction(1, 8), 2, "12,5 %"),
        (Ratio(0, 9), 2, "0 %"),
        (Ratio(12, 10), 2, "120 %"),
        (Percent(Decimal("69.5")), 1, "69,5 %"),
        (Ratio(2, 3), 0, "67 %"),
        (Ratio(100, 1), 0, "10.000 %"),
    ],
)
def test_percents_have_no_idle_zeros(value, places, text):
    assert format_percent(value, places) == text


@pytest.mark.parametrize(
    ("value", "threshold", "places", "text"),
    [
        (Ratio(6996, 10000), Percent(70), 1, "69,96 %"),
        (Ratio(6996, 10000), Percent(70), 0, "69,96 %"),
        (Ratio(7, 10), Percent(70), 1, "70 %"),
        (Ratio(7004, 10000), Percent(70), 1, "70,04 %"),
        (Ratio(2, 3), Percent(70), 1, "66,7 %"),
        (Ratio(69999999, 100000000), Percent(70), 1, "69,999999 %"),
        (Ratio(6996, 10000), Percent(Decimal("69.95")), 1, "70 %"),
        (Ratio(6995, 10000), Percent(Decimal("69.95")), 1, "69,95 %"),
        (Ratio(1, 3), Percent(Fraction(100, 3)), 1, "33,3 %"),
    ],
)
def test_a_boundary_not_reached_never_looks_reached(value, threshold, places, text):
    assert format_percent_honest(value, threshold, places) == text


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 100), st.integers(0, 3))
def test_the_percentage_shown_judges_like_the_exact_one(n, d, threshold, places):
    shown = format_percent_honest(Ratio(n, d), Percent(threshold), places)
    number = Fraction(shown.removesuffix(" %").replace(".", "").replace(",", "."))
    assert (number >= threshold) == (Ratio(n, d) >= Percent(threshold))
    assert (number == threshold) == (Ratio(n, d) == Percent(threshold))


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1250, 0, "+1.250"),
        (-3, 0, "-3"),
        (0, 0, "0"),
        (Decimal("2.50"), 2, "+2,5"),
        (Fraction(-1, 3), 1, "-0,3"),
    ],
)
def test_differences_carry_their_sign(value, places, text):
    assert format_signed(value, places) == text


# --- reading whole numbers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("40.000", 40000),
        ("40000", 40000),
        ("1.250.000", 1250000),
        ("0", 0),
        ("007", 7),
        (" 1.250\u00a0", 1250),
        ("999", 999),
    ],
)
def test_vietnamese_whole_numbers_are_read(text, value):
    assert parse_integer(text) == value


def test_40_00_is_refused_with_the_question_whether_40_000_is_meant():
    assert refusal(parse_integer, "40.00", label="Số lượt khách") == (
        "Số lượt khách phải là số nguyên, ví dụ 1.250. Bạn đã nhập «40.00»: có phải 40.000 không?"
    )


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("40.00", "40.000"),
        ("40,5", "40.500"),
        ("40.0", "40.000"),
        ("40,000", "40.000"),
        ("40 000", "40.000"),
        ("1,250,000", "1.250.000"),
        ("1.250.00", "1.250.000"),
        ("1.250,00", "1.250"),
        ("1,250.00", "1.250"),
        ("1250.0", "1.250"),
        ("40000,00", "40.000"),
    ],
)
def test_a_refusal_asks_where_one_reading_suggests_itself(text, reading):
    message = refusal(parse_integer, text)
    assert message.endswith(f"Bạn đã nhập «{text}»: có phải {reading} không?")
    assert parse_integer(reading) > 0


@pytest.mark.parametrize(
    "text",
    [
        "0.5",
        "0.250",
        "1.2345",
        "1.250,000",
        "40 nghìn",
        "4O.000",
        "1..250",
        ".250",
        "+5",
        "٤٠",
        "1e3",
    ],
)
def test_a_refusal_does_not_guess_where_nothing_suggests_itself(text):
    message = refusal(parse_integer, text)
    assert message == f"Giá trị phải là số nguyên, ví dụ 1.250. Bạn đã nhập «{text}»."


def test_an_empty_text_is_no_number():
    assert refusal(parse_integer, " ", label="Số phòng") == (
        "Số phòng phải là số nguyên, ví dụ 1.250. Ô này đang trống."
    )


def test_negative_numbers_are_read_only_where_allowed():
    assert parse_integer("-1.250", allow_negative=True) == -1250
    assert refusal(parse_integer, "-5", label="Số phòng") == (
        "Số phòng không được là số âm. Bạn đã nhập «-5»."
    )
    assert "có phải" not in refusal(parse_integer, "-40.00")
    assert "có phải -40.000 không?" in refusal(parse_integer, "-40.00", allow_negative=True)


def test_a_number_too_large_for_its_column_is_refused():
    assert parse_integer("9" * 18) == 10**18 - 1
    assert "quá lớn: nhiều nhất 18 chữ số" in refusal(parse_integer, "9" * 19)
    assert "quá lớn" in refusal(parse_integer, "9" * 5000)


def test_a_long_text_is_not_echoed_whole():
    assert len(refusal(parse_integer, "x" * 5000)) < 150


@given(st.integers(-(10**17), 10**17))
def test_what_is_written_is_read_back(value):
    assert parse_integer(format_integer(value), allow_negative=True) == value


# --- reading decimals -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.234", "1234"),
        ("0,25", "0.25"),
        ("12", "12"),
        ("12,50", "12.50"),
    ],
)
def test_vietnamese_decimals_are_read(text, value):
    assert parse_decimal(text) == Decimal(value)
    assert str(parse_decimal(text)) == value


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("1234.5", "1.234,5"),
        ("12.5", "12,5"),
        ("1,234.5", "1.234,5"),
        ("1 234,5", "1.234,5"),
        ("40.00", "40,00"),
        ("1,234", "1.234"),
    ],
)
def test_a_point_before_decimals_is_refused_with_a_question(text, reading):
    assert refusal(parse_decimal, text).endswith(f"Bạn đã nhập «{text}»: có phải {reading} không?")


def test_the_sentence_for_decimals_says_the_rule():
    assert refusal(parse_decimal, "1234.5", label="Doanh thu") == (
        "Doanh thu phải là số với dấu phẩy trước phần thập phân, ví dụ 1.234,5. "
        "Bạn đã nhập «1234.5»: có phải 1.234,5 không?"
    )


@pytest.mark.parametrize("text", ["0.250", "abc", "1,2,3", "1.23.4", ",5", "12,", "1.234.5"])
def test_other_texts_are_refused_without_a_question(text):
    assert "có phải" not in refusal(parse_decimal, text)


def test_more_decimals_than_kept_are_refused_not_rounded():
    assert refusal(parse_decimal, "0,125", label="Điểm") == (
        "Điểm có nhiều nhất 2 chữ số sau dấu phẩy. Bạn đã nhập «0,125»."
    )
    assert parse_decimal("0,125", 3) == Decimal("0.125")
    assert refusal(parse_decimal, "1,5", places=0).startswith("Giá trị không có phần thập phân.")


def test_a_negative_decimal_is_read_only_where_allowed():
    assert parse_decimal("-1.234,5", allow_negative=True) == Decimal("-1234.5")
    assert "số âm" in refusal(parse_decimal, "-1,5")
    assert "có phải" not in refusal(parse_decimal, "-1.5")


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_written_decimal_is_read_back(value):
    assert parse_decimal(format_decimal(value), allow_negative=True) == value


@given(st.text(st.sampled_from("0123456789., -"), max_size=12))
def test_a_question_always_offers_a_reading_that_is_accepted(text):
    for read in (parse_integer, parse_decimal):
        try:
            read(text)
        except NumberFormatError as error:
            if error.suggestion:
                read(error.suggestion)


# --- what Django itself would do (domain.md §9.2) -------------------------------------------------


def test_djangos_integer_field_reads_40_000_as_40_and_ours_does_not():
    assert forms.IntegerField().clean("40.000") == 40
    assert parse_integer("40.000") == 40000


def test_djangos_integer_field_reads_40_00_as_40_and_ours_asks():
    assert forms.IntegerField().clean("40.00") == 40
    assert forms.IntegerField(localize=True).clean("40.00") == 40
    assert "có phải 40.000 không?" in refusal(parse_integer, "40.00")


def test_intcomma_groups_with_our_formats():
    assert intcomma(40000) == "40.000"
