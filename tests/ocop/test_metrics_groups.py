"""T3, T5 and T6 at their edges: frozen groups and new establishments (domain.md §1.4)."""

import datetime as dt

import pytest

from damha_portal.progress.models import CohortMember
from damha_portal.progress.registry import Part
from ocop.enums import SupportKind
from tests.factories.ocop import (
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    SupportActivityFactory,
)
from tests.factories.progress import CohortMemberFactory
from tests.ocop.records import new_product
from tests.progress.reading import Board, load_plan_2023


@pytest.fixture
def board(units) -> Board:
    return Board(load_plan_2023(), units)


@pytest.fixture
def producer(units):
    return ProducerFactory(admin_unit=units["06913"])


# --- T3 and T5: frozen groups ---------------------------------------------------------------------


@pytest.fixture
def fifteen(board, producer):
    """The cohort of fifteen products."""
    products = [ProductFactory(producer=producer) for _number in range(15)]
    for product in products:
        CohortMemberFactory(cohort=board.target("T3").cohort, record=product)
    return products


def improve(*products, **values):
    unit = products[0].producer.admin_unit
    values = {"kind": SupportKind.IMPROVEMENT, "admin_unit": unit, **values}
    return SupportActivityFactory(products=products, **values)


def test_t3_fourteen_of_fifteen_is_not_met_and_the_one_without_action_is_listed(board, fifteen):
    improve(*fifteen[:14])

    assert (board.read("T3").pair, board.read("T3").met) == ((14, 15), False)
    assert board.listed("T3", Part.MISSING) == {fifteen[14]}

    improve(fifteen[14], kind=SupportKind.PACKAGING, held_on=dt.date(2023, 12, 31))
    assert (board.read("T3").pair, board.read("T3").met) == ((15, 15), True)


def test_t3_training_a_class_is_not_consolidation_and_two_actions_count_once(board, fifteen):
    improve(fifteen[0], kind=SupportKind.TRAINING)
    improve(fifteen[1])
    improve(fifteen[1], kind=SupportKind.PACKAGING)

    assert board.read("T3").pair == (1, 15)


def test_t3_a_product_outside_the_frozen_group_never_counts(board, fifteen, producer):
    improve(ProductFactory(producer=producer))

    assert board.read("T3").pair == (0, 15)


def test_t3_action_of_another_year_does_not_count(board, fifteen):
    improve(fifteen[0], held_on=dt.date(2024, 1, 1))
    improve(fifteen[1], held_on=dt.date(2022, 12, 31))

    assert board.read("T3", dt.date(2024, 1, 2)).pair == (None, 15)


def test_t3_members_whose_star_lapsed_are_named_for_information(board, fifteen):
    RecognitionFactory(product=fifteen[0], decided_on=dt.date(2022, 1, 10))

    (lapsed,) = board.rows("T3").excluded.values()
    assert set(lapsed) == set(fifteen[1:])


def test_t5_support_of_a_product_reaches_its_producer_and_the_others_are_missing(board, units):
    cohort = board.target("T5").cohort
    makers = [ProducerFactory(admin_unit=units["06895"]) for _number in range(21)]
    for maker in makers:
        CohortMemberFactory(cohort=cohort, record=maker)
    improve(ProductFactory(producer=makers[0]))
    SupportActivityFactory(producers=makers[1:20], kind=SupportKind.GRANT)

    assert (board.read("T5").pair, board.read("T5").met) == ((20, 21), False)
    assert board.listed("T5", Part.MISSING) == {makers[20]}

    SupportActivityFactory(producers=[makers[20]], admin_unit=units["06895"])
    assert (board.read("T5").pair, board.read("T5").met) == ((21, 21), True)


def test_t5_a_member_of_another_model_with_the_same_key_is_nobody(board, producer):
    cohort = board.target("T5").cohort
    product = ProductFactory(pk=producer.pk, producer=ProducerFactory())
    CohortMemberFactory(cohort=cohort, record=product)

    assert CohortMember.objects.get().object_id == producer.pk
    assert board.read("T5").pair == (None, 0)


# --- T6: new establishments -----------------------------------------------------------------------


def test_t6_one_producer_with_its_first_accepted_registration_meets_at_least_one(board, producer):
    new_product(producer)

    assert (board.read("T6").numerator, board.read("T6").met) == (1, True)


def test_t6_a_producer_who_joined_before_is_not_new_with_a_new_product(board, units):
    before = ProducerFactory(admin_unit=units["06913"])
    new_product(before, accepted_on=dt.date(2022, 6, 1), year=2022)
    new_product(before)
    starred = ProducerFactory(admin_unit=units["06913"])
    RecognitionFactory(
        product=ProductFactory(producer=starred),
        decided_on=dt.date(2022, 12, 31),
        evaluation_year=2022,
    )
    new_product(starred)
    stated = ProducerFactory(admin_unit=units["06913"], joined_on=dt.date(2022, 1, 1))
    new_product(stated)

    assert (board.read("T6").numerator, board.read("T6").met) == (0, False)


def test_t6_counts_the_day_of_acceptance_not_before(board, producer):
    new_product(producer)

    assert board.read("T6", dt.date(2023, 4, 11)).numerator == 0
    assert board.read("T6", dt.date(2023, 4, 12)).numerator == 1
