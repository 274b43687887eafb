"""Arrangements: one quotient in letters as operations, in the ways of an `Arrangement`.

Left to right: the power of the decaying letter in front, factors above, factors below, so that no partial
product leaves the range.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import sympy
from sympy import Expr, Symbol

from symderiv.errors import UnsupportedError
from symderiv.kernels.algebra import cancel, expand, factor_list, fraction
from symderiv.kernels.lowering import Lowering
from symderiv.kernels.program import Builder
from symderiv.kernels.words import two_sum

TINY = 2.0**-120
SPLIT = 640.0
"""Exponents beyond this are split: exp(-640) is normal with 300 bits to spare."""
FAR, FAR_WIDE = 2.0**100, 2.0**1000
"""Where a bounded magnitude ends: there x and x + 1 are the same in every type that the program serves."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How one candidate is arranged; `name` says it in words."""

    name: str
    numerator: str = "factors"
    denominator: str = "factors"
    split: Literal["", "halved", "scaled"] = ""
    reciprocal: bool = False
    bounded: bool = False
    careful: bool = False
    one_sided: bool = False
    unit: bool = False
    held: bool = False

    @property
    def special(self) -> bool:
        """A remedy of its own, which is not combined with others."""
        return self.reciprocal or self.bounded or self.careful or self.one_sided or self.held


