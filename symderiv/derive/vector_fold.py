"""Folding back: split a fraction, recognise f(z)[i] and f(z)[j] in it, take common factors out.

A formula is read as a list of monomials: a number and powers of formulas, in order of appearance. The only
sums that are multiplied out are those that hold a δ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import gcd, lcm

from symderiv.derive.algebra import join_difference, join_product, join_quotient, join_sum, literal, negate
from symderiv.errors import UnsupportedError
from symderiv.notation.term import Term, call, num, power

_MAX_MONOMIALS = 200


@dataclass(frozen=True)
class Monomial:
    """number * product of base ** exponent."""

    number: Fraction = Fraction(1)
    powers: dict[Term, Fraction] = field(default_factory=dict)

    def times(self, other: Monomial) -> Monomial:
        """The product; what cancels is gone."""
        powers = dict(self.powers)
        for base, exponent in other.powers.items():
            joint = powers.get(base, Fraction(0)) + exponent
            if is_delta(base) and joint > 1:
                joint = Fraction(1)
            if joint:
                powers[base] = joint
            else:
                powers.pop(base, None)
        return Monomial(self.number * other.number, powers)

    def raised(self, exponent: Fraction) -> Monomial:
        """The power, for a number that stays rational."""
        if exponent.denominator != 1:
            if self.number != 1:
                return Monomial(Fraction(1), {self.term(): exponent})
            return Monomial(Fraction(1), {b: e * exponent for b, e in self.powers.items()})
        if not self.number and exponent <= 0:
            raise UnsupportedError("a division by zero")
        return Monomial(self.number**exponent.numerator, {b: e * exponent for b, e in self.powers.items()})

    def without(self, *bases: Term) -> Monomial:
        """The monomial without these bases."""
        return replace(self, powers={b: e for b, e in self.powers.items() if b not in bases})

    def term(self) -> Term:
        """As a person writes it: one fraction, sign in front."""
        ordered = sorted(self.powers.items(), key=lambda item: _rank(item[0]))
        above = [_raised(base, e) for base, e in ordered if e > 0]
        below = [_raised(base, -e) for base, e in ordered if e < 0]
        number = abs(self.number)
        top = join_product(num(number.numerator), *above)
        result = join_quotient(top, join_product(num(number.denominator), *below))
        return negate(result) if self.number < 0 else result


def _rank(base: Term) -> int:
    """Parameters first, δ last, all else as it came."""
    if base.kind in ("symbol", "constant"):
        return 0
    return 2 if is_delta(base) else 1


def is_delta(term: Term) -> bool:
    """Is it a Kronecker delta?"""
    return term.kind == "call" and term.name == "delta"


def has_delta(term: Term) -> bool:
    """Does a δ occur?"""
    return any(is_delta(node) for node in term.walk())


def _raised(base: Term, exponent: Fraction) -> Term:
    if exponent == Fraction(1, 2):
        return call("sqrt", base)
    if exponent.denominator == 2 and exponent > 1 and exponent.numerator == 3:
        return join_product(base, call("sqrt", base))
    return base if exponent == 1 else power(base, num(exponent))


def monomials(term: Term) -> list[Monomial]:
    """The summands of a formula; sums with a δ are multiplied out."""
    value = literal(term)
    if value is not None:
        return [Monomial(value)] if value else []
    match term.kind:
        case "add":
            return [m for arg in term.args for m in monomials(arg)]
        case "neg":
            return [replace(m, number=-m.number) for m in monomials(term.args[0])]
        case "mul":
            found = [Monomial()]
            for arg in term.args:
                found = _product(found, _factor(arg))
            return found
        case "div":
            return _product(_factor(term.args[0]), [monomial(term.args[1]).raised(Fraction(-1))])
        case "pow":
            exponent = literal(term.args[1])
            if exponent is not None:
                return [monomial(term.args[0]).raised(exponent)]
        case "call" if term.name == "sqrt":
            return [monomial(term.args[0]).raised(Fraction(1, 2))]
        case "call" if is_delta(term) and term.args[0] == term.args[1]:
            return [Monomial()]
    return [Monomial(powers={term: Fraction(1)})]


def shallow(term: Term) -> list[Monomial]:
    """The summands with every bracket kept as one base."""
    if term.kind == "add":
        return [m for arg in term.args for m in shallow(arg)]
    if term.kind == "neg":
        return [replace(m, number=-m.number) for m in shallow(term.args[0])]
    if term.kind == "mul":
        found = Monomial()
        for arg in term.args:
            parts = shallow(arg)
            found = found.times(parts[0] if len(parts) == 1 else Monomial(powers={arg: Fraction(1)}))
        return [found]
    if term.kind == "div":
        below = monomial(term.args[1]).raised(Fraction(-1))
        return [m.times(below) for m in shallow(term.args[0])]
    return monomials(term)


def _factor(term: Term) -> list[Monomial]:
    if term.kind == "add" and not has_delta(term):
        return [monomial(term)]
    return monomials(term)


def monomial(term: Term) -> Monomial:
    """One monomial, a sum being a base of its own."""
    if term.kind == "add" and literal(term) is None:
        return Monomial(powers={term: Fraction(1)})
    found = monomials(term)
    if len(found) == 1:
        return found[0]
    return Monomial(Fraction(0)) if not found else Monomial(powers={term: Fraction(1)})


def _product(left: list[Monomial], right: list[Monomial]) -> list[Monomial]:
    if len(left) * len(right) > _MAX_MONOMIALS:
        raise UnsupportedError("the formula is too large to be folded back")
    return [a.times(b) for a in left for b in right]


# -- recognising -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Head:
    """`name` = `value`, as monomials: what may be recognised, such as softmax(z)[i]."""

    name: Term
    value: Monomial

    def inside(self, whole: Monomial) -> bool:
        """Whether the whole value divides the monomial."""
        return bool(self.value.powers) and all(
            (e > 0 and whole.powers.get(b, 0) >= e) or (e < 0 and whole.powers.get(b, 0) <= e)
            for b, e in self.value.powers.items()
        )

    def taken(self, whole: Monomial) -> Monomial:
        """The monomial with the head's name for its value."""
        rest = whole.times(self.value.raised(Fraction(-1)))
        return Monomial(rest.number, {self.name: rest.powers.get(self.name, Fraction(0)) + 1, **rest.powers})


