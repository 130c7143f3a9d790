"""Routes of the ocop application."""

from django.urls import path

from damha_portal.core.views import record_urls
from ocop.views.acts import (
    CodeTerminate,
    ParticipationAdvance,
    ParticipationUndo,
    RecognitionRevoke,
)
from ocop.views.cycle import ParticipationPages, RecognitionPages, SupportPages
from ocop.views.market import (
    CodePages,
    PlatformListingPages,
    PlatformPages,
    RetailChainPages,
    RetailListingPages,
    RetailOutletPages,
)
from ocop.views.producer import ProducerPages, ProductPages
from ocop.views.reference import ProductGroupPages, ProductSubgroupPages, RuleSetPages

app_name = "ocop"

PAGES = (
    ProducerPages,
    ProductPages,
    ParticipationPages,
    RecognitionPages,
    SupportPages,
    CodePages,
    PlatformPages,
    PlatformListingPages,
    RetailChainPages,
    RetailOutletPages,
    RetailListingPages,
    RuleSetPages,
    ProductGroupPages,
    ProductSubgroupPages,
)

urlpatterns = [
    path(
        "chu-trinh/<int:pk>/chuyen-buoc/",
        ParticipationAdvance.as_view(),
        name="participation-advance",
    ),
    path("chu-trinh/<int:pk>/go-buoc/", ParticipationUndo.as_view(), name="participation-undo"),
    path("cong-nhan/<int:pk>/thu-hoi/", RecognitionRevoke.as_view(), name="recognition-revoke"),
    path("truy-xuat/<int:pk>/cham-dut/", CodeTerminate.as_view(), name="code-terminate"),
    *(route for pages in PAGES for route in record_urls(pages)),
]
