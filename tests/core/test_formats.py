"""What Django itself writes and reads under our format module (domain.md §9.2)."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.template.defaultfilters import floatformat
from django.utils import formats


def test_the_settings_name_our_format_module(settings):
    assert settings.FORMAT_MODULE_PATH == ["damha_portal.core.formats"]
    assert settings.LANGUAGE_CODE == "vi"


def test_intcomma_and_floatformat_group_thousands():
    assert intcomma(40000) == "40.000"
    assert floatformat(Decimal("35087.719"), "2g") == "35.087,72"


def test_without_our_module_nothing_is_grouped(settings):
    settings.FORMAT_MODULE_PATH = None
    formats.reset_format_cache()
    try:
        assert intcomma(40000) == "40000"
    finally:
        formats.reset_format_cache()


def test_identifiers_in_templates_are_not_grouped():
    assert formats.localize(12345) == "12345"


def test_short_dates_are_day_month_year_with_slashes():
    day = dt.date(2023, 2, 20)
    assert formats.date_format(day, "SHORT_DATE_FORMAT") == "20/02/2023"
    assert formats.date_format(day, "DATE_FORMAT") == "20/02/2023"
    assert formats.date_format(day, "YEAR_MONTH_FORMAT") == "tháng 2/2023"
    assert formats.date_format(day, "MONTH_DAY_FORMAT") == "20/02"


def test_moments_are_hour_then_day():
    moment = dt.datetime(2023, 9, 30, 14, 5)  # noqa: DTZ001  (the format is tested, not the zone)
    assert formats.date_format(moment, "DATETIME_FORMAT") == "14:05 30/09/2023"
    assert formats.time_format(moment.time()) == "14:05"


def test_djangos_own_date_field_accepts_20_02_2023():
    assert forms.DateField().clean("20/02/2023") == dt.date(2023, 2, 20)
    assert forms.DateField().clean("20-02-2023") == dt.date(2023, 2, 20)
    assert forms.DateField().clean("20.02.2023") == dt.date(2023, 2, 20)


def test_djangos_own_date_field_reads_03_02_2023_as_3_february():
    assert forms.DateField().clean("03/02/2023") == dt.date(2023, 2, 3)


@pytest.mark.parametrize("text", ["02/20/2023", "20/02/23", "Feb 20 2023"])
def test_djangos_own_date_field_refuses_month_first_and_short_years(text):
    with pytest.raises(ValidationError):
        forms.DateField().clean(text)


def test_a_plain_date_box_shows_day_first():
    assert 'value="20/02/2023"' in forms.DateInput().render("day", dt.date(2023, 2, 20))


def test_weeks_start_on_monday():
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
