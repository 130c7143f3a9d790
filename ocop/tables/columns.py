"""Columns that several lists share: stars, states, and lists cut down for a detail page."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from damha_portal.core.components import TONE_ICONS
from damha_portal.core.pages import link_for
from ocop.enums import ParticipationState, RecognitionState

RECOGNITION_TONES: dict[str, str] = {
    RecognitionState.UPCOMING: "blue",
    RecognitionState.VALID: "green",
    RecognitionState.EXPIRING: "amber",
    RecognitionState.EXPIRED: "grey",
    RecognitionState.REVOKED: "red",
    RecognitionState.SUPERSEDED: "grey",
}
PARTICIPATION_TONES: dict[str, str] = {
    ParticipationState.IDEA_RETURNED: "amber",
    ParticipationState.PLAN_RETURNED: "amber",
    ParticipationState.RECOGNISED: "green",
    ParticipationState.NOT_RECOGNISED: "grey",
    ParticipationState.DOSSIER_READY: "green",
}


def own_page(record: Any) -> str | None:  # noqa: ANN401  (any record)
    """For `linkify`: the row's own page."""
    return link_for(record) or None


@functools.cache
def _badge(tone: str, label: str) -> str:
    context = {"tone": tone, "drawing": TONE_ICONS[tone], "label": label, "reason": ""}
    return render_to_string("components/badge.html", context)


class StateColumn(tables.Column):
    """A computed state as icon and word; the word alone in files."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  (library signature)
        labels: Mapping[Any, Any],
        tones: Mapping[str, str],
        default_tone: str = "blue",
        **kwargs: Any,  # noqa: ANN401  (library signature)
    ) -> None:
        self.labels, self.tones, self.default_tone = dict(labels), dict(tones), default_tone
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:  # noqa: ANN401  (library signature)
        """The badge on screen."""
        return _badge(self.tones.get(value, self.default_tone), str(self.labels[value]))

    def value(self, value: Any) -> str | None:  # noqa: ANN401  (library signature)
        """The word in a file."""
        return None if value is None else str(self.labels[value])


class ActiveColumn(StateColumn):
    """Whether a row counts today."""

    def __init__(self, yes: Any, no: Any, **kwargs: Any) -> None:  # noqa: ANN401  (lazy text)
        kwargs.setdefault("verbose_name", gettext_lazy("Hôm nay"))
        super().__init__(
            accessor="active_now",
            labels={True: yes, False: no},
            tones={True: "green", False: "grey"},  # type: ignore[dict-item]
            **kwargs,
        )


class StarColumn(tables.Column):
    """“4 sao”; the number in files."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (library signature)
        kwargs.setdefault("verbose_name", gettext_lazy("Hạng sao"))
        super().__init__(*args, **kwargs)

    def render(self, value: int) -> str:
        """The text on screen."""
        return _("%(star)d sao") % {"star": value}

    def value(self, value: int | None) -> int | None:
        """The number in a file."""
        return value


def section_table(table: type[tables.Table], rows: Sequence[Any], *without: str) -> tables.Table:
    """A list on a detail page: no sorting, and without the columns the page says itself."""
    return table(list(rows), exclude=without, orderable=False, empty_text="")
