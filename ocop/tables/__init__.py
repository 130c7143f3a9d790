"""Lists of the OCOP records."""

from ocop.tables.cycle import ParticipationTable, RecognitionTable, SupportTable
from ocop.tables.market import (
    ChannelTable,
    CodeTable,
    PlatformListingTable,
    PlatformTable,
    RetailChainTable,
    RetailListingTable,
    RetailOutletTable,
)
from ocop.tables.producer import ProducerTable, ProductTable
from ocop.tables.reference import ProductGroupTable, ProductSubgroupTable, RuleSetTable

__all__ = [
    "ChannelTable",
    "CodeTable",
    "ParticipationTable",
    "PlatformListingTable",
    "PlatformTable",
    "ProducerTable",
    "ProductGroupTable",
    "ProductSubgroupTable",
    "ProductTable",
    "RecognitionTable",
    "RetailChainTable",
    "RetailListingTable",
    "RetailOutletTable",
    "RuleSetTable",
    "SupportTable",
]
