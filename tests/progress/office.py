"""What officials enter, correct, revoke and delete: the rules of the property test."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from damha_portal.core.periods import add_months, last_valid_day
from damha_portal.progress.models import (
    Cohort,
    CohortMember,
    ManualFigure,
    PendingChange,
    Target,
)
from ocop.enums import (
    CouncilLevel,
    ParticipationState,
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
    Recognition,
    RetailListing,
    RetailOutlet,
    SupportActivity,
    TraceabilityCode,
)
from ocop.resources import TraceabilityCodeResource
from tests.factories.ocop import (
    PlatformFactory,
    RetailChainFactory,
    RetailOutletFactory,
)
from tests.people import make_units
from tests.progress.reading import load_plan_2023
from tests.progress.world import targets_of_every_metric
from tourism.enums import FigureStage, FigureStatus
from tourism.models import MonthlyFigure

#: The plan is asked for its last quarter only, so that an example stays short.
QUARTER = dt.date(2023, 10, 1)

pick = st.integers(0, 50)
days = st.dates(dt.date(2023, 9, 1), dt.date(2024, 2, 28))
old_days = st.dates(dt.date(2020, 9, 1), dt.date(2023, 12, 31))
maybe_days = st.none() | days


class Records(RuleBasedStateMachine):
    """An office with its plan; every rule is one thing somebody does to the records."""

    @initialize()
    def open_the_office(self) -> None:
        units = make_units()
        self.units = [*units.communes.values(), units.district, units.after["06913"]]
        self.province, self.district = units.province, units.district
        self.plan = load_plan_2023()
        self.plan.period_start = QUARTER
        self.plan.save()
        self.targets = targets_of_every_metric(self.plan)
        self.platforms = [PlatformFactory(), PlatformFactory(counts_as_exchange=False)]
        self.outlets = [
            RetailOutletFactory(chain=RetailChainFactory(kind=kind))
            for kind in (RetailKind.MALL, RetailKind.OCOP_SHOP)
        ]
        for _row in range(2):
            self.new_producer(0)
            self.new_product(_row)

    # --- choosing ------------------------------------------------------------------------------

    def one_of(self, model, at):
        """One of the rows there are, or None."""
        rows = list(model.objects.order_by("pk"))
        return rows[at % len(rows)] if rows else None

    def next_number(self) -> int:
        self.number += 1
        return self.number

    def unit(self, at):
        return self.units[at % len(self.units)]

    # --- creating ------------------------------------------------------------------------------

    @rule(at=pick)
    def new_producer(self, at) -> None:
        name = f"Hợp tác xã {self.next_number()}"
        Producer.objects.create(name=name, kind="cooperative", admin_unit=self.unit(at))

    @rule(at=pick, joined_on=st.none() | old_days)
    def new_product(self, at, joined_on=None) -> None:
        producer = self.one_of(Producer, at)
        if producer:
            name = f"Sản phẩm {self.next_number()}"
            Product.objects.create(name=name, producer=producer, joined_on=joined_on)

    @rule(at=pick, year=st.sampled_from([2022, 2023]), day=days, ready=st.booleans())
    def takes_part(self, at, year, day, ready) -> None:
        product = self.one_of(Product, at)
        if product is None or product.participations.filter(year=year).exists():
            return
        row = CycleParticipation.objects.create(product=product, year=year)
        steps = [ParticipationState.IDEA_ACCEPTED]
        steps += [ParticipationState.DOSSIER_READY] if ready else []
        CycleStepChange.objects.bulk_create(
            CycleStepChange(participation=row, to_state=state, happened_on=day) for state in steps
        )

    @rule(
        at=pick,
        day=old_days | days,
        star=st.integers(2, 5),
        kind=st.sampled_from(RecognitionType.values),
    )
    def gets_a_star(self, at, day, star, kind) -> None:
        product = self.one_of(Product, at)
        if product and not product.recognitions.filter(issued_on=day).exists():
            Recognition.objects.create(
                product=product,
                star=star,
                level=CouncilLevel.DISTRICT,
                type=kind,
                evaluation_year=2023 if day.year == 2024 else day.year,
                decided_on=day,
                issued_on=day,
                valid_until=last_valid_day(day, 36),
            )

    @rule(at=pick, day=days, ends=maybe_days)
    def gets_a_code(self, at, day, ends) -> None:
        product = self.one_of(Product, at)
        if product:
            TraceabilityCode.objects.create(
                product=product,
                kind=TraceabilityKind.E_STAMP,
                code=f"TEM-{self.next_number()}",
                registered_on=day,
                valid_until=max(day, ends) if ends else None,
            )

    @rule(at=pick, where=pick, day=days, ends=maybe_days)
    def is_shown_and_sold(self, at, where, day, ends) -> None:
        product, end = self.one_of(Product, at), max(day, ends) if ends else None
        platform, outlet = self.one_of(Platform, where), self.one_of(RetailOutlet, where)
        if product is None or product.platform_listings.filter(listed_on=day).exists():
            return
        PlatformListing.objects.create(
            product=product, platform=platform, listed_on=day, delisted_on=end
        )
        RetailListing.objects.create(product=product, outlet=outlet, started_on=day, ended_on=end)

    @rule(at=pick, where=pick, day=days, kind=st.sampled_from(SupportKind.values))
    def is_supported(self, at, where, day, kind) -> None:
        row = SupportActivity.objects.create(
            title="Tập huấn", kind=kind, held_on=day, admin_unit=self.unit(where)
        )
        if product := self.one_of(Product, at):
            row.products.add(product)
        if producer := self.one_of(Producer, where):
            row.producers.add(producer)

    @rule(
        back=st.integers(0, 15),
        at=pick,
        stage=st.sampled_from(FigureStage.values),
        arrivals=st.integers(0, 9000),
        approved=st.booleans(),
    )
    def visitors_are_counted(self, back, at, stage, arrivals, approved) -> None:
        unit = self.unit(at) if at % 3 == 0 else self.district
        values = dict.fromkeys(("international_overnight", "international_same_day"), 0)
        MonthlyFigure.objects.update_or_create(
            admin_unit=unit,
            month=add_months(dt.date(2023, 12, 1), -back),
            stage=stage,
            defaults={
                **values,
                "domestic_overnight": arrivals,
                "domestic_same_day": 0,
                "status": FigureStatus.APPROVED if approved else FigureStatus.SUBMITTED,
            },
        )

    @rule(at=pick, day=days, value=st.decimals(0, 999, places=4))
    def a_figure_is_typed(self, at, day, value) -> None:
        target = Target.objects.get(metric_key="progress.manual")
        ManualFigure.objects.update_or_create(
            target=target, admin_unit=self.unit(at), as_of=day, defaults={"value": value}
        )

    @rule(at=pick, which=pick, model=st.sampled_from([Product, Producer]))
    def joins_the_group(self, at, which, model) -> None:
        cohort, record = self.one_of(Cohort, at), self.one_of(model, which)
        if record and not cohort.members.filter(object_id=record.pk).exists():
            CohortMember.objects.create(cohort=cohort, record=record)

    # --- changing ------------------------------------------------------------------------------

    @rule(at=pick, day=days)
    def a_star_is_revoked(self, at, day) -> None:
        if row := self.one_of(Recognition, at):
            row.revoked_on = max(day, row.issued_on)
            row.save()

    @rule(at=pick, day=days)
    def a_code_is_terminated(self, at, day) -> None:
        if row := self.one_of(TraceabilityCode, at):
            TraceabilityCode.objects.filter(pk=row.pk).update(
                terminated_on=max(day, row.registered_on)
            )

    @rule(status=st.sampled_from(FigureStatus.values), month=st.integers(10, 12))
    def a_month_is_approved_or_taken_back(self, status, month) -> None:
        MonthlyFigure.objects.filter(month=dt.date(2023, month, 1)).update(status=status)

    @rule(at=pick, to=pick)
    def a_product_changes_its_producer(self, at, to) -> None:
        product, producer = self.one_of(Product, at), self.one_of(Producer, to)
        if product and producer:
            product.producer = producer
            product.save()

    @rule(at=pick, to=pick)
    def a_producer_moves(self, at, to) -> None:
        if producer := self.one_of(Producer, at):
            Producer.objects.filter(pk=producer.pk).update(admin_unit=self.unit(to))

    @rule(at=st.integers(0, 8), away=st.booleans())
    def a_commune_goes_to_the_province_or_comes_back(self, at, away) -> None:
        unit = self.units[at]
        unit.parent = self.province if away else self.district
        unit.save()

    @rule(at=pick, opens=st.booleans(), day=days)
    def a_platform_closes_or_opens(self, at, opens, day) -> None:
        Platform.objects.update(active_to=None if opens else day)

    @rule(day=days)
    def many_rows_are_imported(self, day) -> None:
        products = list(Product.objects.order_by("pk")[:3])
        TraceabilityCode.objects.bulk_create(
            TraceabilityCode(
                product=product,
                kind=TraceabilityKind.TRACE_CODE,
                code=f"NK-{self.next_number()}",
                registered_on=day,
            )
            for product in products
        )
        for product in products:
            product.joined_on = day
        Product.objects.bulk_update(products, ["joined_on"])

    @rule(minimum=st.integers(2, 5))
    def the_rule_of_a_target_changes(self, minimum) -> None:
        target = Target.objects.get(code="T8")
        target.parameters = {"min_star": minimum}
        target.save()

    # --- deleting ------------------------------------------------------------------------------

    @rule(
        at=pick,
        model=st.sampled_from(
            [
                TraceabilityCode,
                Recognition,
                CycleParticipation,
                CycleStepChange,
                PlatformListing,
                RetailListing,
                SupportActivity,
                MonthlyFigure,
                ManualFigure,
                CohortMember,
            ]
        ),
        in_bulk=st.booleans(),
    )
    def something_is_deleted(self, at, model, in_bulk) -> None:
        if row := self.one_of(model, at):
            (model.objects.filter(pk=row.pk) if in_bulk else row).delete()

    @precondition(lambda self: TraceabilityCode.objects.exists())
    @rule(loses=pick, confirmed=st.booleans())
    def a_workbook_comes_back(self, loses, confirmed) -> None:
        """Exported, some rows deleted meanwhile, imported again; a preview changes nothing."""
        workbook = TraceabilityCodeResource().export()
        self.something_is_deleted(loses, TraceabilityCode, in_bulk=True)
        marks, codes = PendingChange.objects.count(), TraceabilityCode.objects.count()
        TraceabilityCodeResource().import_data(workbook, dry_run=not confirmed)
        if not confirmed:
            assert PendingChange.objects.count() == marks
            assert TraceabilityCode.objects.count() == codes
