"""Filters above the list of documents."""

from __future__ import annotations

import django_filters
from django.db import models
from django.utils.translation import gettext_lazy as _

from damha_portal.core.filters import RecordFilterSet
from damha_portal.documents.enums import DocumentKind, Visibility
from damha_portal.documents.models import OfficialDocument


class OfficialDocumentFilter(RecordFilterSet):
    """By kind, year of issue, reach, and whether the date is known."""

    kind = django_filters.ChoiceFilter(
        label=_("Loại văn bản"), choices=DocumentKind.choices, empty_label=_("— mọi loại —")
    )
    year = django_filters.NumberFilter(
        label=_("Năm ban hành"),
        field_name="issued_on",
        lookup_expr="year",
        min_value=1900,
        max_value=2200,
    )
    visibility = django_filters.ChoiceFilter(
        label=_("Phạm vi"), choices=Visibility.choices, empty_label=_("— mọi phạm vi —")
    )
    dated = django_filters.ChoiceFilter(
        label=_("Ngày ban hành"),
        choices=[("yes", _("đã rõ")), ("no", _("chưa rõ"))],
        empty_label=_("— tất cả —"),
        method="filter_dated",
    )

    class Meta:
        model = OfficialDocument
        fields = ("kind", "year", "visibility")

    def filter_dated(
        self, queryset: models.QuerySet[OfficialDocument], _name: str, value: str
    ) -> models.QuerySet[OfficialDocument]:
        """Documents whose date of issue is known, or not."""
        return queryset.filter(issued_on__isnull=value == "no")
