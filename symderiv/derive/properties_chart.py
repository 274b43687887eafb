"""The sign of g on an open interval, all of it: `+ root - root +`, certified from end to end.

Near both ends (infinite ones too) the sign comes from an expansion that holds from a named point on; in
between, the interval is cut until on every part Arb shows that g has one sign, or that g is monotone and
changes sign once. A root is kept as a ball; where it is recognised as an exact constant, that is
checked by putting it in. What does not succeed within the limits gives None, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import sympy
from flint import arb
from sympy import Expr

from symderiv.derive.properties_balls import ball, interval, jet, precision
from symderiv.derive.properties_condense import condense
from symderiv.derive.properties_constants import candidates
from symderiv.derive.properties_expansion import Expander
from symderiv.derive.properties_ground import Unsettled, sign_of, signs_of, to_ball, to_coef
from symderiv.derive.properties_series import Place
from symderiv.meaning import Assumption

_STARTS = (6, 20, 64, 200)
_CUTS = (Fraction(61, 128), Fraction(53, 128))
_MAX_CUTS = 300
_NARROW = Fraction(1, 512)
_MAX_MULTIPLICITY = 8
_MAX_ATTEMPTS = 12
_TINY = arb(2) ** -150

ZeroTest = Callable[[Expr], bool]
"""Whether an expression without the variable is exactly zero."""


@dataclass(frozen=True, slots=True)
class Root:
    """A zero of g: a ball that holds it and no other (None with parameters), and its exact value where
    that is proved.
    """

    ball: arb | None
    exact: Expr | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """The signs of g on the open intervals between `low`, the roots in rising order, and `high`."""

    low: Expr
    high: Expr
    signs: tuple[int, ...]
    roots: tuple[Root, ...] = ()
    how: str = "balls"


def chart(
    g: Expr,
    variable: str,
    low: Expr,
    high: Expr,
    assumptions: Mapping[str, Assumption],
    is_zero: ZeroTest,
) -> Chart | None:
    """The sign chart of g on (low, high), or None. With parameters the structure decides, or nothing."""
    known = signs_of(g, assumptions)
    if len(known) == 1:
        return Chart(low, high, (next(iter(known)),), (), "structure")
    symbol = sympy.Symbol(variable)
    with_parameters = bool({s.name for s in g.free_symbols} - {variable})
    for form in _spellings(g, symbol):
        whole, rest = _stripped(form, assumptions)
        if rest == 1:
            return Chart(low, high, (whole,), (), "structure")
        try:
            if with_parameters:
                made = _by_factors(rest, variable, low, high, assumptions, is_zero)
            else:
                made = _searched(rest, variable, low, high, is_zero)
        except Unsettled:
            continue
        if made is not None:
            return Chart(low, high, tuple(whole * s for s in made.signs), made.roots, made.how)
    return None


def _spellings(g: Expr, symbol: Expr) -> list[Expr]:
    """g as it stands and condensed; hyperbolic functions cancel too much to be tried first."""
    forms = [g, condense(g, symbol)]
    if g.has(sympy.sinh, sympy.cosh, sympy.tanh):
        forms.reverse()
    return forms[: 1 + (forms[0] != forms[1])]


def _searched(g: Expr, variable: str, low: Expr, high: Expr, is_zero: ZeroTest) -> Chart | None:
    with precision():
        for cut in _CUTS:
            try:
                return _Search(g, variable, is_zero, cut).chart(low, high)
            except _ZeroOnCut:
                continue
    return None


class _ZeroOnCut(Unsettled):
    """A cut that meets a root: another way of cutting will do."""


def _stripped(g: Expr, assumptions: Mapping[str, Assumption]) -> tuple[int, Expr]:
    """The product of the known signs of factors, and the product of the others."""
    whole, rest = 1, []
    for factor in sympy.Mul.make_args(g):
        known = signs_of(factor, assumptions)
        if len(known) == 1:
            whole *= next(iter(known))
        else:
            rest.append(factor)
    return whole, sympy.Mul(*rest)


def _by_factors(
    g: Expr,
    variable: str,
    low: Expr,
    high: Expr,
    assumptions: Mapping[str, Assumption],
    is_zero: ZeroTest,
) -> Chart | None:
    """The chart of a product of factors of known sign and one that has a chart of its own."""
    whole, rest = _stripped(sympy.factor(g), assumptions)
    if rest == 1:
        return Chart(low, high, (whole,), (), "structure")
    symbol = sympy.Symbol(variable)
    slope = sympy.diff(rest, symbol)
    if {s.name for s in rest.free_symbols} == {variable}:
        made = _searched(rest, variable, low, high, is_zero)
    elif rest.is_Mul or symbol in slope.free_symbols or symbol not in rest.free_symbols:
        return None
    else:
        made = _linear(rest, slope, symbol, low, high, assumptions)
    if made is None:
        return None
    return Chart(low, high, tuple(whole * s for s in made.signs), made.roots, made.how)


def _linear(
    rest: Expr, slope: Expr, symbol: Expr, low: Expr, high: Expr, assumptions: Mapping[str, Assumption]
) -> Chart:
    rising = sign_of(to_coef(slope), assumptions)
    root = sympy.cancel(-rest.subs(symbol, 0) / slope)
    if rising == 0:
        raise Unsettled("a slope that may vanish")
    if low is not -sympy.oo and sign_of(to_coef(sympy.cancel(root - low)), assumptions) <= 0:
        return Chart(low, high, (rising,), (), "structure")
    if high is not sympy.oo and sign_of(to_coef(sympy.cancel(high - root)), assumptions) <= 0:
        return Chart(low, high, (-rising,), (), "structure")
    return Chart(low, high, (-rising, rising), (Root(None, root),), "structure")


def sign_near(g: Expr, variable: str, place: Place, start: int) -> int | None:
    """The sign of g on the part of the line from `start` on towards the place."""
    try:
        expander = Expander(variable, place, {}, Fraction(start))
        return expander.sign(expander.of(g))
    except Unsettled:
        return None


class _Search:
    def __init__(self, g: Expr, variable: str, is_zero: ZeroTest, cut: Fraction) -> None:
        self.g = g
        self.variable = variable
        self.symbol = sympy.Symbol(variable)
        self.is_zero = is_zero
        self.cut = cut
        self.budget = _MAX_CUTS
        self.attempts = _MAX_ATTEMPTS
        self.signs: list[int] = []
        self.roots: list[Root] = []

    def chart(self, low: Expr, high: Expr) -> Chart:
        left_sign, left = self._end(Place(low, 1), low, high)
        right_sign, right = self._end(Place(high, -1), low, high)
        if left_sign == 0 or right_sign == 0:
            return Chart(low, high, (0,))
        if not left < right:
            raise Unsettled("ends that meet")
        self.signs = [left_sign]
        self._middle(left, right)
        if self.signs[-1] != right_sign:
            raise Unsettled("ends that do not fit the middle")
        return Chart(low, high, tuple(self.signs), tuple(self.roots))

    def _end(self, place: Place, low: Expr, high: Expr) -> tuple[int, Fraction]:
        """The sign beyond a point near one end, and that point."""
        for start in _STARTS:
            if not place.finite:
                edge = Fraction(start if place.at is sympy.oo else -start)
                if self._outside(edge, low, high):
                    continue
            else:
                edge = _rational_near(place.at, place.side, Fraction(1, start))
                if self._outside(edge, low, high):
                    continue
            sign = self._sign_up_to(place, edge) or sign_near(self.g, self.variable, place, start)
            if sign is not None:
                return sign, edge
        raise Unsettled("an end that does not settle")

    def _sign_up_to(self, place: Place, edge: Fraction) -> int | None:
        """The sign from a finite end to a point, where one ball shows it."""
        if not place.finite:
            return None
        around = interval(to_ball(to_coef(place.at)), ball(edge))
        whole = jet(self.g, {self.variable: around}, 1)
        if whole is None or whole[0].contains(0):
            return None
        return 1 if whole[0] > 0 else -1

    def _outside(self, point: Fraction, low: Expr, high: Expr) -> bool:
        value = ball(point)
        above = low is -sympy.oo or to_ball(to_coef(low)) < value
        below = high is sympy.oo or value < to_ball(to_coef(high))
        return not (above and below)

    # -- the compact middle ------------------------------------------------------------------------

    def _middle(self, left: Fraction, right: Fraction) -> None:
        stack = [(left, right)]
        while stack:
            low, high = stack.pop()
            if self._settle(low, high):
                continue
            self.budget -= 1
            if self.budget < 0:
                raise Unsettled("too many cuts")
            middle = low + (high - low) * self.cut
            stack.append((middle, high))
            stack.append((low, middle))

    def _settle(self, low: Fraction, high: Fraction) -> bool:
        whole = jet(self.g, {self.variable: interval(ball(low), ball(high))}, 2, self.variable)
        if whole is None:
            return False
        middle = (low + high) / 2
        centre = jet(self.g, {self.variable: ball(middle)}, 1)
        if centre is None:
            return False
        value, slope = whole
        linear = centre[0] + slope * (interval(ball(low), ball(high)) - ball(middle))
        for enclosure in (value, linear):
            if enclosure > 0 or enclosure < 0:
                return self._note(1 if enclosure > 0 else -1)
        if slope > 0 or slope < 0:
            return self._monotone(low, high, 1 if slope > 0 else -1)
        return high - low < _NARROW and self._try_multiple(low, high)

    def _try_multiple(self, low: Fraction, high: Fraction) -> bool:
        found = self._multiple(low, high)
        self.attempts -= not found
        if self.attempts < 0:
            raise Unsettled("a root that is not resolved")
        return found

    def _note(self, sign: int) -> bool:
        if sign != self.signs[-1]:
            raise Unsettled("a change of sign at a cut")
        return True

    def _sign_at(self, point: Fraction) -> int:
        found = jet(self.g, {self.variable: ball(point)}, 1)
        if found is not None and found[0] > 0:
            return 1
        if found is not None and found[0] < 0:
            return -1
        raise _ZeroOnCut("a zero on a cut")

    def _monotone(self, low: Fraction, high: Fraction, slope: int) -> bool:
        first, last = self._sign_at(low), self._sign_at(high)
        self._note(first)
        if first != last:
            self.roots.append(self._root(low, high))
            self.signs.append(last)
        return True

    def _root(self, low: Fraction, high: Fraction) -> Root:
        """Newton on balls: the root stays inside mid - g(mid)/g'(ball)."""
        bracket = interval(ball(low), ball(high))
        for _ in range(24):
            whole = jet(self.g, {self.variable: bracket}, 2, self.variable)
            centre = jet(self.g, {self.variable: bracket.mid()}, 1)
            if whole is None or centre is None or whole[1].contains(0):
                break
            step = bracket.mid() - centre[0] / whole[1]
            before = bracket.rad()
            bracket = step if bracket.contains(step) else bracket.intersection(step)
            if bracket.rad() < _TINY or not bracket.rad() < before:
                break
        return Root(bracket, self._recognise(self.g, bracket))

    def _recognise(self, g: Expr, bracket: arb) -> Expr | None:
        for candidate in candidates(bracket):
            if self.is_zero(g.subs(self.symbol, candidate)):
                return candidate
        return None

    def _multiple(self, low: Fraction, high: Fraction) -> bool:
        """A root of higher order m: g, g', ... vanish exactly there, and g^(m) has one sign around."""
        around = interval(ball(low), ball(high))
        enclosed = jet(self.g, {self.variable: around}, _MAX_MULTIPLICITY + 1, self.variable)
        if enclosed is None:
            return False
        order = next((m for m in range(2, len(enclosed)) if not enclosed[m].contains(0)), None)
        if order is None:
            return False
        for candidate in candidates(around):
            if self._vanishes(candidate, order, low, high):
                sign = 1 if enclosed[order] * factorial(order) > 0 else -1
                self._note(sign if order % 2 == 0 else -sign)
                self.roots.append(Root(to_ball(to_coef(candidate)), candidate))
                self.signs.append(sign)
                return True
        return False

    def _vanishes(self, candidate: Expr, order: int, low: Fraction, high: Fraction) -> bool:
        point = to_ball(to_coef(candidate))
        if not (point > ball(low) and point < ball(high)):
            return False
        derivative = self.g
        for _ in range(order):
            if not self.is_zero(derivative.subs(self.symbol, candidate)):
                return False
            derivative = sympy.diff(derivative, self.symbol)
        return True


def _rational_near(at: Expr, side: int, distance: Fraction) -> Fraction:
    """A rational point on that side of a constant, nearer than the distance and not much nearer."""
    coef = to_coef(at)
    if isinstance(coef, Fraction):
        return coef + side * distance
    grid = distance / 64
    middle = to_ball(coef).mid()
    steps = int((middle / ball(grid)).floor().unique_fmpz() or 0)
    return steps * grid + side * distance * Fraction(15, 16)
