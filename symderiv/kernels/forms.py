"""Forms of an expression in the variable: its condition for a sign, its exponents, its case.

sign(f) = s sign(c) with c as simple as can be: factors without a real root, and even powers, are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import sympy
from sympy import Expr, Symbol

from symderiv.errors import UnsupportedError
from symderiv.kernels.algebra import expand

HYPERBOLIC = (sympy.sinh, sympy.cosh, sympy.tanh, sympy.sech, sympy.csch, sympy.coth)
TRIGONOMETRIC = (sympy.tan, sympy.sec, sympy.csc, sympy.cot)
UFUNCS = {
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.atan: "arctan",
    sympy.asin: "arcsin",
    sympy.acos: "arccos",
    sympy.asinh: "arcsinh",
    sympy.acosh: "arccosh",
    sympy.atanh: "arctanh",
}


def circular(expr: Expr) -> Expr:
    """tan, cot, sec and csc by sine and cosine."""
    sine, cosine = sympy.sin(expr.args[0]), sympy.cos(expr.args[0])
    table = {sympy.tan: sine / cosine, sympy.cot: cosine / sine, sympy.sec: 1 / cosine, sympy.csc: 1 / sine}
    return table[expr.func]


def far(variable: Symbol) -> Expr:
    """The condition that tells large magnitudes from small ones."""
    return sympy.Abs(variable) - 1


def split_exponent(exponent: Expr, variable: Symbol) -> tuple[Expr, tuple[Expr, ...]]:
    """The summands that are polynomials in the variable, and the other ones."""
    polynomial: Expr = sympy.Integer(0)
    rest: list[Expr] = []
    for part in sympy.Add.make_args(expand(exponent)):
        if part.is_polynomial(variable):
            polynomial += part
        else:
            rest.append(part)
    return polynomial, tuple(sorted(rest, key=sympy.default_sort_key))


def normalised(expr: Expr, variable: Symbol) -> tuple[Expr | None, int]:
    """`(c, s)` with sign(expr) = s sign(c) and c as simple as can be; c is None for a constant sign."""
    expr = expand(expr)
    if not expr.has(variable):
        return None, number_sign(expr)
    if not expr.is_polynomial(variable):
        return expr, 1
    lead = sympy.Poly(expr, variable).LC()
    sign = number_sign(lead)
    kept: list[Expr] = []
    _, factors = sympy.factor_list(expand(expr / lead), variable)
    for raw, count in factors:
        factor = sympy.Poly(raw, variable).monic().as_expr()
        if _is_positive(factor, variable) or count % 2 == 0:
            continue
        kept.append(factor)
    if not kept:
        return None, sign
    return expand(sympy.Mul(*kept)), sign


def number_sign(value: Expr) -> int:
    """The sign of a number; letters in it count as positive."""
    value = value.subs(
        {s: Symbol(s.name, positive=True) for s in value.free_symbols if s.is_positive is None}
    )
    if value.is_positive:
        return 1
    if value.is_negative:
        return -1
    return 0 if value.is_zero else 1


def _is_positive(factor: Expr, variable: Symbol) -> bool:
    """No real root: even powers with positive coefficients, or a count of roots."""
    poly = sympy.Poly(factor, variable)
    if all(power % 2 == 0 and number_sign(c) > 0 for (power,), c in poly.terms()) and poly.nth(0) != 0:
        return True
    return bool(poly.domain.is_QQ or poly.domain.is_ZZ) and poly.count_roots() == 0


def extreme(expr: Expr, sign_of: Callable[[Expr], int]) -> Expr:
    """The largest (or smallest) argument, by the signs of differences."""
    arguments = sorted(expr.args, key=sympy.default_sort_key)
    wanted = 1 if isinstance(expr, sympy.Max) else -1
    return reduce(lambda a, b: a if sign_of(a - b) == wanted else b, arguments)


def branch(expr: Expr, sign_of: Callable[[Expr], int]) -> Expr:
    """The case of a piecewise formula that holds. Raises `UnsupportedError` where none does."""
    for value, condition in expr.args:
        if condition == sympy.true or holds(condition, sign_of):
            return value
    raise UnsupportedError("no case holds on a part of the line")


def holds(condition: sympy.Basic, sign_of: Callable[[Expr], int]) -> bool:
    """Does a condition hold, by the sign of the difference of its sides?"""
    if isinstance(condition, sympy.And):
        return all(holds(part, sign_of) for part in condition.args)
    if isinstance(condition, sympy.Or):
        return any(holds(part, sign_of) for part in condition.args)
    sign = sign_of(condition.lhs - condition.rhs)
    if isinstance(condition, (sympy.StrictLessThan, sympy.LessThan)):
        return sign < 0
    if isinstance(condition, (sympy.StrictGreaterThan, sympy.GreaterThan)):
        return sign > 0
    return isinstance(condition, sympy.Unequality)
