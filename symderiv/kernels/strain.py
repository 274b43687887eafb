"""How far a program is strained: its worst error on the points of a search, and close to the worst ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from symderiv.kernels import balls
from symderiv.kernels.balls import Floats, Table, part_of
from symderiv.kernels.points import NEAR, near_roots
from symderiv.kernels.search import Compiled
from symderiv.kernels.trial import quiet

_WORST, _AROUND, _REACH = 16, 24, 2.0**-7


@dataclass(frozen=True, slots=True)
class Strain:
    """The worst ULP in double away from roots, and the points around the worst ones."""

    ulp: float
    exact: Table


def strained(one: Compiled, exact: Table, parameters: Mapping[str, float], variable: str) -> Strain:
    """Points of a grid miss the worst error; more of them where it is largest come closer."""
    values, _ = quiet(one.program, {**parameters, variable: exact.points})
    errors = _errors(values, exact)
    errors[near_roots(exact.points, exact.rounded(), NEAR)] = 0.0
    worst = np.argsort(-errors, kind="stable")[:_WORST]
    first = float(errors.max(initial=0.0))
    generator = np.random.default_rng(5)
    moves = 1 + _REACH * generator.uniform(-1, 1, (len(worst), _AROUND))
    with np.errstate(over="ignore"):
        points = np.unique(exact.points[worst][:, None] * moves)
    low, high = exact.points.min(initial=0.0), exact.points.max(initial=0.0)
    points = points[(points >= low) & (points <= high) & np.isfinite(points)]
    more = balls.joined(exact, balls.table(one.reference, points, parameters, variable))
    away = ~near_roots(more.points, more.rounded(), NEAR)
    close = part_of(more, away & np.isin(more.points, points))
    values, _ = quiet(one.program, {**parameters, variable: close.points})
    second = float(_errors(values, close).max(initial=0.0))
    loud = _is_loud(one, exact, parameters, variable, 53, ends=_is_whole(exact))
    return Strain(max(first, second, LOUD if loud else 0.0), close)


LOUD = 1e6
"""A warning counts like so many ULP."""


def _is_loud(
    one: Compiled, exact: Table, parameters: Mapping[str, float], variable: str, digits: int, *, ends: bool
) -> bool:
    """Is a warning raised where the value is finite, or at the infinities?"""
    points = exact.points[balls.within(exact, digits) & exact.known]
    last = np.array([-np.inf, np.inf]) if ends else points[:0]
    return any(quiet(one.program, {**parameters, variable: some})[1] for some in (points, last))


def _is_whole(exact: Table) -> bool:
    """Are the points those of the whole line (and not outputs of a function)?"""
    return bool(exact.points.max(initial=0.0) > 1e300)


def _errors(values: Floats, exact: Table) -> Floats:
    return balls.ulps(np.broadcast_to(values, exact.points.shape), exact, 53, -1074)


def is_single(
    one: Compiled, exact: Table, parameters: Mapping[str, float], variable: str, near: Floats
) -> bool:
    """Is the program, run in double, the nearest float32 on the table, and near the roots; and quiet?"""
    with np.errstate(all="ignore"):
        fits = exact.points.astype(np.float32).astype(np.float64) == exact.points
    chosen = part_of(exact, fits & exact.known)
    close = balls.table(one.reference, near, parameters, variable)
    errors, nearby = (_single(one, table, parameters, variable) for table in (chosen, close))
    errors[near_roots(chosen.points, chosen.rounded(), NEAR)] = 0.0
    worst = max(errors.max(initial=0.0), nearby.max(initial=0.0))
    loud = _is_loud(one, chosen, parameters, variable, 24, ends=_is_whole(exact))
    return bool(worst <= 0.5005) and not loud


def _single(one: Compiled, exact: Table, parameters: Mapping[str, float], variable: str) -> Floats:
    """Errors in ULP of float32."""
    values, _ = quiet(one.program, {**parameters, variable: exact.points})
    with np.errstate(all="ignore"):
        single = np.broadcast_to(values, exact.points.shape).astype(np.float32).astype(np.float64)
    return balls.ulps(single, exact, 24, -149)
