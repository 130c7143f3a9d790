"""Evidence: what is attached is judged by its content, and never outlives its removal."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from damha_portal.core.errors import DomainError, PermissionRefusedError
from damha_portal.core.files import inspect_file
from damha_portal.core.services import record_delete, record_save, validation_to_domain_error
from damha_portal.documents.models import Attachment

NAME_LENGTH = 200


def attachment_add(
    *,
    actor: Any,  # noqa: ANN401  (User, or None for the system)
    record: models.Model,
    upload: File[Any],
    title: str = "",
    is_illustrative: bool = False,
) -> Attachment:
    """Attach `upload` to `record`; a blank `title` becomes the file's own name.

    Raises `DomainError` saying what to do where the content is not what the name says, the file is
    empty, too large or attached already; then nothing is stored.
    """
    if actor is not None and not _may_change(actor, record):
        raise PermissionRefusedError(_("Bạn không có quyền thêm minh chứng cho bản ghi này."))
    try:
        facts = inspect_file(upload)
    except DomainError as error:
        raise DomainError(error.message, fields={"file": error.message}) from error
    same = Attachment.objects.of(record).filter(sha256=facts.sha256).first()
    if same is not None:
        sentence = _("Tệp này đã được đính kèm với tên «%(title)s».") % {"title": same.title}
        raise DomainError(sentence, fields={"file": sentence})
    name = readable_name(upload.name or "", facts.extension)
    attachment = Attachment(
        record=record,
        title=title.strip() or PurePath(name).stem,
        file=upload,
        original_name=name,
        media_type=facts.media_type,
        size=facts.size,
        sha256=facts.sha256,
        is_illustrative=is_illustrative,
    )
    given = str(attachment.file.name)
    try:
        return record_save(actor=actor, record=attachment)
    except ValidationError as error:
        raise validation_to_domain_error(error) from error
    except Exception:
        _forget_file(attachment, given)
        raise


def attachment_remove(*, actor: Any, attachment: Attachment, reason: str) -> None:  # noqa: ANN401
    """Delete `attachment` and, once that is committed, its file; history keeps who and why."""
    if not reason.strip():
        sentence = _("Ghi lý do gỡ minh chứng.")
        raise DomainError(sentence, fields={"reason": sentence})
    storage, name = attachment.file.storage, str(attachment.file.name)
    record_delete(actor=actor, record=attachment, reason=reason.strip())
    transaction.on_commit(lambda: storage.delete(name))


def readable_name(name: str, extension: str) -> str:
    """The name of an uploaded file as people may read it again: printable, short, same ending."""
    stem = "".join(char for char in PurePath(name).stem if char.isprintable()).strip()
    return (stem or _("tài liệu"))[: NAME_LENGTH - len(extension)] + extension


def _may_change(actor: Any, record: models.Model) -> bool:  # noqa: ANN401
    rows: Any = type(record)._default_manager
    return bool(rows.editable_by(actor).filter(pk=record.pk).exists())


def _forget_file(attachment: Attachment, upload_name: str) -> None:
    """A row that was rolled back leaves no file behind."""
    name = str(attachment.file.name)
    if name != upload_name:  # the random name is given when the content is written
        attachment.file.storage.delete(name)
