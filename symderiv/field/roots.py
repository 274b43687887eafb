"""Polynomials in one generator: exact values, and rational points between the real roots."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

from flint import acb, arb, fmpq, fmpq_mpoly, fmpz_poly

from symderiv.field.constants import precision
from symderiv.field.tower import Bound, Generator, Tower, as_fraction

_FIRST_BITS = 64


def univariate(tower: Tower, factor: fmpq_mpoly, generator: Generator) -> fmpz_poly:
    """A polynomial in one generator, with integer coefficients and the same signs."""
    column = tower.column(generator.position)
    terms = {int(exponents[column]): as_fraction(value) for exponents, value in factor.terms()}
    scale = math.lcm(*(value.denominator for value in terms.values()))
    return fmpz_poly([int(terms.get(k, Fraction(0)) * scale) for k in range(max(terms) + 1)])


def nonzero_at_ends(poly: fmpz_poly, generator: Generator) -> bool:
    """Is the polynomial not 0 at the ends that belong to the generator's range?"""
    low_counts = generator.low is not None and not (generator.strict and generator.low == 0)
    return not (
        (low_counts and generator.low is not None and evaluate(poly, generator.low) == 0)
        or (generator.high is not None and evaluate(poly, generator.high) == 0)
    )


def evaluate(poly: fmpz_poly, at: Fraction) -> Fraction:
    """The exact value at a rational point."""
    return as_fraction(poly(fmpq(at.numerator, at.denominator)))


def real_cuts(poly: fmpz_poly, low: Bound, high: Bound) -> list[Fraction]:
    """Rational points in (low, high), one on each interval between the real roots of a squarefree poly."""
    roots = _isolated(poly, low, high)
    edges = [r for pair in roots for r in pair]
    first = low if low is not None else min([*edges, high or Fraction(0)]) - 2
    last = high if high is not None else max([*edges, first]) + 2
    ends = [(first, first), *roots, (last, last)]
    samples = [(ends[k][1] + ends[k + 1][0]) / 2 for k in range(len(ends) - 1)]
    return [s for s in samples if first < s < last]


def _isolated(poly: fmpz_poly, low: Bound, high: Bound) -> list[tuple[Fraction, Fraction]]:
    """Disjoint intervals inside (low, high), one around each real root there.

    Roots that are close to one another or to an end are looked at with more digits, until they are apart.
    """
    if poly.degree() <= 0:
        return []
    ends = {end: evaluate(poly, end) == 0 for end in (low, high) if end is not None}
    bits = _FIRST_BITS
    while True:
        pairs = _intervals(poly, bits)
        touched = [end for end in ends for left, right in pairs if left <= end <= right]
        apart = all(a[1] < b[0] for a, b in pairwise(pairs))
        if apart and all(ends[end] for end in touched):
            return [
                (left, right)
                for left, right in pairs
                if (low is None or left > low) and (high is None or right < high)
            ]
        bits *= 2


def _intervals(poly: fmpz_poly, bits: int) -> list[tuple[Fraction, Fraction]]:
    with precision(bits):
        found: list[tuple[acb, int]] = poly.complex_roots()  # type: ignore[assignment]
        real = [root.real for root, _ in found if root.imag.is_zero()]
        return sorted((_exact(root.lower()), _exact(root.upper())) for root in real)


def _exact(value: arb) -> Fraction:
    mantissa, exponent = value.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
