"""`Lowering`: letters and polynomials in letters, as operations of one program.

Polynomials become Horner schemes, the decaying letters outermost, so that what multiplies E = exp(-|v|)
is damped with it: there the magnitude is clamped at a bound beyond which E is 0 in every type, and an
infinite argument never meets a zero. Coefficients are rounded once, with their exact meaning kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import sympy
from sympy import Expr, Symbol

from symderiv.errors import UnsupportedError
from symderiv.kernels.algebra import cancel, expand, fraction, terms
from symderiv.kernels.constants import LOW, nearest, remainder
from symderiv.kernels.letters import Letter, Tower
from symderiv.kernels.program import Builder
from symderiv.kernels.words import Pair, product, total
from symderiv.meaning import to_term

Place = int
_DIGITS = 50
GROWTH = 80.0
"""Exponents of poles are clamped here: e^80 in an outer exponential is infinity enough, and fits float32."""


@dataclass(slots=True)
class Lowering:
    """Operations for one tower. `wide`: exponents in two words; `bound`: where the magnitude is clamped;
    `careful`: constants in sums in two words; `one_sided`: a magnitude is 0 on the other side of the line.
    """

    builder: Builder
    tower: Tower
    wide: bool
    bound: float
    careful: bool = False
    one_sided: bool = False
    places: dict[tuple[Symbol, bool], Place] = field(default_factory=dict)

    def symbol(self, symbol: Symbol, *, damped: bool = False) -> Place:
        """The value of a letter, the variable or a parameter."""
        key = symbol, damped
        if key not in self.places:
            self.places[key] = self._symbol(symbol, damped=damped)
        return self.places[key]

    def _symbol(self, symbol: Symbol, *, damped: bool) -> Place:
        put = self.builder
        letter = self.find(symbol)
        if letter is None:
            plain = put.input(symbol.name)
            if damped and symbol == self.tower.variable and self.bound:
                return put.op("max", put.op("min", plain, put.const(self.bound)), put.const(-self.bound))
            return plain
        if letter.kind == "magnitude":
            plain = (
                self.one_side(letter) if self.one_sided else put.op("abs", put.input(letter.argument.name))
            )
            return put.op("min", plain, put.const(self.bound)) if damped and self.bound else plain
        if letter.kind in ("near", "reciprocal"):
            plain, one = put.op("abs", put.input(letter.argument.name)), put.const(1.0)
            return (
                put.op("min", plain, one)
                if letter.kind == "near"
                else put.op("div", one, put.op("max", plain, one))
            )
        if letter.kind == "const":
            return self.number(letter.argument)
        if letter.kind == "decay":
            return self.decay(letter.argument)
        if letter.kind == "sqrt":
            return self.root(letter.argument, damped=damped)
        if letter.kind == "power":
            return put.op("power", self.quotient(letter.argument.base), self.quotient(letter.argument.exp))
        if letter.kind in ("mills", "erfcx"):
            return put.op(letter.kind, self.polynomial(letter.argument, damped=True))
        return put.op(letter.kind, self.quotient(letter.argument, damped=damped))

    def hold(self) -> None:
        """The variable, held between the ends of its cell that parameters give: there it is itself.

        On the other cells, where the value is computed and not used, nothing overflows that does not here.
        Raises `UnsupportedError` where the cell has no such ends on both sides of the variable.
        """
        put, variable = self.builder, self.tower.variable
        low, high = (self._ends(side) for side in (1, -1))
        if not low or not high or any(one.kind == "magnitude" for one in self.tower.letters):
            raise UnsupportedError("the cell has no ends that are parameters")
        place = put.input(variable.name)
        for op, ends in (("min", high), ("max", low)):
            for end in ends:
                place = put.op(op, place, self.quotient(end))
        self.places[variable, False] = self.places[variable, True] = place

    def _ends(self, side: int) -> list[Expr]:
        """The numbers of parameters that the variable is not below (side 1) or not above (side -1)."""
        found = []
        for expr, sign in sorted(self.tower.signs.items(), key=lambda pair: sympy.default_sort_key(pair[0])):
            slope = sympy.diff(expr, self.tower.variable)
            end = sympy.expand(expr - slope * self.tower.variable)
            if slope in (1, -1) and end.free_symbols and self.tower.variable not in end.free_symbols:
                found += [expand(-end / slope)] if slope * sign == side else []
        return found

    def one_side(self, letter: Letter) -> Place:
        """|x| on the cell's own side of 0, and 0 on the other, where it is not asked for."""
        put, sign = self.builder, self.tower.signs[self.tower.variable]
        x = put.input(letter.argument.name)
        return put.op("max", x if sign > 0 else put.op("neg", x), put.const(0.0))

    def root(self, inner: Expr, *, damped: bool) -> Place:
        """sqrt(w); sqrt(b^2 + c^2 a^2) without the squares, which might overflow."""
        symbols = [s for s in inner.free_symbols if self.kind(s) in ("magnitude", "variable")]
        if len(symbols) == 1 and inner.is_polynomial(*symbols):
            poly = sympy.Poly(inner, symbols[0])
            parts = [sympy.sqrt(poly.nth(k)) for k in (0, 2)]
            if poly.degree() == 2 and poly.nth(1) == 0 and all(p.is_Rational and p > 0 for p in parts):
                side = self.builder.op("mul", self.symbol(symbols[0], damped=damped), self.number(parts[1]))
                return self.builder.op("hypot", side, self.number(parts[0]))
        return self.builder.op("sqrt", self.quotient(inner, damped=damped))

    def find(self, symbol: Symbol) -> Letter | None:
        """The letter of a symbol; None for the variable and the parameters."""
        return next((one for one in self.tower.letters if one.symbol == symbol), None)

    def kind(self, symbol: Symbol) -> str:
        """The kind of a symbol: that of its letter, or `variable`, or `parameter`."""
        letter = self.find(symbol)
        if letter is not None:
            return letter.kind
        return "variable" if symbol == self.tower.variable else "parameter"

    def number(self, expr: Expr) -> Place:
        """A constant expression, rounded once."""
        if expr.is_Rational:
            value = Fraction(int(expr.p), int(expr.q))
            if Fraction(float(value)) == value:
                return self.builder.const(float(value))
        meaning = meaning_of(expr)
        return self.builder.const(nearest(meaning), meaning)

    def decay(self, argument: Expr, power: int = 1) -> Place:
        """exp(-k v): a two-word exponent where one word would round it."""
        put = self.builder
        if not self._is_plain(argument):
            inner = self.quotient(argument)
            inner = inner if power == 1 else put.op("mul", inner, put.const(float(power)))
            return put.op("exp", put.op("neg", inner))
        exponent = expand(argument * power)
        if self._is_exact(exponent) and not self.wide and exponent.as_coeff_Mul()[0] == 2:
            root = put.op("exp", self.polynomial(-exponent / 2))  # no clamp, and a product is less than that
            return put.op("mul", root, root)
        if self._is_exact(exponent):
            return put.op("exp", self.polynomial(-exponent, damped=abs(exponent.as_coeff_Mul()[0]) > 1))
        if not self.wide:
            return put.op("exp", self.polynomial(-exponent, damped=True))
        pair = self.pair(exponent)
        first = put.op("exp", put.op("neg", pair.high))
        return first if pair.low is None else put.op("sub", first, put.op("mul", first, pair.low))

    def _is_plain(self, argument: Expr) -> bool:
        """A polynomial in the variable, parameters and constants alone."""
        return all(
            self.kind(s) in ("magnitude", "variable", "parameter", "const") for s in argument.free_symbols
        )

    def _is_exact(self, exponent: Expr) -> bool:
        """A power of two times one letter is not rounded."""
        coefficient, rest = exponent.as_coeff_Mul()
        numerator, denominator = abs(int(coefficient.p)), int(coefficient.q)
        exact = numerator & (numerator - 1) == 0 and denominator & (denominator - 1) == 0
        return bool(rest.is_Symbol and exact and self.kind(rest) in ("magnitude", "variable"))

    def pair(self, expr: Expr) -> Pair:
        """A polynomial in the variable, the parameters and constants, in two words (Horner)."""
        if _over(expr)[1] is not None:
            return Pair(self.polynomial(expr, damped=True))
        main = [s for s in self.ordered(expr) if self.kind(s) in ("magnitude", "variable", "parameter")]
        if not main:
            return self.constant_pair(expr)
        symbol = main[0]
        word = Pair(self.symbol(symbol, damped=True))
        found: Pair | None = None
        coefficients = sympy.Poly(expr, symbol).all_coeffs()
        for coefficient in coefficients:
            if found is not None:
                found = product(self.builder, found, word)
            if coefficient != 0:
                part = self.pair(coefficient)
                found = part if found is None else total(self.builder, found, part)
        assert found is not None
        return found

    def constant_pair(self, expr: Expr) -> Pair:
        """A constant in two words."""
        value = self.exact(expr)
        high = self.number(value)
        node = self.builder.nodes[high]
        if not node.meaning:
            return Pair(high)
        low = self.builder.const(remainder(node.meaning), f"{LOW}{node.meaning}")
        return Pair(high, low)

    def exact(self, expr: Expr) -> Expr:
        """A polynomial in constant letters, with the constants put back."""
        return expr.subs({one.symbol: one.argument for one in self.tower.letters if one.kind == "const"})

    def ordered(self, expr: Expr) -> list[Symbol]:
        """The symbols of a polynomial, in the order in which Horner schemes take them."""
        rank = {
            "decay": 0,
            "variable": 3,
            "magnitude": 3,
            "near": 3,
            "reciprocal": 3,
            "parameter": 4,
            "const": 5,
        }
        symbols = sorted(expr.free_symbols, key=lambda s: s.name)
        return sorted(symbols, key=lambda s: rank.get(self.kind(s), 1))

    def _rest(self, numerator: Expr, letter: Letter) -> Expr | None:
        """p/(1 - E), where the polynomial p vanishes at E = 1: there its terms would cancel."""
        if expand(numerator.subs(letter.symbol, 1)) != 0:
            return None
        return cancel(numerator / (1 - letter.symbol))

    def polynomial(self, expr: Expr, *, damped: bool = False) -> Place:
        """A polynomial by Horner's rule, the decaying letters outermost; over parameters, as in x/s."""
        above, below = _over(expr)
        if below is not None:
            top = self.polynomial(above, damped=damped)
            return self.builder.op("div", top, self.polynomial(below))
        main = [s for s in self.ordered(expr) if self.kind(s) != "const"]
        if not main:
            return self.number(self.exact(expr))
        symbol = main[0]
        if self.careful and damped and self._is_plain(expr) and sympy.Poly(expr, symbol).degree() > 1:
            return self.pair(expr).high
        decays = self.kind(symbol) == "decay"
        value: Place | None = None
        previous = 0
        for degree, coefficient in terms(expr, symbol):
            if value is not None:
                value = self._times(value, symbol, previous - degree, damped)
            inside = damped or (decays and degree > 0)
            part = self.polynomial(coefficient, damped=inside)
            value = part if value is None else self._sum(part, value)
            previous = degree
        assert value is not None
        return self._times(value, symbol, previous, damped)

    def _sum(self, part: Place, value: Place) -> Place:
        """A coefficient and the rest; `careful` adds what the rounding of the coefficient left out."""
        found = self.builder.op("add", part, value)
        node = self.builder.nodes[part]
        if not self.careful or not node.meaning:
            return found
        low = self.builder.const(remainder(node.meaning), f"{LOW}{node.meaning}")
        return self.builder.op("add", found, low)

    def _times(self, value: Place, symbol: Symbol, count: int, damped: bool) -> Place:
        if count == 0:
            return value
        word = self.symbol(symbol, damped=damped or self.kind(symbol) == "decay")
        return self.builder.op("mul", self.raised(word, count), value)

    def raised(self, place: Place, count: int) -> Place:
        """An integer power, as products."""
        if count == 1:
            return place
        half = self.raised(place, count // 2)
        square = self.builder.op("mul", half, half)
        return self.builder.op("mul", square, place) if count % 2 else square

    def quotient(self, expr: Expr, *, damped: bool = False) -> Place:
        """A quotient of polynomials as it stands; a pole E^-k as exp(k v), large but not infinite."""
        numerator, denominator = fraction(expr)
        for letter in self.tower.letters:
            if letter.kind == "decay" and numerator.has(letter.symbol):
                rest = self._rest(numerator, letter)
                if rest is not None:
                    inner = self.quotient(letter.argument, damped=True)
                    vanishing = self.builder.op(
                        "neg", self.builder.op("expm1", self.builder.op("neg", inner))
                    )
                    return self.builder.op("mul", vanishing, self.quotient(rest / denominator, damped=damped))
            if letter.kind == "decay" and self._is_plain(letter.argument) and denominator.has(letter.symbol):
                count = min(power for (power,) in sympy.Poly(denominator, letter.symbol).monoms())
                if count:
                    rest = cancel(expr * letter.symbol**count)
                    grown = self.polynomial(expand(letter.argument * count), damped=True)
                    if self.bound:  # the oracle has no bounds
                        grown = self.builder.op("min", grown, self.builder.const(GROWTH))
                    grown = self.builder.op("exp", grown)
                    return self.builder.op("mul", grown, self.quotient(rest))
        top = self.polynomial(expand(numerator), damped=damped)
        if denominator == 1:
            return top
        return self.builder.op("div", top, self.polynomial(expand(denominator), damped=damped))


def _over(expr: Expr) -> tuple[Expr, Expr | None]:
    """Numerator and denominator where a symbol stands below; else the expression and None."""
    if not any(power.exp.is_negative and power.base.free_symbols for power in expr.atoms(sympy.Pow)):
        return expr, None
    above, below = fraction(sympy.together(expr))
    return expand(above), expand(below)


def meaning_of(expr: Expr) -> str:
    """A constant in plain notation; long integers in pieces that a reader accepts."""
    if expr.is_Rational and max(len(str(abs(expr.p))), len(str(expr.q))) > _DIGITS:
        sign = "-" if expr.p < 0 else ""
        return f"{sign}({_long(abs(int(expr.p)))})/({_long(int(expr.q))})"
    return str(to_term(expr))


def _long(value: int) -> str:
    digits = str(value)
    if len(digits) <= _DIGITS:
        return digits
    cut = len(digits) - _DIGITS // 2
    return f"({_long(int(digits[:-cut]))})*10**{cut} + {_long(int(digits[-cut:]))}"
