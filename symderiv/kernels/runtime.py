"""The frame of an exported module: what drives its kernels over arrays. NumPy only.

The text below the marker is carried by every exported module, and is imported here for live kernels. A
plan is `{type: (kernel, working type, scratch blocks)}`; a kernel is `kernel(x, out, scratch, *parameters)`.
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
_Plan = dict[Any, tuple[Callable[..., None], Any, int]]
_absolute, _negative, _exp, _expm1, _log1p = np.absolute, np.negative, np.exp, np.expm1, np.log1p
_arctan, _arcsinh, _hypot = np.arctan, np.arcsinh, np.hypot
_add, _subtract, _multiply, _divide = np.add, np.subtract, np.multiply, np.divide
_minimum, _maximum, _copyto = np.minimum, np.maximum, np.copyto
_INTEGERS: dict[int, Any] = {8: np.dtype(np.int64), 4: np.dtype(np.int32)}
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


def _mask(x: _Array, out: _Array) -> None:
    """All bits of out set where the sign bit of x is."""
    kind = _INTEGERS[x.itemsize]
    np.right_shift(x.view(kind), 8 * x.itemsize - 1, out.view(kind))


def _select(mask: _Array, a: _Array, b: _Array, out: _Array) -> None:
    """a where the mask is set, else b, without a branch; out may be a, not b."""
    kind = _INTEGERS[out.itemsize]
    a, b, out = _integers(a, out), _integers(b, out), out.view(kind)
    if isinstance(a, int) and isinstance(b, int):
        np.bitwise_and(mask.view(kind), a ^ b, out)
    else:
        np.bitwise_xor(a, b, out)
        np.bitwise_and(out, mask.view(kind), out)
    np.bitwise_xor(out, b, out)


_patch = _select


def _integers(value: _Array, like: _Array) -> _Array:
    if isinstance(value, np.ndarray):
        return value.view(_INTEGERS[like.itemsize])
    kind: Any = _INTEGERS[like.itemsize]
    key = like.itemsize, float(value)
    if key not in _bits or value == 0:
        if len(_bits) > 256:
            _bits.clear()
        _bits[key] = int(np.array(value, like.dtype).view(kind))
    return _bits[key]


def _scaled(u: _Array, center: float, coefficients: Sequence[float], out: _Array, spare: _Array) -> None:
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


def _erfcx(u: _Array, out: _Array, spare: _Array) -> None:
    """exp(u^2) erfc(u) for u >= 0; u, out and spare are three arrays."""
    _scaled(u, 3.0, _ERFCX_64 if u.itemsize == 8 else _ERFCX_32, out, spare)


def _mills(u: _Array, out: _Array, spare: _Array) -> None:
    """exp(u^2/2) erfc(u/sqrt(2)) for u >= 0; u, out and spare are three arrays."""
    _scaled(u, 4.0, _MILLS_64 if u.itemsize == 8 else _MILLS_32, out, spare)


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
    if type(x) is np.ndarray and type(out) is np.ndarray:
        kind, shape = x.dtype, x.shape
        found = plan.get(kind)
        if (
            found is not None
            and found[1] is kind
            and len(shape) == 1
            and out.dtype is kind
            and out.shape == shape
            and out.flags.carray
            and x.nbytes <= BLOCK_BYTES
            and out.base is None
            and x.base is None
            and out is not x
        ):
            if g is None:
                found[0](x, out, _scratch(kind, shape[0], found[2]), *parameters)
                return out
            if (
                type(g) is np.ndarray
                and g.dtype is kind
                and g.shape == shape
                and g.base is None
                and g is not out
            ):
                blocks = _scratch(kind, shape[0], found[2])
                found[0](x, blocks[0], blocks, *parameters)
                _multiply(blocks[0], g, out)
                return out
    return _general(plan, g, x, out, parameters)


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
    kernel, kind, count = plan[x.dtype]
    _all_blocks(kernel, kind, count, g, x, result, parameters)
    return result[()] if out is None and result.ndim == 0 else result


def _apart(value: _Array, out: _Array) -> _Array:
    """The array, or a copy of it where writing to out would change it before it is read."""
    return value.copy() if np.may_share_memory(value, out) else value


def _all_blocks(
    kernel: Callable[..., None],
    kind: Any,
    count: int,
    g: Any,
    x: Any,
    out: _Array,
    parameters: tuple[float, ...],
) -> None:
    """Block after block; with THREADS, ranges of blocks side by side."""
    flat, target = x.reshape(-1), out.reshape(-1)
    other = None if g is None else g.reshape(-1)
    size, step = flat.size, BLOCK_BYTES // kind.itemsize
    if THREADS < 2 or size < 8 * step:
        _range(kernel, kind, count, other, flat, target, parameters, 0, size)
        return
    from concurrent.futures import ThreadPoolExecutor

    share = -(-size // (THREADS * step)) * step
    with ThreadPoolExecutor(THREADS) as pool:
        jobs = [
            pool.submit(
                _range, kernel, kind, count, other, flat, target, parameters, start, min(start + share, size)
            )
            for start in range(0, size, share)
        ]
    for job in jobs:
        job.result()


def _range(
    kernel: Callable[..., None],
    kind: Any,
    count: int,
    g: Any,
    x: _Array,
    out: _Array,
    parameters: tuple[float, ...],
    start: int,
    stop: int,
) -> None:
    step = BLOCK_BYTES // kind.itemsize
    same = x.dtype == kind
    for low in range(start, stop, step):
        high = min(low + step, stop)
        blocks = _scratch(kind, high - low, count + 2)
        point, target = x[low:high], out[low:high]
        if same:
            value = target if g is None else blocks[0]
        else:
            _copyto(blocks[count], point)
            point, value = blocks[count], blocks[0]
        kernel(point, value, blocks, *parameters)
        if g is not None:
            factor = g[low:high]
            if not same:
                _copyto(blocks[count + 1], factor)
                factor = blocks[count + 1]
            _multiply(value, factor, target if same else value)
        if not same:
            _copyto(target, value, casting="same_kind")


# -- end --


def exported_text(name: str) -> str:
    """The exported part of `runtime` or `coefficients`, from their own source."""
    from importlib.resources import files

    source = (files("symderiv.kernels") / f"{name}.py").read_text(encoding="utf-8")
    return source.split("# -- exported --\n", 1)[1].split("# -- end --\n", 1)[0].strip("\n")
