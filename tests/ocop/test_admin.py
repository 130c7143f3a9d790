"""Django admin of the OCOP records: every page opens, scope holds, files go in and out."""

import io

import pytest
import tablib
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ocop.models import Producer
from tests.factories import ocop as make
from tests.ocop.scenes import full_product
from tests.people import member

MODELS = [model for model in admin.site._registry if model._meta.app_label == "ocop"]


@pytest.fixture
def admin_client(client_for, administrator):
    return client_for(administrator)


def url(model, page, *args):
    return reverse(f"admin:ocop_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_list_form_and_history_open_in_admin(admin_client, units, model):
    full_product(units["06913"])
    rule_set = make.RuleSetFactory()
    make.StarBandFactory(rule_set=rule_set)
    make.RecognisingAuthorityFactory(rule_set=rule_set)
    record = model.objects.first()
    assert admin_client.get(url(model, "changelist")).status_code == 200
    assert admin_client.get(url(model, "change", record.pk)).status_code == 200
    assert admin_client.get(url(model, "history", record.pk)).status_code == 200
    expected = 403 if model.__name__ == "CycleStepChange" else 200
    assert admin_client.get(url(model, "add")).status_code == expected


@pytest.fixture
def staff_officer(units):
    return member("staff_officer", units["06913"], "officer", ["ocop"], staff=True)


def test_a_row_of_another_commune_is_not_there_in_admin(client_for, staff_officer, units):
    foreign = make.ProducerFactory(name="HTX Bạn", admin_unit=units["06904"])
    client = client_for(staff_officer)
    for page in ("change", "history", "delete"):
        assert client.get(url(Producer, page, foreign.pk)).status_code == 404
    assert client.post(url(Producer, "change", foreign.pk), {"name": "X"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.name == "HTX Bạn"


def workbook(*rows):
    headers = ["Tên chủ thể", "Mã xã", "Mã xã có từ ngày", "Loại hình"]
    content = tablib.Dataset(*rows, headers=headers).export("xlsx")
    return SimpleUploadedFile("chu-the.xlsx", content)


def test_a_workbook_is_previewed_without_a_trace_and_then_saved(client_for, staff_officer):
    client = client_for(staff_officer)
    row = ["HTX Sông Xanh", "06913", "01/01/2020", "Hợp tác xã"]
    page = client.post(
        url(Producer, "import"), {"import_file": workbook(row), "format": "0", "resource": ""}
    )
    assert page.status_code == 200
    assert not Producer.objects.exists()
    assert not Producer.history.exists()
    confirm = page.context["confirm_form"].initial
    client.post(url(Producer, "process_import"), confirm)
    assert Producer.objects.get().name == "HTX Sông Xanh"
    assert Producer.history.get().history_user == staff_officer


def test_a_workbook_with_a_foreign_row_saves_nothing(client_for, staff_officer):
    row = ["HTX Bạn", "06904", "01/01/2020", "Hợp tác xã"]
    page = client_for(staff_officer).post(
        url(Producer, "import"), {"import_file": workbook(row), "format": "0", "resource": ""}
    )
    assert "confirm_form" not in page.context
    assert page.context["result"].has_validation_errors()
    assert not Producer.objects.exists()


def test_export_in_admin_holds_only_rows_in_scope(client_for, staff_officer, units):
    make.ProducerFactory(name="Của tôi", admin_unit=units["06913"])
    make.ProducerFactory(name="Của bạn", admin_unit=units["06904"])
    fields = {f"producerresource_{name}": "on" for name in ("name", "kind")}
    response = client_for(staff_officer).post(
        url(Producer, "export"), {"format": "0", "resource": "0", **fields}
    )
    book = tablib.Dataset().load(io.BytesIO(response.content), format="xlsx")
    assert book["Tên chủ thể"] == ["Của tôi"]
