"""A row of another commune: not there by address, by form field, by API; and nothing changes."""

import pytest
from django.urls import reverse

from ocop.models import Producer, Product, TraceabilityCode
from ocop.urls import PAGES
from tests.factories import ocop as make
from tests.ocop.scenes import full_product, one_of_each

OWNED = [pages.name for pages in PAGES if pages.model.row_scope.unit_path is not None]
SHARED = [pages.name for pages in PAGES if pages.model.row_scope.unit_path is None]
ROUTES = {
    "producer": "producers",
    "product": "products",
    "participation": "participations",
    "recognition": "recognitions",
    "support": "support-activities",
    "code": "traceability-codes",
    "platform": "platforms",
    "platform-listing": "platform-listings",
    "chain": "retail-chains",
    "outlet": "retail-outlets",
    "retail-listing": "retail-listings",
    "ruleset": "rule-sets",
    "group": "product-groups",
    "subgroup": "product-subgroups",
}


def at(name, *args):
    return reverse(f"ocop:{name}", args=args)


@pytest.fixture
def foreign(units):
    return full_product(units["06904"], "Của bạn")


@pytest.mark.parametrize("name", OWNED)
def test_a_foreign_row_is_404_on_every_page_and_stays(client_for, officer, foreign, name):
    client = client_for(officer)
    record = one_of_each(foreign)[name]
    before = type(record).history.count()
    for page in ("detail", "edit", "delete", "history"):
        assert client.get(at(f"{name}-{page}", record.pk)).status_code == 404
    for page in ("edit", "delete"):
        assert client.post(at(f"{name}-{page}", record.pk), {"reason": "x"}).status_code == 404
    assert type(record).history.count() == before
    assert str(record) not in client.get(at(f"{name}-list")).content.decode()


@pytest.mark.parametrize("name", OWNED)
def test_a_foreign_row_is_404_in_the_api_and_stays(client_for, officer, foreign, name):
    client = client_for(officer)
    record = one_of_each(foreign)[name]
    url = f"/api/v1/{ROUTES[name]}/{record.pk}/"
    before = type(record).history.count()
    assert client.get(url).status_code == 404
    assert client.patch(url, {}, content_type="application/json").status_code == 404
    assert client.delete(url).status_code == 404
    assert client.get(f"/api/v1/{ROUTES[name]}/").json()["count"] == 0
    assert type(record).history.count() == before


@pytest.mark.parametrize("name", OWNED)
def test_a_reader_of_everything_is_refused_by_name_and_changes_nothing(
    client_for, leader, foreign, name
):
    client = client_for(leader)
    record = one_of_each(foreign)[name]
    assert client.get(at(f"{name}-detail", record.pk)).status_code == 200
    before = type(record).history.count()
    for page in ("edit", "delete"):
        answer = client.post(at(f"{name}-{page}", record.pk), {"reason": "x"})
        assert answer.status_code == 403
        assert "nhập và sửa dữ liệu" in answer.content.decode()
    url = f"/api/v1/{ROUTES[name]}/{record.pk}/"
    assert client.patch(url, {}, content_type="application/json").status_code == 403
    assert type(record).history.count() == before


@pytest.mark.parametrize("name", SHARED)
def test_shared_tables_are_read_by_communes_and_kept_by_the_district(
    client_for, officer, department_officer, foreign, name
):
    record = one_of_each(foreign)[name]
    commune, district = client_for(officer), client_for(department_officer)
    assert commune.get(at(f"{name}-detail", record.pk)).status_code == 200
    assert commune.get(at(f"{name}-edit", record.pk)).status_code == 403
    assert commune.get(at(f"{name}-create")).status_code == 403
    assert district.get(at(f"{name}-edit", record.pk)).status_code == 200


@pytest.mark.parametrize(
    ("act", "name"),
    [
        ("participation-advance", "participation"),
        ("participation-undo", "participation"),
        ("recognition-revoke", "recognition"),
        ("code-terminate", "code"),
    ],
)
def test_acts_on_a_foreign_row_are_404_and_for_readers_403(
    client_for, officer, leader, foreign, act, name
):
    record = one_of_each(foreign)[name]
    for person, status in ((officer, 404), (leader, 403)):
        client = client_for(person)
        assert client.get(at(act, record.pk)).status_code == status
        assert client.post(at(act, record.pk), {"reason": "x"}).status_code == status


def test_a_foreign_product_is_no_choice_of_a_form(client_for, officer, foreign):
    data = {
        "product": foreign.pk,
        "kind": "e_stamp",
        "code": "TEM-9",
        "registered_on": "01/03/2023",
    }
    page = client_for(officer).post(at("code-create"), data)
    assert page.status_code == 422
    assert "Của bạn" not in page.content.decode()
    assert not TraceabilityCode.objects.filter(code="TEM-9").exists()


def test_a_producer_cannot_be_moved_to_another_commune(client_for, officer, units):
    producer = make.ProducerFactory(name="HTX A", admin_unit=units["06913"])
    client = client_for(officer)
    form = client.get(at("producer-edit", producer.pk)).context["form"]
    data = {bound.html_name: bound.value() or "" for bound in form}
    data["admin_unit"] = units["06904"].pk
    assert client.post(at("producer-edit", producer.pk), data).status_code == 422
    producer.refresh_from_db()
    assert producer.admin_unit == units["06913"]


def test_the_api_refuses_a_foreign_unit_or_product(client_for, officer, units, foreign):
    client = client_for(officer)
    body = {"name": "HTX X", "kind": "cooperative", "admin_unit": units["06904"].pk}
    answer = client.post("/api/v1/producers/", body, content_type="application/json")
    assert answer.status_code == 422
    body = {"name": "SP X", "producer": foreign.producer.pk}
    answer = client.post("/api/v1/products/", body, content_type="application/json")
    assert answer.status_code == 400
    assert not Producer.objects.filter(name="HTX X").exists()
    assert not Product.objects.filter(name="SP X").exists()


def test_a_commune_sees_the_activity_that_reached_its_producer_but_not_whom_else(
    client_for, officer, units, foreign
):
    mine = make.ProducerFactory(name="HTX Của tôi", admin_unit=units["06913"])
    activity = foreign.support_activities.get()
    activity.producers.add(mine)
    page = client_for(officer).get(at("support-detail", activity.pk))
    assert page.status_code == 200
    text = page.content.decode()
    assert "HTX Của tôi" in text
    assert foreign.producer.name not in text
    assert client_for(officer).get(at("support-edit", activity.pk)).status_code == 403
