"""Files in and out: keys, skipped rows, every error, scope, and a dry run that leaves no trace."""

import datetime as dt

import pytest
import tablib
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.models import Producer, Product, TraceabilityCode
from ocop.resources import (
    PlatformListingResource,
    ProducerResource,
    ProductResource,
    RecognitionResource,
    TraceabilityCodeResource,
)
from tests.factories import ocop as make

HEADERS = ["Tên chủ thể", "Mã xã", "Mã xã có từ ngày", "Loại hình", "Số lao động"]
RESOURCES = (
    ProducerResource,
    ProductResource,
    RecognitionResource,
    TraceabilityCodeResource,
    PlatformListingResource,
)


def file(*rows, headers=HEADERS):
    return tablib.Dataset(*rows, headers=headers)


def row(name="HTX Sông Xanh", code="06913", workers="12", kind="Hợp tác xã"):
    return [name, code, "01/01/2020", kind, workers]


def sentences(result):
    return [message for row in result.invalid_rows for message in row.error.messages]


def test_a_new_row_is_saved_with_history_and_its_importer(officer, units):
    ProducerResource(actor=officer).import_data(file(row()))
    producer = Producer.objects.get()
    assert (producer.name, producer.admin_unit, producer.workers) == (
        "HTX Sông Xanh",
        units["06913"],
        12,
    )
    assert producer.history.get().history_user == officer


def test_a_dry_run_leaves_no_trace_and_writes_nothing(officer):
    with CaptureQueriesContext(connection) as queries:
        result = ProducerResource(actor=officer).import_data(file(row()), dry_run=True)
    assert result.totals["new"] == 1
    assert not Producer.objects.exists()
    assert not Producer.history.exists()
    verbs = {query["sql"].split()[0] for query in queries.captured_queries}
    assert verbs <= {"SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"}


def test_importing_twice_skips_the_unchanged_row(officer):
    ProducerResource(actor=officer).import_data(file(row()))
    result = ProducerResource(actor=officer).import_data(file(row()))
    assert result.totals["skip"] == 1
    assert Producer.history.count() == 1


def test_a_changed_row_is_found_by_name_and_unit(officer):
    ProducerResource(actor=officer).import_data(file(row()))
    ProducerResource(actor=officer).import_data(file(row(workers="40.000")))
    assert Producer.objects.get().workers == 40_000


def test_the_same_name_in_another_unit_is_another_producer(department_officer, units):
    ProducerResource(actor=department_officer).import_data(file(row(), row(code="06904")))
    assert {p.admin_unit.code for p in Producer.objects.all()} == {"06913", "06904"}


def test_all_errors_of_all_rows_are_reported_and_nothing_is_saved(officer):
    result = ProducerResource(actor=officer).import_data(
        file(
            row("HTX Đúng"),
            row("HTX Sai", code="99999", kind="Tập đoàn", workers="40.00"),
            row("HTX Sai nữa", workers="mười"),
        )
    )
    assert [found.number for found in result.invalid_rows] == [2, 3]
    first = " ".join(result.invalid_rows[0].error.messages)
    assert "Không có đơn vị nào mang mã «99999»" in first
    assert "«Tập đoàn» không có trong danh sách" in first
    assert "40.00" in first
    assert not Producer.objects.exists()


def test_a_row_of_another_commune_is_refused_and_changes_nothing(officer, units):
    foreign = make.ProducerFactory(name="HTX Bạn", admin_unit=units["06904"])
    result = ProducerResource(actor=officer).import_data(file(row("HTX Bạn", code="06904")))
    assert "ngoài phạm vi của bạn" in " ".join(sentences(result))
    foreign.refresh_from_db()
    assert foreign.workers is None
    assert Producer.objects.count() == 1


def test_a_product_of_a_foreign_producer_is_refused(officer, units):
    make.ProducerFactory(name="HTX Bạn", admin_unit=units["06904"])
    result = ProductResource(actor=officer).import_data(
        file(["Củ cải", "HTX Bạn", "06904"], headers=["Tên sản phẩm", "Chủ thể", "Mã xã"])
    )
    assert "Không có bản ghi nào trong phạm vi của bạn" in " ".join(sentences(result))
    assert not Product.objects.exists()


def test_one_record_twice_in_a_file_is_an_error(officer):
    result = ProducerResource(actor=officer).import_data(file(row(), row(workers="13")))
    assert sentences(result) == ["Trùng với dòng 2 của tệp: cùng một bản ghi chỉ được có một dòng."]
    assert not Producer.objects.exists()


def test_a_file_without_a_key_column_says_which(officer):
    result = ProducerResource(actor=officer).import_data(file(["A"], headers=["Tên chủ thể"]))
    assert "Tệp thiếu cột «Mã xã»." in str(result.base_errors[0].error)


def test_a_code_that_two_units_had_asks_for_the_day(department_officer):
    result = ProducerResource(actor=department_officer).import_data(
        file(["HTX A", "06913", "Hợp tác xã"], headers=["Tên chủ thể", "Mã xã", "Loại hình"])
    )
    assert "hai thời kỳ" in " ".join(sentences(result))


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_goes_out_comes_back_unchanged(resource, department_officer, units):
    product = make.ProductFactory(
        name="=Củ cải", producer__name="HTX A", producer__admin_unit=units["06913"]
    )
    make.RecognitionFactory(product=product)
    make.TraceabilityCodeFactory(product=product, valid_until=dt.date(2024, 1, 31))
    make.PlatformListingFactory(product=product)
    out = resource(actor=department_officer).export()
    result = resource(actor=department_officer).import_data(out)
    assert not result.has_errors(), [str(e.error) for r in result.rows for e in r.errors]
    assert not sentences(result)
    assert result.totals["skip"] == 1


def test_an_exported_cell_never_starts_a_formula(department_officer, units):
    make.ProductFactory(name="=1+1", producer__name="@SUM", producer__admin_unit=units["06913"])
    out = ProductResource(actor=department_officer).export()
    assert (out["Tên sản phẩm"][0], out["Chủ thể"][0]) == ("'=1+1", "'@SUM")


def test_export_holds_only_rows_in_scope(officer, units):
    make.ProducerFactory(name="Của tôi", admin_unit=units["06913"])
    make.ProducerFactory(name="Của bạn", admin_unit=units["06904"])
    assert ProducerResource(actor=officer).export()["Tên chủ thể"] == ["Của tôi"]


def test_a_wrong_check_digit_in_a_file_is_refused(officer, units):
    make.ProductFactory(name="Củ cải", producer__name="HTX A", producer__admin_unit=units["06913"])
    headers = ["Sản phẩm", "Chủ thể", "Mã xã", "Loại mã", "Mã", "Hiệu lực từ ngày"]
    result = TraceabilityCodeResource(actor=officer).import_data(
        file(
            ["Củ cải", "HTX A", "06913", "Mã số mã vạch (GTIN)", "8934567890121", "01/03/2023"],
            headers=headers,
        )
    )
    assert "Chữ số kiểm tra" in " ".join(sentences(result))
    assert not TraceabilityCode.objects.exists()
