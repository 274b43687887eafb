"""Bounds of monomials, and the signs of polynomials that follow from them term by term."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq_mpoly

from symderiv.field.tower import Bound, Tower, as_fraction

Definite = tuple[int, bool]
"""A sign that holds everywhere, and whether the value never is 0."""


def definite_by_bounds(tower: Tower, poly: fmpq_mpoly) -> Definite | None:
    """The sign that follows from the bounds of the monomials one by one."""
    low: Bound = Fraction(0)
    high: Bound = Fraction(0)
    above_low = below_high = False
    for exponents, value in poly.terms():
        coefficient = as_fraction(value)
        below, above, positive = monomial_bounds(tower, exponents)
        if coefficient < 0:
            below, above = above, below
        low = None if low is None or below is None else low + coefficient * below
        high = None if high is None or above is None else high + coefficient * above
        # a number is its own bound; any other positive monomial exceeds its least value
        if positive and any(exponents):
            above_low, below_high = above_low or coefficient > 0, below_high or coefficient < 0
    if low is not None and low >= 0:
        return 1, low > 0 or above_low
    if high is not None and high <= 0:
        return -1, high < 0 or below_high
    return None


def monomial_bounds(tower: Tower, exponents: tuple[int, ...]) -> tuple[Bound, Bound, bool]:
    """Least and greatest value of a monomial (None: unbounded), and whether it is positive everywhere."""
    low: Bound = Fraction(1)
    high: Bound = Fraction(1)
    positive = True
    for column, exponent in enumerate(exponents):
        if exponent:
            g = tower.generator_at(column)
            below, above = _power_bounds(g.low, g.high, int(exponent))
            positive = positive and g.strict and g.low is not None and g.low >= 0
            low, high = _product_bounds(low, high, below, above)
    return low, high, positive


def _power_bounds(low: Bound, high: Bound, exponent: int) -> tuple[Bound, Bound]:
    if exponent % 2 or (low is not None and low >= 0):
        return (
            None if low is None else low**exponent,
            None if high is None else high**exponent,
        )
    if low is None or high is None:
        return Fraction(0), None
    return (Fraction(0) if low <= 0 <= high else min(low**exponent, high**exponent)), max(
        low**exponent, high**exponent
    )


def _product_bounds(a: Bound, b: Bound, c: Bound, d: Bound) -> tuple[Bound, Bound]:
    if a is not None and c is not None and a >= 0 and c >= 0:
        return a * c, None if b is None or d is None else b * d
    if a is None or b is None or c is None or d is None:
        return None, None
    corners = (a * c, a * d, b * c, b * d)
    return min(corners), max(corners)
