"""Exact shares: a figure is met or not met on fractions, never on a rounded number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

#: The number types a figure may be made of.
Exact = int | Decimal | Fraction


class EmptyBaseError(ValueError):
    """A share was asked of nothing: its denominator is zero or unknown."""


def exact_fraction(value: Exact) -> Fraction:
    """The same number as a fraction; TypeError for floats and everything else inexact."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(f"An exact number is needed, not {type(value).__name__}: {value!r}")
    return Fraction(value)


class _ExactlyOrdered:
    """Ordering and equality by the exact fraction; comparing with a float is a TypeError."""

    __slots__ = ()

    def as_fraction(self) -> Fraction:
        """The value as a fraction of one."""
        raise NotImplementedError

    @property
    def percent(self) -> Fraction:
        """The value in hundredths, exact: Fraction(200, 3) for two thirds."""
        return self.as_fraction() * 100

    def __eq__(self, other: object) -> bool:
        fraction = _comparable(other)
        return NotImplemented if fraction is None else self.as_fraction() == fraction

    def __lt__(self, other: object) -> bool:
        fraction = _comparable(other)
        return NotImplemented if fraction is None else self.as_fraction() < fraction

    def __le__(self, other: object) -> bool:
        fraction = _comparable(other)
        return NotImplemented if fraction is None else self.as_fraction() <= fraction

    def __gt__(self, other: object) -> bool:
        fraction = _comparable(other)
        return NotImplemented if fraction is None else self.as_fraction() > fraction

    def __ge__(self, other: object) -> bool:
        fraction = _comparable(other)
        return NotImplemented if fraction is None else self.as_fraction() >= fraction

    def __hash__(self) -> int:
        return hash(self.as_fraction())


def _comparable(other: object) -> Fraction | None:
    if isinstance(other, _ExactlyOrdered):
        return other.as_fraction()
    if isinstance(other, float):
        raise TypeError(f"A share is not compared with a float: {other!r}")
    if isinstance(other, int | Decimal | Fraction):
        return Fraction(other)
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Ratio(_ExactlyOrdered):
    """`numerator` out of `denominator`, both kept as given: 6 of 9 stays 6 of 9.

    Equal and ordered by value, so Ratio(6, 9) == Ratio(2, 3). Raises EmptyBaseError for a
    denominator that is zero or unknown; `Ratio.of` answers None instead.
    """

    numerator: Exact
    denominator: Exact

    def __post_init__(self) -> None:
        if self.denominator is None or self.denominator == 0:
            raise EmptyBaseError("A share of an empty base has no value.")
        exact_fraction(self.numerator)
        exact_fraction(self.denominator)

    @classmethod
    def of(cls, numerator: Exact | None, denominator: Exact | None) -> Ratio | None:
        """The share, or None where a part is unknown or the base is empty."""
        if numerator is None or denominator is None or denominator == 0:
            return None
        return cls(numerator, denominator)

    def as_fraction(self) -> Fraction:
        """The value as a fraction of one, in lowest terms."""
        return exact_fraction(self.numerator) / exact_fraction(self.denominator)

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


@dataclass(frozen=True, slots=True, eq=False)
class Percent(_ExactlyOrdered):
    """A threshold in hundredths: Percent(70) compares as 70/100."""

    value: Exact

    def __post_init__(self) -> None:
        exact_fraction(self.value)

    def as_fraction(self) -> Fraction:
        """The value as a fraction of one."""
        return exact_fraction(self.value) / 100

    def __str__(self) -> str:
        return f"{self.value} %"
