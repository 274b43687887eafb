"""`propose` and `settle`: the polynomial relation between a derivative and chosen letters, by linear algebra.

Eliminating the generators of the tower from y = f, y' = f' amounts to finding the linear dependences
between monomials in y', y and the other letters. Monomials become columns of values in F_p, cheapest
first, so the first column that depends on earlier ones is the relation of lowest degree in y' with the
cheapest monomials. Its coefficients are then read back as fractions in the parameters. Nothing here
is believed: a relation is a proposal, proved elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from math import comb

import numpy as np
from flint import fmpz_mpoly, fmpz_mpoly_ctx

from symderiv.field.eliminate_cells import Sampler
from symderiv.field.eliminate_coefficients import Coefficient, read_coefficients
from symderiv.field.eliminate_jets import PRIME, Row
from symderiv.field.eliminate_linear import first_dependence, independent
from symderiv.notation.term import Term, sym

Exponents = tuple[int, ...]

TARGET = sym("dy")
"""The letter of the derivative in a relation."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a form may use: as written (`shown`), as a function of the variable (`meaning`), and its price."""

    shown: Term
    meaning: Term
    price: int
    coefficient: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """How far to look: degrees of the part without y', of its factors, and of y' itself."""

    degree: int
    factor_degree: int = 0
    powers: int = 1
    width: int = 120


@dataclass(frozen=True, slots=True)
class Relation:
    """polynomial = 0; generator i of the ring stands for `symbols[i]`, number 0 is y'.

    `constants` are those symbols that do not vary: parameters, roots of numbers.
    """

    polynomial: fmpz_mpoly
    symbols: tuple[Term, ...]
    constants: frozenset[Term] = frozenset()

    @property
    def degree(self) -> int:
        """The degree in y'."""
        return int(self.polynomial.degrees()[0])


def monomials(letters: Sequence[Letter], degree: int, width: int) -> list[Exponents]:
    """Exponent tuples up to a total degree, cheapest first, at most `width` of them."""
    return list(_monomials(tuple(letter.price for letter in letters), degree, width))


@lru_cache(maxsize=256)
def _monomials(prices: tuple[int, ...], degree: int, width: int) -> tuple[Exponents, ...]:
    count = len(prices)
    while degree > 1 and comb(count + degree, degree) > width:
        degree -= 1
    found = [
        tuple(choice.count(i) for i in range(count))
        for total in range(degree + 1)
        for choice in combinations_with_replacement(range(count), total)
    ]
    return tuple(sorted(found, key=lambda e: (sum(p * k for p, k in zip(prices, e, strict=True)), sum(e), e)))


Support = tuple[tuple[int, Exponents, int], ...]
"""(power of y', exponents of the letters, residue of the coefficient)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A dependence found at one choice of the parameters: which monomials take part.

    The target is the Taylor coefficient `target[1]` of `target[0]`, times its factorial.
    """

    target: tuple[Term, int]
    letters: tuple[Letter, ...]
    support: Support

    @property
    def degree(self) -> int:
        """The degree in y'."""
        return max(power for power, _, _ in self.support)

    @property
    def used(self) -> tuple[Letter, ...]:
        """The letters that occur."""
        return tuple(x for i, x in enumerate(self.letters) if any(e[i] for _, e, _ in self.support))

    def weigh(self, prices: Sequence[int]) -> int:
        """A quick guess of what it costs to read: ten for a sign, the letters' prices for the letters."""
        total = 0
        divided = any(power and any(e) for power, e, _ in self.support)
        for _, e, _ in self.support:
            total += 10 + sum(p + 8 * (k > 1) for p, k in zip(prices, e, strict=True) if k)
        return total + (120 if divided else 0)


def propose(
    sampler: Sampler, target: tuple[Term, int], letters: Sequence[Letter], search: Search
) -> Proposal | None:
    """The relation of lowest degree in y' within the bounds of `search`, coefficients not read yet."""
    support = _support(sampler, target, letters, search)
    return None if support is None else Proposal(target, tuple(letters), tuple(support))


def settle(sampler: Sampler, proposal: Proposal, fresh: Callable[[int, int], Sampler]) -> Relation | None:
    """The relation with its coefficients, or None where they are no small fractions in the parameters.

    `fresh(points, blocks)` makes a sampler with varied parameters.
    """
    count = len(sampler.atoms())
    if not count and not sampler.places[0].integers:
        coefficients = read_coefficients(
            [[weight] for _, _, weight in proposal.support], sampler, fallback=False
        )
    else:
        coefficients = _with_parameters(proposal, fresh, count)
    return None if coefficients is None else _assemble(proposal.letters, proposal.support, coefficients)


