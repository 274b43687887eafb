"""`differentiate`: the referee's derivative of a meaning, by SymPy, over the reals.

SymPy differentiates |u| of a bare symbol into real and imaginary parts, sign(u) into a delta
distribution and max into a step with the value 1/2. Here d|u| = sign(u) du and d sign(u) = 0 away from
the kink, and max and min are differentiated case by case.
"""

from __future__ import annotations

import sympy
from sympy import Expr


class _Sign(sympy.Function):
    def fdiff(self, argindex: int = 1) -> Expr:
        return sympy.Integer(0)


class _Abs(sympy.Function):
    def fdiff(self, argindex: int = 1) -> Expr:
        return _Sign(self.args[0])


def differentiate(expr: Expr, variable: Expr, order: int = 1) -> Expr:
    """The derivative of that order, away from kinks; `Max` and `Min` become cases."""
    kinky = expr.has(sympy.Abs, sympy.sign, sympy.Max, sympy.Min)
    if not kinky:
        return sympy.diff(expr, variable, order)
    smooth = expr.replace(lambda e: isinstance(e, (sympy.Max, sympy.Min)), _cases)
    smooth = smooth.replace(sympy.Abs, _Abs).replace(sympy.sign, _Sign)
    found = sympy.diff(smooth, variable, order)
    return found.replace(_Abs, sympy.Abs).replace(_Sign, sympy.sign)


def _cases(expr: Expr) -> Expr:
    """max(a, b, ...) as cases: the first argument that is at least as large as all later ones."""
    arguments = sorted(expr.args, key=sympy.default_sort_key)
    compare = sympy.Ge if isinstance(expr, sympy.Max) else sympy.Le
    cases = []
    for position, argument in enumerate(arguments[:-1]):
        later = arguments[position + 1 :]
        cases.append((argument, sympy.And(*(compare(argument, other) for other in later))))
    return sympy.Piecewise(*cases, (arguments[-1], True), evaluate=False)
