"""The portal's components and formats; built into every template, no `{% load %}` needed.

Each component is a template in `templates/components/` whose first line lists its options. A
wrong option raises instead of rendering something half right.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django_tables2 import Table

from damha_portal.core import components
from damha_portal.core.components import Definition, FigureLine, Step, TimelineEntry
from damha_portal.core.dates import format_date, format_date_long, format_datetime, format_month
from damha_portal.core.numbers import format_decimal, format_integer, format_percent
from damha_portal.core.ratio import Exact, Percent, Ratio

register = template.Library()

Shape = dict[str, Any]


# --- Formats --------------------------------------------------------------------------------------


@register.filter
def integer(value: Exact | None) -> str:
    """40000 → 40.000; unknown is a dash, never a zero."""
    return format_integer(value)


@register.filter
def decimal(value: Exact | None, places: int = 2) -> str:
    """35087.719 → 35.087,72."""
    return format_decimal(value, places)


@register.filter
def percent(value: Ratio | Percent | Exact | None) -> str:
    """1/7 → 14,29 %."""
    return format_percent(value)


@register.filter
def day(value: dt.date | None) -> str:
    """20/02/2023."""
    return format_date(value)


@register.filter
def day_long(value: dt.date | None) -> str:
    """Ngày 20 tháng 02 năm 2023."""
    return format_date_long(value)


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A moment in local time, 20/02/2023 14:05."""
    return format_datetime(value)


@register.filter
def month(value: dt.date | None) -> str:
    """The month of a day, tháng 9/2023."""
    return format_month(value)


# --- States ---------------------------------------------------------------------------------------


@functools.cache
def _icon(name: str) -> str:
    path = f"components/icons/{components.chosen(name, components.ICONS, 'icon')}.html"
    return render_to_string(path)


@register.simple_tag
def icon(name: str) -> str:
    """An inline drawing that takes the colour of its text and is silent for screen readers."""
    return _icon(str(name))


@register.inclusion_tag("components/badge.html")
def badge(verdict: Any, *, why: bool = True) -> Shape:  # noqa: ANN401  (any verdict object)
    """A verdict as icon, word and reason."""
    components.attributes_of(verdict, ("code", "label", "reason"), "A verdict badge")
    code = getattr(verdict.code, "value", verdict.code)
    tone, drawing = components.VERDICTS[components.chosen(code, components.VERDICTS, "verdict")]
    reason = verdict.reason if why else ""
    return {"tone": tone, "drawing": drawing, "label": verdict.label, "reason": reason}


@register.inclusion_tag("components/badge.html")
def status_badge(tone: str, label: str) -> Shape:
    """Any other state as icon and word."""
    tone = components.chosen(tone, components.TONES, "tone")
    if not label:
        raise ValueError("A status badge needs a word: colour never stands alone")
    return {"tone": tone, "drawing": components.TONE_ICONS[tone], "label": label, "reason": ""}


@register.inclusion_tag("components/stars.html")
def stars(n: int | None, *, valid: bool = True) -> Shape:
    """The star rank with its word; grey once the certificate is no longer valid."""
    if n is not None and (isinstance(n, bool) or n not in range(1, components.MAX_STARS + 1)):
        raise ValueError(f"A star rank is a whole number from 1 to 5, not {n!r}")
    return {"stars": range(n or 0), "n": n, "valid": valid}


@register.inclusion_tag("components/alert.html")
def alert(tone: str, title: str, text: str = "", *, level: str = "") -> Shape:
    """What happened and what to do."""
    tone = components.chosen(tone, components.TONES, "tone")
    drawing = components.TONE_ICONS[tone]
    return {"tone": tone, "drawing": drawing, "title": title, "text": text, "level": level}


#: Level of Django's messages → tone.
MESSAGE_TONES = {
    "debug": "grey",
    "info": "blue",
    "success": "green",
    "warning": "amber",
    "error": "red",
}


@register.inclusion_tag("components/alert.html")
def message_alert(message: Message) -> Shape:
    """One of Django's messages; `level` tells portal.js that something was saved."""
    return alert(MESSAGE_TONES[message.level_tag], str(message), level=message.level_tag)


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, text: str = "", action_url: str = "", action_text: str = "") -> Shape:
    """What it means that nothing is here, and what to do."""
    if bool(action_url) != bool(action_text):
        raise ValueError("An empty state needs both action_url and action_text, or neither")
    return {"title": title, "text": text, "action_url": action_url, "action_text": action_text}


@register.inclusion_tag("components/button_link.html")
def button_link(title: str, url: str, tone: str = "default", drawing: str = "") -> Shape:
    """A link that looks like the button it leads to."""
    if drawing:
        components.chosen(drawing, components.ICONS, "icon")
    tone = components.chosen(tone, components.BUTTON_TONES, "button tone")
    return {"title": title, "url": url, "tone": tone, "drawing": drawing}


# --- Figures --------------------------------------------------------------------------------------


@register.inclusion_tag("components/bar.html")
def bar(value: Any, target: Any, expected: Any = None, tone: str = "grey") -> Shape:  # noqa: ANN401
    """A bar against the target, with the mark of what is expected by now."""
    tone = components.chosen(tone, components.TONES, "tone")
    return {"bar": components.bar(value, target, expected), "tone": tone}


@register.inclusion_tag("components/spark.html")
def spark(points: Sequence[tuple[str, Any]]) -> Shape:
    """A small trend; unknown months are gaps."""
    return {"spark": components.spark(points)}


@register.inclusion_tag("components/figure.html")
def figure(line: FigureLine) -> Shape:
    """A figure with target, verdict, age and the way to its explanation."""
    if not isinstance(line, FigureLine):
        raise TypeError(f"A figure is shown from a FigureLine, not {line!r}")
    return {"line": line}


