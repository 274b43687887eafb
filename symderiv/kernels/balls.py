"""What a program means, at one point, as an Arb ball; and tables of such values, good to 75 bits.

The oracle of every measurement: exact constants, exact operations, precision raised until it is enough.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

from symderiv.kernels.constants import constant_ball
from symderiv.kernels.program import Node, Program

Floats = NDArray[np.float64]
PRECISIONS = (128, 384, 1300, 2600, 5200)
GOOD_BITS = 75
_TOO_LARGE = arb(2) ** 1090
"""A value beyond this is infinite in every type, and so much larger that no rounding matters."""
_SMALLEST = -1120
"""A value below 2**-1120 rounds to 0 in every type."""


@dataclass(frozen=True, slots=True)
class Table:
    """Exact values at points: `(high + low) * 2**exponent`; `known` where the oracle has an answer."""

    points: Floats
    high: Floats
    low: Floats
    exponent: NDArray[np.int64]
    known: NDArray[np.bool_]

    def rounded(self) -> Floats:
        """The values as doubles."""
        with np.errstate(all="ignore"):
            return np.ldexp(self.high, self.exponent)


def table(program: Program, points: Floats, parameters: Mapping[str, float], variable: str) -> Table:
    """The exact values of a program at the points."""
    size = len(points)
    high, low = np.zeros(size), np.zeros(size)
    exponent, known = np.zeros(size, np.int64), np.zeros(size, np.bool_)
    fixed = {name: arb(value) for name, value in parameters.items()}
    for place, point in enumerate(points.tolist()):
        found = value_at(program, {**fixed, variable: arb(point)})
        if found is not None:
            high[place], low[place], exponent[place] = found
            known[place] = True
    return Table(points, high, low, exponent, known)


def value_at(program: Program, inputs: Mapping[str, arb]) -> tuple[float, float, int] | None:
    """`(high, low, exponent)` of the value, or None where it is undefined or not found."""
    before = ctx.prec
    try:
        for precision in PRECISIONS:
            ctx.prec = precision
            ball = evaluate(program, inputs, precision)
            if ball is None or not ball.is_finite():
                continue
            if ball.is_zero() or _is_negligible(ball):
                return 0.0, 0.0, 0
            if ball.rel_accuracy_bits() >= GOOD_BITS:
                return _parts(ball) if abs(ball) < _TOO_LARGE else (0.5 if ball > 0 else -0.5, 0.0, 1100)
    finally:
        ctx.prec = before
    return None


def _is_negligible(ball: arb) -> bool:
    return bool(abs(ball) < arb(2) ** _SMALLEST)


def _parts(ball: arb) -> tuple[float, float, int]:
    mantissa, exponent = ball.mid().man_exp()
    bits = int(mantissa).bit_length() if mantissa >= 0 else int(-mantissa).bit_length()
    shift = bits + int(exponent)
    scaled = ball.mid() * arb(2) ** (-shift)
    high = float(scaled)
    return high, float(scaled - arb(high)), shift


def evaluate(program: Program, inputs: Mapping[str, arb], bits: int) -> arb | None:
    """The value as a ball at the working precision; None where a select is not decided."""
    values: list[arb] = []
    for node in program.nodes:
        found = _apply(node, [values[place] for place in node.args], inputs, bits)
        if found is None:
            return None
        values.append(found)
    return values[program.result]


def _apply(node: Node, args: Sequence[arb], inputs: Mapping[str, arb], bits: int) -> arb | None:
    if node.op == "const":
        return constant_ball(node.meaning, bits) if node.meaning else arb(node.value)
    if node.op == "input":
        return inputs[node.name]
    if node.op == "patch":
        return args[2]
    if node.op == "zero":
        return arb(-1) if args[0].is_zero() else arb(1) if not args[0].contains(0) else None
    if node.op == "select":
        if args[0] < 0:
            return args[1]
        return args[2] if args[0] >= 0 else None
    operation: Any = OPERATIONS[node.op]
    return operation(*args)


def _erfcx(u: arb) -> arb:
    if u > 40:
        return _erfcx_far(u)
    return (u * u).exp() * u.erfc()


def _erfcx_far(u: arb) -> arb:
    """erfc(u) = Gamma(1/2, u^2)/sqrt(pi); U(1/2, 1/2, u^2)/sqrt(pi) = exp(u^2) erfc(u)."""
    return (u * u).hypgeom_u(arb("0.5"), arb("0.5")) / arb.pi().sqrt()


OPERATIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "min": lambda a, b: a.min(b),
    "max": lambda a, b: a.max(b),
    "power": lambda a, b: a**b,
    "mask": lambda a: a,
    "hypot": lambda a, b: (a * a + b * b).sqrt(),
    "neg": lambda a: -a,
    "abs": abs,
    "negabs": lambda a: -abs(a),
    "clip": lambda a, low, high: a.min(high).max(low),
    "sqrt": lambda a: a.sqrt(),
    "exp": lambda a: a.exp(),
    "expm1": lambda a: a.expm1(),
    "log": lambda a: a.log(),
    "log1p": lambda a: a.log1p(),
    "sin": lambda a: a.sin(),
    "cos": lambda a: a.cos(),
    "arctan": lambda a: a.atan(),
    "arcsin": lambda a: a.asin(),
    "arccos": lambda a: a.acos(),
    "arcsinh": lambda a: a.asinh(),
    "arccosh": lambda a: a.acosh(),
    "arctanh": lambda a: a.atanh(),
    "erf": lambda a: a.erf(),
    "erfcx": _erfcx,
    "mills": lambda a: _erfcx(a / arb(2).sqrt()),
}


def ulps(computed: Floats, exact: Table, digits: int, lowest: int) -> Floats:
    """|computed - exact| in units in the last place of the exact value.

    `digits` of the type (53, 24, 11) and `lowest`, the exponent of its smallest subnormal number
    (-1074, -149, -24). Unknown points count 0.
    """
    unit = np.maximum(exact.exponent - digits, lowest)
    with np.errstate(all="ignore"):
        gap = np.ldexp(np.asarray(computed, np.float64), -exact.exponent) - exact.high - exact.low
        found = np.abs(np.ldexp(gap, exact.exponent - unit))
    top = TOP[digits]
    infinite = (exact.exponent > top) | (
        (exact.exponent == top) & (np.abs(exact.high) >= 1 - 2.0 ** -(digits + 1))
    )
    found[infinite & (np.asarray(computed) == np.copysign(np.inf, exact.high))] = 0.0
    found[np.isnan(found)] = np.inf
    found[~exact.known] = 0.0
    return found


def within(exact: Table, digits: int) -> NDArray[np.bool_]:
    """Values that round to a finite number of a type."""
    top = TOP[digits]
    last = (exact.exponent == top) & (np.abs(exact.high) < 1 - 2.0 ** -(digits + 1))
    return (exact.exponent < top) | last


TOP = {53: 1024, 24: 128, 11: 16}
"""For the digits of a type, the exponent of the first power of two that it cannot hold."""
FORMATS = {"float64": (53, -1074), "float32": (24, -149), "float16": (11, -24)}
LARGEST = {
    "float64": math.ldexp(2 - 2**-52, 1023),
    "float32": math.ldexp(2 - 2**-23, 127),
    "float16": 65504.0,
}


def part_of(exact: Table, inside: NDArray[np.bool_]) -> Table:
    """The rows of a table."""
    return Table(
        exact.points[inside],
        exact.high[inside],
        exact.low[inside],
        exact.exponent[inside],
        exact.known[inside],
    )


def joined(a: Table, b: Table) -> Table:
    """The rows of both, in order of their points."""
    points = np.concatenate([a.points, b.points])
    _, order = np.unique(points, return_index=True)
    columns = [np.concatenate(pair)[order] for pair in ((a.high, b.high), (a.low, b.low))]
    exponent = np.concatenate([a.exponent, b.exponent])[order]
    return Table(points[order], columns[0], columns[1], exponent, np.concatenate([a.known, b.known])[order])
