"""Rigorous bounds: how far a patch is from the formula, on its whole interval.

On each piece m + t, |t| <= h, of the interval both are Taylor polynomials in t with balls as coefficients;
the remainder is the next coefficient, taken over the whole piece (Lagrange). Nothing is sampled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flint import arb, arb_series, ctx

from symderiv.errors import UnsupportedError
from symderiv.kernels.constants import constant_ball
from symderiv.kernels.program import Node, Program

_TERMS, _BITS = 28, 320
_SHARES = (-1.0, -0.75, -0.5, -0.2, 0.2, 0.5, 0.75, 1.0)
_DEPTH = 4
"""So many times a piece is halved."""
_NEGLIGIBLE = -95
"""Below 2**-95 a coefficient is 0: a root is known as two doubles."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a patch holds: |x - center| < radius; `place` is the node, `root` the root itself."""

    place: int
    center: float
    radius: float
    root: arb


def patch_bound(program: Program, reference: Program, variable: str, enough: float) -> float | None:
    """The largest relative distance of the patches from the formula; None where it is not bounded.

    Pieces are halved, a few times, where the bound is larger than `enough`.
    Next to the root, where the formula is c (x - r)^k (1 + ...), distances count in units of (x - r)^k.
    """
    worst = 0.0
    before, cap = ctx.prec, ctx.cap
    ctx.prec, ctx.cap = _BITS, _TERMS
    try:
        for place, node in enumerate(program.nodes):
            if node.op == "patch":
                found = _bound(program, reference, variable, patch_interval(program, place), enough)
                if found is None:
                    return None
                worst = max(worst, found)
    except (UnsupportedError, ValueError, ZeroDivisionError):
        return None
    finally:
        ctx.prec, ctx.cap = before, cap
    return worst


def patch_interval(program: Program, place: int) -> Interval:
    """The interval of a patch, from its mask; the root from the argument of its polynomial."""
    nodes = program.nodes
    mask = nodes[nodes[place].args[0]]
    outside = nodes[mask.args[0]] if mask.op == "mask" else mask
    if outside.op != "sub" or nodes[outside.args[0]].op != "abs" or nodes[outside.args[1]].op != "const":
        raise UnsupportedError("this is no patch")
    offset = nodes[nodes[outside.args[0]].args[0]]
    center = 0.0
    if offset.op == "sub" and nodes[offset.args[1]].op == "const":
        center = nodes[offset.args[1]].value
        offset = nodes[offset.args[0]]
    if offset.op != "input":
        raise UnsupportedError("this is no patch")
    low = next((nodes[b].value for b in _lows(program, nodes[place].args[1])), 0.0)
    return Interval(place, center, nodes[outside.args[1]].value, arb(center) + arb(low))


def _lows(program: Program, place: int) -> list[int]:
    """The constants that are subtracted from a clamped offset: the low word of the root."""
    found = []
    seen, todo = {place}, [place]
    while todo:
        node = program.nodes[todo.pop()]
        if node.op == "sub" and program.nodes[node.args[0]].op in ("clip", "min", "max"):
            found.append(node.args[1])
        for arg in node.args:
            if arg not in seen:
                seen.add(arg)
                todo.append(arg)
    return [place for place in found if program.nodes[place].op == "const"]


def _bound(
    program: Program, reference: Program, variable: str, where: Interval, enough: float
) -> float | None:
    local = Program(program.nodes, program.nodes[where.place].args[1])
    edges = {where.center + share * where.radius for share in _SHARES}
    edges |= {0.0} if min(edges) < 0 < max(edges) else set()
    worst = 0.0
    todo = [(start, end, 0) for start, end in pairwise(sorted(edges))]
    while todo:
        start, end, depth = todo.pop()
        found = _on_piece(local, reference, variable, where, start, end)
        if (found is None or found > enough) and depth < _DEPTH:
            todo += [(low, high, depth + 1) for low, high in pairwise(_parts(start, end, where.center))]
        elif found is None:
            return None
        else:
            worst = max(worst, found)
    return worst


def _parts(start: float, end: float, center: float) -> list[float]:
    """A piece in smaller ones; the one with the root stays around it."""
    if start < center < end:
        return [start, center + (start - center) / 2, center + (end - center) / 2, end]
    return [start, (start + end) / 2, end]


def _on_piece(
    local: Program, reference: Program, variable: str, where: Interval, start: float, end: float
) -> float | None:
    low, high = arb(start), arb(end)
    holds = not bool(high < where.root) and not bool(low > where.root)
    middle = where.root if holds else ((low + high) / 2).mid()
    half = abs(high - middle).max(abs(low - middle)).abs_upper()
    work = _Work(variable, 1 if start >= 0 else -1)
    return work.distance(local, reference, middle, half, low.union(high), root=holds)


