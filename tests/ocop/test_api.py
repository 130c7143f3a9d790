"""The API of the OCOP records: the same rules and the same acts as the pages."""

import pytest

from ocop.api import routes
from ocop.models import CycleParticipation, Recognition, RuleSet, SupportActivity
from tests.factories import ocop as make
from tests.ledger import statements
from tests.ocop.scenes import full_product


@pytest.fixture
def api(client_for, department_officer, on_day):
    on_day(2023, 9, 30)

    def call(method, path, body=None):
        # Signed in anew each time: a session does not last for years.
        send = getattr(client_for(department_officer), method)
        return send(f"/api/v1/{path}", body, content_type="application/json")

    return call


@pytest.fixture
def product(units):
    return full_product(units["06913"])


@pytest.mark.parametrize("prefix", [prefix for prefix, _viewset in routes])
def test_every_list_and_row_is_read_in_a_fixed_number_of_queries(
    api, client_for, department_officer, units, product, prefix
):
    make.RuleSetFactory()
    client = client_for(department_officer)
    client.get(f"/api/v1/{prefix}/")
    few = statements(lambda: client.get(f"/api/v1/{prefix}/"))
    for number in range(5):
        full_product(units["06913"], f"Sản phẩm {number}")
    many = statements(lambda: client.get(f"/api/v1/{prefix}/"))
    assert len(few) == len(many) <= 10, many
    first = api("get", f"{prefix}/").json()["results"][0]
    assert api("get", f"{prefix}/{first['id']}/").json() == first


def test_a_product_shows_the_star_of_today(api, product, on_day):
    assert api("get", f"products/{product.pk}/").json()["current_star"] == 3
    on_day(2026, 6, 1)
    assert api("get", f"products/{product.pk}/").json()["current_star"] is None


def test_the_lists_take_the_filters_of_the_pages(api, product):
    assert api("get", "products/?star=3&code=yes&listing=yes").json()["count"] == 1
    assert api("get", "products/?star=none").json()["count"] == 0
    assert api("get", "recognitions/?state=valid").json()["count"] == 1
    assert api("get", "traceability-codes/?active=no").json()["count"] == 0
    assert api("get", "products/?q=CU+cai").json()["count"] == 1


def test_a_recognition_is_made_with_36_months_and_revoked_by_its_act(api, units):
    product = make.ProductFactory(producer__admin_unit=units["06913"])
    body = {
        "product": product.pk,
        "star": 3,
        "level": "district",
        "type": "new",
        "evaluation_year": 2023,
        "decided_on": "2023-06-01",
        "issued_on": "2023-06-01",
    }
    made = api("post", "recognitions/", body)
    assert made.status_code == 201, made.json()
    assert (made.json()["valid_until"], made.json()["state"]) == ("2026-05-31", "valid")
    url = f"recognitions/{made.json()['id']}/"
    ignored = api("patch", url, {"revoked_on": "2023-07-01"})
    assert ignored.json()["revoked_on"] is None
    act = {"revoked_on": "2023-09-01", "revocation_ref": "12/QĐ", "reason": "Lý do"}
    assert api("post", f"{url}revoke/", act).json()["state"] == "revoked"
    again = api("post", f"{url}revoke/", act)
    assert again.status_code == 422
    assert again["Content-Type"] == "application/problem+json"


def test_rules_of_the_model_are_problems_with_sentences(api, product):
    body = {"star": 6, "valid_until": "2023-01-01"}
    url = f"recognitions/{product.recognitions.get().pk}/"
    answer = api("patch", url, body)
    assert answer.status_code == 422
    assert "Hạng sao phải từ 1 đến 5." in str(answer.json()["errors"])
    assert Recognition.objects.get().star == 3


def test_a_participation_is_started_and_advanced(api, units):
    product = make.ProductFactory(producer__admin_unit=units["06913"])
    body = {"product": product.pk, "year": 2023}
    refused = api("post", "participations/", body)
    assert refused.status_code == 400
    assert "happened_on" in refused.json()["errors"]
    made = api("post", "participations/", {**body, "happened_on": "2023-03-20"})
    assert made.json()["state"] == "idea_submitted"
    url = f"participations/{made.json()['id']}/"
    step = {"to_state": "idea_accepted", "happened_on": "2023-04-12"}
    moved = api("post", f"{url}advance/", step).json()
    assert (moved["state"], moved["state_since"]) == ("idea_accepted", "2023-04-12")
    assert [row["to_state"] for row in moved["steps"]] == ["idea_submitted", "idea_accepted"]
    wrong = api("post", f"{url}advance/", {"to_state": "recognised", "happened_on": "2023-05-01"})
    assert wrong.status_code == 422
    assert CycleParticipation.objects.get().step_changes.count() == 2
    assert api("patch", url, {"note": "Ghi chú"}).json()["note"] == "Ghi chú"


def test_a_code_is_terminated_by_its_act(api, product):
    url = f"traceability-codes/{product.codes.get().pk}/terminate/"
    done = api("post", url, {"terminated_on": "2023-09-01", "reason": "Ngừng dùng"})
    assert done.json()["is_active"] is False


def test_support_keeps_what_the_body_does_not_name(api, product):
    activity = SupportActivity.objects.get()
    answer = api("patch", f"support-activities/{activity.pk}/", {"title": "Lớp mới"})
    assert answer.json()["products"] == [product.pk]
    answer = api("patch", f"support-activities/{activity.pk}/", {"products": []})
    assert (answer.json()["title"], answer.json()["products"]) == ("Lớp mới", [])


def test_a_rule_set_is_written_with_its_bands(api, db):
    body = {
        "code": "999",
        "decision": "QĐ thử",
        "valid_from": "2027-01-01",
        "part_a_max": "40",
        "part_b_max": "25",
        "part_c_max": "35",
        "bands": [{"star": 3, "from_score": "50"}, {"star": 4, "from_score": "70"}],
        "authorities": [{"star": 3, "level": "province"}],
    }
    made = api("post", "rule-sets/", body)
    assert made.status_code == 201, made.json()
    assert len(made.json()["bands"]) == 2
    url = f"rule-sets/{made.json()['id']}/"
    assert len(api("patch", url, {"source": "Thử"}).json()["bands"]) == 2
    assert api("patch", url, {"bands": []}).json()["bands"] == []
    assert RuleSet.objects.get().authorities.count() == 1


def test_deleting_a_product_names_what_depends_on_it(api, product):
    answer = api("delete", f"products/{product.pk}/")
    assert answer.status_code == 422
    assert "Mã truy xuất: 1" in answer.json()["title"]
