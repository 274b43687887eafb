"""f(c + t) = f(c) + f'(c) t + f''(c)/2 t^2 + ...: rigorous Taylor coefficients in Arb balls.

`jet` evaluates an expression on a power series whose constant term is a ball; the coefficients then
enclose f, f', f''/2, ... at every point of the ball. Nothing is differentiated symbolically, so nothing
swells. Hyperbolic functions are written over one decaying exponential, so that their derivatives keep
their relative accuracy in the tails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache

import sympy
from flint import arb, arb_series, ctx, fmpq
from sympy import Expr

PRECISION = 256
"""Bits carried by every ball."""
_ORDERS = 32


@contextmanager
def precision(bits: int = PRECISION) -> Iterator[None]:
    """Arb works with that many bits inside, and as before outside."""
    before, cap = ctx.prec, ctx.cap
    ctx.prec, ctx.cap = bits, _ORDERS
    try:
        yield
    finally:
        ctx.prec, ctx.cap = before, cap


class NotEnclosed(Exception):
    """The function has no finite enclosure there: a pole, an edge of the domain, or an unknown head."""


def ball(value: Fraction) -> arb:
    """A rational number as a ball."""
    return arb(fmpq(value.numerator, value.denominator))


def interval(low: arb, high: arb) -> arb:
    """A ball that holds everything from low to high."""
    return low.union(high)


def jet(expr: Expr, values: Mapping[str, arb], order: int, variable: str = "") -> list[arb] | None:
    """The first `order` Taylor coefficients in `variable`, enclosed over its ball; None if not finite.

    `values` gives a ball for every symbol. Call it inside `precision()`.
    """
    try:
        found = Jets(values, order, variable).of(expr)
    except NotEnclosed:
        return None
    coefficients = [found[k] for k in range(order)]
    return coefficients if all(c.is_finite() for c in coefficients) else None


class Jets:
    """One evaluation: a ball for each symbol, a length, and what was computed on the way."""

    def __init__(self, values: Mapping[str, arb], order: int, variable: str = "") -> None:
        self.order = order
        self.seen: dict[Expr, arb_series] = {}
        for name in values:
            slope = [values[name], arb(1)] if name == variable and order > 1 else [values[name]]
            self.seen[sympy.Symbol(name)] = arb_series(slope, order)

    def of(self, expr: Expr) -> arb_series:
        """The Taylor series of an expression."""
        found = self.seen.get(expr)
        if found is None:
            found = self._compute(expr)
            if not found[0].is_finite():
                raise NotEnclosed(str(expr.func))
            self.seen[expr] = found
        return found

    def constant(self, value: arb) -> arb_series:
        """A constant as a series of the full length."""
        return arb_series([value], self.order)

    def _compute(self, expr: Expr) -> arb_series:
        if isinstance(expr, sympy.Rational):
            return self.constant(arb(fmpq(int(expr.p), int(expr.q))))
        if isinstance(expr, sympy.Add):
            without = complemented(expr)
            if without is not expr:
                return self.of(without)
            return _fold(map(self.of, expr.args), lambda a, b: a + b)
        if isinstance(expr, sympy.Mul):
            return self._product(expr)
        if isinstance(expr, sympy.exp):
            return self.of(expr.args[0]).exp()
        if isinstance(expr, sympy.Pow):
            return self._power(self.of(expr.base), expr.exp)
        if expr is sympy.pi:
            return self.constant(arb.pi())
        if expr is sympy.E:
            return self.constant(arb.const_e())
        head = _HEADS.get(expr.func)
        if head is None or len(expr.args) != 1:
            raise NotEnclosed(str(expr.func))
        return head(self, self.of(expr.args[0]))

    def _product(self, expr: Expr) -> arb_series:
        above, below = [], []
        for factor in expr.args:
            if isinstance(factor, sympy.Pow) and factor.exp.is_Integer and factor.exp < 0:
                below.append(self._power(self.of(factor.base), -factor.exp))
            else:
                above.append(self.of(factor))
        found = _fold(above, lambda a, b: a * b) if above else self.constant(arb(1))
        return self.quotient(found, _fold(below, lambda a, b: a * b)) if below else found

    def quotient(self, above: arb_series, below: arb_series) -> arb_series:
        """a / b, where b stays away from zero."""
        if below[0].contains(0):
            raise NotEnclosed("division")
        return above / below

    def _power(self, base: arb_series, exponent: Expr) -> arb_series:
        if exponent.is_Integer and abs(exponent) <= 64:
            result = self._whole_power(base, abs(int(exponent)))
            return result if exponent > 0 else self.quotient(self.constant(arb(1)), result)
        if not base[0] > 0:
            raise NotEnclosed("power")
        if exponent == sympy.Rational(1, 2):
            return base.sqrt()
        if exponent == sympy.Rational(-1, 2):
            return base.rsqrt()
        return (self.of(exponent) * base.log()).exp()

    def _whole_power(self, base: arb_series, exponent: int) -> arb_series:
        if exponent == 0:
            return self.constant(arb(1))
        half = self._whole_power(base, exponent // 2)
        square = half * half
        if exponent % 2 == 0:
            return arb_series(
                [square[0].nonnegative_part(), *(square[k] for k in range(1, self.order))], self.order
            )
        return square * base


@lru_cache(maxsize=2048)
def complemented(total: Expr) -> Expr:
    """k + k erf(u) as k erfc(-u), and k + k tanh(u) as 2k/(1 + e^(-2u)): no digits are lost far out."""
    terms = list(total.args)
    for term in total.args:
        heads = [f for f in sympy.Mul.make_args(term) if isinstance(f, (sympy.erf, sympy.tanh))]
        if len(heads) != 1:
            continue
        factor, argument = term / heads[0], heads[0].args[0]
        for side in (1, -1):
            if side * factor in terms and term in terms:
                terms.remove(term)
                terms.remove(side * factor)
                if isinstance(heads[0], sympy.erf):
                    small = sympy.erfc(-side * argument, evaluate=False)
                else:
                    small = 2 / (1 + sympy.exp(-2 * side * argument))
                terms.append(side * factor * small)
                break
    return total if len(terms) == len(total.args) else sympy.Add(*terms)


def _fold(items: Iterator[arb_series] | list[arb_series], join: Callable[..., arb_series]) -> arb_series:
    result = None
    for item in items:
        result = item if result is None else join(result, item)
    assert result is not None
    return result


def _log(jets: Jets, u: arb_series) -> arb_series:
    if not u[0] > 0:
        raise NotEnclosed("log")
    return u.log()


def _root(jets: Jets, u: arb_series) -> arb_series:
    if not u[0] > 0:
        raise NotEnclosed("sqrt")
    return u.sqrt()


def _tanh(jets: Jets, u: arb_series) -> arb_series:
    if u[0].mid() < 0:
        return -_tanh(jets, -u)
    return 1 - jets.quotient(jets.constant(arb(2)), 1 + (2 * u).exp())


def _sech(jets: Jets, u: arb_series) -> arb_series:
    decay = (-u).exp() if u[0].mid() > 0 else u.exp()
    return jets.quotient(2 * decay, 1 + decay * decay)


def _within_one(name: str) -> Callable[[Jets, arb_series], arb_series]:
    def head(jets: Jets, u: arb_series) -> arb_series:
        if not (u[0] < 1 and u[0] > -1):
            raise NotEnclosed(name)
        return getattr(u, name)()

    return head


def _asinh(jets: Jets, u: arb_series) -> arb_series:
    if u[0].mid() < 0:
        return -_asinh(jets, -u)
    return _log(jets, u + _root(jets, u * u + 1))


def _acosh(jets: Jets, u: arb_series) -> arb_series:
    if not u[0] > 1:
        raise NotEnclosed("acosh")
    return _log(jets, u + _root(jets, u * u - 1))


def _atanh(jets: Jets, u: arb_series) -> arb_series:
    if not (u[0] < 1 and u[0] > -1):
        raise NotEnclosed("atanh")
    return _log(jets, jets.quotient(1 + u, 1 - u)) / 2


_HEADS: dict[object, Callable[[Jets, arb_series], arb_series]] = {
    sympy.exp: lambda jets, u: u.exp(),
    sympy.log: _log,
    sympy.sin: lambda jets, u: u.sin(),
    sympy.cos: lambda jets, u: u.cos(),
    sympy.tan: lambda jets, u: jets.quotient(u.sin(), u.cos()),
    sympy.cot: lambda jets, u: jets.quotient(u.cos(), u.sin()),
    sympy.sec: lambda jets, u: jets.quotient(jets.constant(arb(1)), u.cos()),
    sympy.csc: lambda jets, u: jets.quotient(jets.constant(arb(1)), u.sin()),
    sympy.sinh: lambda jets, u: (u.exp() - (-u).exp()) / 2,
    sympy.cosh: lambda jets, u: (u.exp() + (-u).exp()) / 2,
    sympy.tanh: _tanh,
    sympy.sech: _sech,
    sympy.csch: lambda jets, u: jets.quotient(jets.constant(arb(2)), u.exp() - (-u).exp()),
    sympy.coth: lambda jets, u: jets.quotient(u.exp() + (-u).exp(), u.exp() - (-u).exp()),
    sympy.asinh: _asinh,
    sympy.acosh: _acosh,
    sympy.atanh: _atanh,
    sympy.asin: _within_one("asin"),
    sympy.acos: _within_one("acos"),
    sympy.atan: lambda jets, u: u.atan(),
    sympy.erf: lambda jets, u: u.erf(),
    sympy.erfc: lambda jets, u: u.erfc(),
}
