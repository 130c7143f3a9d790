"""The page of a product, the lists' computed filters, files, search and menu."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from damha_portal.core.context import frame
from damha_portal.core.search import search
from ocop.urls import PAGES
from tests.factories import ocop as make
from tests.ocop.scenes import LONG, full_product

NO_CODE = "Còn thiếu tem điện tử hoặc mã số, mã vạch còn hiệu lực"
NO_EXCHANGE = "Chưa được giới thiệu trên sàn thương mại điện tử nào đang mở"


@pytest.fixture
def page(client_for, officer, on_day):
    on_day(2023, 9, 30)

    def fetch(name, *args, **query):
        client = client_for(officer)  # signed in anew: a session does not last for years
        return client.get(reverse(f"ocop:{name}", args=args), query).content.decode()

    return fetch


def test_the_star_is_said_with_its_last_day_and_the_days_left(page, units, on_day):
    product = full_product(units["06913"])
    assert "hiệu lực đến hết 31/05/2026 · còn 974 ngày" in page("product-detail", product.pk)
    on_day(2026, 3, 18)
    assert "hiệu lực đến hết 31/05/2026 · còn 74 ngày" in page("product-detail", product.pk)


def test_the_star_is_grey_the_day_after_the_certificate(page, units, on_day):
    product = full_product(units["06913"])
    on_day(2026, 5, 31)
    assert "stars-lapsed" not in page("product-detail", product.pk)
    on_day(2026, 6, 1, 0, 1)
    text = page("product-detail", product.pk)
    assert "stars-lapsed" in text
    assert "hết hiệu lực sau ngày 31/05/2026" in text


def test_what_the_product_lacks_comes_before_everything_else(page, units):
    product = full_product(units["06913"])
    text = page("product-detail", product.pk)
    assert NO_CODE not in text
    assert NO_EXCHANGE not in text
    product.codes.update(valid_until=dt.date(2023, 9, 29))
    make.Platform.objects.update(counts_as_exchange=False, kind="fan_page")
    text = page("product-detail", product.pk)
    assert 0 < text.index(NO_CODE) < text.index(NO_EXCHANGE) < text.index("stars")


def test_a_product_without_a_valid_star_lacks_nothing_for_the_plan(page, units):
    product = make.ProductFactory(producer__admin_unit=units["06913"])
    text = page("product-detail", product.pk)
    assert "chưa có hạng sao" in text
    assert NO_CODE not in text


@pytest.mark.parametrize(("abv", "neutral"), [("14.9", False), ("15.0", True), (None, False)])
def test_spirits_get_a_neutral_page_with_an_age_note(page, units, abv, neutral):
    product = full_product(units["06913"], abv=abv and Decimal(abv))
    text = page("product-detail", product.pk)
    assert ("Chỉ dành cho người từ đủ 18 tuổi" in text) == neutral
    assert ("Nghề phơi củ cải" in text) == (not neutral)


def test_the_steps_of_the_cycle_are_shown_in_order(page, units):
    text = page("product-detail", full_product(units["06913"]).pk)
    assert text.index("Đăng ký ý tưởng") < text.index("Phương án sản xuất kinh doanh")
    assert "12/04/2023" in text


def test_lists_are_filtered_by_the_states_of_today(page, units, on_day):
    full_product(units["06913"], "Củ cải khô")
    make.ProductFactory(name="Lạc đỏ", producer__admin_unit=units["06913"])
    assert "Lạc đỏ" not in page("product-list", star="any")
    assert "Củ cải khô" not in page("product-list", star="none")
    assert "Củ cải khô" in page("recognition-list", state="valid")
    assert "Củ cải khô" in page("code-list", active="yes")
    assert "Củ cải khô" in page("participation-list", state="idea_accepted")
    assert "Củ cải khô" in page("platform-listing-list", active="yes")
    assert "Củ cải khô" in page("retail-listing-list", active="yes")
    on_day(2026, 6, 1)
    assert "Củ cải khô" not in page("product-list", star="any")
    assert "Củ cải khô" in page("recognition-list", state="expired")


def test_search_needs_no_accents_and_lists_sort_the_vietnamese_way(page, units):
    for name in ("Ổi", "Đậu", "Dưa", "Ớt"):
        make.ProductFactory(name=name, producer__admin_unit=units["06913"])
    text = page("product-list", sort="name")
    positions = [text.index(f">{name}<") for name in ("Dưa", "Đậu", "Ổi", "Ớt")]
    assert positions == sorted(positions)
    assert "Đậu" not in page("product-list", q="dua")


def test_a_file_holds_the_rows_and_the_order_on_screen(client_for, officer, units, on_day):
    on_day(2023, 9, 30)
    full_product(units["06913"], "=Củ cải")
    make.ProductFactory(name="Lạc đỏ", producer__admin_unit=units["06913"])
    answer = client_for(officer).get(
        reverse("ocop:product-list"), {"star": "any", "_export": "csv"}
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["'=Củ cải"]
    assert rows[1][4:] == ["3", "31/05/2026"]


def test_a_long_name_is_shown_whole(page, units):
    product = full_product(units["06913"], LONG)
    assert LONG in page("product-detail", product.pk)
    assert LONG in page("product-list")


def test_the_search_box_finds_products_and_producers_in_scope(officer, units):
    make.ProductFactory(name="Lạc đỏ", producer__admin_unit=units["06913"])
    make.ProductFactory(name="Lạc đỏ xa", producer__admin_unit=units["06904"])
    make.ProducerFactory(name="HTX Lạc Đỏ", admin_unit=units["06913"])
    found = {group.title: [hit.name for hit in group.hits] for group in search("lac do", officer)}
    assert found["Sản phẩm OCOP"] == ["Lạc đỏ"]
    assert found["Chủ thể OCOP"] == ["HTX Lạc Đỏ"]


def test_the_menu_leads_to_every_list_of_the_application():
    routes = {entry.route for entry in frame.entries}
    assert {f"ocop:{pages.name}-list" for pages in PAGES} <= routes


def test_a_product_with_records_is_not_deleted_and_says_what_depends_on_it(
    client_for, officer, units
):
    product = full_product(units["06913"])
    client = client_for(officer)
    url = reverse("ocop:product-delete", args=[product.pk])
    assert "Mã truy xuất: 1" in client.get(url).content.decode()
    assert client.post(url, {"reason": "Nhầm"}).status_code == 422
    product.refresh_from_db()


def test_a_product_recorded_by_mistake_is_deleted_with_a_reason(client_for, officer, units):
    product = make.ProductFactory(producer__admin_unit=units["06913"])
    client = client_for(officer)
    url = reverse("ocop:product-delete", args=[product.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Nhập trùng"}).status_code == 303
    removed = type(product).history.filter(history_type="-").get()
    assert (removed.history_change_reason, removed.history_user) == ("Nhập trùng", officer)
