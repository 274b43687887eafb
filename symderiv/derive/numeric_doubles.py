"""What a form gives in IEEE double precision when each operation is rounded correctly.

Sums, products and quotients are the machine's own; a function of a double is the double nearest to the
true value, found in Arb. So the numbers show what the *form* loses, not what a math library adds, and
they are the same on every machine.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction

import sympy
from flint import arb

from symderiv.derive.properties_balls import ball, jet, precision
from symderiv.derive.properties_constants import fraction_of
from symderiv.meaning import to_sympy
from symderiv.notation.term import Term, call, sym

_BITS = (128, 512, 2048)
_LARGEST = Fraction(2) ** 1024 - Fraction(2) ** 970
_ARGUMENT = "_u"


def nearest(value: arb) -> float | None:
    """The double that every number in the ball rounds to, or None."""
    if not value.is_finite():
        return None
    if abs(value) < arb(2) ** -1080:
        return -0.0 if value < 0 else 0.0
    if abs(value) > arb(2) ** 1030:
        return math.inf if value > 0 else -math.inf
    with precision(_BITS[-1]):
        low, high = (_round(fraction_of(end)) for end in (value.lower(), value.upper()))
    return low if low == high else None


def _round(value: Fraction) -> float:
    if abs(value) >= _LARGEST:
        return math.inf if value > 0 else -math.inf
    return value.numerator / value.denominator


Outside = Callable[[Term], float | None]
"""The rounded true value of a call that does not depend on the forward value."""


class _Unread(Exception):
    """A part of the term that has no meaning in doubles: an unknown name, an index, an inert sum."""


def evaluate(term: Term, values: Mapping[str, float], outside: Outside) -> float | None:
    """The term's value in doubles; infinities and NaN as IEEE has them. None: not a formula over `values`."""
    try:
        return _value(term, values, outside)
    except _Unread:
        return None


def _value(term: Term, values: Mapping[str, float], outside: Outside) -> float:
    match term.kind:
        case "number":
            return _round(term.value())
        case "symbol":
            if term.name not in values:
                raise _Unread(term.name)
            return values[term.name]
        case "constant":
            return math.pi if term.name == "pi" else math.e
        case "add":
            total = _value(term.args[0], values, outside)
            for arg in term.args[1:]:
                total += _value(arg, values, outside)
            return total
        case "neg":
            return -_value(term.args[0], values, outside)
        case "mul":
            product = _value(term.args[0], values, outside)
            for arg in term.args[1:]:
                product *= _value(arg, values, outside)
            return product
        case "div":
            return _quotient(*(_value(arg, values, outside) for arg in term.args))
        case "pow":
            return _power(term, values, outside)
        case "call":
            return _call(term, values, outside)
        case "piecewise":
            return _cases(term, values, outside)
    raise _Unread(term.kind)


def _cases(term: Term, values: Mapping[str, float], outside: Outside) -> float:
    """The first case whose condition holds; NaN where none does."""
    for branch in term.args:
        value, condition = branch.args
        if _holds(condition, values, outside):
            return _value(value, values, outside)
    return math.nan


def _holds(condition: Term, values: Mapping[str, float], outside: Outside) -> bool:
    match condition.kind:
        case "true":
            return True
        case "and":
            return all(_holds(part, values, outside) for part in condition.args)
        case "or":
            return any(_holds(part, values, outside) for part in condition.args)
        case "relation" if condition.name in _RELATIONS:
            left, right = (_value(side, values, outside) for side in condition.args)
            return _RELATIONS[condition.name](left, right)
    raise _Unread(condition.kind)


_RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def _quotient(above: float, below: float) -> float:
    if below != 0:
        return above / below
    if above == 0 or math.isnan(above):
        return math.nan
    return math.copysign(math.inf, above) * math.copysign(1.0, below)


def _power(term: Term, values: Mapping[str, float], outside: Outside) -> float:
    base, exponent = (_value(arg, values, outside) for arg in term.args)
    if not exponent.is_integer() or abs(exponent) > 64:
        return _rounded_power(base, exponent)
    product = 1.0
    for _ in range(int(abs(exponent))):
        product *= base
    return product if exponent >= 0 else _quotient(1.0, product)


def _rounded_power(base: float, exponent: float) -> float:
    if not (math.isfinite(base) and math.isfinite(exponent)) or base < 0:
        return math.nan
    if base == 0:
        return 0.0 if exponent > 0 else math.inf
    return _nearest_of(sympy.Symbol(_ARGUMENT) ** sympy.Rational(*exponent.as_integer_ratio()), base)


def _call(term: Term, values: Mapping[str, float], outside: Outside) -> float:
    given = outside(term)
    if given is not None:
        return given
    if term.order == 0 and term.name in _SWITCHES:
        return _SWITCHES[term.name]([_value(arg, values, outside) for arg in term.args])
    if term.order or len(term.args) != 1:
        raise _Unread(term.name)
    argument = _value(term.args[0], values, outside)
    if not math.isfinite(argument):
        return _LIMITS.get((term.name, argument), math.nan)
    return _nearest_of(to_sympy(call(term.name, sym(_ARGUMENT))), argument)


def _sign(arguments: list[float]) -> float:
    return math.copysign(1.0, arguments[0]) if arguments[0] != 0 else 0.0


_SWITCHES: dict[str, Callable[[list[float]], float]] = {
    "Abs": lambda arguments: abs(arguments[0]),
    "sign": _sign,
    "Max": max,
    "Min": min,
}
_LIMITS: dict[tuple[str, float], float] = {
    ("exp", math.inf): math.inf,
    ("exp", -math.inf): 0.0,
    ("log", math.inf): math.inf,
    ("sqrt", math.inf): math.inf,
    ("tanh", math.inf): 1.0,
    ("tanh", -math.inf): -1.0,
    ("erf", math.inf): 1.0,
    ("erf", -math.inf): -1.0,
}


def _nearest_of(expr: sympy.Expr, argument: float) -> float:
    """A function of a double, rounded once."""
    if argument == 0 and expr.func is sympy.log:
        return -math.inf
    exact = Fraction(*argument.as_integer_ratio())
    if argument == 0 and expr.is_Pow and expr.exp.is_Rational:
        return 0.0 if expr.exp > 0 else math.inf
    for bits in _BITS:
        with precision(bits):
            found = jet(expr, {_ARGUMENT: ball(exact)}, 1)
            if found is None:
                return math.nan
            value = nearest(found[0])
        if value is not None:
            return value
    return math.nan
