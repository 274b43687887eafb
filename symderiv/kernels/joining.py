"""Values on cells, joined into one: selects by sign bits, moved inwards as long as arguments are common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import sympy
from sympy import Expr

from symderiv.kernels import numbers
from symderiv.kernels.cells import Cell, Condition
from symderiv.kernels.forms import far
from symderiv.kernels.letters import Tower
from symderiv.kernels.lowering import Lowering
from symderiv.kernels.program import Builder, Node, Program
from symderiv.kernels.widening import is_wide

FAR_ROOT = 100
"""No condition changes its sign beyond 2**FAR_ROOT shared among its factors."""


def condition_value(lowering: Lowering, expr: Expr) -> int:
    """The value of a condition, in the variable itself."""
    if expr == far(lowering.tower.variable):
        put = lowering.builder
        return put.op("sub", put.op("abs", put.input(lowering.tower.variable.name)), put.const(1.0))
    tower = Tower(lowering.tower.variable, {}, ())
    quotient = tower.of(expr)
    inside = Lowering(lowering.builder, tower, False, 0.0)
    if expr.is_polynomial(tower.variable) and sympy.Poly(expr, tower.variable).degree() > 1:
        put, bound = lowering.builder, 2.0 ** (FAR_ROOT // sympy.Poly(expr, tower.variable).degree())
        plain = put.input(tower.variable.name)  # farther out the sign is that of the leading term
        inside.places[tower.variable, False] = put.op(
            "max", put.op("min", plain, put.const(bound)), put.const(-bound)
        )
    return inside.quotient(quotient)


def carrying(builder: Builder, result: int, parameters: Mapping[str, float], name: str) -> Program:
    """The program; where NaN would be lost, plus x clamped between 0 and 0, which is 0 or NaN."""
    program = builder.finish(result)
    probe = np.array([np.nan, np.copysign(np.nan, -1.0)])
    with np.errstate(all="ignore"):
        seen = np.broadcast_to(numbers.run(program, {**parameters, name: probe}), probe.shape)
    if np.isnan(seen).all():
        return program
    zero = builder.const(0.0)
    carrier = builder.op("clip", builder.input(name), zero, zero)
    return builder.finish(builder.op("add", result, carrier))


def join(builder: Builder, splits: Sequence[Condition], values: Mapping[Cell, int], *, merge: bool) -> int:
    """One value from the values on the cells: a tree of selects, one level for each condition."""
    if len(values) == 1:
        return next(iter(values.values()))
    split, *rest = splits
    sides_: dict[int, dict[Cell, int]] = {-1: {}, 1: {}}
    for cell, value in values.items():
        sides_[cell.sign(split.expr)][cell] = value
    if not sides_[-1] or not sides_[1]:
        return join(builder, rest, values, merge=merge)
    low, high = (join(builder, rest, sides_[s], merge=merge) for s in (-1, 1))
    if low == high:
        return low
    mask, first, second = _mask(builder, split, low, high)
    both = merged(builder, mask, first, second) if merge else builder.op("select", mask, first, second)
    if not split.bend:
        return both
    middle = builder.op("mul", builder.op("add", low, high), builder.const(0.5))
    at_zero = builder.op("zero", builder.nodes[mask].args[0])
    return builder.op("select", at_zero, middle, both)


def _mask(builder: Builder, split: Condition, low: int, high: int) -> tuple[int, int, int]:
    """`(mask, where set, where not)`: sign bits that put the point 0 on the side that holds there."""
    symbols = sorted(split.expr.free_symbols, key=lambda s: s.name)
    variable = next((s for s in symbols if s.name in builder_inputs(builder)), symbols[0])
    lowering = Lowering(builder, Tower(variable, {}, ()), False, 0.0)
    value = condition_value(lowering, split.expr)
    zero = builder.const(0.0)
    if split.at_zero > 0:
        value = builder.put(Node("add", (value, zero)))
    elif split.at_zero < 0:
        return builder.op("mask", builder.put(Node("sub", (zero, value)))), high, low
    return builder.op("mask", value), low, high


def builder_inputs(builder: Builder) -> frozenset[str]:
    """The names of the inputs so far."""
    return frozenset(node.name for node in builder.nodes if node.op == "input")


def merged(builder: Builder, mask: int, low: int, high: int) -> int:
    """select(mask, low, high), moved inwards as long as one of the arguments is common."""
    if low == high:
        return low
    a, b = builder.nodes[low], builder.nodes[high]
    if a.op == b.op and len(a.args) == 1 and a.op not in ("mask",):
        return builder.op(a.op, merged(builder, mask, a.args[0], b.args[0]))
    if a.op == b.op and len(a.args) == 2:
        (a1, a2), (b1, b2) = a.args, b.args
        if a1 == b1:
            return builder.op(a.op, a1, merged(builder, mask, a2, b2))
        if a2 == b2:
            return builder.op(a.op, merged(builder, mask, a1, b1), a2)
        if a.op in ("add", "mul") and a1 == b2:
            return builder.op(a.op, a1, merged(builder, mask, a2, b1))
        if a.op in ("add", "mul") and a2 == b1:
            return builder.op(a.op, a2, merged(builder, mask, a1, b2))
    return builder.op("wide_select" if is_wide(a.op) else "select", mask, low, high)
