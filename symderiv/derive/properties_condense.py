"""g as a product of simple factors: hyperbolic functions and exponentials over one E = e^{u}.

`1 - sinh^2/cosh^2` has a sign that no interval arithmetic sees far out, and as 4 E^2/(1 + E^2)^2 it is
positive at a glance. The rewriting is exact; it only serves to find signs.
"""

from __future__ import annotations

from functools import lru_cache
from math import lcm

import sympy
from sympy import Expr

_MAX_OPERATIONS = 160
_MAX_GENERATORS = 4
_MAX_EXPONENT = 12
_MAX_TERMS = 80
_HYPERBOLIC = (sympy.sinh, sympy.cosh, sympy.tanh, sympy.coth, sympy.sech, sympy.csch)


@lru_cache(maxsize=512)
def condense(g: Expr, variable: Expr) -> Expr:
    """An equal expression, factored; g itself where that is not worth trying."""
    if sympy.count_ops(g) > _MAX_OPERATIONS:
        return g
    plain = sympy.expand_power_exp(g.replace(_is_hyperbolic, lambda e: e.rewrite(sympy.exp)))
    names = _exponentials(plain, variable)
    plain = plain.xreplace({sympy.exp(u): value for u, (value, _) in names.items()})
    generators = plain.atoms(sympy.Function, sympy.Symbol)
    if len(generators) > _MAX_GENERATORS or any(_is_awkward(p) for p in plain.atoms(sympy.Pow)):
        return g
    plain = sympy.together(plain)
    if any(len(sympy.Add.make_args(sympy.expand(part))) > _MAX_TERMS for part in sympy.fraction(plain)):
        return g
    meanings = {value.as_base_exp()[0]: meaning for value, meaning in names.values()}
    return sympy.factor(plain).xreplace(meanings)


def _is_hyperbolic(expr: Expr) -> bool:
    return isinstance(expr, _HYPERBOLIC)


def _is_awkward(power: Expr) -> bool:
    return not power.exp.is_Integer or abs(power.exp) > _MAX_EXPONENT


def _exponentials(expr: Expr, variable: Expr) -> dict[Expr, tuple[Expr, Expr]]:
    """For each exponent: the power of a symbol E that stands for its exponential, and what E means."""
    groups: dict[Expr, list[Expr]] = {}
    for found in sorted(expr.atoms(sympy.exp), key=sympy.default_sort_key):
        if found.has(variable):
            rate, base = found.args[0].as_coeff_Mul()
            groups.setdefault(base, []).append(rate)
    names: dict[Expr, tuple[Expr, Expr]] = {}
    for position, (base, rates) in enumerate(groups.items()):
        unit = sympy.Rational(1, lcm(*(int(rate.q) for rate in rates)))
        symbol = sympy.Symbol(f"_E{position}")
        for rate in rates:
            names[rate * base] = symbol ** (rate / unit), sympy.exp(unit * base)
    return names
