"""Tables of records: quiet, sortable, exported as they stand on screen."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import django_tables2 as tables
from django.db import models
from django.utils.text import capfirst

from damha_portal.core.dates import format_date, format_month
from damha_portal.core.numbers import format_integer
from damha_portal.core.pages import link_for
from damha_portal.core.ratio import Ratio


class RecordLinkColumn(tables.Column):
    """The record's name, leading to its page. `accessor` names a related record or its text."""

    def __init__(self, *args: Any, record: str = "", **kwargs: Any) -> None:  # noqa: ANN401
        self.record_path = record
        kwargs["linkify"] = self._address
        super().__init__(*args, **kwargs)

    def _address(self, record: models.Model) -> str | None:
        target: Any = record
        for step in filter(None, self.record_path.split("__")):
            target = getattr(target, step)
        return (link_for(target) if target is not None else "") or None


class DayColumn(tables.Column):
    """A date as dd/mm/yyyy; stays a date in files."""

    def render(self, value: dt.date) -> str:
        """The text on screen."""
        return format_date(value)

    def value(self, value: dt.date | None) -> dt.date | None:
        """The typed cell of a file."""
        return value


class MonthColumn(DayColumn):
    """A month as "tháng 9/2023"."""

    def render(self, value: dt.date) -> str:
        """The text on screen."""
        return format_month(value)


class NumberColumn(tables.Column):
    """A whole number with dots; stays a number in files."""

    attrs = {"td": {"class": "number"}, "th": {"class": "number"}}

    def render(self, value: int) -> str:
        """The text on screen."""
        return format_integer(value)

    def value(self, value: int | Fraction | Ratio | None) -> Any:  # noqa: ANN401
        """The typed cell of a file."""
        return value


class RecordTable(tables.Table):
    """The base of every list: total order from the model, one template."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (library signature)
        super().__init__(*args, **kwargs)
        model = self._meta.model
        if model is None or self.data.model is not None:
            return
        # The library reads headings off a queryset; rows fetched by a selector come as a list.
        for bound in self.columns.columns.values():
            field = bound.accessor.get_field(model)
            if bound.column.verbose_name is None and field is not None:
                bound.column.verbose_name = capfirst(field.verbose_name)

    class Meta:
        template_name = "components/table.html"
        attrs = {"class": "table"}
        default = "—"