@dataclass(frozen=True, slots=True)
class _Work:
    """Taylor polynomials on a piece on one side of 0, where |x| is analytic."""

    variable: str
    side: int

    def distance(
        self, local: Program, reference: Program, middle: arb, half: arb, all_: arb, *, root: bool
    ) -> float | None:
        """The largest |local/reference - 1| on the piece."""
        value, gap = [], []
        for k, (m, w) in enumerate(
            zip(self.pair(reference, middle, all_), self.pair(local, middle, all_), strict=True)
        ):
            last = k == _TERMS - 1
            value.append(m[last])
            gap.append(w[last] - m[last])
        order = 0
        tiny = max((c.abs_lower() for c in value[:8]), key=float) * arb(2) ** _NEGLIGIBLE
        while root and order < 8 and bool(abs(value[order]) < tiny):
            if not abs(gap[order]) < tiny:
                return None
            order += 1
        size = sum((abs(c) * half**n for n, c in enumerate(gap[order:])), arb(0))
        rest = sum((abs(c) * half ** (n + 1) for n, c in enumerate(value[order + 1 :])), arb(0))
        least = abs(value[order]) - rest
        return float((size / least).abs_upper()) if least > 0 else None

    def pair(self, program: Program, middle: arb, all_: arb) -> list[tuple[arb, arb]]:
        """For each order the coefficient at the middle, and over the whole piece."""
        return list(zip(self.series(program, middle), self.series(program, all_), strict=True))

    def series(self, program: Program, point: arb) -> list[arb]:
        """The Taylor coefficients of a program at a point, or over a ball."""
        values: list[Any] = []
        for node in program.nodes[: program.result + 1]:
            values.append(self.apply(node, [values[place] for place in node.args], program, point))
        found = values[program.result]
        if found is None:
            raise UnsupportedError("the formula is not analytic there")
        return [found[k] for k in range(_TERMS)]

    def apply(self, node: Node, args: Sequence[Any], program: Program, point: arb) -> Any:
        """One operation on series; None where it is not analytic."""
        if node.op == "const":
            return arb_series([constant_ball(node.meaning, _BITS) if node.meaning else arb(node.value)])
        if node.op == "input":
            if node.name != self.variable:
                raise UnsupportedError("patches have no parameters")
            return arb_series([point, 1])
        if node.op == "patch":
            return args[2]
        if node.op == "select":
            side = 0 if args[0] is None else self.sign(args[0], point)
            return None if side == 0 else args[1] if side < 0 else args[2]
        if any(arg is None for arg in args):
            return None
        if node.op in ("abs", "negabs"):
            side = self.sign(args[0], point) * (1 if node.op == "abs" else -1)
            return args[0] * side if side else None
        if node.op in ("min", "max", "clip"):  # within the patch the clamps of its argument do nothing
            return args[[program.nodes[place].op == "const" for place in node.args].index(False)]
        if node.op == "mask":
            return args[0]
        try:
            return _OPERATIONS[node.op](*args)
        except (KeyError, ValueError, ZeroDivisionError):
            return None

    def sign(self, value: arb_series, point: arb) -> int:
        """The sign all over the piece; 0 where it is not settled. A multiple of x changes it at 0 only."""
        first = value[0]
        if first > 0 or first < 0:
            return 1 if first > 0 else -1
        slope = value[1]
        linear = value.length() <= 2 and (slope > 0 or slope < 0) and first.overlaps(slope * point)
        if not linear or not (slope * point - first).contains(0) or first.mid() != (slope * point).mid():
            return 0
        return self.side if slope > 0 else -self.side


def _erfcx(u: arb_series) -> arb_series:
    return (u * u).exp() * u.erfc()


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "sqrt": lambda a: a.sqrt(),
    "exp": lambda a: a.exp(),
    "expm1": lambda a: a.exp() - 1,
    "log": lambda a: a.log(),
    "log1p": lambda a: (1 + a).log(),
    "sin": lambda a: a.sin(),
    "cos": lambda a: a.cos(),
    "arctan": lambda a: a.atan(),
    "arcsin": lambda a: a.asin(),
    "arccos": lambda a: a.acos(),
    "arcsinh": lambda a: (a + (a * a + 1).sqrt()).log(),
    "arccosh": lambda a: (a + (a * a - 1).sqrt()).log(),
    "arctanh": lambda a: ((1 + a) / (1 - a)).log() / 2,
    "power": lambda a, b: (a.log() * b).exp(),
    "hypot": lambda a, b: (a * a + b * b).sqrt(),
    "erf": lambda a: a.erf(),
    "erfcx": _erfcx,
    "mills": lambda a: _erfcx(a / arb_series([arb(2).sqrt()])),
}
