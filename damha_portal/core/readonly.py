"""GET never writes: a guard around the database for pages that only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "TRUNCATE")


class WriteDuringReadError(RuntimeError):
    """A page that may only read tried to write."""


def _refuse_writes(
    execute: Callable[..., Any],
    sql: str,
    params: Any,  # noqa: ANN401  (database wrapper signature)
    many: bool,  # noqa: FBT001  (database wrapper signature)
    context: dict[str, Any],
) -> Any:  # noqa: ANN401
    if sql.lstrip().upper().startswith(WRITES):
        raise WriteDuringReadError(sql.split("(", 1)[0].strip())
    return execute(sql, params, many, context)


@contextmanager
def read_only() -> Iterator[None]:
    """Raise `WriteDuringReadError` on any statement that writes."""
    with connection.execute_wrapper(_refuse_writes):
        yield
