"""`Engine`: one tower with its tables, the region at hand, and what building a formula has found out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NoReturn, cast

from flint import fmpq, fmpq_mpoly

from symderiv.field.bounds import definite_by_bounds
from symderiv.field.constants import root_bounds, vanishes
from symderiv.field.region import Claim, Region
from symderiv.field.tower import (
    MAX_SPREAD,
    Ball,
    Element,
    Generator,
    RefineError,
    SplitError,
    Tower,
    UndefinedError,
    coefficients_in,
    rationalized,
)

_BOUNDS: dict[str, tuple[Fraction | None, Fraction | None, bool]] = {
    "positive": (Fraction(0), None, True),
    "nonnegative": (Fraction(0), None, False),
    "negative": (None, Fraction(0), False),
}


class Engine:
    """Generators by what they stand for; `units` outlives a tower that has to be built again."""

    def __init__(
        self,
        capacity: int,
        units: dict[str, int],
        assumptions: Mapping[str, str],
        deadline: float = float("inf"),
    ) -> None:
        self.tower = Tower(capacity, deadline)
        self.units = units
        self.assumptions = assumptions
        self.base = self.region = Region(self.tower)
        self.table: dict[tuple[str, ...], Generator] = {}
        self.memory: dict[object, object] = {}
        self.aliases: dict[str, list[tuple[fmpq_mpoly, Fraction]]] = {}
        self.claims: dict[tuple[str, ...], Claim] = {}
        self.sharp: dict[str, fmpq_mpoly] = {}
        self.integers: list[Element] = []

    def start(self, region: Region) -> None:
        """Build in that region from now on, with nothing found out yet."""
        self.region = region
        self.claims = {}
        self.sharp = {}
        self.integers = list(region.integers)

    def symbol(self, name: str) -> Element:
        """The generator of a symbol, between the bounds that its assumption gives."""
        found = self.table.get(("symbol", name))
        if found is None:
            assumption = self.assumptions.get(name.partition("[")[0], "real")
            low, high, strict = _BOUNDS.get(assumption, (None, None, False))
            found = self.tower.add("symbol", name, low=low, high=high, strict=strict)
            self.table["symbol", name] = found
        return self.tower.of(found)

    def constant(self, name: str, ball: Ball, low: int, high: int) -> Element:
        """The generator of a named positive constant."""
        found = self.table.get(("constant", name))
        if found is None:
            found = self.tower.add(
                "constant",
                name,
                low=Fraction(low),
                high=Fraction(high),
                strict=True,
                constant=True,
                ball=ball,
            )
            self.table["constant", name] = found
        return self.tower.of(found)

    def function(
        self,
        kind: str,
        argument: Element,
        *,
        ball: Ball | None = None,
        low: Fraction | None = None,
        high: Fraction | None = None,
        strict: bool = False,
        extra: tuple[str, ...] = (),
    ) -> Generator:
        """The generator of a function of one argument; arguments that are equal share it."""
        argument = rationalized(argument)
        key = (kind, *argument.key(), *extra)
        found = self.table.get(key)
        if found is None:
            tower = self.tower
            constant = tower.is_constant(argument.num) and tower.is_constant(argument.den)
            if constant:
                found = self._same_constant(kind, argument)
        if found is None:
            label = f"{kind}({self.label(argument)})"
            found = tower.add(
                kind,
                label,
                argument=argument,
                low=low,
                high=high,
                strict=strict,
                constant=constant,
                ball=ball,
            )
            self.table[key] = found
        return found

    def _same_constant(self, kind: str, argument: Element) -> Generator | None:
        for other in self.tower.generators:
            if other.kind != kind or not other.constant or other.argument is None:
                continue
            if vanishes(self.tower, (other.argument - argument).num):
                return other
        return None

    def label(self, value: Element | fmpq_mpoly) -> str:
        """A text in terms of what the generators stand for; the same in every tower."""
        if isinstance(value, Element):
            return f"{self.label(value.num)}/({self.label(value.den)})"
        names = self.tower.generators
        return re.sub(r"g(\d+)", lambda m: f"<{names[int(m[1])].label}>", value.str())

    def unit(self, label: str, denominator: int) -> int:
        """The unit denominator of a generator; a finer one asks for a new tower."""
        unit = self.units.get(label)
        if unit is None:
            self.units[label] = denominator
            return denominator
        if unit % denominator:
            self.units[label] = math.lcm(unit, denominator)
            raise RefineError(label)
        return unit

    def sign_generator(self, factor: fmpq_mpoly) -> Element:
        """S with S^2 = 1 and |factor| = S*factor."""
        key = ("sign", factor.str())
        found = self.table.get(key)
        if found is None:
            tower = self.tower
            argument = tower.element(factor)
            one = Fraction(1)
            found = tower.add("sign", f"sign({self.label(factor)})", argument=argument, low=-one, high=one)
            tower.relate(found, 2, tower.unit_poly)
            self.table[key] = found
        return self.tower.of(found)

    def signs(self, factors: list[fmpq_mpoly]) -> Element:
        """The sign of a product of irreducible factors, in sign generators where it is not known."""
        sign, rest = self.parity(factors)
        result = self.tower.number(sign)
        for factor in rest:
            result = result * self.sign_generator(factor)
        return result

    def parity(self, factors: list[fmpq_mpoly]) -> tuple[int, tuple[fmpq_mpoly, ...]]:
        """The sign of a product: a known part, and factors whose sign is not known."""
        sign, flat = 1, []
        for factor in factors:
            value, oriented = self.oriented(factor)
            sign *= value
            flat += oriented
        return self.region.parity(flat, sign)

    def oriented(self, factor: fmpq_mpoly) -> tuple[int, list[fmpq_mpoly]]:
        """The factors that settle the sign of a factor: of e^u - c it is u - log c, of S_f it is f."""
        from symderiv.field.products import compared

        tower = self.tower
        if factor.is_constant():
            return (1 if factor.leading_coefficient() > 0 else -1), []
        if len(factor) == 1:
            generator = tower.used(factor)[0]
            if generator.kind == "sign" and generator.argument is not None:
                return 1, [generator.argument.num]
            if generator.kind in ("erf", "atan", "asin") and generator.argument is not None:
                return self.oriented_all(*self.odd_factors(generator.argument))
            if generator.kind == "log" and generator.argument is not None:
                square = generator.argument * generator.argument - self.tower.one
                return self.oriented_all(*self.odd_factors(square))
        key = ("oriented", factor.str())
        if key not in self.memory:
            self.memory[key] = compared(self, factor) or (1, [factor])
        return cast(tuple[int, list[fmpq_mpoly]], self.memory[key])

    def zeros_of(self, factor: fmpq_mpoly) -> list[fmpq_mpoly]:
        """Factors with the same zeros: of a root generator it is what the root is taken of."""
        used = self.tower.used(factor)
        if len(factor) == 1 and used and used[0].kind == "root" and used[0].argument is not None:
            return self.zeros_of(used[0].argument.num)
        return self.oriented(factor)[1]

    def with_known_signs(self, factor: fmpq_mpoly) -> list[fmpq_mpoly]:
        """The irreducible factors, with 1 or -1 put in for sign generators whose sign is known here."""
        for generator in self.tower.used(factor):
            if generator.kind == "sign" and generator.argument is not None:
                known = self.region.definite(generator.argument.num)
                if known is not None:
                    column = self.tower.column(generator.position)
                    b, a = coefficients_in(self.tower, factor, column, 1)
                    factor = b + a * known[0]
        if factor.is_zero():
            return []
        return [part for part, _ in self.factored(factor)[1]]

    def oriented_all(self, sign: int, factors: list[fmpq_mpoly]) -> tuple[int, list[fmpq_mpoly]]:
        """The same for a product of factors with a sign in front."""
        flat = []
        for factor in factors:
            value, parts = self.oriented(factor)
            sign *= value
            flat += parts
        return sign, flat

    def odd_factors(self, value: Element) -> tuple[int, list[fmpq_mpoly]]:
        """The sign of the constant, and the irreducible factors of odd multiplicity."""
        sign, odd = 1, []
        for poly in (value.num, value.den):
            constant, factors = self.factored(poly)
            sign *= 1 if constant > 0 else -1
            odd += [factor for factor, power in factors if power % 2]
        return sign, odd

    def factored(self, poly: fmpq_mpoly) -> tuple[Fraction, list[tuple[fmpq_mpoly, int]]]:
        """A constant and irreducible factors with positive leading coefficient."""
        key = ("factored", poly.str())
        if key not in self.memory:
            self.memory[key] = _factor(poly)
        return cast(tuple[Fraction, list[tuple[fmpq_mpoly, int]]], self.memory[key])

    def require_positive(self, value: Element, *, strict: bool) -> None:
        """Note that the formula is defined only where value > 0 (or >= 0).

        Where 0 is allowed, the zeros of a squared factor, or of one that is never negative, may be lone
        points of the domain, or (1 + S with a sign S) a whole region: then nothing is concluded.
        """
        if value.num.is_zero():
            if strict:
                self.undefined()
            return
        if not strict:
            _, factors = self.factored(value.num)
            for factor, power in factors:
                known = self.region.definite(factor)
                if (power % 2 == 0 and known is None) or (known is not None and not known[1]):
                    return
        sign, odd = self.odd_factors(value)
        value_sign, rest = self.parity(odd)
        sign *= value_sign
        raw = tuple(self.oriented_all(1, odd)[1])
        if not rest:
            if sign < 0:
                self.undefined()
            return
        key = tuple(f.str() for f in rest)
        before = self.claims.get(key)
        self.claims[key] = (rest, sign, strict or (before is not None and before[2]), raw)

    def undefined(self) -> NoReturn:
        """The formula has no value in this region."""
        raise UndefinedError("no value in this region")

    def known_sign(self, value: Element) -> int:
        """The sign of an element: 1, -1 or 0, splitting the region where it is not known."""
        if value.num.is_zero():
            return 0
        sign, odd = self.odd_factors(value)
        found, rest = self.parity(odd)
        if rest:
            raise SplitError(*self._innermost(rest[0]))
        for poly in (value.num, value.den):
            for factor, _ in self.factored(poly)[1]:
                for part in self.zeros_of(factor):
                    known = self.region.definite(part)
                    if known is None or not known[1]:
                        self.sharp[part.str()] = part
        return sign * found

    def _innermost(self, factor: fmpq_mpoly) -> tuple[fmpq_mpoly, bool]:
        """The factor to split by, and whether a value jumps there: signs inside the factor come first."""
        for generator in self.tower.used(factor):
            if generator.kind == "sign" and generator.argument is not None:
                return generator.argument.num, False
        return factor, True

    def root_generator(self, factor: fmpq_mpoly, degree: int) -> Element:
        """R with R^degree = |factor|."""
        sign, rest = self.parity([factor])
        key = ("root", factor.str(), str(sign), *(f.str() for f in rest))
        found = self.table.get(key)
        if found is None:
            tower = self.tower
            value = tower.element(factor) * self.signs([factor])
            known = definite_by_bounds(tower, factor)
            constant = tower.is_constant(factor)
            found = tower.add(
                "root",
                f"root({self.label(factor)})",
                argument=tower.element(factor),
                low=Fraction(0),
                strict=known is not None and known[1],
                constant=constant,
                ball=lambda a: abs(a).root(degree),
                algebraic=root_bounds(tower, factor, degree) if constant else None,
                unit=degree,
            )
            tower.relate(found, degree, value.num)
            self.table[key] = found
        return self.tower.of(found)


def _factor(poly: fmpq_mpoly) -> tuple[Fraction, list[tuple[fmpq_mpoly, int]]]:
    # what is costly to factor stays in one piece: that loses identities, but no truth
    costly = max(poly.degrees(), default=0) > MAX_SPREAD
    constant, factors = _in_one_piece(poly) if costly else poly.factor()
    value = Fraction(int(constant.p), int(constant.q))
    found = []
    for factor, power in factors:
        if factor.leading_coefficient() < 0:
            value *= (-1) ** power
            factor = -factor  # noqa: PLW2901  the factor itself, with its sign
        found.append((factor, int(power)))
    return value, found


def _in_one_piece(poly: fmpq_mpoly) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
    """Powers of single generators, and the rest in one piece: a monomial always falls apart."""
    lead = poly.leading_coefficient()
    context = poly.context()
    lowest = [min(column) for column in zip(*poly.monoms(), strict=True)]
    found = [(variable, int(power)) for variable, power in zip(context.gens(), lowest, strict=True) if power]
    rest = poly / context.from_dict({tuple(lowest): lead})
    return lead, found if rest.is_constant() else [*found, (rest, 1)]
