"""Every way of changing what a figure is made of leaves a mark; a dead broker loses nothing."""

import datetime as dt
import logging

import pytest
from django.core import serializers
from django.db import connection
from kombu import pools

from damha_portal.celery import app
from damha_portal.core import clock
from damha_portal.core.audit import acting
from damha_portal.progress.enums import PlanStatus
from damha_portal.progress.models import Measurement, PendingChange, Plan
from damha_portal.progress.services import progress_recompute
from damha_portal.progress.tasks import recompute_plan, sweep
from ocop.models import Product, Recognition, TraceabilityCode
from tests.factories.ocop import (
    PlatformListingFactory,
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    RetailListingFactory,
    StepChangeFactory,
    SupportActivityFactory,
    TraceabilityCodeFactory,
)
from tests.factories.progress import (
    ChecklistItemFactory,
    CohortFactory,
    CohortMemberFactory,
    ManualFigureFactory,
    TargetFactory,
)
from tests.factories.tourism import MonthlyFigureFactory, TouristSiteFactory
from tourism.enums import FigureStatus
from tourism.models import MonthlyFigure


@pytest.fixture(autouse=True)
def _on_a_day_of_2023(on_day):
    on_day(2023, 9, 30)


@pytest.fixture
def product(units):
    return ProductFactory(producer=ProducerFactory(admin_unit=units["06913"]))


@pytest.fixture
def new_marks(plan):
    """`new_marks()` since the last call: what was changed, by its model."""
    seen = {"up_to": 0}

    def read():
        rows = PendingChange.objects.filter(plan=plan, pk__gt=seen["up_to"]).order_by("pk")
        found = list(rows.values_list("model_label", flat=True))
        seen["up_to"] = rows.values_list("pk", flat=True).last() or seen["up_to"]
        return found

    return read


def test_create_edit_and_delete_each_leave_one_mark(new_marks, product):
    new_marks()
    code = TraceabilityCodeFactory(product=product)
    assert new_marks() == ["ocop.TraceabilityCode"]
    code.provider = "VNPT"
    code.save()
    assert new_marks() == ["ocop.TraceabilityCode"]
    code.delete()
    assert new_marks() == ["ocop.TraceabilityCode"]


def test_bulk_update_bulk_create_and_queryset_changes_mark(new_marks, product):
    new_marks()
    rows = TraceabilityCode.objects.bulk_create(
        TraceabilityCode(
            product=product, kind="e_stamp", code=f"S{number}", registered_on=dt.date(2023, 1, 1)
        )
        for number in range(3)
    )
    assert new_marks() == ["ocop.TraceabilityCode"]
    for row in rows:
        row.valid_until = dt.date(2023, 6, 30)
    TraceabilityCode.objects.bulk_update(rows, ["valid_until"])
    assert new_marks() == ["ocop.TraceabilityCode"]
    assert [row.history.count() for row in rows] == [2, 2, 2]
    TraceabilityCode.objects.filter(code="S1").update(terminated_on=dt.date(2023, 5, 1))
    assert new_marks() == ["ocop.TraceabilityCode"]
    product.codes.update(valid_until=None)
    assert new_marks() == ["ocop.TraceabilityCode"]
    TraceabilityCode.objects.all().delete()
    assert set(new_marks()) == {"ocop.TraceabilityCode"}


def test_a_queryset_that_matches_nothing_leaves_no_mark(new_marks, product):
    new_marks()

    Recognition.objects.filter(product=product).update(star=4)
    Recognition.objects.filter(product=product).delete()

    assert new_marks() == []


def test_many_to_many_changes_mark_from_both_sides(new_marks, product, units):
    activity = SupportActivityFactory(admin_unit=units["06913"])
    new_marks()

    activity.products.add(product)
    assert new_marks() == ["ocop.SupportActivity"]
    activity.products.clear()
    assert new_marks() == ["ocop.SupportActivity"]
    product.producer.support_activities.set([activity])
    assert new_marks() == ["ocop.Producer"]
    units["06913"].successors.clear()
    assert new_marks() == ["accounts.AdminUnit"]


def test_a_product_of_another_producer_and_a_producer_of_another_commune_mark(
    new_marks, product, units
):
    other = ProducerFactory(admin_unit=units["06895"])
    new_marks()

    product.producer = other
    product.save()
    assert new_marks() == ["ocop.Product"]
    other.admin_unit = units["06913"]
    other.save()
    assert new_marks() == ["ocop.Producer"]
    units["06913"].parent = units.province
    units["06913"].save()
    assert new_marks() == ["accounts.AdminUnit"]


def test_un_approving_a_figure_marks(new_marks, units):
    row = MonthlyFigureFactory(admin_unit=units.district)
    new_marks()

    MonthlyFigure.objects.filter(pk=row.pk).update(status=FigureStatus.RETURNED)
    assert new_marks() == ["tourism.MonthlyFigure"]
    row.refresh_from_db()
    row.status = FigureStatus.APPROVED
    row.save()
    assert new_marks() == ["tourism.MonthlyFigure"]


def test_editing_a_target_its_group_or_its_checklist_marks(new_marks, plan, product):
    target = TargetFactory(plan=plan)
    new_marks()

    target.value = 4
    target.save()
    assert new_marks() == ["progress.Target"]
    cohort = CohortFactory(plan=plan)
    member = CohortMemberFactory(cohort=cohort, record=product)
    ChecklistItemFactory(target=target)
    assert new_marks() == ["progress.Cohort", "progress.CohortMember", "progress.ChecklistItem"]
    member.delete()
    assert new_marks() == ["progress.CohortMember"]


