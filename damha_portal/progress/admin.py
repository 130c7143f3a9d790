"""Plans in Django admin: next year's plan is made by copying this one, with no programmer."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from damha_portal.core.admin import ScopedAdmin
from damha_portal.progress.forms import TargetAdminForm
from damha_portal.progress.models import (
    ChecklistItem,
    Cohort,
    CohortMember,
    ManualFigure,
    Plan,
    PlanTask,
    Target,
)
from damha_portal.progress.plan_copy import plan_copy


class TargetInline(admin.TabularInline):
    """The plan's targets at a glance; each opens on its own page."""

    model = Target
    fields = ["code", "title", "metric_key", "comparator", "value", "unit"]
    readonly_fields = ["code", "title", "metric_key", "comparator", "value", "unit"]
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Targets are added on their own page, where every field is shown."""
        return False


@admin.register(Plan)
class PlanAdmin(ScopedAdmin):
    """Plans; the action copies one with its targets, tasks and empty cohorts."""

    list_display = ["short_title", "area", "period_start", "period_end", "status"]
    list_filter = ["status"]
    inlines = [TargetInline]
    actions = ["copy_to_next_year"]

    @admin.action(description=gettext_lazy("Sao chép thành kế hoạch năm sau (dự thảo)"))
    def copy_to_next_year(self, request: HttpRequest, queryset: QuerySet[Plan]) -> None:
        """One draft a plan; nothing of the original changes."""
        for plan in queryset:
            copy = plan_copy(actor=request.user, plan=plan)
            self.message_user(
                request,
                _(
                    "Đã tạo «%(plan)s» ở trạng thái dự thảo. Kiểm tra mức phải đạt, gốc so sánh và "
                    "các mốc trước khi chuyển sang «đang theo dõi»."
                )
                % {"plan": copy},
                messages.SUCCESS,
            )


class ChecklistInline(admin.TabularInline):
    """Names of the wording and the records they are linked to."""

    model = ChecklistItem
    extra = 0


@admin.register(Target)
class TargetAdmin(ScopedAdmin):
    """Targets: wording, reading, metric, thresholds, pace."""

    form = TargetAdminForm
    list_display = ["code", "title", "plan", "comparator", "value", "unit", "pace_method"]
    list_filter = ["plan"]
    inlines = [ChecklistInline]
    filter_horizontal = ["coordinators"]


class CohortMemberInline(admin.TabularInline):
    """The frozen records."""

    model = CohortMember
    extra = 0


@admin.register(Cohort)
class CohortAdmin(ScopedAdmin):
    """Frozen groups."""

    list_display = ["name", "plan", "frozen_on", "expected_size"]
    inlines = [CohortMemberInline]


@admin.register(PlanTask)
class PlanTaskAdmin(ScopedAdmin):
    """Tasks of a plan."""

    list_display = ["code", "wording", "plan", "lead"]
    list_filter = ["plan"]


@admin.register(ManualFigure)
class ManualFigureAdmin(ScopedAdmin):
    """Typed figures with their source."""

    list_display = ["target", "admin_unit", "as_of", "value"]
    list_filter = ["target"]
