"""X^a (log X)^b exp(c_1 X^d_1 + ...): the scale on which functions are measured as X grows.

Scales form an ordered group: of two different ones, one is negligible against the other. `ceiling`
bounds a vanishing scale on a whole half-line [R, oo), which is what turns an asymptotic statement into
one that holds from a named point on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from symderiv.derive.properties_balls import ball, interval
from symderiv.derive.properties_ground import Coef, Unsettled, plus, sign_of, times, to_ball
from symderiv.meaning import Assumption


@dataclass(frozen=True, slots=True)
class Scale:
    """X^power (log X)^logs exp(sum of c X^d), the pairs (d, c) with falling d > 0 and c != 0."""

    growth: tuple[tuple[Fraction, Coef], ...] = ()
    power: Fraction = Fraction(0)
    logs: int = 0

    def __mul__(self, other: Scale) -> Scale:
        found = dict(self.growth)
        for degree, value in other.growth:
            found[degree] = plus(found.get(degree, Fraction(0)), value)
        growth = tuple((d, found[d]) for d in sorted(found, reverse=True) if found[d] != 0)
        return Scale(growth, self.power + other.power, self.logs + other.logs)

    def __pow__(self, exponent: Fraction) -> Scale:
        logs = self.logs * exponent
        if logs.denominator != 1:
            raise Unsettled("a root of a logarithm")
        growth = tuple((d, times(c, exponent)) for d, c in self.growth) if exponent else ()
        return Scale(growth, self.power * exponent, int(logs))

    def over(self, other: Scale) -> Scale:
        """The quotient."""
        return self * other ** Fraction(-1)

    def order(self, assumptions: Mapping[str, Assumption]) -> int:
        """1 if it grows without bound, 0 if it is constant, -1 if it vanishes, as X grows."""
        if self.growth:
            return sign_of(self.growth[0][1], assumptions)
        leading = self.power or Fraction(self.logs)
        return (leading > 0) - (leading < 0)


ONE = Scale()
"""The constant scale."""


def ceiling(scale: Scale, start: Fraction) -> arb:
    """A ball that holds the scale's values for every X >= start > 1. Raises `Unsettled` if it may grow.

    X times the logarithmic derivative is sum(d c X^d) + power + logs/log X. Against X^D, the largest
    degree, every other part is largest at the start; if the whole is negative there, it is so beyond.
    """
    if scale == ONE:
        return arb(1)
    if scale.order({}) >= 0:
        raise Unsettled("a scale that does not vanish")
    if not _falls(scale, start):
        raise Unsettled("a scale that still grows at the start")
    return interval(arb(0), value_at(scale, start))


def _falls(scale: Scale, start: Fraction) -> bool:
    point = ball(start)
    loose = arb(0)
    if scale.power > 0:
        loose += ball(scale.power)
    if scale.logs > 0:
        loose += scale.logs / point.log()
    if not scale.growth:
        return bool(ball(min(scale.power, Fraction(0))) + loose <= 0)
    top, lead = scale.growth[0]
    total = ball(top) * to_ball(lead) + loose * point ** ball(-top)
    for degree, value in scale.growth[1:]:
        if sign_of(value, {}) > 0:
            total += ball(degree) * to_ball(value) * point ** ball(degree - top)
    return bool(total <= 0)


def value_at(scale: Scale, point: Fraction) -> arb:
    """The scale's value at a point."""
    x = ball(point)
    exponent = arb(0)
    for degree, value in scale.growth:
        exponent += to_ball(value) * x ** ball(degree)
    return exponent.exp() * x ** ball(scale.power) * x.log() ** scale.logs
