"""The leader's pages: a figure, its reason and its records say the same."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from damha_portal.core import clock
from damha_portal.progress.enums import Comparator, PaceMethod
from damha_portal.progress.models import Verification
from damha_portal.progress.services import progress_recompute
from tests.factories.ocop import (
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    TraceabilityCodeFactory,
)
from tests.factories.progress import TargetFactory


@pytest.fixture
def traceable(plan):
    return TargetFactory(
        plan=plan,
        code="T8",
        title="Sản phẩm có mã truy xuất",
        metric_key="ocop.traceable_share",
        parameters={"min_star": 3},
        comparator=Comparator.EQ,
        value=Decimal(100),
        unit="%",
        pace_method=PaceMethod.END_ONLY,
    )


def recognised_product(unit, name, *, coded):
    product = ProductFactory(name=name, producer=ProducerFactory(admin_unit=unit))
    RecognitionFactory(product=product, decided_on=dt.date(2023, 3, 1))
    if coded:
        TraceabilityCodeFactory(product=product)
    return product


@pytest.fixture
def two_products(units, traceable):
    return [
        recognised_product(units["06913"], "Gà bản", coded=True),
        recognised_product(units["06904"], "Trứng vịt biển", coded=False),
    ]


def recompute(plan):
    progress_recompute(plan_id=plan.pk, clock_now=clock.now)


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_overview_shows_figure_verdict_and_lead(on_day, client_for, leader, plan, two_products):
    on_day(2023, 9, 30)
    recompute(plan)
    page = text_of(client_for(leader).get("/"))
    assert "1/2 (50 %)" in page
    assert "= 100 %" in page
    assert "1 đúng tiến độ" in page
    assert "chưa phân công" in page
    assert "Số liệu đến 30/09/2023" in page


def test_overview_list_export_and_api_agree(on_day, client_for, leader, plan, two_products):
    on_day(2023, 9, 30)
    recompute(plan)
    client = client_for(leader)
    records = text_of(client.get(f"/ke-hoach/{plan.pk}/T8/scored/"))
    assert "Gà bản" in records
    assert "Trứng vịt biển" not in records
    assert "Trứng vịt biển" in text_of(client.get(f"/ke-hoach/{plan.pk}/T8/missing/"))
    listed = client.get(f"/ke-hoach/{plan.pk}/T8/base/?_export=csv").content.decode()
    assert listed.count("\n") == 3
    figure = client.get(f"/api/v1/plans/{plan.pk}/targets/").json()[0]
    assert (figure["numerator"], figure["denominator"]) == ("1", "2")
    assert figure["verdict"] == "on_track"
    assert figure["as_of"] == "2023-09-30"
    rows = client.get(f"/api/v1/plans/{plan.pk}/targets/T8/records/?part=missing").json()
    assert [row["name"] for row in rows["results"]] == ["Trứng vịt biển"]


def test_rows_outside_my_scope_are_counted_but_not_named(
    on_day, client_for, officer, plan, two_products
):
    on_day(2023, 9, 30)
    recompute(plan)
    page = text_of(client_for(officer).get(f"/ke-hoach/{plan.pk}/T8/base/"))
    assert "Gà bản" in page
    assert "Trứng vịt biển" not in page
    assert "2 bản ghi, tính đến 30/09/2023" in page
    assert "1 bản ghi thuộc đơn vị khác được tính nhưng không hiện ở đây" in page


def test_the_target_page_explains_with_rule_communes_and_months(
    on_day, client_for, leader, plan, two_products
):
    on_day(2023, 9, 30)
    recompute(plan)
    page = text_of(client_for(leader).get(f"/ke-hoach/{plan.pk}/T8/"))
    assert "đang được công nhận từ 3 sao trở lên" in page
    assert "tính đến hết 30/09/2023" in page
    assert "Xã Quảng Tân" in page
    assert "1/1 (100 %)" in page
    assert "0/1 (0 %)" in page
    assert "31/08/2023" in page


def test_a_day_between_month_ends_is_shown_as_the_month_end_before_it(
    on_day, client_for, leader, plan, two_products
):
    on_day(2023, 9, 30)
    recompute(plan)
    page = text_of(client_for(leader).get("/?ngay=15/09/2023"))
    assert "đang xem ngày 31/08/2023 thay cho 15/09/2023" in page
    assert "Số liệu đến 31/08/2023" in page


def test_a_saved_change_is_announced_until_it_is_counted(
    on_day, client_for, leader, plan, two_products
):
    on_day(2023, 9, 30)
    recompute(plan)
    TraceabilityCodeFactory(product=two_products[1])
    client = client_for(leader)
    waiting = text_of(client.get("/"))
    assert "chưa gồm 1 thay đổi" in waiting
    assert "1/2 (50 %)" in waiting
    assert "TX-" in text_of(client.get(f"/ke-hoach/{plan.pk}/thay-doi/"))
    recompute(plan)
    counted = text_of(client.get("/"))
    assert "chưa gồm" not in counted
    assert "2/2 (100 %)" in counted


def test_pending_names_of_other_units_are_not_shown_to_a_commune(
    on_day, client_for, officer, plan, two_products
):
    on_day(2023, 9, 30)
    recompute(plan)
    TraceabilityCodeFactory(product=two_products[1], code="BI-MAT-01")
    page = text_of(client_for(officer).get(f"/ke-hoach/{plan.pk}/thay-doi/"))
    assert "BI-MAT-01" not in page
    assert "một bản ghi" in page


def test_a_page_says_when_the_sweep_is_late(on_day, client_for, leader, plan, two_products):
    on_day(2023, 9, 30)
    recompute(plan)
    page = text_of(client_for(leader).get("/"))
    assert "Bộ tính tự động không chạy từ khi cài đặt" in page


def test_figures_of_yesterday_say_so(on_day, client_for, leader, plan, two_products):
    on_day(2023, 9, 30)
    recompute(plan)
    on_day(2023, 10, 1)
    page = text_of(client_for(leader).get("/"))
    assert "Số liệu của ngày 30/09/2023, chưa cập nhật sang hôm nay" in page


def test_a_figure_the_second_path_denies_is_an_alert_until_it_matches(
    on_day, client_for, leader, plan, two_products
):
    on_day(2023, 9, 30)
    recompute(plan)
    client = client_for(leader)
    Verification.objects.create(
        plan=plan, checked_at=clock.now(), compared=9, differences=[{"code": "T8"}]
    )
    assert "thấy 1 số không khớp; đang chờ sửa" in text_of(client.get("/"))
    Verification.objects.create(plan=plan, checked_at=clock.now(), compared=9)
    assert "không khớp" not in text_of(client.get("/"))


def test_nothing_entered_is_no_data_with_no_colour(on_day, client_for, leader, plan, traceable):
    on_day(2023, 9, 30)
    recompute(plan)
    page = text_of(client_for(leader).get("/"))
    assert "1 chưa có số liệu" in page
    assert "badge-red" not in page
    assert "badge-green" not in page


def test_without_a_plan_the_page_says_what_to_do(client_for, leader):
    page = text_of(client_for(leader).get("/"))
    assert "Chưa có kế hoạch nào đang theo dõi" in page


@pytest.mark.parametrize("part", ["nonsense", "excluded-9"])
def test_an_unknown_list_is_404(client_for, leader, plan, traceable, part):
    assert client_for(leader).get(f"/ke-hoach/{plan.pk}/T8/{part}/").status_code == 404


def test_overview_queries_do_not_grow(ledger, on_day, client_for, leader, plan, traceable, units):
    on_day(2023, 9, 30)

    def grow(count):
        for number in range(count):
            recognised_product(units["06913"], f"Sản phẩm {number}", coded=bool(number % 2))
        recompute(plan)

    client = client_for(leader)
    ledger("dashboards.overview", grow=grow, act=lambda: client.get("/"), at_most=12)


def test_target_page_queries_do_not_grow(
    ledger, on_day, client_for, leader, plan, traceable, units
):
    on_day(2023, 9, 30)

    def grow(count):
        for number in range(count):
            recognised_product(units["06913"], f"Sản phẩm {number}", coded=bool(number % 2))
        recompute(plan)

    client = client_for(leader)
    address = f"/ke-hoach/{plan.pk}/T8/"
    ledger("progress.target", grow=grow, act=lambda: client.get(address), at_most=12)


def test_record_list_queries_do_not_grow(
    ledger, on_day, client_for, leader, plan, traceable, units
):
    on_day(2023, 9, 30)

    def grow(count):
        for number in range(count):
            recognised_product(units["06913"], f"Sản phẩm {number}", coded=True)

    client = client_for(leader)
    address = f"/ke-hoach/{plan.pk}/T8/scored/"
    ledger("progress.records", grow=grow, act=lambda: client.get(address), at_most=10)


@pytest.mark.parametrize("page", ["/", "/ke-hoach/{plan}/T8/"])
def test_marks_are_read_before_figures_so_that_no_old_figure_passes_for_complete(
    on_day, client_for, leader, plan, two_products, page
):
    on_day(2023, 9, 30)
    recompute(plan)
    client = client_for(leader)
    with CaptureQueriesContext(connection) as captured:
        client.get(page.format(plan=plan.pk))
    asked = [query["sql"] for query in captured.captured_queries]
    marks = next(i for i, sql in enumerate(asked) if "progress_pendingchange" in sql)
    figures = next(i for i, sql in enumerate(asked) if "progress_measurement" in sql)
    assert marks < figures
