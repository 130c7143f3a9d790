"""Official documents: who reads them, how they are found, what the sources say."""

import datetime as dt

import pytest

from damha_portal.documents.enums import Visibility
from damha_portal.documents.facts import documents
from damha_portal.documents.models import OfficialDocument
from tests.factories.documents import OfficialDocumentFactory

LIST = "/van-ban/"
VALUES = {
    "kind": "tb",
    "raw_ref": "12-TB/HU",
    "abstract": "Kết luận giao ban",
    "visibility": "internal",
}
PEOPLE = ["officer", "department_officer", "approver", "office_user", "leader", "administrator"]
READ_RESTRICTED = {"office_user", "leader", "administrator"}
KEEP = {"department_officer", "approver", "office_user", "administrator"}


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("name", PEOPLE)
def test_restricted_documents_are_for_offices_leaders_and_administrators(request, client_for, name):
    person = request.getfixturevalue(name)
    document = OfficialDocumentFactory(raw_ref="9-TB/HU", visibility=Visibility.RESTRICTED)
    may = name in READ_RESTRICTED
    client = client_for(person)
    assert ("9-TB/HU" in text_of(client.get(LIST))) is may
    assert client.get(f"{LIST}{document.pk}/").status_code == (200 if may else 404)
    assert client.get(f"/api/v1/documents/{document.pk}/").status_code == (200 if may else 404)
    assert ("9-TB/HU</a>" in text_of(client.get("/tim-kiem/?q=9-TB/HU"))) is may
    assert (document in OfficialDocument.objects.editable_by(person)) is (may and name in KEEP)


@pytest.mark.parametrize("name", PEOPLE)
def test_internal_documents_are_for_every_member_and_kept_by_few(request, client_for, name):
    person = request.getfixturevalue(name)
    document = OfficialDocumentFactory(visibility=Visibility.INTERNAL)
    client = client_for(person)
    keeps = name in KEEP
    assert client.get(f"{LIST}{document.pk}/").status_code == 200
    assert client.get(f"{LIST}{document.pk}/sua/").status_code == (200 if keeps else 403)
    saved = client.post(f"{LIST}them/", VALUES)
    assert saved.status_code == (303 if keeps else 403)
    assert OfficialDocument.objects.filter(raw_ref="12-TB/HU").exists() is keeps


@pytest.mark.parametrize("name", PEOPLE)
def test_the_api_lets_the_same_people_keep_documents(request, client_for, name):
    client = client_for(request.getfixturevalue(name))
    answer = client.post("/api/v1/documents/", VALUES, content_type="application/json")
    assert answer.status_code == (201 if name in KEEP else 403)
    assert OfficialDocument.objects.exists() is (name in KEEP)


def test_strangers_and_the_public_see_nothing(stranger):
    OfficialDocumentFactory(visibility=Visibility.INTERNAL)
    shown = OfficialDocumentFactory(visibility=Visibility.PUBLIC)
    assert not OfficialDocument.objects.visible_to(stranger).exists()
    assert not OfficialDocument.objects.visible_to(None).exists()
    assert list(OfficialDocument.objects.public()) == [shown]


def test_nobody_hides_a_document_from_themselves(client_for, approver):
    document = OfficialDocumentFactory()
    answer = client_for(approver).post(
        f"{LIST}them/", {**VALUES, "visibility": Visibility.RESTRICTED}
    )
    assert answer.status_code == 422
    assert list(OfficialDocument.objects.all()) == [document]


def test_documents_are_found_by_kind_year_reach_and_words(client_for, leader):
    OfficialDocumentFactory(
        raw_ref="148/QĐ-TTg", issued_on=dt.date(2023, 2, 24), visibility=Visibility.PUBLIC
    )
    OfficialDocumentFactory(raw_ref="727-TB/HU", kind="tb", abstract="Cán bộ thú y")
    client = client_for(leader)

    def shown(query):
        page = text_of(client.get(f"{LIST}?{query}"))
        return {ref for ref in ("148/QĐ-TTg", "727-TB/HU") if f">{ref}</a>" in page}

    assert shown("") == {"148/QĐ-TTg", "727-TB/HU"}
    assert shown("kind=tb") == {"727-TB/HU"}
    assert shown("year=2023") == {"148/QĐ-TTg"}
    assert shown("visibility=public") == {"148/QĐ-TTg"}
    assert shown("dated=no") == {"727-TB/HU"}
    assert shown("q=can+bo+thu+y") == {"727-TB/HU"}
    assert client.get(f"{LIST}?_export=xlsx").status_code == 200


def test_a_suggested_date_is_shown_as_a_suggestion(client_for, leader):
    document = OfficialDocumentFactory(
        date_raw="ngày 21//2/2022", date_suggested=dt.date(2022, 12, 21)
    )
    page = text_of(client_for(leader).get(f"{LIST}{document.pk}/"))
    assert "21/12/2022 — gợi ý, chưa được xác nhận" in page
    assert "ngày 21//2/2022" in page


def test_pages_of_documents_cost_the_same_for_three_and_thirty_rows(
    ledger, client_for, office_user
):
    client = client_for(office_user)
    first = OfficialDocumentFactory()
    ledger(
        "documents.document-list",
        grow=OfficialDocumentFactory.create_batch,
        act=lambda: client.get(LIST),
        at_most=10,
    )
    for page, budget in (("", 12), ("sua/", 10)):
        ledger(
            f"documents.document-{page.strip('/') or 'detail'}",
            grow=lambda _n: None,
            act=lambda page=page: client.get(f"{LIST}{first.pk}/{page}"),
            at_most=budget,
        )


def test_the_sourced_documents_load_twice_as_once(units):
    documents()
    before = OfficialDocument.history.count()
    assert documents() == f"documents: 0 loaded, {OfficialDocument.objects.count()} present"
    assert OfficialDocument.history.count() == before
    assert not OfficialDocument.objects.filter(source="").exists()
    assert not OfficialDocument.objects.filter(is_illustrative=True).exists()


def test_an_edit_of_a_sourced_document_survives_the_next_load(units):
    documents()
    OfficialDocument.objects.filter(raw_ref="148/QĐ-TTg").update(abstract="Sửa tay")
    documents()
    assert OfficialDocument.objects.get(raw_ref="148/QĐ-TTg").abstract == "Sửa tay"


def test_the_impossible_date_of_the_programme_stays_unknown(units):
    documents()
    programme = OfficialDocument.objects.get(number="22")
    assert (programme.issued_on, programme.date_suggested) == (None, dt.date(2022, 12, 21))
    assert (programme.date_raw, programme.visibility) == ("ngày 21//2/2022", "internal")
    notice = OfficialDocument.objects.get(number="727")
    assert (notice.issued_on, notice.visibility) == (dt.date(2022, 10, 24), "internal")


def test_the_news_report_is_a_press_item_and_no_notice(units):
    documents()
    report = OfficialDocument.objects.get(kind="press")
    assert report.source == "https://huyendamha.vn/giao-ban-thuong-truc-huyen-uy-18/"
    assert report.issued_on == dt.date(2023, 2, 20)
    assert (report.number, report.visibility) == ("", "public")
