"""The shapes that page components take, checked when they are made.

Components fail loudly: an unknown tone, state, icon or type raises `ValueError` or `TypeError`
instead of showing something half right. Geometry is worked out on exact fractions and leaves as
text ("66.7%"), because the content security policy forbids style attributes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from damha_portal.core.numbers import format_decimal, format_integer, format_percent
from damha_portal.core.ratio import Exact, Percent, Ratio, exact_fraction

#: What a bar or a trend can show; None is unknown.
Value = Exact | Ratio | Percent | None

TONES = frozenset({"green", "blue", "amber", "red", "grey"})
BUTTON_TONES = frozenset({"default", "primary", "danger"})

#: Verdict code → tone and icon; the word and the reason come with the verdict.
VERDICTS = {
    "no_data": ("grey", "question"),
    "met": ("green", "check"),
    "on_track": ("blue", "arrow-right"),
    "at_risk": ("amber", "warning"),
    "behind": ("red", "clock"),
    "not_met": ("red", "cross"),
}
TONE_ICONS = {
    "green": "check",
    "blue": "info",
    "amber": "warning",
    "red": "warning",
    "grey": "info",
}
ICONS = frozenset(
    {
        "arrow-right",
        "check",
        "clock",
        "cross",
        "download",
        "edit",
        "history",
        "info",
        "lock",
        "menu",
        "plus",
        "question",
        "search",
        "star",
        "trash",
        "user",
        "warning",
    }
)
STEP_STATES = frozenset({"done", "current", "todo", "returned"})
MAX_STARS = 5

SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 96, 24, 3


def chosen(value: object, allowed: Iterable[str], what: str) -> str:
    """`value` as text where it is one of `allowed`; ValueError naming the choices otherwise."""
    text = str(value)
    names = sorted(allowed)
    if text not in names:
        raise ValueError(f"Unknown {what} {text!r}; choose one of: {', '.join(names)}")
    return text


def attributes_of(value: object, names: Sequence[str], what: str) -> None:
    """Raise TypeError where `value` lacks one of the attributes that a component reads."""
    missing = [name for name in names if not hasattr(value, name)]
    if missing:
        raise TypeError(f"{what} needs {', '.join(names)}; {value!r} lacks {', '.join(missing)}")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a stepper; `state` is one of done, current, todo, returned."""

    title: str
    state: str
    note: str = ""

    def __post_init__(self) -> None:
        chosen(self.state, STEP_STATES, "step state")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Who did what, when and why; `when` is a moment or a calendar day."""

    when: dt.datetime | dt.date
    who: str
    what: str
    why: str = ""
    changes: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """One row of a definition list."""

    label: str
    value: object
    url: str = ""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure with everything that makes it trustworthy; texts are already formatted.

    `share` is "12/15" where the base is small; `age` says as of when; `pending` counts changes
    not yet included and leads to them; `verified` is the outcome of the second computation.
    """

    title: str
    value: str
    target: str = ""
    share: str = ""
    verdict: Any = None
    age: str = ""
    pending: int = 0
    pending_url: str = ""
    verified: str = ""
    why_url: str = ""

    def __post_init__(self) -> None:
        if not self.title or not self.value:
            raise ValueError("A figure needs a title and a value; unknown is said in words")
        if self.pending < 0:
            raise ValueError("pending counts changes, it cannot be negative")


def exact(value: Value) -> Fraction | None:
    """A value as an exact fraction, None where it is unknown; floats and texts are refused."""
    if value is None:
        return None
    if isinstance(value, Ratio | Percent):
        return value.as_fraction()
    return exact_fraction(value)


def value_text(value: Value, *, share: bool = False) -> str:
    """A value as people read it: counts grouped, shares as percent, unknown in words."""
    number = exact(value)
    if number is None:
        return _("chưa có số liệu")
    if share or isinstance(value, Ratio | Percent):
        return format_percent(number)
    if number.denominator == 1:
        return format_integer(int(number))
    return format_decimal(number, 2)


def percent_attribute(part: Fraction) -> str:
    """A length for an SVG attribute, one decimal, within 0% and 100%."""
    tenths = round(min(max(part, Fraction(0)), Fraction(1)) * 1000)
    return f"{tenths // 10}.{tenths % 10}%"


@dataclass(frozen=True, slots=True)
class Bar:
    """Lengths of a bar against its target, as SVG percentages; "" where there is no mark."""

    fill: str
    target_at: str
    expected_at: str
    text: str


def bar(value: Value, target: Value, expected: Value = None) -> Bar:
    """A bar whose full width is the largest of value, target and expected.

    Where one of them is a share, a plain fraction beside it is read as a share as well.
    """
    numbers = [
        (_("Thực hiện: %(value)s"), value),
        (_("chỉ tiêu: %(value)s"), target),
        (_("cần đạt đến nay: %(value)s"), expected),
    ]
    share = any(isinstance(number, Ratio | Percent) for _sentence, number in numbers)
    text = "; ".join(
        sentence % {"value": value_text(number, share=share)}
        for position, (sentence, number) in enumerate(numbers)
        if number is not None or position == 0
    )
    lengths = [exact(number) for number in (value, target, expected)]
    full = max((number for number in lengths if number is not None), default=Fraction(0))
    fill, target_at, expected_at = (
        "" if number is None else percent_attribute(number / full if full > 0 else Fraction(0))
        for number in lengths
    )
    return Bar(fill, target_at, expected_at, text)


@dataclass(frozen=True, slots=True)
class Spark:
    """A small trend: runs of neighbouring points, and single points, as SVG coordinates."""

    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    text: str
    width: int = SPARK_WIDTH
    height: int = SPARK_HEIGHT


def spark(points: Sequence[tuple[str, Value]]) -> Spark:
    """A trend of `(label, value)`; an unknown value leaves a gap, it is never drawn as zero."""
    series = [(str(label), value, exact(value)) for label, value in points]
    known = [number for _label, _value, number in series if number is not None]
    low, high = min(known, default=Fraction(0)), max(known, default=Fraction(0))
    runs: list[list[tuple[str, str]]] = [[]]
    for index, (_label, _value, number) in enumerate(series):
        if number is None:
            runs.append([])
        else:
            runs[-1].append((_across(index, len(series)), _up(number, low, high)))
    lines = tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1)
    alone = [run[0] for run in runs if len(run) == 1]
    last = next((run[-1:] for run in reversed(runs) if run), [])
    words = [f"{label}: {value_text(value)}" for label, value, _number in series]
    text = _("Diễn biến: %(points)s") % {"points": "; ".join(words) or _("chưa có số liệu")}
    return Spark(lines, tuple(dict.fromkeys([*alone, *last])), text)


def _across(index: int, count: int) -> str:
    inner = SPARK_WIDTH - 2 * SPARK_MARGIN
    part = Fraction(index, count - 1) if count > 1 else Fraction(1, 2)
    return _tenths(SPARK_MARGIN + part * inner)


def _up(number: Fraction, low: Fraction, high: Fraction) -> str:
    inner = SPARK_HEIGHT - 2 * SPARK_MARGIN
    part = (number - low) / (high - low) if high > low else Fraction(1, 2)
    return _tenths(SPARK_HEIGHT - SPARK_MARGIN - part * inner)


def _tenths(length: Fraction) -> str:
    tenths = round(length * 10)
    return f"{tenths // 10}.{tenths % 10}"
