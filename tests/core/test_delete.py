"""A deletion says what depends on the record, and deletes nothing then."""

import datetime as dt

import pytest

from damha_portal.core.errors import DomainError
from damha_portal.core.services import record_delete
from ocop.models import Product
from tests.factories.documents import AttachmentFactory
from tests.factories.ocop import ProducerFactory, ProductFactory, RecognitionFactory
from tests.factories.progress import CohortFactory, CohortMemberFactory


@pytest.fixture
def product(units):
    return ProductFactory(name="Gà bản", producer=ProducerFactory(admin_unit=units["06913"]))


def refused(record):
    with pytest.raises(DomainError) as raised:
        record_delete(actor=None, record=record)
    assert Product.objects.filter(pk=record.pk).exists()
    return raised.value.message


def test_a_product_with_a_recognition_is_kept_and_the_recognition_named(product):
    RecognitionFactory(product=product, decided_on=dt.date(2023, 3, 1))
    assert "Công nhận: 1" in refused(product)


def test_a_product_of_a_frozen_group_is_kept_although_no_foreign_key_holds_it(product, plan):
    CohortMemberFactory(cohort=CohortFactory(plan=plan), record=product)
    assert "Thành viên nhóm: 1" in refused(product)


def test_evidence_keeps_its_record(product):
    AttachmentFactory(record=product)
    assert "Minh chứng: 1" in refused(product)


def test_a_product_nobody_needs_is_deleted_with_the_reason_in_its_history(product):
    key = product.pk
    record_delete(actor=None, record=product, reason="ghi nhầm")
    row = Product.history.filter(id=key).latest()
    assert (row.history_type, row.history_change_reason) == ("-", "ghi nhầm")


def test_the_page_names_what_depends_and_offers_no_delete_button(client_for, officer, product):
    RecognitionFactory(product=product, decided_on=dt.date(2023, 3, 1))
    page = client_for(officer).get(f"/ocop/san-pham/{product.pk}/xoa/").content.decode()
    assert "Công nhận" in page
    assert 'name="reason"' not in page
