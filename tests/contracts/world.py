"""One row of every scoped model, in a given unit; the values that routes ask for."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from damha_portal.core.models import Record
from tests.contracts.test_factories import every_factory

#: Rows that point at another record by content type.
POINTING = {"documents.Attachment": "record", "progress.CohortMember": "record"}


def record_models() -> list[Any]:
    """Every model built on `Record`."""
    return [model for model in apps.get_models() if issubclass(model, Record)]


def factory_of(model: Any) -> Any:
    """The factory that makes rows of `model`."""
    return next(item for item in every_factory() if item._meta.model is model)


def row_in(model: Any, unit: Any) -> Any:
    """A row of `model` that belongs to `unit` (or to nobody, where the model knows no units)."""
    path = model.row_scope.unit_path
    values = {path: unit} if path else {}
    if name := POINTING.get(model._meta.label):
        values[name] = row_in(apps.get_model("ocop", "Product"), unit)
    return factory_of(model)(**values)
