"""Elementary functions of wide numbers (see `runtime_wide`), to about 65 bits. NumPy only.

The exponential is a table of e^(j/16) times a series on |u| <= 1/32; the logarithm is NumPy's, with one step
of Newton's method by that exponential; the arctangent a table and a series.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from symderiv.kernels.runtime import (
    _add,
    _copyto,
    _divide,
    _log1p,
    _maximum,
    _minimum,
    _multiply,
    _subtract,
)
from symderiv.kernels.runtime_wide import (
    _INFINITE,
    _fast_sum,
    _power_of_two,
    _quotient,
    _room,
    _settle,
    _silent,
    _two_product,
    _two_sum,
    _Wide,
    _wide_add,
    _wide_div,
)
from symderiv.kernels.tables import _ARC_HIGH, _ARC_LOW, _EXP_HIGH, _EXP_LOW

_Array = Any

# -- exported --
_LN2 = (0.6931471803691238, 1.9082149288430703e-10, 4.275175589747649e-20, 1.9082149292705877e-10)
"""log(2) in three words of which the first two have 32 bits; and all but the first in one double."""
_EXP_SERIES = (
    2.7557319223985893e-07,
    2.7557319223985893e-06,
    2.48015873015873e-05,
    0.0001984126984126984,
    0.001388888888888889,
    0.008333333333333333,
    0.041666666666666664,
    0.16666666666666666,
)
"""1/10! ... 1/3!."""
_ARC_SERIES = (
    0.07692307692307693,
    -0.09090909090909091,
    0.1111111111111111,
    -0.14285714285714285,
    0.2,
    -0.3333333333333333,
)
"""1/13, -1/11, ... -1/3."""


def _series(x: _Array, coefficients: tuple[float, ...], out: _Array) -> None:
    """The polynomial, highest coefficient first."""
    _multiply(x, coefficients[0], out)
    for coefficient in coefficients[1:-1]:
        _add(out, coefficient, out)
        _multiply(out, x, out)
    _add(out, coefficients[-1], out)


def _looked_up(table: _Array, index: Any, out: _Array) -> None:
    np.take(table, index, out=out, mode="clip")


def _exponential(r: _Array, low: _Array, t: list[_Array], index: Any) -> tuple[_Array, ...]:
    """`(e^(r + low) in two words, e^u - 1 in two words, its table place j)` for |r| <= 0.4, u = r - j/16.

    Where j = 0 the second pair is the whole of e^r - 1.
    """
    j, u, square, rest, s, sl, tail = t[:7]
    _multiply(r, 16.0, j)
    np.rint(j, j)
    _multiply(j, 0.0625, u)
    _subtract(r, u, u)
    _two_product(u, u, square, rest, t[6:])
    _series(u, _EXP_SERIES, tail)
    _multiply(tail, square, tail)
    _multiply(tail, u, tail)
    _multiply(square, 0.5, square)
    _multiply(rest, 0.5, s)
    _add(u, square, rest)
    _add(rest, tail, rest)
    _add(rest, 1.0, rest)
    _multiply(rest, low, rest)
    _add(tail, s, tail)
    _add(tail, rest, tail)
    _fast_sum(u, square, s, sl)
    _add(sl, tail, u)
    _fast_sum(s, u, square, sl)
    s = square  # e^u - 1 = s + sl
    _copyto(index, j, casting="unsafe")
    _add(index, 6, index)
    u, w, wl, high, rest = t[1], t[3], t[4], t[6], t[7]
    u.fill(1.0)
    _fast_sum(u, s, w, wl)
    _add(wl, sl, wl)
    factor = t[1]
    _looked_up(_EXP_HIGH, index, factor)
    _two_product(factor, w, high, rest, t[8:])
    _multiply(factor, wl, factor)
    _add(rest, factor, rest)
    _looked_up(_EXP_LOW, index, factor)
    _multiply(factor, w, factor)
    _add(rest, factor, rest)
    return high, rest, s, sl, j


def _doubles(a: _Wide, high: _Array, low: _Array, scale: _Array, ints: Any) -> None:
    """A wide number as two doubles, cut off at 2**1000, and 0 below the normal range."""
    _power_of_two(a[2], scale)
    _multiply(a[0], scale, high)
    _multiply(a[1], scale, low)


@_silent
def _wide_exp(a: _Wide, out: _Wide) -> None:
    """e^a."""
    t, ints, _, _ = _room(out[0])
    _exp_parts(a, out, t, ints)


def _exp_parts(a: _Wide, out: _Wide, t: list[_Array], ints: Any) -> tuple[_Array, ...]:
    """e^a to out; and what `_exponential` knows of the reduced argument, with k in t[15]."""
    x, low, k, step = t[12], t[13], t[15], t[0]
    _doubles(a, x, low, step, ints)
    _minimum(x, 1.2e13, out=x)
    _maximum(x, -1.2e13, out=x)
    _minimum(low, 0.002, out=low)
    _maximum(low, -0.002, out=low)
    _multiply(x, 1.4426950408889634, k)
    np.rint(k, k)
    _multiply(k, _LN2[0], step)
    _subtract(x, step, x)
    _multiply(k, -_LN2[1], step)
    _two_sum(x, step, t[1], t[2], t[3])
    _add(low, t[2], low)
    _multiply(k, _LN2[2], step)
    _subtract(low, step, low)
    _copyto(x, t[1])
    found = _exponential(x, low, t, ints[0])
    _copyto(out[2], k, casting="unsafe")
    _farther(a, out[2], ints)
    _settle(found[0], found[1], out, ints)
    return found[2:]


def _farther(a: _Wide, exponent: Any, ints: Any) -> None:
    """Exponentials of what is itself beyond all doubles get exponents beyond those of all others."""
    np.right_shift(exponent, 63, ints[2])
    for limit, step in ((2000, 1 << 46), (_INFINITE - 1, 1 << 50), (1 << 49, 1 << 52)):
        _subtract(limit, a[2], ints[1])
        np.right_shift(ints[1], 63, ints[1])
        np.bitwise_and(ints[1], step, ints[1])
        np.bitwise_xor(ints[1], ints[2], ints[1])
        _subtract(ints[1], ints[2], ints[1])
        _add(exponent, ints[1], exponent)


@_silent
def _wide_expm1(a: _Wide, out: _Wide) -> None:
    """e^a - 1."""
    t, ints, wide, truth = _room(out[0])
    one, power, _ = wide[4:7]
    s, sl, j = _exp_parts(a, power, t, ints)
    np.absolute(j, j)
    _add(j, np.absolute(t[15], t[15]), j)
    _copyto(t[12], s)
    _copyto(t[13], sl)
    _copyto(t[14], j)
    _one(one, -1.0)
    _wide_add(power, one, out)
    np.equal(t[14], 0.0, truth)
    one[2].fill(0)
    _settle(t[12], t[13], one, ints)
    _instead(one, out, truth)
    np.less(a[2], -200, truth)
    _instead(a, out, truth)


def _one(out: _Wide, value: float = 1.0) -> None:
    out[0].fill(value)
    out[1].fill(0.0)
    out[2].fill(0)


def _instead(a: _Wide, out: _Wide, truth: _Array) -> None:
    """out = a where it is true."""
    for source, target in zip(a, out, strict=True):
        _copyto(target, source, where=truth)


def _log1p_parts(f: _Array, low: _Array, t: list[_Array], index: Any, truth: _Array) -> tuple[_Array, _Array]:
    """log(1 + f + low) in two words, for -0.3 <= f <= 0.42; f and low among t[12:]."""
    first, above = t[15], t[11]
    _log1p(f, first)
    t[14].fill(0.0)
    high, rest, s, sl, j = _exponential(first, t[14], t, index)
    _subtract(high, 1.0, high)
    np.equal(j, 0.0, truth)  # there the series is e^first - 1, elsewhere e^first less 1
    _copyto(high, s, where=truth)
    _copyto(rest, sl, where=truth)
    _subtract(f, high, above)
    _subtract(low, rest, rest)
    _add(above, rest, above)
    _add(f, 1.0, s)
    _divide(above, s, above)
    return first, above


@_silent
def _wide_log(a: _Wide, out: _Wide) -> None:
    """log(a)."""
    t, ints, _, truth = _room(out[0])
    f, low, scale = t[12], t[13], t[0]
    _subtract(1.4142, a[0], scale)
    np.right_shift(scale.view(ints[0].dtype), 63, ints[0])
    _subtract(a[2], ints[0], out[2])
    _power_of_two(ints[0], scale)
    _multiply(a[0], scale, f)
    _multiply(a[1], scale, low)
    _subtract(f, 1.0, f)
    first, rest = _log1p_parts(f, low, t, ints[0], truth)
    _copyto(t[0], out[2])
    _multiply(t[0], _LN2[0], t[1])
    _multiply(t[0], _LN2[3], t[2])
    _two_sum(t[1], first, t[3], t[4], t[5])
    _add(t[2], rest, t[2])
    _add(t[4], t[2], t[4])
    out[2].fill(0)
    _settle(t[3], t[4], out, ints)
    _log_ends(a, out)


def _log_ends(a: _Wide, out: _Wide) -> None:
    """Infinite at 0 and at infinity, NaN below 0."""
    t, ints, _, truth = _room(out[0])
    np.absolute(a[2], ints[0])
    np.greater(ints[0], _INFINITE >> 1, truth)
    _copyto(ints[1], a[2])
    np.right_shift(ints[1], 63, ints[1])
    np.bitwise_or(ints[1], 1, ints[1])
    _copyto(t[0], ints[1])
    for target, value in zip(out, (t[0], 0.0, _INFINITE), strict=True):
        _copyto(target, value, where=truth)
    np.less(a[0], 0.0, truth)
    _copyto(out[0], np.nan, where=truth)


@_silent
def _wide_log1p(a: _Wide, out: _Wide) -> None:
    """log(1 + a)."""
    t, ints, wide, truth = _room(out[0])
    small, above = wide[5:7]
    _one(small)
    _wide_add(a, small, above)
    _wide_log(above, out)
    f, low = t[12], t[13]
    _doubles(a, f, low, t[0], ints)
    _copyto(above[0], f)
    _maximum(f, -0.3, out=f)
    _minimum(f, 0.42, out=f)
    first, rest = _log1p_parts(f, low, t, ints[0], truth)
    small[2].fill(0)
    _settle(first, rest, small, ints)
    _subtract(above[0], 0.06, t[0])
    np.absolute(t[0], t[0])
    np.less(t[0], 0.35, truth)
    _instead(small, out, truth)
    np.less(a[2], -200, truth)
    _instead(a, out, truth)


@_silent
def _wide_arctan(a: _Wide, out: _Wide) -> None:
    """arctan(a)."""
    t, ints, wide, truth = _room(out[0])
    one, inverse = wide[5:7]
    _one(one)
    _wide_div(one, a, inverse)
    _wide_arc(inverse, one)
    _wide_arc(a, out)
    np.greater_equal(a[2], 0, truth)
    _power_of_two(one[2], t[0])
    _multiply(one[0], t[0], t[1])
    _multiply(one[1], t[0], t[2])
    np.copysign(1.5707963267948966, a[0], t[3])
    np.copysign(6.123233995736766e-17, a[0], t[4])
    _subtract(0.0, t[1], t[1])
    _two_sum(t[3], t[1], t[5], t[6], t[7])
    _subtract(t[4], t[2], t[4])
    _add(t[6], t[4], t[6])
    one[2].fill(0)
    _settle(t[5], t[6], one, ints)
    _instead(one, out, truth)
    np.less(a[2], -200, truth)
    _instead(a, out, truth)
    np.isnan(a[0], truth)
    _copyto(out[0], np.nan, where=truth)


def _wide_arc(a: _Wide, out: _Wide) -> None:
    """arctan(a) for |a| <= 1."""
    t, ints, _, _ = _room(out[0])
    y, low, j, c = t[12], t[13], t[14], t[15]
    _doubles(a, y, low, j, ints)
    np.copysign(1.0, a[0], j)
    _multiply(y, j, y)
    _multiply(low, j, low)
    _multiply(y, 16.0, j)
    np.rint(j, j)
    _multiply(j, 0.0625, c)
    _copyto(ints[0], j, casting="unsafe")
    _two_product(c, y, t[0], t[1], t[2:])
    t[2].fill(1.0)
    _fast_sum(t[2], t[0], t[3], t[4])
    _add(t[4], t[1], t[4])
    _multiply(c, low, t[0])
    _add(t[4], t[0], t[4])
    _subtract(y, c, y)
    _quotient(y, low, t[3], t[4], t[0], t[1], t[5:])
    _multiply(t[0], t[0], t[2])
    _series(t[2], _ARC_SERIES, t[3])
    _multiply(t[3], t[2], t[3])
    _multiply(t[3], t[0], t[3])
    _add(t[1], t[3], t[1])
    _looked_up(_ARC_HIGH, ints[0], t[3])
    _looked_up(_ARC_LOW, ints[0], t[4])
    _two_sum(t[3], t[0], t[5], t[6], t[7])
    _add(t[4], t[1], t[4])
    _add(t[6], t[4], t[6])
    np.copysign(1.0, a[0], t[0])
    _multiply(t[5], t[0], t[5])
    _multiply(t[6], t[0], t[6])
    out[2].fill(0)
    _settle(t[5], t[6], out, ints)


# -- end --
