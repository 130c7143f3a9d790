"""Fields that choose related records: what tells two rows of one name apart, in few queries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import Sector, access_of
from damha_portal.core.dates import format_date
from ocop.models import Product

STARS = [(star, _("%(star)d sao") % {"star": star}) for star in range(1, 6)]
FIRST_YEAR, LAST_YEAR = 2013, 2100  # Quảng Ninh began the programme in 2013


class ProductField(forms.ModelChoiceField):
    """A product, named with its producer: two producers may both make “Củ cải khô”."""

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401  (Django's signature)
        """Name and producer."""
        return f"{obj} — {obj.producer}"


class ProductsField(forms.ModelMultipleChoiceField):
    """Several products, named with their producers."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401  (Django's signature)
        """Name and producer."""
        return f"{obj} — {obj.producer}"


def product_field() -> ProductField:
    """The field of every form about one product."""
    return ProductField(Product.objects.select_related("producer"), label=_("Sản phẩm"))


def year_field(label: Any, help_text: Any = "") -> forms.IntegerField:  # noqa: ANN401  (lazy text)
    """A year: no thousands separator, and nothing before the programme began."""
    years = {"min": FIRST_YEAR, "max": LAST_YEAR}
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        error_messages={
            "invalid": _("Năm gồm bốn chữ số, ví dụ 2023."),
            "min_value": _("Năm phải từ %(min)d đến %(max)d.") % years,
            "max_value": _("Năm phải từ %(min)d đến %(max)d.") % years,
        },
    )


class StarField(forms.TypedChoiceField):
    """The awarded star, one to five."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        kwargs.setdefault("label", _("Hạng sao"))
        kwargs.setdefault("choices", [("", _("— chọn —")), *STARS])
        kwargs.setdefault("coerce", int)
        kwargs.setdefault("error_messages", {"invalid_choice": _("Hạng sao phải từ 1 đến 5.")})
        super().__init__(**kwargs)


class UnitField(forms.ModelChoiceField):
    """An administrative unit; its years are named where they ended, because names come back."""

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401  (Django's signature)
        """Kind, name, and the last day where there is one."""
        if obj.valid_to is None:
            return str(obj.full_name)
        return _("%(name)s (đến hết %(day)s)") % {
            "name": obj.full_name,
            "day": format_date(obj.valid_to),
        }


def limit_to_own_units(field: Any, user: Any) -> None:  # noqa: ANN401  (a model choice; User)
    """Offer only units whose OCOP records `user` may change; all where nothing limits it."""
    access = access_of(user)
    allowed = access.editable_units(Sector.OCOP) if access is not None else None
    if allowed is not None:
        field.queryset = field.queryset.filter(pk__in=allowed)
