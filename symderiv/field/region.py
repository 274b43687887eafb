"""`Region`: what is known of signs where an equality is looked at, and what follows from it.

A region is cut out by assumptions on symbols (bounds of generators), by the domain (log u needs u > 0)
and by the cell at hand. All facts are strict; an equality extends to the border by continuity.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from flint import fmpq_mpoly, fmpz_poly

from symderiv.field.bounds import Definite, definite_by_bounds, monomial_bounds
from symderiv.field.constants import constant_sign
from symderiv.field.linear import Inequality, contradictory
from symderiv.field.roots import evaluate, nonzero_at_ends, real_cuts, univariate
from symderiv.field.tower import Element, Generator, Tower, as_fraction, coefficients_in
from symderiv.notation.term import Term

_MAX_DEGREE = 40

Built = tuple[Element, dict[tuple[str, ...], "Claim"], dict[str, fmpq_mpoly]]
"""An element that was built, with the claims and the jumps that came up on the way."""
Fact = tuple[tuple[fmpq_mpoly, ...], int, bool]
"""The product of the factors has that sign, strictly or not."""
Claim = tuple[tuple[fmpq_mpoly, ...], int, bool, tuple[fmpq_mpoly, ...]]
"""The same, and the factors as they were before known signs were used."""


class Region:
    """Signs of irreducible factors: facts, and the oracle that draws conclusions from them."""

    def __init__(self, tower: Tower) -> None:
        self.tower = tower
        self.facts: dict[str, tuple[fmpq_mpoly, int, bool]] = {}
        self.elements: dict[Term, Built] = {}
        self.integers: list[Element] = []
        self.edges: dict[tuple[str, ...], tuple[fmpq_mpoly, ...]] = {}
        self._claims: list[Fact] = []
        self._parities: dict[str, tuple[int, tuple[fmpq_mpoly, ...]]] = {}
        self._known: dict[str, Definite | None] = {}
        self._empty: bool | None = None

    def with_fact(self, factor: fmpq_mpoly, sign: int) -> Region:
        """The part of the region where `factor` has that sign."""
        return self.with_claim([factor], sign, strict=True)

    def with_claim(self, factors: Iterable[fmpq_mpoly], sign: int, *, strict: bool) -> Region:
        """The part of the region where the product of the factors has that sign."""
        region = self.copy()
        region.add_parity(factors, sign, strict=strict)
        return region

    def copy(self) -> Region:
        """The same region, to be narrowed without a change to this one."""
        region = Region(self.tower)
        region.facts = dict(self.facts)
        region._claims = list(self._claims)
        region._parities = dict(self._parities)
        region._empty = self._empty
        region.integers = list(self.integers)
        region.edges = dict(self.edges)
        return region

    def narrow(self, claims: Iterable[Claim]) -> bool:
        """Take the claims for granted. Is any of them news?"""
        news = False
        for factors, sign, strict, raw in claims:
            if not strict:
                self.edges[tuple(f.str() for f in raw)] = raw
            news = self.add_parity(factors, sign, strict=strict) or news
        return news

    def shared_edges(self) -> list[fmpq_mpoly]:
        """Factors of two closed conditions: where one of these is 0, the domain may have lone points."""
        counts: dict[str, list[fmpq_mpoly]] = {}
        for raw in self.edges.values():
            for factor in raw:
                counts.setdefault(factor.str(), []).append(factor)
        return [found[0] for found in counts.values() if len(found) > 1]

    def learn_integers(self, values: Iterable[Element]) -> bool:
        """Take for granted that the values are whole numbers. Is that news?"""
        before = len(self.integers)
        known = {value.key() for value in self.integers}
        self.integers += [value for value in values if value.key() not in known]
        self.elements.clear()
        return len(self.integers) > before

    def add_parity(self, factors: Iterable[fmpq_mpoly], sign: int, *, strict: bool) -> bool:
        """Take for granted that the product of the factors has that sign. Is that news?

        Where it is not `strict`, the border belongs to the region, too: the product may be 0.
        """
        sign, rest = self.parity(factors, sign)
        if not rest:
            self._empty = self._empty or sign < 0
            return False
        self._claims.append((rest, sign, strict))
        self.elements.clear()
        self._empty = None
        self._settle()
        return True

    def _settle(self) -> None:
        """Claims on one factor become facts; of every other claim, the last factor is eliminated."""
        again = True
        while again:
            again = False
            self._known.clear()
            self._parities = {}
            for factors, sign, strict in self._claims:
                value, rest = self.parity(factors, sign)
                if len(rest) == 1:
                    self.facts[rest[0].str()] = (rest[0], value, strict)
                    again = True
                    break
                if rest:
                    pivot = max(rest, key=lambda f: f.str())
                    self._parities[pivot.str()] = (value, tuple(f for f in rest if f is not pivot))
                elif value < 0:
                    self._empty = True

    def parity(self, factors: Iterable[fmpq_mpoly], sign: int = 1) -> tuple[int, tuple[fmpq_mpoly, ...]]:
        """The sign of a product of factors: a known part, and factors whose sign is not known."""
        odd: dict[str, fmpq_mpoly] = {}
        stack = list(factors)
        while stack:
            factor = stack.pop()
            known = self.definite(factor)
            if known is not None:
                sign *= known[0]
                continue
            key = factor.str()
            if key in self._parities:
                value, others = self._parities[key]
                sign *= value
                stack += others
            elif key in odd:
                del odd[key]
            else:
                odd[key] = factor
        return sign, tuple(odd[key] for key in sorted(odd))

    def definite(self, factor: fmpq_mpoly) -> Definite | None:
        """The sign that the factor has on the whole region, if it is found."""
        key = factor.str()
        if key not in self._known:
            self._known[key] = None  # a factor that leads back to itself settles nothing
            self._known[key] = self._decide(factor, key)
        return self._known[key]

    def _decide(self, factor: fmpq_mpoly, key: str) -> Definite | None:
        tower = self.tower
        if tower.is_constant(factor):
            sign = constant_sign(tower, factor)
            return (sign, True) if sign else None
        if key in self.facts:
            return self.facts[key][1:]
        return (
            definite_by_bounds(tower, factor)
            or self._by_roots(factor)
            or self._by_lines(factor)
            or self._by_norm(factor)
            or self._by_discriminant(factor)
        )

    def is_empty(self) -> bool:
        """Is there proof that the region holds no point?"""
        if self._empty is None:
            self._empty = self._contradiction()
        return self._empty

    def _contradiction(self) -> bool:
        for factor, sign, _ in self.facts.values():
            known = definite_by_bounds(self.tower, factor)
            if known is not None and known[0] != sign:
                return True
        if contradictory(self._rows([])):
            return True
        for factor, _, _ in self.facts.values():
            generator = self._single(factor)
            if generator is not None and not self._feasible(generator, []):
                return True
        return False

    # one variable: exact, by the real roots

    def _single(self, factor: fmpq_mpoly) -> Generator | None:
        used = self.tower.used(factor)
        return used[0] if len(used) == 1 and factor.total_degree() <= _MAX_DEGREE else None

    def _by_roots(self, factor: fmpq_mpoly) -> Definite | None:
        generator = self._single(factor)
        if generator is None or generator.degree:
            return None
        samples = self._feasible(generator, [factor])
        poly = univariate(self.tower, factor, generator)
        signs = {(value > 0) - (value < 0) for value in (evaluate(poly, s) for s in samples)}
        if len(signs) == 1:
            sign = signs.pop()
            return (sign, nonzero_at_ends(poly, generator)) if sign else None
        return None

    def _feasible(self, generator: Generator, extra: list[fmpq_mpoly]) -> list[Fraction]:
        facts = []
        for factor, sign, _ in self.facts.values():
            if self._single(factor) is generator:
                facts.append((univariate(self.tower, factor, generator), sign))
        polys = {p.str(): p for p, _ in facts}
        for factor in extra:
            poly = univariate(self.tower, factor, generator)
            polys.setdefault(poly.str(), poly)
        product = fmpz_poly([1])
        for poly in polys.values():
            product *= poly
        samples = real_cuts(product, generator.low, generator.high)
        return [s for s in samples if all(evaluate(p, s) * sign > 0 for p, sign in facts)]

    # several variables: linear in the monomials

    def _by_lines(self, factor: fmpq_mpoly) -> Definite | None:
        if not self.facts:
            return None
        names = {g.position for g in self.tower.used(factor)}
        if not any(names & {g.position for g in self.tower.used(f)} for f, _, _ in self.facts.values()):
            return None
        for sign in (1, -1):
            if contradictory(self._rows([(factor, -sign, False)])):
                return sign, True
            if contradictory(self._rows([(factor, -sign, True)])):
                return sign, False
        return None

    def _rows(self, extra: list[tuple[fmpq_mpoly, int, bool]]) -> list[Inequality]:
        tower = self.tower
        rows: list[Inequality] = []
        monomials: dict[tuple[int, ...], None] = {}
        claims = [*self.facts.values(), *extra]
        for poly, sign, strict in claims:
            coefficients, constant = [], Fraction(0)
            for exponents, value in poly.terms():
                if any(exponents):
                    coefficients.append((exponents, sign * as_fraction(value)))
                    monomials[exponents] = None
                else:
                    constant = sign * as_fraction(value)
            rows.append(Inequality(tuple(coefficients), constant, strict))
        for exponents in monomials:
            low, high, positive = monomial_bounds(tower, exponents)
            if low is not None:
                rows.append(Inequality(((exponents, Fraction(1)),), -low, positive and low == 0))
            if high is not None:
                rows.append(Inequality(((exponents, Fraction(-1)),), high, False))
        return rows

    # a + b r with a square root r: by the sign of the norm a^2 - b^2 r^2

    def _by_norm(self, factor: fmpq_mpoly) -> Definite | None:
        """Norm negative: a + b r and a - b r differ in sign, so b r decides; positive: a decides."""
        tower = self.tower
        quadratic = [g for g in tower.used(factor) if g.degree == 2 and g.kind in ("root", "cos")]
        for generator in reversed(quadratic):
            a, b = coefficients_in(tower, factor, tower.column(generator.position), 1)
            r = tower.variable(generator)
            norm = tower.reduced(a * a - b * b * r * r)
            if norm.is_zero() or any(g.position >= generator.position for g in tower.used(norm)):
                continue
            sign = self._sign_of(norm)
            if sign is None:
                continue
            leading = self._sign_of(b * r if sign[0] < 0 else a)
            if leading is not None:
                return leading[0], sign[1]
        return None

    # a quadratic in one of several variables without real roots

    def _by_discriminant(self, factor: fmpq_mpoly) -> Definite | None:
        tower = self.tower
        degrees = factor.degrees()
        for generator in tower.used(factor):
            column = tower.column(generator.position)
            if degrees[column] != 2 or generator.degree:
                continue
            c, b, a = coefficients_in(tower, factor, column, 2)
            lead = self._sign_of(a)
            if lead is None or not lead[1]:
                continue
            gap = self._sign_of(tower.reduced(4 * a * c - b * b))
            if gap is not None and gap[0] > 0:
                return lead[0], gap[1]
        return None

    def _sign_of(self, poly: fmpq_mpoly) -> Definite | None:
        poly = self.tower.reduced(poly)
        if poly.is_zero():
            return 1, False
        constant, factors = poly.factor()
        sign, strict = (1 if constant > 0 else -1), True
        for factor, power in factors:
            known = self.definite(factor)
            if known is None and power % 2:
                return None
            strict = strict and known is not None and known[1]
            if known is not None and power % 2:
                sign *= known[0]
        return sign, strict