def test_every_kind_of_record_that_a_target_counts_marks(new_marks, plan, product, units):
    manual = TargetFactory(plan=plan, metric_key="progress.manual")
    new_marks()

    StepChangeFactory(participation__product=product)
    assert new_marks() == ["ocop.CycleParticipation", "ocop.CycleStepChange"]
    PlatformListingFactory(product=product)
    assert new_marks() == ["ocop.Platform", "ocop.PlatformListing"]
    RetailListingFactory(product=product)
    assert new_marks() == ["ocop.RetailChain", "ocop.RetailOutlet", "ocop.RetailListing"]
    RecognitionFactory(product=product)
    assert new_marks() == ["ocop.Recognition"]
    ManualFigureFactory(target=manual)
    assert new_marks() == ["progress.ManualFigure"]


def test_a_record_no_target_counts_leaves_no_mark(new_marks, units):
    new_marks()

    TouristSiteFactory(admin_unit=units["06913"])

    assert new_marks() == []


def test_a_fixture_that_is_loaded_marks_too(new_marks, product):
    text = serializers.serialize("json", [product])
    new_marks()

    for row in serializers.deserialize("json", text):
        row.save()

    assert new_marks() == ["ocop.Product"]


def test_activating_a_plan_marks_that_plan_alone(plan, units):
    draft = Plan.objects.create(
        title="Kế hoạch 2024",
        short_title="Kế hoạch 2024",
        area=units.district,
        period_start=dt.date(2024, 1, 1),
        period_end=dt.date(2024, 12, 31),
    )
    PendingChange.objects.all().delete()

    draft.status = PlanStatus.ACTIVE
    draft.save()

    assert list(PendingChange.objects.values_list("plan", flat=True)) == [draft.pk]


def test_the_mark_names_the_person_and_what_changed(plan, product, officer):
    PendingChange.objects.all().delete()

    with acting(officer):
        product.save()

    mark = PendingChange.objects.get()
    assert (mark.actor, str(mark)) == (officer, product.name)


@pytest.mark.parametrize(
    "change",
    [
        lambda code: code.delete(),
        lambda code: TraceabilityCode.objects.filter(pk=code.pk).delete(),
        lambda code: TraceabilityCode.objects.update(terminated_on=dt.date(2023, 9, 1)),
        lambda code: Recognition.objects.update(revoked_on=dt.date(2023, 9, 1)),
        lambda code: Product.objects.update(producer=ProducerFactory()),
    ],
    ids=["delete", "queryset-delete", "terminate", "revoke", "re-parent"],
)
def test_the_figure_itself_follows_every_kind_of_change(plan, product, change):
    target = TargetFactory(plan=plan, metric_key="ocop.traceable_share")
    RecognitionFactory(product=product)
    code = TraceabilityCodeFactory(product=product)
    progress_recompute(plan_id=plan.pk, clock_now=clock.now)
    today = Measurement.objects.filter(target=target, admin_unit=plan.area, as_of=clock.today())
    assert today.get().numerator == 1

    change(code)
    progress_recompute(plan_id=plan.pk, clock_now=clock.now)

    assert today.get().numerator in (None, 0)


# --- The broker -----------------------------------------------------------------------------------


@pytest.fixture
def broker():
    """`broker(url, **options)` points the application at another broker for one test."""
    kept = (app.conf.broker_url, app.conf.broker_transport_options)

    def point(url, **options):
        app.conf.broker_url = app.conf.broker_write_url = url
        app.conf.broker_transport_options = options
        pools.reset()
        app._pool = app.amqp._producer_pool = None

    yield point
    point(kept[0], **kept[1])


@pytest.fixture
def dead_broker(request, broker, tmp_path):
    """A port nobody listens on, or a folder that cannot be written into."""
    if request.param == "closed port":
        broker("redis://127.0.0.1:1/0", socket_connect_timeout=1, max_retries=1)
    else:
        (tmp_path / "queue").write_text("a file where the folder should be")
        folder = str(tmp_path / "queue")
        broker("filesystem://", data_folder_in=folder, data_folder_out=folder)


@pytest.mark.parametrize("dead_broker", ["closed port", "broken folder"], indirect=True)
def test_with_a_dead_broker_the_save_stands_a_warning_is_logged_and_the_sweep_counts_it(
    plan, product, dead_broker, caplog, django_capture_on_commit_callbacks
):
    target = TargetFactory(plan=plan, metric_key="ocop.traceable_share")
    RecognitionFactory(product=product)
    connection.run_on_commit.clear()  # what made the rows above is committed long ago

    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        code = TraceabilityCodeFactory(product=product)

    assert TraceabilityCode.objects.filter(pk=code.pk).exists()
    (warning,) = [record for record in caplog.records if "not queued" in record.message]
    assert warning.levelname == "WARNING"
    assert f"plan {plan.pk}" in warning.message

    sweep()

    row = Measurement.objects.get(target=target, admin_unit=plan.area, as_of=clock.today())
    assert (row.numerator, row.denominator) == (1, 1)
    assert PendingChange.objects.count() == 0


def test_with_a_living_broker_one_message_goes_out_after_the_commit(
    plan, product, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(recompute_plan, "delay", sent.append)
    connection.run_on_commit.clear()  # what made the rows above is committed long ago

    with django_capture_on_commit_callbacks(execute=True):
        product.save()
        assert sent == []

    assert sent == [plan.pk]
