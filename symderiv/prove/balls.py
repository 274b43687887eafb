"""`value`: a rigorous enclosure of a formula at a rational point.

Rational arithmetic is exact as long as it lasts; everything else is a ball that contains the true
value. No ball is given where the formula has no real value, or where that could not be settled.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb, fmpq

from symderiv import limits
from symderiv.errors import LimitError
from symderiv.field.constants import precision
from symderiv.field.resolve import Resolver
from symderiv.notation.term import Term, num

if TYPE_CHECKING:
    from sympy import Expr

Number = fmpq | arb

_LEVELS = (64, 128, 256, 512, 1024, 2048, 4096)
_EXACT_BITS = 2_000
_POWER_BITS = 20_000


class NoValueError(Exception):
    """No value, or none that could be settled at this precision."""


def value(formula: Term | Expr, point: Mapping[str, Fraction], *, digits: int = 30) -> arb | None:
    """A ball with `digits` good relative digits around the formula's value at the point, or None.

    D(...) is resolved first; a value of exactly 0 is an exact ball.
    """
    term = formula if isinstance(formula, Term) else _term(formula)
    resolver = Resolver(lambda t: t)
    resolved = resolver.resolve(term) if _has_derivative(term) else term
    guards = tuple(resolver.guards)
    wanted = digits * 3.33
    for bits in _LEVELS:
        if bits < wanted:
            continue
        ball = enclose(resolved, point, bits, guards)
        if ball is not None and (ball.is_zero() or ball.rel_accuracy_bits() >= wanted):
            return ball
    return None


def _term(formula: Expr) -> Term:
    from symderiv.meaning import to_term

    return to_term(formula)


def _has_derivative(term: Term) -> bool:
    return any(node.kind == "diff" or node.order for node in term.walk())


def enclose(
    term: Term, point: Mapping[str, Fraction], bits: int, guards: tuple[Term, ...] = ()
) -> arb | None:
    """A ball around the value of a term without D, at one precision; None where a guard has no value."""
    with precision(bits):
        evaluator = Evaluator(point)
        try:
            for guard in guards:
                evaluator.of(guard)
            return _ball(evaluator.of(term))
        except NoValueError:
            return None


def _ball(number: Number) -> arb:
    return arb(number) if isinstance(number, fmpq) else number


def _finite(ball: arb) -> arb:
    if not ball.is_finite():
        raise NoValueError
    return ball


class Evaluator:
    """Evaluates Terms at a point, at the precision in force; shared subterms once."""

    def __init__(self, point: Mapping[str, Fraction]) -> None:
        self.point = {k: fmpq(v.numerator, v.denominator) for k, v in point.items()}
        self.memory: dict[Term, Number] = {}

    def of(self, term: Term) -> Number:
        """The value. Raises `NoValueError`."""
        found = self.memory.get(term)
        if found is None:
            found = self._of(term)
            self.memory[term] = found
        return found

    def _of(self, term: Term) -> Number:
        args = term.args
        match term.kind:
            case "number":
                number = term.value()
                return fmpq(number.numerator, number.denominator)
            case "symbol":
                return self._symbol(term.name)
            case "constant":
                return arb.pi() if term.name == "pi" else arb.const_e()
            case "add":
                total = self.of(args[0])
                for arg in args[1:]:
                    total = total + self.of(arg)
                return total
            case "neg":
                return -self.of(args[0])
            case "mul":
                result = self.of(args[0])
                for arg in args[1:]:
                    result = _small(result * self.of(arg))
                return result
            case "div":
                return _small(_divide(self.of(args[0]), self.of(args[1])))
            case "pow":
                return raised(self.of(args[0]), self.of(args[1]))
            case "call":
                return self._call(term)
            case "index":
                return self._entry(term)
            case "sum" | "prod":
                return self._over_index(term)
            case "piecewise":
                for part in args:
                    if self.holds(part.args[1]):
                        return self.of(part.args[0])
        raise NoValueError

    def _symbol(self, name: str) -> fmpq:
        if name not in self.point:
            raise NoValueError
        return self.point[name]

    def _entry(self, term: Term) -> fmpq:
        indices = [self.of(arg) for arg in term.args[1:]]
        if not all(isinstance(k, fmpq) for k in indices):
            raise NoValueError
        return self._symbol(f"{term.args[0].name}[{', '.join(map(str, indices))}]")

    def _over_index(self, term: Term) -> Number:
        body, bound, low, high = term.args
        first, last = self.of(low), self.of(high)
        if not isinstance(first, fmpq) or not isinstance(last, fmpq) or first.q != 1 or last.q != 1:
            raise NoValueError
        if last - first >= limits.MAX_SUM_RANGE:
            raise LimitError(f"a sum of more than {limits.MAX_SUM_RANGE} terms", span=term.span)
        found: Number = fmpq(term.kind == "prod")
        for k in range(int(first.p), int(last.p) + 1):
            value = self.of(body.substitute({bound.name: num(k)}))
            found = found + value if term.kind == "sum" else _small(found * value)
        return found

    def holds(self, condition: Term) -> bool:
        """Does a condition hold? Raises `NoValueError` where the balls do not settle it."""
        match condition.kind:
            case "true":
                return True
            case "and":
                return all(self.holds(part) for part in condition.args)
            case "or":
                return any(self.holds(part) for part in condition.args)
            case "relation":
                sign = self.sign(condition.args[0], condition.args[1])
                return {
                    "<": sign < 0,
                    "<=": sign <= 0,
                    ">": sign > 0,
                    ">=": sign >= 0,
                    "==": sign == 0,
                    "!=": sign != 0,
                }[condition.name]
        raise NoValueError

    def sign(self, left: Term, right: Term) -> int:
        """The sign of left - right."""
        return sign_of(self.of(left) - self.of(right))

    def _call(self, term: Term) -> Number:
        values = [self.of(arg) for arg in term.args]
        name = term.name
        if term.order == 0:
            if name in _EXACT and values[0] == 0:
                return fmpq(_EXACT[name])
            if name in _SPECIAL:
                return _SPECIAL[name](values[0])
            if name in _BALLS:
                return _finite(_BALLS[name](_ball(values[0])))
            if name in ("Max", "Min"):
                return _extreme(values, 1 if name == "Max" else -1)
            if name == "delta":
                return fmpq(int(sign_of(values[0] - values[1]) == 0))
        return _stand_in(name, term.order, values)


def sign_of(number: Number) -> int:
    """The sign of a number. Raises `NoValueError` where a ball contains 0."""
    if isinstance(number, fmpq):
        return (number > 0) - (number < 0)
    if number > 0:
        return 1
    if number < 0:
        return -1
    if number.is_zero():
        return 0
    raise NoValueError


def _small(number: Number) -> Number:
    """Exact fractions that grow large become balls."""
    if isinstance(number, fmpq) and max(number.p.bit_length(), number.q.bit_length()) > _EXACT_BITS:
        return arb(number)
    return number


def _divide(a: Number, b: Number) -> Number:
    if isinstance(b, fmpq):
        if b == 0:
            raise NoValueError
    elif b.contains(0):
        raise NoValueError
    return a / b


def raised(base: Number, exponent: Number) -> Number:
    """base^exponent over the reals: any base for whole exponents, else base > 0 (or 0 with exponent > 0)."""
    if isinstance(exponent, fmpq) and exponent.q == 1:
        return _whole_power(base, int(exponent.p))
    sign = _sign_or_none(base)
    if sign == 0:
        if sign_of(exponent) <= 0:
            raise NoValueError
        return fmpq(0)
    if isinstance(exponent, fmpq) and exponent == fmpq(1, 2):
        return _root(base)
    if sign != 1:
        raise NoValueError
    return _finite(_ball(base) ** _ball(exponent))


def _sign_or_none(number: Number) -> int | None:
    try:
        return sign_of(number)
    except NoValueError:
        return None


def _whole_power(base: Number, exponent: int) -> Number:
    if exponent == 0:
        return fmpq(1)
    if isinstance(base, fmpq):
        if base == 0:
            if exponent < 0:
                raise NoValueError
            return base
        if abs(base) == 1:
            return base ** (exponent % 2)
        size = max(base.p.bit_length(), base.q.bit_length())
        if size * abs(exponent) <= _EXACT_BITS:
            return base**exponent
        if size * abs(exponent) > _POWER_BITS * _POWER_BITS:
            raise NoValueError
        return _finite(arb(base) ** exponent)
    if exponent < 0 and base.contains(0):
        raise NoValueError
    return _finite(base**exponent)


def _root(u: Number) -> Number:
    if isinstance(u, fmpq):
        if u < 0:
            raise NoValueError
        if u.p.is_square() and u.q.is_square():
            return fmpq(u.p.isqrt(), u.q.isqrt())
        return arb(u).sqrt()
    if not u >= 0:
        raise NoValueError
    return _finite(u.sqrt())


def _log(u: Number) -> Number:
    if u == 1:
        return fmpq(0)
    ball = _ball(u)
    if not ball > 0:
        raise NoValueError
    return _finite(ball.log())


def _abs(u: Number) -> Number:
    return max(u, -u) if isinstance(u, fmpq) else abs(u)


def _sign(u: Number) -> Number:
    return fmpq(sign_of(u))


def _inverse_sine(function: Callable[[arb], arb]) -> Callable[[Number], Number]:
    def inside(u: Number) -> Number:
        if not abs(_ball(u)) <= 1:
            raise NoValueError
        return _finite(function(_ball(u)))

    return inside


def _acosh(u: Number) -> Number:
    if not _ball(u) >= 1:
        raise NoValueError
    return _finite(_ball(u).acosh())


def _atanh(u: Number) -> Number:
    if not abs(_ball(u)) < 1:
        raise NoValueError
    return _finite(_ball(u).atanh())


def _extreme(values: list[Number], sign: int) -> Number:
    if all(isinstance(v, fmpq) for v in values):
        exact = [v for v in values if isinstance(v, fmpq)]
        return max(exact) if sign > 0 else min(exact)
    result = _ball(values[0])
    for number in values[1:]:
        other = _ball(number)
        result = result.max(other) if sign > 0 else result.min(other)
    return result


def _stand_in(name: str, order: int, values: list[Number]) -> Number:
    """An undefined function stands for a polynomial p of its own: claims about all functions can fail.

    f(u, v) stands for p(u + c v), so that its slope f#1 in the second argument is c p'(u + c v).
    """
    name, *slots = name.split("#")
    seed = zlib.crc32(name.encode())
    weights = [fmpq(1 + k * (2 + seed % 5), 1 + k) for k in range(len(values))]
    factor = fmpq(1)
    for slot in slots:
        factor *= weights[int(slot)]
    coefficients = [fmpq(1 + (seed >> (4 * k)) % 7, 2 + k) for k in range(5)]
    for _ in range(order + len(slots)):
        coefficients = [k * c for k, c in enumerate(coefficients)][1:] or [fmpq(0)]
    inner: Number = sum((w * v for w, v in zip(weights, values, strict=True)), fmpq(0))
    total: Number = fmpq(0)
    for coefficient in reversed(coefficients):
        total = total * inner + coefficient
    return _small(total * factor)


_EXACT = {
    "exp": 1, "sin": 0, "cos": 1, "tan": 0, "sec": 1, "sinh": 0, "cosh": 1, "tanh": 0, "sech": 1,
    "asinh": 0, "atanh": 0, "asin": 0, "atan": 0, "erf": 0, "erfc": 1,
}  # fmt: skip
"""Exact values at 0."""

_SPECIAL: dict[str, Callable[[Number], Number]] = {
    "log": _log,
    "sqrt": _root,
    "Abs": _abs,
    "sign": _sign,
    "asin": _inverse_sine(lambda u: u.asin()),
    "acos": _inverse_sine(lambda u: u.acos()),
    "acosh": _acosh,
    "atanh": _atanh,
}

_BALLS: dict[str, Callable[[arb], arb]] = {
    "exp": lambda u: u.exp(),
    "sin": lambda u: u.sin(),
    "cos": lambda u: u.cos(),
    "tan": lambda u: u.tan(),
    "sec": lambda u: u.sec(),
    "csc": lambda u: u.csc(),
    "cot": lambda u: u.cot(),
    "sinh": lambda u: u.sinh(),
    "cosh": lambda u: u.cosh(),
    "tanh": lambda u: u.tanh(),
    "sech": lambda u: u.sech(),
    "csch": lambda u: u.csch(),
    "coth": lambda u: u.coth(),
    "asinh": lambda u: u.asinh(),
    "atan": lambda u: u.atan(),
    "erf": lambda u: u.erf(),
    "erfc": lambda u: u.erfc(),
}
