"""Measurements of one kernel in one type: worst ULP and where, lost values, special values, warnings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from symderiv.kernels import balls, numbers
from symderiv.kernels.balls import Floats, Table, part_of
from symderiv.kernels.kernel import Kernel
from symderiv.kernels.patch import beside, roots
from symderiv.kernels.points import edges, near_roots
from symderiv.kernels.program import Program
from symderiv.kernels.trial import quiet

TypeName = Literal["float16", "float32", "float64"]
TYPES: tuple[TypeName, ...] = ("float16", "float32", "float64")
BOUNDS = {"exact": {"float16": 0.51, "float32": 0.501, "float64": 4.0}, "fast": {"float64": 4.0}}
"""Promised ULP by precision and type; `fast` promises nothing for the types below float64."""
SANE = {"exact": {"float16": 1.0, "float32": 1.0, "float64": 1e3}, "fast": {"float64": 1e3}}
"""The function itself is held to this: beyond it something is wrong."""
_SMALLEST_NORMAL = {"float16": 2.0**-14, "float32": 2.0**-126, "float64": 2.0**-1022}
_NEIGHBOURS = 600


@dataclass(frozen=True, slots=True)
class Measured:
    """One kernel in one type. `near` is the worst error near a root, in ulps of the largest value there."""

    type: TypeName
    points: int
    unknown: int
    ulp: float
    at: float
    near: float
    lost: int
    warnings: int
    nan_through: bool
    limits: tuple[float, float]
    exhaustive: bool
    bound: float | None

    @property
    def good(self) -> bool:
        """Within every bound that is promised."""
        within = self.bound is None or (self.ulp <= self.bound and self.near <= max(2.0, self.bound))
        return within and self.lost == 0 and self.warnings == 0 and self.nan_through


def halves(kind: type = np.float16) -> Floats:
    """Every finite float16 number, in order."""
    bits: NDArray[Any] = np.arange(1 << 16, dtype=np.uint16).view(kind)
    finite = bits[np.isfinite(bits)].astype(np.float64)
    return np.unique(finite)


def table(kernel: Kernel, parameters: Mapping[str, float], points: Floats) -> Table:
    """The exact values at the points, from the formula."""
    return balls.table(kernel.reference, points, parameters, kernel.variable)


def doubles(kernel: Kernel, parameters: Mapping[str, float], points: Floats) -> Table:
    """Values of the float64 program, good to a few of its ULP: exact enough for float16."""
    with np.errstate(all="ignore"):
        values = numbers.run(kernel.wide, {**parameters, kernel.variable: points})
    high, exponent = np.frexp(np.broadcast_to(values, points.shape))
    return Table(points, high, np.zeros(len(points)), exponent.astype(np.int64), np.isfinite(high))


def computed(
    kernel: Kernel, kind: TypeName, precision: str, parameters: Mapping[str, float], points: Floats
) -> tuple[NDArray[Any], bool]:
    """What the module computes in a type, and whether a warning was raised."""
    program, work = _route(kernel, kind, precision)
    given: NDArray[Any] = points.astype(work)
    values, loud = quiet(program, {**parameters, kernel.variable: given})
    values = np.broadcast_to(values, points.shape)
    with np.errstate(all="ignore"):
        return values.astype(kind), loud


def _route(kernel: Kernel, kind: TypeName, precision: str) -> tuple[Program, type[np.floating[Any]]]:
    if kind == "float64":
        return kernel.wide, np.float64
    return kernel.narrow, np.float64 if precision == "exact" else np.float32


def measured(
    kernel: Kernel, kind: TypeName, precision: str, parameters: Mapping[str, float], exact: Table
) -> Measured:
    """The measurement at the points of a table of exact values that the type can hold."""
    inside = np.abs(exact.points) <= balls.LARGEST[kind]
    if kind != "float64":
        with np.errstate(all="ignore"):
            inside &= exact.points.astype(kind).astype(np.float64) == exact.points
    chosen = part_of(exact, inside)
    values, _ = computed(kernel, kind, precision, parameters, chosen.points)
    digits, lowest = balls.FORMATS[kind]
    errors = balls.ulps(values.astype(np.float64), chosen, digits, lowest)
    truth = chosen.rounded()
    near = (
        near_roots(chosen.points, truth)
        if kind == "float64" or precision == "fast"
        else np.zeros(len(errors), bool)
    )
    worst = int(np.argmax(np.where(near, 0.0, errors))) if len(errors) else 0
    with np.errstate(all="ignore"):
        normal = (np.abs(truth) >= _SMALLEST_NORMAL[kind]) & (np.abs(truth) <= balls.LARGEST[kind])
        wide = values.astype(np.float64)
        lost = int((chosen.known & normal & ((wide == 0) | np.isnan(wide))).sum())
    finite = np.abs(truth) <= balls.LARGEST[kind]
    _, loud = computed(kernel, kind, precision, parameters, chosen.points[finite & chosen.known])
    ends, noisy = computed(kernel, kind, precision, parameters, np.array([-np.inf, np.inf]))
    noisy = (
        noisy and kernel.part != "output"
    )  # an infinite output of a bounded function is no input of its form
    lone, _ = computed(kernel, kind, precision, parameters, np.array([np.nan, -np.nan]))
    return Measured(
        type=kind,
        points=len(chosen.points),
        unknown=int((~chosen.known).sum()),
        ulp=float(np.where(near, 0.0, errors).max(initial=0.0)),
        at=float(chosen.points[worst]) if len(errors) else 0.0,
        near=_near(errors, near, chosen, values.astype(np.float64), digits),
        lost=lost,
        warnings=int(loud) + int(noisy),
        nan_through=bool(np.isnan(lone).all()),
        limits=(float(ends[0]), float(ends[1])),
        exhaustive=kind == "float16",
        bound=(SANE if kernel.part == "value" else BOUNDS)[precision].get(kind),
    )


def _near(errors: Floats, near: NDArray[np.bool_], exact: Table, values: Floats, digits: int) -> float:
    """The worst error near a root, in ulps of the largest value near it."""
    near = near & balls.within(exact, digits) & exact.known
    if not near.any():
        return 0.0
    truth = exact.rounded()[near]
    unit = float(np.spacing(np.abs(truth).max())) * 2.0 ** (53 - digits)
    with np.errstate(all="ignore"):
        return float(np.abs(values[near] - truth).max() / unit)


def sweep(
    kernel: Kernel, precision: str, parameters: Mapping[str, float], points: Floats
) -> tuple[Measured, ...]:
    """All three types: the given points, with the neighbours of roots for float32, and every float16 number.

    A form in the output is measured at the given points alone: they are outputs.
    """
    exact = table(kernel, parameters, points)
    singles = small = exact
    if kernel.part != "output":
        exact = balls.joined(exact, table(kernel, parameters, edges(exact, 400)))
        close = (
            np.zeros(0)
            if parameters
            else beside(roots(kernel.reference, kernel.variable, exact), _NEIGHBOURS)
        )
        singles = balls.joined(exact, table(kernel, parameters, close))
        small = doubles(kernel, parameters, halves())
    return (
        measured(kernel, "float16", precision, parameters, small),
        measured(kernel, "float32", precision, parameters, singles),
        measured(kernel, "float64", precision, parameters, exact),
    )
