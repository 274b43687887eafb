"""`resolve`: every D(...) and every prime replaced by the derivative it stands for, on Terms.

A derivative exists only where its body does; the bodies are handed back as guards. At a kink there is
no derivative: |u|' is u'*u/|u|, which has no value at u = 0, and a piecewise derivative leaves out the
borders of its cases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from symderiv import limits
from symderiv.errors import LimitError, UnsupportedError
from symderiv.notation.names import FUNCTIONS
from symderiv.notation.term import (
    ONE,
    TRUE,
    ZERO,
    Term,
    add,
    call,
    case,
    const,
    div,
    mul,
    neg,
    num,
    power,
    relation,
    sym,
    total,
)

_TWO = num(2)
_POINT = "_t"
_MAX_NODES = 200_000


def _sum(*terms: Term) -> Term:
    kept = [term for term in terms if term != ZERO]
    return add(*kept) if len(kept) > 1 else kept[0] if kept else ZERO


def _product(*factors: Term) -> Term:
    if ZERO in factors:
        return ZERO
    kept = [factor for factor in factors if factor != ONE]
    return mul(*kept) if len(kept) > 1 else kept[0] if kept else ONE


def _square(term: Term) -> Term:
    return power(term, _TWO)


def _side(term: Term) -> Term:
    """u/|u|: the sign of u, with no value at 0."""
    return div(term, call("Abs", term))


SLOPES: dict[str, Callable[[Term], Term]] = {
    "exp": lambda u: call("exp", u),
    "log": lambda u: div(ONE, u),
    "sqrt": lambda u: div(ONE, mul(_TWO, call("sqrt", u))),
    "sin": lambda u: call("cos", u),
    "cos": lambda u: neg(call("sin", u)),
    "tan": lambda u: div(ONE, _square(call("cos", u))),
    "sec": lambda u: mul(call("sec", u), call("tan", u)),
    "csc": lambda u: neg(mul(call("csc", u), call("cot", u))),
    "cot": lambda u: neg(div(ONE, _square(call("sin", u)))),
    "sinh": lambda u: call("cosh", u),
    "cosh": lambda u: call("sinh", u),
    "tanh": lambda u: div(ONE, _square(call("cosh", u))),
    "sech": lambda u: neg(mul(call("sech", u), call("tanh", u))),
    "csch": lambda u: neg(mul(call("csch", u), call("coth", u))),
    "coth": lambda u: neg(div(ONE, _square(call("sinh", u)))),
    "asinh": lambda u: div(ONE, call("sqrt", add(_square(u), ONE))),
    "acosh": lambda u: div(ONE, call("sqrt", add(_square(u), neg(ONE)))),
    "atanh": lambda u: div(ONE, add(ONE, neg(_square(u)))),
    "asin": lambda u: div(ONE, call("sqrt", add(ONE, neg(_square(u))))),
    "acos": lambda u: neg(div(ONE, call("sqrt", add(ONE, neg(_square(u)))))),
    "atan": lambda u: div(ONE, add(ONE, _square(u))),
    "erf": lambda u: div(mul(_TWO, call("exp", neg(_square(u)))), call("sqrt", const("pi"))),
    "erfc": lambda u: neg(div(mul(_TWO, call("exp", neg(_square(u)))), call("sqrt", const("pi")))),
    "Abs": _side,
    "sign": lambda u: mul(ZERO, div(ONE, u)),
}
"""The primitives of calculus: f'(u) for each named function."""


