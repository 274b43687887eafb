"""Meaning to `Node` and back: own names for bound indices, derivatives resolved by the index rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import sympy
from sympy import Expr
from sympy.core.function import AppliedUndef

from symderiv import limits
from symderiv.field.index_derivative import derivative
from symderiv.field.index_kinks import absolute, away_from_kinks, cases, extreme
from symderiv.field.index_tree import (
    ONE,
    ZERO,
    Index,
    Node,
    OutsideError,
    call,
    delta,
    entry,
    minus,
    number,
    over,
    plus,
    power,
    symbol,
    times,
    total,
)

_HALF = number(Fraction(1, 2))
_TWO = number(2)


def _exp(u: Node) -> Node:
    return call("exp", u)


def _sinh(u: Node) -> Node:
    return times(_HALF, plus(_exp(u), minus(_exp(minus(u)))))


def _cosh(u: Node) -> Node:
    return times(_HALF, plus(_exp(u), _exp(minus(u))))


def _tanh(u: Node) -> Node:
    twice = _exp(times(_TWO, u))
    return over(plus(twice, number(-1)), plus(twice, ONE))


def _root(u: Node) -> Node:
    return power(u, _HALF)


_EXPANDED: dict[str, Callable[[Node], Node]] = {
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "sech": lambda u: over(ONE, _cosh(u)),
    "csch": lambda u: over(ONE, _sinh(u)),
    "coth": lambda u: over(ONE, _tanh(u)),
    "tan": lambda u: over(call("sin", u), call("cos", u)),
    "sec": lambda u: over(ONE, call("cos", u)),
    "csc": lambda u: over(ONE, call("sin", u)),
    "cot": lambda u: over(call("cos", u), call("sin", u)),
    "asinh": lambda u: call("log", plus(u, _root(plus(power(u, _TWO), ONE)))),
    "atanh": lambda u: times(_HALF, call("log", over(plus(ONE, u), plus(ONE, minus(u))))),
    "erfc": lambda u: plus(ONE, minus(call("erf", u))),
}
"""Functions that are written over exp, log, sin, cos, erf and roots before anything is decided."""

_PLAIN = frozenset({"exp", "log", "sin", "cos", "asin", "acos", "atan", "erf", "sign"})


class Reader:
    """Reads meanings; every `Sum` gets a bound name that no user can write.

    What was seen of indices (also in what a derivative makes vanish) is kept: `entries` as (base, axis,
    index), `deltas`, and the range of each bound name in `sums`.
    """

    def __init__(self) -> None:
        self.entries: list[tuple[str, int, Index]] = []
        self.deltas: list[tuple[Index, Index]] = []
        self.sums: dict[str, tuple[Index, Index]] = {}

    def read(self, expr: Expr, scope: Mapping[str, Index] | None = None) -> Node:
        """The Node of a meaning. Raises `OutsideError`."""
        scope = scope or {}
        if isinstance(expr, sympy.Rational):
            return number(Fraction(int(expr.p), int(expr.q)))
        if expr is sympy.E:
            return _exp(ONE)
        if expr is sympy.pi:
            return symbol("pi")
        if isinstance(expr, sympy.Symbol):
            return _scalar(expr.name, scope)
        if isinstance(expr, sympy.Indexed):
            return self._entry(expr, scope)
        if isinstance(expr, sympy.KroneckerDelta):
            left, right = (_index(arg, scope) for arg in expr.args[:2])
            self.deltas.append((left, right))
            return delta(left, right)
        if isinstance(expr, sympy.Add):
            return plus(*(self.read(arg, scope) for arg in _sorted(expr)))
        if isinstance(expr, sympy.Mul):
            return times(*(self.read(arg, scope) for arg in _sorted(expr)))
        if isinstance(expr, sympy.Pow):
            return power(self.read(expr.base, scope), self.read(expr.exp, scope))
        if isinstance(expr, sympy.Sum):
            return self._sum(expr, scope)
        if isinstance(expr, sympy.Derivative):
            return self._derivative(expr, scope)
        return self._call(expr, scope)

    def scan(self, expr: Expr) -> None:
        """Note what there is of indices, without resolving derivatives; unknown functions are no obstacle."""
        self._scan(expr, {})

    def _scan(self, expr: Expr, scope: Mapping[str, Index]) -> None:
        if isinstance(expr, sympy.Indexed):
            self._entry(expr, scope)
        elif isinstance(expr, sympy.KroneckerDelta):
            self.deltas.append((_index(expr.args[0], scope), _index(expr.args[1], scope)))
        elif isinstance(expr, sympy.Sum):
            inner, _ = self._bind(expr, scope)
            self._scan(expr.function, inner)
        elif isinstance(expr, sympy.Derivative):
            for part in (expr.expr, *(variable for variable, _ in expr.variable_count)):
                self._scan(part, scope)
        elif isinstance(expr, sympy.Subs):
            for part in expr.point:
                self._scan(part, scope)
        else:
            for part in expr.args:
                self._scan(part, scope)

    def _call(self, expr: Expr, scope: Mapping[str, Index]) -> Node:
        if isinstance(expr, sympy.Subs):
            inner = expr.expr
            if (
                isinstance(inner, sympy.Derivative)
                and isinstance(inner.expr, AppliedUndef)
                and len(expr.point) == 1
            ):
                name, order = inner.expr.func.__name__, int(inner.derivative_count)
                return call(name, self.read(expr.point[0], scope), order=order)
            raise OutsideError
        if isinstance(expr, sympy.Piecewise):
            return cases(expr, lambda part: self.read(part, scope))
        name = expr.func.__name__
        arguments = [self.read(arg, scope) for arg in expr.args]
        if isinstance(expr, sympy.Abs):
            return absolute(arguments[0])
        if isinstance(expr, (sympy.Max, sympy.Min)):
            return extreme(arguments, largest=isinstance(expr, sympy.Max))
        if isinstance(expr, AppliedUndef) or name in _PLAIN:
            return call(name, *arguments)
        if name in _EXPANDED and len(arguments) == 1:
            return _EXPANDED[name](arguments[0])
        raise OutsideError

    def _entry(self, expr: Expr, scope: Mapping[str, Index]) -> Node:
        base, at = str(expr.base.label), tuple(_index(arg, scope) for arg in expr.indices)
        self.entries += [(base, axis, place) for axis, place in enumerate(at)]
        return entry(base, *at)

    def _bind(
        self, expr: Expr, scope: Mapping[str, Index]
    ) -> tuple[dict[str, Index], list[tuple[Index, Index, Index]]]:
        """The scope inside a sum, and its limits, outermost first."""
        inner = dict(scope)
        bounds: list[tuple[Index, Index, Index]] = []
        for bound, first, last in reversed(expr.limits):
            low, high = _index(first, inner), _index(last, inner)
            own = Index(f"#{len(self.sums) + 1}")
            self.sums[own.name] = (low, high)
            inner[bound.name] = own
            bounds.append((own, low, high))
        return inner, bounds

    def _sum(self, expr: Expr, scope: Mapping[str, Index]) -> Node:
        inner, bounds = self._bind(expr, scope)
        node = self.read(expr.function, inner)
        for own, low, high in reversed(bounds):
            node = total(node, own, low, high)
        return node

    def _derivative(self, expr: Expr, scope: Mapping[str, Index]) -> Node:
        node = self.read(expr.expr, scope)
        for variable, count in expr.variable_count:
            if not count.is_Integer or count > limits.MAX_EXPONENT:
                raise OutsideError
            if not isinstance(variable, sympy.Symbol | sympy.Indexed):
                raise OutsideError
            target = self.read(variable, scope)
            for _ in range(int(count)):
                node = self._differentiated(node, target)
        return node

    def _differentiated(self, node: Node, target: Node) -> Node:
        if not any(one.kind == "call" and one.name == "sign" for one in node.walk()):
            return derivative(node, target)
        return away_from_kinks(derivative(node, target), lambda inner: derivative(inner, target) != ZERO)


def _sorted(expr: Expr) -> list[Expr]:
    return sorted(expr.args, key=sympy.default_sort_key)


def _scalar(name: str, scope: Mapping[str, Index]) -> Node:
    bound = scope.get(name)
    if bound is None:
        return symbol(name)
    return symbol(bound.name)


def _index(expr: Expr, scope: Mapping[str, Index]) -> Index:
    """`k`, `3` or `k + 1`."""
    if isinstance(expr, sympy.Symbol):
        return scope.get(expr.name, Index(expr.name))
    if isinstance(expr, sympy.Integer):
        return Index("", int(expr))
    if isinstance(expr, sympy.Add) and len(expr.args) == 2:
        shift, rest = expr.as_coeff_Add()
        if isinstance(shift, sympy.Integer) and isinstance(rest, sympy.Symbol):
            return _index(rest, scope).plus(int(shift))
    raise OutsideError


def to_meaning(node: Node) -> Expr:
    """The meaning of a Node; bound names become the first free letters from k on."""
    taken = {n.name for n in node.walk() if n.kind in ("symbol", "entry", "call")} | node.index_names()
    letters = [c for c in "klmpqruvwabcdefgh" if c not in taken]
    bound = sorted(node.bound_names(), key=lambda name: int(name[1:]))
    letters += [f"k_{count}" for count in range(1, len(bound) + 1)]
    for name, letter in zip(bound, letters, strict=False):
        node = node.put(name, Index(letter))
    return _meaning(node)


def _meaning(node: Node) -> Expr:
    args = [_meaning(arg) for arg in node.args]
    places = [_place(index) for index in node.at]
    match node.kind:
        case "number":
            return sympy.Rational(node.value.numerator, node.value.denominator)
        case "symbol":
            return sympy.pi if node.name == "pi" else sympy.Symbol(node.name)
        case "entry":
            return sympy.IndexedBase(node.name)[tuple(places)]
        case "delta":
            return sympy.KroneckerDelta(*places)
        case "add":
            return sympy.Add(*args)
        case "mul":
            return sympy.Mul(*args)
        case "pow":
            return args[0] ** args[1]
        case "sum":
            return sympy.Sum(args[0], tuple(places))
        case _:
            return _function(node, args)


def _function(node: Node, args: list[Expr]) -> Expr:
    if node.value:
        point = sympy.Symbol("_u")
        primed = sympy.Derivative(sympy.Function(node.name)(point), (point, int(node.value)))
        return sympy.Subs(primed, point, args[0])
    if node.name in _PLAIN:
        return getattr(sympy, node.name)(*args)
    return sympy.Function(node.name)(*args)


def _place(index: Index) -> Expr:
    shift = sympy.Integer(index.shift)
    return sympy.Symbol(index.name) + shift if index.name else shift
