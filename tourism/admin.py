"""Sites and monthly figures in Django admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from damha_portal.core.admin import ScopedAdmin
from tourism.models import MonthlyFigure, TouristSite
from tourism.services import monthly_figure_save


@admin.register(TouristSite)
class TouristSiteAdmin(ScopedAdmin):
    """Tourist sites."""

    list_display = ("name", "kind", "admin_unit", "is_listed_by_district", "recognition_ref")
    list_filter = ("kind", "heritage_level", "is_listed_by_district")
    list_select_related = ("admin_unit",)


@admin.register(MonthlyFigure)
class MonthlyFigureAdmin(ScopedAdmin):
    """Official monthly figures; their state moves on the pages only, by the transition table."""

    list_display = ("__str__", "status", "approved_by", "approved_at")
    list_filter = ("stage", "status")
    list_select_related = ("admin_unit", "approved_by")
    readonly_fields = ("status", "approved_by", "approved_at", "return_reason")
    date_hierarchy = "month"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Through the service: an approved figure that is changed must be approved again."""
        monthly_figure_save(actor=request.user, figure=obj)
