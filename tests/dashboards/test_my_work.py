"""What is asked of whom."""

import datetime as dt

import pytest

from tests.factories.ocop import (
    ParticipationFactory,
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    StepChangeFactory,
    TraceabilityCodeFactory,
)
from tests.factories.tourism import MonthlyFigureFactory
from tourism.enums import FigureStatus


@pytest.fixture
def today(on_day):
    on_day(2023, 9, 30)


def product_of(unit):
    return ProductFactory(producer=ProducerFactory(admin_unit=unit))


def work_of(client_for, user):
    return client_for(user).get("/viec-cua-toi/").content.decode()


def test_nothing_to_do_says_what_would_appear_here(today, client_for, officer):
    page = work_of(client_for, officer)
    assert "Không có việc nào đang chờ bạn" in page
    assert "Ghi mã truy xuất" in page


def test_a_certificate_of_my_commune_that_lapses_within_90_days_is_listed(
    today, client_for, officer, other_officer, units
):
    product = product_of(units["06913"])
    RecognitionFactory(
        product=product, decided_on=dt.date(2020, 12, 1), valid_until=dt.date(2023, 12, 29)
    )
    TraceabilityCodeFactory(product=product)
    assert "1 giấy chứng nhận hết hiệu lực trong 90 ngày tới" in work_of(client_for, officer)
    assert "giấy chứng nhận hết hiệu lực" not in work_of(client_for, other_officer)


def test_a_recognised_product_without_code_is_listed(today, client_for, officer, units):
    RecognitionFactory(product=product_of(units["06913"]))
    page = work_of(client_for, officer)
    assert "1 sản phẩm đang được công nhận chưa có mã truy xuất còn hiệu lực" in page


def test_a_returned_idea_is_listed_until_it_moves_on(today, client_for, officer, units):
    row = ParticipationFactory(product=product_of(units["06913"]))
    StepChangeFactory(participation=row, to_state="idea_returned", happened_on=dt.date(2023, 5, 1))
    assert "1 ý tưởng hoặc phương án bị trả lại" in work_of(client_for, officer)
    StepChangeFactory(participation=row, to_state="idea_submitted", happened_on=dt.date(2023, 5, 9))
    assert "bị trả lại, cần sửa" not in work_of(client_for, officer)


def test_a_submitted_figure_waits_for_the_approver_and_nobody_else(
    today, client_for, approver, officer, units
):
    MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.SUBMITTED)
    assert "1 số liệu tháng đang chờ bạn duyệt" in work_of(client_for, approver)
    assert "chờ bạn duyệt" not in work_of(client_for, officer)


def test_a_returned_figure_is_asked_of_the_commune_that_entered_it(
    today, client_for, officer, other_officer, units
):
    MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.RETURNED)
    assert "1 số liệu tháng bị trả lại, cần sửa" in work_of(client_for, officer)
    assert "số liệu tháng bị trả lại" not in work_of(client_for, other_officer)


def test_leaders_are_offered_no_entry(today, client_for, leader):
    assert "Ghi mã truy xuất" not in work_of(client_for, leader)
