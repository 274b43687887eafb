"""f(x) = c_1 m_1 + c_2 m_2 + ... + O(m_r) as x goes to a point or to infinity, exact and rigorous.

The place is moved to infinity: x = X, x = -X, or x = a + 1/X, x = a - 1/X for one side of a finite
point. Terms have exact constants (parameters allowed) on a scale of powers, logarithms and
exponentials. Without a start the rest is a plain O(...), and the leading term proves a limit. With a
start R the rest carries a ball that holds its factor for every X >= R, and the leading term proves a
sign on the whole half-line.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cmp_to_key, lru_cache
from math import factorial

import sympy
from flint import arb
from sympy import Expr

from symderiv.derive.properties_balls import interval, jet
from symderiv.derive.properties_ground import (
    Coef,
    Unsettled,
    plus,
    sign_of,
    times,
    to_ball,
    to_coef,
    to_expr,
    to_power,
)
from symderiv.derive.properties_scale import ONE, Scale, ceiling
from symderiv.derive.properties_series import Place, Series
from symderiv.meaning import Assumption

_U = sympy.Symbol("_u")
_X = Scale(power=Fraction(1))
_HYPERBOLIC = (sympy.sinh, sympy.cosh, sympy.tanh, sympy.coth, sympy.sech, sympy.csch)
_INVERSE_HYPERBOLIC = (sympy.asinh, sympy.acosh, sympy.atanh)
_HEADS = (
    sympy.sin,
    sympy.cos,
    sympy.tan,
    sympy.sec,
    sympy.csc,
    sympy.cot,
    sympy.atan,
    sympy.asin,
    sympy.acos,
)
_LENGTH = 5
_MAX_WHOLE_POWER = 6
_ERF_TERMS = 4


Loose = list[tuple[Scale, "arb | None"]]
ZERO = Series(())


class Expander:
    """Expansions of expressions in one variable at one place, with what was found on the way."""

    def __init__(
        self,
        variable: str,
        place: Place,
        assumptions: Mapping[str, Assumption],
        start: Fraction | None = None,
        length: int = _LENGTH,
    ) -> None:
        self.variable = sympy.Symbol(variable)
        self.assumptions = assumptions
        self.start = start
        self.length = length
        self.seen: dict[Expr, Series] = {self.variable: self._leaf(place)}
        self.by_size = cmp_to_key(self._compare)

    def _leaf(self, place: Place) -> Series:
        if not place.finite:
            return Series(((_X, Fraction(1 if place.at is sympy.oo else -1)),))
        step = (Scale(power=Fraction(-1)), Fraction(place.side))
        at = to_coef(place.at)
        return Series((step,) if at == 0 else ((ONE, at), step))

    def _compare(self, a: tuple[Scale, object], b: tuple[Scale, object]) -> int:
        """Falling order."""
        return self.order(b[0].over(a[0]))

    def order(self, scale: Scale) -> int:
        """Whether a scale grows (1), stays (0) or vanishes (-1)."""
        return scale.order(self.assumptions)

    def of(self, expr: Expr) -> Series:
        """The expansion of an expression. Raises `Unsettled`."""
        found = self.seen.get(expr)
        if found is None:
            found = self._compute(expr)
            self.seen[expr] = found
        return found

    def constant(self, value: Coef) -> Series:
        """A constant as a series."""
        return ZERO if value == 0 else Series(((ONE, value),))

    def _compute(self, expr: Expr) -> Series:
        if not expr.has(self.variable):
            if expr.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo):
                raise Unsettled("no finite constant")
            return self.constant(to_coef(expr))
        if isinstance(expr, sympy.Add):
            return self.sum([self.of(term) for term in expr.args])
        if isinstance(expr, sympy.Mul):
            found = self.constant(Fraction(1))
            for factor in expr.args:
                found = self.product(found, self.of(factor))
            return found
        if isinstance(expr, sympy.exp):
            return self.exp(self.of(expr.args[0]))
        if isinstance(expr, sympy.Pow):
            if expr.exp.is_Rational:
                return self.power(self.of(expr.base), Fraction(int(expr.exp.p), int(expr.exp.q)))
            return self.exp(self.product(self.of(expr.exp), self.log(self.of(expr.base))))
        if isinstance(expr, sympy.log):
            return self.log(self.of(expr.args[0]))
        return self._head(expr)

    # -- sums and products -------------------------------------------------------------------------

    def sum(self, parts: list[Series]) -> Series:
        """a + b + ..."""
        found: dict[Scale, Coef] = {}
        loose: Loose = []
        for part in parts:
            for scale, value in part.terms:
                found[scale] = plus(found[scale], value) if scale in found else value
            if part.rest is not None:
                loose.append((part.rest, part.bound))
        return self._collect(found, loose)

    def product(self, a: Series, b: Series) -> Series:
        """a b."""
        found: dict[Scale, Coef] = {}
        loose: Loose = []
        for m, c in a.terms:
            for n, d in b.terms:
                scale, value = m * n, times(c, d)
                found[scale] = plus(found[scale], value) if scale in found else value
        for one, other in ((a, b), (b, a)):
            if one.rest is not None:
                for m, c in other.terms:
                    loose.append((one.rest * m, None if one.bound is None else one.bound * to_ball(c)))
        if a.rest is not None and b.rest is not None:
            both = None if a.bound is None or b.bound is None else a.bound * b.bound
            loose.append((a.rest * b.rest, both))
        return self._collect(found, loose)

    def scaled(self, a: Series, scale: Scale, value: Coef = Fraction(1)) -> Series:
        """a times one exact term."""
        terms = tuple((m * scale, times(c, value)) for m, c in a.terms)
        bound = None if a.bound is None else a.bound * to_ball(value)
        return Series(terms, None if a.rest is None else a.rest * scale, bound)

    def _collect(self, found: dict[Scale, Coef], loose: Loose) -> Series:
        terms = sorted(((m, c) for m, c in found.items() if c != 0), key=self.by_size)
        kept, cut = terms[: self.length], terms[self.length :]
        loose = [*loose, *((m, None if self.start is None else to_ball(c)) for m, c in cut)]
        if not loose:
            return Series(tuple(kept))
        rest = min(loose, key=self.by_size)[0]
        while kept and self.order(kept[-1][0].over(rest)) <= 0:
            scale, value = kept.pop()
            loose.append((scale, None if self.start is None else to_ball(value)))
        if self.start is None:
            return Series(tuple(kept), rest)
        bound = arb(0)
        for scale, factor in loose:
            assert factor is not None
            bound += factor * ceiling(scale.over(rest), self.start)
        return Series(tuple(kept), rest, bound)

    # -- what a series says ------------------------------------------------------------------------

    def sign(self, a: Series) -> int:
        """The sign: from the start on where there is a start, else for all X large enough."""
        if a.is_zero:
            return 0
        scale, value = a.lead
        if self.start is None:
            return sign_of(value, self.assumptions)
        hull = self.hull(self.scaled(a, scale ** Fraction(-1)))
        if hull > 0:
            return 1
        if hull < 0:
            return -1
        raise Unsettled("a sign that the start does not settle")

    def hull(self, a: Series) -> arb:
        """A ball that holds every value from the start on, of a series that stays bounded."""
        assert self.start is not None
        total = arb(0)
        for scale, value in a.terms:
            total += to_ball(value) * ceiling(scale, self.start)
        if a.rest is not None:
            assert a.bound is not None
            total += a.bound * ceiling(a.rest, self.start)
        return total

    def limit(self, a: Series) -> Expr | None:
        """The limit, oo and -oo included; None where a bounded rest hides it."""
        for scale, value in a.terms[:1]:
            order = self.order(scale)
            if order > 0:
                return sympy.oo * sign_of(value, self.assumptions)
            return to_expr(value) if order == 0 else sympy.Integer(0)
        if a.rest is not None and self.order(a.rest) >= 0:
            return None
        return sympy.Integer(0)

    # -- functions ---------------------------------------------------------------------------------

    def power(self, a: Series, exponent: Fraction) -> Series:
        """a to a constant power."""
        if exponent.denominator == 1 and 0 <= exponent <= _MAX_WHOLE_POWER:
            found = self.constant(Fraction(1))
            for _ in range(int(exponent)):
                found = self.product(found, a)
            return found
        scale, value = a.lead
        if exponent.denominator != 1 and self.sign(a) < 0:
            raise Unsettled("a root of something negative")
        self.sign(a)
        ratio = self.scaled(a, scale ** Fraction(-1), to_power(value, Fraction(-1)))
        found = self.taylor(_U ** to_expr(exponent), ratio)
        return self.scaled(found, scale**exponent, to_power(value, exponent))

    def log(self, a: Series) -> Series:
        """log a, for a > 0."""
        scale, value = a.lead
        if scale.logs or self.sign(a) < 0:
            raise Unsettled("a logarithm of a logarithm, or of something negative")
        ratio = self.scaled(a, scale ** Fraction(-1), to_power(value, Fraction(-1)))
        grown = [(Scale(power=degree), c) for degree, c in scale.growth]
        if scale.power:
            grown.append((Scale(logs=1), scale.power))
        lead = Series(tuple(sorted(grown, key=self.by_size)))
        shift = self.constant(to_coef(sympy.log(to_expr(value))))
        return self.sum([lead, shift, self.taylor(sympy.log(_U), ratio)])

    def exp(self, a: Series) -> Series:
        """e^a, where what grows in a is a sum of powers and a logarithm; or a falls faster than these."""
        if a.terms and a.lead[0].growth and self.order(a.lead[0]) > 0 and self.sign(a) < 0:
            return self._vanishing(a)
        scale = ONE
        small: list[tuple[Scale, Coef]] = []
        for m, c in a.terms:
            if self.order(m) <= 0:
                small.append((m, c))
            elif m.growth or (m.logs and (m.power or m.logs != 1 or not isinstance(c, Fraction))):
                raise Unsettled("an exponential of an exponential")
            elif m.logs:
                scale = scale * Scale(power=Fraction(c))
            else:
                scale = scale * Scale(growth=((m.power, c),))
        if a.rest is not None and self.order(a.rest) > 0:
            raise Unsettled("an exponential of an unknown growth")
        bounded = Series(tuple(small), a.rest, a.bound)
        if a.rest == ONE:
            bound = None if self.start is None else self.hull(bounded).exp()
            return Series((), scale, bound)
        return self.scaled(self.taylor(sympy.exp(_U), bounded), scale)

    def _vanishing(self, a: Series) -> Series:
        """e^a for a below -X^2 from the start on: nothing but a rest of the size exp(-X^2)."""
        fastest = Scale(growth=((Fraction(2), Fraction(-1)),))
        if self.start is None:
            return Series((), fastest)
        square = Scale(power=Fraction(2))
        if not self.hull(self.scaled(self.power(a, Fraction(-1)), square)) > -1:
            raise Unsettled("a fall that starts later")
        return Series((), fastest, interval(arb(0), arb(1)))

    def taylor(self, function: Expr, a: Series) -> Series:
        """h(c + small) = h(c) + h'(c) small + ..., with Lagrange's rest enclosed by a ball."""
        if a.terms and self.order(a.terms[0][0]) > 0:
            raise Unsettled("an argument that grows")
        if a.rest is not None and self.order(a.rest) >= 0:
            raise Unsettled("an argument without limit")
        centre: Coef = Fraction(0)
        if a.terms and a.terms[0][0] == ONE:
            centre = a.terms[0][1]
            a = Series(a.terms[1:], a.rest, a.bound)
        coefficients = [_taylor(function, centre, k) for k in range(self.length)]
        if a.is_zero:
            return self.constant(coefficients[0])
        rest = None
        if self.start is not None:
            around = to_ball(centre) + interval(arb(0), self.hull(a))
            rest = _rest(function, around, self.length)
        found = Series((), ONE, rest)
        for value in reversed(coefficients):
            found = self.sum([self.product(found, a), self.constant(value)])
        return found

    def _head(self, expr: Expr) -> Series:
        argument = self.of(expr.args[0])
        grows = bool(argument.terms) and self.order(argument.terms[0][0]) > 0
        if isinstance(expr, _INVERSE_HYPERBOLIC) or (grows and isinstance(expr, _HYPERBOLIC)):
            rewritten = expr.rewrite(sympy.log if isinstance(expr, _INVERSE_HYPERBOLIC) else sympy.exp)
            if rewritten.func is expr.func:
                raise Unsettled(str(expr.func))
            return self.of(rewritten)
        if not isinstance(expr, (*_HEADS, *_HYPERBOLIC, sympy.erf, sympy.erfc)):
            raise Unsettled(str(expr.func))
        if isinstance(expr, (sympy.asin, sympy.acos)) and argument.terms[:1] in (((ONE, 1),), ((ONE, -1),)):
            return self._at_branch_point(expr, argument)
        if not grows:
            return self.taylor(expr.func(_U), argument)
        if isinstance(expr, (sympy.sin, sympy.cos)):
            return Series((), ONE, None if self.start is None else arb(0, 1))
        side = self.sign(argument)
        if isinstance(expr, sympy.atan):
            inverse = self.taylor(sympy.atan(_U), self.power(argument, Fraction(-1)))
            half = self.constant(to_coef(sympy.pi * side / 2))
            return self.sum([half, self.scaled(inverse, ONE, Fraction(-1))])
        if isinstance(expr, (sympy.erf, sympy.erfc)):
            return self._error_function(expr, argument, side)
        raise Unsettled(str(expr.func))

    def _at_branch_point(self, expr: Expr, argument: Series) -> Series:
        """asin(u) = s pi/2 - 2 s asin(sqrt((1 - s u)/2)) near u = s, for s = 1 and s = -1."""
        side = argument.terms[0][1]
        assert isinstance(side, Fraction)
        half = self.sum([self.constant(Fraction(1, 2)), self.scaled(argument, ONE, -side / 2)])
        inner = self.taylor(sympy.asin(_U), self.power(half, Fraction(1, 2)))
        found = self.scaled(inner, ONE, -2 * side)
        shift = sympy.pi / 2 * int(side)
        if isinstance(expr, sympy.acos):
            return self.sum(
                [self.constant(to_coef(sympy.pi / 2 - shift)), self.scaled(found, ONE, Fraction(-1))]
            )
        return self.sum([self.constant(to_coef(shift)), found])

    def _error_function(self, expr: Expr, argument: Series, side: int) -> Series:
        """erfc(u) = exp(-u^2)/(u sqrt(pi)) (1 - 1/(2u^2) + 3/(4u^4) - ...): for u > 0 the error has the
        sign of the first term left out and is smaller than it.
        """
        u = self.scaled(argument, ONE, Fraction(side))
        square = self.product(u, u)
        step = self.power(square, Fraction(-1))
        last = _erf_term(_ERF_TERMS)
        bound = None if self.start is None else to_ball(last) * interval(arb(0), arb(1))
        found = Series((), ONE, bound)
        for k in reversed(range(_ERF_TERMS)):
            found = self.sum([self.product(found, step), self.constant(_erf_term(k))])
        found = self.product(found, self.exp(self.scaled(square, ONE, Fraction(-1))))
        found = self.product(found, self.power(u, Fraction(-1)))
        tail = self.scaled(found, ONE, to_coef(1 / sympy.sqrt(sympy.pi)))
        # erfc(u) = tail, erfc(-u) = 2 - tail, erf = 1 - erfc
        if isinstance(expr, sympy.erfc):
            shift, factor = (0, 1) if side > 0 else (2, -1)
        else:
            shift, factor = side, -side
        return self.sum([self.constant(Fraction(shift)), self.scaled(tail, ONE, Fraction(factor))])


def _erf_term(k: int) -> Fraction:
    return Fraction((-1) ** k * factorial(2 * k), 4**k * factorial(k))


@lru_cache(maxsize=4096)
def _taylor(function: Expr, centre: Coef, k: int) -> Coef:
    value = sympy.diff(function, _U, k).subs(_U, to_expr(centre)) / factorial(k)
    if value.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo) or value.has(sympy.I):
        raise Unsettled("a singular point of a function")
    return to_coef(sympy.expand(value)) if value.is_number else to_coef(value)


def _rest(function: Expr, around: arb, order: int) -> arb:
    enclosed = jet(function, {_U.name: around}, order + 1, _U.name)
    if enclosed is None:
        raise Unsettled("a rest without enclosure")
    return enclosed[order]