@dataclass
class Resolver:
    """`unfold` replaces the functions of a catalogue by their definitions."""

    unfold: Callable[[Term], Term]
    guards: dict[Term, None] = field(default_factory=dict)

    def resolve(self, term: Term) -> Term:
        """The term without D and primes; what must be defined besides is added to `guards`."""
        term = self.unfold(term)
        return self._inside(term)

    def _inside(self, term: Term) -> Term:
        if term.kind == "call" and term.order:
            return self._primed(term)
        if not term.args:
            return term
        if term.kind in {"sum", "prod"}:
            return self._over_index(term)
        if term.kind == "at":
            return self._at(term)
        args = tuple(self._inside(arg) for arg in term.args)
        if term.kind == "call" and term.name == "log" and args[0].kind == "prod":
            return _log_of_product(args[0])
        if term.kind == "diff":
            return self._derivative(args)
        return term if args == term.args else term.with_args(*args)

    def _at(self, term: Term) -> Term:
        """The value at a point: derivatives first, then the point is put in, in the guards too."""
        outside, self.guards = self.guards, {}
        body, variable, point = term.args
        inner = self._inside(body)
        put = {variable.name: self._inside(point)}
        for guard in (inner, *self.guards):
            outside[guard.substitute(put)] = None
        self.guards = outside
        return inner.substitute(put)

    def _over_index(self, term: Term) -> Term:
        """What must be defined under a sum must be so for every value of its index."""
        outside, self.guards = self.guards, {}
        body, bound, low, high = term.args
        inner = self._inside(body)
        for guard in self.guards:
            bare = bound.name not in guard.free_symbols()
            outside[guard if bare else total(guard, bound, low, high)] = None
        self.guards = outside
        if term.kind == "prod":
            return _written_out(inner, bound, low, high) or term.with_args(inner, bound, low, high)
        return term.with_args(inner, bound, low, high)

    def _derivative(self, args: tuple[Term, ...]) -> Term:
        body, variable = args[0], args[1]
        self.guards[body] = None
        order = int(args[2].name) if len(args) == 3 else 1
        if order > limits.MAX_EXPONENT:
            raise LimitError(f"a derivative of order {order}")
        for _ in range(order):
            body = differentiate(body, variable)
            if _larger(body, _MAX_NODES):
                raise LimitError("a derivative that is too large")
        return body

    def _primed(self, term: Term) -> Term:
        args = tuple(self._inside(arg) for arg in term.args)
        if len(args) != 1:
            raise UnsupportedError(f"{term.name}' of several arguments", span=term.span)
        point = sym(_POINT)
        plain = call(term.name, point)
        body = self.unfold(plain)
        if body == plain and term.name not in FUNCTIONS:
            return call(term.name, args[0], order=term.order)
        body = self._inside(body)
        for _ in range(term.order):
            body = differentiate(body, point)
        self.guards[self.unfold(call(term.name, args[0]))] = None
        return body.substitute({_POINT: args[0]})


def _log_of_product(term: Term) -> Term:
    """The sum of the logs of the factors, where all of them are positive."""
    body, bound, low, high = term.args
    return total(_log(body), bound, low, high)


def _log(term: Term) -> Term:
    """The log of a factor, taken apart where it is a product or a power of positive parts."""
    match term.kind:
        case "mul":
            return add(*map(_log, term.args))
        case "div":
            return add(_log(term.args[0]), neg(_log(term.args[1])))
        case "pow":
            return mul(term.args[1], _log(term.args[0]))
        case _:
            return call("log", term)


def _written_out(body: Term, bound: Term, low: Term, high: Term) -> Term | None:
    """A product over a known range as its factors, else None."""
    if low.kind != "number" or high.kind != "number":
        return None
    first, last = low.value(), high.value()
    if first.denominator != 1 or last.denominator != 1 or last - first >= limits.MAX_EXPONENT:
        return None
    factors = [body.substitute({bound.name: num(k)}) for k in range(int(first), int(last) + 1)]
    return mul(*factors) if len(factors) > 1 else factors[0] if factors else ONE


def _larger(term: Term, limit: int) -> bool:
    """More than `limit` nodes, a shared subtree counted once?"""
    seen: set[int] = set()
    stack = [term]
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            stack.extend(node.args)
            if len(seen) > limit:
                return True
    return False


def differentiate(term: Term, variable: Term) -> Term:
    """The derivative, rule by rule; only 0 and 1 are cleaned up."""
    memory: dict[Term, Term] = {}

    def derivative(node: Term) -> Term:
        found = memory.get(node)
        if found is None:
            found = memory[node] = _rule(node, variable, derivative)
        return found

    return derivative(term)


def _rule(node: Term, variable: Term, derivative: Callable[[Term], Term]) -> Term:
    args = node.args
    match node.kind:
        case "number" | "constant":
            return ZERO
        case "symbol":
            return ONE if node == variable else ZERO
        case "index":
            return _entry(node, variable)
        case "add":
            return _sum(*map(derivative, args))
        case "neg":
            inner = derivative(args[0])
            return ZERO if inner == ZERO else neg(inner)
        case "mul":
            return _sum(*(_product(*args[:k], derivative(arg), *args[k + 1 :]) for k, arg in enumerate(args)))
        case "div":
            return _quotient(args[0], args[1], derivative)
        case "pow":
            return _power(args[0], args[1], derivative)
        case "call":
            return _call(node, derivative)
        case "sum":
            body, bound = _apart(args[0], args[1], variable)
            inner = derivative(body)
            return ZERO if inner == ZERO else node.with_args(inner, bound, *args[2:])
        case "piecewise":
            return _piecewise(node, derivative)
        case _:
            raise UnsupportedError(f"the derivative of a {node.kind}", span=node.span)


