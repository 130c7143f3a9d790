"""What every page needs: the menu, the area, the strip that says data is illustrative."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Exists, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from damha_portal.core import clock
from damha_portal.core.access import Right, Sector, access_of
from damha_portal.core.models import Record


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One registered link; `order` sorts inside its group."""

    group: str
    title: Any
    route: str
    order: int = 50
    right: Right = Right.MEMBER
    sector: Sector | None = None


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One link as the page shows it."""

    title: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Links under one heading; a group without a heading stands alone."""

    title: str
    items: list[MenuItem] = field(default_factory=list)


@dataclass(slots=True)
class Frame:
    """Registered by the applications: menu groups, links, and facts about the whole portal."""

    groups: dict[str, tuple[int, Any]] = field(default_factory=dict)
    entries: list[MenuEntry] = field(default_factory=list)
    area_name: Callable[[], str] | None = None

    def group(self, key: str, title: Any, order: int) -> None:  # noqa: ANN401  (lazy text)
        """Declare a heading of the menu."""
        self.groups[key] = (order, title)

    def add(self, *entries: MenuEntry) -> None:
        """Declare links."""
        self.entries.extend(entries)


frame = Frame()


class Portal:
    """`portal` in every template; each part is worked out when a page uses it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.version = settings.PORTAL_VERSION

    @cached_property
    def menu(self) -> Sequence[MenuGroup]:
        """The links this person may use."""
        access = access_of(getattr(self.request, "user", None))
        if access is None:
            return ()
        found: dict[str, MenuGroup] = {}
        for key, (_order, title) in sorted(frame.groups.items(), key=lambda item: item[1][0]):
            found[key] = MenuGroup(str(title))
        for entry in sorted(frame.entries, key=lambda entry: entry.order):
            if access.holds(entry.right, entry.sector):
                url = reverse(entry.route)
                here = self.request.path
                current = here == url or (url != "/" and here.startswith(url))
                found[entry.group].items.append(MenuItem(str(entry.title), url, current))
        return [group for group in found.values() if group.items]

    @cached_property
    def role_labels(self) -> Sequence[str]:
        """What the person is, where."""
        access: Any = access_of(getattr(self.request, "user", None))
        return access.role_labels if access is not None else ()

    @cached_property
    def area_name(self) -> str:
        """The area the portal serves: that of the current plan."""
        return frame.area_name() if frame.area_name else ""

    @cached_property
    def has_illustrative_data(self) -> bool:
        """Whether any illustrative record is loaded; one query over all kinds of record."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return False
        with connection.cursor() as cursor:
            cursor.execute(*_illustrative_query(connection.alias))
            return cursor.fetchone() is not None

    @cached_property
    def now(self) -> Any:  # noqa: ANN401  (datetime)
        """The time of the page."""
        return clock.now()


@cache
def _illustrative_query(alias: str) -> tuple[str, tuple[Any, ...]]:
    """A row where any record is illustrative; building it costs more than running it, so once."""
    marked = Q()
    for model in apps.get_models():
        if issubclass(model, Record):
            marked |= Q(Exists(model._base_manager.filter(is_illustrative=True)))
    people = get_user_model()._base_manager.using(alias).filter(marked).order_by()
    sql, params = people.values_list("pk")[:1].query.get_compiler(alias).as_sql()
    return sql, tuple(params)


def portal(request: HttpRequest) -> dict[str, Portal]:
    """Context processor."""
    return {"portal": Portal(request)}
