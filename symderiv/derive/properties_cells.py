"""f on the line as smooth pieces: |u|, sign, max, min and cases resolved between exact breakpoints.

A switching head is read as cases in the order in which it is written: max(a, b, ...) is the first of the
greatest, |u| is u, -u or 0 u, a piecewise is the first case whose condition holds. The same reading says
what stands at a breakpoint itself, and so which derivative the definition assigns there. Cells keep to
the natural domain: where an argument leaves its function's domain, there is no cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import sympy
from sympy import Expr

from symderiv import limits
from symderiv.derive.properties_balls import ball, jet, precision
from symderiv.derive.properties_chart import Chart, ZeroTest, chart
from symderiv.derive.properties_domain import defined_at, defined_on
from symderiv.derive.properties_ground import Unsettled, sign_of, to_coef
from symderiv.meaning import Assumption, to_sympy
from symderiv.notation.term import ONE, ZERO, Term, add, mul, neg

_SAMPLE = Fraction(19, 7)
_SWITCHES = ("Abs", "sign", "Max", "Min")
SignOf = Callable[[Term], int]


@dataclass(frozen=True, slots=True)
class Cell:
    """An open interval of the natural domain and the smooth expression that f is there."""

    low: Expr
    high: Expr
    term: Term
    expr: Expr


@dataclass(frozen=True, slots=True)
class Setting:
    """The variable, what is assumed of parameters, and how an exact zero is proved."""

    variable: str
    assumptions: Mapping[str, Assumption]
    is_zero: ZeroTest

    @property
    def symbol(self) -> Expr:
        """The variable's SymPy symbol."""
        return sympy.Symbol(self.variable)

    def chart(self, g: Expr, low: Expr, high: Expr) -> Chart:
        """The sign chart of g, all of whose roots are exact. Raises `Unsettled`."""
        found = chart(g, self.variable, low, high, self.assumptions, self.is_zero)
        if found is None or any(root.exact is None for root in found.roots):
            raise Unsettled("a breakpoint without exact value")
        return found

    def sign(self, value: Expr) -> int:
        """The sign of an exact constant. Raises `Unsettled`."""
        return 0 if self.is_zero(value) else sign_of(to_coef(value), self.assumptions)


def is_switch(term: Term) -> bool:
    """True for a head that chooses between expressions."""
    return term.kind == "piecewise" or (term.kind == "call" and term.name in _SWITCHES and term.order == 0)


def cells(term: Term, setting: Setting) -> tuple[Cell, ...]:
    """The smooth pieces of an unfolded definition, left to right. Raises `Unsettled`."""
    found: list[Cell] = []
    for cell in _split(term, -sympy.oo, sympy.oo, setting):
        joins = found and found[-1].high == cell.low and _same(found[-1].expr, cell.expr, setting)
        if joins and _smooth_across(term, cell, setting):
            found[-1] = replace(found[-1], high=cell.high)
        else:
            found.append(cell)
        if len(found) > limits.MAX_CELLS:
            raise Unsettled("too many cells")
    return tuple(found)


def _same(left: Expr, right: Expr, setting: Setting) -> bool:
    """Whether two expressions are one function; a sample value spares most proofs."""
    if left == right:
        return True
    names = left.free_symbols | right.free_symbols
    with precision():
        found = jet(left - right, {name.name: ball(_SAMPLE) for name in names}, 1)
    if found is not None and not found[0].contains(0):
        return False
    return setting.is_zero(left - right)


def _smooth_across(term: Term, cell: Cell, setting: Setting) -> bool:
    """Whether the point before a cell belongs to the same expression, and no root vanishes there."""
    try:
        there = at_point(term, cell.low, setting)
        inner = defined_at(cell.term, cell.low, setting.variable, setting.sign, strictly=True)
    except Unsettled:
        return False
    if there is None or not inner:
        return False
    return setting.is_zero(there.value - cell.expr.subs(setting.symbol, cell.low))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the definition says at one point: the branch, its value, and that branch's derivative."""

    term: Term
    value: Expr
    slope: Expr


