"""Rows in and out of files: what django-import-export leaves open, settled once.

A domain app writes::

    class ProducerResource(PortalResource):
        name = column("name", _("Tên chủ thể"))
        kind = column("kind", _("Loại hình"), ChoiceWidget(ProducerKind))

        class Meta(PortalResource.Meta):
            model = Producer
            fields = ("name", "kind")
            import_id_fields = ("name", "admin_unit")

Rows are found by their natural key. Unchanged rows are skipped. Every cell that is wrong is
reported, and then nothing of the file is saved. A dry run only reads. Each saved row goes through
`record_save`, so that scope, validation, history and marks are those of the pages.
"""

# ruff: noqa: ANN401  (the signatures are those of django-import-export)

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.instance_loaders import ModelInstanceLoader

from damha_portal.core.access import stays_editable
from damha_portal.core.dates import DateFormatError, format_date, parse_date
from damha_portal.core.export import FORMULA_STARTS, plain_cell
from damha_portal.core.numbers import (
    NumberFormatError,
    format_decimal,
    parse_decimal,
    parse_integer,
)
from damha_portal.core.services import record_save
from damha_portal.core.vietnamese import normalise

REASON = "Nhập từ tệp"


# --- Cells ----------------------------------------------------------------------------------------


class TextWidget(widgets.Widget):
    """Text in one spelling; a number that a spreadsheet made of a code keeps its digits."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The text, "" for an empty cell."""
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return normalise(str(value))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The text, made harmless."""
        return plain_cell(value) if value else ""


class DayWidget(widgets.Widget):
    """A day: a date cell, or text 20/02/2023."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> dt.date | None:
        """The day; None for an empty cell."""
        if value is None or value == "":
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return parse_date(str(value))
        except DateFormatError as error:
            raise ValueError(str(error)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """20/02/2023."""
        return format_date(value) if value else ""


class WholeNumberWidget(widgets.Widget):
    """A count: a number cell, or text 40.000."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        """The number; None for an empty cell."""
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, float) and value.is_integer():
            return int(value)
        try:
            return parse_integer(str(value))
        except NumberFormatError as error:
            raise ValueError(str(error)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """A number cell."""
        return "" if value is None else value


class AmountWidget(widgets.Widget):
    """An exact number: a number cell, or text 1.234,5."""

    def __init__(self, places: int = 2) -> None:
        super().__init__()
        self.places = places

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        """The number; None for an empty cell. A number cell is read by its shortest digits."""
        if value is None or value == "":
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Decimal(str(value))
        try:
            return parse_decimal(str(value), self.places)
        except NumberFormatError as error:
            raise ValueError(str(error)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """1.234,5."""
        return "" if value is None else format_decimal(value, self.places, trim=True)


class ChoiceWidget(widgets.Widget):
    """A choice by its label, as pages show it; its stored value is understood too."""

    def __init__(self, choices: type[models.TextChoices]) -> None:
        super().__init__()
        self.labels = {str(value): str(label) for value, label in choices.choices}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The stored value."""
        text = normalise(str(value or ""))
        for stored, label in self.labels.items():
            if text.casefold() in (stored.casefold(), label.casefold()):
                return stored
        sentence = _("«%(text)s» không có trong danh sách. Chọn một trong: %(labels)s.")
        raise ValueError(sentence % {"text": text, "labels": "; ".join(self.labels.values())})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The label."""
        return self.labels.get(str(value), "")


class RecordWidget(widgets.Widget):
    """A related row by a natural key: `lookups` maps its fields to columns of the file.

    Only rows the person may read are found, so that a file tells nothing about the others.
    """

    def __init__(self, model: Any, lookups: dict[str, str], *, optional: bool = False) -> None:
        super().__init__()
        self.model, self.lookups, self.optional = model, lookups, optional
        self.actor: Any = None

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The row; ValueError where there is none, or more than one."""
        wanted = {
            path: normalise(str((row or {}).get(name) or "")) for path, name in self.lookups.items()
        }
        if self.optional and not any(wanted.values()):
            return None
        rows = self.model._default_manager.all()
        if self.actor is not None:
            rows = rows.visible_to(self.actor)
        found = list(rows.filter(**wanted)[:2])
        if len(found) == 1:
            return found[0]
        names = ", ".join(f"{self.lookups[path]} «{text}»" for path, text in wanted.items())
        if found:
            raise ValueError(_("Có nhiều bản ghi cùng %(names)s.") % {"names": names})
        raise ValueError(
            _("Không có bản ghi nào trong phạm vi của bạn với %(names)s.") % {"names": names}
        )

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The part of the key that stands in this column: the first one."""
        for step in next(iter(self.lookups)).split("__"):
            value = getattr(value, step, "") if value is not None else ""
        return plain_cell(value) or ""


# --- Columns --------------------------------------------------------------------------------------


class PortalField(fields.Field):
    """A column that may be missing from the file, and a sentence for every wrong cell."""

    def clean(self, row: Any, **kwargs: Any) -> Any:
        """The value of the cell; what is wrong names the column."""
        try:
            return super().clean(row, **kwargs)
        except ValueError as error:
            raise ValueError(f"{self.column_name}: {error}") from error


def column(
    attribute: str, title: Any, widget: widgets.Widget | None = None, *, readonly: bool = False
) -> PortalField:
    """A column of the file with its Vietnamese heading."""
    return PortalField(
        attribute=attribute,
        column_name=str(title),
        widget=widget or TextWidget(),
        readonly=readonly,
    )


class PatientLoader(ModelInstanceLoader):
    """A key that cannot be read makes a new row, so that all its cells are reported at once."""

    def get_instance(self, row: Any) -> Any:
        """The stored row of the key, or None."""
        try:
            return super().get_instance(row)
        except ValueError:
            return None


class PlainDiff(resources.Diff):
    """What changes in a row, as whole cells: the library's own has inline styles."""

    def as_html(self) -> list[str]:
        """Each cell: as it stays, or struck out before what replaces it."""
        return [
            _changed_cell("" if self.new else old, new)
            for old, new in zip(self.left, self.right, strict=False)
        ]


def _changed_cell(old: Any, new: Any) -> str:
    before, after = str(old), str(new)
    if before == after:
        return format_html("{}", after)
    if not before:
        return format_html("<ins>{}</ins>", after)
    return format_html("<del>{}</del> <ins>{}</ins>", before, after)


# --- Resource -------------------------------------------------------------------------------------


class PortalResource(resources.ModelResource):
    """The base of every importable record; `actor` is the person importing (None: the system)."""

    class Meta:
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True
        use_bulk = False
        instance_loader_class = PatientLoader

    def __init__(self, *, actor: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.actor = actor
        self._seen: dict[tuple[Any, ...], int] = {}
        for field in self.fields.values():
            if isinstance(field.widget, RecordWidget):
                field.widget.actor = actor

    @classmethod
    def get_diff_class(cls) -> type[resources.Diff]:
        """The preview's cells."""
        return PlainDiff

    # --- what is there ------------------------------------------------------------------------

    def get_queryset(self) -> models.QuerySet[Any]:
        """The rows the person may read."""
        rows: Any = self._meta.model._default_manager
        return rows.all() if self.actor is None else rows.visible_to(self.actor)

    # --- in -----------------------------------------------------------------------------------

    def import_data(self, dataset: Any, **kwargs: Any) -> Any:
        """All or nothing: a file with one wrong cell changes nothing."""
        self._seen.clear()
        kwargs["rollback_on_validation_errors"] = True
        return super().import_data(dataset, **kwargs)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse a file that lacks a column of the key, naming it."""
        present = {str(header or "").strip() for header in dataset.headers or ()}
        keys = [self.fields[name] for name in self.get_import_id_fields()]
        missing = [name for name in self._key_columns(keys) if name not in present]
        if missing:
            names = ", ".join(f"«{name}»" for name in missing)
            raise ValidationError(_("Tệp thiếu cột %(names)s.") % {"names": names})

    def _key_columns(self, keys: Iterable[fields.Field]) -> list[str]:
        names: list[str] = []
        for field in keys:
            lookups = getattr(field.widget, "lookups", {field.attribute: field.column_name})
            names += [name for name in lookups.values() if name not in names]
        return names

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Take off the mark that our own export puts before what looks like a formula."""
        for name, value in row.items():
            if isinstance(value, str) and value[:1] == "'" and value[1:2] in FORMULA_STARTS:
                row[name] = value[1:]

    def import_field(self, field: Any, instance: Any, row: Any, *args: Any, **kwargs: Any) -> None:
        """A column that the file does not have stays as it is."""
        lookups = getattr(field.widget, "lookups", {field.attribute: field.column_name})
        if field.attribute and set(lookups.values()) <= set(row):
            field.save(instance, row, **kwargs)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:  # noqa: FBT001
        """A key that stands twice in one file is an error, never a silent second edit."""
        key = self._key_of(row)
        number = kwargs.get("row_number", 0)
        if key is not None and key in self._seen:
            raise ValidationError(
                _("Trùng với dòng %(first)d của tệp: cùng một bản ghi chỉ được có một dòng.")
                % {"first": self._seen[key] + 1}
            )
        if key is not None:
            self._seen[key] = number

    def _key_of(self, row: Any) -> tuple[Any, ...] | None:
        try:
            return tuple(self.fields[name].clean(row) for name in self.get_import_id_fields())
        except (ValueError, KeyError):
            return None

    def validate_instance(
        self,
        instance: Any,
        import_validation_errors: Any = None,
        validate_unique: bool = True,  # noqa: FBT001, FBT002
    ) -> None:
        """The person's scope, then the model's own rules; a foreign row tells nothing of itself."""
        if self.actor is not None and not import_validation_errors and not self._may_save(instance):
            raise ValidationError(
                _("Dòng này thuộc đơn vị hoặc lĩnh vực ngoài phạm vi của bạn; không được ghi.")
            )
        super().validate_instance(instance, import_validation_errors, validate_unique)

    def _may_save(self, instance: Any) -> bool:
        if not stays_editable(self.actor, instance):
            return False
        if instance.pk is None:
            return True
        editable = type(instance)._default_manager.editable_by(self.actor)
        return bool(editable.filter(pk=instance.pk).exists())

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:  # noqa: FBT001
        """Through the plain service; a dry run writes nothing, not even to roll it back."""
        if not self._is_dry_run(kwargs):
            record_save(actor=self.actor, record=instance, reason=REASON)

    def save_m2m(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Nothing: files hold columns of the row only."""

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """No reset of sequences: a row saved meanwhile by somebody else would then fail."""
