"""DRF's defaults for this portal, apart from the views so that settings can name them."""

from __future__ import annotations

from typing import Any

from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from damha_portal.core.access import Right, Sector, access_of, missing_right


class PortalPagination(PageNumberPagination):
    """Pages of 50, at most 500 on request."""

    page_size_query_param = "page_size"
    max_page_size = 500


class MemberPermission(BasePermission):
    """A signed-in person with the right the view declares; reading asks for membership only."""

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ANN401  (any view)
        """Whether the request may reach the view."""
        access = access_of(request.user)
        if access is None:
            return False
        sector: Sector | None = getattr(view, "required_sector", None)
        right: Right = getattr(view, "required_right", Right.MEMBER)
        if request.method not in SAFE_METHODS:
            right = getattr(view, "writing_right", right)
        if not access.holds(right, sector):
            self.message = missing_right(right, sector)
            return False
        return access.holds_any()
