"""The error function in NumPy, of relative accuracy: a polynomial for small arguments, else by erfcx."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from symderiv.kernels.runtime import (
    _absolute,
    _add,
    _erfcx,
    _exp,
    _mask,
    _multiply,
    _negative,
    _select,
    _subtract,
)

_Array = Any

# -- exported --
_SPARE = threading.local()
_ERF = (
    1.1283791670955126,
    -0.37612638903183754,
    0.11283791670955126,
    -0.026866170645131252,
    0.005223977625442188,
    -0.0008548327023450853,
    0.00012055332981789664,
    -1.492565035840625e-05,
    1.6462114365889246e-06,
    -1.6365844691234924e-07,
    1.4807192815879218e-08,
    -1.2290555301717926e-09,
    9.422759064650411e-11,
    -6.711366855164162e-12,
)
"""erf(x)/x as a power series in x^2, for |x| <= 1/2."""


def _spare(like: _Array) -> Any:
    """Spare blocks of this thread."""
    key = like.size, like.dtype
    try:
        return _SPARE.blocks[key]
    except AttributeError:
        _SPARE.blocks = {}
    except KeyError:
        if len(_SPARE.blocks) >= 8:
            _SPARE.blocks.clear()
    found = _SPARE.blocks[key] = tuple(np.empty(like.shape, like.dtype) for _ in range(4))
    return found


def _erf(u: _Array, out: _Array) -> None:
    """erf(u); u and out are two arrays."""
    size, power, scaled, spare = _spare(u)
    _absolute(u, size)
    _erfcx(size, scaled, spare)
    _multiply(size, size, spare)
    _negative(spare, power)
    _exp(power, power)
    _multiply(power, scaled, power)
    _subtract(1.0, power, power)
    np.minimum(spare, 0.25, out=spare)
    _multiply(spare, _ERF[-1], scaled)
    for coefficient in _ERF[-2:0:-1]:
        _add(scaled, coefficient, scaled)
        _multiply(scaled, spare, scaled)
    _add(scaled, _ERF[0], scaled)
    np.minimum(size, 0.5, out=spare)
    _multiply(scaled, spare, scaled)
    _subtract(size, 0.5, spare)
    _mask(spare, spare)
    _select(spare, scaled, power, out)
    np.copysign(out, u, out)


# -- end --
