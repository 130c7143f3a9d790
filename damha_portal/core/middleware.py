"""Closed by default: no route is reached without the right it declares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from damha_portal.core.access import Right, access_of, missing_right, requirement_of


class ClosedByDefaultMiddleware:
    """Refuse every route whose right the person does not hold; unknown routes are refused too."""

    sync_capable: ClassVar[bool] = True
    async_capable: ClassVar[bool] = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; `process_view` decides once the route is known."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Let the view run, send to the login page, or raise PermissionDenied naming the right."""
        requirement = requirement_of(view)
        if requirement is None:
            raise PermissionDenied(_("Trang này chưa khai báo quyền truy cập."))
        if requirement.right == Right.PUBLIC or requirement.enforced_by_view:
            return None
        access = access_of(request.user)
        if access is None:
            return to_login(request)
        if not access.holds(requirement.right, requirement.sector):
            raise PermissionDenied(missing_right(requirement.right, requirement.sector))
        return None


def to_login(request: HttpRequest) -> HttpResponse:
    """Redirect to the login page; htmx is told to load it whole instead of swapping it in."""
    response = redirect_to_login(request.get_full_path())
    if getattr(request, "htmx", False):
        response["HX-Redirect"] = response["Location"]
        response.status_code = 200
    return response
