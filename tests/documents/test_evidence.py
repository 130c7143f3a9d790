"""Evidence: judged by content, read and changed only with its record."""

import hashlib
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from damha_portal.core.errors import DomainError, PermissionRefusedError
from damha_portal.documents.models import Attachment
from damha_portal.documents.services import attachment_add, attachment_remove
from tests.factories.documents import PDF, AttachmentFactory, OfficialDocumentFactory
from tests.factories.tourism import TouristSiteFactory
from tourism.models import TouristSite

OPENXML = "application/vnd.openxmlformats-officedocument"


def png():
    buffer = io.BytesIO()
    Image.new("RGB", (2, 2)).save(buffer, "PNG")
    return buffer.getvalue()


def office(part, *extra):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("[Content_Types].xml", part, *extra):
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200
HTML = b"<!doctype html><script>alert(1)</script>"
REFUSED = {
    "a PNG called pdf": ("a.pdf", png()),
    "an exe called pdf": ("a.pdf", EXE),
    "a page called pdf": ("a.pdf", HTML),
    "a page called png": ("a.png", HTML),
    "a PDF called docx": ("a.docx", PDF),
    "a workbook called docx": ("a.docx", office("xl/workbook.xml")),
    "a document with macros": ("a.docx", office("word/document.xml", "word/vbaProject.bin")),
    "a bare zip called xlsx": ("a.xlsx", office("anything.txt")),
    "a script": ("a.js", b"alert(1)"),
    "a page": ("a.html", HTML),
    "a drawing": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "an exe": ("a.exe", EXE),
    "no ending": ("a", PDF),
    "two endings": ("a.pdf.exe", PDF),
    "an empty file": ("a.pdf", b""),
}
ACCEPTED = {
    "pdf": ("Giấy chứng nhận.pdf", PDF, "application/pdf"),
    "png": ("ảnh.PNG", png(), "image/png"),
    "docx": ("a.docx", office("word/document.xml"), f"{OPENXML}.wordprocessingml.document"),
    "xlsx": ("a.xlsx", office("xl/workbook.xml"), f"{OPENXML}.spreadsheetml.sheet"),
}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def site(units):
    return TouristSiteFactory(admin_unit=units["06913"])


def stored_files():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def upload(name, content):
    return SimpleUploadedFile(name, content)


def add_url(record):
    return f"/van-ban/minh-chung/them/{record._meta.label_lower}/{record.pk}/"


def file_url(attachment, page=""):
    return f"/van-ban/minh-chung/{attachment.pk}/{page}"


def attach(actor, record, name="a.pdf", content=PDF, title="Giấy"):
    return attachment_add(actor=actor, record=record, upload=upload(name, content), title=title)


# --- what is accepted ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_a_file_that_is_not_what_it_says_is_refused_and_not_stored(client_for, officer, site, case):
    name, content = REFUSED[case]
    answer = client_for(officer).post(
        add_url(site), {"file": upload(name, content), "title": "Giữ lại"}
    )
    assert answer.status_code == 422
    assert "Giữ lại" in answer.content.decode()
    assert not Attachment.objects.exists()
    assert stored_files() == []


@pytest.mark.parametrize("case", ACCEPTED, ids=str)
def test_an_accepted_file_keeps_what_its_content_says(client_for, officer, site, case):
    name, content, media_type = ACCEPTED[case]
    answer = client_for(officer).post(add_url(site), {"file": upload(name, content)})
    attachment = Attachment.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/du-lich/diem-du-lich/{site.pk}/")
    assert attachment.record == site
    assert (attachment.media_type, attachment.size) == (media_type, len(content))
    assert attachment.sha256 == hashlib.sha256(content).hexdigest()
    assert attachment.title == name.rsplit(".", 1)[0]
    assert attachment.history.first().history_user == officer


