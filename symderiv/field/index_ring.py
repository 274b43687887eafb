"""Fractions over generators: e^u split into independent exponentials, log u into logs, roots as roots.

A value is a fraction of two polynomials (python-flint) whose generators are entries z[i], scalars,
exponentials, logarithms, roots, other functions and irreducible sums. A zero numerator is a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from symderiv import limits
from symderiv.field.index_tree import ONE, Node, OutsideError, number, over, plus, power, times

_SLOTS = 96
_CONTEXT = fmpq_mpoly_ctx.get([f"g{slot}" for slot in range(_SLOTS)], Ordering.degrevlex)
_GENS = _CONTEXT.gens()
_ZERO, _ONE = _CONTEXT.constant(0), _CONTEXT.constant(1)


class Frac(NamedTuple):
    """num / den."""

    num: fmpq_mpoly
    den: fmpq_mpoly


class Coarse(Exception):
    """Exponents with another denominator came up: start again with e^{u/q}."""

    def __init__(self, denominator: int) -> None:
        super().__init__()
        self.denominator = denominator


@dataclass
class Facts:
    """What one run taught the next: the denominator of exponents, the denominators under each Σ."""

    denominator: int = 1
    under_sums: dict[str, dict[str, tuple[Node, int]]] = field(default_factory=dict)

    def refine(self, denominator: int) -> None:
        """Exponents come in multiples of 1/denominator from now on."""
        self.denominator = lcm(self.denominator, denominator)
        if self.denominator > 64:
            raise OutsideError


class Ring:
    """The generators met so far, one slot each, with their relations and signs."""

    def __init__(self, facts: Facts, nonnegative: Callable[[Node], bool]) -> None:
        self.facts = facts
        self.slots: list[Node] = []
        self.inside: list[frozenset[str]] = []
        self.relations: dict[int, tuple[int, Frac]] = {}
        self.signs: dict[int, int] = {}
        self.logs: dict[int, Frac] = {}
        self._lookup: dict[Node, int] = {}
        self._sign: list[bool] = []
        self._nonnegative = nonnegative

    # -- fractions ---------------------------------------------------------------------------------

    def constant(self, value: int | Fraction) -> Frac:
        """A rational number."""
        value = Fraction(value)
        return Frac(_CONTEXT.constant(fmpq(value.numerator, value.denominator)), _ONE)

    def of(self, poly: fmpq_mpoly) -> Frac:
        """A polynomial as a fraction."""
        return Frac(poly, _ONE)

    def add(self, a: Frac, b: Frac) -> Frac:
        """a + b."""
        if a.den == b.den:
            return self._checked(a.num + b.num, a.den)
        return self._checked(a.num * b.den + b.num * a.den, a.den * b.den)

    def mul(self, a: Frac, b: Frac) -> Frac:
        """a * b."""
        return self._checked(a.num * b.num, a.den * b.den)

    def neg(self, a: Frac) -> Frac:
        """-a."""
        return Frac(-a.num, a.den)

    def power(self, a: Frac, exponent: int) -> Frac:
        """a ** exponent, for an integer."""
        if abs(exponent) > limits.MAX_EXPONENT or len(a.num) ** min(abs(exponent), 8) > limits.MAX_TERMS**2:
            raise OutsideError
        if exponent < 0:
            if self.reduced(a).num.is_zero():
                raise OutsideError
            return self._checked(a.den**-exponent, a.num**-exponent)
        return self._checked(a.num**exponent, a.den**exponent)

    def _checked(self, num: fmpq_mpoly, den: fmpq_mpoly) -> Frac:
        if len(num) > limits.MAX_TERMS or len(den) > limits.MAX_TERMS:
            raise OutsideError
        return Frac(num, den)

    # -- generators --------------------------------------------------------------------------------

    def gen(self, node: Node, *, nonnegative: bool | None = None) -> Frac:
        """The generator that stands for `node`."""
        return Frac(_GENS[self.slot(node, nonnegative=nonnegative)], _ONE)

    def slot(self, node: Node, *, nonnegative: bool | None = None) -> int:
        """Its slot; a new one where it was not met before."""
        found = self._lookup.get(node)
        if found is None:
            found = len(self.slots)
            if found >= _SLOTS:
                raise OutsideError
            self._lookup[node] = found
            self.slots.append(node)
            self.inside.append(node.index_names() | {n.name for n in node.walk() if n.kind == "symbol"})
            self._sign.append(self._nonnegative(node) if nonnegative is None else nonnegative)
        return found

    def is_nonnegative(self, poly: fmpq_mpoly) -> bool:
        """Whether every monomial is visibly at least 0."""
        return all(
            coefficient > 0 and all(e % 2 == 0 or self._sign[s] for s, e in enumerate(exps) if e)
            for exps, coefficient in terms_of(poly)
        )

    def is_positive(self, poly: fmpq_mpoly) -> bool:
        """Whether every monomial is visibly at least 0, and one of them positive (a product of e^u)."""

        def positive(exps: tuple[int, ...]) -> bool:
            met = (self.slots[slot] for slot, e in enumerate(exps) if e)
            return all(node.kind == "call" and node.name == "exp" for node in met)

        return self.is_nonnegative(poly) and any(positive(exps) for exps, _ in terms_of(poly))

    def reduced(self, a: Frac) -> Frac:
        """The same value with every root and sine below its relation's degree."""
        if not self.relations:
            return a
        num, below = self._reduced(a.num)
        den, above = self._reduced(a.den)
        return self._checked(num * above, den * below)

    def _reduced(self, poly: fmpq_mpoly) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        """(p, d) with p/d equal to the polynomial; later generators first, they may hold earlier ones."""
        below = _ONE
        for slot in sorted(self.relations, reverse=True):
            degree, _ = self.relations[slot]
            while not poly.is_zero() and degree_in(poly, slot) >= degree:
                poly, factor = self._lowered(poly, slot)
                below = below * factor
            if slot in self.signs:
                poly = self._absorbed(poly, slot, self.signs[slot])
        return poly, below

    def _absorbed(self, poly: fmpq_mpoly, sign: int, slot: int) -> fmpq_mpoly:
        """u s² = u for s = sign(u): where s is 0, so is u."""
        if degree_in(poly, sign) < 2:
            return poly
        parts: dict[tuple[int, ...], fmpq] = {}
        for exps, coefficient in terms_of(poly):
            left = exps
            if exps[slot] and exps[sign] == 2:
                left = (*exps[:sign], 0, *exps[sign + 1 :])
            parts[left] = parts.get(left, 0) + coefficient
        return polynomial(parts)

    def _lowered(self, poly: fmpq_mpoly, slot: int) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        """One use of a generator's relation."""
        degree, value = self.relations[slot]
        most = degree_in(poly, slot) // degree
        parts: dict[int, dict[tuple[int, ...], fmpq]] = {}
        for exps, coefficient in terms_of(poly):
            times_, rest = divmod(exps[slot], degree)
            left = (*exps[:slot], rest, *exps[slot + 1 :])
            parts.setdefault(times_, {})[left] = coefficient
        lowered = sum(
            (
                _CONTEXT.from_dict(part) * value.num**count * value.den ** (most - count)
                for count, part in sorted(parts.items())
            ),
            _ZERO,
        )
        return lowered, value.den**most

    def canceled(self, a: Frac) -> Frac:
        """Lowest terms, after the relations."""
        num, den = self.reduced(a)
        if den.is_zero():
            raise OutsideError
        if num.is_zero():
            return Frac(_ZERO, _ONE)
        common = num.gcd(den)
        return Frac(num / common, den / common)

    # -- back to trees -----------------------------------------------------------------------------

    def monomial(self, exps: tuple[int, ...]) -> Node:
        """The product of generators as a tree."""
        powers = [power(self.slots[s], number(e)) for s, e in enumerate(exps) if e]
        return times(*sorted(powers, key=lambda node: node.text))

    def primitive(self, poly: fmpq_mpoly) -> tuple[Fraction, Node]:
        """(c, tree) with poly = c * tree; the tree is the same for every multiple of the polynomial."""
        terms = sorted(((self.monomial(exps), c) for exps, c in terms_of(poly)), key=lambda t: t[0].text)
        coefficients = [Fraction(int(c.p), int(c.q)) for _, c in terms]
        scale = coefficients[0]
        return scale, plus(
            *(times(number(c / scale), node) for (node, _), c in zip(terms, coefficients, strict=True))
        )

    def tree(self, a: Frac) -> Node:
        """The fraction as a tree, the same for equal fractions."""
        num, den = self.canceled(a)
        if num.is_zero():
            return number(0)
        up, above = self.primitive(num)
        down, below = self.primitive(den)
        return times(number(up / down), over(above, below) if below != ONE else above)

    def parts(self, a: Frac) -> list[tuple[Fraction, Node, tuple[int, ...] | None]]:
        """The summands (c, tree, exponents where the denominator is a number)."""
        num, den = self.canceled(a)
        down, below = self.primitive(den)
        plain = below == ONE
        found = []
        for exps, c in terms_of(num):
            node = self.monomial(exps)
            value = Fraction(int(c.p), int(c.q)) / down
            found.append((value, node if plain else over(node, below), exps if plain else None))
        return sorted(found, key=lambda part: part[1].text)

    def factors(self, poly: fmpq_mpoly) -> tuple[Fraction, list[tuple[fmpq_mpoly, int]]]:
        """c and irreducible factors with multiplicity, each visibly nonnegative where a sign makes it so."""
        constant, found = poly.factor()
        value = Fraction(int(constant.p), int(constant.q))
        kept = []
        for factor, count in found:
            if not self.is_nonnegative(factor) and self.is_nonnegative(-factor):
                kept.append((-factor, int(count)))
                value *= (-1) ** int(count)
            else:
                kept.append((factor, int(count)))
        return value, kept


def terms_of(poly: fmpq_mpoly) -> list[tuple[tuple[int, ...], fmpq]]:
    """(exponents, coefficient) of every monomial."""
    return [(tuple(map(int, exps)), coefficient) for exps, coefficient in poly.terms()]


def degree_in(poly: fmpq_mpoly, slot: int) -> int:
    """The degree in one generator."""
    return int(poly.degrees()[slot])


def polynomial(terms: Mapping[tuple[int, ...], fmpq]) -> fmpq_mpoly:
    """The polynomial with those terms."""
    return _CONTEXT.from_dict(dict(terms))
