"""Where an expression without switches is defined, as a real function.

Each head states what its argument must be: a denominator is not zero, the argument of log is positive,
of sqrt not negative, of asin between -1 and 1. Charts of these arguments cut the line into the open
intervals on which everything holds; single points are decided by exact signs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import sympy
from sympy import Expr

from symderiv.derive.properties_chart import Chart
from symderiv.derive.properties_ground import Unsettled
from symderiv.meaning import to_sympy
from symderiv.notation.term import ONE, Term, add, call, neg, num, power

Allowed = tuple[int, ...]
Demand = tuple[Term, Allowed]
"""A term and the signs that it may have."""

_POSITIVE: Allowed = (1,)
_NOT_NEGATIVE: Allowed = (0, 1)
_NOT_ZERO: Allowed = (-1, 1)


def _unit(argument: Term) -> Term:
    return add(ONE, neg(power(argument, num(2))))


_DEMANDS: dict[str, Callable[[Term], Demand]] = {
    "log": lambda u: (u, _POSITIVE),
    "sqrt": lambda u: (u, _NOT_NEGATIVE),
    "asin": lambda u: (_unit(u), _NOT_NEGATIVE),
    "acos": lambda u: (_unit(u), _NOT_NEGATIVE),
    "atanh": lambda u: (_unit(u), _POSITIVE),
    "acosh": lambda u: (add(u, neg(ONE)), _NOT_NEGATIVE),
    "coth": lambda u: (u, _NOT_ZERO),
    "csch": lambda u: (u, _NOT_ZERO),
    "tan": lambda u: (call("cos", u), _NOT_ZERO),
    "sec": lambda u: (call("cos", u), _NOT_ZERO),
    "cot": lambda u: (call("sin", u), _NOT_ZERO),
    "csc": lambda u: (call("sin", u), _NOT_ZERO),
}
_EVERYWHERE = frozenset("exp sin cos sinh cosh tanh sech asinh atan erf erfc sign Abs Max Min".split())


@lru_cache(maxsize=1024)
def demands(term: Term, variable: str) -> tuple[Demand, ...]:
    """What must hold, innermost first. Raises `Unsettled` for a head that is not known."""
    found: dict[Demand, None] = {}
    for node in reversed(list(term.walk())):
        if variable not in node.free_symbols() and not node.free_symbols():
            continue
        demand = _demand(node)
        if demand is not None:
            found[demand] = None
    return tuple(found)


def _demand(node: Term) -> Demand | None:
    if node.kind == "div":
        return node.args[1], _NOT_ZERO
    if node.kind == "pow":
        return _power_demand(*node.args)
    if node.kind == "call":
        if node.name in _DEMANDS and node.order == 0:
            return _DEMANDS[node.name](node.args[0])
        if node.name not in _EVERYWHERE or node.order:
            raise Unsettled(f"the domain of {node.name}")
    elif node.kind not in ("number", "symbol", "constant", "add", "neg", "mul"):
        raise Unsettled(f"a {node.kind} has no domain")
    return None


def _power_demand(base: Term, exponent: Term) -> Demand | None:
    if not base.free_symbols():
        return base, _POSITIVE
    value = None if exponent.free_symbols() else to_sympy(exponent)
    if value is None or not value.is_Rational:
        return base, _POSITIVE
    if value.is_Integer:
        return (base, _NOT_ZERO) if value < 0 else None
    return base, _NOT_NEGATIVE if value > 0 else _POSITIVE


def defined_on(
    term: Term, low: Expr, high: Expr, variable: str, chart: Callable[[Expr, Expr, Expr], Chart]
) -> list[tuple[Expr, Expr]]:
    """The open intervals inside (low, high) on which the term is defined and smooth.

    A point where the argument of a root vanishes cuts too: sqrt(x**2) has a kink there. Raises `Unsettled`.
    """
    parts = [(low, high)]
    for demand, allowed in demands(term, variable):
        expr = to_sympy(demand)
        found: list[tuple[Expr, Expr]] = []
        for left, right in parts:
            made = chart(expr, left, right)
            ends = [left, *(root.exact for root in made.roots), right]
            for k, sign in enumerate(made.signs):
                if sign in allowed:
                    found.append((ends[k], ends[k + 1]))
        parts = found
    return parts


def defined_at(
    term: Term, at: Expr, variable: str, sign: Callable[[Expr], int], *, strictly: bool = False
) -> bool:
    """Whether the term is defined at a point; `strictly`, also in a neighbourhood. Raises `Unsettled`."""
    symbol = sympy.Symbol(variable)
    for demand, allowed in demands(term, variable):
        found = sign(to_sympy(demand).subs(symbol, at))
        if found not in allowed or (strictly and found == 0):
            return False
    return True
