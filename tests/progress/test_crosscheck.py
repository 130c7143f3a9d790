"""The second path of typed figures, lists as parameters, and what counts as a difference."""

import datetime as dt
from decimal import Decimal

import pytest

from damha_portal.progress.crosscheck import (
    SqlScope,
    all_crosschecks,
    differences,
    run_crosscheck,
)
from damha_portal.progress.engine import read_units, scope_of
from damha_portal.progress.models import Measurement
from damha_portal.progress.registry import all_metrics, get_metric
from damha_portal.progress.services import store_readings
from tests.factories.ocop import ProducerFactory, SupportActivityFactory
from tests.factories.progress import ManualFigureFactory, TargetFactory
from tests.ocop.records import make_ready, new_product

DAY = dt.date(2023, 9, 30)


def both(target, on=DAY):
    """The figures of a target by unit, after both paths agreed."""
    parts = read_units(get_metric(target.metric_key), scope_of(target, on))
    first = {unit: (part.numerator, part.denominator) for unit, part in parts.items()}
    assert run_crosscheck(target.plan, target, on) == first
    return first


def test_every_metric_has_a_second_path_and_no_second_path_is_without_a_metric():
    assert set(all_crosschecks()) == set(all_metrics())


def test_the_newest_typed_figure_up_to_the_day_holds_for_each_unit(plan, units):
    target = TargetFactory(plan=plan, metric_key="progress.manual")
    assert both(target) == {units.district.pk: (None, None)}

    ManualFigureFactory(target=target, as_of=dt.date(2023, 6, 30), value=Decimal("1.5"))
    ManualFigureFactory(target=target, as_of=DAY, value=Decimal("2.25"))
    ManualFigureFactory(target=target, as_of=dt.date(2023, 10, 1), value=Decimal(9))
    ManualFigureFactory(target=target, as_of=DAY, admin_unit=units["06913"], value=Decimal(0))

    assert both(target) == {
        units.district.pk: (Decimal("2.25"), None),
        units["06913"].pk: (Decimal(0), None),
    }


def test_a_figure_typed_for_another_target_is_not_this_ones(plan, units):
    target = TargetFactory(plan=plan, metric_key="progress.manual")
    ManualFigureFactory(target=TargetFactory(plan=plan, metric_key="progress.manual"))

    assert both(target) == {units.district.pk: (None, None)}


def test_a_list_is_passed_as_parameters_and_never_glued_into_the_statement():
    evil = "x') OR 1=1 --"
    scope = SqlScope({}, {"kinds": ["training", evil]})

    assert scope.among("activity.kind", "kinds") == "activity.kind IN (%(kinds_0)s, %(kinds_1)s)"
    assert scope.values == {"kinds_0": "training", "kinds_1": evil}


@pytest.mark.parametrize(("kinds", "scored"), [(["grant"], 1), (["coaching"], 0), ([], 1)])
def test_a_targets_own_list_of_kinds_is_asked_on_both_paths(plan, units, kinds, scored):
    producer = ProducerFactory(admin_unit=units["06913"])
    make_ready(new_product(producer))
    SupportActivityFactory(kind="grant", producers=[producer])
    target = TargetFactory(
        plan=plan, metric_key="ocop.trained_producers_share", parameters={"kinds": kinds}
    )

    assert both(target)[units.district.pk] == (scored, 1)


def test_units_that_the_area_succeeded_count_as_its_own_on_both_paths(plan, units):
    plan.area = units.after["06913"]
    plan.save()
    new_product(ProducerFactory(admin_unit=units["06898"]))
    new_product(ProducerFactory(admin_unit=units["06895"]))
    target = TargetFactory(plan=plan, metric_key="ocop.new_registrations")

    assert both(target) == {units["06898"].pk: (1, None), plan.area_id: (1, None)}


def test_a_changed_a_missing_and_a_superfluous_figure_are_three_differences(plan, units):
    target = TargetFactory(plan=plan, metric_key="ocop.new_registrations", code="T1")
    new_product(ProducerFactory(admin_unit=units["06913"]))
    parts = read_units(get_metric(target.metric_key), scope_of(target, DAY))
    assert parts[units.district.pk].numerator == 1
    row = Measurement(
        target=target,
        admin_unit=units.district,
        as_of=DAY,
        numerator=Decimal(40000),
        denominator=None,
    )
    stray = Measurement(
        target=target, admin_unit=units["06895"], as_of=DAY, numerator=Decimal(5), denominator=None
    )

    found = differences(plan, [row, stray], [DAY])

    assert [(one.unit_id, one.stored[0], one.checked[0]) for one in found] == sorted(
        [
            (units.district.pk, 40000, 1),
            (units["06913"].pk, None, 1),
            (units["06895"].pk, 5, None),
        ]
    )
    assert found[0].as_json()["stored"] == ["40000", None]


def test_figures_missing_for_a_whole_day_are_found(plan, units):
    TargetFactory(plan=plan, metric_key="ocop.new_registrations")
    new_product(ProducerFactory(admin_unit=units["06913"]))
    store_readings(plan, [], dt.datetime(2023, 9, 30, 2, tzinfo=dt.UTC))

    assert {one.as_of for one in differences(plan, [], [DAY])} == {DAY}
