"""The normalised exponential p = e^z / sum e^z and its logarithm, over one axis, in NumPy.

Row blocks, working type of the plan. What would cancel is summed instead: 1 - p_i is the sum of the other
p_j (or -expm1 of the logarithm), and sums over the others are a prefix and a suffix.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from symderiv.kernels.runtime import BLOCK_BYTES, _apart, _array, _check_out, _scratch

_Array = Any

# -- exported --


def _alike(arrays: tuple[Any, ...], axis: Any) -> tuple[_Array, ...]:
    """The arguments as arrays of one type and shape that have the axis."""
    names = ("the argument",) if len(arrays) == 1 else ("the first argument", "y")
    arrays = tuple(_array(array, name) for array, name in zip(arrays, names, strict=True))
    first = arrays[0]
    for array in arrays[1:]:
        if array.dtype != first.dtype:
            raise TypeError(
                f"the arguments have the types {first.dtype} and {array.dtype}: give them one type"
            )
        if array.shape != first.shape:
            raise ValueError(f"the arguments have the shapes {first.shape} and {array.shape}")
    if first.ndim == 0:
        raise ValueError("a single number has no axis: pass a vector")
    if (
        not isinstance(axis, (int, np.integer))
        or isinstance(axis, bool)
        or not -first.ndim <= axis < first.ndim
    ):
        raise ValueError(f"there is no axis {axis!r} in an array with {first.ndim} dimensions")
    return arrays


def _rows(
    work: Callable[..., None], kinds: dict[Any, Any], arrays: tuple[Any, ...], axis: Any, out: Any, spare: int
) -> _Array:
    """work(rows..., target, scratch, column) on blocks of rows along the axis, in the working type."""
    arrays = _alike(arrays, axis)
    first = arrays[0]
    if out is None:
        result = np.empty(first.shape, first.dtype)
    else:
        _check_out(out, first)
        result = out
        arrays = tuple(_apart(array, out) for array in arrays)
    if result.size:
        axis = int(axis) % first.ndim
        shape = _split(first.shape, axis)
        views = [array.reshape(shape) for array in (*arrays, result)]
        _all_rows(work, kinds[first.dtype], views, spare)
    return result


def _split(shape: tuple[int, ...], axis: int) -> tuple[int, int, int]:
    """How many entries there are before the axis, along it, and after it."""
    before = after = 1
    for size in shape[:axis]:
        before *= size
    for size in shape[axis + 1 :]:
        after *= size
    return before, shape[axis], after


def _all_rows(work: Callable[..., None], kind: Any, views: list[_Array], spare: int) -> None:
    """Blocks of rows: the middle axis of the views is moved to the end while they are copied."""
    before, length, after = views[0].shape
    step = max(1, BLOCK_BYTES // (kind.itemsize * length))
    wide, deep = min(after, step), max(1, step // after)
    for low in range(0, before, deep):
        for left in range(0, after, wide):
            places = slice(low, low + deep), slice(None), slice(left, left + wide)
            _some_rows(work, kind, [view[places].swapaxes(1, 2) for view in views], spare)


def _some_rows(work: Callable[..., None], kind: Any, views: list[_Array], spare: int) -> None:
    """One block of rows, in scratch memory; the last view is the target."""
    deep, wide, length = views[0].shape
    kept = _scratch(kind, deep * wide * length, len(views) + 1 + spare)
    blocks = [block.reshape(deep * wide, length) for block in kept[: len(views) + spare]]
    column = kept[len(views) + spare][: deep * wide].reshape(deep * wide, 1)
    for block, view in zip(blocks, views[:-1], strict=False):
        np.copyto(block.reshape(view.shape), view)
    work(*blocks, column)
    np.copyto(views[-1], blocks[len(views) - 1].reshape(views[-1].shape), casting="same_kind")


def _shifted(z: _Array, e: _Array, column: _Array) -> None:
    """z - max z in z and its exponential in e; an infinite maximum takes everything."""
    np.maximum.reduce(z, axis=-1, out=column[:, 0])
    if not (column.max() < np.inf and column.min() > -np.inf):
        infinite = column == np.inf
        np.copyto(z, np.where(z == np.inf, 0.0, -np.inf), where=infinite & ~np.isnan(z))
        column[infinite | (column == -np.inf)] = 0.0
    np.copyto(e, column)  # a full block: a broadcast operand would be buffered anew in every call
    np.subtract(z, e, out=z)
    np.exp(z, out=e)


def _softmax(z: _Array, out: _Array, column: _Array) -> None:
    _shifted(z, out, column)
    np.add.reduce(out, axis=-1, out=column[:, 0])
    np.copyto(z, column)
    np.divide(out, z, out=out)


def _log_softmax(z: _Array, out: _Array, ones: _Array, column: _Array) -> None:
    """z - max - log1p(sum over all but one maximum): nothing is lost next to 1, which floor finds."""
    _shifted(z, out, column)
    np.floor(out, out=ones)
    np.subtract(out, ones, out=out)
    np.add.reduce(out, axis=-1, out=column[:, 0])
    np.add.reduce(ones, axis=-1, out=out[:, 0])
    out[:, 0] -= 1.0
    column[:, 0] += out[:, 0]
    np.log1p(column, out=column)
    np.copyto(out, column)
    np.subtract(z, out, out=out)


def _softmax_product(g: _Array, y: _Array, out: _Array, column: _Array) -> None:
    """y (g - sum g y): the product with the Jacobian, which is symmetric."""
    np.multiply(g, y, out=out)
    np.add.reduce(out, axis=-1, out=column[:, 0])
    np.copyto(out, column)
    np.subtract(g, out, out=out)
    np.multiply(out, y, out=out)


def _others(values: _Array, out: _Array, before: _Array) -> None:
    """out_i = the sum of all values but the i-th: a prefix and a suffix, nothing subtracted."""
    np.cumsum(values[:, :-1], axis=-1, out=before[:, 1:])
    before[:, 0] = 0.0
    np.cumsum(values[:, :0:-1], axis=-1, out=out[:, -2::-1] if out.shape[1] > 1 else out[:, :0])
    out[:, -1] = 0.0
    np.add(out, before, out=out)


def _log_vjp(g: _Array, y: _Array, out: _Array, before: _Array, column: _Array) -> None:
    """g_i (1 - p_i) - p_i (sum of the other g), with 1 - p_i = -expm1(y_i)."""
    _others(g, out, before)
    np.exp(y, out=before)
    np.multiply(out, before, out=out)
    np.expm1(y, out=before)
    np.multiply(before, g, out=before)
    np.add(out, before, out=out)
    np.negative(out, out=out)


def _log_jvp(t: _Array, y: _Array, out: _Array, before: _Array, column: _Array) -> None:
    """t_i (1 - p_i) - (sum of the other p t), with 1 - p_i = -expm1(y_i)."""
    np.exp(y, out=before)
    np.multiply(before, t, out=out)
    np.expm1(y, out=y)
    np.multiply(y, t, out=y)
    np.copyto(t, out)
    _others(t, out, before)
    np.add(out, y, out=out)
    np.negative(out, out=out)


def _square(y: Any) -> tuple[_Array, _Array]:
    """y as an array, and room for a matrix on its last axis."""
    y = _array(y, "y")
    if y.ndim == 0:
        raise ValueError("a single number has no axis: pass a vector")
    return y, np.empty((*y.shape, y.shape[-1]), np.float64)


def _softmax_jacobian(y: Any) -> _Array:
    """y_i (delta_ij - y_j); the diagonal is y_i times the sum of the others."""
    y, matrix = _square(y)
    wide = y.astype(np.float64)
    np.multiply(wide[..., :, None], -wide[..., None, :], out=matrix)
    places = np.arange(y.shape[-1])
    matrix[..., places, places] = 0.0
    matrix[..., places, places] = -matrix.sum(axis=-1)
    return matrix.astype(y.dtype)


def _log_jacobian(y: Any) -> _Array:
    """delta_ij - p_j; the diagonal is -expm1(y_i)."""
    y, matrix = _square(y)
    wide = y.astype(np.float64)
    matrix[...] = -np.exp(wide)[..., None, :]
    places = np.arange(y.shape[-1])
    matrix[..., places, places] = -np.expm1(wide)
    return matrix.astype(y.dtype)


# -- end --
