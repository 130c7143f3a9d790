"""The API of the OCOP records; `damha_portal.api` registers the routes."""

from ocop.api.cycle import ParticipationViewSet, RecognitionViewSet, SupportViewSet
from ocop.api.market import (
    CodeViewSet,
    PlatformListingViewSet,
    PlatformViewSet,
    RetailChainViewSet,
    RetailListingViewSet,
    RetailOutletViewSet,
)
from ocop.api.producer import ProducerViewSet, ProductViewSet
from ocop.api.reference import ProductGroupViewSet, ProductSubgroupViewSet, RuleSetViewSet

routes: list[tuple[str, type]] = [
    ("producers", ProducerViewSet),
    ("products", ProductViewSet),
    ("participations", ParticipationViewSet),
    ("recognitions", RecognitionViewSet),
    ("support-activities", SupportViewSet),
    ("traceability-codes", CodeViewSet),
    ("platforms", PlatformViewSet),
    ("platform-listings", PlatformListingViewSet),
    ("retail-chains", RetailChainViewSet),
    ("retail-outlets", RetailOutletViewSet),
    ("retail-listings", RetailListingViewSet),
    ("rule-sets", RuleSetViewSet),
    ("product-groups", ProductGroupViewSet),
    ("product-subgroups", ProductSubgroupViewSet),
]
