"""Filters of the OCOP lists; the API uses the same ones."""

from ocop.filters.cycle import ParticipationFilter, RecognitionFilter, SupportFilter
from ocop.filters.market import (
    CodeFilter,
    PlatformFilter,
    PlatformListingFilter,
    RetailChainFilter,
    RetailListingFilter,
    RetailOutletFilter,
)
from ocop.filters.producer import ProducerFilter, ProductFilter
from ocop.filters.reference import ProductGroupFilter, ProductSubgroupFilter, RuleSetFilter

__all__ = [
    "CodeFilter",
    "ParticipationFilter",
    "PlatformFilter",
    "PlatformListingFilter",
    "ProducerFilter",
    "ProductFilter",
    "ProductGroupFilter",
    "ProductSubgroupFilter",
    "RecognitionFilter",
    "RetailChainFilter",
    "RetailListingFilter",
    "RetailOutletFilter",
    "RuleSetFilter",
    "SupportFilter",
]
