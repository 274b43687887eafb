"""Two-word arithmetic: a value as an unevaluated sum high + low, twice the digits of one word.

Error-free sums after Knuth, products after Dekker with Veltkamp's splitting: NumPy has no fused
multiply-add. In exact arithmetic every low word is 0, so a program means the same with and without.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from symderiv.kernels.program import Builder

SPLITTER = 134217729.0
"""2**27 + 1: halves a double into two words of at most 26 bits."""


@dataclass(frozen=True, slots=True)
class Pair:
    """high + low; a missing low word is an exact 0."""

    high: int
    low: int | None = None


def two_product(put: Builder, a: int, b: int) -> Pair:
    """a*b exactly, as long as nothing overflows or underflows."""
    high = put.op("mul", a, b)
    if put.is_const(a) and _is_power_of_two(put.nodes[a].value):
        return Pair(high)
    if put.is_const(b) and _is_power_of_two(put.nodes[b].value):
        return Pair(high)
    (a1, a2), (b1, b2) = _halves(put, a), _halves(put, b)
    error = put.op("sub", put.op("mul", a1, b1), high)
    error = put.op("add", error, put.op("mul", a1, b2))
    error = put.op("add", error, put.op("mul", a2, b1))
    return Pair(high, put.op("add", error, put.op("mul", a2, b2)))


def two_sum(put: Builder, a: int, b: int) -> Pair:
    """a+b exactly."""
    high = put.op("add", a, b)
    rest = put.op("sub", high, a)
    error = put.op("add", put.op("sub", a, put.op("sub", high, rest)), put.op("sub", b, rest))
    return Pair(high, error)


def product(put: Builder, x: Pair, y: Pair) -> Pair:
    """x*y with a relative error of a few units in the last place of the low word."""
    main = two_product(put, x.high, y.high)
    low = main.low
    for one, other in ((x.high, y.low), (x.low, y.high)):
        if one is not None and other is not None:
            part = put.op("mul", one, other)
            low = part if low is None else put.op("add", low, part)
    return _normal(put, main.high, low)


def total(put: Builder, x: Pair, y: Pair) -> Pair:
    """x+y; meant for summands of one sign."""
    main = two_sum(put, x.high, y.high)
    low = main.low
    for part in (x.low, y.low):
        if part is not None:
            low = part if low is None else put.op("add", low, part)
    return _normal(put, main.high, low)


def scaled(put: Builder, pair: Pair, factor: float) -> Pair:
    """A pair times a power of two, exactly."""
    by = put.const(factor)
    return Pair(put.op("mul", pair.high, by), None if pair.low is None else put.op("mul", pair.low, by))


def _normal(put: Builder, high: int, low: int | None) -> Pair:
    if low is None:
        return Pair(high)
    final = put.op("add", high, low)
    return Pair(final, put.op("sub", low, put.op("sub", final, high)))


def _halves(put: Builder, a: int) -> tuple[int, int]:
    spread = put.op("mul", a, put.const(SPLITTER))
    upper = put.op("sub", spread, put.op("sub", spread, a))
    return upper, put.op("sub", a, upper)


def _is_power_of_two(value: float) -> bool:
    return math.frexp(abs(value))[0] == 0.5
