import datetime as dt
import unicodedata
from decimal import Decimal

import pytest
from django import forms
from django.contrib.admin import ModelAdmin, site
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from damha_portal.core.formfields import (
    CleanCharField,
    DayFirstDateField,
    MonthField,
    VietnameseDecimalField,
    VietnameseIntegerField,
)
from damha_portal.core.modelfields import (
    AmountField,
    DayField,
    FoldedTextField,
    MonthDayField,
    NameField,
    NoteField,
    SortTextField,
    WholeNumberField,
)

NFD_NAME = unicodedata.normalize("NFD", "\u00a0Đầm  Hà ")


def build_site_model():
    class Site(models.Model):
        name = NameField("tên")
        short_name = NameField("tên ngắn", max_length=50, blank=True, default="")
        note = NoteField("ghi chú", blank=True, default="")
        visitors = WholeNumberField("số lượt khách", null=True, blank=True)
        change = WholeNumberField("tăng giảm", null=True, blank=True, allow_negative=True)
        revenue = AmountField("doanh thu", null=True, blank=True)
        balance = AmountField(
            "chênh lệch", null=True, blank=True, allow_negative=True, max_digits=8
        )
        opened_on = DayField("ngày mở", null=True, blank=True)
        month = MonthDayField("tháng", null=True, blank=True)
        search_text = FoldedTextField(sources=("name", "short_name"))
        sort_text = SortTextField(source="name")
        place_text = SortTextField(source="name", kind="place")

        class Meta:
            app_label = "core"

    return Site


@pytest.fixture
def site_model():
    with isolate_apps("django.contrib.contenttypes"):
        yield build_site_model()


def saved(instance, name):
    """What a save or a bulk_create would hand to the database for one column."""
    field = instance._meta.get_field(name)
    return field.get_prep_value(field.pre_save(instance, add=True))


# --- text -----------------------------------------------------------------------------------------


def test_names_are_stored_composed_with_plain_spaces(site_model):
    row = site_model(name=NFD_NAME)
    assert saved(row, "name") == "Đầm Hà"
    assert row.name == "Đầm Hà"


def test_notes_keep_their_lines_when_stored(site_model):
    row = site_model(note=" một \r\n\u00a0hai ")
    assert saved(row, "note") == "một\nhai"
    assert row.note == "một\nhai"


def test_updates_and_lookups_use_the_stored_spelling(site_model):
    assert site_model._meta.get_field("name").get_prep_value(NFD_NAME) == "Đầm Hà"


def test_expressions_pass_untouched(site_model):
    row = site_model(name=models.F("short_name"))
    field = site_model._meta.get_field("name")
    assert field.pre_save(row, add=False) == models.F("short_name")


def test_a_model_refuses_text_nobody_can_read(site_model):
    for text in ("Đầm\x07Hà", "§Çm Hµ"):
        with pytest.raises(ValidationError) as caught:
            site_model(name=text).clean_fields()
        assert set(caught.value.message_dict) == {"name"}


def test_names_have_255_characters_unless_told(site_model):
    assert site_model._meta.get_field("name").max_length == 255
    assert site_model._meta.get_field("short_name").max_length == 50


# --- derived text ---------------------------------------------------------------------------------


def test_search_text_is_folded_from_its_sources(site_model):
    row = site_model(name="Lạc ĐỎ", short_name="Thành Mến")
    assert saved(row, "search_text") == "lac do thanh men"
    assert row.search_text == "lac do thanh men"


def test_search_text_follows_its_sources(site_model):
    row = site_model(name="Lạc đỏ", search_text="cũ")
    row.name = "Khoai lang"
    assert saved(row, "search_text") == "khoai lang"


def test_search_text_skips_what_is_unknown(site_model):
    field = FoldedTextField(sources=("name", "visitors"))
    assert field.compute(site_model(name="Lạc", visitors=None)) == "lac"
    assert field.compute(site_model(name="Lạc", visitors=0)) == "lac 0"


def test_compute_leaves_the_instance_alone(site_model):
    row = site_model(name="Lạc đỏ")
    assert site_model._meta.get_field("search_text").compute(row) == "lac do"
    assert row.search_text == ""


def test_sort_text_orders_rows_the_vietnamese_way(site_model):
    names = ["Tân Lập", "Đầm Hà", "Dực Yên"]
    rows = [site_model(name=name) for name in names]
    for row in rows:
        saved(row, "sort_text")
    assert [row.name for row in sorted(rows, key=lambda row: row.sort_text)] == [
        "Dực Yên",
        "Đầm Hà",
        "Tân Lập",
    ]


def test_a_place_sort_text_ignores_the_kind_of_unit(site_model):
    commune, town = site_model(name="Xã Tân Lập"), site_model(name="Thị trấn Đầm Hà")
    assert saved(town, "place_text") < saved(commune, "place_text")


def test_an_unknown_kind_of_order_is_refused():
    with pytest.raises(ValueError, match="kind is one of"):
        SortTextField(source="name", kind="alphabet")


def test_derived_texts_are_never_typed(site_model):
    for name in ("search_text", "sort_text"):
        field = site_model._meta.get_field(name)
        assert (field.editable, field.blank, field.null, field.default) == (False, True, False, "")
        assert field.sources