def test_a_file_over_the_limit_is_refused_with_the_limit(client_for, officer, site, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    big = PDF + b"0" * (1024 * 1024)
    answer = client_for(officer).post(add_url(site), {"file": upload("a.pdf", big)})
    assert answer.status_code == 422
    assert "Tệp lớn hơn 1 MB" in answer.content.decode()
    assert stored_files() == []


def test_the_stored_name_is_random_and_tells_nothing(officer, site):
    attachment = attach(officer, site, name="CMND Nguyễn Văn A.pdf")
    (path,) = stored_files()
    assert re.fullmatch(r"[0-9a-f]{32}\.pdf", path.name)
    assert attachment.original_name == "CMND Nguyễn Văn A.pdf"
    assert attach(officer, site, "ảnh.png", png()).file.name != attachment.file.name


def test_the_same_file_is_not_attached_twice(officer, site):
    attach(officer, site, title="Lần một")
    with pytest.raises(DomainError, match="Lần một"):
        attach(officer, site, name="khac.pdf")
    assert (Attachment.objects.count(), len(stored_files())) == (1, 1)


def test_an_unreadable_name_is_made_readable(officer, site):
    name = "a\u202egnp" + "x" * 150 + ".pdf"
    attachment = attach(officer, site, name=name, title="")
    assert attachment.original_name == "agnp" + "x" * 150 + ".pdf"
    assert attachment.title == "agnp" + "x" * 150


def test_nothing_is_stored_where_the_title_is_refused(officer, site):
    with pytest.raises(DomainError):
        attach(officer, site, title="x" * 201)
    assert stored_files() == []


# --- whose it is --------------------------------------------------------------------------------


def test_the_service_refuses_who_cannot_change_the_record(leader, other_officer, site):
    for person in (leader, other_officer):
        with pytest.raises(PermissionRefusedError):
            attach(person, site)
    assert (Attachment.objects.count(), stored_files()) == (0, [])


def test_evidence_follows_the_scope_of_its_record(officer, other_officer, leader, stranger, site):
    attachment = attach(officer, site)
    visible = {
        person.username
        for person in (officer, other_officer, leader, stranger)
        if Attachment.objects.visible_to(person).exists()
    }
    editable = {
        person.username
        for person in (officer, other_officer, leader, stranger)
        if Attachment.objects.editable_by(person).exists()
    }
    assert (visible, editable) == ({"officer", "leader"}, {"officer"})
    assert list(Attachment.objects.of(site)) == [attachment]


def test_a_foreign_file_is_not_found_by_its_address(client_for, officer, other_officer, site):
    attachment = attach(officer, site)
    client = client_for(other_officer)
    for url in (file_url(attachment), file_url(attachment, "go/"), add_url(site)):
        assert client.get(url).status_code == 404
    assert client.post(file_url(attachment, "go/"), {"reason": "x"}).status_code == 404
    upload_answer = client.post(add_url(site), {"file": upload("b.png", png())})
    assert upload_answer.status_code == 404
    assert Attachment.objects.count() == 1


def test_a_reader_without_the_right_is_told_so(client_for, officer, leader, site):
    attachment = attach(officer, site)
    client = client_for(leader)
    shown = client.get(file_url(attachment))
    assert (shown.status_code, b"".join(shown.streaming_content)) == (200, PDF)
    assert client.get(add_url(site)).status_code == 403
    assert client.post(add_url(site), {"file": upload("b.png", png())}).status_code == 403
    assert client.post(file_url(attachment, "go/"), {"reason": "x"}).status_code == 403
    assert (Attachment.objects.count(), len(stored_files())) == (1, 1)


@pytest.mark.parametrize(
    "label", ["tourism.nothing", "nothing", "accounts.user", "documents.attachment", "a.b.c"]
)
def test_evidence_is_attached_to_records_with_a_page_only(client_for, administrator, label):
    url = f"/van-ban/minh-chung/them/{label}/{administrator.pk}/"
    assert client_for(administrator).get(url).status_code == 404


def test_someone_not_signed_in_is_sent_to_the_login_page(client, officer, site):
    answer = client.get(file_url(attach(officer, site)))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/tai-khoan/")


# --- download -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "disposition"),
    [("pdf", "inline"), ("png", "inline"), ("docx", "attachment"), ("xlsx", "attachment")],
)
def test_a_download_cannot_be_run_by_the_browser(client_for, officer, site, case, disposition):
    name, content, media_type = ACCEPTED[case]
    attachment = attach(officer, site, name, content)
    answer = client_for(officer).get(file_url(attachment))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"].startswith(f"{disposition};")
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    # A PDF is opened by the browser's own viewer, which refuses to start in a sandbox.
    assert ("sandbox" in policy) is (case != "pdf")
    assert "no-store" in answer["Cache-Control"]


