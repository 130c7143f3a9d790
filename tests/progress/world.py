"""Rows that give every registered metric something to count, some of it scored, some not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from damha_portal.core.periods import add_months
from damha_portal.progress.models import Plan, Target
from damha_portal.progress.registry import all_metrics
from ocop.enums import RecognitionType, RetailKind, SupportKind
from tests.factories.ocop import (
    PlatformFactory,
    PlatformListingFactory,
    ProducerFactory,
    RecognitionFactory,
    RetailChainFactory,
    RetailListingFactory,
    RetailOutletFactory,
    SupportActivityFactory,
    TraceabilityCodeFactory,
)
from tests.factories.progress import CohortMemberFactory, ManualFigureFactory, TargetFactory
from tests.factories.tourism import MonthlyFigureFactory
from tests.ocop.records import make_ready, new_product
from tests.people import Units

FIRST_MONTH = dt.date(2022, 1, 1)


def targets_of_every_metric(plan: Plan) -> list[Target]:
    """The plan's targets, completed so that each registered metric is asked by one."""
    asked = set(plan.targets.values_list("metric_key", flat=True))
    for key in sorted(set(all_metrics()) - asked):
        TargetFactory(plan=plan, metric_key=key, cohort=plan.cohorts.first())
    return list(plan.targets.select_related("plan__area"))


@dataclass
class World:
    """`grow(n)` adds n rows of everything, spread over the communes; odd ones are scored."""

    plan: Plan
    units: Units
    size: int = 0
    places: Any = field(default=None)

    def __post_init__(self) -> None:
        self.places = cycle(self.units.communes.values())
        self.cohorts = {cohort.key: cohort for cohort in self.plan.cohorts.all()}
        self.exchange = PlatformFactory()
        self.outlet = RetailOutletFactory(chain=RetailChainFactory(kind=RetailKind.MALL))
        self.shop = RetailOutletFactory(chain=RetailChainFactory(kind=RetailKind.OCOP_SHOP))

    def grow(self, number: int) -> None:
        for _row in range(number):
            self.size += 1
            self._add(scored=self.size % 2 == 1)

    def _add(self, *, scored: bool) -> None:
        unit = next(self.places)
        producer = ProducerFactory(admin_unit=unit)
        product = new_product(producer)
        CohortMemberFactory(cohort=self.cohorts["products-15"], record=product)
        CohortMemberFactory(cohort=self.cohorts["producers-21"], record=producer)
        kind = RecognitionType.NEW if scored else RecognitionType.RENEWAL
        RecognitionFactory(product=product, type=kind)
        RetailListingFactory(product=product, outlet=self.outlet if scored else self.shop)
        if scored:
            make_ready(product)
            SupportActivityFactory(producers=[producer], admin_unit=unit)
            SupportActivityFactory(products=[product], kind=SupportKind.PACKAGING, admin_unit=unit)
            TraceabilityCodeFactory(product=product)
            PlatformListingFactory(product=product, platform=self.exchange)
        self._add_figures(unit)

    def _add_figures(self, unit: Any) -> None:
        month = add_months(FIRST_MONTH, (self.size - 1) % 24)
        if self.size <= 24:
            for place in (self.units.district, unit):
                MonthlyFigureFactory(admin_unit=place, month=month, arrivals=100 + self.size)
        for target in self.plan.targets.filter(metric_key="progress.manual"):
            as_of = add_months(dt.date(2021, 1, 1), self.size)
            ManualFigureFactory(target=target, as_of=as_of, value=self.size)
            ManualFigureFactory(target=target, as_of=as_of, admin_unit=unit, value=self.size)
