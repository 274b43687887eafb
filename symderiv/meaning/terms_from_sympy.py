"""`to_term`: a SymPy expression to a Term in a typographer's order (`1 - y`, never `-y + 1`)."""

from __future__ import annotations

from fractions import Fraction

import sympy
from sympy import Expr
from sympy.core.function import AppliedUndef

from symderiv.errors import UnsupportedError
from symderiv.notation.term import (
    ONE,
    TRUE,
    Kind,
    Term,
    add,
    call,
    case,
    const,
    diff,
    div,
    index,
    mul,
    neg,
    num,
    piecewise,
    power,
    relation,
    sym,
    total,
)

_NAMES = {
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.tan: "tan",
    sympy.sec: "sec",
    sympy.csc: "csc",
    sympy.cot: "cot",
    sympy.sinh: "sinh",
    sympy.cosh: "cosh",
    sympy.tanh: "tanh",
    sympy.sech: "sech",
    sympy.csch: "csch",
    sympy.coth: "coth",
    sympy.asinh: "asinh",
    sympy.acosh: "acosh",
    sympy.atanh: "atanh",
    sympy.asin: "asin",
    sympy.acos: "acos",
    sympy.atan: "atan",
    sympy.erf: "erf",
    sympy.erfc: "erfc",
    sympy.sign: "sign",
    sympy.Abs: "Abs",
    sympy.Max: "Max",
    sympy.Min: "Min",
    sympy.KroneckerDelta: "delta",
}

_RELATIONS = {
    sympy.StrictLessThan: "<",
    sympy.LessThan: "<=",
    sympy.StrictGreaterThan: ">",
    sympy.GreaterThan: ">=",
    sympy.Equality: "==",
    sympy.Unequality: "!=",
}


def to_term(expr: Expr) -> Term:
    """A Term that means `expr`. Raises `UnsupportedError` for what notation cannot write."""
    if isinstance(expr, sympy.Rational):
        return num(Fraction(int(expr.p), int(expr.q)))
    if expr is sympy.pi:
        return const("pi")
    if expr is sympy.E:
        return const("e")
    if isinstance(expr, sympy.Symbol):
        return sym(expr.name)
    if isinstance(expr, sympy.Add):
        return _sum(expr)
    if isinstance(expr, sympy.Mul):
        return _product(expr)
    if isinstance(expr, sympy.Pow):
        return _power(expr.base, expr.exp)
    return _other(expr)


def _other(expr: Expr) -> Term:
    if isinstance(expr, sympy.Indexed):
        return index(sym(str(expr.base.label)), *map(to_term, expr.indices))
    if isinstance(expr, sympy.Sum) and len(expr.limits) == 1:
        bound, low, high = expr.limits[0]
        return total(to_term(expr.function), to_term(bound), to_term(low), to_term(high))
    if isinstance(expr, sympy.Derivative) and len(expr.variable_count) == 1:
        variable, order = expr.variable_count[0]
        return diff(to_term(expr.expr), to_term(variable), int(order))
    if isinstance(expr, sympy.Subs) and isinstance(expr.expr, sympy.Derivative):
        inner = expr.expr
        return call(inner.expr.func.__name__, to_term(expr.point[0]), order=inner.derivative_count)
    if isinstance(expr, sympy.Piecewise):
        return piecewise(*(case(to_term(value), condition_term(cond)) for value, cond in expr.args))
    if expr.func in _NAMES or isinstance(expr, AppliedUndef):
        name = _NAMES.get(expr.func, expr.func.__name__)
        arguments = sorted(expr.args, key=_rank) if name in {"Max", "Min"} else expr.args
        return call(name, *map(to_term, arguments))
    raise UnsupportedError(f"{expr.func.__name__} is outside the class of functions")


def condition_term(condition: sympy.Basic) -> Term:
    """The condition of a piecewise case as a Term."""
    if condition is sympy.true:
        return TRUE
    if isinstance(condition, (sympy.And, sympy.Or)):
        kind: Kind = "and" if isinstance(condition, sympy.And) else "or"
        parts = sorted(condition.args, key=sympy.default_sort_key)
        return Term(kind, tuple(map(condition_term, parts)))
    name = _RELATIONS.get(type(condition))
    if name is None:
        raise UnsupportedError("this condition is outside the class of functions")
    return relation(name, to_term(condition.lhs), to_term(condition.rhs))


def _rank(expr: Expr) -> tuple[object, ...]:
    """Numbers, then symbols, then sums and functions; a fixed order inside each."""
    if expr.is_number:
        return (0, sympy.default_sort_key(expr))
    if expr.is_Symbol or isinstance(expr, sympy.Indexed):
        return (1, sympy.default_sort_key(expr))
    if expr.is_Pow and expr.base.is_Symbol:
        return (1, sympy.default_sort_key(expr.base))
    if expr.has(sympy.exp, sympy.Function):
        return (3, sympy.default_sort_key(expr))
    return (2, sympy.default_sort_key(expr))


def _degree(expr: Expr) -> sympy.Rational:
    degree = sympy.Integer(0)
    for factor in sympy.Mul.make_args(expr):
        base, exponent = factor.as_base_exp()
        if (base.is_Symbol or isinstance(base, sympy.Indexed)) and exponent.is_Rational:
            degree += exponent
    return degree


def _sum(expr: Expr) -> Term:
    """Falling degree if that starts with a plus, else rising degree, else a plus first."""
    terms = sorted(expr.args, key=sympy.default_sort_key)
    if any(term.atoms(sympy.Function) for term in terms):
        constants = [term for term in terms if term.is_number]
        others = sorted((t for t in terms if not t.is_number), key=lambda t: -_degree(t))
        ordered = [*constants, *others]
    else:
        ordered = sorted(terms, key=lambda t: -_degree(t))
    if ordered[0].could_extract_minus_sign():
        rising = sorted(ordered, key=_degree)
        if rising[0].could_extract_minus_sign():
            first = next((t for t in ordered if not t.could_extract_minus_sign()), ordered[0])
            rising = [first, *(t for t in ordered if t is not first)]
        ordered = rising
    return add(*map(to_term, ordered))


def _product(expr: Expr) -> Term:
    coefficient, rest = expr.as_coeff_Mul()
    if coefficient.is_Rational and coefficient < 0:
        return neg(to_term(-expr))
    above: list[Expr] = []
    below: list[Expr] = []
    if coefficient.is_Rational:
        above += [sympy.Integer(coefficient.p)] if coefficient.p != 1 else []
        below += [sympy.Integer(coefficient.q)] if coefficient.q != 1 else []
    else:
        rest = expr
    for factor in sorted(sympy.Mul.make_args(rest), key=_rank):
        base, exponent = factor.as_base_exp()
        inverse = exponent.is_Rational and exponent < 0 and not isinstance(factor, sympy.exp)
        (below if inverse else above).append(base ** (-exponent) if inverse else factor)
    numerator = _factors(above)
    return div(numerator, _factors(below)) if below else numerator


def _factors(factors: list[Expr]) -> Term:
    if not factors:
        return ONE
    terms = [to_term(factor) for factor in factors]
    return terms[0] if len(terms) == 1 else mul(*terms)


def _power(base: Expr, exponent: Expr) -> Term:
    if exponent == sympy.Rational(1, 2):
        return call("sqrt", to_term(base))
    if exponent.is_Rational and exponent < 0:
        return div(ONE, to_term(base ** (-exponent)))
    return power(to_term(base), to_term(exponent))
