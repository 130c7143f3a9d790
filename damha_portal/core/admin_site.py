"""Django admin behind the portal's own login, for people with a membership."""

# ruff: noqa: ANN401  (the signatures are those of Django's admin)

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from damha_portal.core.access import Right, access_of, requires


class PortalAdminSite(AdminSite):
    """Staff with an active membership; what they see and change there is their scope."""

    site_header = gettext_lazy("Quản trị cổng OCOP và du lịch")
    site_title = gettext_lazy("Quản trị")
    index_title = gettext_lazy("Dữ liệu và danh mục")
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Signed in, active, staff, and a member of something today (or superuser)."""
        access = access_of(request.user)
        return access is not None and request.user.is_staff and access.holds_any()

    @requires(Right.PUBLIC)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The portal's login page; 403 for somebody who is signed in and may not enter."""
        target = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
            target = reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(target)
        if self.has_permission(request):
            return redirect(target)
        raise PermissionDenied(
            _("Tài khoản của bạn không vào được trang quản trị. Liên hệ người quản trị cổng.")
        )

    @requires(Right.PUBLIC)
    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The portal's own page, which asks and then signs out."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The portal's own page."""
        return redirect("account_change_password")
