"""Producers, products and everything about them. Dates default to the plan's year, 2023."""

import datetime as dt
from decimal import Decimal

import factory

from damha_portal.core.periods import last_valid_day
from ocop.enums import (
    CouncilLevel,
    ParticipationState,
    PlatformKind,
    ProducerKind,
    RecognitionType,
    RetailKind,
    SupportKind,
    TraceabilityKind,
)
from ocop.models import (
    CycleParticipation,
    CycleStepChange,
    Platform,
    PlatformListing,
    Producer,
    Product,
    ProductGroup,
    ProductSubgroup,
    RecognisingAuthority,
    Recognition,
    RetailChain,
    RetailListing,
    RetailOutlet,
    RuleSet,
    StarBand,
    SupportActivity,
    TraceabilityCode,
)
from tests.factories.accounts import AdminUnitFactory
from tests.factories.base import RecordFactory

VALID_MONTHS = 36


class RuleSetFactory(RecordFactory):
    """A rule set in force since 24/02/2023."""

    class Meta:
        model = RuleSet

    code = factory.Sequence(lambda n: f"RS{n}")
    decision = factory.Sequence(lambda n: f"Quyết định số {n}")
    valid_from = dt.date(2023, 2, 24)
    part_a_max = Decimal(40)
    part_b_max = Decimal(25)
    part_c_max = Decimal(35)


class StarBandFactory(RecordFactory):
    """Three stars from 50 points."""

    class Meta:
        model = StarBand

    rule_set = factory.SubFactory(RuleSetFactory)
    star = 3
    from_score = Decimal(50)


class RecognisingAuthorityFactory(RecordFactory):
    """Three stars are the district's."""

    class Meta:
        model = RecognisingAuthority

    rule_set = factory.SubFactory(RuleSetFactory)
    star = 3
    level = CouncilLevel.DISTRICT


class ProductGroupFactory(RecordFactory):
    """A product group."""

    class Meta:
        model = ProductGroup

    code = factory.Sequence(lambda n: f"G{n}")
    name = factory.Sequence(lambda n: f"Nhóm số {n}")
    position = factory.Sequence(lambda n: n)


class ProductSubgroupFactory(RecordFactory):
    """A product set of a group."""

    class Meta:
        model = ProductSubgroup

    group = factory.SubFactory(ProductGroupFactory)
    code = factory.Sequence(lambda n: f"G.{n}")
    name = factory.Sequence(lambda n: f"Phân nhóm số {n}")


class ProducerFactory(RecordFactory):
    """A cooperative; give `admin_unit`, it is what decides who sees the row."""

    class Meta:
        model = Producer

    name = factory.Sequence(lambda n: f"Hợp tác xã số {n}")
    kind = ProducerKind.COOPERATIVE
    admin_unit = factory.SubFactory(AdminUnitFactory)


class ProductFactory(RecordFactory):
    """A product that never took part in anything."""

    class Meta:
        model = Product

    name = factory.Sequence(lambda n: f"Sản phẩm số {n}")
    producer = factory.SubFactory(ProducerFactory)


class ParticipationFactory(RecordFactory):
    """A participation of 2023; `accepted_on=` adds the accepted registration."""

    class Meta:
        model = CycleParticipation

    product = factory.SubFactory(ProductFactory)
    year = 2023

    @factory.post_generation
    def accepted_on(self, create, day, **_kwargs):
        if create and day:
            StepChangeFactory(participation=self, happened_on=day)


class StepChangeFactory(RecordFactory):
    """The idea was accepted."""

    class Meta:
        model = CycleStepChange

    participation = factory.SubFactory(ParticipationFactory)
    to_state = ParticipationState.IDEA_ACCEPTED
    happened_on = dt.date(2023, 4, 12)


class RecognitionFactory(RecordFactory):
    """Three stars by the district, new, of evaluation year 2023, for 36 months."""

    class Meta:
        model = Recognition

    product = factory.SubFactory(ProductFactory)
    star = 3
    level = CouncilLevel.DISTRICT
    type = RecognitionType.NEW
    evaluation_year = factory.SelfAttribute("decided_on.year")
    decided_on = dt.date(2023, 6, 1)
    issued_on = factory.SelfAttribute("decided_on")
    valid_until = factory.LazyAttribute(lambda row: last_valid_day(row.issued_on, VALID_MONTHS))


class SupportActivityFactory(RecordFactory):
    """A training; `producers=[…]`, `products=[…]` say who was reached."""

    class Meta:
        model = SupportActivity

    title = factory.Sequence(lambda n: f"Lớp tập huấn số {n}")
    kind = SupportKind.TRAINING
    held_on = dt.date(2023, 5, 10)
    admin_unit = factory.SubFactory(AdminUnitFactory)

    @factory.post_generation
    def producers(self, create, rows, **_kwargs):
        if create and rows:
            self.producers.set(rows)

    @factory.post_generation
    def products(self, create, rows, **_kwargs):
        if create and rows:
            self.products.set(rows)


class TraceabilityCodeFactory(RecordFactory):
    """A trace code without an end."""

    class Meta:
        model = TraceabilityCode

    product = factory.SubFactory(ProductFactory)
    kind = TraceabilityKind.TRACE_CODE
    code = factory.Sequence(lambda n: f"TX-{n:05d}")
    registered_on = dt.date(2023, 3, 1)


class PlatformFactory(RecordFactory):
    """An exchange that counts."""

    class Meta:
        model = Platform

    name = factory.Sequence(lambda n: f"Sàn số {n}")
    kind = PlatformKind.MARKETPLACE
    counts_as_exchange = True


class PlatformListingFactory(RecordFactory):
    """A listing that still stands."""

    class Meta:
        model = PlatformListing

    product = factory.SubFactory(ProductFactory)
    platform = factory.SubFactory(PlatformFactory)
    listed_on = dt.date(2023, 3, 1)


class RetailChainFactory(RecordFactory):
    """A chain of supermarkets."""

    class Meta:
        model = RetailChain

    name = factory.Sequence(lambda n: f"Chuỗi số {n}")
    kind = RetailKind.SUPERMARKET


class RetailOutletFactory(RecordFactory):
    """An outlet inside the province."""

    class Meta:
        model = RetailOutlet

    chain = factory.SubFactory(RetailChainFactory)
    name = factory.Sequence(lambda n: f"Điểm bán số {n}")
    province = "Quảng Ninh"
    is_in_province = True


class RetailListingFactory(RecordFactory):
    """On sale since May 2023."""

    class Meta:
        model = RetailListing

    product = factory.SubFactory(ProductFactory)
    outlet = factory.SubFactory(RetailOutletFactory)
    started_on = dt.date(2023, 5, 1)
