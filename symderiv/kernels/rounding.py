"""Functions of floating-point numbers, correctly rounded: from Arb, not from the machine's library.

Slower by far than NumPy's, which differ by a few units in the last place from processor to processor.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from flint import arb, ctx

_BITS = 140
Number = Callable[[arb], arb]
_FUNCTIONS: dict[str, tuple[Number, Callable[[Any], Any]]] = {
    "exp": (lambda v: v.exp(), np.exp),
    "expm1": (lambda v: v.expm1(), np.expm1),
    "log": (lambda v: v.log(), np.log),
    "log1p": (lambda v: v.log1p(), np.log1p),
    "sin": (lambda v: v.sin(), np.sin),
    "cos": (lambda v: v.cos(), np.cos),
    "arctan": (lambda v: v.atan(), np.arctan),
    "arcsin": (lambda v: v.asin(), np.arcsin),
    "arccos": (lambda v: v.acos(), np.arccos),
    "arcsinh": (lambda v: v.asinh(), np.arcsinh),
    "arccosh": (lambda v: v.acosh(), np.arccosh),
    "arctanh": (lambda v: v.atanh(), np.arctanh),
}
_HUGE = 1e6
"""Beyond that an exponential is 0 or infinite, and needs no ball."""


def nearest(function: Number, value: float) -> float:
    """The double nearest to the function's value; NaN where there is none."""
    before = ctx.prec
    ctx.prec = _BITS
    try:
        found = function(arb(value))
    finally:
        ctx.prec = before
    if not found.is_finite():
        return math.nan
    if abs(found) > arb(2) ** 1030:
        return math.inf if found > 0 else -math.inf
    return float(found.mid())


def _rounded(name: str) -> Callable[[Any], Any]:
    function, ufunc = _FUNCTIONS[name]
    grows = name in ("exp", "expm1")

    def operation(argument: Any) -> Any:
        given = np.asarray(argument)
        with np.errstate(all="ignore"):
            found = np.array(ufunc(given.astype(np.float64)))
        usable = np.isfinite(given) & np.isfinite(found) & (found != 0)
        if grows:
            usable &= np.abs(given) < _HUGE
        flat, values = found.reshape(-1), given.reshape(-1)
        for place in np.flatnonzero(usable):
            flat[place] = nearest(function, float(values[place]))
        if grows and bool((np.isinf(found) & np.isfinite(given)).any()):
            np.multiply(np.float64(1e308), 1e308)  # the flag that the ufunc would have raised
        found = found.astype(given.dtype) if given.dtype.kind == "f" else found
        return found if isinstance(argument, np.ndarray) else found[()]

    return operation


ROUNDED = {name: _rounded(name) for name in _FUNCTIONS}
"""Operations by their names in programs."""
