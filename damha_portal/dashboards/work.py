"""What is asked of an officer: items that the domains contribute from their `panels`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing to do: what, why, where. `tone` as in the badges; `count` of rows behind it."""

    title: str
    url: str
    why: str
    tone: str = "amber"
    count: int | None = None


@dataclass(frozen=True, slots=True)
class QuickAction:
    """One of the large actions: a thing this person enters often."""

    title: str
    url: str
    note: str = ""


#: `provider(user, today)` returns items; each asks the database at most twice.
WorkProvider = Callable[[Any, dt.date], Sequence[WorkItem]]
ActionProvider = Callable[[Any], Sequence[QuickAction]]

_work: list[WorkProvider] = []
_actions: list[ActionProvider] = []


def register_work(provider: WorkProvider) -> WorkProvider:
    """Contribute items to “Việc của tôi”."""
    _work.append(provider)
    return provider


def register_actions(provider: ActionProvider) -> ActionProvider:
    """Contribute large actions to “Việc của tôi”."""
    _actions.append(provider)
    return provider


def work_items(user: Any, today: dt.date) -> list[WorkItem]:  # noqa: ANN401  (User)
    """Everything asked of `user`, red before amber before the rest."""
    rank = {"red": 0, "amber": 1}
    found = [item for provider in _work for item in provider(user, today)]
    return sorted(found, key=lambda item: rank.get(item.tone, 2))


def quick_actions(user: Any) -> list[QuickAction]:  # noqa: ANN401  (User)
    """The large actions this person may use."""
    return [action for provider in _actions for action in provider(user)]
