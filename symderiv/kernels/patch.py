"""Patches: next to a root of the formula, x - r times a polynomial in x - r, with r in two words.

Any formula loses relative precision where it vanishes. There its Taylor series does not: the root is found
to 200 bits, the cofactor f(x)/(x - r) interpolated at Chebyshev points in balls and compared with f. A patch
is numeric: it is measured, while the formula around it is proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from flint import arb, arb_poly, ctx
from numpy.typing import NDArray

from symderiv.kernels import balls, numbers
from symderiv.kernels.balls import Floats, Table, part_of
from symderiv.kernels.points import NEAR
from symderiv.kernels.program import Builder, Program
from symderiv.kernels.widening import is_wide

_BITS = 320
_MAX_ROOTS = 3
_MAX_DEGREE = 30


@dataclass(frozen=True, slots=True)
class Root:
    """A root as high + low, and its order (found at 0 only; elsewhere a change of sign is simple)."""

    high: float
    low: float
    order: int = 1


@dataclass(frozen=True, slots=True)
class Patch:
    """f(x) = (x - r)^k (c0 + c1 (x - r) + ...) for |x - r| < radius."""

    root: Root
    radius: float
    coefficients: tuple[float, ...]


def roots(reference: Program, variable: str, exact: Table) -> tuple[Root, ...]:
    """The changes of sign away from 0; none where there are more than a few."""
    truth = exact.rounded()
    change = np.flatnonzero(
        (np.sign(truth[:-1]) * np.sign(truth[1:]) < 0) & (np.abs(exact.points[:-1]) > 1e-3)
    )
    if len(change) > _MAX_ROOTS:
        return ()
    found = (_root(reference, variable, float(exact.points[k]), float(exact.points[k + 1])) for k in change)
    return tuple(root for root in found if root is not None)


def _root(reference: Program, variable: str, low: float, high: float) -> Root | None:
    before = ctx.prec
    ctx.prec = _BITS
    try:
        left, right = arb(low), arb(high)
        sign = balls.evaluate(reference, {variable: left}, _BITS)
        for _ in range(180):
            middle = ((left + right) / 2).mid()
            value = balls.evaluate(reference, {variable: middle}, _BITS)
            if sign is None or value is None or not value.is_finite():
                return None
            if not (value > 0 or value < 0):
                break
            left, right = (middle, right) if bool(value > 0) == bool(sign > 0) else (left, middle)
        high_word = float(left.mid())
        there = balls.evaluate(reference, {variable: arb(high_word)}, _BITS)
        if there is not None and there.contains(0):
            return Root(high_word, 0.0)  # the root is that double: there the value is 0 itself
        return Root(high_word, float((left - arb(high_word)).mid()))
    finally:
        ctx.prec = before


def at_zero(reference: Program, variable: str) -> Root | None:
    """The root at 0, with its order; None where the value is not 0 there or has no order."""
    before = ctx.prec
    ctx.prec = 4 * _BITS
    try:
        small = arb(2) ** -100
        points = (arb(0), small, -small)
        found = [balls.evaluate(reference, {variable: point}, 4 * _BITS) for point in points]
        values = [value for value in found if value is not None and value.is_finite()]
        if len(values) < 3 or not values[0].contains(0) or any(value.contains(0) for value in values[1:]):
            return None
        scale = -100 * 0.6931471805599453
        orders = {round(float(abs(value).log().mid()) / scale) for value in values[1:]}
        order = orders.pop()
        return Root(0.0, 0.0, order) if not orders and 1 <= order <= 8 else None
    finally:
        ctx.prec = before


def patch(reference: Program, variable: str, root: Root, radius: float, accuracy: int) -> Patch | None:
    """The patch of least degree with that many good bits; a smaller radius where none has them."""
    before = ctx.prec
    ctx.prec = _BITS
    try:
        while radius >= 2.0**-12:
            for degree in range(3, _MAX_DEGREE + 1, 3):
                found = _fit(reference, variable, root, radius, degree, accuracy)
                if found is not None:
                    return Patch(root, radius, found)
            radius *= 0.75
    finally:
        ctx.prec = before
    return None


def _fit(
    reference: Program, variable: str, root: Root, radius: float, degree: int, accuracy: int
) -> tuple[float, ...] | None:
    count = degree + 1
    center = arb(root.high) + arb(root.low)

    def cofactor(u: arb) -> arb | None:
        value = balls.evaluate(reference, {variable: center + u}, _BITS)
        return None if value is None or not value.is_finite() else value / u**root.order

    # rounded to doubles, so that the points are exact; never 0, where the cofactor is a limit
    nodes = [arb(radius * float(np.cos(np.pi * (k + 0.5) / count)) or radius / 64) for k in range(count)]
    values = [cofactor(node) for node in nodes]
    if any(value is None for value in values):
        return None
    poly = arb_poly.interpolate(nodes, [value for value in values if value is not None])
    coefficients = tuple(float(poly[k].mid()) for k in range(count))
    exact = arb_poly([arb(poly[k].mid()) for k in range(count)])
    for k in range(-10, 11):
        u = arb(radius * (k + 0.37) / 10.5)
        wanted = cofactor(u)
        if wanted is None or not abs(exact(u) / wanted - 1) < arb(2) ** (-accuracy):
            return None
    return coefficients


def patched(program: Program, variable: str, patches: tuple[Patch, ...]) -> Program:
    """The program with its patches in front."""
    builder = Builder()
    places: list[int] = []
    for node in program.nodes:
        places.append(
            builder.put(
                type(node)(node.op, tuple(places[a] for a in node.args), node.name, node.value, node.meaning)
            )
        )
    value = places[program.result]
    x = builder.input(variable)
    for one in patches:
        offset = builder.op("sub", x, builder.const(one.root.high))
        outside = builder.op("sub", builder.op("abs", offset), builder.const(one.radius))
        clamped = builder.op(
            "max", builder.op("min", offset, builder.const(one.radius)), builder.const(-one.radius)
        )
        near = builder.op("sub", clamped, builder.const(one.root.low))
        local = builder.const(one.coefficients[-1])
        for coefficient in one.coefficients[-2::-1]:
            local = builder.op("add", builder.op("mul", local, near), builder.const(coefficient))
        for _ in range(one.root.order):
            local = builder.op("mul", local, near)
        value = builder.op("patch", builder.op("mask", outside), local, value)
    return builder.finish(value)


def beside(roots_: tuple[Root, ...], count: int) -> Floats:
    """The float32 numbers around each root, where any loss shows first."""
    found = []
    for root in roots_:
        center = int(np.float32(root.high).view(np.int32))
        found.append(
            np.arange(center - count, center + count, dtype=np.int32).view(np.float32).astype(np.float64)
        )
    return np.concatenate(found) if found else np.zeros(0)


def mend(
    program: Program,
    reference: Program,
    parameters: Mapping[str, float],
    variable: str,
    exact: Table,
    *,
    wide: bool,
    smooth: bool,
) -> Program:
    """The program, patched at its roots; as it is where it has parameters (its roots move with them).

    In double the radius is the one that measures best: a long reach leaves the weak part of the formula
    behind, and strains the polynomial. A patch of a formula with kinks keeps away from 0.
    """
    if parameters:
        return program
    patches: list[Patch] = []
    found_roots = list(roots(reference, variable, exact))
    close = balls.table(
        reference,
        np.concatenate([2.0 ** -np.linspace(1, 60, 200), -(2.0 ** -np.linspace(1, 60, 200))]),
        {},
        variable,
    )
    if smooth and _ulp(program, variable, close) > (_WEAK if wide else 1e3):
        zero = at_zero(reference, variable)
        found_roots = [*([] if zero is None else [zero]), *found_roots]
    for root in found_roots:
        reach = 1.0 if smooth else min(1.0, abs(root.high) * 0.9)
        shares = _SMALL if any(is_wide(node.op) for node in program.nodes) else _SHARES
        radii = [reach * share for share in shares] if wide else [2.0**-8 if root.high else 0.5 * reach]
        found = [patch(reference, variable, root, radius, 58 if wide else 44) for radius in radii]
        usable = {one.radius: one for one in found if one is not None and _apart(one, patches)}
        if not usable:
            continue
        around = balls.table(reference, root.high + np.linspace(-1.5, 1.5, 4000), {}, variable)
        others = [other for other in found_roots if other != root]
        around = part_of(around, ~_close(around.points, others))
        patches.append(min(usable.values(), key=lambda one: _error(program, variable, one, around)))
    return patched(program, variable, tuple(patches)) if patches else program


_SMALL = (2.0**-6, 2.0**-9)
_SHARES = (1.0, 0.8, 0.65, 0.5, 0.35, 0.2, 0.1)


def _apart(one: Patch, others: list[Patch]) -> bool:
    return all(abs(one.root.high - other.root.high) > one.radius + other.radius for other in others)


def _close(points: Floats, found: list[Root]) -> NDArray[np.bool_]:
    """The points at which a root makes relative errors grow."""
    near = np.zeros(len(points), np.bool_)
    for root in found:
        if root.high:
            near |= np.abs(points - root.high) < max(NEAR, min(0.2 * abs(root.high), 1.0))
    return near


def _error(program: Program, variable: str, one: Patch, exact: Table) -> float:
    """The worst ULP in double around a root with that patch; close to it in ulps of the largest value."""
    with np.errstate(all="ignore"):
        values = numbers.run(patched(program, variable, (one,)), {variable: exact.points})
    values = np.broadcast_to(values, exact.points.shape)
    errors = balls.ulps(values, exact, 53, -1074)
    if not one.root.high:
        return float(errors.max(initial=0.0))
    near = _close(exact.points, [one.root])
    truth = exact.rounded()
    unit = np.spacing(np.abs(truth[near]).max(initial=0.0))
    close = np.abs(values[near] - truth[near]).max(initial=0.0) / unit
    return float(max(errors[~near].max(initial=0.0), close))


_WEAK = 8.0


def _ulp(program: Program, variable: str, exact: Table) -> float:
    with np.errstate(all="ignore"):
        values = numbers.run(program, {variable: exact.points})
    return float(balls.ulps(np.broadcast_to(values, exact.points.shape), exact, 53, -1074).max(initial=0.0))
