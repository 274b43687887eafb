"""Functions of wide numbers that are made of the elementary ones (see `runtime_functions`). NumPy only."""

from __future__ import annotations

from typing import Any

import numpy as np

from symderiv.kernels.runtime import _add, _copyto, _multiply, _subtract
from symderiv.kernels.runtime_functions import (
    _doubles,
    _instead,
    _one,
    _wide_arctan,
    _wide_exp,
    _wide_log,
    _wide_log1p,
)
from symderiv.kernels.runtime_wide import (
    _quotient,
    _room,
    _settle,
    _silent,
    _two_product,
    _two_sum,
    _Wide,
    _wide_abs,
    _wide_add,
    _wide_div,
    _wide_mul,
    _wide_neg,
    _wide_sqrt,
    _wide_sub,
    _widen_pair,
)
from symderiv.kernels.tables import _ERF_HIGH, _ERF_LOW, _ERFCX_HIGH, _ERFCX_LOW

_Array = Any


# -- exported --
@_silent
def _wide_hypot(a: _Wide, b: _Wide, out: _Wide) -> None:
    """sqrt(a^2 + b^2)."""
    first, second, both = _room(out[0])[2][:3]
    _wide_mul(a, a, first)
    _wide_mul(b, b, second)
    _wide_add(first, second, both)
    _wide_sqrt(both, out)


@_silent
def _wide_power(a: _Wide, b: _Wide, out: _Wide) -> None:
    """a^b for a > 0."""
    first, second = _room(out[0])[2][:2]
    _wide_log(a, first)
    _wide_mul(first, b, second)
    _wide_exp(second, out)


@_silent
def _wide_arcsinh(a: _Wide, out: _Wide) -> None:
    """s log1p(|a| + a^2/(1 + sqrt(1 + a^2))), s the sign of a."""
    one, square, root, size = _room(out[0])[2][:4]
    _one(one)
    _wide_mul(a, a, square)
    _wide_add(square, one, size)
    _wide_sqrt(size, root)
    _wide_add(root, one, size)
    _wide_div(square, size, root)
    np.copysign(1.0, a[0], one[1])
    _multiply(a[0], one[1], size[0])
    _multiply(a[1], one[1], size[1])
    _copyto(size[2], a[2])
    _wide_add(root, size, square)
    _wide_log1p(square, out)
    np.copysign(1.0, a[0], one[1])
    _multiply(out[0], one[1], out[0])
    _multiply(out[1], one[1], out[1])


@_silent
def _wide_arctanh(a: _Wide, out: _Wide) -> None:
    """log1p(2 a/(1 - a))/2."""
    one, rest, twice, ratio = _room(out[0])[2][:4]
    _one(one)
    _wide_sub(one, a, rest)
    _wide_add(a, a, twice)
    _wide_div(twice, rest, ratio)
    _wide_log1p(ratio, out)
    _subtract(out[2], 1, out[2])


@_silent
def _wide_arcsin(a: _Wide, out: _Wide) -> None:
    """arctan(a/sqrt((1 - a)(1 + a)))."""
    one, less, more, both = _room(out[0])[2][:4]
    _one(one)
    _wide_sub(one, a, less)
    _wide_add(one, a, more)
    _wide_mul(less, more, both)
    _wide_sqrt(both, less)
    _wide_div(a, less, more)
    _wide_arctan(more, out)


@_silent
def _wide_arccos(a: _Wide, out: _Wide) -> None:
    """2 arctan(sqrt((1 - a)/(1 + a)))."""
    one, less, more, ratio = _room(out[0])[2][:4]
    _one(one)
    _wide_sub(one, a, less)
    _wide_add(one, a, more)
    _wide_div(less, more, ratio)
    _wide_sqrt(ratio, less)
    _wide_arctan(less, out)
    _add(out[2], 1, out[2])


@_silent
def _wide_arccosh(a: _Wide, out: _Wide) -> None:
    """log1p(b + sqrt(b (b + 2))) with b = a - 1."""
    one, b, more, both = _room(out[0])[2][:4]
    _one(one)
    _wide_sub(a, one, b)
    _wide_add(a, one, more)
    _wide_mul(b, more, both)
    _wide_sqrt(both, more)
    _wide_add(b, more, both)
    _wide_log1p(both, out)


def _polynomial(
    t: _Array, low: _Array, high_words: Any, low_words: Any, out: tuple[_Array, _Array], spare: list[_Array]
) -> None:
    """A polynomial in t + low, the first coefficients in two words: those steps, too."""
    h, l_, first, second, sum_ = *out, *spare[:3]
    h.fill(high_words[-1])
    careful = len(low_words)
    for coefficient in high_words[-2 : careful - 1 : -1]:
        _multiply(h, t, h)
        _add(h, coefficient, h)
    l_.fill(0.0)
    for coefficient, rest in zip(high_words[careful - 1 :: -1], low_words[::-1], strict=True):
        _multiply(h, low, sum_)
        _multiply(l_, t, l_)
        _add(sum_, l_, sum_)
        _add(sum_, rest, sum_)
        _two_product(h, t, first, second, spare[3:])
        _add(sum_, second, sum_)
        second.fill(coefficient)
        _two_sum(second, first, h, l_, spare[3])
        _add(l_, sum_, l_)


@_silent
def _wide_erfcx(a: _Wide, out: _Wide) -> None:
    """exp(a^2) erfc(a) for a >= 0."""
    t, ints, _, _ = _room(out[0])
    u, low, center, below, rest, above, more = t[9:]
    _doubles(a, u, low, t[0], ints)
    center.fill(-3.75)
    _two_sum(u, center, below, rest, t[0])
    _add(rest, low, rest)
    center.fill(3.75)
    _two_sum(u, center, above, more, t[0])
    _add(more, low, more)
    _quotient(below, rest, above, more, u, low, t)
    _polynomial(u, low, _ERFCX_HIGH, _ERFCX_LOW, (below, rest), t)
    _quotient(below, rest, above, more, u, low, t)
    out[2].fill(0)
    _settle(u, low, out, ints)


@_silent
def _wide_mills(a: _Wide, out: _Wide) -> None:
    """exp(a^2/2) erfc(a/sqrt(2)) for a >= 0."""
    half, scaled = _room(out[0])[2][:2]
    _widen_pair(0.7071067811865476, -4.833646656726457e-17, half)
    _wide_mul(a, half, scaled)
    _wide_erfcx(scaled, out)


@_silent
def _wide_erf(a: _Wide, out: _Wide) -> None:
    """erf(a)."""
    t, ints, wide, truth = _room(out[0])
    one, square, power, size = wide[:4]
    _wide_mul(a, a, square)
    _wide_neg(square, one)
    _wide_exp(one, power)
    _wide_abs(a, size)
    _wide_erfcx(size, one)
    _wide_mul(power, one, size)
    _one(one)
    _wide_sub(one, size, power)
    _doubles(square, t[9], t[10], t[0], ints)
    _polynomial(t[9], t[10], _ERF_HIGH, _ERF_LOW, (t[11], t[12]), t)
    one[2].fill(0)
    _settle(t[11], t[12], one, ints)
    _wide_mul(a, one, out)
    np.copysign(1.0, a[0], t[0])
    _multiply(power[0], t[0], power[0])
    _multiply(power[1], t[0], power[1])
    np.greater_equal(a[2], -1, truth)
    _instead(power, out, truth)


# -- end --
