"""People, bodies and units, kept by administrators."""

# ruff: noqa: ANN401  (the signatures are those of Django's admin)

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import ReadOnlyPasswordHashField
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken import admin as _token_admin  # noqa: F401  (registers TokenProxy)
from rest_framework.authtoken.models import Token, TokenProxy

from damha_portal.accounts.models import AdminUnit, Membership, Organisation, User
from damha_portal.core.access import Sector
from damha_portal.core.admin import ScopedAdmin, ScopedAdminForm, ScopedTabularInline

admin.site.unregister(Group)  # rights come from memberships
admin.site.unregister(TokenProxy)  # its pages show every key; see PersonAdmin.withdraw_tokens

#: The sectors a membership may be limited to; shared tables belong to every sector.
SECTOR_CHOICES = [(value, label) for value, label in Sector.choices if value != Sector.SHARED]


class SectorsField(forms.MultipleChoiceField):
    """The list of sectors as boxes to tick."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=SECTOR_CHOICES,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=_("lĩnh vực"),
            help_text=_("Cán bộ và người duyệt chỉ sửa dữ liệu của lĩnh vực được chọn."),
            **kwargs,
        )


class MembershipRowForm(forms.ModelForm):
    """A membership inside the person's page."""

    sectors = SectorsField()


class MembershipForm(ScopedAdminForm):
    """A membership on a page of its own."""

    sectors = SectorsField()


class MembershipInline(ScopedTabularInline):
    """What the person does where."""

    model = Membership
    form = MembershipRowForm
    fields = ("organisation", "role", "sectors", "valid_from", "valid_to")


class PersonForm(ScopedAdminForm):
    """A person; the password is changed on a page of its own."""

    password = ReadOnlyPasswordHashField(
        label=_("mật khẩu"),
        help_text=_("Mật khẩu không xem lại được; đặt mật khẩu mới bằng nút bên trên."),
    )


@admin.register(User)
class PersonAdmin(ScopedAdmin, UserAdmin):
    """People and their memberships; Django's groups and permissions grant nothing here."""

    form = PersonForm
    inlines = (MembershipInline,)
    actions = ("withdraw_tokens",)
    list_display = ("username", "full_name", "position", "email", "is_staff", "is_active")
    list_filter = ("is_active", "is_staff", "memberships__role")
    search_fields = ("username", "full_name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Người dùng"), {"fields": ("full_name", "position", "email", "phone")}),
        (_("Tài khoản"), {"fields": ("is_active", "is_staff", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "full_name", "email", "password1", "password2"),
            },
        ),
    )

    @admin.action(description=_("Thu hồi mã truy cập API của những người đã chọn"))
    def withdraw_tokens(self, request: HttpRequest, queryset: models.QuerySet[User]) -> None:
        """Programs that sign in for these people are refused from now on."""
        count, _by_model = Token.objects.filter(user__in=queryset).delete()
        self.message_user(request, _("Đã thu hồi %(count)d mã truy cập.") % {"count": count})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new person gets a name and a password first, memberships after."""
        return self.add_fieldsets if obj is None else super().get_fieldsets(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Memberships once the person exists."""
        return self.inlines if obj is not None else ()


@admin.register(Organisation)
class OrganisationAdmin(ScopedAdmin):
    """Bodies and offices, dated."""

    list_display = ("name", "kind", "parent", "admin_unit", "valid_from", "valid_to")
    list_filter = ("kind", "admin_unit")
    list_select_related = ("parent", "admin_unit")


@admin.register(AdminUnit)
class AdminUnitAdmin(ScopedAdmin):
    """Units of the State's map, dated."""

    list_display = ("code", "kind", "name", "parent", "valid_from", "valid_to")
    list_filter = ("kind", "valid_to")
    list_select_related = ("parent",)
    filter_horizontal = ("successors",)


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin):
    """Every role of everybody, to find who does what where."""

    form = MembershipForm
    list_display = ("user", "role", "organisation", "sectors", "valid_from", "valid_to")
    list_filter = ("role", "organisation__admin_unit")
    list_select_related = ("user", "organisation__admin_unit")
    search_fields = ("user__username", "user__full_name", "organisation__search_text")
