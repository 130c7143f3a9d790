"""Filters above the lists of sites and figures."""

from __future__ import annotations

import django_filters
from django.db import models
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.filters import RecordFilterSet
from tourism.enums import FigureStage, FigureStatus, HeritageLevel, SiteKind
from tourism.models import MonthlyFigure, TouristSite
from tourism.models.figure import FigureQuerySet
from tourism.models.site import SiteQuerySet

YES_NO = [("yes", _("đã công nhận")), ("no", _("chưa công nhận"))]


class TouristSiteFilter(RecordFilterSet):
    """By kind, place, heritage level, the district's list, and recognition."""

    kind = django_filters.ChoiceFilter(
        label=_("Loại"), choices=SiteKind.choices, empty_label=_("— mọi loại —")
    )
    admin_unit = django_filters.ModelChoiceFilter(
        label=_("Xã, thị trấn"),
        queryset=AdminUnit.objects.all(),
        empty_label=_("— mọi địa bàn —"),
    )
    heritage_level = django_filters.ChoiceFilter(
        label=_("Di tích"),
        choices=[(value, label) for value, label in HeritageLevel.choices if value],
        empty_label=_("— tất cả —"),
    )
    listed = django_filters.ChoiceFilter(
        label=_("Danh mục của huyện"),
        field_name="is_listed_by_district",
        choices=[("True", _("có")), ("False", _("không"))],
        empty_label=_("— tất cả —"),
    )
    recognised = django_filters.ChoiceFilter(
        label=_("Công nhận điểm du lịch"),
        choices=YES_NO,
        empty_label=_("— tất cả —"),
        method="filter_recognised",
    )

    class Meta:
        model = TouristSite
        fields = ("kind", "admin_unit", "heritage_level")

    def filter_recognised(self, queryset: SiteQuerySet, _name: str, value: str) -> SiteQuerySet:
        """With a decision of recognition, or without."""
        return queryset.recognised() if value == "yes" else queryset.not_recognised()


class MonthlyFigureFilter(RecordFilterSet):
    """By area, year, stage and state."""

    admin_unit = django_filters.ModelChoiceFilter(
        label=_("Địa bàn"), queryset=AdminUnit.objects.all(), empty_label=_("— mọi địa bàn —")
    )
    year = django_filters.NumberFilter(
        label=_("Năm"), field_name="month", lookup_expr="year", min_value=1900, max_value=2200
    )
    stage = django_filters.ChoiceFilter(
        label=_("Loại số liệu"), choices=FigureStage.choices, empty_label=_("— cả hai —")
    )
    status = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=FigureStatus.choices, empty_label=_("— mọi trạng thái —")
    )
    official = django_filters.ChoiceFilter(
        label=_("Số chính thức"),
        choices=[("yes", _("chỉ số chính thức"))],
        empty_label=_("— tất cả —"),
        method="filter_official",
    )

    class Meta:
        model = MonthlyFigure
        fields = ("admin_unit", "year", "stage", "status")

    def filter_official(
        self, queryset: FigureQuerySet, _name: str, _value: str
    ) -> models.QuerySet[MonthlyFigure]:
        """The figures that targets count."""
        return queryset.official()
