"""Form components tie labels, hints and errors to their controls; lists keep their address."""

import datetime as dt
import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.test import RequestFactory

from damha_portal.core import component_page
from damha_portal.core.components import Definition, Step, TimelineEntry
from damha_portal.core.pages import Crumb, Fact
from tests.core.rendering import show, words

# --- Forms ---------------------------------------------------------------------------------------


class SmallForm(forms.Form):
    arrivals = forms.CharField(label="Lượt khách", help_text="Số nguyên.")
    note = forms.CharField(label="Ghi chú", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Đồng ý", required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)


def test_field_ties_hint_previous_value_and_error_to_the_control():
    form = SmallForm({"arrivals": ""})
    form.fields["arrivals"].previous = "Tháng trước 3.120"
    form.fields["arrivals"].unit = "lượt"
    html = show("{% field f %}", f=form["arrivals"])
    described = "id_arrivals_helptext id_arrivals_previous id_arrivals_error"
    assert f'aria-describedby="{described}"' in html
    for name in described.split():
        assert f'id="{name}"' in html
    assert 'aria-invalid="true"' in html
    assert '<label class="field-label" for="id_arrivals">' in html
    assert "lượt" in html


def test_optional_field_says_so_in_words_and_a_required_one_does_not():
    form = SmallForm()
    assert "(không bắt buộc)" in show("{% field f %}", f=form["note"])
    assert "(không bắt buộc)" not in show("{% field f %}", f=form["arrivals"])


def test_filter_fields_are_not_marked_optional():
    assert "(không bắt buộc)" not in show("{% field f compact=True %}", f=SmallForm()["note"])


def test_group_of_choices_is_a_fieldset_with_its_error():
    html = show("{% field f %}", f=SmallForm({})["kind"])
    assert '<fieldset class="field field-wrong" aria-describedby="id_kind_error">' in (html)
    assert "<legend" in html


def test_label_and_hint_can_be_replaced():
    html = show("{% field f label='Khách' hint='Cả trẻ em.' %}", f=SmallForm()["arrivals"])
    assert words(html) == "Khách Cả trẻ em."


def test_form_fields_include_the_hidden_version():
    assert 'name="version"' in show("{% form_fields form %}", form=SmallForm())


@pytest.mark.parametrize("tag", ["field", "form_fields", "error_summary"])
def test_form_components_refuse_other_objects(tag):
    with pytest.raises(TypeError, match="form"):
        show(f"{{% {tag} 'x' %}}")


def test_error_summary_leads_to_each_field():
    form = SmallForm({"note": ""})
    form.add_error(None, "Kỳ báo cáo đã khóa.")
    html = show("{% error_summary form %}", form=form)
    assert '<a href="#id_arrivals">Lượt khách:' in html
    assert 'role="alert"' in html
    assert "Kỳ báo cáo đã khóa." in html


@pytest.mark.parametrize("name", ["arrivals", "kind"])
def test_every_link_of_the_error_summary_finds_its_target(name):
    form = SmallForm({})
    target = re.search(rf'href="#(id_{name}[^"]*)"', show("{% error_summary f %}", f=form))[1]
    assert f'id="{target}"' in show("{% form_fields form %}", form=form)


def test_form_without_errors_has_no_summary():
    assert show("{% error_summary form %}", form=SmallForm()).strip() == ""


# --- Records and lists ---------------------------------------------------------------------------


def test_timeline_says_who_when_what_and_why():
    day = TimelineEntry(dt.date(2023, 4, 12), "Hường", "Tạo mới")
    midnight = dt.datetime(2023, 9, 29, 17, 0, tzinfo=dt.UTC)
    edit = TimelineEntry(midnight, "An", "Sửa", "Nhập nhầm")
    text = words(show("{% timeline entries %}", entries=[edit, day]))
    assert text == "Sửa An · 00:00 30/09/2023 Lý do: Nhập nhầm Tạo mới Hường · 12/04/2023"


def test_empty_timeline_says_so():
    assert "Chưa có thay đổi nào" in show("{% timeline entries %}", entries=[])


def test_timeline_refuses_incomplete_entries():
    with pytest.raises(TypeError, match="A timeline entry needs when, who, what, why"):
        show("{% timeline entries %}", entries=[Crumb("x")])


def test_stepper_names_every_state_in_words():
    steps = [Step("Một", "done"), Step("Hai", "returned", "bổ sung"), Step("Ba", "todo")]
    html = show("{% stepper steps %}", steps=steps)
    assert words(html) == "Một đã xong Hai bị trả lại · bổ sung 3 Ba chưa tới"
    assert html.count('aria-current="step"') == 1


def test_unknown_step_state_is_refused():
    with pytest.raises(ValueError, match="Unknown step state"):
        Step("Một", "finished")


def test_definition_takes_definitions_facts_and_pairs():
    rows = [Definition("Mã", 0), Fact("Chủ thể", "HTX", "/x/"), ("Năm", "2023")]
    html = show("{% definition rows %}", rows=rows)
    assert words(html) == "Mã 0 Chủ thể HTX Năm 2023"
    assert '<a href="/x/">HTX</a>' in html


def test_pagination_keeps_the_query_string():
    page = Paginator(range(100), 10).page(3)
    html = show("{% pagination page %}", path="/?q=lạc&page=3", page=page)
    assert 'href="?q=l%E1%BA%A1c&amp;page=4"' in html
    assert 'aria-current="page"' in html
    assert "hx-get" not in html


def test_one_page_needs_no_pagination():
    assert show("{% pagination page %}", page=Paginator([1], 10).page(1)).strip() == ""


def test_query_replace_sets_and_removes():
    html = show("{% query_replace page=2 q=None %}", path="/?q=x&star=4&page=9")
    assert html == "?star=4&amp;page=2"


def test_sorted_column_says_its_direction():
    request = RequestFactory().get("/?sort=-name")
    table = component_page.example_table(request)
    html = show("{% data_table table label='Chủ thể' %}", path="/?sort=-name", table=table)
    assert 'aria-sort="descending"' in html
    assert 'aria-label="Chủ thể"' in html
    assert 'tabindex="0"' in html
    assert 'data-label="Xã, thị trấn"' in html


def test_live_table_is_swapped_and_a_still_one_is_not():
    table = component_page.example_table(RequestFactory().get("/"))
    assert 'hx-get="?sort=unit"' in show("{% data_table table live=True %}", table=table)
    assert "hx-get" not in show("{% data_table table %}", table=table)


def test_empty_table_shows_its_sentence_instead_of_a_head():
    table = component_page.ExampleTable([], empty_text="Chưa có chủ thể nào.")
    html = show("{% data_table table %}", table=table)
    assert "Chưa có chủ thể nào." in html
    assert "<table" not in html


def test_render_table_of_the_library_works_as_well():
    source = "{% load render_table from django_tables2 %}{% render_table table %}"
    table = component_page.example_table(RequestFactory().get("/"))
    html = show(source, table=table)
    assert "UNDEFINED" not in html
    assert 'aria-label="Bảng, cuộn ngang được"' in html


def test_breadcrumbs_end_with_this_page():
    crumbs = [Crumb("Sản phẩm", "/sp/"), ("Lạc đỏ", None)]
    html = show("{% breadcrumb_list crumbs %}", crumbs=crumbs)
    assert '<a href="/sp/">Sản phẩm</a>' in html
    assert '<span aria-current="page">Lạc đỏ</span>' in html
