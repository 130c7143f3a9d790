import datetime as dt
import unicodedata
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from damha_portal.core.formfields import (
    CleanCharField,
    DayFirstDateField,
    MonthField,
    VietnameseDecimalField,
    VietnameseIntegerField,
)

FIELDS = [CleanCharField, DayFirstDateField, MonthField, VietnameseDecimalField]


class Figures(forms.Form):
    name = CleanCharField(label="Tên", max_length=10, required=False)
    visitors = VietnameseIntegerField(
        label="Số lượt khách", min_value=0, max_value=50000, required=False
    )
    revenue = VietnameseDecimalField(label="Doanh thu", max_digits=8, required=False)
    day = DayFirstDateField(
        label="Ngày họp",
        min_value=dt.date(2023, 1, 1),
        max_value=dt.date(2023, 12, 31),
        required=False,
    )
    month = MonthField(label="Tháng", required=False)


def typed(**data):
    return Figures(data)


def error(field, text, **data):
    form = typed(**{field: text}, **data)
    assert not form.is_valid()
    (sentence,) = form.errors[field]
    return str(sentence)


def test_what_is_typed_well_is_read():
    form = typed(
        name=" Đầm\u00a0Hà ", visitors="40.000", revenue="1.234,5", day="20/02/2023", month="9/2023"
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "name": "Đầm Hà",
        "visitors": 40000,
        "revenue": Decimal("1234.5"),
        "day": dt.date(2023, 2, 20),
        "month": dt.date(2023, 9, 1),
    }


def test_empty_boxes_are_unknown_and_not_zero():
    form = typed(name=" ", visitors="", revenue=" ", day="", month="")
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "name": "",
        "visitors": None,
        "revenue": None,
        "day": None,
        "month": None,
    }


def test_zero_is_zero():
    form = typed(visitors="0", revenue="0")
    assert form.is_valid()
    assert form.cleaned_data["visitors"] == 0
    assert form.cleaned_data["revenue"] == Decimal(0)


def test_a_doubtful_figure_is_asked_about_under_the_label():
    assert error("visitors", "40.00") == (
        "Số lượt khách phải là số nguyên, ví dụ 1.250. Bạn đã nhập «40.00»: có phải 40.000 không?"
    )


def test_a_field_without_a_label_still_speaks():
    with pytest.raises(ValidationError) as caught:
        VietnameseIntegerField().clean("abc")
    assert caught.value.messages == ["Giá trị phải là số nguyên, ví dụ 1.250. Bạn đã nhập «abc»."]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("visitors", " 40.00"),
        ("visitors", "<b>40"),
        ("revenue", "1234.5"),
        ("day", "2023-02-20"),
        ("month", "2023-09"),
        ("name", "§Çm Hµ"),
    ],
)
def test_on_error_the_box_shows_exactly_what_was_typed(field, text):
    form = typed(**{field: text})
    assert not form.is_valid()
    assert form[field].value() == text
    box = form.fields[field].widget
    assert box.get_context(field, form[field].value(), {})["widget"]["value"] == text


def test_typed_text_is_redisplayed_as_typed_when_another_field_is_wrong():
    form = typed(visitors="40000", day="3/2/2023", month="13/2023")
    assert not form.is_valid()
    assert 'value="40000"' in str(form["visitors"])
    assert 'value="3/2/2023"' in str(form["day"])


def test_initial_values_are_shown_in_vietnamese_writing():
    form = Figures(
        initial={
            "visitors": 40000,
            "revenue": Decimal("1234.50"),
            "day": dt.date(2023, 2, 20),
            "month": dt.date(2023, 9, 1),
        }
    )
    assert 'value="40.000"' in str(form["visitors"])
    assert 'value="1.234,5"' in str(form["revenue"])
    assert 'value="20/02/2023"' in str(form["day"])
    assert 'value="09/2023"' in str(form["month"])