def at_point(term: Term, at: Expr, setting: Setting) -> Standing | None:
    """The branch that stands at a point; None where f is not defined. Raises `Unsettled`."""

    def sign(guard: Term) -> int:
        return setting.sign(to_sympy(guard).subs(setting.symbol, at))

    while (switch := _innermost(term, setting.variable)) is not None:
        chosen = _choose(switch, sign)
        term = term.rebuild(lambda node, s=switch, c=chosen: c if node == s else None)  # type: ignore[misc]
    if not defined_at(term, at, setting.variable, setting.sign):
        return None
    expr = to_sympy(term)
    value = expr.subs(setting.symbol, at)
    if value.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo):
        return None
    return Standing(term, value, sympy.diff(expr, setting.symbol).subs(setting.symbol, at))


def _split(term: Term, low: Expr, high: Expr, setting: Setting) -> Iterator[Cell]:
    switch = _innermost(term, setting.variable)
    if switch is None:
        expr = to_sympy(term)
        for left, right in defined_on(term, low, high, setting.variable, setting.chart):
            yield Cell(left, right, term, expr)
        return
    for left, right, signs in _parts(_guards(switch), low, high, setting):
        chosen = _choose(switch, signs.__getitem__)
        plain = term.rebuild(lambda node, c=chosen: c if node == switch else None)  # type: ignore[misc]
        yield from _split(plain, left, right, setting)


Part = tuple[Expr, Expr, dict[Term, int]]


def _parts(guards: list[Term], low: Expr, high: Expr, setting: Setting) -> list[Part]:
    parts: list[Part] = [(low, high, {})]
    for guard in guards:
        found: list[Part] = []
        for left, right, signs in parts:
            for inner_low, inner_high in defined_on(guard, left, right, setting.variable, setting.chart):
                made = setting.chart(to_sympy(guard), inner_low, inner_high)
                ends = [inner_low, *(root.exact for root in made.roots), inner_high]
                for k, sign in enumerate(made.signs):
                    found.append((ends[k], ends[k + 1], {**signs, guard: sign}))
        parts = found
        if len(parts) > limits.MAX_CELLS:
            raise Unsettled("too many cells")
    return parts


def _innermost(term: Term, variable: str) -> Term | None:
    """A switch in the variable none of whose own arguments holds another switch."""
    found = None
    for node in term.walk():
        if is_switch(node) and variable in node.free_symbols():
            below = [inner for arg in node.args for inner in arg.walk() if is_switch(inner)]
            if not any(variable in inner.free_symbols() for inner in below):
                return node
            found = found or node
    return found


def _difference(a: Term, b: Term) -> Term:
    return a if b == ZERO else add(a, neg(b))


def _guards(switch: Term) -> list[Term]:
    """The terms whose signs decide the switch."""
    if switch.kind == "piecewise":
        relations = [n for c in switch.args for n in c.args[1].walk() if n.kind == "relation"]
        return list(dict.fromkeys(_difference(*r.args) for r in relations))
    if switch.name in ("Abs", "sign"):
        return [switch.args[0]]
    pairs = [(a, b) for k, a in enumerate(switch.args) for b in switch.args[k + 1 :]]
    return list(dict.fromkeys(_difference(a, b) for a, b in pairs))


def _choose(switch: Term, sign: SignOf) -> Term:
    """The Term that the switch stands for where its guards have these signs."""
    if switch.kind == "piecewise":
        for one in switch.args:
            if _holds(one.args[1], sign):
                return one.args[0]
        raise Unsettled("no case applies")
    if switch.name == "Abs":
        argument = switch.args[0]
        return (neg(argument), mul(ZERO, argument), argument)[sign(argument) + 1]
    if switch.name == "sign":
        return (neg(ONE), ZERO, ONE)[sign(switch.args[0]) + 1]
    best = switch.args[0]
    wanted = -1 if switch.name == "Max" else 1
    for other in switch.args[1:]:
        if sign(_difference(best, other)) == wanted:
            best = other
    return best


_HOLDS: dict[str, tuple[int, ...]] = {
    "<": (-1,),
    "<=": (-1, 0),
    ">": (1,),
    ">=": (0, 1),
    "==": (0,),
    "!=": (-1, 1),
}


def _holds(condition: Term, sign: SignOf) -> bool:
    match condition.kind:
        case "true":
            return True
        case "and":
            return all(_holds(part, sign) for part in condition.args)
        case "or":
            return any(_holds(part, sign) for part in condition.args)
        case "relation":
            return sign(_difference(*condition.args)) in _HOLDS[condition.name]
    raise Unsettled("a condition of another kind")
