"""Nobody reaches a row of another commune: by page, form field, API or admin (must-never 35)."""

import pytest
from django.contrib import admin
from django.urls import reverse

from damha_portal import urls as all_routes
from damha_portal.accounts.models import User
from damha_portal.api import router
from damha_portal.core.pages import registered_pages
from tests.contracts.world import record_models, row_in

pytestmark = pytest.mark.django_db


def belongs_to_a_unit(model):
    return bool(model.row_scope.unit_path) and not model.row_scope.administrators_only


assert all_routes.urlpatterns  # loading the routes registers the pages

SCOPED = [model for model in record_models() if belongs_to_a_unit(model)]
PAGES = [pages for pages in registered_pages().values() if belongs_to_a_unit(pages.model)]
VIEWSETS = [
    (prefix, viewset)
    for prefix, viewset, _name in router.registry
    if hasattr(viewset, "model") and belongs_to_a_unit(viewset.model)
]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stored(row):
    """Everything the row says, to see that nothing changed."""
    return type(row)._base_manager.filter(pk=row.pk).values().first()


def label(model):
    return model._meta.label


def name_of(pages):
    return pages.model._meta.label


@pytest.mark.parametrize("model", SCOPED, ids=label)
def test_a_row_of_another_commune_is_neither_read_nor_changed(officer, units, model):
    own, foreign = row_in(model, units["06913"]), row_in(model, units["06904"])

    assert own in model._default_manager.visible_to(officer)
    assert own in model._default_manager.editable_by(officer)
    assert foreign not in model._default_manager.visible_to(officer)
    assert foreign not in model._default_manager.editable_by(officer)


@pytest.mark.parametrize("model", SCOPED, ids=label)
def test_the_scope_of_a_list_is_one_query(officer, units, model, django_assert_num_queries):
    row_in(model, units["06913"])
    assert officer.access.holds_any()

    with django_assert_num_queries(1):
        list(model._default_manager.visible_to(officer))


@pytest.mark.parametrize("pages", PAGES, ids=name_of)
def test_pages_of_a_foreign_row_are_not_found_and_change_nothing(client_for, officer, units, pages):
    foreign = row_in(pages.model, units["06904"])
    before, client = stored(foreign), client_for(officer)

    for page in ("detail", "edit", "delete", "history"):
        assert client.get(pages.reverse(page, foreign)).status_code == 404, page
    for page in ("edit", "delete"):
        answer = client.post(pages.reverse(page, foreign), {"reason": "x", "name": "x"})
        assert answer.status_code == 404, page
    assert stored(foreign) == before


@pytest.mark.parametrize("pages", PAGES, ids=name_of)
def test_a_leader_reads_the_row_and_is_told_which_right_is_missing(
    client_for, leader, units, pages
):
    row = row_in(pages.model, units["06913"])
    before, client = stored(row), client_for(leader)

    assert client.get(pages.reverse("detail", row)).status_code == 200
    for page in ("edit", "delete"):
        refused = client.post(pages.reverse(page, row), {"reason": "x"})
        assert refused.status_code == 403, page
        assert "quyền" in refused.content.decode()
    assert client.post(pages.reverse("create"), {}).status_code == 403
    assert stored(row) == before


@pytest.mark.parametrize("pages", PAGES, ids=name_of)
def test_lists_and_their_files_hold_own_rows_only(client_for, officer, units, pages):
    own, foreign = row_in(pages.model, units["06913"]), row_in(pages.model, units["06904"])
    client = client_for(officer)

    text = client.get(pages.reverse("list")).content.decode()
    assert pages.reverse("detail", own) in text
    assert pages.reverse("detail", foreign) not in text
    rows = client.get(pages.reverse("list") + "?_export=csv")
    body = rows.getvalue() if rows.streaming else rows.content
    assert len(body.decode("utf-8-sig").strip().splitlines()) >= 2
    if str(foreign) != str(own):
        assert str(foreign) not in body.decode("utf-8-sig")


@pytest.mark.parametrize(("prefix", "viewset"), VIEWSETS, ids=lambda item: str(item))
def test_the_api_does_not_know_a_foreign_row(client_for, officer, units, prefix, viewset):
    foreign = row_in(viewset.model, units["06904"])
    before, client = stored(foreign), client_for(officer)
    address = f"/api/v1/{prefix}/{foreign.pk}/"

    allowed = {404, 405}
    assert client.get(address).status_code == 404
    for method in (client.put, client.patch, client.delete):
        answer = method(address, {"name": "x"}, content_type="application/json")
        assert answer.status_code in allowed, method.__name__
    listed = client.get(f"/api/v1/{prefix}/").json()["results"]
    assert foreign.pk not in {row.get("id") for row in listed}
    assert stored(foreign) == before


@pytest.mark.parametrize("model", [m for m in SCOPED if m in admin.site._registry], ids=label)
def test_admin_does_not_know_a_foreign_row(client_for, officer, units, model):
    foreign = row_in(model, units["06904"])
    before = stored(foreign)
    User.objects.filter(pk=officer.pk).update(is_staff=True)
    client = client_for(User.objects.get(pk=officer.pk))
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"

    for page in ("change", "delete", "history"):
        address = reverse(f"{base}_{page}", args=[foreign.pk])
        # 403 where nobody may do this to any row of the kind: it says nothing of this one.
        unknown = {404} if page == "change" else {403, 404}
        assert client.get(address).status_code in unknown, page
        assert client.post(address, {"post": "yes", "name": "x"}).status_code in unknown | {405}
    assert stored(foreign) == before
    action = {"action": "delete_selected", "_selected_action": [foreign.pk], "post": "yes"}
    client.post(reverse(f"{base}_changelist"), action)
    assert stored(foreign) == before


def test_there_is_something_to_prove():
    assert len(SCOPED) >= 8
    assert PAGES
    assert VIEWSETS
