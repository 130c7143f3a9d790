"""Pages that belong to no domain: search and help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from damha_portal.core.pages import Crumb
from damha_portal.core.search import search
from damha_portal.core.views import PortalView

QUERY_LIMIT = 200


class SearchPage(PortalView):
    """One box over everything the person may read."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The found records by kind."""
        query = request.GET.get("q", "")[:QUERY_LIMIT].strip()
        title = _("Tìm kiếm")
        return render(
            request,
            "core/search.html",
            {
                "title": title,
                "query": query,
                "groups": search(query, request.user),
                "breadcrumbs": [Crumb(title)],
            },
        )


class HelpPage(PortalView):
    """How to work with the portal, in words."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        title = _("Trợ giúp")
        return render(request, "core/help.html", {"title": title, "breadcrumbs": [Crumb(title)]})
