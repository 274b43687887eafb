"""Cells: the parts of the line on which one formula holds, told apart by the signs of a few expressions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import sympy
from sympy import Expr, Symbol

from symderiv import limits
from symderiv.errors import LimitError, UnsupportedError
from symderiv.kernels.forms import HYPERBOLIC, normalised, split_exponent

MAX_CONDITIONS = 4


@dataclass(frozen=True, slots=True)
class Condition:
    """Splits the line by the sign of `expr`; where it is 0, the side `at_zero` (+1 or -1) decides.

    A `bend` is one of a sign function: there sign(0) = 0 takes the middle of both sides.
    """

    expr: Expr
    at_zero: int = 1
    bend: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One choice of signs, in the order of the conditions."""

    signs: tuple[tuple[Expr, int], ...]

    def sign(self, expr: Expr) -> int:
        """The sign of a condition here."""
        return dict(self.signs).get(expr, 0)


def exponential_form(expr: Expr) -> Expr:
    """Hyperbolic functions by exponentials, so that every exponent is in sight."""
    return expr.replace(lambda e: isinstance(e, HYPERBOLIC), lambda e: e.rewrite(sympy.exp))


def bases(expr: Expr, variable: Symbol) -> tuple[Expr, ...]:
    """One v for each family of commensurate exponents: every exponent of the family is an integer times v."""
    exponents = [e.args[0] for e in expr.atoms(sympy.exp)]
    exponents += [-sympy.expand(inner**2) for inner in _error_arguments(expr, variable)]
    families: list[tuple[Expr, list[sympy.Rational]]] = []
    for exponent in sorted(exponents, key=sympy.default_sort_key):
        polynomial, _ = split_exponent(exponent, variable)
        if polynomial == 0 or not polynomial.has(variable):
            continue
        for first, ratios in families:
            ratio = sympy.cancel(polynomial / first)
            if ratio.is_Rational:
                ratios.append(ratio)
                break
        else:
            families.append((polynomial, [sympy.Integer(1)]))
    found = []
    for first, ratios in families:
        numerator = sympy.igcd(*(abs(r.p) for r in ratios), 0)
        denominator = sympy.ilcm(*(r.q for r in ratios), 1)
        found.append(sympy.expand(first * sympy.Rational(numerator, denominator)))
    return tuple(found)


def conditions(expr: Expr, variable: Symbol, families: tuple[Expr, ...]) -> tuple[Condition, ...]:
    """Every sign that the formula depends on: kinks, then exponents, then error functions."""
    found: dict[Expr, Condition] = {}
    for kink, at_zero in _kinks(expr):
        _add(found, kink, at_zero, variable)
    smooth = [*families, *_error_arguments(expr, variable)]
    for exponent in smooth:
        _add(found, exponent, 0, variable)
    if len(found) > MAX_CONDITIONS or 2 ** len(found) > limits.MAX_CELLS:
        raise LimitError("too many kinks and exponents for one kernel")
    signs = [one for one in expr.atoms(sympy.sign) if _jumps(expr, one, variable)]
    bends = {normalised(one.args[0], variable)[0] for one in signs}
    kept = [replace(c, bend=c.at_zero == 0 and c.expr in bends) for c in found.values()]
    return tuple(sorted(kept, key=lambda c: sympy.default_sort_key(c.expr)))


def _error_arguments(expr: Expr, variable: Symbol) -> list[Expr]:
    """The polynomials in error functions: these are told apart by sign."""
    found = [e.args[0] for e in sorted(expr.atoms(sympy.erf, sympy.erfc), key=str)]
    return [inner for inner in found if inner.is_polynomial(variable)]


def _add(found: dict[Expr, Condition], expr: Expr, at_zero: int, variable: Symbol) -> None:
    condition, sign = normalised(expr, variable)
    if condition is None:
        return
    side = at_zero * sign
    known = found.get(condition)
    if known is None or known.at_zero == 0:
        found[condition] = Condition(condition, side)


def _kinks(expr: Expr) -> list[tuple[Expr, int]]:
    """`(e, side)`: formulas that change where e changes sign, and the side that holds at e = 0."""
    found: list[tuple[Expr, int]] = []
    for piece in sorted(expr.atoms(sympy.Piecewise), key=sympy.default_sort_key):
        for _, condition in piece.args:
            relations = condition.atoms(sympy.core.relational.Relational)
            found += [_split(relation) for relation in sorted(relations, key=sympy.default_sort_key)]
    for bend in sorted(expr.atoms(sympy.Abs, sympy.sign), key=sympy.default_sort_key):
        found.append((bend.args[0], 0))
    for extreme in sorted(expr.atoms(sympy.Max, sympy.Min), key=sympy.default_sort_key):
        ordered = sorted(extreme.args, key=sympy.default_sort_key)
        found += [(a - b, 0) for i, a in enumerate(ordered) for b in ordered[i + 1 :]]
    return found


def _jumps(expr: Expr, bend: Expr, variable: Symbol) -> bool:
    """Does the formula jump where the argument of a sign is 0?"""
    inner = bend.args[0]
    if inner.free_symbols != {variable} or not inner.is_polynomial(variable):
        return True
    sides = [expr.subs(bend, side).subs(sympy.Abs(inner), side * inner) for side in (1, -1)]
    for point in sympy.Poly(inner, variable).real_roots():
        gap = sympy.N((sides[0] - sides[1]).subs(variable, point), 30)
        if not gap.is_number or abs(gap) > 1e-20:
            return True
    return False


def kink_points(expr: Expr, variable: Symbol) -> tuple[sympy.Expr, ...]:
    """The points at which the formula changes over, as far as polynomials without parameters give them."""
    found: set[sympy.Expr] = set()
    for kink, _ in _kinks(expr):
        if kink.free_symbols == {variable} and kink.is_polynomial(variable):
            found.update(sympy.Poly(kink, variable).real_roots())
    return tuple(sorted(found, key=float))


def _split(relation: sympy.Basic) -> tuple[Expr, int]:
    difference = relation.lhs - relation.rhs
    if isinstance(relation, (sympy.StrictGreaterThan, sympy.LessThan)):
        return difference, -1  # at equality > fails and <= holds: with the negative side in both
    if isinstance(relation, (sympy.StrictLessThan, sympy.GreaterThan)):
        return difference, 1
    raise UnsupportedError("a kernel splits the line by < and >, not by equality")


def cells(splits: tuple[Condition, ...]) -> tuple[Cell, ...]:
    """Every choice of signs, negative before positive, that some point of the line has."""
    every = product((-1, 1), repeat=len(splits))
    found = (Cell(tuple((c.expr, s) for c, s in zip(splits, signs, strict=True))) for signs in every)
    return tuple(cell for cell in found if _possible(cell))


def _possible(cell: Cell) -> bool:
    """Linear conditions x - c with numbers c must leave an interval; others are taken as possible."""
    low, high = -sympy.oo, sympy.oo
    for expr, sign in cell.signs:
        symbols = expr.free_symbols
        if len(symbols) != 1:
            continue
        (symbol,) = symbols
        if sympy.Poly(expr, symbol).degree() != 1 if expr.is_polynomial(symbol) else True:
            continue
        root = sympy.solve(expr, symbol)[0]
        if sign > 0:
            low = sympy.Max(low, root)
        else:
            high = sympy.Min(high, root)
    return bool(low < high)
