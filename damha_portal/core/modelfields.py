"""Model fields: text stored in one spelling, columns derived from it, figures typed strictly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from damha_portal.core.formfields import (
    CleanCharField,
    DayFirstDateField,
    DayInput,
    DecimalInput,
    IntegerInput,
    MonthField,
    MonthInput,
    VietnameseDecimalField,
    VietnameseIntegerField,
    validate_readable_text,
)
from damha_portal.core.periods import month_start
from damha_portal.core.vietnamese import (
    fold,
    normalise,
    normalise_lines,
    person_sort_text,
    place_sort_text,
    sort_text,
)

# --- Text -----------------------------------------------------------------------------------------


class _NormalisedText(models.Field):
    """Text that is normalised on every way in: forms, code, bulk inserts, updates, lookups."""

    default_validators = [validate_readable_text]

    def normalised(self, value: Any) -> Any:  # noqa: ANN401  (text, None or an expression)
        """The stored spelling of text; anything else untouched."""
        return normalise(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """Normalised text."""
        return self.normalised(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """Normalised text, also for `update()` and for lookups."""
        return self.normalised(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ANN401, FBT001  (Django's signature)
        """Give the instance the spelling that is stored."""
        value = self.normalised(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class NameField(_NormalisedText, models.CharField):
    """One line of text: a name, a title, a number of a document. 255 characters unless told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        kwargs.setdefault("max_length", 255)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """A field that normalises and refuses what cannot be read."""
        return super().formfield(**{"form_class": CleanCharField, **kwargs})


