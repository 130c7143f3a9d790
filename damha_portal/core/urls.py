"""Routes of the kernel: search, help, health."""

from django.urls import path

from damha_portal.core.health import healthz, readyz
from damha_portal.core.site_pages import HelpPage, SearchPage

urlpatterns = [
    path("tim-kiem/", SearchPage.as_view(), name="search"),
    path("tro-giup/", HelpPage.as_view(), name="help"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
