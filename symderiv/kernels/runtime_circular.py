"""Sine and cosine of wide numbers of any size, to about 63 bits. NumPy only.

The argument in quarter turns is its product with 2/pi, of which only the digits that matter are multiplied:
those before them give whole turns (Payne and Hanek). Then a table of both functions at j/16, and series.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from symderiv.kernels.runtime import _add, _copyto, _maximum, _minimum, _multiply, _select, _subtract
from symderiv.kernels.runtime_functions import _looked_up, _series
from symderiv.kernels.runtime_wide import (
    _INT,
    _fast_sum,
    _power_of_two,
    _room,
    _settle,
    _silent,
    _two_product,
    _two_sum,
    _Wide,
)
from symderiv.kernels.tables import _COS_HIGH, _COS_LOW, _SIN_HIGH, _SIN_LOW, _TURNS

_Array = Any

# -- exported --
_SIN_SERIES = (
    -2.505210838544172e-08,
    2.7557319223985893e-06,
    -0.0001984126984126984,
    0.008333333333333333,
    -0.16666666666666666,
)
_COS_SERIES = (
    -2.755731922398589e-07,
    2.48015873015873e-05,
    -0.001388888888888889,
    0.041666666666666664,
    -0.5,
)
"""-1/11! ... -1/3!, and -1/10! ... -1/2!."""
_QUARTER = (1.5707963267948966, 6.123233995736766e-17)


def _quarters(h: _Array, e: Any, high: _Array, low: _Array, t: list[_Array], ints: Any) -> None:
    """high + low = h 2**e in quarter turns, less a multiple of 4; for 1 <= |h| < 2 and e < 2200."""
    first, place = ints[:2]
    upper, lower = t[:2]
    _subtract(e, 54, first)
    np.floor_divide(first, 24, first)
    _maximum(first, 0, out=first)
    np.bitwise_and(h.view(_INT), -(1 << 27), upper.view(_INT))
    _subtract(h, upper, lower)
    high.fill(0.0)
    low.fill(0.0)
    for group in range(9):
        _add(first, group, place)
        _looked_up(_TURNS, place, t[2])
        _add(place, 1, place)
        _multiply(place, -24, place)
        _add(place, e, place)
        _power_of_two(place, t[3])
        _multiply(t[2], t[3], t[2])
        for part in (upper, lower):
            _multiply(part, t[2], t[3])
            _multiply(t[3], 0.25, t[4])
            np.rint(t[4], t[4])
            _multiply(t[4], 4.0, t[4])
            _subtract(t[3], t[4], t[3])
            _two_sum(high, t[3], t[4], t[5], t[6])
            _add(low, t[5], t[5])
            _fast_sum(t[4], t[5], high, low)


def _turned(a: _Wide, t: list[_Array], ints: Any) -> tuple[_Array, _Array]:
    """a as quarter turns n, in ints[0], and a rest of at most half of one: an angle in two words."""
    high, low, more, rest, part, e = *t[7:12], ints[3]
    _maximum(a[2], -300, out=e)
    _minimum(e, 2200, out=e)
    _quarters(a[0], e, high, low, t, ints)
    if a[1].any():
        exponent = t[12].view(np.int32)[: a[1].size].reshape(a[1].shape)
        np.frexp(a[1], part, exponent)
        _multiply(part, 2.0, part)
        _add(e, exponent, e)
        _subtract(e, 1, e)
        _quarters(part, e, more, rest, t, ints)
        _two_sum(high, more, t[0], t[1], t[2])
        _add(low, rest, low)
        _add(t[1], low, t[1])
        _fast_sum(t[0], t[1], high, low)
    np.rint(high, t[0])
    _copyto(ints[0], t[0], casting="unsafe")
    _subtract(high, t[0], t[1])
    t[2].fill(_QUARTER[0])
    _two_product(t[1], t[2], t[3], t[4], t[12:])
    _multiply(low, _QUARTER[0], low)
    _multiply(t[1], _QUARTER[1], t[1])
    _add(low, t[1], low)
    _add(t[4], low, t[4])
    _fast_sum(t[3], t[4], high, low)
    return high, low


def _of_angle(r: _Array, low: _Array, sine: Any, cosine: Any, t: list[_Array], index: Any) -> None:
    """The sine and the cosine of r + low, each in two words, for |r| <= 0.9."""
    u, square, s, c, first, second, third = t[:7]
    _multiply(r, 16.0, u)
    np.rint(u, u)
    _copyto(index, u, casting="unsafe")
    _add(index, 15, index)
    _multiply(u, 0.0625, u)
    _subtract(r, u, u)
    _multiply(u, u, square)
    _series(square, _SIN_SERIES, s)
    _multiply(s, square, s)
    _multiply(s, u, s)
    _add(s, low, s)  # sin(u + low) - u
    _series(square, _COS_SERIES, c)
    _multiply(c, square, c)
    _multiply(u, low, first)
    _subtract(c, first, c)  # cos(u + low) - 1
    tables = (_SIN_HIGH, _SIN_LOW, _COS_HIGH, _COS_LOW), (_COS_HIGH, _COS_LOW, _SIN_HIGH, _SIN_LOW)
    for (main, main_low, other, other_low), sign, out in zip(
        tables, (1.0, -1.0), (sine, cosine), strict=True
    ):
        _looked_up(main, index, first)
        _multiply(first, c, out[1])
        _looked_up(main_low, index, second)
        _add(out[1], second, out[1])
        _looked_up(other_low, index, second)
        _multiply(second, u, second)
        _multiply(second, sign, second)
        _add(out[1], second, out[1])
        _looked_up(other, index, third)
        _multiply(third, sign, third)
        _multiply(third, s, second)
        _add(out[1], second, out[1])
        _two_product(third, u, second, out[0], t[12:])
        _add(out[1], out[0], out[1])
        _two_sum(first, second, third, out[0], t[12])
        _add(out[1], out[0], out[1])
        _fast_sum(third, out[1], out[0], second)
        _copyto(out[1], second)


def _circular(a: _Wide, out: _Wide, quarters: int) -> None:
    """sin(a + quarters pi/2)."""
    t, ints, wide, truth = _room(out[0])
    high, low = _turned(a, t, ints)
    sine, cosine = wide[4], wide[5]
    _of_angle(high, low, sine, cosine, t, ints[1])
    n = ints[0]
    _add(n, quarters, n)
    np.left_shift(n, 63, ints[1])
    np.right_shift(ints[1], 63, ints[1])
    for k in (0, 1):
        _select(ints[1], cosine[k], sine[k], t[k])
    np.right_shift(n, 1, n)
    np.left_shift(n, 63, n)
    for k in (0, 1):
        np.bitwise_xor(t[k].view(_INT), n, t[k].view(_INT))
    out[2].fill(0)
    _settle(t[0], t[1], out, ints)
    np.greater(a[2], 2150, truth)
    _copyto(out[0], np.nan, where=truth)


@_silent
def _wide_sin(a: _Wide, out: _Wide) -> None:
    """sin(a)."""
    _circular(a, out, 0)
    truth = _room(out[0])[3]
    np.less(a[2], -200, truth)
    for source, target in zip(a, out, strict=True):
        _copyto(target, source, where=truth)


@_silent
def _wide_cos(a: _Wide, out: _Wide) -> None:
    """cos(a)."""
    _circular(a, out, 1)


# -- end --
