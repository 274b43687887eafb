"""Losses of a prediction x and a target t in NumPy, made of functions of one variable.

A part is a pair (f, f') of such functions. What is multiplied by a target of 0 is 0, whatever it is: so the
cross entropy of a certain and true prediction is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from symderiv.kernels.runtime import _array, _check_out

_Array = Any

# -- exported --
_Part = tuple[Callable[..., Any], Callable[..., Any]]
_LOSS_BLOCK = 32768
"""Numbers of one block: what is computed at a time stays in the cache."""


def _times(weight: _Array, value: _Array) -> _Array:
    """weight * value, and 0 where the weight is 0 and the value infinite."""
    return weight * np.where((weight == 0) & np.isinf(value), 0.0, value)


def _weighted(weight: _Array, function: Callable[..., Any], x: _Array) -> _Array:
    """weight f(x); where the weight is 0, only a NaN of f(x) counts: no infinity, and no warning."""
    none = weight == 0
    if not none.any():
        return weight * function(x)
    value = np.empty_like(x)
    value[~none] = function(x[~none])
    with np.errstate(all="ignore"):
        value[none] = function(x[none])
    return _times(weight, value)


def _residual(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """f(x - t); a difference beyond all numbers is that infinity, and f has its limit there."""
    with np.errstate(over="ignore"):
        inside = x - t
    return parts[0][slope](inside)


def _margin(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """f(t x), with the derivative t f'(t x)."""
    found = parts[0][slope](t * x)
    return _times(t, found) if slope else found


def _per_weight(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """t f(x)."""
    return _weighted(t, parts[0][slope], x)


def _mixture(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """(1 - t) f(x) + t g(x)."""
    return _weighted(1.0 - t, parts[0][slope], x) + _weighted(t, parts[1][slope], x)


def _ratio(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """t f(x/t), with the derivative f'(x/t)."""
    none = t == 0
    inside = np.where(none & ~np.isnan(x) & slope, np.inf, x)
    np.divide(inside, t, out=inside, where=~none)
    return parts[0][slope](inside) if slope else _weighted(t, parts[0][slope], inside)


_Combine = Callable[[Sequence[_Part], _Array, _Array, bool], _Array]


def _pair(x: Any, t: Any, exact: bool) -> tuple[_Array, _Array, Any]:
    """Prediction and target as arrays of one shape, and the type that is worked in."""
    x, t = _array(x, "the prediction"), _array(t, "the target")
    shape = np.broadcast_shapes(x.shape, t.shape)
    kind = np.dtype(np.float64) if exact or x.dtype.itemsize == 8 else np.dtype(np.float32)
    return np.broadcast_to(x, shape), np.broadcast_to(t, shape), kind


def _each(
    combine: _Combine, parts: Sequence[_Part], g: Any, x: Any, t: Any, out: Any, slope: bool, exact: bool
) -> _Array:
    """The loss, or its slope, of every pair, times g if there is one."""
    x, t, kind = _pair(x, t, exact)
    if out is None:
        result = np.empty(x.shape, x.dtype)
    else:
        _check_out(out, x)
        result = out
    if g is not None:
        g = np.broadcast_to(_array(g, "g"), x.shape).reshape(-1)
    first, second, target = x.reshape(-1), t.reshape(-1), result.reshape(-1)
    for low in range(0, target.size, _LOSS_BLOCK):
        here = slice(low, low + _LOSS_BLOCK)
        value = combine(parts, first[here].astype(kind), second[here].astype(kind), slope)
        if g is not None:
            value = value * g[here].astype(kind)
        target[here] = value
    return result[()] if out is None and result.ndim == 0 else result


def _axis(x: _Array, axis: Any) -> int:
    """The axis, counted from 0."""
    if not isinstance(axis, (int, np.integer)) or isinstance(axis, bool) or not -x.ndim <= axis < x.ndim:
        raise ValueError(f"there is no axis {axis!r} in an array with {x.ndim} dimensions")
    return int(axis) % x.ndim


def _summed(combine: _Combine, parts: Sequence[_Part], x: Any, t: Any, axis: Any, exact: bool) -> _Array:
    """The losses added along the axis."""
    x, t, kind = _pair(x, t, exact)
    axis = _axis(x, axis)
    terms = combine(parts, x.astype(kind), t.astype(kind), False)
    return np.add.reduce(np.moveaxis(terms, axis, -1).copy(), axis=-1).astype(x.dtype)[()]


def _spread(g: Any, x: Any, t: Any, axis: Any) -> _Array:
    """One number for each row, as an array that multiplies the rows."""
    shape = np.broadcast_shapes(np.shape(x), np.shape(t))
    place = _axis(np.empty(shape), axis)
    wanted = shape[:place] + shape[place + 1 :]
    return np.expand_dims(np.broadcast_to(_array(g, "g"), wanted), place)


def _logs(parts: Sequence[_Part], x: _Array) -> _Array:
    """log softmax along the last axis: z - max z - log1p(the sum of all exponentials but the largest)."""
    top = np.max(x, axis=-1, keepdims=True)
    top = np.where(np.isinf(top) & (top < 0), 0.0, top)
    shifted = np.where(np.isnan(x), x, 0.0)
    with np.errstate(over="ignore"):  # a difference beyond all numbers: its exponential is 0
        np.subtract(x, top, out=shifted, where=x != top)
    powers = np.exp(shifted)
    first = np.argmax(x, axis=-1, keepdims=True)
    np.put_along_axis(powers, first, 0.0, axis=-1)
    return shifted - np.log1p(powers.sum(axis=-1, keepdims=True))


def _softmax_terms(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """-t log p along the last axis; the slope p (sum of the other t) - t (1 - p), with p = softmax x."""
    logs = _logs(parts, x)
    if not slope:
        return _times(t, -logs)
    others = np.zeros_like(t)
    others[..., 1:] = np.cumsum(t[..., :-1], axis=-1)
    others[..., :-1] += np.cumsum(t[..., :0:-1], axis=-1)[..., ::-1]
    return np.exp(logs) * others + t * np.expm1(logs)


def _rowwise(x: Any, t: Any, axis: Any, slope: bool, exact: bool) -> _Array:
    """The cross entropy of softmax along the axis: its terms, or its gradient."""
    x, t, kind = _pair(x, t, exact)
    if x.ndim == 0:
        raise ValueError("a single number has no axis: pass a vector")
    axis = _axis(x, axis)
    rows, weights = (np.moveaxis(one, axis, -1).astype(kind) for one in (x, t))
    found = _softmax_terms((), rows, weights, slope)
    if not slope:
        return np.add.reduce(found, axis=-1).astype(x.dtype)[()]
    return np.moveaxis(found, -1, axis).astype(x.dtype)


# -- end --
