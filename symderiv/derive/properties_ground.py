"""Exact constants and their signs: the ground on which expansions and properties stand.

A constant is a `Fraction` where it is rational, else a SymPy expression free of the variable (it may
hold pi, roots, and parameters). Signs come from three sources, in this order: the number itself, an
Arb ball that excludes zero, the structure (a sum of positive things is positive) under the assumptions
on the parameters. What none of them settles raises `Unsettled`, which callers turn into silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

import sympy
from flint import arb, fmpq
from sympy import Expr

from symderiv.derive.properties_balls import jet
from symderiv.meaning import Assumption

Coef: TypeAlias = Fraction | Any
"""A constant: a `Fraction`, or a SymPy expression."""
Signs = frozenset[int]
"""The signs that a value can have: a subset of {-1, 0, 1}."""

ANY: Signs = frozenset({-1, 0, 1})
_PLUS: Signs = frozenset({1})
_ZERO: Signs = frozenset({0})
_ASSUMED: dict[str, Signs] = {
    "positive": _PLUS,
    "negative": frozenset({-1}),
    "nonnegative": frozenset({0, 1}),
    "nonzero": frozenset({-1, 1}),
}
_ODD_INCREASING = (
    sympy.sinh,
    sympy.tanh,
    sympy.asinh,
    sympy.atan,
    sympy.erf,
    sympy.atanh,
    sympy.asin,
    sympy.sign,
)
_BOUNDED_BY_ONE = (sympy.tanh, sympy.erf, sympy.sin, sympy.cos, sympy.sech, sympy.sign)
_POSITIVE = (sympy.exp, sympy.cosh, sympy.sech, sympy.erfc)


_MAX_SUMMANDS = 24


class Unsettled(Exception):
    """A sign, a limit or an expansion that the method does not settle; never a statement about it."""


def to_coef(expr: Expr) -> Coef:
    """A constant in its kept form."""
    if isinstance(expr, sympy.Rational):
        return Fraction(int(expr.p), int(expr.q))
    return expr


def to_expr(value: Coef) -> Expr:
    """The SymPy expression of a constant."""
    if isinstance(value, Fraction):
        return sympy.Rational(value.numerator, value.denominator)
    return value


def to_ball(value: Coef) -> arb:
    """An enclosure of a constant without parameters."""
    if isinstance(value, Fraction):
        return arb(fmpq(value.numerator, value.denominator))
    if value.free_symbols:
        raise Unsettled("a parameter has no enclosure")
    found = jet(value, {}, 1)
    if found is None:
        raise Unsettled("a constant without enclosure")
    return found[0]


@lru_cache(maxsize=4096)
def _tidy(expr: Expr) -> Coef:
    found = sympy.cancel(expr) if expr.free_symbols else sympy.expand(expr)
    if len(sympy.Add.make_args(found)) > _MAX_SUMMANDS:
        raise Unsettled("a constant that is too long")
    return to_coef(found)


def plus(a: Coef, b: Coef) -> Coef:
    """a + b, with zero recognised."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a + b
    return _tidy(to_expr(a) + to_expr(b))


def times(a: Coef, b: Coef) -> Coef:
    """a b."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a * b
    return _tidy(to_expr(a) * to_expr(b))


def to_power(a: Coef, exponent: Fraction) -> Coef:
    """a to a rational power (a > 0 unless the exponent is whole; a != 0)."""
    if isinstance(a, Fraction) and exponent.denominator == 1:
        return a ** int(exponent)
    return _tidy(to_expr(a) ** to_expr(exponent))


def sign_of(value: Coef, assumptions: Mapping[str, Assumption]) -> int:
    """The sign of a constant: -1, 0 or 1. Raises `Unsettled`."""
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    if not value.free_symbols:
        ball = to_ball(value)
        if ball > 0:
            return 1
        if ball < 0:
            return -1
        raise Unsettled("a constant too close to zero")
    signs = signs_of(value, assumptions)
    if len(signs) != 1:
        signs = signs_of(sympy.factor(value), assumptions)
    if len(signs) != 1:
        raise Unsettled("a sign that depends on a parameter")
    return next(iter(signs))


def signs_of(expr: Expr, assumptions: Mapping[str, Assumption]) -> Signs:
    """The signs that a real expression can have, by its structure; the empty answer is `ANY`."""
    if expr.is_number:
        return _number_signs(expr)
    if isinstance(expr, sympy.Symbol):
        return _ASSUMED.get(assumptions.get(expr.name, "real"), ANY)
    if isinstance(expr, sympy.Add):
        return _sum_signs(expr, assumptions)
    if isinstance(expr, sympy.Mul):
        signs = _PLUS
        for factor in expr.args:
            own = signs_of(factor, assumptions)
            signs = frozenset(a * b for a in signs for b in own)
        return signs
    if isinstance(expr, sympy.Pow) and not isinstance(expr, sympy.exp):
        return _power_signs(expr, assumptions)
    if isinstance(expr, _POSITIVE):
        return _PLUS
    if isinstance(expr, sympy.Abs):
        return frozenset(abs(s) for s in signs_of(expr.args[0], assumptions))
    if isinstance(expr, _ODD_INCREASING):
        return signs_of(expr.args[0], assumptions)
    if isinstance(expr, sympy.log):
        return signs_of(expr.args[0] - 1, assumptions)
    return ANY


def _number_signs(expr: Expr) -> Signs:
    try:
        return frozenset({sign_of(to_coef(expr), {})})
    except Unsettled:
        return ANY


def _power_signs(expr: Expr, assumptions: Mapping[str, Assumption]) -> Signs:
    base, exponent = expr.args
    own = signs_of(base, assumptions)
    if exponent.is_Integer:
        return own if int(exponent) % 2 else frozenset(abs(s) for s in own)
    if own == _PLUS:
        return _PLUS
    return frozenset({0, 1}) if exponent.is_Rational else ANY


def _sum_signs(expr: Expr, assumptions: Mapping[str, Assumption]) -> Signs:
    signs = [signs_of(term, assumptions) for term in expr.args]
    for side in (1, -1):
        if all(s <= {0, side} for s in signs):
            return frozenset({side}) if any(0 not in s for s in signs) else frozenset({0, side})
    constant, rest = expr.as_coeff_Add()
    factor, head = rest.as_coeff_Mul()
    if isinstance(head, _BOUNDED_BY_ONE) and constant.is_Rational and abs(constant) >= abs(factor):
        side = 1 if constant > 0 else -1
        strict = abs(constant) > abs(factor) or isinstance(head, (sympy.tanh, sympy.erf))
        return frozenset({side}) if strict else frozenset({0, side})
    return ANY
