"""Kinks: the breakpoints of f, what f' does on either side, and the value that is used there.

The rule for the value at a kink, one for every function: a switching head is read as cases in the order
in which it is written, and the derivative at the point is that of the case which the definition itself
assigns to the point. max(a, b, ...) is the first of the greatest, |u| has the derivative sign(u) u' with
sign 0 = 0. So relu'(0) = 0 from max(0, x), and elu'(0) = alpha from its second case. Where both
one-sided derivatives agree, f is differentiable and that value is the derivative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import cast

import sympy
from sympy import Expr

from symderiv.catalog import Catalog
from symderiv.derive.properties_balls import jet, precision
from symderiv.derive.properties_cells import Cell, Setting, Standing, at_point, cells
from symderiv.derive.properties_constants import decimal
from symderiv.derive.properties_expansion import Expander
from symderiv.derive.properties_ground import Unsettled, sign_of, to_coef
from symderiv.derive.properties_series import Place
from symderiv.errors import SymderivError
from symderiv.meaning import Assumption, to_term
from symderiv.notation.term import ZERO, Term, equation, neg, num, sym
from symderiv.prove import Prover, Verdict

INFINITY = sym("oo")
"""Infinity as a Term: the symbol `oo`."""
_MAX_SMOOTH = 8


@dataclass(frozen=True, slots=True)
class Kink:
    """A breakpoint of f.

    `left` and `right` are the one-sided derivatives (None where they are not found), `convention` the
    value of f' that is used there, `smooth` the largest k with f in C^k at the point (-1: a jump).
    `interval` is [low, high] of the one-sided derivatives where their order is known: every number in
    it is a subgradient of a convex f. `note` is a key: "smooth", "corner", "jump", "vertical",
    "parameter" (differentiable exactly where `differentiable.conditions` hold), "unsettled".
    """

    at: Term
    value: Term
    continuous: Verdict
    left: Term | None
    right: Term | None
    differentiable: Verdict
    convention: Term | None
    smooth: int | None
    interval: tuple[Term, Term] | None
    note: str


def setting_of(variable: str, prover: Prover, assumptions: Mapping[str, Assumption] | None = None) -> Setting:
    """The variable and the assumptions, with zeros proved by the prover."""
    proved: dict[Expr, bool] = {}

    def is_zero(expr: Expr) -> bool:
        if expr not in proved:
            proved[expr] = _is_zero(expr, prover)
        return proved[expr]

    known = prover.assumptions if assumptions is None else assumptions
    return Setting(variable, cast(Mapping[str, Assumption], known), is_zero)


def _is_zero(expr: Expr, prover: Prover) -> bool:
    if expr.is_Rational:
        return bool(expr == 0)
    if expr.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo):
        return False
    if sympy.expand(expr) == 0:
        return True
    if not expr.free_symbols:
        with precision():
            enclosed = jet(expr, {}, 1)
        if enclosed is not None and not enclosed[0].contains(0):
            return False
    try:
        return prover.prove(to_term(expr), ZERO).status == "proved"
    except SymderivError:
        return False


def kinks(definition: Term, variable: str, *, prover: Prover, catalog: Catalog) -> tuple[Kink, ...]:
    """The kinks of a definition in one variable, left to right; none where they are not found exactly."""
    unfolded = catalog.unfold(definition)
    setting = setting_of(variable, prover)
    try:
        with precision():
            pieces = cells(unfolded, setting)
            pairs = [(a, b) for a, b in pairwise(pieces) if a.high == b.low]
            found = [_kink(unfolded, a, b, setting) for a, b in pairs]
    except (Unsettled, SymderivError):
        return ()
    return tuple(kink for kink in found if kink is not None)


def _kink(term: Term, left: Cell, right: Cell, setting: Setting) -> Kink | None:
    at = left.high
    standing = at_point(term, at, setting)
    if standing is None:
        return None
    before, after = _sides(left, right, setting, 0)
    continuous = _same([(before, standing.value), (after, standing.value)], setting)
    slopes = _sides(left, right, setting, 1)
    differentiable = _differentiable(continuous, slopes, setting)
    smooth = _smoothness(continuous, left, right, setting)
    if smooth == _MAX_SMOOTH:
        return None
    return Kink(
        at=to_term(at),
        value=constant_term(standing.value),
        continuous=continuous,
        left=_term(slopes[0]),
        right=_term(slopes[1]),
        differentiable=differentiable,
        convention=_convention(standing, slopes, differentiable),
        smooth=smooth,
        interval=_interval(slopes, setting) if continuous.status == "proved" else None,
        note=_note(continuous, differentiable, slopes),
    )


def one_sided(expr: Expr, at: Expr, side: int, setting: Setting) -> Expr | None:
    """The limit of an expression from one side, oo and -oo included; None where it is not found.

    Where balls show a finite value, every head is in the inside of its domain and the limit is the value.
    """
    if not expr.free_symbols - {setting.symbol} and at not in (sympy.oo, -sympy.oo):
        with precision():
            around = jet(at, {}, 1)
            inside = around is not None and jet(expr, {setting.variable: around[0]}, 1) is not None
        if inside:
            return expr.subs(setting.symbol, at)
    try:
        expander = Expander(setting.variable, Place(at, side), setting.assumptions)
        found = expander.limit(expander.of(expr))
    except Unsettled:
        return None
    return None if found is None else sympy.cancel(found) if found.free_symbols else found


def _sides(left: Cell, right: Cell, setting: Setting, order: int) -> tuple[Expr | None, Expr | None]:
    symbol, at = setting.symbol, left.high
    return (
        one_sided(sympy.diff(left.expr, symbol, order), at, -1, setting),
        one_sided(sympy.diff(right.expr, symbol, order), at, 1, setting),
    )


def _same(pairs: list[tuple[Expr | None, Expr | None]], setting: Setting) -> Verdict:
    """Proved if every pair is equal, refuted if one differs, undecided (with the equation) otherwise."""
    conditions: dict[str, None] = {}
    settled = True
    for a, b in pairs:
        if a is None or b is None:
            settled = False
        elif a == b or (not _endless(a, b) and setting.is_zero(a - b)):
            continue
        elif _endless(a, b):
            return Verdict("refuted", "expansion")
        else:
            try:
                if setting.sign(a - b) != 0:
                    return Verdict("refuted", "expansion")
            except Unsettled:
                settled = False
                conditions[_condition(a, b)] = None
    if settled:
        return Verdict("proved", "expansion")
    return Verdict("undecided", "parameter" if conditions else "expansion", conditions=tuple(conditions))


def _endless(*values: Expr) -> bool:
    return any(value in (sympy.oo, -sympy.oo) for value in values)


def _condition(a: Expr, b: Expr) -> str:
    """a = b, solved for the one parameter if it is linear in it."""
    difference = sympy.numer(sympy.together(a - b))
    names = sorted(difference.free_symbols, key=str)
    if len(names) == 1 and sympy.degree(difference, names[0]) == 1:
        return f"{names[0].name} == {to_term(sympy.solve(difference, names[0])[0])}"
    return str(equation(to_term(a), to_term(b))).replace(" = ", " == ")


def _differentiable(
    continuous: Verdict, slopes: tuple[Expr | None, Expr | None], setting: Setting
) -> Verdict:
    if continuous.status == "refuted":
        return Verdict("refuted", "expansion")
    if any(slope is not None and _endless(slope) for slope in slopes):
        return Verdict("refuted", "expansion")
    same = _same([slopes], setting)
    if continuous.status != "proved" and same.status == "proved":
        return Verdict("undecided", continuous.how, conditions=continuous.conditions)
    return same


def _smoothness(continuous: Verdict, left: Cell, right: Cell, setting: Setting) -> int | None:
    """The largest k with f in C^k at the point; None where a step is not decided."""
    if continuous.status == "refuted":
        return -1
    if continuous.status != "proved":
        return None
    differ = _first_difference(left, right, setting)
    for order in range(1, _MAX_SMOOTH + 1):
        if order == differ:
            return order - 1
        sides = _sides(left, right, setting, order)
        if any(side is not None and _endless(side) for side in sides):
            return order - 1
        status = _same([sides], setting).status
        if status != "proved":
            return order - 1 if status == "refuted" else None
    return _MAX_SMOOTH


def _first_difference(left: Cell, right: Cell, setting: Setting) -> int | None:
    """The first order at which balls show two different Taylor coefficients, if any."""
    names = (left.expr.free_symbols | right.expr.free_symbols) - {setting.symbol}
    if names:
        return None
    with precision():
        at = jet(left.high, {}, 1)
        jets = [
            None
            if at is None
            else jet(cell.expr, {setting.variable: at[0]}, _MAX_SMOOTH + 1, setting.variable)
            for cell in (left, right)
        ]
        if jets[0] is None or jets[1] is None:
            return None
        pairs = enumerate(zip(jets[0], jets[1], strict=True))
        return next((k for k, (a, b) in pairs if not a.overlaps(b)), None)


def _convention(
    standing: Standing, slopes: tuple[Expr | None, Expr | None], differentiable: Verdict
) -> Term | None:
    if differentiable.status == "proved":
        return _term(slopes[0])
    if standing.slope.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo):
        return None
    return constant_term(standing.slope)


def _interval(slopes: tuple[Expr | None, Expr | None], setting: Setting) -> tuple[Term, Term] | None:
    left, right = slopes
    if left is None or right is None or _endless(left, right):
        return None
    try:
        ordered = sign_of(to_coef(sympy.cancel(right - left)), setting.assumptions) >= 0
    except Unsettled:
        return None
    low, high = (left, right) if ordered else (right, left)
    return constant_term(low), constant_term(high)


def _term(value: Expr | None) -> Term | None:
    return None if value is None else constant_term(value)


def constant_term(value: Expr) -> Term:
    """A constant as a Term: infinities as `oo`, long decimals as decimals instead of huge fractions."""
    if _endless(value):
        return INFINITY if value is sympy.oo else neg(INFINITY)
    if isinstance(value, sympy.Rational) and value.q > 1000:
        text = decimal(Fraction(int(value.p), int(value.q)))
        if text is not None:
            return neg(num(text[1:])) if text.startswith("-") else num(text)
    return to_term(value)


def _note(continuous: Verdict, differentiable: Verdict, slopes: tuple[Expr | None, Expr | None]) -> str:
    if continuous.status == "refuted":
        return "jump"
    if any(slope is not None and _endless(slope) for slope in slopes):
        return "vertical"
    if differentiable.status == "undecided":
        return "parameter" if differentiable.conditions else "unsettled"
    return "smooth" if differentiable.status == "proved" else "corner"