# --- forms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form_field"),
    [
        ("name", CleanCharField),
        ("note", CleanCharField),
        ("visitors", VietnameseIntegerField),
        ("revenue", VietnameseDecimalField),
        ("opened_on", DayFirstDateField),
        ("month", MonthField),
    ],
)
def test_every_field_brings_its_strict_form_field(site_model, name, form_field):
    field = site_model._meta.get_field(name).formfield()
    assert type(field) is form_field
    assert field.required is (name == "name")
    assert field.label == site_model._meta.get_field(name).verbose_name.capitalize()


def test_a_note_is_a_text_area_and_keeps_lines(site_model):
    field = site_model._meta.get_field("note").formfield()
    assert isinstance(field.widget, forms.Textarea)
    assert field.clean("một\nhai") == "một\nhai"


def test_counts_and_amounts_are_not_negative_unless_told(site_model):
    for name in ("visitors", "revenue"):
        with pytest.raises(ValidationError, match="số âm"):
            site_model._meta.get_field(name).formfield().clean("-5")
        with pytest.raises(ValidationError, match="số âm"):
            site_model._meta.get_field(name).clean(-5, None)
    for name in ("change", "balance"):
        assert site_model._meta.get_field(name).formfield().clean("-5") == -5
        assert site_model._meta.get_field(name).clean(-5, None) == -5


def test_a_model_form_asks_about_40_00_and_keeps_what_was_typed(site_model):
    form_class = forms.modelform_factory(site_model, fields=["name", "visitors", "opened_on"])
    form = form_class({"name": "Đầm Hà", "visitors": "40.00", "opened_on": "03/02/2023"})
    assert not form.is_valid()
    assert form.errors == {
        "visitors": [
            "Số lượt khách phải là số nguyên, ví dụ 1.250. "
            "Bạn đã nhập «40.00»: có phải 40.000 không?"
        ]
    }
    assert form["visitors"].value() == "40.00"
    assert form.cleaned_data["opened_on"] == dt.date(2023, 2, 3)


def test_admin_boxes_read_figures_and_days_our_way(site_model):
    admin = ModelAdmin(site_model, site)
    for name, form_field in (
        ("visitors", VietnameseIntegerField),
        ("opened_on", DayFirstDateField),
        ("month", MonthField),
        ("revenue", VietnameseDecimalField),
    ):
        field = admin.formfield_for_dbfield(site_model._meta.get_field(name), request=None)
        assert type(field) is form_field
        assert type(field.widget) is form_field.widget


# --- figures and days -----------------------------------------------------------------------------


def test_a_count_never_loses_a_fraction_silently(site_model):
    field = site_model._meta.get_field("visitors")
    assert models.BigIntegerField().to_python(40.5) == 40
    for value in (40.5, Decimal("40.5"), "40.5", "40.000"):
        with pytest.raises(ValidationError):
            field.to_python(value)
    assert field.to_python(Decimal("40.00")) == 40
    assert field.to_python("40000") == 40000
    assert field.to_python(None) is None


def test_an_amount_is_never_made_of_a_float(site_model):
    field = site_model._meta.get_field("revenue")
    with pytest.raises(ValidationError, match="số thực"):
        field.to_python(0.1)
    assert field.to_python("0.10") == Decimal("0.10")
    assert (field.max_digits, field.decimal_places) == (18, 2)


def test_a_month_is_stored_as_its_first_day(site_model):
    row = site_model(month=dt.date(2023, 9, 30))
    assert saved(row, "month") == dt.date(2023, 9, 1)
    assert row.month == dt.date(2023, 9, 1)
    assert saved(site_model(month=None), "month") is None


def test_lookups_on_a_month_compare_the_day_as_given(site_model):
    field = site_model._meta.get_field("month")
    assert field.get_prep_value(dt.date(2023, 9, 30)) == dt.date(2023, 9, 30)


def test_a_day_inside_a_month_does_not_validate_as_a_month(site_model):
    with pytest.raises(ValidationError, match="ngày đầu tháng"):
        site_model._meta.get_field("month").clean(dt.date(2023, 9, 30), None)


# --- migrations -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field",
    [
        NameField("tên", max_length=120),
        NameField(),
        NoteField(blank=True, default=""),
        FoldedTextField(sources=("name", "code")),
        SortTextField(source="title", kind="person"),
        WholeNumberField(null=True),
        WholeNumberField(allow_negative=True),
        AmountField(max_digits=10, decimal_places=3, allow_negative=True),
        AmountField(),
        DayField(null=True),
        MonthDayField(),
    ],
)
def test_every_field_can_be_rebuilt_by_a_migration(field):
    _name, path, args, kwargs = field.deconstruct()
    assert path == f"damha_portal.core.modelfields.{type(field).__name__}"
    rebuilt = type(field)(*args, **kwargs)
    assert rebuilt.deconstruct()[1:] == (path, args, kwargs)
    text, imports = MigrationWriter.serialize(field)
    assert text.startswith(f"damha_portal.core.modelfields.{type(field).__name__}(")
    assert "import damha_portal.core.modelfields" in imports


def test_other_sources_of_a_derived_text_do_not_rebuild_the_table():
    assert "sources" in FoldedTextField.non_db_attrs
    assert {"source", "kind"} <= set(SortTextField.non_db_attrs)
