"""Filters above a list: accent-free search and what is switched on."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from damha_portal.core.querysets import RecordQuerySet
from damha_portal.core.vietnamese import search_words


class SearchFilter(django_filters.CharFilter):
    """Every word must occur in the folded text: "lac do" finds "Lạc đỏ"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (library signature)
        kwargs.setdefault("label", _("Tìm"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "search", "maxlength": 200}))
        super().__init__(*args, **kwargs)

    def filter(self, qs: models.QuerySet[Any], value: str) -> models.QuerySet[Any]:
        """Rows in which every word occurs."""
        for word in search_words(value or ""):
            found = models.Q()
            for path in qs.model.search_paths:
                found |= models.Q(**{f"{path}__contains": word})
            qs = qs.filter(found)
        return qs


class RecordFilterSet(django_filters.FilterSet):
    """A filter set whose choices of scoped models are limited to what the person may read."""

    q = SearchFilter()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (library signature)
        super().__init__(*args, **kwargs)
        self.form.order_fields(["q"])
        for field in self.form.fields.values():
            queryset = getattr(field, "queryset", None)
            if isinstance(queryset, RecordQuerySet) and self.request is not None:
                field.queryset = queryset.visible_to(self.request.user)
            if hasattr(field, "empty_label") and field.empty_label is not None:
                field.empty_label = _("— tất cả —")


def active_filters(filterset: Any, request: HttpRequest) -> list[tuple[str, str]]:  # noqa: ANN401
    """Each filter in use: its words, and the address without it."""
    found = []
    for name, field in filterset.form.fields.items():
        values = [value for value in request.GET.getlist(name) if value]
        if not values:
            continue
        query = request.GET.copy()
        query.pop(name)
        query.pop("page", None)
        label = capfirst(str(field.label or name))
        shown = ", ".join(_shown(field, value) for value in values)
        found.append((f"{label}: {shown}", f"?{query.urlencode()}"))
    return found


def _shown(field: Any, value: str) -> str:  # noqa: ANN401
    queryset = getattr(field, "queryset", None)
    if queryset is not None:
        row = queryset.filter(pk=value).first() if value.isdigit() else None
        return str(row) if row else value
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, value))
