"""What holds for every registered metric, whichever domain declares it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet, Sum

from damha_portal.progress.crosscheck import all_crosschecks, run_crosscheck
from damha_portal.progress.engine import Parts, read_units, scope_of
from damha_portal.progress.models import Plan, Target
from damha_portal.progress.registry import Kind, Metric, Part, Rows, all_metrics, get_metric
from damha_portal.progress.staleness import STRUCTURE, watched
from tests.ledger import FEW, MANY, statements
from tests.progress.reading import YEAR_END, load_plan_2023
from tests.progress.world import World, targets_of_every_metric

DAYS = [dt.date(2023, 1, 31), dt.date(2023, 6, 15), YEAR_END, dt.date(2024, 3, 1)]
COUNTS = (Kind.COUNT, Kind.SHARE)


@dataclass(frozen=True)
class Asked:
    """One registered metric, asked by one target of the plan."""

    metric: Metric
    target: Target

    def __str__(self) -> str:
        return self.metric.key

    def parts(self, on: dt.date = YEAR_END) -> dict[int, Parts]:
        return read_units(self.metric, scope_of(self.target, on))

    def own(self, on: dt.date = YEAR_END) -> Parts:
        return self.parts(on)[self.target.plan.area_id]

    def rows(self, on: dt.date = YEAR_END) -> Rows:
        return self.metric.rows(scope_of(self.target, on))

    def listed(self, part: Part) -> QuerySet[Any]:
        return self.metric.listed(self.rows(), part, area_id=self.target.plan.area_id)


@pytest.fixture
def plan(units) -> Plan:
    plan = load_plan_2023()
    targets_of_every_metric(plan)
    return plan


@pytest.fixture
def world(plan, units) -> World:
    return World(plan, units)


@pytest.fixture
def every_metric(plan) -> list[Asked]:
    targets = plan.targets.select_related("plan__area")
    first = {target.metric_key: target for target in reversed(targets)}
    assert set(first) == set(all_metrics())
    return [Asked(get_metric(key), target) for key, target in sorted(first.items())]


def counting(every_metric: list[Asked]) -> Iterator[Asked]:
    return (asked for asked in every_metric if asked.metric.kind in COUNTS)


def test_the_eleven_targets_of_the_plan_are_asked_of_registered_metrics(plan):
    stated = plan.targets.filter(code__startswith="T").order_by("position")

    assert [target.code for target in stated] == [f"T{number}" for number in range(1, 12)]
    assert {row.metric_key for row in stated} == set(all_metrics()) - {"progress.manual"}


def test_what_is_scored_is_part_of_the_base_and_what_is_missing_is_the_rest(every_metric, world):
    world.grow(7)
    for asked in counting(every_metric):
        if asked.rows().base is None:
            continue
        base, scored, missing = (
            set(asked.listed(part)) for part in (Part.BASE, Part.SCORED, Part.MISSING)
        )
        assert scored, asked
        assert missing, asked
        assert scored < base, asked
        assert missing == base - scored, asked


def test_the_figure_is_the_rows_that_are_listed(every_metric, world):
    world.grow(7)
    for asked in every_metric:
        own, rows, scored = asked.own(), asked.rows(), asked.listed(Part.SCORED)
        if asked.metric.kind in COUNTS:
            base = None if rows.base is None else len(asked.listed(Part.BASE))
            assert (own.numerator, own.denominator) == (len(scored), base), asked
            assert scored, asked
        elif asked.metric.kind == Kind.SUM:
            assert own.numerator == scored.aggregate(total=Sum(rows.amount))["total"], asked
        elif asked.metric.kind == Kind.MANUAL:
            assert own.numerator == getattr(scored.order_by("-as_of")[0], rows.amount), asked
        else:
            assert own.detail["compared_months"] == len(scored), asked


def test_no_row_is_listed_twice(every_metric, world):
    world.grow(7)
    for asked in every_metric:
        for part in Part:
            keys = [row.pk for row in asked.rows().part(part)]
            assert len(keys) == len(set(keys)), f"{asked} {part}"


def test_counts_of_the_units_and_of_the_area_agree(every_metric, world):
    world.grow(7)
    for asked in counting(every_metric):
        parts = asked.parts()
        own = parts.pop(asked.target.plan.area_id)
        assert sum(part.numerator for part in parts.values()) == own.numerator, asked
        if own.denominator is not None:
            assert sum(part.denominator for part in parts.values()) == own.denominator, asked


def test_thirty_rows_cost_as_many_queries_as_three(every_metric, world):
    world.grow(FEW)
    for asked in every_metric:
        asked.parts()  # fills the cache of content types
    few = {str(asked): len(statements(asked.parts)) for asked in every_metric}
    world.grow(MANY - FEW)
    many = {str(asked): len(statements(asked.parts)) for asked in every_metric}

    assert few == many
    assert max(many.values()) <= 3


def test_an_empty_database_is_no_data_and_no_exception(every_metric, plan):
    for asked in every_metric:
        for day in DAYS:
            assert set(asked.parts(day)) == {plan.area_id}, asked
            assert asked.own(day).numerator is None, asked
            assert asked.own(day).denominator in (None, Decimal(0)), asked


def test_every_metric_has_a_second_path_that_gives_the_same_units_and_figures(
    every_metric, plan, world
):
    assert set(all_crosschecks()) == {asked.metric.key for asked in every_metric}
    for more in (0, 1, 6, 23):
        world.grow(more)
        for asked in every_metric:
            for day in DAYS:
                first = {
                    unit: (part.numerator, part.denominator)
                    for unit, part in asked.parts(day).items()
                }
                second = run_crosscheck(plan, asked.target, day)
                assert second == first, f"{asked}, {world.size} rows, {day}"


def test_the_sentence_is_filled_completely(every_metric):
    for asked in every_metric:
        sentence = asked.metric.sentence(scope_of(asked.target, dt.date(2023, 9, 30)))
        assert not re.search(r"%\(|%s|[{}]", sentence), asked
        assert "30/09/2023" in sentence, asked


def test_the_page_finds_its_words(every_metric):
    for asked in every_metric:
        assert str(asked.metric.title), asked
        assert str(asked.metric.noun), asked
        assert all(str(asked.metric.labels[part]) for part in Part), asked


def test_every_table_that_is_read_is_one_that_marks_the_figure_stale(every_metric, world):
    world.grow(1)
    for asked in every_metric:
        rows = asked.rows()
        queries = [rows.scored.values(asked.metric.unit_path), *map(rows.part, Part)]
        queries += [*rows.excluded.values(), *([] if rows.known is None else [rows.known])]
        read = {model for queryset in queries for model in models_of(queryset)}
        assert read - {*asked.metric.depends_on, *STRUCTURE, ContentType} == set(), asked
        assert set(asked.metric.depends_on) <= watched(), asked


def models_of(queryset: QuerySet[Any]) -> set[Any]:
    """The models whose tables a query names; a join table stands for the model declaring it."""
    try:
        words = set(re.findall(r"\w+", str(queryset.query)))
    except EmptyResultSet:
        return set()
    models = apps.get_models(include_auto_created=True)
    found = {model for model in models if model._meta.db_table in words}
    return {model._meta.auto_created or model for model in found}


def test_bulk_changes_of_what_a_metric_reads_go_through_the_queryset_that_marks(every_metric):
    for asked in every_metric:
        for model in asked.metric.depends_on:
            assert hasattr(model._default_manager.all(), "visible_to"), model
