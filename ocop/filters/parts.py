"""Filters that several lists share. Computed states are asked for today."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import AdminUnit
from ocop.choices import UnitField
from ocop.models import Producer, Product

YES, NO = "yes", "no"


class UnitFilter(django_filters.ModelChoiceFilter):
    """Rows of one commune; names that come back are told apart by their years."""

    field_class = UnitField

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  (library signature)
        kwargs.setdefault("label", _("Xã, thị trấn"))
        super().__init__(queryset=AdminUnit.objects.communes(), **kwargs)


class YearFilter(django_filters.NumberFilter):
    """One year, typed."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  (library signature)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "size": 6}))
        super().__init__(**kwargs)


class YesNoFilter(django_filters.ChoiceFilter):
    """Two answers in the words of the list; `method` decides what they mean."""

    def __init__(self, yes: Any, no: Any, **kwargs: Any) -> None:  # noqa: ANN401  (lazy text)
        kwargs.setdefault("empty_label", _("— tất cả —"))
        super().__init__(choices=[(YES, yes), (NO, no)], **kwargs)


def choices(field: str, label: Any, options: Any, **kwargs: Any) -> django_filters.ChoiceFilter:  # noqa: ANN401  (lazy text; choices)
    """One of a column's choices."""
    return django_filters.ChoiceFilter(
        field_name=field, label=label, choices=options, empty_label=_("— tất cả —"), **kwargs
    )


def one_product(**kwargs: Any) -> django_filters.ModelChoiceFilter:  # noqa: ANN401
    """The rows of one product, as links from its page ask; not shown as a list of all products."""
    return django_filters.ModelChoiceFilter(
        field_name="product",
        label=_("Sản phẩm"),
        queryset=Product.objects.all(),
        widget=forms.HiddenInput,
        **kwargs,
    )


def one_producer(**kwargs: Any) -> django_filters.ModelChoiceFilter:  # noqa: ANN401
    """The rows of one producer."""
    return django_filters.ModelChoiceFilter(
        field_name="producer",
        label=_("Chủ thể"),
        queryset=Producer.objects.all(),
        widget=forms.HiddenInput,
        **kwargs,
    )