def recognised(whole: Monomial, heads: Sequence[Head]) -> Monomial:
    """Every head that divides the monomial by its name, as often as it does."""
    for head in heads:
        count = 0
        while head.inside(whole) and count < 8:
            rest = whole.times(head.value.raised(Fraction(-1)))
            count += 1
            whole = rest
        if count:
            powers = {
                **{h: e for h, e in whole.powers.items() if _is_name(h, heads)},
                head.name: Fraction(count),
            }
            powers |= {b: e for b, e in whole.powers.items() if b not in powers}
            whole = Monomial(whole.number, powers)
    return whole


def _is_name(base: Term, heads: Sequence[Head]) -> bool:
    return any(base == head.name for head in heads)


def grouped(whole: Monomial, heads: Sequence[Head]) -> Term:
    """The same monomial with the value of each newly recognised head as a factor of its own."""
    names = {head.name: head.value.term() for head in heads}
    found = recognised(whole, heads)
    factors: list[Term] = []
    rest: dict[Term, Fraction] = {}
    for base, exponent in found.powers.items():
        fresh = exponent - whole.powers.get(base, Fraction(0)) if base in names else Fraction(0)
        if fresh:
            factors += [names[base]] * int(fresh)
        if exponent - fresh:
            rest[base] = exponent - fresh
    scalars = {b: e for b, e in rest.items() if _rank(b) == 0 and e > 0}
    front = Monomial(Fraction(abs(found.number.numerator)), scalars).term()
    left = {b: e for b, e in rest.items() if b not in scalars}
    written = Monomial(Fraction(1, found.number.denominator), left).term()
    if written.kind == "div" and factors:
        result = join_quotient(join_product(front, *factors, written.args[0]), written.args[1])
    else:
        result = join_product(front, *factors, written)
    return negate(result) if found.number < 0 else result


def recognise_inside(term: Term, heads: Sequence[Head]) -> Term:
    """Recognise without multiplying out: in every summand and every factor that is a sum."""
    if term.kind == "add":
        return join_sum(*(recognise_inside(arg, heads) for arg in term.args))
    if term.kind == "neg":
        return negate(recognise_inside(term.args[0], heads))
    if term.kind == "mul" and any(arg.kind == "add" for arg in term.args):
        return join_product(*(recognise_inside(arg, heads) for arg in term.args))
    found = monomials(term)
    if len(found) != 1:
        return term
    after = recognised(found[0], heads)
    plain = all(literal(node.args[1]) is None for node in term.walk() if node.kind == "pow")
    return term if after.powers == found[0].powers and plain else after.term()


# -- common factors --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Factored:
    """common * (sum of terms), the δ terms first."""

    common: Monomial
    terms: tuple[Monomial, ...]

    def term(self) -> Term:
        """As a person writes it."""
        if not self.terms:
            return num(0)
        inner = bracket(self.terms)
        if len(self.terms) == 1:
            return self.common.times(self.terms[0]).term()
        above = Monomial(abs(self.common.number), {b: e for b, e in self.common.powers.items() if e > 0})
        below = Monomial(Fraction(1), {b: -e for b, e in self.common.powers.items() if e < 0})
        number = above.number
        top = join_product(replace(above, number=Fraction(number.numerator)).term(), inner)
        bottom = join_product(num(number.denominator), below.term())
        result = join_quotient(top, bottom)
        return negate(result) if self.common.number < 0 else result


def bracket(terms: Sequence[Monomial]) -> Term:
    """a - b + ... in the given order."""
    result = terms[0].term()
    for one in terms[1:]:
        if one.number < 0:
            result = join_difference(result, replace(one, number=-one.number).term())
        else:
            result = join_sum(result, one.term())
    return result


def merged(terms: Sequence[Monomial]) -> list[Monomial]:
    """Like monomials brought together."""
    found: dict[frozenset[tuple[Term, Fraction]], Monomial] = {}
    for one in terms:
        key = frozenset(one.powers.items())
        known = found.get(key)
        found[key] = one if known is None else replace(known, number=known.number + one.number)
    return [one for one in found.values() if one.number]


def factored(terms: Sequence[Monomial]) -> Factored:
    """Common powers and the common number in front; the first δ term without a sign."""
    terms = sorted(merged(terms), key=lambda m: not any(is_delta(b) for b in m.powers))
    if not terms:
        return Factored(Monomial(), ())
    powers: dict[Term, Fraction] = {}
    for base in terms[0].powers:
        exponents = [one.powers.get(base, Fraction(0)) for one in terms]
        least = min(exponents) if min(exponents) > 0 else max(exponents)
        if all(e > 0 for e in exponents) or all(e < 0 for e in exponents):
            powers[base] = least
    sizes = {abs(one.number) for one in terms}
    size = sizes.pop() if len(sizes) == 1 else _content(terms)
    common = Monomial(size if terms[0].number > 0 else -size, powers)
    inverse = common.raised(Fraction(-1))
    return Factored(common, tuple(one.times(inverse) for one in terms))


def _content(terms: Sequence[Monomial]) -> Fraction:
    top = gcd(*(one.number.numerator for one in terms))
    return Fraction(top, lcm(*(one.number.denominator for one in terms)))