@register.inclusion_tag("components/progress_bar.html")
def progress_bar(value: int | None, maximum: int, label: str) -> Shape:
    """How far a running job is; None while it waits."""
    if maximum < 1 or (value is not None and not 0 <= value <= maximum):
        raise ValueError(f"Progress {value!r} of {maximum!r} makes no sense")
    return {"value": value, "maximum": maximum, "label": label}


# --- Forms ----------------------------------------------------------------------------------------


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, *, label: str = "", hint: str = "", compact: bool = False) -> Shape:
    """One form field: label, hint, control, error; see `components/field.html`."""
    if not isinstance(bound, BoundField):
        raise TypeError(f"A bound form field is needed, not {bound!r}")
    hint_text = hint or bound.help_text
    previous = getattr(bound.field, "previous", "")
    grouped = bound.use_fieldset
    described = _described_by(bound, hint=bool(hint_text), previous=bool(previous))
    attrs: dict[str, str | bool] = {"placeholder": False, **({} if grouped else described)}
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "label": label or bound.label,
        "hint": hint_text,
        "previous": previous,
        "unit": getattr(bound.field, "unit", ""),
        "optional": not (bound.field.required or compact),
        "grouped": grouped,
        "group_described_by": described.get("aria-describedby", ""),
        "is_checkbox": isinstance(bound.field.widget, CheckboxInput),
        "compact": compact,
    }


def _described_by(bound: BoundField, *, hint: bool, previous: bool) -> dict[str, str]:
    parts = {"helptext": hint, "previous": previous, "error": bool(bound.errors)}
    names = [f"{bound.auto_id}_{part}" for part, shown in parts.items() if shown]
    return {"aria-describedby": " ".join(names)} if names else {}


@register.inclusion_tag("components/form_fields.html")
def form_fields(form: BaseForm) -> Shape:
    """Every field of a form, hidden ones included."""
    if not isinstance(form, BaseForm):
        raise TypeError(f"A form is needed, not {form!r}")
    return {"form": form}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> Shape:
    """Everything that is wrong with a form, each sentence leading to its field."""
    if not isinstance(form, BaseForm):
        raise TypeError(f"A form is needed, not {form!r}")
    found = [
        (bound.label if not bound.is_hidden else "", sentence, bound.id_for_label or bound.auto_id)
        for bound in form
        for sentence in bound.errors
    ]
    return {"general": form.non_field_errors(), "found": found}


# --- Records --------------------------------------------------------------------------------------


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[TimelineEntry]) -> Shape:
    """Who did what, when and why, in the order given."""
    rows = list(entries)
    for row in rows:
        components.attributes_of(row, ("when", "who", "what", "why"), "A timeline entry")
    return {"entries": rows}


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Iterable[Step]) -> Shape:
    """Where something stands in a fixed order of steps."""
    rows = list(steps)
    for row in rows:
        components.attributes_of(row, ("title", "state", "note"), "A step")
        components.chosen(row.state, components.STEP_STATES, "step state")
    return {"steps": rows}


@register.inclusion_tag("components/definition.html")
def definition(rows: Iterable[Any]) -> Shape:
    """Labels and values; rows are `Definition`, `Fact` or `(label, value)`."""
    return {"rows": [_definition(row) for row in rows]}


def _definition(row: Any) -> Definition:  # noqa: ANN401
    if isinstance(row, tuple):
        label, value = row
        return Definition(label, value)
    components.attributes_of(row, ("label", "value", "url"), "A definition")
    return Definition(row.label, row.value, row.url)


# --- Lists ----------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def query_replace(context: Context, **changes: Any) -> str:  # noqa: ANN401
    """The query string of this page with some parameters set; None or "" takes one out."""
    return _query(context, changes)


def _query(context: Context, changes: dict[str, Any]) -> str:
    request: HttpRequest | None = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(
    context: Context, page_obj: Page, param: str = "page", *, label: str = "", live: bool = False
) -> Shape:
    """Links to the other pages of a list; nothing where there is one page."""
    components.attributes_of(page_obj, ("number", "paginator"), "Pagination")
    paginator = page_obj.paginator
    numbers = paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    links = [
        (number, "" if number == paginator.ELLIPSIS else _query(context, {param: number}))
        for number in numbers
    ]
    back = page_obj.previous_page_number() if page_obj.has_previous() else None
    ahead = page_obj.next_page_number() if page_obj.has_next() else None
    return {
        "page": page_obj,
        "links": links,
        "many": paginator.num_pages > 1,
        "previous": _query(context, {param: back}) if back else "",
        "next": _query(context, {param: ahead}) if ahead else "",
        "label": label,
        "live": live,
    }


@register.inclusion_tag("components/table.html", takes_context=True)
def data_table(context: Context, table: Table, *, label: str = "", live: bool = False) -> Shape:
    """A django-tables2 table; `live` lets htmx swap it in place of loading the page again."""
    if not isinstance(table, Table):
        raise TypeError(f"A django-tables2 table is needed, not {table!r}")
    request = context.get("request")
    table.context = context  # what TemplateColumn reads, as `render_table` sets it
    table.before_render(request)
    return {"table": table, "request": request, "label": label, "live": live}


@register.simple_tag(takes_context=True)
def sort_url(context: Context, param: str, order: str) -> str:
    """The address of this list in another order, from its first page."""
    return _query(context, {param: order, "page": None})


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumb_list(crumbs: Iterable[Any]) -> Shape:
    """The way up; crumbs are `Crumb` or `(title, url)`, the last one is this page."""
    rows = [
        crumb if isinstance(crumb, tuple) else (crumb.title, crumb.url) for crumb in list(crumbs)
    ]
    return {"crumbs": rows}
