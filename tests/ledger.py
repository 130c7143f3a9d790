"""The query ledger: exact query counts, the same for 3 and for 30 rows.

In a test::

    ledger("ocop.product-list", grow=lambda n: ProductFactory.create_batch(n),
           act=lambda: client.get("/ocop/san-pham/"), at_most=10)

`pytest --update-ledger` writes the counts it sees to `tests/query_counts.json`; a reviewer reads
the difference.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

LEDGER_FILE = Path(__file__).parent / "query_counts.json"
FEW, MANY = 3, 30


def read_ledger() -> dict[str, int]:
    """The recorded counts by name."""
    return json.loads(LEDGER_FILE.read_text()) if LEDGER_FILE.exists() else {}


@dataclass(frozen=True)
class Ledger:
    """Counts the queries of an act and compares them with the record."""

    update: bool

    def __call__(
        self,
        name: str,
        *,
        grow: Callable[[int], Any],
        act: Callable[[], Any],
        at_most: int | None = None,
    ) -> None:
        """`grow(n)` adds n rows, `act()` is what is counted, `at_most` is the budget."""
        grow(FEW)
        act()  # fills what a process keeps for good, such as content types
        few = statements(act)
        grow(MANY - FEW)
        many = statements(act)
        assert len(few) == len(many), "the count grows with the rows:\n" + "\n".join(many)
        if at_most is not None:
            assert len(many) <= at_most, f"{len(many)} > {at_most}:\n" + "\n".join(many)
        record = read_ledger()
        if self.update:
            record[name] = len(many)
            text = json.dumps(dict(sorted(record.items())), indent=2, ensure_ascii=False)
            LEDGER_FILE.write_text(text + "\n")
            return
        assert name in record, f"“{name}” is not in {LEDGER_FILE.name}; run with --update-ledger"
        assert len(many) == record[name], f"{name}: was {record[name]}\n" + "\n".join(many)


def statements(act: Callable[[], Any]) -> list[str]:
    """The SQL statements that `act` runs."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured.captured_queries]