def _apart(body: Term, bound: Term, variable: Term) -> tuple[Term, Term]:
    """The body with a bound index that is not the variable's: z[j] under a sum over j is not z[j]."""
    taken = variable.free_symbols()
    if bound.name not in taken:
        return body, bound
    fresh = next(
        f"{bound.name}_{count}" for count in range(1, 100) if f"{bound.name}_{count}" not in body.symbols()
    )
    return body.substitute({bound.name: sym(fresh)}), sym(fresh)


def _entry(node: Term, variable: Term) -> Term:
    if node == variable:
        return ONE
    if variable.kind != "index" or variable.args[0] != node.args[0] or len(variable.args) != len(node.args):
        return ZERO
    return _product(
        *(call("delta", i, j) for i, j in zip(node.args[1:], variable.args[1:], strict=True) if i != j)
    )


def _quotient(top: Term, bottom: Term, derivative: Callable[[Term], Term]) -> Term:
    a, b = derivative(top), derivative(bottom)
    if b == ZERO:
        return ZERO if a == ZERO else div(a, bottom)
    second = _product(top, b)
    return div(_sum(_product(a, bottom), neg(second) if second != ZERO else ZERO), _square(bottom))


def _power(base: Term, exponent: Term, derivative: Callable[[Term], Term]) -> Term:
    a, b = derivative(base), derivative(exponent)
    if b == ZERO:
        if a == ZERO:
            return ZERO
        if exponent.kind == "number":
            lower = num(exponent.value() - 1)
            rest = ONE if lower == ZERO else base if lower == ONE else power(base, lower)
            return _product(exponent, rest, a)
        return _product(exponent, power(base, add(exponent, neg(ONE))), a)
    grown = (
        _product(power(base, exponent), b)
        if base == const("e")
        else _product(power(base, exponent), call("log", base), b)
    )
    if a == ZERO:
        return grown
    return _sum(grown, _product(exponent, power(base, add(exponent, neg(ONE))), a))


def _call(node: Term, derivative: Callable[[Term], Term]) -> Term:
    args = node.args
    if node.name in ("Max", "Min"):
        return _extreme(node, derivative)
    inner = [derivative(arg) for arg in args]
    if all(d == ZERO for d in inner):
        return ZERO
    if node.name in SLOPES and not node.order:
        return _product(SLOPES[node.name](args[0]), inner[0])
    if node.name in FUNCTIONS:
        raise UnsupportedError(f"the derivative of {node.name}", span=node.span)
    if len(args) == 1:
        return _product(call(node.name, args[0], order=node.order + 1), inner[0])
    return _sum(*(_product(call(f"{node.name}#{k}", *args), d) for k, d in enumerate(inner)))


def _extreme(node: Term, derivative: Callable[[Term], Term]) -> Term:
    """max(a, b) = (a + b + |a - b|)/2, min with a minus."""
    if len(node.args) == 1:
        return derivative(node.args[0])
    a = node.args[0] if len(node.args) == 2 else node.with_args(*node.args[:-1])
    b = node.args[-1]
    da, db = derivative(a), derivative(b)
    if da == db:
        return da
    gap = add(a, neg(b))
    slope = mul(_side(gap), add(da, neg(db)))
    return div(add(da, db, slope if node.name == "Max" else neg(slope)), _TWO)


_STRICT = {"<=": "<", ">=": ">"}


def _piecewise(node: Term, derivative: Callable[[Term], Term]) -> Term:
    borders: list[Term] = []
    cases = []
    for part in node.args:
        value, condition = part.args
        inside = _open(condition)
        borders += [relation("!=", *r.args) for r in condition.walk() if r.kind == "relation"]
        parts = [p for p in (inside, *borders) if p.kind != "true"]
        whole = parts[0] if len(parts) == 1 else Term("and", tuple(dict.fromkeys(parts))) if parts else TRUE
        if not any(r.kind == "relation" and r.name == "==" for r in condition.walk()):
            cases.append(case(derivative(value), whole))
    return node.with_args(*cases)


def _open(condition: Term) -> Term:
    if condition.kind == "relation":
        return relation(_STRICT.get(condition.name, condition.name), *condition.args)
    return condition.with_args(*map(_open, condition.args)) if condition.args else condition