def test_zero_is_shown_and_unknown_leaves_the_box_empty():
    form = Figures(initial={"visitors": 0, "revenue": None, "day": None})
    assert 'value="0"' in str(form["visitors"])
    assert "value=" not in str(form["revenue"])
    assert "value=" not in str(form["day"])


@pytest.mark.parametrize("name", ["visitors", "revenue", "day", "month"])
def test_what_is_shown_can_be_sent_back_unchanged(name):
    initial = {
        "visitors": 40000,
        "revenue": Decimal("1234.50"),
        "day": dt.date(2023, 2, 20),
        "month": dt.date(2023, 9, 1),
    }
    shown = {key: Figures(initial=initial)[key].value() for key in initial}
    form = Figures(shown, initial=initial)
    assert form.is_valid(), form.errors
    assert name not in form.changed_data
    assert form.cleaned_data[name] == initial[name]


def test_hidden_boxes_speak_the_same_language():
    form = Figures(initial={"day": dt.date(2023, 2, 20), "visitors": 40000})
    assert 'value="20/02/2023"' in form["day"].as_hidden()
    assert 'value="40.000"' in form["visitors"].as_hidden()


def test_boxes_bring_the_right_keyboard_and_a_hint():
    form = Figures()
    assert 'type="text"' in str(form["visitors"])
    assert 'inputmode="numeric"' in str(form["visitors"])
    assert 'inputmode="decimal"' in str(form["revenue"])
    assert 'inputmode="numeric"' in str(form["day"])
    assert 'placeholder="dd/mm/yyyy"' in str(form["day"])
    assert 'placeholder="mm/yyyy"' in str(form["month"])


def test_boxes_used_without_their_field_write_values_the_same_way():
    assert 'value="40.000"' in VietnameseIntegerField.widget().render("n", 40000)
    assert 'value="12,50"' in VietnameseDecimalField.widget().render("n", Decimal("12.50"))
    assert 'value="20/02/2023"' in DayFirstDateField.widget().render("d", dt.date(2023, 2, 20))
    assert 'value="09/2023"' in MonthField.widget().render("m", dt.date(2023, 9, 1))


def test_attributes_of_a_box_can_be_overridden():
    box = DayFirstDateField.widget(attrs={"placeholder": "ngày họp", "class": "short"})
    html = box.render("day", None)
    assert 'placeholder="ngày họp"' in html
    assert 'class="short"' in html
    assert 'inputmode="numeric"' in html


@pytest.mark.parametrize("field_class", [*FIELDS, VietnameseIntegerField])
def test_a_required_box_says_so_in_vietnamese(field_class):
    for nothing in ("", "  ", None):
        with pytest.raises(ValidationError) as caught:
            field_class().clean(nothing)
        assert caught.value.messages == ["Ô này không được để trống."]


def test_limits_are_said_in_vietnamese_writing():
    assert error("visitors", "50.001") == "Số lượt khách không được lớn hơn 50.000."
    assert error("visitors", "-1") == "Số lượt khách không được là số âm. Bạn đã nhập «-1»."
    assert error("day", "31/12/2022") == "Ngày họp không được trước 01/01/2023."
    assert error("day", "01/01/2024") == "Ngày họp không được sau 31/12/2023."
    assert error("revenue", "1.000.000") == (
        "Doanh thu quá lớn: nhiều nhất 6 chữ số trước dấu phẩy."
    )
    assert error("name", "x" * 11) == "Dài quá: nhiều nhất 10 ký tự, hiện có 11 ký tự."


def test_the_limits_themselves_are_allowed():
    form = typed(visitors="50.000", day="31/12/2023", revenue="999.999,99", name="x" * 10)
    assert form.is_valid(), form.errors


def test_a_lower_limit_is_said():
    field = VietnameseIntegerField(label="Số sao", min_value=3)
    with pytest.raises(ValidationError) as caught:
        field.clean("2")
    assert caught.value.messages == ["Số sao không được nhỏ hơn 3."]


