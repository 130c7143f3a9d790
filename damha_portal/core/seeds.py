"""Rows that come with the portal: facts with their source, and marked illustrative data.

Applications register functions; `load_plan_2023` runs the facts, `load_demo` the demo, both in
the order given. Every function may run again and changes nothing the second time.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Seed:
    """One registered function."""

    order: int
    name: str
    run: Callable[[], str]


facts: list[Seed] = []
demo: list[Seed] = []
demo_removal: list[Seed] = []


def register_facts(order: int) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Register a loader of sourced facts; it returns one line saying what it did."""
    return _registering(facts, order)


def register_demo(order: int) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Register a loader of illustrative rows (each marked `is_illustrative`)."""
    return _registering(demo, order)


def register_demo_removal(order: int) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Register what removes an application's illustrative rows; runs in the order given."""
    return _registering(demo_removal, order)


def _registering(
    target: list[Seed], order: int
) -> Callable[[Callable[[], str]], Callable[[], str]]:
    def register(function: Callable[[], str]) -> Callable[[], str]:
        target.append(Seed(order, f"{function.__module__}.{function.__name__}", function))
        return function

    return register


def in_order(seeds: list[Seed]) -> list[Seed]:
    """The seeds sorted by their order, then by name."""
    return sorted(seeds, key=lambda seed: (seed.order, seed.name))


def read_data(path: Path) -> dict[str, Any]:
    """A TOML data file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
