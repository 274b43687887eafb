"""A program run in NumPy, operation by operation: the numbers that the exported text computes, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symderiv.kernels import (
    runtime,
    runtime_circular,
    runtime_composites,
    runtime_erf,
    runtime_functions,
    runtime_wide,
)
from symderiv.kernels.program import Program
from symderiv.kernels.rounding import ROUNDED
from symderiv.kernels.widening import WIDE

Array = NDArray[Any]


_ROUNDED: ContextVar[bool] = ContextVar("rounded", default=False)


@contextmanager
def correctly_rounded() -> Iterator[None]:
    """Inside, every function of a number is rounded correctly: the same values on every machine."""
    token = _ROUNDED.set(True)
    try:
        yield
    finally:
        _ROUNDED.reset(token)


def run(program: Program, inputs: Mapping[str, Array | float]) -> Array:
    """The values of a program; the type of the arrays among the inputs is the working type."""
    values: list[Any] = []
    last: dict[int, int] = {}
    for place, node in enumerate(program.nodes):
        for arg in node.args:
            last[arg] = place
    for place, node in enumerate(program.nodes):
        if node.op == "const":
            values.append(node.value)
        elif node.op == "input":
            values.append(inputs[node.name])
        else:
            operation = OPERATIONS[node.op]
            if node.op in ROUNDED and _ROUNDED.get():
                operation = ROUNDED[node.op]
            value = operation(*(values[arg] for arg in node.args))
            values.append(float(value) if isinstance(value, np.floating) else value)
        for arg in node.args:
            if (
                last[arg] == place
                and program.nodes[arg].op not in ("const", "input")
                and arg != program.result
            ):
                values[arg] = None
    return np.asarray(values[program.result])


def _select(mask: Array, negative: Array | float, positive: Array | float) -> Array:
    """By the sign bit. Constants on both sides take the type of double; the caller casts."""
    return np.where(mask, negative, positive)


def _erfcx(u: Array) -> Array:
    out = np.empty_like(u)
    runtime._erfcx(u, out, np.empty_like(u))
    return out


def _erf(u: Array) -> Array:
    out = np.empty_like(u)
    runtime_erf._erf(u, out)
    return out


def _mills(u: Array) -> Array:
    out = np.empty_like(u)
    runtime._mills(u, out, np.empty_like(u))
    return out


def _made_wide(name: str) -> Callable[..., Any]:
    """An operation whose value is a wide number, in new arrays."""
    parts = (runtime_wide, runtime_functions, runtime_circular, runtime_composites)
    work = next(getattr(part, name) for part in parts if hasattr(part, name))

    def operation(*args: Any) -> Any:
        shapes = [np.shape(arg[0] if isinstance(arg, tuple) else arg) for arg in args]
        out = runtime_wide._wide_block(np.broadcast_shapes(*shapes))
        work(*args, out)
        return out

    return operation


def _wide_select(mask: Array, negative: Any, positive: Any) -> Any:
    return tuple(np.where(mask, a, b) for a, b in zip(negative, positive, strict=True))


def _rounded(value: Any) -> Array:
    out = np.empty(value[0].shape)
    runtime_wide._rounded(value, out)
    return out


OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "min": np.minimum,
    "max": np.maximum,
    "hypot": np.hypot,
    "power": runtime._power,
    "mask": np.signbit,
    "zero": lambda a: np.equal(a, 0.0),
    "neg": np.negative,
    "abs": np.absolute,
    "negabs": lambda a: np.negative(np.absolute(a)),
    "clip": lambda a, low, high: np.maximum(np.minimum(a, high), low),
    "sqrt": runtime._sqrt,
    "exp": np.exp,
    "expm1": np.expm1,
    "log": runtime._log,
    "log1p": np.log1p,
    "sin": runtime._sin,
    "cos": runtime._cos,
    "arctan": np.arctan,
    "arcsin": runtime._arcsin,
    "arccos": runtime._arccos,
    "arcsinh": np.arcsinh,
    "arccosh": runtime._arccosh,
    "arctanh": runtime._arctanh,
    "select": _select,
    "patch": _select,
    "erf": _erf,
    "erfcx": _erfcx,
    "mills": _mills,
    "widen": _made_wide("_widen"),
    "widen_pair": _made_wide("_widen_pair"),
    "rounded": _rounded,
    **{name: _made_wide(f"_{name}") for name in sorted(WIDE - {"wide_select"})},
    "wide_select": _wide_select,
}
