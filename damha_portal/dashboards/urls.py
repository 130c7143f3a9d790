"""Routes of the home pages."""

from django.urls import path

from damha_portal.dashboards.views import MyWork, Overview

urlpatterns = [
    path("", Overview.as_view(), name="overview"),
    path("viec-cua-toi/", MyWork.as_view(), name="my-work"),
]
