"""One search box over everything registered; accent-free, exact accents first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from damha_portal.core.pages import link_for
from damha_portal.core.vietnamese import fold, normalise, search_words

LIMIT = 20


@dataclass(frozen=True, slots=True)
class Searchable:
    """A model with `search_text`; `describe` names the columns shown beside the name."""

    model: Any
    title: Any
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record."""

    name: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Found records of one kind; `more` when the list was cut."""

    title: str
    hits: Sequence[Hit]
    more: bool


_searchables: list[Searchable] = []


def register(searchable: Searchable) -> None:
    """Make a model searchable; called once from an application's `search` module."""
    _searchables.append(searchable)


def search(query: str, user: Any) -> list[HitGroup]:  # noqa: ANN401  (User)
    """Everything `user` may read that contains every word of `query`; one query a model."""
    words = search_words(query)
    if not words:
        return []
    groups = []
    for searchable in _searchables:
        rows = searchable.model.objects.visible_to(user).select_related(*searchable.related)
        for word in words:
            rows = rows.filter(search_text__contains=word)
        found = list(rows[: LIMIT * 3])
        found.sort(key=lambda row: _rank(str(row), query))
        if found:
            hits = [Hit(str(row), link_for(row), _note(row)) for row in found[:LIMIT]]
            groups.append(HitGroup(str(searchable.title), hits, len(found) > LIMIT))
    return groups


def _rank(name: str, query: str) -> tuple[bool, bool, str]:
    """Exact diacritics first ("dừa" before "dưa"), then names that start with the query."""
    text, wanted = normalise(name).casefold(), normalise(query).casefold()
    return (wanted not in text, not fold(name).startswith(fold(query)), fold(name))


def _note(row: Any) -> str:  # noqa: ANN401
    note = getattr(row, "search_note", "")
    return str(note() if callable(note) else note)
