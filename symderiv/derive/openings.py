"""How a derivation opens: the routes that a definition offers, before the first rule is applied.

An opening is a list of states from `D(f(x), x)` to the line where the rules of calculus take over, and the
rules that the route leaves aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from symderiv.derive.algebra import (
    depends_on,
    join_difference,
    join_product,
    join_quotient,
    join_sum,
    literal,
    negate,
)
from symderiv.derive.positive import is_positive
from symderiv.derive.rules import derivative
from symderiv.notation.term import ONE, Term, add, call, diff, div, mul, neg, num, power

State = tuple[str, Term, tuple[tuple[str, Term], ...]]
"""Rule, whole expression, bindings."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A route's id, the definition it starts from, its first states, and the rules it does not use."""

    id: str
    definition: Term
    states: tuple[State, ...]
    banned: frozenset[str] = frozenset()


def openings(function: Term, definition: Term, variable: Term, positive: Mapping[str, str]) -> list[Opening]:
    """Every route that applies to this definition, the natural one first."""
    unfold: State = ("definition", diff(definition, variable), (("f", definition),))
    found = list(_structural(unfold, definition, variable))
    found += _implicit(function, definition, variable)
    if is_positive(definition, positive):
        found += _logarithmic(function, definition, variable)
    return found


def _structural(unfold: State, definition: Term, variable: Term) -> Iterator[Opening]:
    def varies(term: Term) -> bool:
        return depends_on(term, variable)

    if definition.kind == "div" and varies(definition.args[1]):
        above, below = definition.args
        as_power = join_product(above, power(below, neg(ONE)))
        rewrite: State = ("negative-power", diff(as_power, variable), (("u", above), ("v", below)))
        by_power = Opening("product" if varies(above) else "chain", definition, (unfold, rewrite))
        by_quotient = Opening("quotient", definition, (unfold,), frozenset({"reciprocal-rule"}))
        yield from (by_quotient, by_power) if varies(above) else (by_power, by_quotient)
    elif definition.kind == "mul" and sum(map(varies, definition.args)) > 1:
        yield Opening("product", definition, (unfold,))
    elif definition.kind in ("pow", "call") and not _by_cases(definition):
        yield Opening("chain", definition, (unfold,))
    else:
        yield Opening("direct", definition, (unfold,))


def _by_cases(term: Term) -> bool:
    return term.kind == "call" and term.name in ("Max", "Min")


_IMPLICIT = {
    "log": lambda y: call("exp", y),
    "exp": lambda y: call("log", y),
    "atan": lambda y: call("tan", y),
    "asin": lambda y: call("sin", y),
    "asinh": lambda y: call("sinh", y),
    "atanh": lambda y: call("tanh", y),
    "sqrt": lambda y: power(y, num(2)),
}


def _implicit(function: Term, definition: Term, variable: Term) -> Iterator[Opening]:
    """Free f from its definition, differentiate both sides, solve for f'."""
    if definition.kind == "div" and depends_on(definition.args[1], variable):
        above, below = definition.args
        top = join_difference(
            derivative(above, variable), join_product(function, derivative(below, variable))
        )
        if not depends_on(above, variable):
            top = negate(join_product(function, derivative(below, variable)))
        yield _implicit_opening(definition, join_quotient(top, below), mul(function, below), above)
    elif definition.kind == "call" and definition.name in _IMPLICIT and len(definition.args) == 1:
        inside = definition.args[0]
        freed = _IMPLICIT[definition.name](function)
        inner = derivative(inside, variable)
        slope = {
            "log": lambda: join_quotient(inner, freed),
            "exp": lambda: join_product(function, inner),
            "atan": lambda: join_quotient(inner, add(ONE, power(freed, num(2)))),
            "asin": lambda: join_quotient(inner, call("cos", function)),
            "asinh": lambda: join_quotient(inner, call("cosh", function)),
            "atanh": lambda: join_quotient(inner, add(ONE, neg(power(freed, num(2))))),
            "sqrt": lambda: join_quotient(inner, mul(num(2), function)),
        }[definition.name]()
        yield _implicit_opening(definition, slope, freed, inside)


def _implicit_opening(definition: Term, slope: Term, left: Term, right: Term) -> Opening:
    state: State = ("implicit-differentiation", slope, (("u", left), ("v", right)))
    return Opening("implicit", definition, (state,))


def _logarithmic(function: Term, definition: Term, variable: Term) -> Iterator[Opening]:
    """f' = f * (log f)', the logarithm of products, quotients and powers taken apart."""
    if definition.kind not in ("mul", "div", "pow") and not _is_call(definition, "exp"):
        return
    logarithm = call("log", definition)
    apart = _log(definition)
    states: list[State] = [
        ("logarithmic-differentiation", mul(function, diff(logarithm, variable)), (("f", definition),)),
        ("laws-of-logarithms", mul(function, derivative(apart, variable)), (("u", logarithm), ("v", apart))),
    ]
    yield Opening("logarithmic", definition, tuple(states))


def _is_call(term: Term, name: str) -> bool:
    return term.kind == "call" and term.name == name


def _log(term: Term) -> Term:
    """log of a positive product, quotient, power or exponential, taken apart."""
    match term.kind:
        case "mul":
            return join_sum(*map(_log, term.args))
        case "div":
            above, below = map(_log, term.args)
            return join_difference(above, below)
        case "pow":
            inner = _log(term.args[0])
            return join_product(term.args[1], inner)
        case "call" if term.name == "exp":
            return term.args[0]
        case "call" if term.name == "sqrt":
            return div(_log(term.args[0]), num(2))
    return num(0) if literal(term) == 1 else call("log", term)
