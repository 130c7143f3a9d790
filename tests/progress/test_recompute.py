"""Marks, leases, rounds: the stored figures are right after any order of events."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection, transaction

from damha_portal.core import clock
from damha_portal.core.services import record_save
from damha_portal.progress import services, tasks
from damha_portal.progress.engine import compute_plan
from damha_portal.progress.enums import PlanStatus
from damha_portal.progress.models import Measurement, PendingChange, Plan, RecomputeState
from damha_portal.progress.services import (
    LEASE,
    plans_to_recompute,
    progress_recompute,
    store_readings,
)
from damha_portal.progress.tasks import recompute_plan, sweep
from ocop.models import Product, TraceabilityCode
from tests.factories.ocop import (
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    TraceabilityCodeFactory,
)
from tests.factories.progress import PlanFactory, TargetFactory


@pytest.fixture(autouse=True)
def _on_a_day_of_2023(on_day):
    on_day(2023, 2, 3)


@pytest.fixture
def target(plan):
    """T8 alone: few figures, quickly computed."""
    return TargetFactory(
        plan=plan, code="T8", metric_key="ocop.traceable_share", value=100, comparator="eq"
    )


@pytest.fixture
def product(units):
    """A product whose star holds through 03/02/2023."""
    product = ProductFactory(producer=ProducerFactory(admin_unit=units["06913"]))
    RecognitionFactory(product=product, decided_on=dt.date(2020, 2, 4))
    return product


def add_code(product, **values):
    return TraceabilityCodeFactory(product=product, registered_on=dt.date(2023, 1, 1), **values)


def marks(plan=None):
    found = PendingChange.objects.all()
    return found.count() if plan is None else found.filter(plan=plan).count()


def forget_marks():
    PendingChange.objects.all().delete()


def drain(plan):
    return progress_recompute(plan_id=plan.pk, clock_now=clock.now)


def figure(target, on=None):
    row = Measurement.objects.get(
        target=target, admin_unit=target.plan.area, as_of=on or clock.today()
    )
    return (row.numerator, row.denominator)


def stored():
    """Every stored figure, without the moment it was computed."""
    columns = ("target_id", "admin_unit_id", "as_of", "numerator", "denominator", "detail")
    return list(Measurement.objects.order_by("pk").values_list(*columns))


# --- Marks ----------------------------------------------------------------------------------------


def test_a_save_inserts_exactly_one_mark_for_each_active_plan(plan, units, officer):
    other = PlanFactory(area=units.province)
    closed = PlanFactory(area=units.district, status=PlanStatus.CLOSED)
    producer = ProducerFactory(admin_unit=units["06913"])
    forget_marks()

    product = ProductFactory(producer=producer, name="Củ cải phên")

    assert [marks(one) for one in (plan, other, closed)] == [1, 1, 0]
    mark = PendingChange.objects.filter(plan=plan).get()
    assert (mark.model_label, mark.object_id) == ("ocop.Product", str(product.pk))
    assert mark.description == "Củ cải phên"


def test_a_rollback_leaves_neither_row_nor_mark(plan, units):
    producer = ProducerFactory(admin_unit=units["06913"])
    forget_marks()

    with transaction.atomic():
        ProductFactory(producer=producer)
        assert marks() == 1
        transaction.set_rollback(True)

    assert (Product.objects.count(), marks()) == (0, 0)


def test_a_hundred_saves_send_one_message_and_cost_one_run(
    plan, target, product, monkeypatch, django_capture_on_commit_callbacks
):
    drain(plan)
    sent = []
    monkeypatch.setattr(recompute_plan, "delay", sent.append)
    connection.run_on_commit.clear()  # what made the rows above is committed long ago

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        for _number in range(100):
            record_save(actor=None, record=product)

    assert (marks(plan), sent) == (100, [plan.pk])
    assert drain(plan).rounds == 1
    assert marks() == 0


def test_a_hundred_messages_cost_one_run_and_the_others_find_nothing_new(
    plan, target, product, monkeypatch
):
    for _number in range(100):
        product.save()
    runs = []
    monkeypatch.setattr(
        tasks, "progress_recompute", lambda **asked: runs.append(progress_recompute(**asked))
    )
    for _message in range(100):
        recompute_plan(plan.pk)

    assert [run.rounds for run in runs] == [1]
    assert marks() == 0


def test_marks_inserted_during_a_run_survive_it_and_get_a_round_of_their_own(
    plan, target, product, monkeypatch
):
    computed = []

    def compute_while_somebody_saves(of_plan, today):
        readings = compute_plan(of_plan, today)
        if not computed:
            add_code(product)
        computed.append(len(readings))
        return readings

    monkeypatch.setattr(services, "compute_plan", compute_while_somebody_saves)
    run = drain(plan)

    assert run.rounds == 2
    assert marks() == 0
    assert figure(target) == (1, 1)


def test_a_change_undone_inside_a_transaction_does_not_swallow_the_message_of_another(
    plan, product, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(recompute_plan, "delay", sent.append)
    connection.run_on_commit.clear()

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        with transaction.atomic():
            product.save()
            transaction.set_rollback(True)
        product.save()

    assert sent == [plan.pk]


# --- The lease ------------------------------------------------------------------------------------


def test_a_lease_held_by_another_excludes_a_second_runner(plan, target, product):
    drain(plan)
    product.save()
    RecomputeState.objects.update(lease_token="other", leased_until=clock.now() + LEASE)

    assert drain(plan).rounds == 0
    assert marks(plan) == 1
    assert RecomputeState.objects.get().lease_token == "other"


def test_an_expired_lease_is_taken_over(plan, target, product, on_day):
    drain(plan)
    product.save()
    RecomputeState.objects.update(lease_token="dead", leased_until=clock.now() + LEASE)

    on_day(2023, 2, 3, hour=9, minute=2)
    sweep()

    assert marks() == 0
    assert RecomputeState.objects.get().lease_token == ""


def test_the_write_of_a_runner_that_was_taken_over_is_refused(plan, target, product, monkeypatch):
    def compute_too_slowly(of_plan, today):
        readings = compute_plan(of_plan, today)
        late = clock.now() + LEASE + dt.timedelta(seconds=1)
        assert services._lease_take(of_plan.pk, late)
        return readings

    monkeypatch.setattr(services, "compute_plan", compute_too_slowly)
    before = marks(plan)
    run = drain(plan)

    assert run.rounds == 0
    assert Measurement.objects.count() == 0
    assert marks(plan) == before > 0
    assert RecomputeState.objects.get().lease_token != ""


def test_a_run_that_breaks_between_computing_and_storing_leaves_everything_to_the_next(
    plan, target, product, monkeypatch
):
    before = marks(plan)
    with monkeypatch.context() as broken:
        broken.setattr(services, "store_readings", _break)
        with pytest.raises(MemoryError):
            drain(plan)
    assert (Measurement.objects.count(), marks(plan)) == (0, before)

    drain(plan)

    assert figure(target) == (None, 1)
    assert marks() == 0


def test_a_run_that_breaks_after_storing_rolls_back_figures_and_marks_together(
    plan, target, product, monkeypatch
):
    before = marks(plan)

    def store_and_break(*args):
        store_readings(*args)
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(services, "store_readings", store_and_break)
        with pytest.raises(MemoryError):
            drain(plan)

    assert (Measurement.objects.count(), marks(plan)) == (0, before)


def _break(*_args):
    raise MemoryError


# --- The sweep ------------------------------------------------------------------------------------


def test_a_lost_message_is_found_by_the_sweep(plan, target, product):
    drain(plan)
    add_code(product)  # nobody is told
    assert figure(target) == (None, 1)

    sweep()

    assert figure(target) == (1, 1)
    assert marks() == 0


def test_at_midnight_the_sweep_recomputes_without_any_edit(plan, target, product, on_day):
    add_code(product)
    on_day(2023, 2, 3, hour=23, minute=59)
    sweep()
    assert figure(target, dt.date(2023, 2, 3)) == (1, 1)

    on_day(2023, 2, 4, hour=0, minute=0)
    assert marks() == 0
    sweep()

    assert figure(target, dt.date(2023, 2, 4)) == (0, 0)
    assert not Measurement.objects.filter(as_of=dt.date(2023, 2, 3)).exists()
    assert figure(target, dt.date(2023, 1, 31)) == (1, 1)


def test_the_day_turns_in_vietnam_and_not_in_greenwich(plan, target, product, on_day):
    on_day(2023, 2, 3, hour=6)  # still 2 February in Greenwich
    sweep()

    assert RecomputeState.objects.get().computed_for == dt.date(2023, 2, 3)


def test_after_an_outage_of_months_one_sweep_catches_up(plan, target, product, on_day):
    sweep()
    on_day(2023, 6, 15)
    sweep()

    days = Measurement.objects.filter(target=target, admin_unit=plan.area)
    assert list(days.values_list("as_of", flat=True)) == [
        dt.date(2023, 1, 31),
        dt.date(2023, 2, 28),
        dt.date(2023, 3, 31),
        dt.date(2023, 4, 30),
        dt.date(2023, 5, 31),
        dt.date(2023, 6, 15),
    ]


def test_a_sweep_with_nothing_to_do_says_when_it_looked_and_computes_nothing(plan, target):
    sweep()
    finished = RecomputeState.objects.get().finished_at
    assert plans_to_recompute(now=clock.now(), today=clock.today()) == []

    sweep()

    state = RecomputeState.objects.get()
    assert (state.swept_at, state.finished_at) == (clock.now(), finished)


# --- Any order, any number of deliveries ----------------------------------------------------------


def test_running_twice_gives_identical_rows(plan, target, product):
    add_code(product)
    drain(plan)
    once = stored()

    recompute_plan(plan.pk)
    drain(plan)

    assert stored() == once
    assert once


def test_the_order_of_two_plans_deliveries_is_irrelevant(plan, target, product, units):
    wider = TargetFactory(
        plan=PlanFactory(area=units.province), metric_key="ocop.traceable_share", code="T8"
    )
    figures = []
    for order in ([plan, wider.plan], [wider.plan, plan]):
        Measurement.objects.all().delete()
        product.save()
        for one in order:
            recompute_plan(one.pk)
        figures.append(sorted(map(str, stored())))

    assert figures[0] == figures[1]


def test_a_message_about_a_plan_that_is_gone_finds_nothing(db):
    recompute_plan(4711)

    assert RecomputeState.objects.count() == 0


@pytest.mark.parametrize("status", [PlanStatus.DRAFT, PlanStatus.CLOSED])
def test_a_plan_that_is_not_active_is_untouched(plan, target, product, status):
    drain(plan)
    Plan.objects.filter(pk=plan.pk).update(status=status)
    forget_marks()
    before = stored()

    add_code(product)
    recompute_plan(plan.pk)
    sweep()

    assert marks() == 0
    assert stored() == before


def test_figures_of_units_that_no_longer_count_anything_are_removed(plan, target, product, units):
    code = add_code(product)
    drain(plan)
    assert Measurement.objects.filter(admin_unit=units["06913"]).exists()

    product.producer.admin_unit = units["06895"]
    product.producer.save()
    drain(plan)

    assert not Measurement.objects.filter(admin_unit=units["06913"]).exists()
    assert TraceabilityCode.objects.get() == code


def test_zero_and_unknown_are_stored_apart(plan, target, product):
    drain(plan)
    assert figure(target) == (None, 1)

    add_code(product, valid_until=dt.date(2023, 2, 2))
    drain(plan)

    assert figure(target) == (Decimal(0), 1)
