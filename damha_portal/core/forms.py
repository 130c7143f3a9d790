"""The form every record is typed into: scope-limited choices, strict fields, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from damha_portal.core.querysets import RecordQuerySet

NOTE_ROWS = 4


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that two people changed: what I typed, what is stored, what I had opened."""

    label: str
    mine: str
    theirs: str
    original: str


class VersionConflictError(Exception):
    """Somebody else saved the record after this form was opened."""


def version_of(record: models.Model) -> str:
    """The record's version: the key of its newest history row, "" before it is saved."""
    if record.pk is None:
        return ""
    history: Any = record.history  # type: ignore[attr-defined]
    newest = history.order_by("-history_id").values_list("history_id", flat=True).first()
    return "" if newest is None else str(newest)


def newest_version(model: Any) -> models.Subquery:  # noqa: ANN401  (a record model)
    """`version_of` as an expression, read in one statement with the row itself."""
    rows = model.history.model.objects.filter(**{model._meta.pk.attname: models.OuterRef("pk")})
    return models.Subquery(rows.order_by("-history_id").values("history_id")[:1])


class RecordForm(forms.ModelForm):
    """A model form that knows its user and notices when somebody else saved meanwhile.

    Choices of scoped models are limited to what the user may read. `version` travels with the
    form; `conflicts()` lists the fields changed by others since then, with all three texts.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial["version"] = self._version_read()
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                self._limit_choices(field)
            elif isinstance(field, forms.ChoiceField):
                self._name_the_blank(field)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = NOTE_ROWS

    def _version_read(self) -> str:
        """The version the row was read with, where its view read both at once."""
        read = getattr(self.instance, "version_read", None)
        return version_of(self.instance) if read is None else str(read)

    def _limit_choices(self, field: forms.ModelChoiceField) -> None:
        queryset = field.queryset
        if isinstance(queryset, RecordQuerySet):
            field.queryset = queryset.visible_to(self.user)
        if not isinstance(field, forms.ModelMultipleChoiceField):
            field.empty_label = _("— chọn —")

    def _name_the_blank(self, field: forms.ChoiceField) -> None:
        options: list[Any] = list(field.choices)  # type: ignore[arg-type]  # stubs: any iterable
        if options and options[0][0] == "":
            field.choices = [("", _("— chọn —")), *options[1:]]

    def clean_version(self) -> str:
        """The version the form was opened with."""
        value: str = self.cleaned_data["version"]
        return value

    def opened_version_is_stale(self) -> bool:
        """Whether the stored record is newer than the one this form shows."""
        opened = self.data.get(self.add_prefix("version"), "")
        return bool(self.instance.pk) and opened != version_of(self.instance)

    def conflicts(self) -> list[Conflict]:
        """Fields that differ between what was opened and what is stored now, with my text."""
        record = self.instance
        opened = self.data.get(self.add_prefix("version"), "")
        history: Any = record.history
        stored = type(record)._base_manager.get(pk=record.pk)
        original = history.filter(history_id=opened).first() if opened.isdigit() else None
        found = []
        for name in self.fields:
            if name == "version" or not _is_column(record, name):
                continue
            theirs = display_value(stored, name)
            before = display_value(original, name) if original else ""
            mine = str(self[name].value() or "")
            if original is None or theirs != before:
                label = capfirst(str(self.fields[name].label or name))
                found.append(Conflict(label, self._shown(name, mine), theirs, before))
        return found

    def _shown(self, name: str, typed: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField) and typed:
            rows: Any = field.queryset
            match = rows.filter(pk=typed).first() if typed.isdigit() else None
            return str(match) if match else typed
        if isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            return str(dict(choices).get(typed, typed))
        return typed


def _is_column(record: models.Model, name: str) -> bool:
    return any(field.name == name for field in record._meta.concrete_fields)


def display_value(record: Any, name: str) -> str:  # noqa: ANN401  (a record or its history row)
    """The text people read for one column of `record`."""
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name, None)
    if value is None:
        return ""
    field = record._meta.get_field(name)
    form_field = field.formfield()
    if form_field is not None and not display and not field.is_relation:
        return str(form_field.prepare_value(value))
    return str(value)


class ReasonForm(forms.Form):
    """Asks why, where a rule wants a reason."""

    reason = forms.CharField(
        label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
