"""Benchmarks print their tables; run them with `pytest -m benchmark -s tests/benchmarks`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

Table = Callable[[str, Iterable[Sequence[object]]], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a benchmark, said once."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.benchmark)


@pytest.fixture
def table() -> Table:
    """Print a title and rows in columns."""

    def write(title: str, rows: Iterable[Sequence[object]]) -> None:
        texts = [[str(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
        lines = [
            "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in texts
        ]
        sys.stdout.write("\n" + "\n".join([title, *lines]) + "\n")

    return write
