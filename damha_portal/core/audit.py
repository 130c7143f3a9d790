"""Who acts, and why: known to the history rows and to the marks of changed figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from simple_history.models import HistoricalRecords


@dataclass(frozen=True, slots=True)
class Act:
    """One person acting for one reason. `actor` is a User or None (the system itself)."""

    actor: Any
    reason: str = ""


_act: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def acting(actor: Any, reason: str = "") -> Iterator[None]:  # noqa: ANN401  (User or None)
    """Attribute every history row written inside to `actor`, with `reason`."""
    token = _act.set(Act(actor, reason))
    try:
        yield
    finally:
        _act.reset(token)


def current_actor() -> Any:  # noqa: ANN401  (User or None)
    """The person acting now: from `acting`, else from the request, else None."""
    if act := _act.get():
        return act.actor
    request = getattr(HistoricalRecords.context, "request", None)
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def current_reason() -> str:
    """The reason given to `acting`, or ""."""
    act = _act.get()
    return act.reason if act else ""


def _history_user(instance: Any, **_kwargs: Any) -> Any:  # noqa: ANN401  (library signature)
    return getattr(instance, "_history_user", None) or current_actor()


class PortalHistory(HistoricalRecords):
    """simple-history rows that take the person and the reason from `acting`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (library signature)
        kwargs.setdefault("get_user", _history_user)
        super().__init__(*args, **kwargs)

    def get_change_reason_for_object(self, instance: Any, history_type: str, using: str) -> str:  # noqa: ANN401
        """The instance's own reason first, else the reason of the act."""
        own = super().get_change_reason_for_object(instance, history_type, using)
        return own or current_reason()
