"""Wide numbers (high + low) * 2**exponent: about 100 bits, and a range that nothing leaves. NumPy only.

A wide block is `(high, low, exponent)`, three arrays. Sums after Knuth and products after Dekker, with the
halves of a factor cut out of its bits; the exponents are integers beside them, so that no step overflows or
loses digits below the normal range. Numbers have 1 <= |high| < 2; 0 has an exponent below all others, and an
infinite argument one above all that finite arguments reach, so that limits come out by themselves. No target
may be an argument. Warnings are off within: a flag would speak of a step, never of the result.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from symderiv.kernels.runtime import _add, _copyto, _divide, _maximum, _minimum, _multiply, _select, _subtract

_Array = Any

# -- exported --
_Wide = tuple[Any, Any, Any]
_ROOM = threading.local()
_INT = np.dtype(np.int64)
_INFINITE, _NOTHING = 1 << 40, -(1 << 54)
"""The exponents of an infinite argument and of 0."""


def _wide(x: _Array, count: int) -> list[_Wide]:
    """Wide blocks of the size of x, kept for the next call of this thread."""
    try:
        blocks = _ROOM.blocks[x.size]
        if len(blocks) >= count:
            return blocks
    except AttributeError:
        _ROOM.blocks = {}
    except KeyError:
        if len(_ROOM.blocks) >= 8:
            _ROOM.blocks.clear()
    blocks = _ROOM.blocks[x.size] = [_wide_block(x.shape) for _ in range(count)]
    return blocks


def _wide_block(shape: tuple[int, ...]) -> _Wide:
    return np.empty(shape), np.empty(shape), np.empty(shape, _INT)


def _room(like: _Array) -> tuple[list[_Array], list[Any], list[_Wide], _Array]:
    """Spare blocks of this thread: doubles, integers, wide numbers, and truth values."""
    try:
        return _ROOM.spare[like.shape]
    except AttributeError:
        _ROOM.spare = {}
    except KeyError:
        if len(_ROOM.spare) >= 8:
            _ROOM.spare.clear()
    shape = like.shape
    found = _ROOM.spare[shape] = (
        [np.empty(shape) for _ in range(16)],
        [np.empty(shape, _INT) for _ in range(4)],
        [_wide_block(shape) for _ in range(8)],
        np.empty(shape, np.bool_),
    )
    return found


def _silent(function: Callable[..., None]) -> Callable[..., None]:
    def inner(*arguments: Any) -> None:
        with np.errstate(all="ignore"):
            function(*arguments)

    return inner


def _power_of_two(exponent: Any, out: _Array) -> None:
    """2**exponent, with the exponent cut off at 1000; 0 below the normal range."""
    bits = out.view(_INT)
    _maximum(exponent, -1023, out=bits)
    _minimum(bits, 1000, out=bits)
    _add(bits, 1023, bits)
    np.left_shift(bits, 52, bits)


def _two_sum(a: _Array, b: _Array, high: _Array, low: _Array, t: _Array) -> None:
    """high + low = a + b, exactly."""
    _add(a, b, high)
    _subtract(high, a, t)
    _subtract(high, t, low)
    _subtract(a, low, low)
    _subtract(b, t, t)
    _add(low, t, low)


def _fast_sum(a: _Array, b: _Array, high: _Array, low: _Array) -> None:
    """high + low = a + b, exactly, for |a| >= |b|; low may be b."""
    _add(a, b, high)
    _subtract(a, high, a)
    _add(a, b, low)


def _two_product(a: _Array, b: _Array, high: _Array, low: _Array, t: list[_Array]) -> None:
    """high + low = a b, exactly; the halves of a and b are cut out of their bits, rounded to 26."""
    a1, a2, b1, step = t[:4]
    for whole, half in ((a, a1), (b, b1)):
        bits = half.view(_INT)
        _add(whole.view(_INT), 1 << 26, bits)
        np.bitwise_and(bits, -(1 << 27), bits)
    _subtract(a, a1, a2)
    _multiply(a, b, high)
    _multiply(a1, b1, low)
    _subtract(low, high, low)
    _multiply(a2, b1, step)
    _add(low, step, low)
    _subtract(b, b1, b1)
    _multiply(a1, b1, step)
    _add(low, step, low)
    _multiply(a2, b1, step)
    _add(low, step, low)


def _settle(high: _Array, low: _Array, out: _Wide, spare: Any) -> None:
    """out = (high + low) 2**(its exponent), brought to 1 <= |high| < 2; high and low are used up."""
    field, zero = spare[:2]
    h, rest, e = out
    _fast_sum(high, low, h, rest)
    np.right_shift(h.view(_INT), 52, field)
    np.bitwise_and(field, 2047, field)
    _subtract(field, 1, zero)
    np.right_shift(zero, 63, zero)
    np.bitwise_and(zero, _NOTHING, zero)
    _add(e, zero, e)
    _add(e, field, e)
    _subtract(e, 1023, e)
    _subtract(2046, field, field)
    _maximum(field, 1, out=field)
    np.left_shift(field, 52, field)
    _multiply(h, field.view(h.dtype), h)
    _multiply(rest, field.view(h.dtype), rest)


def _fill(value: float, low: float, out: _Wide) -> None:
    """A constant, in two words."""
    mantissa, exponent = np.frexp(value)
    out[0].fill(2 * mantissa)
    out[1].fill(np.ldexp(low, 1 - exponent))
    out[2].fill(exponent - 1 if value else _NOTHING)


@_silent
def _widen(x: _Array, out: _Wide) -> None:
    """A double as a wide number."""
    if not isinstance(x, np.ndarray) or x.ndim == 0:
        _fill(float(x), 0.0, out)
        return
    t, ints, _, truth = _room(out[0])
    np.absolute(x, t[0])
    np.equal(t[0], np.inf, truth)
    _minimum(x, 1.7976931348623157e308, out=t[0])
    _maximum(t[0], -1.7976931348623157e308, out=t[0])
    np.frexp(t[0], t[0], t[1].view(np.int32)[: x.size])
    _copyto(out[2], t[1].view(np.int32)[: x.size])
    t[1].fill(0.0)
    _settle(t[0], t[1], out, ints)
    _multiply(truth, _INFINITE, ints[0])
    _add(out[2], ints[0], out[2])


def _widen_pair(high: float, low: float, out: _Wide) -> None:
    """A constant in two words as a wide number."""
    _fill(float(high), float(low), out)


@_silent
def _rounded(a: _Wide, out: _Array) -> None:
    """The nearest double."""
    ints = _room(out)[1]
    _maximum(a[2], -2200, out=ints[0])
    _minimum(ints[0], 2200, out=ints[0])
    np.ldexp(a[0], ints[0], out)


@_silent
def _wide_add(a: _Wide, b: _Wide, out: _Wide) -> None:
    """a + b."""
    t, ints, _, _ = _room(out[0])
    _maximum(a[2], b[2], out=out[2])
    _subtract(a[2], out[2], ints[0])
    _power_of_two(ints[0], t[0])
    _subtract(b[2], out[2], ints[0])
    _power_of_two(ints[0], t[1])
    _multiply(a[0], t[0], t[2])
    _multiply(b[0], t[1], t[3])
    _two_sum(t[2], t[3], t[4], t[5], t[6])
    _multiply(a[1], t[0], t[2])
    _add(t[5], t[2], t[5])
    _multiply(b[1], t[1], t[3])
    _add(t[5], t[3], t[5])
    _settle(t[4], t[5], out, ints)


def _wide_sub(a: _Wide, b: _Wide, out: _Wide) -> None:
    """a - b."""
    minus = _room(out[0])[2][7]
    _wide_neg(b, minus)
    _wide_add(a, minus, out)


@_silent
def _wide_mul(a: _Wide, b: _Wide, out: _Wide) -> None:
    """a b."""
    t, ints, _, _ = _room(out[0])
    _two_product(a[0], b[0], t[0], t[1], t[2:])
    _multiply(a[0], b[1], t[2])
    _add(t[1], t[2], t[1])
    _multiply(a[1], b[0], t[2])
    _add(t[1], t[2], t[1])
    _add(a[2], b[2], out[2])
    _settle(t[0], t[1], out, ints)


@_silent
def _wide_div(a: _Wide, b: _Wide, out: _Wide) -> None:
    """a/b."""
    t, ints, _, _ = _room(out[0])
    _quotient(a[0], a[1], b[0], b[1], t[0], t[1], t[2:])
    _subtract(a[2], b[2], out[2])
    _settle(t[0], t[1], out, ints)
    _endless(a[0], b[0], out)


def _endless(a: _Array, b: _Array, out: _Wide) -> None:
    """Where b is 0, out = a/0: an infinite number, or NaN."""
    t, _, _, truth = _room(out[0])
    np.equal(b, 0.0, truth)
    _divide(a, b, t[0])
    _maximum(t[0], -1.0, out=t[0])
    _minimum(t[0], 1.0, out=t[0])
    _copyto(out[0], t[0], where=truth)
    _copyto(out[1], 0.0, where=truth)
    _copyto(out[2], 1 << 50, where=truth)


def _quotient(a: _Array, al: _Array, b: _Array, bl: _Array, q: _Array, ql: _Array, t: list[_Array]) -> None:
    """q + ql = (a + al)/(b + bl)."""
    _divide(a, b, q)
    _two_product(q, b, t[0], t[1], t[2:])
    _subtract(a, t[0], t[0])
    _subtract(t[0], t[1], t[0])
    _add(t[0], al, t[0])
    _multiply(q, bl, t[1])
    _subtract(t[0], t[1], t[0])
    _divide(t[0], b, ql)


def _wide_select(mask: _Array, a: _Wide, b: _Wide, out: _Wide) -> None:
    """a where the mask is set, else b."""
    for first, second, target in zip(a, b, out, strict=True):
        _select(mask, first, second, target)


def _wide_neg(a: _Wide, out: _Wide) -> None:
    """-a."""
    np.negative(a[0], out[0])
    np.negative(a[1], out[1])
    _copyto(out[2], a[2])


def _wide_abs(a: _Wide, out: _Wide) -> None:
    """|a|."""
    sign = _room(out[0])[0][0]
    np.copysign(1.0, a[0], sign)
    _multiply(a[0], sign, out[0])
    _multiply(a[1], sign, out[1])
    _copyto(out[2], a[2])


@_silent
def _wide_sqrt(a: _Wide, out: _Wide) -> None:
    """sqrt(a)."""
    t, ints, _, _ = _room(out[0])
    np.bitwise_and(a[2], 1, ints[0])
    _subtract(a[2], ints[0], out[2])
    np.right_shift(out[2], 1, out[2])
    _power_of_two(ints[0], t[0])
    _multiply(a[0], t[0], t[1])
    _multiply(a[1], t[0], t[2])
    np.sqrt(t[1], t[3])
    _two_product(t[3], t[3], t[4], t[5], t[6:])
    _subtract(t[1], t[4], t[1])
    _subtract(t[1], t[5], t[1])
    _add(t[1], t[2], t[1])
    _add(t[3], t[3], t[4])
    _maximum(t[4], 1e-300, out=t[4])
    _divide(t[1], t[4], t[1])
    _settle(t[3], t[1], out, ints)


# -- end --
