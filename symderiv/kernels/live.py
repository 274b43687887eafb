"""`Live`: the functions of a kernel in this process: the programs and drivers of an exported module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from symderiv.errors import InputError
from symderiv.kernels import numbers, runtime, runtime_vectors
from symderiv.kernels.kernel import FunctionKernel, Kernel, Precision
from symderiv.kernels.program import Program
from symderiv.kernels.vectors import VectorKernel

Array = Any
_HALF, _SINGLE, _DOUBLE = np.dtype(np.float16), np.dtype(np.float32), np.dtype(np.float64)


class Live:
    """f(x), f.grad(x), f.vjp(g, x); where they exist, f.grad_from_output(y) and f.vjp_from_output(g, y)."""

    def __init__(self, function: FunctionKernel, precision: Precision) -> None:
        self.kernel = function
        self._defaults = dict(function.parameters)
        single = _DOUBLE if precision == "exact" else _SINGLE
        self._plans = {kernel.part: self._plan(kernel, single) for kernel in function.kernels}

    def _plan(self, kernel: Kernel, single: Any) -> dict[Any, Any]:
        names = tuple(self._defaults)
        narrow = _driven(kernel.narrow, kernel.variable, names), single, 0, ()
        wide = _driven(kernel.wide, kernel.variable, names), _DOUBLE, 0, ()
        return {_HALF: narrow, _SINGLE: narrow, _DOUBLE: wide}

    def _run(self, part: str, g: Any, x: Any, out: Any, given: dict[str, float]) -> Array:
        if part not in self._plans:
            raise InputError(f"{self.kernel.name} has no derivative that is a function of its output alone")
        unknown = sorted(set(given) - set(self._defaults))
        if unknown:
            raise InputError(f"{unknown[0]!r} is no parameter of {self.kernel.name}")
        values = {**self._defaults, **given}
        return runtime._run(self._plans[part], g, x, out, tuple(values[name] for name in self._defaults))

    def __call__(self, x: Any, out: Any = None, **parameters: float) -> Array:
        """f(x)."""
        return self._run("value", None, x, out, parameters)

    def grad(self, x: Any, out: Any = None, **parameters: float) -> Array:
        """f'(x)."""
        return self._run("gradient", None, x, out, parameters)

    def vjp(self, g: Any, x: Any, out: Any = None, **parameters: float) -> Array:
        """g f'(x)."""
        return self._run("gradient", g, x, out, parameters)

    def grad_from_output(self, y: Any, out: Any = None, **parameters: float) -> Array:
        """The derivative at y = f(x). Raises `InputError` where y does not determine it."""
        return self._run("output", None, y, out, parameters)

    def vjp_from_output(self, g: Any, y: Any, out: Any = None, **parameters: float) -> Array:
        """g times the derivative at y = f(x)."""
        return self._run("output", g, y, out, parameters)


def _driven(program: Program, variable: str, names: tuple[str, ...]) -> Callable[..., None]:
    def kernel(x: Array, out: Array, scratch: Any, numbers_: Any, *parameters: float) -> None:
        values = numbers.run(program, {variable: x, **dict(zip(names, parameters, strict=True))})
        np.copyto(out, values, casting="same_kind")

    return kernel


class LiveVector:
    """f(z), f.vjp(g, y), f.jvp(t, y) over an axis, and f.jacobian(y), with y the output."""

    _FAMILIES: dict[str, tuple[Any, int, Any, Any, int, Any]] = {  # noqa: RUF012  never written to
        "softmax": (
            runtime_vectors._softmax,
            0,
            runtime_vectors._softmax_product,
            runtime_vectors._softmax_product,
            0,
            runtime_vectors._softmax_jacobian,
        ),
        "log": (
            runtime_vectors._log_softmax,
            1,
            runtime_vectors._log_vjp,
            runtime_vectors._log_jvp,
            1,
            runtime_vectors._log_jacobian,
        ),
    }

    def __init__(self, vector: VectorKernel, precision: Precision) -> None:
        self.kernel = vector
        single = _DOUBLE if precision == "exact" else _SINGLE
        self._kinds = {_HALF: single, _SINGLE: single, _DOUBLE: _DOUBLE}
        self._work = self._FAMILIES[vector.family]

    def __call__(self, z: Any, axis: int = -1, out: Any = None) -> Array:
        """f(z) along the axis."""
        return runtime_vectors._rows(self._work[0], self._kinds, (z,), axis, out, self._work[1])

    def vjp(self, g: Any, y: Any, axis: int = -1, out: Any = None) -> Array:
        """The gradient by z from the gradient g by the output y."""
        return runtime_vectors._rows(self._work[2], self._kinds, (g, y), axis, out, self._work[4])

    def jvp(self, t: Any, y: Any, axis: int = -1, out: Any = None) -> Array:
        """The derivative of the output along t."""
        return runtime_vectors._rows(self._work[3], self._kinds, (t, y), axis, out, self._work[4])

    def jacobian(self, y: Any) -> Array:
        """All partial derivatives at the output y."""
        return self._work[5](y)
