"""T1 and T2 at their edges, and no data for all of T1–T9; the readings are domain.md §1.4."""

import datetime as dt
from fractions import Fraction

import pytest

from damha_portal.accounts.enums import UnitKind
from damha_portal.progress.enums import VerdictCode
from damha_portal.progress.judgement import figure_of, judge, still_needed
from damha_portal.progress.models import Measurement
from damha_portal.progress.registry import Part
from ocop.enums import ParticipationState, SupportKind
from tests.factories.accounts import AdminUnitFactory
from tests.factories.ocop import (
    ParticipationFactory,
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    StepChangeFactory,
    SupportActivityFactory,
)
from tests.ocop.records import ACCEPTED, make_ready, new_product
from tests.progress.reading import YEAR_END, Board, load_plan_2023

S = ParticipationState


@pytest.fixture
def board(units) -> Board:
    return Board(load_plan_2023(), units)


@pytest.fixture
def producer(units):
    return ProducerFactory(admin_unit=units["06913"])


@pytest.fixture
def elsewhere(units):
    """A producer of another district."""
    other = AdminUnitFactory(kind=UnitKind.DISTRICT, name="Hải Hà", parent=units.province)
    commune = AdminUnitFactory(name="Quảng Chính", parent=other)
    return ProducerFactory(admin_unit=commune)


# --- Nothing entered yet --------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"])
def test_an_empty_register_is_no_data_and_never_zero(board, code):
    reading = board.read(code)

    assert reading.numerator is None
    assert reading.value is None
    assert reading.met is None
    assert judged(board, code).code == VerdictCode.NO_DATA


def judged(board, code, on=YEAR_END, today=dt.date(2024, 1, 1)):
    target, reading = board.target(code), board.read(code, on)
    row = Measurement(numerator=reading.numerator, denominator=reading.denominator)
    return judge(target, figure_of(target, row), as_of=on, today=today)


# --- T1: new products registered ------------------------------------------------------------------


def test_t1_three_accepted_ideas_meet_at_least_three_and_two_do_not(board, producer):
    for _number in range(2):
        new_product(producer)
    assert (board.read("T1").numerator, board.read("T1").met) == (2, False)

    new_product(producer)

    assert (board.read("T1").numerator, board.read("T1").met) == (3, True)


def test_t1_a_submitted_idea_is_known_but_not_counted(board, producer):
    product = ProductFactory(producer=producer)
    participation = ParticipationFactory(product=product)
    StepChangeFactory(participation=participation, to_state=S.IDEA_SUBMITTED, happened_on=ACCEPTED)

    assert board.read("T1").numerator == 0
    excluded = [set(rows) for rows in board.rows("T1").excluded.values()]
    assert excluded == [{product}]


def test_t1_counts_the_period_from_its_first_to_its_last_day(board, producer):
    new_product(producer, accepted_on=dt.date(2023, 1, 1))
    new_product(producer, accepted_on=dt.date(2023, 12, 31))
    new_product(producer, accepted_on=dt.date(2024, 1, 1))
    new_product(producer, accepted_on=dt.date(2022, 12, 31))

    assert board.read("T1", dt.date(2023, 1, 1)).numerator == 1
    assert board.read("T1", YEAR_END).numerator == 2
    assert board.read("T1", dt.date(2024, 2, 1)).numerator == 2


def test_t1_a_product_accepted_before_and_again_this_year_is_not_new(board, producer):
    product = new_product(producer, accepted_on=dt.date(2022, 5, 1), year=2022)
    ParticipationFactory(product=product, year=2023, accepted_on=ACCEPTED)

    assert board.read("T1").numerator == 0


def test_t1_a_product_with_an_older_star_or_joining_date_is_not_new(board, producer):
    starred = new_product(producer)
    RecognitionFactory(product=starred, decided_on=dt.date(2019, 12, 1), evaluation_year=2019)
    new_product(producer, joined_on=dt.date(2022, 12, 31))
    joined_now = new_product(producer, joined_on=dt.date(2023, 1, 1))

    assert board.listed("T1") == {joined_now}
    assert board.read("T1").numerator == 1


def test_t1_a_product_of_another_district_is_not_counted(board, producer, elsewhere):
    new_product(elsewhere)

    assert board.read("T1").numerator is None
    new_product(producer)
    assert board.read("T1").numerator == 1


def test_t1_three_products_that_are_not_the_three_named_meet_it_and_the_checklist_says_so(
    board, producer
):
    for _number in range(3):
        new_product(producer)

    names = [item.name for item in board.target("T1").checklist.all()]
    linked = [item.object_id for item in board.target("T1").checklist.all()]
    assert board.read("T1").met is True
    assert names == ["lạc đỏ Thành Mến", "dưa cải nén", "khoai khô Xóm Giáo"]
    assert linked == [None, None, None]


def test_t1_accepted_under_next_years_participation_still_counts(board, producer):
    new_product(producer, accepted_on=dt.date(2023, 12, 20), year=2024)

    assert board.read("T1").numerator == 1


def test_t1_by_commune_adds_up_to_the_district(board, units):
    for code, number in (("06913", 2), ("06895", 1)):
        producer = ProducerFactory(admin_unit=units[code])
        for _number in range(number):
            new_product(producer)

    assert board.by_unit("T1") == {
        units["06913"].pk: (2, None),
        units["06895"].pk: (1, None),
        units.district.pk: (3, None),
    }


