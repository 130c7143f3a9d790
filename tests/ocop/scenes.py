"""Rows of every OCOP record, made in any number, for tests that look at pages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ocop.enums import ParticipationState, TraceabilityKind
from tests.factories import ocop as make

LONG = "Củ cải khô sợi phơi nắng truyền thống của đồng bào các dân tộc vùng cao huyện Đầm Hà"


def full_product(unit, name="Củ cải khô", **kwargs):
    """A product with one row of everything that can be recorded about it."""
    producer = make.ProducerFactory(admin_unit=unit)
    product = make.ProductFactory(
        name=name,
        producer=producer,
        subgroup=make.ProductSubgroupFactory(),
        abv=kwargs.pop("abv", Decimal("0.0")),
        story="Nghề phơi củ cải.",
        **kwargs,
    )
    participation = make.ParticipationFactory(product=product)
    participation.step_changes.all().delete()
    for state, day in (
        (ParticipationState.IDEA_SUBMITTED, dt.date(2023, 3, 20)),
        (ParticipationState.IDEA_ACCEPTED, dt.date(2023, 4, 12)),
    ):
        make.StepChangeFactory(participation=participation, to_state=state, happened_on=day)
    make.RecognitionFactory(product=product, decided_on=dt.date(2023, 6, 1))
    make.TraceabilityCodeFactory(product=product, kind=TraceabilityKind.E_STAMP)
    make.PlatformListingFactory(product=product)
    make.RetailListingFactory(product=product)
    activity = make.SupportActivityFactory(admin_unit=unit)
    activity.products.add(product)
    activity.producers.add(producer)
    return product


def one_of_each(product):
    """One saved row for every page name of the application, all about `product`."""
    listing = product.retail_listings.get()
    rule_set = make.RuleSetFactory()
    make.StarBandFactory(rule_set=rule_set)
    make.RecognisingAuthorityFactory(rule_set=rule_set)
    return {
        "producer": product.producer,
        "product": product,
        "participation": product.participations.get(),
        "recognition": product.recognitions.get(),
        "support": product.support_activities.get(),
        "code": product.codes.get(),
        "platform": product.platform_listings.get().platform,
        "platform-listing": product.platform_listings.get(),
        "chain": listing.outlet.chain,
        "outlet": listing.outlet,
        "retail-listing": listing,
        "ruleset": rule_set,
        "group": product.subgroup.group,
        "subgroup": product.subgroup,
    }