def test_a_file_that_is_gone_is_not_found(client_for, officer, site):
    attachment = attach(officer, site)
    stored_files()[0].unlink()
    assert client_for(officer).get(file_url(attachment)).status_code == 404


# --- removal ------------------------------------------------------------------------------------


def test_a_removal_needs_a_reason_and_deletes_the_file(client_for, officer, site):
    attachment = attach(officer, site)
    client = client_for(officer)
    assert client.get(file_url(attachment, "go/")).status_code == 200
    assert client.post(file_url(attachment, "go/"), {}).status_code == 422
    assert len(stored_files()) == 1
    answer = client.post(file_url(attachment, "go/"), {"reason": "Nhầm tệp"})
    assert (answer.status_code, answer["Location"]) == (303, f"/du-lich/diem-du-lich/{site.pk}/")
    assert (Attachment.objects.count(), stored_files()) == (0, [])
    gone = Attachment.history.filter(id=attachment.pk).first()
    assert (gone.history_type, gone.history_change_reason) == ("-", "Nhầm tệp")


def test_a_blank_reason_removes_nothing(officer, site):
    attachment = attach(officer, site)
    with pytest.raises(DomainError, match="lý do"):
        attachment_remove(actor=officer, attachment=attachment, reason="  ")
    assert len(stored_files()) == 1


# --- on the record's page -----------------------------------------------------------------------


def test_every_records_page_lists_its_evidence(client_for, officer, leader, site, units):
    other = TouristSiteFactory(admin_unit=units["06913"])
    attachment = attach(officer, site, title="Biên bản kiểm tra")
    own = client_for(officer).get(f"/du-lich/diem-du-lich/{site.pk}/").content.decode()
    assert "Biên bản kiểm tra" in own
    assert file_url(attachment) in own
    assert file_url(attachment, "go/") in own
    assert add_url(site) in own
    read = client_for(leader).get(f"/du-lich/diem-du-lich/{site.pk}/").content.decode()
    assert "Biên bản kiểm tra" in read
    assert file_url(attachment, "go/") not in read
    assert add_url(site) not in read
    empty = client_for(officer).get(f"/du-lich/diem-du-lich/{other.pk}/").content.decode()
    assert "Chưa có tệp minh chứng nào." in empty
    assert "Biên bản kiểm tra" not in empty


def test_a_page_with_evidence_costs_the_same_for_three_and_thirty_files(
    ledger, client_for, officer, site
):
    client = client_for(officer)
    ledger(
        "documents.evidence-section",
        grow=lambda count: AttachmentFactory.create_batch(count, record=site),
        act=lambda: client.get(f"/du-lich/diem-du-lich/{site.pk}/"),
        at_most=12,
    )


def test_evidence_of_several_kinds_of_record_stays_apart(officer, approver, site):
    document = OfficialDocumentFactory()
    on_site, on_document = attach(officer, site), attach(approver, document)
    assert site.pk == TouristSite.objects.get().pk
    assert list(Attachment.objects.of(site)) == [on_site]
    assert list(Attachment.objects.of(document)) == [on_document]
    assert set(Attachment.objects.editable_by(officer)) == {on_site}


def test_admin_shows_evidence_but_takes_no_files(client_for, officer, administrator, site):
    attachment = attach(officer, site)
    client = client_for(administrator)
    assert client.get("/quan-tri/documents/attachment/").status_code == 200
    assert client.get("/quan-tri/documents/attachment/add/").status_code == 403
    assert client.get(f"/quan-tri/documents/attachment/{attachment.pk}/change/").status_code == 200
    url = f"/quan-tri/documents/attachment/{attachment.pk}/delete/"
    assert client.post(url, {"post": "yes"}).status_code == 302
    assert (Attachment.objects.count(), stored_files()) == (0, [])
