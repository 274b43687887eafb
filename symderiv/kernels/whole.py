"""One formula for the whole line: where both halves are the same function of e = exp(w(x)), no select is due.

On each half-line the search writes a formula in E = exp(-|w|) <= 1. Where the two agree as functions of
e and x, as those of sigmoidal gates do, a single quotient serves everywhere: `e/(1 + e)`. There e is bounded:
the argument is clamped where the rest is below the last bit. It suits single precision; what it loses is
measured.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import sympy
from sympy import Expr, Symbol

from symderiv.kernels.algebra import cancel, expand
from symderiv.kernels.arrangement import Arrangement, Arranger
from symderiv.kernels.candidates import Recipe
from symderiv.kernels.cells import Cell
from symderiv.kernels.letters import Letter, Tower
from symderiv.kernels.lowering import Lowering

_ENDS = (42.0, 28.0, 21.0)
"""Where exponents are clamped: e^42 is infinity enough, but powers of it must fit float32."""
_WAYS = (
    Arrangement("as factors"),
    Arrangement("numerator as factors", "factors", "expanded"),
    Arrangement("denominator as factors", "expanded", "factors"),
)
_PLAIN = frozenset({"decay", "magnitude", "const"})


class Half(Protocol):
    """A cell with its tower and the formula in letters."""

    @property
    def cell(self) -> Cell:
        """The signs that hold here."""

    @property
    def tower(self) -> Tower:
        """The letters."""

    @property
    def quotient(self) -> Expr:
        """The formula in letters."""


def whole(halves: Sequence[Half], variable: Symbol, bound: float) -> Iterator[tuple[str, Recipe]]:
    """Names and recipes for the whole line, clamped at -bound; none where the halves differ."""
    if any([condition for condition, _ in half.cell.signs] != [variable] for half in halves):
        return
    sides = {half.cell.sign(variable): half for half in halves}
    if set(sides) != {-1, 1}:
        return
    e = Symbol("e_whole", positive=True)
    low, high = (_in_growth(sides[sign], sign, variable, e) for sign in (-1, 1))
    constants = [one for one in sides[1].tower.letters if one.kind == "const"]
    if constants != [one for one in sides[-1].tower.letters if one.kind == "const"]:
        return
    if low is None or high is None or expand(low[1] - high[1]) != 0 or cancel(low[0] - high[0]) != 0:
        return
    exponent = low[1]
    if exponent.free_symbols - {variable, *(one.symbol for one in constants)}:
        return
    for way in _WAYS:
        for end in _ENDS:
            for turn in (1, -1):
                formula = cancel(low[0].subs(e, e**turn))
                name = f"one quotient for the whole line, {way.name}"
                yield (
                    name,
                    _recipe(
                        formula, [*constants, Letter(e, "growth", turn * exponent)], turn * end, bound, way
                    ),
                )


def _in_growth(half: Half, sign: int, variable: Symbol, e: Symbol) -> tuple[Expr, Expr] | None:
    """The formula in e and x, and w with e = exp(w); None where there are other letters, or several E."""
    letters = [one for one in half.tower.letters if one.kind == "magnitude" or half.quotient.has(one.symbol)]
    decays = [one for one in letters if one.kind == "decay"]
    if len(decays) != 1 or any(one.kind not in _PLAIN for one in letters):
        return None
    place: Mapping[Symbol, Expr] = {one.symbol: sign * variable for one in letters if one.kind == "magnitude"}
    exponent = expand(decays[0].argument.subs(place))
    formula = half.quotient.subs({decays[0].symbol: e**-sign, **place})
    return cancel(formula), sign * exponent


def _recipe(formula: Expr, letters: list[Letter], end: float, bound: float, way: Arrangement) -> Recipe:
    """The quotient, with x clamped where the exponent reaches |end|, on the side of its sign."""

    def recipe(lowering: Lowering) -> int:
        put, variable = lowering.builder, lowering.tower.variable
        inside = Lowering(put, Tower(variable, {}, (), letters), False, 0.0)
        growth = letters[-1]
        exponent = growth.argument
        limit = put.const(_reached(inside.exact(exponent), variable, end))
        toward, back = ("min", "max") if end > 0 else ("max", "min")
        place = put.op(toward, put.input(variable.name), limit)
        if formula.has(variable) or sympy.degree(exponent, variable) > 1:
            place = put.op(back, place, put.const(-math.copysign(bound, end)))
        inside.places[variable, False] = inside.places[variable, True] = place
        grown = put.op("exp", inside.polynomial(exponent))
        inside.places[growth.symbol, False] = inside.places[growth.symbol, True] = grown
        return Arranger(inside, way).value(formula)

    return recipe


def _reached(exponent: Expr, variable: Symbol, end: float) -> float:
    """Where an odd polynomial reaches |end|, on the side of the sign of `end`, to three digits."""
    side = math.copysign(1.0, end)

    def value(distance: float) -> float:
        return float(exponent.subs(variable, side * distance))

    low, high = 0.0, 1.0
    while value(high) < abs(end):
        high *= 2
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if value(middle) < abs(end) else (low, middle)
    return side * float(f"{high:.3g}")
