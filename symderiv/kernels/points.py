"""Where kernels are measured: all magnitudes from the smallest to the largest number, and where it happens.

Every point is a float32 number as long as its magnitude is that of one, so that one table of exact
values serves every type.
"""

from __future__ import annotations

import numpy as np

from symderiv.kernels.balls import Floats, Table

_DENSE = ((0.0, 1.0), (1.0, 4.0), (4.0, 24.0), (24.0, 120.0), (120.0, 800.0))
"""Where activation functions and their exponentials live, in float32 and in float64."""


_LAST = (
    np.ldexp(2 - np.linspace(2.0**-20, 1.9, 24), 1023),
    np.ldexp(2 - np.linspace(2.0**-10, 1.9, 12), 127).astype(np.float32).astype(np.float64),
)
"""The last magnitudes of float64 and of float32, where a factor of 2 overflows."""


def grid(log: int, dense: int, *, seed: int = 0) -> Floats:
    """Both signs: `log` magnitudes spaced evenly in the logarithm, `dense` points in each active range.

    With a `seed` the points are moved at random inside their cells, always the same way.
    """
    generator = np.random.default_rng(seed)
    exponents = np.linspace(-1074.0, 1023.999, log)
    exponents[1:-1] += generator.uniform(-0.4, 0.4, log - 2) * (2098.0 / log)
    parts = [np.ldexp(2.0 ** (exponents - np.floor(exponents)), np.floor(exponents).astype(np.int64))]
    for low, high in _DENSE:
        steps = (np.arange(dense) + generator.uniform(0.05, 0.95, dense)) / dense
        parts.append(low + (high - low) * steps)
    found = singles(np.concatenate(parts))
    found = np.unique(found[found > 0])
    ends = [2.0**-1074, np.finfo(np.float32).max, np.finfo(np.float64).max]
    found = np.unique(np.concatenate([found, ends, *_LAST]))
    return np.concatenate([-found[::-1], [0.0], found])


def singles(points: Floats) -> Floats:
    """The nearest float32 number where the magnitude is in its normal range, else the point itself."""
    with np.errstate(all="ignore"):
        rounded = points.astype(np.float32).astype(np.float64)
    magnitude = np.abs(points)
    inside = (magnitude >= 2.0**-149) & (magnitude < 3.4e38) & np.isfinite(rounded)
    return np.where(inside, rounded, points)


NEAR = 0.25
"""Closer to a root than that, errors are counted in units of the largest value near it."""
_TIGHT = 0.25
"""Neighbours between which a change of sign places a root: no farther apart than this share of them."""


def near_roots(points: Floats, values: Floats, window: float = NEAR) -> np.ndarray:
    """True near a change of sign away from 0: there the relative error of any formula grows.

    Changes between distant points say nothing of a root close to either of them.
    """
    order = np.argsort(points, kind="stable")
    x, y = points[order], values[order]
    with np.errstate(over="ignore"):
        tight = np.abs(x[1:] - x[:-1]) < _TIGHT * np.maximum(1.0, np.abs(x[1:]))
    change = np.flatnonzero(
        (np.sign(y[:-1]) * np.sign(y[1:]) < 0) & (np.abs(x[:-1]) > 1e-3) & (np.abs(x[1:]) > 1e-3) & tight
    )
    near = np.zeros(len(points), np.bool_)
    for place in change.tolist():
        root = 0.5 * x[place] + 0.5 * x[place + 1]
        near |= np.abs(0.5 * points - 0.5 * root) < 0.5 * max(window, min(0.2 * abs(root), 1.0))
    return near


def edges(exact: Table, count: int) -> Floats:
    """More points where a value leaves the normal range: there a formula may lose digits, or everything."""
    exponent = np.where(exact.high == 0, -2000, exact.exponent)
    found: list[Floats] = []
    for threshold in (-1060, -1022, -960, 1020, 1025):
        change = np.flatnonzero((exponent[:-1] < threshold) != (exponent[1:] < threshold))
        for place in change[:6].tolist():
            low, high = exact.points[place], exact.points[place + 1]
            found.append(np.linspace(low, high, count + 2)[1:-1])
    return np.concatenate(found) if found else np.zeros(0)
