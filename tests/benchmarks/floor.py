"""The floor: the least a Django page costs, in the same server processes as the portal.

gunicorn serves `application`: below /floor/ a plain Django page with Django's own middleware, a
session, its user, one query and 15 KB of HTML; everywhere else the portal itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "damha_portal.settings.local")

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test.utils import override_settings
from django.urls import path

portal = get_wsgi_application()

from damha_portal.accounts.models import AdminUnit  # noqa: E402  (after the applications are up)

#: What `startproject` writes, in its order.
PLAIN = [
    "tests.benchmarks.floor.own_routes",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
BYTES = 15 * 1024
TEXT = "<!doctype html><title>{{ user }}</title><p>{{ unit }}</p>" + "<p>floor</p>" * (BYTES // 12)
page = engines["django"].from_string(TEXT)

GetResponse = Callable[[HttpRequest], HttpResponse]


def own_routes(get_response: GetResponse) -> GetResponse:
    """Middleware: the routes of this module instead of the portal's."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__  # type: ignore[attr-defined]
        return get_response(request)

    return handle


def floor(request: HttpRequest) -> HttpResponse:
    """A session, a user, one query, 15 KB."""
    unit = AdminUnit.objects.order_by("pk").values_list("name", flat=True).first()
    return HttpResponse(page.render({"user": request.user.get_username(), "unit": unit}))


urlpatterns = [path("floor/", floor)]

with override_settings(MIDDLEWARE=PLAIN):
    plain = WSGIHandler()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Plain Django below /floor/, the portal elsewhere."""
    handler = plain if environ["PATH_INFO"].startswith("/floor/") else portal
    return handler(environ, start_response)
