"""Forms of documents and of evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import access_of
from damha_portal.core.files import ALLOWED
from damha_portal.core.formfields import CleanCharField
from damha_portal.core.forms import RecordForm
from damha_portal.documents.enums import Visibility
from damha_portal.documents.models import OfficialDocument
from damha_portal.documents.models.document import reads_restricted

MEGABYTE = 1024 * 1024


class OfficialDocumentForm(RecordForm):
    """A document as printed; the date stays empty while it is uncertain."""

    class Meta:
        model = OfficialDocument
        fields = (
            "kind",
            "raw_ref",
            "number",
            "symbol",
            "issued_on",
            "date_raw",
            "date_suggested",
            "issuer",
            "issuer_text",
            "abstract",
            "visibility",
            "source",
        )
        help_texts = {
            "raw_ref": _("Đúng như in trên văn bản, ví dụ: 148/QĐ-TTg."),
            "issued_on": _("Để trống nếu chưa chắc; khi đó ghi ngày như in ở ô dưới."),
            "date_suggested": _("Cách đọc đề xuất, chưa được xác nhận."),
            "issuer_text": _("Tên cơ quan như in, nếu không có trong danh sách."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        access = access_of(self.user)
        field = self.fields["visibility"]
        if isinstance(field, forms.ChoiceField) and (
            access is None or not reads_restricted(access)
        ):
            field.choices = [
                (value, label) for value, label in Visibility.choices if value != "restricted"
            ]


class AttachmentForm(forms.Form):
    """One file and what it shows."""

    file = forms.FileField(
        label=_("Tệp"),
        widget=forms.FileInput(attrs={"accept": ",".join(ALLOWED)}),
        error_messages={
            "required": _("Chọn một tệp để đính kèm."),
            "empty": _("Tệp rỗng. Kiểm tra lại rồi tải lên."),
            "max_length": _("Tên tệp dài quá. Đặt tên ngắn hơn rồi tải lên."),
        },
        max_length=200,
    )
    title = CleanCharField(
        label=_("Tên tài liệu"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: Giấy chứng nhận 4 sao. Để trống thì lấy tên tệp."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        limit = settings.UPLOAD_MAX_BYTES // MEGABYTE
        self.fields["file"].help_text = _(
            "PDF, ảnh JPG hoặc PNG, Word (.docx), Excel (.xlsx); tối đa %(limit)s MB."
        ) % {"limit": limit}
