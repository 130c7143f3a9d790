"""The abstract record every model of the project builds on. No domain models live here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import RowScope
from damha_portal.core.audit import PortalHistory
from damha_portal.core.querysets import RecordManager


class Record(models.Model):
    """Stamps, history, the illustrative mark, and a scope. Subclasses declare `row_scope`."""

    row_scope: ClassVar[RowScope]
    #: Folded text columns that a search looks into; a related row is searched in its own column.
    search_paths: ClassVar[tuple[str, ...]] = ("search_text",)

    created_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True)
    updated_at = models.DateTimeField(_("sửa lúc"), auto_now=True)
    is_illustrative = models.BooleanField(
        _("dữ liệu minh họa"),
        default=False,
        editable=False,
        db_index=True,
        help_text=_("Bản ghi minh họa, không phải số liệu thật."),
    )

    objects = RecordManager()
    history = PortalHistory(inherit=True)

    class Meta:
        abstract = True