# --- T2: producers trained and ready --------------------------------------------------------------


@pytest.fixture
def three(units):
    """Three producers with one new product each."""
    makers = [ProducerFactory(admin_unit=units["06913"]) for _number in range(3)]
    return [(maker, new_product(maker)) for maker in makers]


def test_t2_two_of_three_is_not_seventy_percent(board, three):
    SupportActivityFactory(producers=[maker for maker, _product in three])
    for _maker, product in three[:2]:
        make_ready(product)

    reading = board.read("T2")
    assert reading.pair == (2, 3)
    assert reading.value == Fraction(2, 3)
    assert reading.met is False
    target = board.target("T2")
    row = Measurement(numerator=2, denominator=3)
    assert still_needed(target, figure_of(target, row)) == 1

    make_ready(three[2][1])
    assert (board.read("T2").pair, board.read("T2").met) == ((3, 3), True)


def test_t2_seven_of_ten_is_exactly_seventy_percent_and_meets_it(board, units):
    makers = [ProducerFactory(admin_unit=units["06913"]) for _number in range(10)]
    products = [new_product(maker) for maker in makers]
    SupportActivityFactory(producers=makers)
    for product in products[:7]:
        make_ready(product)

    assert (board.read("T2").pair, board.read("T2").met) == ((7, 10), True)


def test_t2_sixty_nine_point_nine_six_is_not_seventy(board):
    target = board.target("T2")
    figure = figure_of(target, Measurement(numerator=1749, denominator=2500))

    verdict = judge(target, figure, as_of=YEAR_END, today=dt.date(2024, 1, 1))

    assert figure.value == Fraction(6996, 10000)
    assert verdict.code == VerdictCode.NOT_MET
    assert "70,0 %" not in verdict.reason


def test_t2_trained_but_not_ready_and_ready_but_not_trained_are_missing(board, three):
    (trained, _a), (_b, ready), (maker, product) = three
    SupportActivityFactory(producers=[trained, maker])
    make_ready(ready)
    make_ready(product)

    assert board.read("T2").pair == (1, 3)
    assert board.listed("T2") == {maker}
    assert board.listed("T2", Part.MISSING) == {trained, ready.producer}


def test_t2_a_dossier_sent_back_is_no_longer_ready_from_that_day(board, three):
    maker, product = three[0]
    SupportActivityFactory(producers=[maker])
    make_ready(product, on=dt.date(2023, 7, 1))
    make_ready(product, on=dt.date(2023, 8, 1), state=S.IMPLEMENTING)

    assert board.read("T2", dt.date(2023, 7, 31)).pair == (1, 3)
    assert board.read("T2", dt.date(2023, 8, 1)).pair == (0, 3)


def test_t2_of_two_steps_on_one_day_the_later_recorded_holds(board, three):
    maker, product = three[0]
    SupportActivityFactory(producers=[maker])
    make_ready(product, on=dt.date(2023, 7, 1), state=S.IMPLEMENTING)
    make_ready(product, on=dt.date(2023, 7, 1))

    assert board.read("T2").pair == (1, 3)


def test_t2_counts_producers_not_products(board, producer):
    SupportActivityFactory(producers=[producer])
    make_ready(new_product(producer))
    new_product(producer)

    assert board.read("T2").pair == (1, 1)


@pytest.mark.parametrize(
    ("kind", "counted"),
    [
        (SupportKind.TRAINING, 1),
        (SupportKind.COACHING, 1),
        (SupportKind.CONSULTING, 1),
        (SupportKind.MACHINERY, 0),
        (SupportKind.GRANT, 0),
    ],
)
def test_t2_any_of_training_coaching_consulting_is_enough_and_nothing_else(
    board, producer, kind, counted
):
    make_ready(new_product(producer))
    SupportActivityFactory(kind=kind, producers=[producer], admin_unit=producer.admin_unit)

    assert board.read("T2").pair == (counted, 1)


def test_t2_training_of_the_year_before_does_not_count(board, producer):
    make_ready(new_product(producer))
    SupportActivityFactory(held_on=dt.date(2022, 12, 31), producers=[producer])

    assert board.read("T2").pair == (None, 1)


def test_t2_the_ready_product_must_be_the_new_one(board, producer):
    old = new_product(producer, accepted_on=dt.date(2022, 4, 1), year=2022)
    make_ready(old)
    new_product(producer)
    SupportActivityFactory(producers=[producer])

    assert board.read("T2").pair == (0, 1)


def test_t2_training_held_outside_the_district_counts_for_those_it_reached(board, units, producer):
    make_ready(new_product(producer))
    away = SupportActivityFactory(producers=[], admin_unit=units.province)
    assert board.read("T2").pair == (None, 1)

    away.producers.add(producer)
    assert board.read("T2").pair == (1, 1)


def test_t2_without_new_products_there_is_no_share_even_with_training(board, producer):
    SupportActivityFactory(producers=[producer], admin_unit=producer.admin_unit)

    reading = board.read("T2")
    assert reading.pair == (0, 0)
    assert (reading.value, reading.met) == (None, None)
    assert judged(board, "T2").code == VerdictCode.NO_DATA