class NoteField(_NormalisedText, models.TextField):
    """Text of several lines; line breaks stay."""

    def normalised(self, value: Any) -> Any:  # noqa: ANN401  (see _NormalisedText)
        """Every line normalised."""
        return normalise_lines(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """A text area that normalises and refuses what cannot be read."""
        return super().formfield(**{"form_class": CleanCharField, "multiline": True, **kwargs})


class WebAddressField(models.URLField):
    """A web address; one typed without a scheme is read as https."""

    def formfield(self, **kwargs: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """A box that completes "postmart.vn" to "https://postmart.vn"."""
        return super().formfield(**{"assume_scheme": "https", **kwargs})


# --- Text derived from other fields ---------------------------------------------------------------


class DerivedTextField(models.TextField):
    """Text computed from `sources`, attributes of the same instance, whenever a row is saved.

    `save()` and `bulk_create()` compute it. `bulk_update()` and `save(update_fields=…)` write only
    what they are told: name the field there, and for `bulk_update()` set it to `compute(instance)`.
    """

    sources: tuple[str, ...]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        kwargs["editable"] = False
        kwargs["blank"] = True
        kwargs["default"] = ""
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Without what `__init__` settles by itself."""
        name, path, args, kwargs = super().deconstruct()
        for settled in ("editable", "blank", "default"):
            kwargs.pop(settled, None)
        return name, path, args, kwargs

    def compute(self, instance: models.Model) -> str:
        """The text of `instance` as it is now."""
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  (Django's signature)
        """Compute, and give the instance what is stored."""
        value = self.compute(model_instance)
        setattr(model_instance, self.attname, value)
        return value


def _source_text(instance: models.Model, sources: Sequence[str]) -> str:
    values = (getattr(instance, source) for source in sources)
    return " ".join(str(value) for value in values if value is not None and value != "")


class FoldedTextField(DerivedTextField):
    """What people search in: `fold` of the joined sources."""

    non_db_attrs = (*models.Field.non_db_attrs, "sources")

    def __init__(self, *args: Any, sources: Sequence[str] = (), **kwargs: Any) -> None:  # noqa: ANN401
        self.sources = tuple(sources)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """With the sources."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources}

    def compute(self, instance: models.Model) -> str:
        """The folded sources of `instance`."""
        return fold(_source_text(instance, self.sources))


_SORT_TEXTS: dict[str, Callable[[str], str]] = {
    "text": sort_text,
    "place": place_sort_text,
    "person": person_sort_text,
}


class SortTextField(DerivedTextField):
    """What lists are ordered by: Vietnamese order of one source.

    `kind` is "text", "place" (without "xã", "thị trấn", … in front) or "person" (by given name).
    """

    non_db_attrs = (*models.Field.non_db_attrs, "source", "kind")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  (Django's signature)
        source: str = "name",
        kind: str = "text",
        **kwargs: Any,  # noqa: ANN401  (Django's signature)
    ) -> None:
        if kind not in _SORT_TEXTS:
            raise ValueError(f"kind is one of {', '.join(_SORT_TEXTS)}, not {kind!r}")
        self.source, self.kind = source, kind
        self.sources = (source,)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """With the source, and the kind where it is not the usual one."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        if self.kind != "text":
            kwargs["kind"] = self.kind
        return name, path, args, kwargs

    def compute(self, instance: models.Model) -> str:
        """The sort text of `instance`."""
        return _SORT_TEXTS[self.kind](_source_text(instance, self.sources))


# --- Figures and days -----------------------------------------------------------------------------

_NOT_NEGATIVE = MinValueValidator(0, _("Không được là số âm."))


def _own_widget(
    kwargs: dict[str, Any], own: type[forms.Widget], foreign: type[forms.Widget]
) -> None:
    """Replace a `foreign` widget by our `own`: admin hands in boxes that read figures its way."""
    widget = kwargs.get("widget")
    widget_class = widget if isinstance(widget, type) else type(widget)
    if issubclass(widget_class, foreign):
        kwargs["widget"] = own


class WholeNumberField(models.BigIntegerField):
    """A count. NULL is unknown, zero is zero; negative only with `allow_negative`."""

    def __init__(self, *args: Any, allow_negative: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        self.allow_negative = allow_negative
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """With `allow_negative` where it is set."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"allow_negative": True} if self.allow_negative else {})

    @cached_property
    def validators(self) -> list[Any]:
        """The column's range, and zero as the least."""
        return [*super().validators, *([] if self.allow_negative else [_NOT_NEGATIVE])]

    def to_python(self, value: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """A whole number; Django would cut the fraction off a float or a decimal."""
        if isinstance(value, float | Decimal) and value != value // 1:
            raise ValidationError(_("Phải là số nguyên."), code="invalid")
        return super().to_python(value)

    def formfield(self, **kwargs: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """A box that reads 40.000 and 40000 and asks about "40.00"."""
        _own_widget(kwargs, IntegerInput, forms.NumberInput)
        return super().formfield(
            **{
                "form_class": VietnameseIntegerField,
                "min_value": -self.MAX_BIGINT if self.allow_negative else 0,
                **kwargs,
            }
        )


class AmountField(models.DecimalField):
    """A measured number or a sum of money, exact. 18 digits, 2 of them decimals, unless told."""

    def __init__(self, *args: Any, allow_negative: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        self.allow_negative = allow_negative
        # Django passes both by name everywhere, migrations included.
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """With `allow_negative` where it is set."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"allow_negative": True} if self.allow_negative else {})

    @cached_property
    def validators(self) -> list[Any]:
        """Digits, and zero as the least."""
        return [*super().validators, *([] if self.allow_negative else [_NOT_NEGATIVE])]

    def to_python(self, value: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """An exact number; a float is refused, never rounded into one."""
        if isinstance(value, float):
            raise ValidationError(_("Phải là số chính xác, không phải số thực."), code="invalid")
        return super().to_python(value)

    def formfield(self, **kwargs: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """A box that reads 1.234,5 and asks about "1234.5"."""
        _own_widget(kwargs, DecimalInput, forms.NumberInput)
        least = {"min_value": -(10 ** (self.max_digits - self.decimal_places))}
        return super().formfield(
            **{
                "form_class": VietnameseDecimalField,
                **(least if self.allow_negative else {"min_value": 0}),
                **kwargs,
            }
        )


class DayField(models.DateField):
    """A day, typed 20/02/2023."""

    def formfield(self, **kwargs: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """A box that reads day first only."""
        _own_widget(kwargs, DayInput, forms.DateInput)
        return super().formfield(**{"form_class": DayFirstDateField, **kwargs})


class MonthDayField(models.DateField):
    """A month, stored as its first day, typed 09/2023. Lookups compare the day as given."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ANN401, FBT001  (Django's signature)
        """Any day of a month stands for the month."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, dt.date):
            value = month_start(value)
            setattr(model_instance, self.attname, value)
        return value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:  # noqa: ANN401  (Django's signature)
        """Only a first day names a month."""
        super().validate(value, model_instance)
        if isinstance(value, dt.date) and value.day != 1:
            raise ValidationError(_("Tháng được ghi bằng ngày đầu tháng."), code="invalid")

    def formfield(self, **kwargs: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """A box that reads month and year."""
        _own_widget(kwargs, MonthInput, forms.DateInput)
        return super().formfield(**{"form_class": MonthField, **kwargs})
