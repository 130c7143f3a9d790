"""Components render what they promise and refuse what they do not know."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from damha_portal.core import component_page, components
from damha_portal.core.components import FigureLine
from damha_portal.core.ratio import Percent, Ratio
from tests.core.rendering import show, words

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"

# --- States --------------------------------------------------------------------------------------


@pytest.mark.parametrize("verdict", component_page.example_verdicts(), ids=lambda v: v.code)
def test_verdict_badge_has_icon_word_and_reason(verdict):
    html = show("{% badge verdict %}", verdict=verdict)
    assert "<svg" in html
    assert words(html) == f"{verdict.label} {verdict.reason}"


def test_verdict_badge_leaves_the_reason_out_on_request():
    verdict = component_page.ShownVerdict("met", "Đạt", "15/15")
    assert words(show("{% badge verdict why=False %}", verdict=verdict)) == "Đạt"


def test_unknown_verdict_is_refused():
    verdict = component_page.ShownVerdict("late", "Chậm", "")
    with pytest.raises(ValueError, match="Unknown verdict 'late'"):
        show("{% badge verdict %}", verdict=verdict)


def test_thing_that_is_no_verdict_is_refused():
    with pytest.raises(TypeError, match="A verdict badge needs code, label, reason"):
        show("{% badge 'met' %}")


def test_red_is_reserved_for_late_and_wrong():
    red = {code for code, (tone, _icon) in components.VERDICTS.items() if tone == "red"}
    assert red == {"behind", "not_met"}


def test_status_badge_shows_its_word():
    assert words(show("{% status_badge 'amber' 'Sắp đến hạn' %}")) == "Sắp đến hạn"


def test_status_badge_escapes_its_word():
    assert "&lt;b&gt;" in show("{% status_badge 'grey' word %}", word="<b>")


@pytest.mark.parametrize("call", ["'pink' 'Lạ'", "'red' ''"])
def test_status_badge_refuses_unknown_tone_and_missing_word(call):
    with pytest.raises(ValueError, match=r"Unknown tone|needs a word"):
        show(f"{{% status_badge {call} %}}")


def test_unknown_icon_is_refused():
    with pytest.raises(ValueError, match="Unknown icon 'rocket'"):
        show("{% icon 'rocket' %}")


def test_every_icon_has_a_file_and_every_file_a_name():
    assert {path.stem for path in (COMPONENTS / "icons").iterdir()} == components.ICONS


def test_icons_are_silent_for_screen_readers():
    for name in components.ICONS:
        assert 'aria-hidden="true"' in show("{% icon name %}", name=name)


def test_stars_are_counted_and_named():
    html = show("{% stars 4 %}")
    assert html.count("<svg") == 4
    assert words(html) == "4 sao"


def test_lapsed_stars_say_so_in_words():
    html = show("{% stars 4 valid=False %}")
    assert "stars-lapsed" in html
    assert words(html) == "4 sao · không còn hiệu lực"


def test_no_star_is_said_in_words():
    assert words(show("{% stars None %}")) == "chưa có hạng sao"


@pytest.mark.parametrize("wrong", [0, 6, True, "4"])
def test_impossible_star_ranks_are_refused(wrong):
    with pytest.raises(ValueError, match="whole number from 1 to 5"):
        show("{% stars n %}", n=wrong)


def test_alert_in_red_is_announced():
    html = show("{% alert 'red' 'Chưa gửi được.' 'Gửi lại.' %}")
    assert 'role="alert"' in html
    assert words(html) == "Chưa gửi được. Gửi lại."


def test_success_message_tells_the_script_that_something_was_saved():
    html = show("{% message_alert m %}", m=Message(constants.SUCCESS, "Đã lưu."))
    assert 'data-level="success"' in html
    assert "alert-green" in html


def test_empty_state_refuses_an_address_without_a_word():
    with pytest.raises(ValueError, match="both action_url and action_text"):
        show("{% empty_state 'Trống' '' '/them/' %}")


def test_button_refuses_an_unknown_tone():
    with pytest.raises(ValueError, match="Unknown button tone"):
        show("{% button_link 'Lưu' '/' 'rainbow' %}")


# --- Figures -------------------------------------------------------------------------------------


def test_bar_is_scaled_to_its_target():
    bar = components.bar(12, 15, 14)
    assert (bar.fill, bar.target_at, bar.expected_at) == ("80.0%", "100.0%", "93.3%")
    assert bar.text == "Thực hiện: 12; chỉ tiêu: 15; cần đạt đến nay: 14"


def test_bar_beyond_its_target_moves_the_target_mark():
    bar = components.bar(Ratio(9, 10), Percent(70), Fraction(60, 100))
    assert (bar.fill, bar.target_at, bar.expected_at) == ("100.0%", "77.8%", "66.7%")
    assert bar.text == "Thực hiện: 90 %; chỉ tiêu: 70 %; cần đạt đến nay: 60 %"


def test_unknown_value_draws_no_bar_and_zero_draws_an_empty_one():
    assert components.bar(None, 15).fill == ""
    assert components.bar(None, 15).text == "Thực hiện: chưa có số liệu; chỉ tiêu: 15"
    assert components.bar(0, 15).fill == "0.0%"
    assert components.bar(0, 15).text == "Thực hiện: 0; chỉ tiêu: 15"


def test_zero_target_divides_nothing():
    assert components.bar(0, 0).fill == "0.0%"


def test_expected_count_keeps_its_fraction():
    assert components.bar(9, 15, Fraction(45, 4)).text.endswith("cần đạt đến nay: 11,25")


def test_bar_has_a_text_alternative_and_no_style_attribute():
    html = show("{% bar 12 15 14 tone='red' %}")
    assert 'aria-label="Thực hiện: 12; chỉ tiêu: 15; cần đạt đến nay: 14"' in html
    assert 'width="80.0%"' in html
    assert "style=" not in html


@pytest.mark.parametrize("wrong", [0.5, "12", True])
def test_bar_refuses_floats_texts_and_booleans(wrong):
    with pytest.raises(TypeError, match="exact number"):
        show("{% bar value 15 %}", value=wrong)


def test_bar_takes_decimals():
    assert components.bar(Decimal("2.5"), 5).fill == "50.0%"


def test_unknown_month_is_a_gap_and_never_a_zero():
    spark = components.spark([("1", 10), ("2", 20), ("3", None), ("4", 10), ("5", 20)])
    assert len(spark.lines) == 2
    assert spark.text == "Diễn biến: 1: 10; 2: 20; 3: chưa có số liệu; 4: 10; 5: 20"


def test_trend_runs_from_edge_to_edge():
    spark = components.spark([("1", 0), ("2", 10)])
    assert spark.lines == ("3.0,21.0 93.0,3.0",)
    assert spark.dots == (("93.0", "3.0"),)


def test_trend_of_one_point_is_a_dot_and_of_none_is_empty():
    assert components.spark([("1", 5)]).dots == (("48.0", "12.0"),)
    assert components.spark([]).dots == ()
    assert components.spark([]).text == "Diễn biến: chưa có số liệu"


def test_figure_shows_age_pending_changes_and_the_way_to_its_reason():
    line = FigureLine(
        title="Mã truy xuất", value="80 %", share="12/15", target="100 %", age="tính đến 14:05",
        pending=3, pending_url="/cho/", verified="đã đối chiếu 02:10, khớp", why_url="/vi-sao/",
    )  # fmt: skip
    html = show("{% figure line %}", line=line)
    assert "chưa gồm 3 thay đổi" in html
    assert 'href="/vi-sao/"' in html
    assert "12/15" in html


def test_figure_needs_a_title_and_a_value_in_words():
    with pytest.raises(ValueError, match="unknown is said in words"):
        FigureLine(title="Lượt khách", value="")


def test_figure_refuses_other_objects():
    with pytest.raises(TypeError, match="FigureLine"):
        show("{% figure line %}", line=object())


def test_waiting_job_shows_no_value():
    html = show("{% progress_bar None 100 'Đang chờ' %}")
    assert "value=" not in html
    assert 'max="100"' in html


@pytest.mark.parametrize(("value", "maximum"), [(-1, 10), (11, 10), (0, 0)])
def test_impossible_progress_is_refused(value, maximum):
    with pytest.raises(ValueError, match="makes no sense"):
        show("{% progress_bar v m 'Chạy' %}", v=value, m=maximum)


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ v|integer }}", 40000, "40.000"),
        ("{{ v|integer }}", 0, "0"),
        ("{{ v|integer }}", None, "—"),
        ("{{ v|decimal:2 }}", Decimal("35087.719"), "35.087,72"),
        ("{{ v|percent }}", Ratio(1, 7), "14,29 %"),
        ("{{ v|day }}", dt.date(2023, 2, 20), "20/02/2023"),
        ("{{ v|day_long }}", dt.date(2023, 2, 20), "ngày 20 tháng 02 năm 2023"),
        ("{{ v|month }}", dt.date(2023, 9, 1), "tháng 9/2023"),
        ("{{ v|moment }}", dt.datetime(2023, 9, 30, 7, 5, tzinfo=dt.UTC), "14:05 30/09/2023"),
    ],
)
def test_formats_are_vietnamese(source, value, text):
    assert show(source, v=value) == text
