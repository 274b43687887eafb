"""`Property`, and the values it speaks of: points with certified digits, intervals, signed segments."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import sympy
from flint import arb
from sympy import Expr

from symderiv.derive.kinks import INFINITY, constant_term
from symderiv.derive.properties_balls import precision
from symderiv.derive.properties_cells import Setting
from symderiv.derive.properties_constants import candidates, digits, rounded
from symderiv.derive.properties_ground import Unsettled, to_ball, to_coef
from symderiv.errors import SymderivError
from symderiv.notation.term import Term, neg
from symderiv.prove import Verdict

DIGITS = 12
_MAX_OPERATIONS = 12


@dataclass(frozen=True, slots=True)
class Point:
    """A number: exactly, where that is proved and short, and by `digits` that are all certified.

    `digits` is empty for infinities and where a parameter occurs. A number with no `exact` is known by
    its digits only, correctly rounded; with a `scale` it is digits times scale (1/beta, say).
    """

    exact: Term | None
    digits: str
    scale: Term | None = None

    @property
    def is_infinite(self) -> bool:
        """True for oo and -oo."""
        return self.exact in (INFINITY, neg(INFINITY))


@dataclass(frozen=True, slots=True)
class Interval:
    """From low to high; an end that is closed belongs to it."""

    low: Point
    high: Point
    low_closed: bool = False
    high_closed: bool = False


Part = Term | Point | str | tuple[Interval, ...] | tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """One statement about f: an id (which has a sentence in the templates), its parts, its verdict."""

    id: str
    parts: tuple[tuple[str, Part], ...]
    verdict: Verdict
    note: str = ""

    def part(self, name: str) -> Part:
        """The part of that name. Raises `KeyError`."""
        return dict(self.parts)[name]


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """A number inside the engine: exact (infinities too), or the only one of its kind in a ball.

    `fused`: the larger (or smaller) of several numbers that the balls do not tell apart.
    """

    exact: Expr | None
    ball: arb | None = None
    fused: bool = False

    @property
    def endless(self) -> bool:
        """True for oo and -oo."""
        return self.exact in (sympy.oo, -sympy.oo)

    def enclosure(self) -> arb:
        """A ball that holds it. Raises `Unsettled` for infinities and parameters."""
        if self.ball is not None:
            return self.ball
        if self.exact is None or self.endless:
            raise Unsettled("no enclosure")
        return to_ball(to_coef(self.exact))


def compare(a: Value, b: Value, setting: Setting) -> int:
    """The sign of a - b. Raises `Unsettled`."""
    if a is b:
        return 0
    if a.endless or b.endless:
        return (_rank(a) > _rank(b)) - (_rank(a) < _rank(b))
    if a.exact is not None and b.exact is not None:
        return 0 if a.exact == b.exact else setting.sign(a.exact - b.exact)
    with precision():
        difference = a.enclosure() - b.enclosure()
    if difference > 0:
        return 1
    if difference < 0:
        return -1
    raise Unsettled("two values too close to tell apart")


def fuse(a: Value, b: Value) -> Value | None:
    """The larger (or smaller) of two numbers whose balls overlap and which may be equal, else None."""
    if (a.exact is not None and b.exact is not None) or a.endless or b.endless:
        return None
    with precision():
        one, other = a.enclosure(), b.enclosure()
        return Value(None, one.union(other), True) if (one - other).contains(0) else None


def _rank(value: Value) -> int:
    return {sympy.oo: 1, -sympy.oo: -1}.get(value.exact, 0)


def tidy(value: Value, setting: Setting) -> Value:
    """The same number with a short exact form where one is proved."""
    if value.exact is None or value.endless or value.exact.is_Rational or value.exact.free_symbols:
        return value
    with precision():
        try:
            ball = value.enclosure()
        except Unsettled:
            return value
        for candidate in candidates(ball):
            if setting.is_zero(value.exact - candidate):
                return Value(candidate, ball)
    return Value(value.exact, ball)


def to_point(value: Value, setting: Setting) -> Point:
    """The number as it is shown."""
    if value.endless:
        return Point(constant_term(value.exact), "")
    value = tidy(value, setting)
    if isinstance(value.exact, sympy.Rational):
        text = rounded(Fraction(int(value.exact.p), int(value.exact.q)), DIGITS)
        return Point(constant_term(value.exact), text)
    try:
        with precision():
            text = digits(value.enclosure(), DIGITS)
    except Unsettled:
        text = ""
    exact = value.exact
    if exact is not None and text and sympy.count_ops(exact) > _MAX_OPERATIONS:
        exact = None
    shown = None
    if exact is not None:
        try:
            shown = constant_term(exact)
        except SymderivError:
            shown = None
    if shown is None and not text:
        raise Unsettled("a number of which no digit is certain")
    return Point(shown, text)
