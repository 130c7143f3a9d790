"""Form fields that read Vietnamese strictly and give back exactly what was typed.

The model fields of `core.modelfields` bring them along; plain forms name them.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from damha_portal.core.dates import DateFormatError, format_date, parse_date, parse_month
from damha_portal.core.numbers import (
    NumberFormatError,
    format_decimal,
    format_integer,
    parse_decimal,
    parse_integer,
)
from damha_portal.core.vietnamese import looks_like_legacy_encoding, normalise, normalise_lines

# --- Text -----------------------------------------------------------------------------------------

# Control characters other than spaces and line breaks, marks that turn the direction of the text
# around them, halves of characters, and the sign that stands for a broken one.
_UNREADABLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd]"
)


def validate_readable_text(text: str) -> None:
    """ValidationError for control characters, broken characters, and encodings before Unicode."""
    if match := _UNREADABLE.search(text):
        raise ValidationError(
            _(
                "Có ký tự không đọc được (mã U+%(code)s) ở vị trí %(position)s. "
                "Hãy xoá ký tự đó rồi lưu lại."
            ),
            code="unreadable",
            params={"code": f"{ord(match[0]):04X}", "position": match.start() + 1},
        )
    if looks_like_legacy_encoding(text):
        raise ValidationError(
            _(
                "Chữ này gõ bằng bảng mã cũ (TCVN3 hoặc VNI) nên sẽ không tìm được. "
                "Hãy chuyển sang Unicode rồi nhập lại."
            ),
            code="legacy_encoding",
        )


class CleanCharField(forms.CharField):
    """Text as it is stored: NFC with plain spaces. `multiline` keeps the line breaks."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": gettext_lazy("Ô này không được để trống."),
        "max_length": gettext_lazy(
            "Dài quá: nhiều nhất %(limit_value)d ký tự, hiện có %(show_value)d ký tự."
        ),
        "min_length": gettext_lazy(
            "Ngắn quá: ít nhất %(limit_value)d ký tự, hiện có %(show_value)d ký tự."
        ),
    }

    def __init__(self, *, multiline: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """The normalised text; what cannot be read is refused before it is tidied away."""
        if value in self.empty_values:
            return self.empty_value
        text = str(value)
        validate_readable_text(text)
        return (normalise_lines if self.multiline else normalise)(text) or self.empty_value


# --- Figures and days -----------------------------------------------------------------------------


class TypedTextInput(forms.TextInput):
    """A text box for a figure: typed text comes back as typed, a value in Vietnamese writing."""

    keyboard = "numeric"
    hint = ""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        shown = {"inputmode": self.keyboard, "autocomplete": "off"}
        if self.hint:
            shown["placeholder"] = self.hint
        super().__init__({**shown, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:  # noqa: ANN401  (Django's signature)
        """Text untouched, everything else written the Vietnamese way; None for nothing."""
        return None if value is None or value == "" else written(value)


class IntegerInput(TypedTextInput):
    """A box for a whole number."""


class DecimalInput(TypedTextInput):
    """A box for a number with decimals."""

    keyboard = "decimal"


class DayInput(TypedTextInput):
    """A box for a day, dd/mm/yyyy."""

    hint = "dd/mm/yyyy"


class MonthInput(TypedTextInput):
    """A box for a month, mm/yyyy."""

    hint = "mm/yyyy"

    def format_value(self, value: Any) -> str | None:  # noqa: ANN401  (Django's signature)
        """A date as its month."""
        return f"{value:%m/%Y}" if isinstance(value, dt.date) else super().format_value(value)


def written(value: Any) -> str:  # noqa: ANN401  (whatever a field may hold)
    """A value in Vietnamese writing; text stays as it was typed."""
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return format_date(value)
    if isinstance(value, Decimal):
        return format_decimal(value, places=_places_of(value))
    return format_integer(value) if isinstance(value, int) else str(value)


def _places_of(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


class StrictField(forms.Field):
    """What figure and day fields share: sentences, limits in our writing, faithful redisplay."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": gettext_lazy("Ô này không được để trống."),
        "too_small": gettext_lazy("%(label)s không được nhỏ hơn %(limit)s."),
        "too_large": gettext_lazy("%(label)s không được lớn hơn %(limit)s."),
    }

    def __init__(self, *, min_value: Any = None, max_value: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    @property
    def spoken_label(self) -> str:
        """What the sentences call the field."""
        return str(self.label) if self.label else _("Giá trị")

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """The text of a value, for every widget, the hidden one too."""
        return None if value is None else self.written(value)

    def written(self, value: Any) -> str:  # noqa: ANN401  (a value of the field or typed text)
        """The value as it stands in the box."""
        return written(value)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """The value that was typed, None for an empty box."""
        if value is None or (isinstance(value, str) and not normalise(value)):
            return None
        try:
            return self.read(value)
        except (NumberFormatError, DateFormatError) as error:
            raise ValidationError(str(error), code="invalid") from error

    def read(self, value: Any) -> Any:  # noqa: ANN401  (text, or a value from code)
        """The value of the field; NumberFormatError or DateFormatError with a sentence."""
        raise NotImplementedError

    def validate(self, value: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Required, and within the limits."""
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise self._beyond("too_small", self.min_value)
        if self.max_value is not None and value > self.max_value:
            raise self._beyond("too_large", self.max_value)

    def _beyond(self, code: str, limit: Any) -> ValidationError:  # noqa: ANN401  (see read)
        params = {"label": self.spoken_label, "limit": self.written(limit)}
        return ValidationError(self.error_messages[code], code=code, params=params)


class VietnameseIntegerField(StrictField):
    """A whole number, 40.000 or 40000. Negative only where `min_value` is."""

    widget = IntegerInput

    def read(self, value: Any) -> int:  # noqa: ANN401  (see StrictField)
        """The whole number."""
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        negative = self.min_value is not None and self.min_value < 0
        return parse_integer(str(value), label=self.spoken_label, allow_negative=negative)


class VietnameseDecimalField(StrictField):
    """A number with at most `decimal_places` decimals, 1.234,5.

    Negative only where `min_value` is.
    """

    widget = DecimalInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "too_long": gettext_lazy("%(label)s quá lớn: nhiều nhất %(limit)s chữ số trước dấu phẩy."),
    }

    def __init__(
        self,
        *,
        max_digits: int | None = None,
        decimal_places: int = 2,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        self.max_digits, self.decimal_places = max_digits, decimal_places
        super().__init__(**kwargs)

    def written(self, value: Any) -> str:  # noqa: ANN401  (see StrictField)
        """The value without zeros at the end of its decimals: 12,5 for 12.50."""
        if isinstance(value, Decimal):
            return format_decimal(value, places=self.decimal_places, trim=True)
        return super().written(value)

    def read(self, value: Any) -> Decimal:  # noqa: ANN401  (see StrictField)
        """The number."""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
        negative = self.min_value is not None and self.min_value < 0
        return parse_decimal(
            str(value), self.decimal_places, label=self.spoken_label, allow_negative=negative
        )

    def validate(self, value: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Within the limits, and short enough for its column."""
        super().validate(value)
        if value is None or self.max_digits is None:
            return
        whole = self.max_digits - self.decimal_places
        if abs(value) >= 10**whole:
            params = {"label": self.spoken_label, "limit": whole}
            raise ValidationError(self.error_messages["too_long"], code="too_long", params=params)


_DAY_LIMITS: dict[str, Any] = {
    "too_small": gettext_lazy("%(label)s không được trước %(limit)s."),
    "too_large": gettext_lazy("%(label)s không được sau %(limit)s."),
}


class DayFirstDateField(StrictField):
    """A day, 20/02/2023."""

    widget = DayInput
    default_error_messages = _DAY_LIMITS

    def read(self, value: Any) -> dt.date:  # noqa: ANN401  (see StrictField)
        """The day."""
        if isinstance(value, dt.datetime):
            return value.date()
        return value if isinstance(value, dt.date) else parse_date(str(value))


class MonthField(StrictField):
    """A month, 09/2023, kept as its first day."""

    widget = MonthInput
    default_error_messages = _DAY_LIMITS

    def written(self, value: Any) -> str:  # noqa: ANN401  (see StrictField)
        """The month of a date."""
        return f"{value:%m/%Y}" if isinstance(value, dt.date) else super().written(value)

    def read(self, value: Any) -> dt.date:  # noqa: ANN401  (see StrictField)
        """The first day of the month."""
        if isinstance(value, dt.date):
            return dt.date(value.year, value.month, 1)
        return parse_month(str(value))
