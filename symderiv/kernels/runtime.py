"""The frame of an exported module: what drives its kernels over arrays. NumPy only.

The text below the marker is carried by every exported module, and is imported here for live kernels. A
plan is `{type: (kernel, working type, scratch blocks, numbers)}`; a kernel is `kernel(x, out, scratch,
numbers, *parameters)`, and may write to out before it has read all of x: the two must not overlap.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from symderiv.kernels.coefficients import _ERFCX_32, _ERFCX_64, _MILLS_32, _MILLS_64

# -- exported --
BLOCK_BYTES = 262144
"""Bytes of one block: what is computed at a time stays in the cache."""
THREADS = 1
"""Threads for large arrays; more than one pays only where the arithmetic outweighs the memory."""

_Array = Any
_Plan = dict[Any, tuple[Callable[..., None], Any, int, Any]]
_ndarray = np.ndarray
_f2, _f4, _f8 = np.dtype(np.float16), np.dtype(np.float32), np.dtype(np.float64)
_absolute, _negative, _exp, _expm1, _log1p = np.absolute, np.negative, np.exp, np.expm1, np.log1p
_arctan, _arcsinh, _hypot = np.arctan, np.arcsinh, np.hypot
_add, _subtract, _multiply, _divide = np.add, np.subtract, np.multiply, np.divide
_minimum, _maximum, _copyto = np.minimum, np.maximum, np.copyto
_INTEGERS: dict[int, Any] = {8: np.dtype(np.int64), 4: np.dtype(np.int32)}
_SIGNS: dict[int, Any] = {8: np.array(-(1 << 63)), 4: np.array(-(1 << 31), np.int32)}
_SHIFTS: dict[int, Any] = {8: np.array(63), 4: np.array(31, np.int32)}
_DIRECT = 16384
"""Bytes up to which two calls are cheaper than one on integer views."""
_OWN = threading.local()
_bits: dict[tuple[int, float], int] = {}


def _outside(function: Any) -> Callable[..., Any]:
    """The ufunc, with NaN outside its domain (and its limit at the edge) and no warning about it."""

    def quiet(*arguments: _Array) -> Any:
        with np.errstate(invalid="ignore", divide="ignore"):
            return function(*arguments)

    return quiet


_sqrt, _log, _power, _sin, _cos = map(_outside, (np.sqrt, np.log, np.power, np.sin, np.cos))
_arcsin, _arccos, _arccosh, _arctanh = map(_outside, (np.arcsin, np.arccos, np.arccosh, np.arctanh))


def _plan(single: Any, narrow: tuple[Any, int, Any], wide: tuple[Any, int, Any]) -> _Plan:
    """The kernel for each type, with its numbers as arrays without dimensions; float16 works as float32."""

    def served(kind: Any, found: tuple[Any, int, Any]) -> tuple[Any, Any, int, Any]:
        return found[0], kind, found[1], tuple(np.array(number, kind) for number in found[2])

    with np.errstate(under="ignore", over="ignore"):
        return {_f2: served(single, narrow), _f4: served(single, narrow), _f8: served(_f8, wide)}


def _negabs(x: _Array, out: _Array) -> None:
    """-|x|: the sign bit set."""
    if x.nbytes <= _DIRECT:
        _absolute(x, out)
        _negative(out, out)
        return
    kind = _INTEGERS[x.itemsize]
    np.bitwise_or(x.view(kind), _SIGNS[x.itemsize], out.view(kind))


def _clip(x: _Array, low: _Array, high: _Array, out: _Array) -> None:
    """min(max(x, low), high)."""
    if x.nbytes <= _DIRECT:
        _minimum(x, high, out=out)
        _maximum(out, low, out=out)
        return
    np.clip(x, low, high, out=out)


def _mask(x: _Array, out: _Array) -> None:
    """All bits of out set where the sign bit of x is."""
    kind = _INTEGERS[x.itemsize]
    np.right_shift(x.view(kind), _SHIFTS[x.itemsize], out.view(kind))


def _zero(x: _Array, out: _Array) -> None:
    """All bits of out set where x is 0."""
    kind = _INTEGERS[x.itemsize]
    _absolute(x, out)
    bits = out.view(kind)
    np.subtract(bits, 1, bits)
    np.right_shift(bits, _SHIFTS[x.itemsize], bits)


def _select(mask: _Array, a: _Array, b: _Array, out: _Array) -> None:
    """a where the mask is set, else b, without a branch; out may be a, not b."""
    kind = _INTEGERS[out.itemsize]
    mask, a, b, out = mask.view(kind), _integers(a, kind), _integers(b, kind), out.view(kind)
    if a.ndim or b.ndim:
        np.bitwise_xor(a, b, out)
        np.bitwise_and(out, mask, out)
    else:
        np.bitwise_and(mask, a ^ b, out)
    if b.ndim or b:
        np.bitwise_xor(out, b, out)


_patch = _select


def _integers(value: _Array, kind: Any) -> _Array:
    """The bits of an array, or of a parameter."""
    return (value if isinstance(value, _ndarray) else np.array(value, f"f{kind.itemsize}")).view(kind)


def _scaled(u: _Array, center: _Array, coefficients: Sequence[_Array], out: _Array, spare: _Array) -> None:
    """P(t)/(u + center) with t = (u - center)/(u + center)."""
    _add(u, center, spare)
    _subtract(u, center, out)
    _divide(out, spare, spare)
    _multiply(spare, coefficients[-1], out)
    for coefficient in coefficients[-2:0:-1]:
        _add(out, coefficient, out)
        _multiply(out, spare, out)
    _add(out, coefficients[0], out)
    _add(u, center, spare)
    _divide(out, spare, out)


def _numbers(center: float, single: Sequence[float], double: Sequence[float]) -> dict[int, Any]:
    """Center and coefficients by the bytes of a type."""
    kinds = ((4, np.float32, single), (8, np.float64, double))
    return {size: (np.array(center, k), tuple(np.array(c, k) for c in found)) for size, k, found in kinds}


_ERFCX, _MILLS = _numbers(3.0, _ERFCX_32, _ERFCX_64), _numbers(4.0, _MILLS_32, _MILLS_64)


def _erfcx(u: _Array, out: _Array, spare: _Array) -> None:
    """exp(u^2) erfc(u) for u >= 0; u, out and spare are three arrays."""
    center, coefficients = _ERFCX[u.itemsize]
    _scaled(u, center, coefficients, out, spare)


def _mills(u: _Array, out: _Array, spare: _Array) -> None:
    """exp(u^2/2) erfc(u/sqrt(2)) for u >= 0; u, out and spare are three arrays."""
    center, coefficients = _MILLS[u.itemsize]
    _scaled(u, center, coefficients, out, spare)


def _scratch(kind: Any, size: int, count: int) -> list[_Array]:
    """Blocks of this thread, kept for the next call; a few sizes only, so that they stay few."""
    key = size * 16 + kind.itemsize
    try:
        blocks = _OWN.blocks[key]
        if len(blocks) >= count:
            return blocks
    except AttributeError:
        _OWN.blocks = {}
    except KeyError:
        if len(_OWN.blocks) >= 16:
            _OWN.blocks.clear()
    blocks = _OWN.blocks[key] = [np.empty(size, kind) for _ in range(count)]
    return blocks


def _array(value: Any, name: str) -> _Array:
    """An array of a real type; integers become float64."""
    if isinstance(value, np.ndarray) and type(value) is not np.ndarray:
        raise TypeError(f"{name} is a {type(value).__name__}: pass a plain array, such as np.asarray({name})")
    found = np.asarray(value)
    if found.dtype.kind in "iub":
        return found.astype(np.float64)
    if found.dtype.kind != "f" or found.dtype.itemsize > 8:
        raise TypeError(f"{name} has the type {found.dtype}: float16, float32, float64 or integers are due")
    return found.astype(found.dtype.newbyteorder("=")) if not found.dtype.isnative else found


def _check_out(out: Any, like: _Array) -> None:
    if type(out) is not np.ndarray:
        raise TypeError(f"out is a {type(out).__name__}: an array is due")
    if out.dtype != like.dtype:
        raise TypeError(f"out has the type {out.dtype}: {like.dtype} is due")
    if out.shape != like.shape:
        raise ValueError(f"out has the shape {out.shape}: {like.shape} is due")
    if not (out.flags.c_contiguous and out.flags.writeable):
        raise ValueError("out must be contiguous and writeable")


def _run(plan: _Plan, g: Any, x: Any, out: Any, parameters: tuple[float, ...] = ()) -> _Array:
    """kernel(x), times g if there is one, into out."""
    if type(x) is _ndarray and type(out) is _ndarray:
        kind, shape = x.dtype, x.shape
        found = plan.get(kind)
        if found is not None:
            kernel, work, count, numbers = found
            if (
                work is kind
                and out.dtype is kind
                and out.shape == shape
                and len(shape) == 1
                and x.nbytes <= BLOCK_BYTES
                and ((x.base is None and out.base is None and out is not x) or not _overlap(x, out))
                and out.flags.carray
                and (g is None or _fits(g, kind, shape, out))
            ):
                kernel(x, out, _scratch(kind, shape[0], count) if count else (), numbers, *parameters)
                if g is not None:
                    _multiply(out, g, out)
                return out
    return _general(plan, g, x, out, parameters)


_overlap = np.may_share_memory


def _fits(g: Any, kind: Any, shape: tuple[int, ...], out: _Array) -> bool:
    """A plain array of the type and shape that does not overlap out (whose memory is its own or not)."""
    if type(g) is not _ndarray or g.dtype is not kind or g.shape != shape:
        return False
    return g is not out if g.base is None and out.base is None else not _overlap(g, out)


def _general(plan: _Plan, g: Any, x: Any, out: Any, parameters: tuple[float, ...]) -> _Array:
    """The same for arguments of every kind."""
    x = _array(x, "the argument")
    if g is not None:
        g = _array(g, "g")
        if g.dtype != x.dtype:
            raise TypeError(f"g has the type {g.dtype}, and the argument {x.dtype}: give both one type")
        if g.shape != x.shape:
            raise ValueError(f"g has the shape {g.shape}: {x.shape} is due")
    if out is None:
        result = np.empty(x.shape, x.dtype)
    else:
        _check_out(out, x)
        result = out
        x, g = _apart(x, out), g if g is None else _apart(g, out)
    _all_blocks(plan[x.dtype], g, x, result, parameters)
    return result[()] if out is None and result.ndim == 0 else result


def _apart(value: _Array, out: _Array) -> _Array:
    """The array, or a copy of it where writing to out would change it before it is read."""
    return value.copy() if np.may_share_memory(value, out) else value


def _all_blocks(
    found: tuple[Any, Any, int, Any], g: Any, x: Any, out: _Array, parameters: tuple[float, ...]
) -> None:
    """Block after block; with THREADS, ranges of blocks side by side."""
    flat, target = x.reshape(-1), out.reshape(-1)
    other = None if g is None else g.reshape(-1)
    size, step = flat.size, BLOCK_BYTES // found[1].itemsize
    if THREADS < 2 or size < 8 * step:
        _range(found, other, flat, target, parameters, 0, size)
        return
    from concurrent.futures import ThreadPoolExecutor

    share = -(-size // (THREADS * step)) * step
    with ThreadPoolExecutor(THREADS) as pool:
        jobs = [
            pool.submit(_range, found, other, flat, target, parameters, start, min(start + share, size))
            for start in range(0, size, share)
        ]
    for job in jobs:
        job.result()


def _range(
    found: tuple[Any, Any, int, Any],
    g: Any,
    x: _Array,
    out: _Array,
    parameters: tuple[float, ...],
    start: int,
    stop: int,
) -> None:
    kernel, kind, count, numbers = found
    step = BLOCK_BYTES // kind.itemsize
    same = x.dtype == kind
    for low in range(start, stop, step):
        high = min(low + step, stop)
        point, target = x[low:high], out[low:high]
        if same:
            kernel(point, target, _scratch(kind, high - low, count), numbers, *parameters)
            if g is not None:
                _multiply(target, g[low:high], target)
            continue
        blocks = _scratch(kind, high - low, count + 2)
        wide, value = blocks[count], blocks[count + 1]
        _copyto(wide, point)
        kernel(wide, value, blocks, numbers, *parameters)
        if g is not None:
            _copyto(wide, g[low:high])
            _multiply(value, wide, value)
        _copyto(target, value, casting="same_kind")


# -- end --


def exported_text(name: str) -> str:
    """The exported part of `runtime` or `coefficients`, from their own source."""
    from importlib.resources import files

    source = (files("symderiv.kernels") / f"{name}.py").read_text(encoding="utf-8")
    return source.split("# -- exported --\n", 1)[1].split("# -- end --\n", 1)[0].strip("\n")
