"""Documents and evidence."""

import hashlib

import factory
from django.core.files.base import ContentFile

from damha_portal.documents.enums import DocumentKind
from damha_portal.documents.models import Attachment, OfficialDocument
from tests.factories.base import RecordFactory

#: The smallest file that its own content says is a PDF.
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class OfficialDocumentFactory(RecordFactory):
    """A decision with no date."""

    class Meta:
        model = OfficialDocument

    kind = DocumentKind.DECISION
    raw_ref = factory.Sequence(lambda n: f"{n + 1}/QĐ-UBND")
    abstract = "Về việc phê duyệt kết quả"


class AttachmentFactory(RecordFactory):
    """A PDF attached to `record`, which must be given."""

    class Meta:
        model = Attachment

    record = None
    title = factory.Sequence(lambda n: f"Giấy chứng nhận {n}")
    file = factory.LazyFunction(lambda: ContentFile(PDF, name="giay-chung-nhan.pdf"))
    original_name = "giấy chứng nhận.pdf"
    media_type = "application/pdf"
    size = len(PDF)
    sha256 = hashlib.sha256(PDF).hexdigest()
