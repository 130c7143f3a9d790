"""The API's composition root: every application's viewsets under one router."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from damha_portal.accounts.api import TokenView
from damha_portal.documents import api as documents_api
from damha_portal.progress import api as progress_api
from ocop import api as ocop_api
from tourism import api as tourism_api


class PortalRouter(DefaultRouter):
    """One address a resource: the API speaks JSON only, so there is no `.json` to choose."""

    include_format_suffixes = False


router = PortalRouter()
for routes in (
    progress_api.routes,
    documents_api.routes,
    ocop_api.routes,
    tourism_api.routes,
):
    for prefix, viewset in routes:
        router.register(prefix, viewset, basename=prefix)

urlpatterns = [
    path("token/", TokenView.as_view(), name="api-token"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    path("", include(router.urls)),
]
