"""The API of the OCOP records."""

from __future__ import annotations

routes: list[tuple[str, type]] = []