def test_negative_figures_need_a_negative_limit():
    assert VietnameseIntegerField(min_value=-100).clean("-40") == -40
    assert VietnameseDecimalField(min_value=-100).clean("-1,5") == Decimal("-1.5")
    with pytest.raises(ValidationError, match="số âm"):
        VietnameseIntegerField().clean("-40")


def test_values_from_code_are_taken_as_they_are():
    assert VietnameseIntegerField().clean(40000) == 40000
    assert VietnameseDecimalField().clean(Decimal("1.5")) == Decimal("1.5")
    assert DayFirstDateField().clean(dt.date(2023, 2, 20)) == dt.date(2023, 2, 20)
    assert MonthField().clean(dt.date(2023, 9, 30)) == dt.date(2023, 9, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (VietnameseIntegerField(), 40.5),
        (VietnameseDecimalField(), 40.5),
        (VietnameseIntegerField(), True),
    ],
)
def test_inexact_values_from_code_are_refused(field, value):
    with pytest.raises(ValidationError):
        field.clean(value)


def test_a_name_is_stored_composed_with_plain_spaces():
    name = unicodedata.normalize("NFD", "\u00a0Đầm \u2009 Hà\u200b\r\n")
    assert CleanCharField().clean(name) == "Đầm Hà"


def test_notes_keep_their_lines():
    field = CleanCharField(multiline=True)
    assert field.clean(" một \r\n hai\u00a0ba ") == "một\nhai ba"
    assert isinstance(field.widget, forms.Textarea)


@pytest.mark.parametrize("text", ["§Çm Hµ", "Ñaàm Haø"])
def test_text_in_an_old_encoding_is_refused_with_what_to_do(text):
    with pytest.raises(ValidationError) as caught:
        CleanCharField().clean(text)
    assert caught.value.messages == [
        "Chữ này gõ bằng bảng mã cũ (TCVN3 hoặc VNI) nên sẽ không tìm được. "
        "Hãy chuyển sang Unicode rồi nhập lại."
    ]


@pytest.mark.parametrize(
    ("char", "code"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x1f", "U+001F"),
        ("\x9f", "U+009F"),
        ("\u202e", "U+202E"),
        ("\ufffd", "U+FFFD"),
        ("\ud800", "U+D800"),
    ],
)
def test_characters_nobody_can_read_are_refused_with_their_place(char, code):
    with pytest.raises(ValidationError) as caught:
        CleanCharField().clean(f"Đầm{char}Hà")
    (sentence,) = caught.value.messages
    assert sentence == (
        f"Có ký tự không đọc được (mã {code}) ở vị trí 4. Hãy xoá ký tự đó rồi lưu lại."
    )


# --- what Django's fields would do (domain.md §9.2) -----------------------------------------------


def test_djangos_field_reads_40_00_as_40_and_ours_asks():
    assert forms.IntegerField().clean("40.00") == 40
    with pytest.raises(ValidationError, match=r"có phải 40\.000 không"):
        VietnameseIntegerField().clean("40.00")


def test_djangos_field_reads_40_000_as_40_and_ours_as_forty_thousand():
    assert forms.IntegerField().clean("40.000") == 40
    assert VietnameseIntegerField().clean("40.000") == 40000


def test_djangos_field_takes_an_iso_date_and_ours_asks():
    assert forms.DateField().clean("2023-02-20") == dt.date(2023, 2, 20)
    with pytest.raises(ValidationError, match="có phải 20/02/2023 không"):
        DayFirstDateField().clean("2023-02-20")


def test_20_02_2023_is_accepted():
    assert DayFirstDateField().clean("20/02/2023") == dt.date(2023, 2, 20)


def test_03_02_2023_is_3_february():
    assert DayFirstDateField().clean("03/02/2023") == dt.date(2023, 2, 3)
