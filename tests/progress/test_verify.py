"""The nightly comparison: it finds what was tampered with, and says so until it matches again."""

import datetime as dt

import pytest

from damha_portal.core import clock
from damha_portal.progress import services
from damha_portal.progress.enums import PlanStatus
from damha_portal.progress.models import (
    Measurement,
    PendingChange,
    Plan,
    RecomputeState,
    Verification,
)
from damha_portal.progress.services import LEASE, plans_to_verify, progress_verify
from damha_portal.progress.tasks import sweep, verify
from tests.factories.ocop import (
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    TraceabilityCodeFactory,
)
from tests.factories.progress import TargetFactory


@pytest.fixture
def target(plan):
    return TargetFactory(
        plan=plan, code="T8", metric_key="ocop.traceable_share", value=100, comparator="eq"
    )


@pytest.fixture
def product(units, target):
    product = ProductFactory(producer=ProducerFactory(admin_unit=units["06913"]))
    RecognitionFactory(product=product, decided_on=dt.date(2022, 3, 1))
    TraceabilityCodeFactory(product=product)
    return product


def run_at(on_day, day, hour, minute=0):
    """What the worker does at that moment: sweep, then look whether a comparison is due."""
    on_day(2023, 9, day, hour=hour, minute=minute)
    sweep()
    verify()
    return list(Verification.objects.order_by("pk"))


def test_stored_figures_that_are_right_match(on_day, plan, product):
    (outcome,) = run_at(on_day, 30, 2, 10)

    assert outcome.matches
    assert outcome.compared == Measurement.objects.count() == 18  # nine days, commune and district
    assert outcome.checked_at == clock.now()


def test_a_figure_changed_by_hand_is_found_and_stays_reported_until_it_matches_again(
    on_day, plan, target, product
):
    run_at(on_day, 29, 3)
    on_day(2023, 9, 30, hour=0, minute=30)
    sweep()
    tampered = Measurement.objects.filter(
        target=target, admin_unit=plan.area, as_of=dt.date(2023, 9, 30)
    )
    tampered.update(numerator=40)

    outcome = run_at(on_day, 30, 2, 10)[-1]
    assert not outcome.matches
    assert outcome.differences == [
        {
            "code": "T8",
            "unit": plan.area_id,
            "as_of": "2023-09-30",
            "stored": ["40", "1"],
            "checked": ["1", "1"],
        }
    ]
    assert run_at(on_day, 30, 23)[-1] == outcome  # still the newest word

    on_day(2023, 10, 1, hour=2, minute=10)
    sweep()
    verify()
    assert Verification.objects.first().matches
    assert Verification.objects.count() == 3


def test_a_figure_deleted_by_hand_is_found(on_day, plan, product):
    on_day(2023, 9, 30, hour=0, minute=30)
    sweep()
    Measurement.objects.filter(as_of=dt.date(2023, 8, 31)).delete()

    (outcome,) = run_at(on_day, 30, 2, 10)

    assert {row["as_of"] for row in outcome.differences} == {"2023-08-31"}


def test_nothing_is_compared_before_two_in_the_morning(on_day, plan, product):
    assert run_at(on_day, 30, 1, 59) == []
    assert len(run_at(on_day, 30, 2, 0)) == 1


def test_it_runs_once_a_day(on_day, plan, product):
    assert [len(run_at(on_day, 30, hour)) for hour in (2, 3, 12, 23)] == [1, 1, 1, 1]
    assert len(run_at(on_day, 30, 23, 59)) == 1


def test_after_an_outage_it_is_caught_up_the_same_day(on_day, plan, product):
    run_at(on_day, 27, 2, 10)

    outcomes = run_at(on_day, 30, 16, 45)

    assert [outcome.checked_at.date() for outcome in outcomes] == [
        dt.date(2023, 9, 26),  # 02:10 in Vietnam is 19:10 of the day before in Greenwich
        dt.date(2023, 9, 30),
    ]


def test_marks_are_counted_before_the_comparison(on_day, plan, product):
    on_day(2023, 9, 30, hour=1)
    sweep()
    TraceabilityCodeFactory(product=ProductFactory(producer=product.producer))
    assert PendingChange.objects.exists()
    on_day(2023, 9, 30, hour=2)

    verify()

    assert PendingChange.objects.count() == 0
    assert Verification.objects.get().matches


def test_while_another_runner_is_computing_nothing_is_said_and_the_next_call_tries_again(
    on_day, plan, product
):
    on_day(2023, 9, 30, hour=2)
    sweep()
    product.save()
    RecomputeState.objects.update(lease_token="other", leased_until=clock.now() + LEASE)
    verify()
    assert Verification.objects.count() == 0

    on_day(2023, 9, 30, hour=2, minute=15)
    verify()
    assert Verification.objects.get().matches


def test_a_record_saved_during_the_comparison_is_no_difference(on_day, plan, product, monkeypatch):
    on_day(2023, 9, 30, hour=2)
    sweep()
    compare = services.differences

    def save_and_compare(*args):
        RecognitionFactory(product=ProductFactory(producer=product.producer))
        return compare(*args)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(services, "differences", save_and_compare)
        verify()
    assert Verification.objects.count() == 0

    verify()
    assert Verification.objects.get().matches


def test_a_plan_that_is_not_active_is_not_compared(on_day, plan, product):
    on_day(2023, 9, 30, hour=3)
    Plan.objects.filter(pk=plan.pk).update(status=PlanStatus.CLOSED)

    assert plans_to_verify(now=clock.now()) == []
    assert progress_verify(plan_id=plan.pk, now=clock.now(), today=clock.today()) is None
    assert Verification.objects.count() == 0
