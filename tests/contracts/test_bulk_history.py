"""A change of many rows leaves a history row each, with who and why (must-never 26)."""

import pytest

from damha_portal.core.audit import acting
from damha_portal.core.querysets import rows_changed
from ocop.models import Product
from tests.contracts.world import record_models, row_in
from tests.factories.ocop import ProducerFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def last(row):
    return type(row).history.filter(id=row.pk).order_by("-history_id").first()


@pytest.mark.parametrize("model", record_models(), ids=lambda model: model._meta.label)
def test_an_update_of_many_rows_leaves_a_history_row_each(units, administrator, model):
    row = row_in(model, units["06913"])
    before = model.history.count()

    with acting(administrator, "Đánh dấu lại"):
        count = model._default_manager.filter(pk=row.pk).update(is_illustrative=True)

    assert count == 1
    assert model.history.count() == before + 1
    entry = last(row)
    assert (entry.history_type, entry.is_illustrative) == ("~", True)
    assert (entry.history_user, entry.history_change_reason) == (administrator, "Đánh dấu lại")


def test_a_deletion_of_many_rows_leaves_a_history_row_each(administrator):
    ProductFactory.create_batch(3)
    before = Product.history.count()

    with acting(administrator, "Nhập nhầm"):
        Product.objects.all().delete()

    entries = Product.history.order_by("-history_id")[:3]
    assert Product.history.count() == before + 3
    assert {entry.history_type for entry in entries} == {"-"}
    assert {entry.history_user for entry in entries} == {administrator}
    assert {entry.history_change_reason for entry in entries} == {"Nhập nhầm"}


def test_bulk_create_leaves_a_history_row_each(administrator):
    producer = ProducerFactory()

    with acting(administrator, "Chuyển sổ"):
        made = Product.objects.bulk_create(
            [Product(producer=producer, name=f"Sản phẩm {n}") for n in range(3)]
        )

    for row in made:
        assert last(row).history_type == "+"
        assert last(row).history_user == administrator
        assert last(row).search_text == row.search_text != ""


def test_bulk_update_leaves_a_history_row_each_and_refreshes_what_is_searched(administrator):
    rows = ProductFactory.create_batch(2)
    for row in rows:
        row.name = f"Lạc đỏ {row.pk}"

    with acting(administrator, "Sửa tên"):
        Product.objects.bulk_update(rows, ["name"])

    for row in rows:
        row.refresh_from_db()
        assert last(row).name == row.name
        assert row.search_text.startswith("lac do")


def test_conflicting_rows_are_never_skipped_in_silence():
    with pytest.raises(NotImplementedError):
        Product.objects.bulk_create([], ignore_conflicts=True)


def test_an_update_that_touches_nothing_says_nothing(administrator):
    heard = []
    rows_changed.connect(heard.append, sender=Product, weak=False, dispatch_uid="nothing")
    try:
        assert Product.objects.filter(name="không có").update(name="x") == 0
    finally:
        rows_changed.disconnect(sender=Product, dispatch_uid="nothing")

    assert heard == []
    assert Product.history.count() == 0
