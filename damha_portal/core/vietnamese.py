"""Vietnamese text: one spelling to store, one to search, one to sort by.

Python, SQLite and PostgreSQL know none of this by themselves: `sorted` puts Đầm Hà after Tân Lập,
SQLite's LIKE does not match "lạc đỏ" with "Lạc ĐỎ", and Django's slugify drops the letter đ.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from django.utils.text import slugify as ascii_slugify

from damha_portal.core.legacy_encoding import (
    looks_like_legacy_encoding as looks_like_legacy_encoding,
)

SortKey = tuple[tuple[int, ...], ...]

# Nothing is seen of these, and a text that carries them is not found: zero-width characters,
# the byte order mark, the soft hyphen.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = re.compile(r"\s+")
_LINE_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
# The letter eth looks like Đ and is typed for it; neither it nor đ decomposes.
_STROKED_D = {ord("đ"): "d", ord("Đ"): "D", ord("ð"): "d", ord("Ð"): "D"}
_PUNCTUATION_AROUND_A_WORD = ".,;:!?…\"'()[]{}«»“”‘’"


def normalise(text: str) -> str:
    """One line as it is stored: NFC, every run of spaces one plain space, nothing invisible."""
    plain = _SPACES.sub(" ", text.translate(_INVISIBLE)).strip()
    return unicodedata.normalize("NFC", plain)


def normalise_lines(text: str) -> str:
    """The same for a text of several lines, whose line breaks stay; empty ends are cut."""
    lines = (normalise(line) for line in _LINE_BREAKS.split(text))
    return "\n".join(lines).strip("\n")


def fold(text: str) -> str:
    """The form to search in: no accents, no case, one kind of dash and space; đ is d.

    "Huyện uỷ" (Party spelling) and "Huyện ủy" (State spelling) both become "huyen uy".
    """
    bare = _without_marks(normalise(text).translate(_DASHES)).translate(_STROKED_D)
    # Casefolding makes new marks now and then ("ŉ"), and new spaces never.
    return normalise(_without_marks(bare.casefold()))


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))


def search_words(query: str) -> list[str]:
    """The folded words of a query, each once, in order, without the punctuation around them."""
    words = (word.strip(_PUNCTUATION_AROUND_A_WORD) for word in fold(query).split())
    return list(dict.fromkeys(word for word in words if word))


def slugify(text: str) -> str:
    """The part of an address: "Đầm Hà" becomes "dam-ha"."""
    return ascii_slugify(fold(text))


# --- Order ----------------------------------------------------------------------------------------
#
# CLDR `vi`: letters first (the whole string), then tones, then case, lower before upper.
# Spaces and punctuation come before digits, digits before letters, as in ICU's root order.

_PUNCTUATION_IN_ORDER = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PRIMARY = {
    char: rank for rank, char in enumerate(f"{_PUNCTUATION_IN_ORDER}0123456789{_ALPHABET}", start=1)
}
_QUOTES = {**dict.fromkeys(map(ord, "“”„«»"), '"'), **dict.fromkeys(map(ord, "‘’‚"), "'")}
_TONES = {"\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}
_NO_TONE = 1
_LOWER, _UPPER = 1, 2
#: Characters outside the table sort after it, by code point.
_BEYOND = 0x100


def sort_key(text: str) -> SortKey:
    """The key of Vietnamese order: (letters, tones, case). Canonically equal texts share it."""
    primary: list[int] = []
    secondary: list[int] = []
    tertiary: list[int] = []
    for base, marks in _clusters(normalise(text).translate(_DASHES).translate(_QUOTES)):
        letter, tones, case = _weights(base, marks)
        primary.append(letter)
        secondary.extend(tones)
        tertiary.append(case)
    return tuple(primary), _trimmed(secondary, _NO_TONE), _trimmed(tertiary, _LOWER)


def _clusters(text: str) -> list[tuple[str, str]]:
    """Base characters with the marks that follow them."""
    found: list[tuple[str, str]] = []
    for char in unicodedata.normalize("NFD", text):
        if found and unicodedata.combining(char):
            base, marks = found[-1]
            found[-1] = (base, marks + char)
        else:
            found.append((char, ""))
    return found


@lru_cache(maxsize=4096)
def _weights(base: str, marks: str) -> tuple[int, tuple[int, ...], int]:
    """The weights of one character: its letter, the tones on it, its case."""
    lower = base.lower() if len(base.lower()) == 1 else base
    letter, tones = lower, []
    for mark in marks:
        composed = unicodedata.normalize("NFC", lower + mark)
        if letter == lower and composed in _PRIMARY:
            letter = composed
        else:
            tones.append(_TONES.get(mark, _BEYOND + ord(mark)))
    rank = _PRIMARY.get(letter, _BEYOND + ord(letter))
    return rank, tuple(tones) or (_NO_TONE,), _LOWER if lower == base else _UPPER


def _trimmed(weights: list[int], least: int) -> tuple[int, ...]:
    while weights and weights[-1] == least:
        weights.pop()
    return tuple(weights)


def sort_text(text: str) -> str:
    """`sort_key` as digits and lower-case letters a-f, for a column to order by.

    Nothing but [0-9a-f] and a fixed width a weight: the order is the same in SQLite and under any
    collation of PostgreSQL.
    """
    return _encoded(sort_key(text))


def _encoded(key: SortKey) -> str:
    primary, secondary, tertiary = key
    return "".join(
        (
            *(_digits(weight, width=2) for weight in primary),
            "00",
            *(_digits(weight, width=1) for weight in secondary),
            "0",
            *(_digits(weight, width=1) for weight in tertiary),
            "0",
        )
    )


def _digits(weight: int, width: int) -> str:
    return f"{weight:0{width}x}" if weight < _BEYOND else "f" * width + f"{weight:06x}"


_PLACE_PREFIX = re.compile(
    r"^(?:xã|thị trấn|phường|huyện|thị xã|thành phố|quận|tỉnh|đặc khu)\s+(?=\S)", re.IGNORECASE
)


def _place_parts(name: str) -> tuple[str, str]:
    full = normalise(name)
    return _PLACE_PREFIX.sub("", full), full


def _person_parts(name: str) -> tuple[str, str]:
    *before, given = normalise(name).split(" ")
    return given, " ".join(before)


def place_sort_key(name: str) -> tuple[SortKey, SortKey]:
    """Order of places: "xã", "thị trấn", … in front do not count unless all else is equal."""
    place, full = _place_parts(name)
    return sort_key(place), sort_key(full)


def place_sort_text(name: str) -> str:
    """`place_sort_key` for a column."""
    return "".join(map(sort_text, _place_parts(name)))


def person_sort_key(name: str) -> tuple[SortKey, SortKey]:
    """Order of people: by given name, the last word; then by what stands before it."""
    given, before = _person_parts(name)
    return sort_key(given), sort_key(before)


def person_sort_text(name: str) -> str:
    """`person_sort_key` for a column."""
    return "".join(map(sort_text, _person_parts(name)))
