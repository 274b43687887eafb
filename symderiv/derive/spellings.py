"""The letters of a closed form spelled out over the variable: y = N/D, e^-y = 1/u, a head by its definition.

A monomial of g(y) becomes one product over another, equal factors as powers and numbers apart, so that
the sum reads as fractions or stands over one denominator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from symderiv.derive.algebra import join_power, join_product, join_quotient, join_sum, literal
from symderiv.derive.polynomial import Monomial, Polynomial, scaled
from symderiv.notation.term import ZERO, Term, add, neg, num, sym

OUTPUT = sym("_y")
"""Stands for f(x) inside a closed form; no name that is read can collide with it."""
INVERSES = {"exp": "log", "log": "exp", "tan": "atan", "sin": "asin", "sinh": "asinh", "tanh": "atanh"}
INVERSES |= {inner: outer for outer, inner in INVERSES.items()}

Powers = dict[Term, int]


@dataclass(frozen=True, slots=True)
class Spelling:
    """number * (product of `above`) / (product of `below`)."""

    number: Fraction
    above: Powers
    below: Powers

    def raised(self, exponent: int) -> Spelling:
        """The whole to a positive power."""
        return Spelling(self.number**exponent, _times(self.above, exponent), _times(self.below, exponent))

    def __mul__(self, other: Spelling) -> Spelling:
        return Spelling(
            self.number * other.number, _plus(self.above, other.above), _plus(self.below, other.below)
        )


def _times(powers: Powers, exponent: int) -> Powers:
    return {base: own * exponent for base, own in powers.items()}


def _plus(left: Powers, right: Powers) -> Powers:
    joint = dict(left)
    for base, exponent in right.items():
        joint[base] = joint.get(base, 0) + exponent
    return joint


UNIT = Spelling(Fraction(1), {}, {})


def spelling(term: Term) -> Spelling:
    """A written product or quotient taken apart into a number and powers; nothing is multiplied out."""
    value = literal(term)
    if value:
        return Spelling(value, {}, {})
    match term.kind:
        case "neg":
            inner = spelling(term.args[0])
            return Spelling(-inner.number, inner.above, inner.below)
        case "mul":
            whole = UNIT
            for arg in term.args:
                whole *= spelling(arg)
            return whole
        case "div":
            above, below = map(spelling, term.args)
            return above * Spelling(1 / below.number, below.below, below.above)
        case "pow":
            exponent = literal(term.args[1])
            if exponent is not None and exponent.denominator == 1 and exponent:
                base = spelling(term.args[0]).raised(abs(exponent.numerator))
                return base if exponent > 0 else Spelling(1 / base.number, base.below, base.above)
    return Spelling(Fraction(1), {term: 1}, {})


Letters = dict[Term, Spelling]


@dataclass(frozen=True, slots=True)
class Speller:
    """Spells the letters of g: by what `raw` already shows, by the definition, by writing out a head."""

    raw: Term
    function: Term
    definition: Term
    spell: Callable[[Term], tuple[Term, ...]]

    def letters(self, terms: Polynomial) -> Iterator[Letters]:
        """Every letter of the polynomial, in each way that its heads are written; none if one cannot be."""
        names = list(dict.fromkeys(letter for monomial in terms for letter, _ in monomial))
        ways = [self._ways(letter) for letter in names]
        if not all(ways):
            return
        for place in range(max(map(len, ways), default=0)):
            yield {letter: way[min(place, len(way) - 1)] for letter, way in zip(names, ways, strict=True)}

    def _shows(self, term: Term) -> bool:
        return any(node == term for node in self.raw.walk())

    def _ways(self, letter: Term) -> list[Spelling]:
        if letter == OUTPUT:
            return [spelling(self.function if self._shows(self.function) else self.definition)]
        if OUTPUT.name not in letter.free_symbols():
            written_out = () if self._shows(letter) else self.spell(letter)
            return [spelling(term) for term in (*written_out, letter)]
        minus = self.definition.kind == "neg"
        outer = self.definition.args[0] if minus else self.definition
        if letter.kind != "call" or outer.kind != "call" or INVERSES.get(letter.name) != outer.name:
            return []
        inside = spelling(outer.args[0])
        if letter.args[0] == (neg(OUTPUT) if minus else OUTPUT):
            return [inside]
        if letter.name == "exp" and letter.args[0] == (OUTPUT if minus else neg(OUTPUT)):
            return [Spelling(1 / inside.number, inside.below, inside.above)]
        return []


def spelled_monomial(monomial: Monomial, letters: Letters) -> Spelling:
    """The product of the spelled letters."""
    whole = UNIT
    for letter, exponent in monomial:
        whole *= letters[letter].raised(exponent)
    return whole


def as_fractions(terms: Polynomial, letters: Letters) -> Term:
    """The sum, each monomial as a fraction of its own."""
    parts = []
    for monomial, coefficient in terms.items():
        whole = spelled_monomial(monomial, letters)
        fraction = join_quotient(_product(whole.above), _product(whole.below))
        parts.append((coefficient * whole.number, fraction))
    return _sum(parts)


def over_one_denominator(terms: Polynomial, letters: Letters) -> Term | None:
    """The sum over the least common denominator; None where there is no denominator."""
    spelled = [(c, spelled_monomial(m, letters)) for m, c in terms.items()]
    highest: Powers = {}
    for _, whole in spelled:
        for base, exponent in whole.below.items():
            highest[base] = max(highest.get(base, 0), exponent)
    if not highest:
        return None
    parts = []
    for coefficient, whole in spelled:
        missing = {b: e - whole.below.get(b, 0) for b, e in highest.items() if e > whole.below.get(b, 0)}
        top = join_product(_product(whole.above), _product(missing))
        parts.append((coefficient * whole.number, top))
    return join_quotient(_sum(parts, flat=True), _product(highest))


def _product(powers: Powers) -> Term:
    return join_product(*(join_power(base, num(exponent)) for base, exponent in powers.items()))


def _sum(parts: list[tuple[Fraction, Term]], *, flat: bool = False) -> Term:
    """The summands in their order, a positive one first where there is one."""
    if parts and parts[0][0] < 0:
        first = next((k for k, (c, _) in enumerate(parts) if c > 0), 0)
        parts = [parts[first], *parts[:first], *parts[first + 1 :]]
    summands = [neg(scaled(-c, t)) if c < 0 else scaled(c, t) for c, t in parts]
    if not summands:
        return ZERO
    if flat:
        return join_sum(*summands)
    return summands[0] if len(summands) == 1 else add(*summands)
