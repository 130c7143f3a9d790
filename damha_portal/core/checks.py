"""System checks that hold the house rules: every route says who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from damha_portal.core.access import requirement_of


def walk_routes(
    patterns: list[Any] | None = None, prefix: str = "", namespace: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every route of the portal: its path pattern, its full name, the pattern object."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk_routes(entry.url_patterns, prefix + str(entry.pattern), inner)
        else:
            yield prefix + str(entry.pattern), f"{namespace}{entry.name or ''}", entry


@register("security")
def every_route_declares_its_right(**_kwargs: Any) -> list[Error]:  # noqa: ANN401
    """portal.E001: a route without a declared right."""
    return [
        Error(
            f"Route “{route}” ({name or 'unnamed'}) declares no right.",
            hint="Set required_right on the view, or use @requires(Right.…).",
            id="portal.E001",
        )
        for route, name, pattern in walk_routes()
        if requirement_of(pattern.callback) is None
    ]
