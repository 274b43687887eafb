"""What a form gives in IEEE double or single precision when each operation is rounded correctly.

Sums, products and quotients are the machine's own; a function of a double is the double nearest to the
true value, found in Arb. In single precision the double is rounded once more: for sums, products and
quotients that is the correctly rounded result, for functions almost always. So the numbers show what the
*form* loses, not what a math library adds, and they are the same on every machine.
"""

from __future__ import annotations

import math
import operator
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


Rounding = Callable[[float], float]
"""From a double to the numbers that a format has."""


def as_double(value: float) -> float:
    """Every double is one."""
    return value


def as_single(value: float) -> float:
    """The float32 nearest to a double, infinite beyond the largest one."""
    try:
        return float(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return math.copysign(math.inf, value)


Outside = Callable[[Term], float | None]
"""The rounded true value of a call that does not depend on the forward value."""


class _Unread(Exception):
    """A part of the term that has no meaning in doubles: an unknown name, an index, an inert sum."""


def evaluate(
    term: Term, values: Mapping[str, float], outside: Outside, rounding: Rounding = as_double
) -> float | None:
    """The term's value in doubles; infinities and NaN as IEEE has them. None: not a formula over `values`.

    `rounding` follows every operation, such as `as_single`; `values` and `outside` are already rounded.
    """
    try:
        return _Machine(values, outside, rounding).value(term)
    except _Unread:
        return None


@dataclass(frozen=True, slots=True)
class _Machine:
    values: Mapping[str, float]
    outside: Outside
    rounding: Rounding

    def value(self, term: Term) -> float:
        match term.kind:
            case "number":
                return self.rounding(_round(term.value()))
            case "symbol":
                if term.name not in self.values:
                    raise _Unread(term.name)
                return self.values[term.name]
            case "constant":
                return self.rounding(math.pi if term.name == "pi" else math.e)
            case "add":
                return self._fold(operator.add, term.args)
            case "neg":
                return -self.value(term.args[0])
            case "mul":
                return self._fold(operator.mul, term.args)
            case "div":
                return self.rounding(_quotient(*(self.value(arg) for arg in term.args)))
            case "pow":
                return self._power(term)
            case "call":
                return self._call(term)
            case "piecewise":
                return self._cases(term)
        raise _Unread(term.kind)

    def _fold(self, join: Callable[[float, float], float], args: tuple[Term, ...]) -> float:
        """From left to right, as Python does, each result rounded."""
        found = self.value(args[0])
        for arg in args[1:]:
            found = self.rounding(join(found, self.value(arg)))
        return found

    def _cases(self, term: Term) -> float:
        """The first case whose condition holds; NaN where none does."""
        for branch in term.args:
            value, condition = branch.args
            if self._holds(condition):
                return self.value(value)
        return math.nan

    def _holds(self, condition: Term) -> bool:
        match condition.kind:
            case "true":
                return True
            case "and":
                return all(self._holds(part) for part in condition.args)
            case "or":
                return any(self._holds(part) for part in condition.args)
            case "relation" if condition.name in _RELATIONS:
                left, right = (self.value(side) for side in condition.args)
                return _RELATIONS[condition.name](left, right)
        raise _Unread(condition.kind)

    def _power(self, term: Term) -> float:
        base, exponent = (self.value(arg) for arg in term.args)
        if not exponent.is_integer() or abs(exponent) > 64:
            return self.rounding(_rounded_power(base, exponent))
        product = 1.0
        for _ in range(int(abs(exponent))):
            product = self.rounding(product * base)
        return product if exponent >= 0 else self.rounding(_quotient(1.0, product))

    def _call(self, term: Term) -> float:
        given = self.outside(term)
        if given is not None:
            return given
        if term.order == 0 and term.name in _SWITCHES:
            return _SWITCHES[term.name]([self.value(arg) for arg in term.args])
        if term.order or len(term.args) != 1:
            raise _Unread(term.name)
        argument = self.value(term.args[0])
        if not math.isfinite(argument):
            return _LIMITS.get((term.name, argument), math.nan)
        return self.rounding(_nearest_of(to_sympy(call(term.name, sym(_ARGUMENT))), argument))


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


def _rounded_power(base: float, exponent: float) -> float:
    if not (math.isfinite(base) and math.isfinite(exponent)) or base < 0:
        return math.nan
    if base == 0:
        return 0.0 if exponent > 0 else math.inf
    return _nearest_of(sympy.Symbol(_ARGUMENT) ** sympy.Rational(*exponent.as_integer_ratio()), base)


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
