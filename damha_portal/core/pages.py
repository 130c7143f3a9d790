"""One declaration per record: its list, detail, create, edit, delete and history pages.

A domain app writes::

    class ProductPages(RecordPages):
        model = Product
        path, name = "san-pham", "product"
        table, filterset, form = ProductTable, ProductFilter, ProductForm
        list_related = ("producer__admin_unit", "subgroup__group")
        facts = ("producer", "subgroup", "code")

and adds `*record_urls(ProductPages)` (`core.views`) to its urlpatterns. Route names are
`<app>:<name>-list`, `-create`, `-detail`, `-edit`, `-delete`, `-history`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from damha_portal.core.access import Sector, may_create
from damha_portal.core.forms import RecordForm


@dataclass(frozen=True, slots=True)
class Action:
    """A workflow button on a detail page; `url` opens a form or a confirmation."""

    title: str
    url: str
    tone: str = "default"


@dataclass(frozen=True, slots=True)
class Section:
    """A block on a detail page: a table of related rows, or a sentence, and what to do next."""

    title: str
    table: Any = None
    text: str = ""
    action_url: str = ""
    action_text: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A state shown beside the heading."""

    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the definition list."""

    label: str
    value: str
    url: str = ""


def fact_text(record: Any, name: str) -> str:  # noqa: ANN401
    """One column as people read it: choices by label, yes/no in words, unknown as "—"."""
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("có") if value else _("không")
    form_field = record._meta.get_field(name).formfield()
    if form_field is None or display or isinstance(value, models.Model):
        return str(value)
    return str(form_field.prepare_value(value))


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the breadcrumbs; the last has no address."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What a detail page adds to the plain fields; selectors build it."""

    badges: Sequence[Badge] = field(default_factory=tuple)
    sections: Sequence[Section] = field(default_factory=tuple)
    actions: Sequence[Action] = field(default_factory=tuple)
    facts: Sequence[Fact] = field(default_factory=tuple)
    alerts: Sequence[Badge] = field(default_factory=tuple)
    #: What a detail template of one's own shows first (a dataclass of the domain's selectors).
    lead: Any = None


class RecordPages:
    """What the generic views need to know about one model. Subclass and declare."""

    model: ClassVar[Any]
    path: ClassVar[str]
    name: ClassVar[str]
    table: ClassVar[Any]
    filterset: ClassVar[Any]
    form: ClassVar[type[RecordForm]]
    list_related: ClassVar[Sequence[str]] = ()
    list_prefetch: ClassVar[Sequence[str]] = ()
    facts: ClassVar[Sequence[str]] = ()
    #: A sentence, lazy where it is translated.
    empty_text: ClassVar[Any] = ""
    list_template: ClassVar[str] = "generic/list.html"
    detail_template: ClassVar[str] = "generic/detail.html"
    form_template: ClassVar[str] = "generic/form.html"
    #: Called as `details(record, user, today)`; adds badges, sections and actions to the page.
    details: ClassVar[Callable[..., PageInfo] | None] = None
    #: Called as `save(actor=, form=)` where a service replaces the plain `record_save`.
    save: ClassVar[Callable[..., models.Model] | None] = None
    #: Called as `annotate(queryset, today)` where the list shows computed states.
    annotate: ClassVar[Callable[..., models.QuerySet[Any]] | None] = None

    @classmethod
    def app_name(cls) -> str:
        """The URL namespace: the model's application label."""
        return str(cls.model._meta.app_label)

    @classmethod
    def sector(cls) -> Sector:
        """The sector whose officers may edit."""
        sector: Sector = cls.model.row_scope.sector
        return sector

    @classmethod
    def verbose_name(cls) -> str:
        """The model's name in a sentence."""
        return str(cls.model._meta.verbose_name)

    @classmethod
    def list_title(cls) -> str:
        """The heading of the list."""
        return str(capfirst(cls.model._meta.verbose_name_plural))

    @classmethod
    def reverse(cls, page: str, record: models.Model | None = None) -> str:
        """The address of one of the pages."""
        args = [record.pk] if record is not None else []
        return reverse(f"{cls.app_name()}:{cls.name}-{page}", args=args)

    @classmethod
    def can_create(cls, user: Any) -> bool:  # noqa: ANN401  (User)
        """Whether to offer the create page; the saved row is checked again."""
        return may_create(user, cls.model)


#: Every declared record's pages, by model label: links, search results and drill-downs use it.
_pages: dict[str, type[RecordPages]] = {}


#: Called as `extra(record, user, today)` for every record's detail page, after its own `details`:
#: how an application above the kernel (documents: evidence) adds a section to all of them.
detail_extras: list[Callable[[Any, Any, dt.date], PageInfo]] = []


def register_pages(pages: type[RecordPages]) -> type[RecordPages]:
    """Class decorator: make the record's pages known to `link_for`."""
    _pages[pages.model._meta.label] = pages
    return pages


def registered_pages() -> dict[str, type[RecordPages]]:
    """All declared pages by model label."""
    return dict(_pages)


def link_for(record: models.Model) -> str:
    """The address of the record's page, "" where the model has none."""
    pages = _pages.get(record._meta.label)
    return pages.reverse("detail", record) if pages else ""
