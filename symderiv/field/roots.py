"""Polynomials in one generator: exact values, and rational points between the real roots."""

from __future__ import annotations

import math
from fractions import Fraction

from flint import acb, arb, fmpq, fmpq_mpoly, fmpz_poly

from symderiv.field.tower import Bound, Generator, Tower, as_fraction


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
    roots: list[tuple[Fraction, Fraction]] = []
    if poly.degree() > 0:
        roots_found: list[tuple[acb, int]] = poly.complex_roots()  # type: ignore[assignment]
        for root, _ in roots_found:
            if root.imag.is_zero():
                left, right = _exact(root.real.lower()), _exact(root.real.upper())
                if not ((low is not None and right <= low) or (high is not None and left >= high)):
                    roots.append((left, right))
    roots.sort()
    edges = [r for pair in roots for r in pair]
    first = low if low is not None else min([*edges, high or Fraction(0)]) - 2
    last = high if high is not None else max([*edges, first]) + 2
    ends = [(first, first), *roots, (last, last)]
    samples = [(ends[k][1] + ends[k + 1][0]) / 2 for k in range(len(ends) - 1)]
    return [s for s in samples if first < s < last]


def _exact(value: arb) -> Fraction:
    mantissa, exponent = value.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
