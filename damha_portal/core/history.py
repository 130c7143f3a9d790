"""History rows as people read them: who, when, what changed from what to what, why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from damha_portal.core.forms import display_value

#: Bookkeeping columns that say nothing to a reader.
SILENT = frozenset({"updated_at", "created_at", "search_text", "sort_text", "is_illustrative"})
VERBS = {"+": gettext_lazy("Tạo mới"), "~": gettext_lazy("Sửa"), "-": gettext_lazy("Xóa")}


@dataclass(frozen=True, slots=True)
class Change:
    """One column of one edit."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One edit of one record."""

    when: dt.datetime
    who: str
    what: str
    why: str
    changes: tuple[Change, ...]


def history_entries(record: Any, limit: int = 100) -> list[HistoryEntry]:  # noqa: ANN401
    """The newest `limit` edits, newest first; three queries at most."""
    history = record.history.select_related("history_user").order_by("-history_id")
    rows = list(history[: limit + 1])
    entries = []
    for index, row in enumerate(rows[:limit]):
        previous = rows[index + 1] if index + 1 < len(rows) else None
        entries.append(
            HistoryEntry(
                when=row.history_date,
                who=str(row.history_user or _("Hệ thống")),
                what=str(VERBS[row.history_type]),
                why=row.history_change_reason or "",
                changes=_changes(previous, row) if row.history_type == "~" else (),
            )
        )
    return entries


def _changes(before: Any, after: Any) -> tuple[Change, ...]:  # noqa: ANN401
    if before is None:
        return ()
    found = []
    for field in after.tracked_fields:
        if field.name in SILENT or getattr(before, field.attname) == getattr(after, field.attname):
            continue
        label = str(capfirst(field.verbose_name))
        found.append(Change(label, _text(before, field.name), _text(after, field.name)))
    return tuple(found)


def _text(row: Any, name: str) -> str:  # noqa: ANN401
    return display_value(row, name) or "—"
