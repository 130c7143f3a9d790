from dataclasses import FrozenInstanceError
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damha_portal.core.ratio import EmptyBaseError, Percent, Ratio

whole = st.integers(-(10**9), 10**9)
base = whole.filter(bool)


def test_two_thirds_do_not_reach_seventy_percent():
    assert (Ratio(2, 3) >= Percent(70)) is False


def test_seven_tenths_reach_seventy_percent():
    assert Ratio(7, 10) >= Percent(70)
    assert Ratio(7, 10) == Percent(70)


def test_69_96_percent_is_not_seventy_percent():
    assert (Ratio(6996, 10000) >= Percent(70)) is False


def test_a_zero_base_has_no_share():
    with pytest.raises(EmptyBaseError):
        Ratio(3, 0)
    with pytest.raises(EmptyBaseError):
        Ratio(3, Decimal("0.00"))


def test_an_unknown_base_has_no_share():
    with pytest.raises(EmptyBaseError):
        Ratio(3, None)


@pytest.mark.parametrize(("n", "d"), [(None, 3), (3, None), (3, 0), (None, None), (0, 0)])
def test_of_answers_none_where_there_is_no_share(n, d):
    assert Ratio.of(n, d) is None


def test_of_keeps_a_numerator_of_zero():
    assert Ratio.of(0, 9) == Ratio(0, 9)
    assert Ratio.of(0, 9) == 0


def test_parts_stay_as_given():
    ratio = Ratio(6, 9)
    assert (ratio.numerator, ratio.denominator) == (6, 9)
    assert str(ratio) == "6/9"
    assert ratio == Ratio(2, 3)
    assert hash(ratio) == hash(Ratio(2, 3)) == hash(Fraction(2, 3))


def test_a_ratio_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Ratio(1, 2).numerator = 2


def test_fraction_and_percent_are_exact():
    assert Ratio(1, 7).as_fraction() == Fraction(1, 7)
    assert Ratio(1, 7).percent == Fraction(100, 7)
    assert Ratio(Decimal("0.5"), Decimal("1.5")).as_fraction() == Fraction(1, 3)
    assert Percent(Decimal("14.29")).as_fraction() == Fraction(1429, 10000)
    assert Percent(70).percent == 70


def test_ordering_works_against_every_exact_number():
    assert Ratio(1, 2) < 1
    assert Ratio(1, 2) > Fraction(1, 3)
    assert Ratio(1, 2) <= Decimal("0.5")
    assert Decimal("0.4") < Ratio(1, 2)
    assert Percent(50) == Ratio(1, 2)
    assert Percent(49) < Ratio(1, 2)
    assert Ratio(3, 2) != 1


@pytest.mark.parametrize("compare", ["__lt__", "__le__", "__gt__", "__ge__", "__eq__"])
def test_floats_are_refused_in_comparisons(compare):
    for exact in (Ratio(1, 2), Percent(50)):
        with pytest.raises(TypeError):
            getattr(exact, compare)(0.5)


def test_floats_are_refused_from_the_left_too():
    with pytest.raises(TypeError):
        assert Ratio(1, 2) > 0.1
    with pytest.raises(TypeError):
        assert 0.1 < Ratio(1, 2)  # noqa: SIM300  (the reflected comparison is what is tested)


@pytest.mark.parametrize("value", [0.5, "1", True])
def test_inexact_parts_are_refused(value):
    with pytest.raises(TypeError):
        Ratio(value, 2)
    with pytest.raises(TypeError):
        Ratio(1, value)
    with pytest.raises(TypeError):
        Percent(value)


def test_other_things_are_neither_equal_nor_ordered():
    assert Ratio(1, 2) != "1/2"
    with pytest.raises(TypeError):
        assert Ratio(1, 2) < "1/2"


@given(whole, base, whole, base)
def test_comparison_equals_that_of_fractions(a, b, c, d):
    left, right = Ratio(a, b), Ratio(c, d)
    exact_left, exact_right = Fraction(a, b), Fraction(c, d)
    assert (left < right) == (exact_left < exact_right)
    assert (left <= right) == (exact_left <= exact_right)
    assert (left > right) == (exact_left > exact_right)
    assert (left >= right) == (exact_left >= exact_right)
    assert (left == right) == (exact_left == exact_right)


@given(whole, base, st.decimals(0, 100, places=2))
def test_a_threshold_compares_by_cross_multiplication(a, b, threshold):
    assert (Ratio(a, b) >= Percent(threshold)) == (Fraction(a, b) * 100 >= Fraction(threshold))