@dataclass(slots=True)
class Arranger:
    """Lowers one quotient in the ways of an `Arrangement`."""

    lowering: Lowering
    way: Arrangement
    damped: bool = False

    @property
    def put(self) -> Builder:
        """The program that is being written."""
        return self.lowering.builder

    def value(self, expr: Expr) -> int:
        """A quotient of polynomials in letters."""
        numerator, denominator = fraction(expr)
        if self.way.unit:
            constant, above, below = self.beginning_with_one(numerator, denominator)
        else:
            top_constant, above = self.factors(numerator)
            bottom_constant, below = self.factors(denominator)
            constant = cancel(top_constant / bottom_constant)
        lead, above = self._lead(above, below)
        self.damped = lead is not None or self.way.bounded
        poles = [(f, n) for f, n in below if f.is_Symbol and self.lowering.kind(f) == "decay"]
        below = [pair for pair in below if pair not in poles]
        powers = 0
        if self.way.reciprocal:
            powers = sum(n for f, n in above if f.is_Symbol and self.lowering.kind(f) == "magnitude")
            above = [(f, n) for f, n in above if not f.is_Symbol or self.lowering.kind(f) != "magnitude"]
        if self.way.numerator == "expanded":
            above = self.expand(above)
        if self.way.denominator == "expanded":
            below = self.expand(below)
        tops = [self.lowering.polynomial(f, damped=self.damped) for f, n in above for _ in range(n)]
        tops += [self.lowering.quotient(1 / f**n) for f, n in poles if lead is None or f != lead[0]]
        bottoms: list[int] = []
        for factor, count in below:
            taken, rest = self.denominator(factor)
            powers -= taken * count
            bottoms += [rest] * count
        if powers:
            tops += [self.magnitude() if powers > 0 else self.reciprocal()] * abs(powers)
        return self._assemble(constant, lead, tops, bottoms)

    def beginning_with_one(
        self, numerator: Expr, denominator: Expr
    ) -> tuple[Expr, list[tuple[Expr, int]], list[tuple[Expr, int]]]:
        """Both over the constant term of the denominator: its constants are not rounded one by one."""
        known = self.lowering
        small = {s: 0 for s in denominator.free_symbols if known.kind(s) in ("decay", "magnitude", "near")}
        first = expand(denominator).subs(small)
        kinds = {known.kind(s) for s in first.free_symbols}
        if first == 0 or not small or kinds != {"const"}:
            raise UnsupportedError("the denominator does not begin with a constant")
        above: list[tuple[Expr, int]] = []
        for symbol in sorted(numerator.free_symbols, key=lambda s: s.name):
            if known.kind(symbol) != "const":
                count = min(power for (power,) in sympy.Poly(numerator, symbol).monoms())
                numerator = cancel(numerator / symbol**count)
                above += [(symbol, count)] if count else []
        return sympy.Integer(1), [*above, (expand(numerator / first), 1)], [(expand(denominator / first), 1)]

    def _assemble(
        self, constant: Expr, lead: tuple[Symbol, int] | None, tops: list[int], bottoms: list[int]
    ) -> int:
        put = self.put
        tail: int | None = None
        if lead is not None:
            first, tail = self.decays(*lead)
            tops = [first, *tops]
        value = put.const(1.0)
        constant = self.lowering.exact(constant)
        if constant != 1 and not constant.free_symbols:
            tops = [*tops, self.lowering.number(abs(constant) if constant.is_number else constant)]
            if constant.is_negative:
                value = put.const(-1.0)
        if self.way.denominator == "expanded" or not bottoms:
            value = self.chain(value, tops)
            for bottom in bottoms:
                value = put.op("div", value, bottom)
        else:
            value = self.ratios(value, tops, bottoms)
        return value if tail is None else put.op("mul", value, tail)

    def chain(self, value: int, parts: list[int]) -> int:
        """A product, left to right."""
        for part in parts:
            value = self.put.op("mul", value, part)
        return value

    def ratios(self, value: int, tops: list[int], bottoms: list[int]) -> int:
        """One quotient for each denominator, so that no partial product leaves the range."""
        tops, found = list(tops), []
        for bottom in bottoms:
            above = tops.pop(0) if tops else self.put.const(1.0)
            found.append(self.put.op("div", above, bottom))
        return self.chain(self.chain(value, found), tops)

    def factors(self, expr: Expr) -> tuple[Expr, list[tuple[Expr, int]]]:
        """The constant content and the irreducible factors, in a fixed order."""
        constant, found = factor_list(expr)
        kept: list[tuple[Expr, int]] = []
        for factor, count in found:
            if factor.is_Symbol and self.lowering.kind(factor) == "const":
                constant *= factor**count
            else:
                moderate, scale = _moderate(factor)
                constant *= scale**count
                kept.append((moderate, count))
        return constant, sorted(kept, key=lambda pair: _order(pair[0]))

    def expand(self, factors: list[tuple[Expr, int]]) -> list[tuple[Expr, int]]:
        """The factors that are sums, multiplied out to one."""
        sums = [(f, n) for f, n in factors if not f.is_Symbol]
        if not sums:
            return factors
        whole = expand(sympy.Mul(*(f**n for f, n in sums)))
        return [*((f, n) for f, n in factors if f.is_Symbol), (whole, 1)]

    def _lead(
        self, above: list[tuple[Expr, int]], below: list[tuple[Expr, int]]
    ) -> tuple[tuple[Symbol, int] | None, list[tuple[Expr, int]]]:
        """The power of a decaying letter in front, negative where the value grows."""
        for side, sign in ((above, 1), (below, -1)):
            for factor, count in side:
                if factor.is_Symbol and self.lowering.kind(factor) == "decay":
                    return (factor, sign * count), [pair for pair in above if pair[0] != factor]
        return None, above

    def decays(self, symbol: Symbol, count: int) -> tuple[int, int | None]:
        """E^k: as one value, or as two factors of which the second, 2^-64 or the far part, comes last."""
        put, lowering = self.put, self.lowering
        letter = lowering.find(symbol)
        assert letter is not None
        if count < 0:
            half = put.op("exp", self._grown(letter.argument * sympy.Rational(-count, 2)))
            return half, half
        if not self.way.split:
            if count == 1:
                return lowering.symbol(symbol), None
            return lowering.decay(letter.argument, count), None
        pair = lowering.pair(expand(letter.argument * count))
        if self.way.split == "halved":
            near = put.op("min", pair.high, put.const(SPLIT))
            first = put.op("exp", put.op("neg", near))
            if pair.low is not None:
                first = put.op("sub", first, put.op("mul", first, pair.low))
            return first, put.op("exp", put.op("sub", near, pair.high))
        shift = lowering.constant_pair(64 * sympy.log(2))
        moved = two_sum(put, shift.high, put.op("neg", pair.high))
        low = moved.low
        assert low is not None
        assert shift.low is not None
        low = put.op("add", low, shift.low)
        low = low if pair.low is None else put.op("sub", low, pair.low)
        first = put.op("exp", moved.high)
        return put.op("add", first, put.op("mul", first, low)), put.const(2.0**-64)

    def _grown(self, exponent: Expr) -> int:
        """An exponent that grows: with the magnitude of this side only, or the other side would overflow."""
        lowering = self.lowering
        magnitudes = [s for s in exponent.free_symbols if lowering.kind(s) == "magnitude"]
        if not magnitudes:
            return lowering.polynomial(exponent)
        letter = lowering.find(magnitudes[0])
        assert letter is not None
        key = (magnitudes[0], False)
        kept = lowering.places.pop(key, None)
        lowering.places[key] = lowering.one_side(letter)
        place = lowering.polynomial(exponent)
        del lowering.places[key]
        if kept is not None:
            lowering.places[key] = kept
        return place

    def magnitude(self) -> int:
        """a = |x|."""
        return self.lowering.symbol(
            next(s.symbol for s in self.lowering.tower.letters if s.kind == "magnitude")
        )

    def reciprocal(self) -> int:
        """r = 1/a, bounded where a is tiny."""
        put = self.put
        return put.op("div", put.const(1.0), put.op("max", self.magnitude(), put.const(TINY)))

    def denominator(self, factor: Expr) -> tuple[int, int]:
        """`(k, place)`: a factor below; with the reciprocal r = 1/a, a^k is taken out of it."""
        lowering = self.lowering
        magnitudes = [s for s in factor.free_symbols if lowering.kind(s) == "magnitude"]
        others = [
            s for s in factor.free_symbols if lowering.kind(s) not in ("magnitude", "const", "parameter")
        ]
        if not self.way.reciprocal or not magnitudes or others:
            return 0, lowering.polynomial(factor, damped=self.damped)
        (a,) = magnitudes
        poly = sympy.Poly(factor, a)
        count = max(1, poly.degree() // 2)
        place = lowering.symbol(a)
        r = self.reciprocal()
        value: int | None = None
        for (degree,), coefficient in poly.terms():
            word = place if degree >= count else r
            part = lowering.polynomial(coefficient)
            if degree != count:
                part = self.put.op("mul", lowering.raised(word, abs(degree - count)), part)
            value = part if value is None else self.put.op("add", value, part)
        assert value is not None
        return count, value


@lru_cache(maxsize=4096)
def _moderate(factor: Expr) -> tuple[Expr, Expr]:
    """A factor whose leading coefficient is a double, and what it was divided by."""
    symbols = sorted(factor.free_symbols, key=lambda s: s.name)
    lead = sympy.Poly(factor, *symbols).LC() if symbols else sympy.Integer(1)
    if abs(lead) < 2**53:
        return factor, sympy.Integer(1)
    return expand(factor / lead), lead


@lru_cache(maxsize=4096)
def _order(expr: Expr) -> tuple[int, str]:
    """Factors in a fixed order, the short ones first."""
    return int(sympy.count_ops(expr)), str(expr)
