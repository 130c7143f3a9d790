"""Uploaded files: judged by their content, stored under a random name, never executed."""

from __future__ import annotations

import hashlib
import io
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import puremagic
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from damha_portal.core.clock import today
from damha_portal.core.errors import DomainError

OPENXML = "application/vnd.openxmlformats-officedocument"
#: Extension → media type, for what officials attach; nothing a browser would run.
ALLOWED = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".docx": f"{OPENXML}.wordprocessingml.document",
    ".xlsx": f"{OPENXML}.spreadsheetml.sheet",
}
#: The part of an Office file that tells which kind it is.
OFFICE_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
IMAGE_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the content of an accepted file says."""

    media_type: str
    size: int
    sha256: str
    extension: str


def random_name(_instance: Any, filename: str) -> str:  # noqa: ANN401  (upload_to signature)
    """A path that tells nothing: year/month/random + the checked extension."""
    return f"{today():%Y/%m}/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()}"


def inspect_file(upload: File[Any]) -> FileFacts:
    """Check an upload by its content; raises `DomainError` saying what to do."""
    extension = PurePath(upload.name or "").suffix.lower()
    if extension not in ALLOWED:
        raise DomainError(_("Chỉ nhận tệp PDF, ảnh JPG hoặc PNG, Word (.docx) và Excel (.xlsx)."))
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        raise DomainError(
            _("Tệp lớn hơn %(limit)s MB. Giảm dung lượng rồi tải lại.") % {"limit": limit}
        )
    content = b"".join(_chunks(upload))
    if not content:
        raise DomainError(_("Tệp rỗng. Kiểm tra lại rồi tải lên."))
    if not _is_what_it_says(content, extension):
        raise DomainError(
            _(
                "Nội dung tệp không phải là %(kind)s như tên của nó. "
                "Mở tệp, lưu lại đúng loại rồi tải lên."
            )
            % {"kind": extension}
        )
    return FileFacts(
        ALLOWED[extension], len(content), hashlib.sha256(content).hexdigest(), extension
    )


def _chunks(upload: File[Any]) -> Iterator[bytes]:
    upload.seek(0)
    yield from upload.chunks()
    upload.seek(0)


def _is_what_it_says(content: bytes, extension: str) -> bool:
    if extension in OFFICE_PARTS:
        return _is_office_file(content, OFFICE_PARTS[extension])
    if extension in IMAGE_FORMATS:
        return _is_image(content, IMAGE_FORMATS[extension])
    try:
        found = {match.mime_type for match in puremagic.magic_string(content[:4096])}
    except puremagic.PureError:
        return False
    return ALLOWED[extension] in found


def _is_office_file(content: bytes, part: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    return (
        part in names
        and "[Content_Types].xml" in names
        and not any(name.endswith("vbaProject.bin") for name in names)
    )


def _is_image(content: bytes, wanted: str) -> bool:
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.verify()
            return image.format == wanted
    except (UnidentifiedImageError, OSError, SyntaxError):
        return False
