"""Producers, products, their cycle, recognitions, support, codes and market channels."""

from ocop.models.cycle import CycleParticipation, CycleStepChange
from ocop.models.market import (
    Platform,
    PlatformListing,
    RetailChain,
    RetailListing,
    RetailOutlet,
)
from ocop.models.producer import Producer
from ocop.models.product import Product, ProductGroup, ProductSubgroup
from ocop.models.recognition import Recognition
from ocop.models.ruleset import RecognisingAuthority, RuleSet, StarBand
from ocop.models.support import SupportActivity
from ocop.models.traceability import TraceabilityCode

__all__ = [
    "CycleParticipation",
    "CycleStepChange",
    "Platform",
    "PlatformListing",
    "Producer",
    "Product",
    "ProductGroup",
    "ProductSubgroup",
    "RecognisingAuthority",
    "Recognition",
    "RetailChain",
    "RetailListing",
    "RetailOutlet",
    "RuleSet",
    "StarBand",
    "SupportActivity",
    "TraceabilityCode",
]