def _support(
    sampler: Sampler, target: tuple[Term, int], letters: Sequence[Letter], search: Search
) -> list[tuple[int, Exponents, int]] | None:
    low = monomials(letters, search.degree, search.width)
    small = monomials(letters, search.factor_degree, search.width) if search.factor_degree else low[:1]
    for letter in letters:
        sampler.jets(letter.meaning)
    count = len(low) + len(small) * search.powers + 8
    count = -(-count // len(sampler.cells)) + (4 if len(sampler.cells) > 1 else 0)
    values = [_values(sampler, letter, 0, count) for letter in letters]
    goal = _target(sampler, target, 0, count)
    if len(goal) < len(low) + 4:
        return None
    basis = dict(zip(low, _columns(low, values, len(goal)), strict=True))
    if search.factor_degree:
        columns = [basis[e] for e in small]
        small = [small[i] for i in independent(columns)]
    entries = [(0, e) for e in low]
    columns = [basis[e] for e in low]
    power = np.ones_like(goal)
    for j in range(1, search.powers + 1):
        power = power * goal % PRIME
        entries += [(j, e) for e in small]
        columns += [basis[e] * power % PRIME for e in small]
    if len(columns) + 4 > len(goal):
        return None
    found = first_dependence(columns, len(low))
    if found is None:
        return None
    last, weights = found
    support = [(*entries[i], -w % PRIME) for i, w in sorted(weights.items())]
    return [*support, (*entries[last], 1)]


def _values(sampler: Sampler, letter: Letter, block: int, count: int | None) -> Row:
    return sampler.rows(letter.meaning, letter.coefficient, block, count)


def _target(sampler: Sampler, target: tuple[Term, int], block: int, count: int | None) -> Row:
    row = sampler.rows(target[0], target[1], block, count)
    factorial = 1
    for k in range(2, target[1] + 1):
        factorial *= k
    return row * factorial % PRIME


def _columns(exponents: Sequence[Exponents], values: Sequence[Row], count: int) -> list[Row]:
    """The values of each monomial, made from a smaller monomial when that is at hand."""
    known: dict[Exponents, Row] = {}

    def column(e: Exponents) -> Row:
        if e not in known:
            first = next((i for i, k in enumerate(e) if k), None)
            if first is None:
                known[e] = np.ones(count, dtype=np.int64)
            else:
                smaller = (*e[:first], e[first] - 1, *e[first + 1 :])
                known[e] = column(smaller) * values[first] % PRIME
        return known[e]

    return [column(e) for e in exponents]


def _with_parameters(
    proposal: Proposal, fresh: Callable[[int, int], Sampler], count: int
) -> list[Coefficient] | None:
    """Solve for the coefficients in several blocks of parameter values, and read them as functions."""
    support = proposal.support
    for blocks in (count + 4, 72):
        sampler = fresh(2 * len(support) + 6, blocks)
        for letter in proposal.letters:
            sampler.jets(letter.meaning)
        solved: list[list[int]] = [[] for _ in support]
        for block in range(blocks):
            weights = _block_weights(sampler, proposal.target, proposal.letters, support, block)
            if weights is None:
                return None
            for store, weight in zip(solved, weights, strict=True):
                store.append(weight)
        found = read_coefficients(solved, sampler, fallback=blocks > count + 4)
        if found is not None:
            return found
    return None


def _block_weights(
    sampler: Sampler, target: tuple[Term, int], letters: Sequence[Letter], support: Support, block: int
) -> list[int] | None:
    values = [_values(sampler, letter, block, None) for letter in letters]
    goal = _target(sampler, target, block, None)
    if len(goal) < len(support) + 2:
        return None
    parts = _columns([e for _, e, _ in support], values, len(goal))
    powers = [np.ones_like(goal)]
    for _ in range(max(j for j, _, _ in support)):
        powers.append(powers[-1] * goal % PRIME)
    columns = [part * powers[j] % PRIME for part, (j, _, _) in zip(parts, support, strict=True)]
    found = first_dependence(columns, len(columns) - 1)
    if found is None:
        return None
    return [*(-found[1].get(i, 0) % PRIME for i in range(len(columns) - 1)), 1]


def _assemble(letters: Sequence[Letter], support: Support, coefficients: list[Coefficient]) -> Relation:
    """One primitive polynomial over ℤ in y', the letters and the atoms of the coefficients."""
    atoms = tuple(dict.fromkeys(atom for c in coefficients for atom in c.atoms))
    symbols = (TARGET, *(letter.shown for letter in letters), *atoms)
    ring = fmpz_mpoly_ctx.get(tuple(f"g{i}" for i in range(len(symbols))), "lex")
    offset = 1 + len(letters)
    pairs = [
        (c.polynomial(ring, atoms, offset, top=True), c.polynomial(ring, atoms, offset, top=False))
        for c in coefficients
    ]
    common = ring.constant(1)
    for _, bottom in pairs:
        common = common * bottom / common.gcd(bottom)
    total = ring.constant(0)
    padding = (0,) * len(atoms)
    for (power, e, _), (top, bottom) in zip(support, pairs, strict=True):
        total += ring.from_dict({(power, *e, *padding): 1}) * top * (common / bottom)
    return Relation(total.primitive()[1] if total else total, symbols, frozenset(atoms))
