"""T4, T7, T8, T9 at their edges: stars, chains, codes, exchanges (domain.md §1.4, §2.4, §2.5)."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from damha_portal.accounts.enums import UnitKind
from damha_portal.progress.judgement import figure_of, satisfies, threshold_of
from damha_portal.progress.models import Measurement
from damha_portal.progress.registry import Part
from ocop.enums import CouncilLevel, PlatformKind, RecognitionType, RetailKind, TraceabilityKind
from tests.factories.accounts import AdminUnitFactory
from tests.factories.ocop import (
    PlatformFactory,
    PlatformListingFactory,
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    RetailChainFactory,
    RetailListingFactory,
    RetailOutletFactory,
    TraceabilityCodeFactory,
)
from tests.progress.reading import YEAR_END, Board, load_plan_2023

MEETING = dt.date(2023, 2, 20)  # the plan's baseline day
MARCH = dt.date(2023, 3, 31)


@pytest.fixture
def board(units) -> Board:
    return Board(load_plan_2023(), units)


@pytest.fixture
def producer(units):
    return ProducerFactory(admin_unit=units["06913"])


@pytest.fixture
def outside(units):
    """A producer of another district."""
    other = AdminUnitFactory(kind=UnitKind.DISTRICT, name="Hải Hà", parent=units.province)
    return ProducerFactory(admin_unit=AdminUnitFactory(name="Quảng Chính", parent=other))


def starred(producer, decided_on=dt.date(2022, 1, 10), **values):
    """A product with a star; of the year before unless told."""
    product = ProductFactory(producer=producer)
    RecognitionFactory(product=product, decided_on=decided_on, **values)
    return product


# --- T4: newly recognised -------------------------------------------------------------------------


@pytest.mark.parametrize("level", [CouncilLevel.DISTRICT, CouncilLevel.PROVINCE])
@pytest.mark.parametrize("decided_on", [dt.date(2023, 2, 23), dt.date(2023, 2, 24)])
def test_t4_district_and_province_decisions_count_before_and_after_decision_148(
    board, producer, level, decided_on
):
    starred(producer, decided_on, level=level)

    assert board.read("T4").numerator == 1


def test_t4_three_meet_from_three_and_two_do_not(board, producer):
    starred(producer, dt.date(2023, 9, 13))
    starred(producer, dt.date(2023, 9, 13), star=4, level=CouncilLevel.PROVINCE)
    assert (board.read("T4").numerator, board.read("T4").met) == (2, False)

    starred(producer, dt.date(2023, 9, 13), star=5, level=CouncilLevel.CENTRAL)
    assert (board.read("T4").numerator, board.read("T4").met) == (3, True)


def test_t4_two_stars_are_no_recognition_of_three(board, producer):
    starred(producer, dt.date(2023, 9, 13), star=2)

    assert board.read("T4").numerator == 0


def test_t4_a_decision_of_early_2024_of_the_2023_round_counts_from_its_day(board, producer):
    starred(producer, dt.date(2024, 2, 1), evaluation_year=2023)

    assert board.read("T4", YEAR_END).numerator == 0
    assert board.read("T4", dt.date(2024, 1, 31)).numerator == 0
    assert board.read("T4", dt.date(2024, 2, 1)).numerator == 1


def test_t4_a_decision_of_2023_of_another_round_does_not_count(board, producer):
    starred(producer, dt.date(2023, 1, 15), evaluation_year=2022)
    starred(producer, dt.date(2023, 12, 1), evaluation_year=2024)

    assert board.read("T4").numerator is None


@pytest.mark.parametrize(
    "kind", [RecognitionType.UPGRADE, RecognitionType.RENEWAL, RecognitionType.DOWNGRADE]
)
def test_t4_an_upgrade_or_renewal_is_reported_apart_and_never_as_new(board, producer, kind):
    product = starred(producer, dt.date(2020, 6, 1))
    RecognitionFactory(product=product, decided_on=dt.date(2023, 5, 1), star=4, type=kind)

    (repeated,) = board.rows("T4").excluded.values()
    assert board.read("T4").numerator == 0
    assert set(repeated) == {product}


def test_t4_a_star_in_force_on_the_day_of_the_meeting_is_not_additional(board, producer):
    held = starred(producer, dt.date(2020, 2, 21))  # in force through 20/02/2023
    lapsed = starred(producer, dt.date(2020, 2, 20))  # in force through 19/02/2023
    for product in (held, lapsed):
        RecognitionFactory(product=product, decided_on=dt.date(2023, 6, 1))

    assert board.listed("T4") == {lapsed}
    assert board.read("T4").numerator == 1


def test_t4_a_star_below_three_at_the_meeting_does_not_stand_in_the_way(board, producer):
    product = starred(producer, dt.date(2022, 6, 1), star=2)
    RecognitionFactory(product=product, decided_on=dt.date(2023, 6, 1), star=3)

    assert board.read("T4").numerator == 1


def test_t4_a_revoked_recognition_counts_until_the_day_before(board, producer):
    starred(producer, dt.date(2023, 6, 1), revoked_on=dt.date(2023, 10, 5))

    assert board.read("T4", dt.date(2023, 10, 4)).numerator == 1
    assert board.read("T4", dt.date(2023, 10, 5)).numerator == 0


def test_t4_a_product_of_another_district_is_not_counted(board, producer, outside):
    starred(outside, dt.date(2023, 6, 1))

    assert board.read("T4").numerator is None


# --- T7: into chains of malls and supermarkets ----------------------------------------------------


def on_sale(product, kind=RetailKind.SUPERMARKET, *, in_province=True, **values):
    outlet = RetailOutletFactory(chain=RetailChainFactory(kind=kind), is_in_province=in_province)
    return RetailListingFactory(product=product, outlet=outlet, **values)


def test_t7_a_mall_and_a_supermarket_inside_and_outside_the_province_meet_at_least_two(
    board, producer
):
    on_sale(starred(producer), RetailKind.MALL)
    assert (board.read("T7").numerator, board.read("T7").met) == (1, False)

    on_sale(starred(producer), in_province=False)
    assert (board.read("T7").numerator, board.read("T7").met) == (2, True)


@pytest.mark.parametrize("kind", [RetailKind.OCOP_SHOP, RetailKind.AGENT])
def test_t7_an_ocop_shop_or_agent_is_not_a_chain(board, producer, kind):
    product = starred(producer)
    on_sale(product, kind)

    (elsewhere,) = board.rows("T7").excluded.values()
    assert board.read("T7").numerator == 0
    assert set(elsewhere) == {product}


def test_t7_one_product_in_two_chains_is_one_product(board, producer):
    product = starred(producer)
    on_sale(product)
    on_sale(product, RetailKind.MALL)

    assert board.read("T7").numerator == 1


def test_t7_a_listing_begun_before_the_period_is_not_brought_in_now(board, producer):
    on_sale(starred(producer), started_on=dt.date(2022, 12, 31))
    assert board.read("T7").numerator == 0

    on_sale(starred(producer), started_on=dt.date(2023, 1, 1))
    assert board.read("T7").numerator == 1


def test_t7_the_last_day_of_sale_counts_and_the_next_does_not(board, producer):
    on_sale(starred(producer), ended_on=dt.date(2023, 8, 31))

    assert board.read("T7", dt.date(2023, 8, 31)).numerator == 1
    assert board.read("T7", dt.date(2023, 9, 1)).numerator == 0


def test_t7_a_product_without_a_valid_star_does_not_count(board, producer):
    on_sale(ProductFactory(producer=producer))
    on_sale(starred(producer, star=2))
    on_sale(starred(producer, dt.date(2020, 3, 1)))  # lapsed on 01/03/2023

    assert board.read("T7").numerator == 0


# --- T8: stamps, codes, barcodes ------------------------------------------------------------------


def test_t8_without_a_starred_product_there_is_no_share(board, producer):
    TraceabilityCodeFactory(product=ProductFactory(producer=producer))

    reading = board.read("T8")
    assert (reading.pair, reading.value, reading.met) == ((0, 0), None, None)


def test_t8_nobody_entered_a_code_is_unknown_and_a_lapsed_code_is_zero(board, producer):
    product = starred(producer)
    assert board.read("T8").pair == (None, 1)

    TraceabilityCodeFactory(product=product, valid_until=dt.date(2023, 3, 30))
    assert board.read("T8", MARCH).pair == (0, 1)
    assert board.read("T8", MARCH).value == 0


@pytest.mark.parametrize("kind", list(TraceabilityKind))
def test_t8_a_stamp_or_a_code_or_a_barcode_is_enough(board, producer, kind):
    TraceabilityCodeFactory(product=starred(producer), kind=kind, code="8934567890120")

    assert (board.read("T8").pair, board.read("T8").met) == ((1, 1), True)


def test_t8_fourteen_of_fifteen_is_not_all(board, producer):
    products = [starred(producer) for _number in range(15)]
    for product in products[:14]:
        TraceabilityCodeFactory(product=product)

    assert (board.read("T8").pair, board.read("T8").met) == ((14, 15), False)
    assert board.listed("T8", Part.MISSING) == {products[14]}


def test_t8_the_last_day_of_a_code_counts_and_the_next_does_not(board, producer):
    TraceabilityCodeFactory(product=starred(producer), valid_until=dt.date(2023, 6, 30))

    assert board.read("T8", dt.date(2023, 6, 30)).pair == (1, 1)
    assert board.read("T8", dt.date(2023, 7, 1)).pair == (0, 1)


def test_t8_a_terminated_code_no_longer_counts_from_that_day(board, producer):
    TraceabilityCodeFactory(product=starred(producer), terminated_on=dt.date(2023, 6, 30))

    assert board.read("T8", dt.date(2023, 6, 29)).pair == (1, 1)
    assert board.read("T8", dt.date(2023, 6, 30)).pair == (0, 1)


def test_t8_a_code_counts_from_its_first_day(board, producer):
    TraceabilityCodeFactory(product=starred(producer), registered_on=MARCH)

    assert board.read("T8", MARCH - dt.timedelta(days=1)).pair == (0, 1)
    assert board.read("T8", MARCH).pair == (1, 1)


def test_t8_a_certificate_leaves_at_midnight_of_its_last_day_without_any_edit(board, producer):
    # A decision of 04/02/2020 no longer counts from 04/02/2023 (domain.md §2.5).
    TraceabilityCodeFactory(product=starred(producer, dt.date(2020, 2, 4)))

    assert board.read("T8", dt.date(2023, 2, 3)).pair[1] == 1
    assert board.read("T8", dt.date(2023, 2, 4)).pair[1] == 0


def test_t8_a_newly_starred_product_enters_the_base_on_the_day_of_its_certificate(board, producer):
    TraceabilityCodeFactory(product=starred(producer))
    starred(producer, dt.date(2023, 9, 1), issued_on=dt.date(2023, 9, 15))

    assert board.read("T8", dt.date(2023, 9, 14)).pair == (1, 1)
    assert board.read("T8", dt.date(2023, 9, 15)).pair == (1, 2)


def test_t8_a_revoked_star_leaves_the_base(board, producer):
    starred(producer, revoked_on=MARCH)

    assert board.read("T8", MARCH - dt.timedelta(days=1)).pair == (None, 1)
    assert board.read("T8", MARCH).pair == (None, 0)


def test_t8_after_a_downgrade_below_three_the_older_star_no_longer_holds(board, producer):
    product = starred(producer, dt.date(2022, 6, 1), star=3)
    RecognitionFactory(product=product, decided_on=MARCH, star=2, type=RecognitionType.DOWNGRADE)

    assert board.read("T8", MARCH - dt.timedelta(days=1)).pair == (None, 1)
    assert board.read("T8", MARCH).pair == (None, 0)


def test_t8_the_district_is_counted_anew_and_is_no_average_of_its_communes(board, units):
    full, poor = (ProducerFactory(admin_unit=units[code]) for code in ("06913", "06895"))
    TraceabilityCodeFactory(product=starred(full))
    for _number in range(3):
        starred(poor)

    assert board.by_unit("T8") == {
        units["06913"].pk: (1, 1),
        units["06895"].pk: (0, 3),
        units.district.pk: (1, 4),
    }
    assert board.read("T8").value == Fraction(1, 4)  # the average of 100 % and 0 % is 50 %


def test_t8_a_product_of_another_district_is_in_neither_part(board, producer, outside):
    TraceabilityCodeFactory(product=starred(outside))

    assert board.read("T8").pair == (None, 0)


def test_sixty_nine_point_nine_six_of_a_hundred_does_not_meet_seventy(board):
    target = board.target("T8")
    target.value, target.comparator = Decimal(70), "gte"
    value = figure_of(target, Measurement(numerator=6996, denominator=10000)).value

    assert satisfies(value, target.comparator, threshold_of(target)) is False


# --- T9: on an exchange ---------------------------------------------------------------------------


@pytest.fixture
def exchange():
    return PlatformFactory()


def test_t9_one_listing_on_one_exchange_is_enough(board, producer, exchange):
    PlatformListingFactory(product=starred(producer), platform=exchange)

    assert (board.read("T9").pair, board.read("T9").met) == ((1, 1), True)


def test_t9_the_exchange_of_the_province_counts_and_a_fan_page_does_not(board, producer):
    provincial = PlatformFactory(kind=PlatformKind.PROVINCIAL_EXCHANGE)
    fan_page = PlatformFactory(kind=PlatformKind.FAN_PAGE, counts_as_exchange=False)
    PlatformListingFactory(product=starred(producer), platform=provincial)
    only_fans = starred(producer)
    PlatformListingFactory(product=only_fans, platform=fan_page)

    assert board.read("T9").pair == (1, 2)
    assert board.listed("T9", Part.MISSING) == {only_fans}


def test_t9_a_closed_platform_counts_through_its_last_day(board, producer):
    closed = PlatformFactory(active_from=dt.date(2020, 1, 1), active_to=dt.date(2023, 11, 30))
    PlatformListingFactory(product=starred(producer), platform=closed)

    assert board.read("T9", dt.date(2023, 11, 30)).pair == (1, 1)
    assert board.read("T9", dt.date(2023, 12, 1)).pair == (0, 1)


def test_t9_a_listing_no_longer_counts_on_the_day_it_is_taken_down(board, producer, exchange):
    PlatformListingFactory(
        product=starred(producer), platform=exchange, delisted_on=dt.date(2023, 6, 30)
    )

    assert board.read("T9", dt.date(2023, 6, 29)).pair == (1, 1)
    assert board.read("T9", dt.date(2023, 6, 30)).pair == (0, 1)


def test_t9_nobody_entered_a_listing_is_unknown(board, producer):
    starred(producer)

    assert board.read("T9").pair == (None, 1)


def test_t9_certificate_and_listing_are_asked_on_the_last_day_of_the_period_afterwards(
    board, producer, exchange
):
    PlatformListingFactory(
        product=starred(producer), platform=exchange, delisted_on=dt.date(2024, 1, 1)
    )

    assert board.read("T9", dt.date(2024, 3, 1)).pair == (1, 1)


def test_the_baseline_of_t4_is_the_day_of_the_meeting(board):
    assert board.target("T4").parameters["baseline_on"] == MEETING.isoformat()
