"""A formula in the arithmetic of a type: float32 or float64, every operation rounded once, and correctly.

Sums, products and quotients are the machine's own; a function of a number is the number nearest to its true
value, found in Arb, so the results are the same on every machine.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
from flint import arb

from symderiv.errors import UnsupportedError
from symderiv.kernels.rounding import nearest
from symderiv.notation.term import Term

TypeName = Literal["float32", "float64"]
_LARGEST = 3.4028235677973366e38
"""From here on, a number rounds to infinity in float32."""
_POWERS = 64
Named = Callable[[Term], float]
"""The rounded value of a named function."""


def rounded(value: float, kind: TypeName) -> float:
    """The number of the type nearest to a double."""
    if kind == "float64" or not math.isfinite(value):
        return value
    return math.copysign(math.inf, value) if abs(value) >= _LARGEST else float(np.float32(value))


def computed(term: Term, values: Mapping[str, float], kind: TypeName, named: Named) -> float:
    """The term's value; infinities and NaN as IEEE has them. Raises `UnsupportedError`."""

    def of(part: Term) -> float:
        return rounded(_value(part, of, values, kind, named), kind)

    return of(term)


def _value(
    term: Term, of: Callable[[Term], float], values: Mapping[str, float], kind: TypeName, named: Named
) -> float:
    match term.kind:
        case "number":
            return _fraction(term)
        case "symbol" if term.name in values:
            return values[term.name]
        case "constant":
            return math.pi if term.name == "pi" else math.e
        case "add" | "mul":
            total = of(term.args[0])
            for arg in term.args[1:]:
                step = total + of(arg) if term.kind == "add" else total * of(arg)
                total = rounded(step, kind)
            return total
        case "neg":
            return -of(term.args[0])
        case "div":
            return _quotient(of(term.args[0]), of(term.args[1]))
        case "pow":
            return _power(of(term.args[0]), of(term.args[1]), kind)
        case "call":
            return _call(term, of, named)
        case "piecewise":
            return _cases(term, of)
    raise UnsupportedError(f"{term} has no value in floating-point numbers")


def _fraction(term: Term) -> float:
    value = term.value()
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _quotient(above: float, below: float) -> float:
    if below != 0:
        return above / below
    if above == 0 or math.isnan(above):
        return math.nan
    return math.copysign(math.inf, above) * math.copysign(1.0, below)


def _power(base: float, exponent: float, kind: TypeName) -> float:
    if exponent.is_integer() and abs(exponent) <= _POWERS:
        product = 1.0
        for _ in range(int(abs(exponent))):
            product = rounded(product * base, kind)
        return product if exponent >= 0 else _quotient(1.0, product)
    if not (math.isfinite(base) and math.isfinite(exponent)) or base < 0:
        return math.nan
    if base == 0:
        return 0.0 if exponent > 0 else math.inf
    return nearest(lambda v: v ** arb(exponent), base)


def _call(term: Term, of: Callable[[Term], float], named: Named) -> float:
    if term.order == 0 and term.name in _SWITCHES:
        return _SWITCHES[term.name]([of(arg) for arg in term.args])
    function = _FUNCTIONS.get(term.name)
    if term.order or function is None or len(term.args) != 1:
        return named(term)
    argument = of(term.args[0])
    if not math.isfinite(argument):
        return _LIMITS.get((term.name, argument), math.nan)
    if term.name in _GROWING and abs(argument) > 1e6:
        return _LIMITS.get((term.name, math.copysign(math.inf, argument)), math.inf)
    return -math.inf if term.name == "log" and argument == 0 else nearest(function, argument)


def _cases(term: Term, of: Callable[[Term], float]) -> float:
    """The first case whose condition holds; NaN where none does."""
    for branch in term.args:
        value, condition = branch.args
        if _holds(condition, of):
            return of(value)
    return math.nan


def _holds(condition: Term, of: Callable[[Term], float]) -> bool:
    match condition.kind:
        case "true":
            return True
        case "and":
            return all(_holds(part, of) for part in condition.args)
        case "or":
            return any(_holds(part, of) for part in condition.args)
        case "relation" if condition.name in _RELATIONS:
            return _RELATIONS[condition.name](of(condition.args[0]), of(condition.args[1]))
    raise UnsupportedError(f"{condition} is no condition on numbers")


_RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_SWITCHES: dict[str, Callable[[list[float]], float]] = {
    "Abs": lambda given: abs(given[0]),
    "sign": lambda given: math.copysign(1.0, given[0]) if given[0] != 0 else 0.0,
    "Max": max,
    "Min": min,
}
_FUNCTIONS: dict[str, Callable[[arb], arb]] = {
    "exp": lambda v: v.exp(),
    "log": lambda v: v.log(),
    "sqrt": lambda v: v.sqrt(),
    "sin": lambda v: v.sin(),
    "cos": lambda v: v.cos(),
    "tan": lambda v: v.tan(),
    "sec": lambda v: v.sec(),
    "csc": lambda v: v.csc(),
    "cot": lambda v: v.cot(),
    "sinh": lambda v: v.sinh(),
    "cosh": lambda v: v.cosh(),
    "tanh": lambda v: v.tanh(),
    "sech": lambda v: v.sech(),
    "csch": lambda v: v.csch(),
    "coth": lambda v: v.coth(),
    "asinh": lambda v: v.asinh(),
    "acosh": lambda v: v.acosh(),
    "atanh": lambda v: v.atanh(),
    "asin": lambda v: v.asin(),
    "acos": lambda v: v.acos(),
    "atan": lambda v: v.atan(),
    "erf": lambda v: v.erf(),
    "erfc": lambda v: v.erfc(),
}
_GROWING = frozenset({"exp", "sinh", "cosh", "tanh", "sech", "csch", "coth", "erf", "erfc"})
_INF = math.inf
_LIMITS: dict[tuple[str, float], float] = {
    ("exp", _INF): _INF,
    ("exp", -_INF): 0.0,
    ("log", _INF): _INF,
    ("sqrt", _INF): _INF,
    ("sinh", _INF): _INF,
    ("sinh", -_INF): -_INF,
    ("cosh", _INF): _INF,
    ("cosh", -_INF): _INF,
    ("tanh", _INF): 1.0,
    ("tanh", -_INF): -1.0,
    ("sech", _INF): 0.0,
    ("sech", -_INF): 0.0,
    ("csch", _INF): 0.0,
    ("csch", -_INF): 0.0,
    ("coth", _INF): 1.0,
    ("coth", -_INF): -1.0,
    ("erf", _INF): 1.0,
    ("erf", -_INF): -1.0,
    ("erfc", _INF): 0.0,
    ("erfc", -_INF): 2.0,
    ("atan", _INF): math.pi / 2,
    ("atan", -_INF): -math.pi / 2,
}
