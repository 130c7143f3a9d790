"""Every application's routes, put together."""

from django.contrib import admin
from django.urls import include, path

from damha_portal.core.component_page import component_page

urlpatterns = [
    path("", include("damha_portal.dashboards.urls")),
    path("", include("damha_portal.core.urls")),
    path("ke-hoach/", include("damha_portal.progress.urls")),
    path("ocop/", include("ocop.urls")),
    path("du-lich/", include("tourism.urls")),
    path("van-ban/", include("damha_portal.documents.urls")),
    path("tai-khoan/", include("damha_portal.accounts.urls")),
    path("api/v1/", include("damha_portal.api")),
    path("quan-tri/", admin.site.urls),
    path("thanh-phan/", component_page, name="components"),
]
