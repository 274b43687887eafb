"""Coefficients as functions of the parameters, read off from their residues in several blocks.

First as one Laurent monomial κ Π aᵢ^eᵢ (each exponent shows in the block where aᵢ is multiplied by 16; half
exponents are roots), else as a quotient of polynomials of low degree; κ is a fraction, or a
fraction times the root of a small integer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement
from math import comb, lcm

import numpy as np
from flint import fmpz_mpoly, fmpz_mpoly_ctx

from symderiv.field import eliminate_jets as jets
from symderiv.field.eliminate_cells import Sampler
from symderiv.field.eliminate_jets import PRIME
from symderiv.field.eliminate_linear import first_dependence, fraction
from symderiv.notation.term import Term, call, num

Monomial = tuple[tuple[Term, int], ...]
_ROOTS = (2, 3, 6, 5, 10, 7, 14, 15)
_HALF_STEPS = {pow(4, e, PRIME): e for e in range(-16, 17)}


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A quotient of polynomials in atoms: ((monomial, integer), ...) on top and below."""

    top: tuple[tuple[Monomial, int], ...]
    bottom: tuple[tuple[Monomial, int], ...]

    @property
    def atoms(self) -> tuple[Term, ...]:
        """What the coefficient is made of."""
        return tuple(atom for part in (self.top, self.bottom) for monomial, _ in part for atom, _ in monomial)

    def polynomial(
        self, ring: fmpz_mpoly_ctx, atoms: Sequence[Term], offset: int, *, top: bool
    ) -> fmpz_mpoly:
        """One side as a polynomial; atom i is generator offset + i."""
        width = offset + len(atoms)
        table: dict[tuple[int, ...], int] = {}
        for monomial, weight in self.top if top else self.bottom:
            exponents = [0] * width
            for atom, power in monomial:
                exponents[offset + atoms.index(atom)] += power
            table[tuple(exponents)] = table.get(tuple(exponents), 0) + weight
        return ring.from_dict(table)


def read_coefficients(
    values: Sequence[Sequence[int]], sampler: Sampler, *, fallback: bool
) -> list[Coefficient] | None:
    """One coefficient per row of residues (one residue per block), or None if one cannot be read."""
    atoms = sampler.atoms()
    rows = [next(p.atoms[atom] for p in sampler.places if atom in p.atoms) for atom in atoms]
    roots = _ROOTS if any(place.integers for place in sampler.places) else ()
    found: list[tuple[Fraction, int, list[int]] | None] = [_laurent(row, rows, roots) for row in values]
    halves = {
        i for entry in found if entry is not None for i, exponent in enumerate(entry[2]) if exponent % 2
    }
    result: list[Coefficient] = []
    for entry, row in zip(found, values, strict=True):
        made = _written(*entry, atoms, halves) if entry else _quotient(row, rows, atoms) if fallback else None
        if made is None:
            return None
        result.append(made)
    return result


def _laurent(
    row: Sequence[int], atoms: Sequence[np.ndarray], roots: Sequence[int]
) -> tuple[Fraction, int, list[int]] | None:
    """κ, the integer under a root, and twice the exponents."""
    if row[0] == 0:
        return None
    inverse = pow(row[0], -1, PRIME)
    exponents: list[int] = []
    for i in range(len(atoms)):
        step = _HALF_STEPS.get(row[i + 1] * inverse % PRIME)
        if step is None:
            return None
        exponents.append(step)
    for block in (0, *range(len(atoms) + 1, min(len(row), len(atoms) + 4))):
        rest = row[block]
        for atom, step in zip(atoms, exponents, strict=True):
            root = int(jets.row_root(atom[block : block + 1], 2)[0])  # type: ignore[index]
            rest = rest * pow(root, -step, PRIME) % PRIME
        if block == 0:
            first = rest
        elif rest != first:
            return None
    candidates: list[tuple[int, int, Fraction]] = []
    for integer in (1, *roots):
        root = int(jets.row_root(np.array([integer], dtype=np.int64), 2)[0])  # type: ignore[index]
        value = fraction(first * pow(root, -1, PRIME) % PRIME)
        if value is not None:
            candidates.append((abs(value.numerator) * value.denominator, integer, value))
    if not candidates:
        return None
    _, integer, value = min(candidates)
    return value, integer, exponents


def _written(
    value: Fraction, under: int, exponents: Sequence[int], atoms: Sequence[Term], halves: set[int]
) -> Coefficient:
    top: list[tuple[Term, int]] = []
    bottom: list[tuple[Term, int]] = []
    for i, (atom, exponent) in enumerate(zip(atoms, exponents, strict=True)):
        shown, power = (call("sqrt", atom), exponent) if i in halves else (atom, exponent // 2)
        if power:
            (top if power > 0 else bottom).append((shown, abs(power)))
    below = value.denominator
    if under != 1:
        # κ√n with n | κ's denominator is nicer as a root below: √2/2 is 1/√2
        if below % under == 0:
            bottom.append((call("sqrt", num(under)), 1))
            below //= under
        else:
            top.append((call("sqrt", num(under)), 1))
    return Coefficient(((tuple(top), value.numerator),), ((tuple(bottom), below),))


def _quotient(row: Sequence[int], atoms: Sequence[np.ndarray], names: Sequence[Term]) -> Coefficient | None:
    """c = p/q with polynomials p, q in the atoms: the first dependence of c*q on the monomials."""
    goal = np.array(row, dtype=np.int64)
    # an atom whose own block changes nothing does not occur
    moved = [i for i in range(len(atoms)) if row[i + 1] != row[0]]
    atoms, names = [atoms[i] for i in moved], [names[i] for i in moved]
    for degree in (1, 2, 3, 4):
        if 2 * comb(len(atoms) + degree, degree) + 4 > len(row):
            return None
        exponents = [
            tuple(choice.count(i) for i in range(len(atoms)))
            for total in range(degree + 1)
            for choice in combinations_with_replacement(range(len(atoms)), total)
        ]
        columns = []
        for e in exponents:
            column = np.ones_like(goal)
            for atom, power in zip(atoms, e, strict=True):
                column = column * jets.row_power(atom, power) % PRIME
            columns.append(column)
        found = first_dependence([*columns, *(c * goal % PRIME for c in columns)], len(columns))
        if found is None:
            continue
        last, weights = found
        entries = [(i, fraction(w)) for i, w in sorted(weights.items())]
        if any(w is None for _, w in entries):
            return None
        size = len(exponents)
        top = {exponents[i]: w for i, w in entries if i < size and w is not None}
        bottom = {exponents[i - size]: -w for i, w in entries if i >= size and w is not None}
        bottom[exponents[last - size]] = Fraction(1)
        return _cleared(top, bottom, names)
    return None


def _cleared(
    top: dict[tuple[int, ...], Fraction], bottom: dict[tuple[int, ...], Fraction], names: Sequence[Term]
) -> Coefficient:
    common = lcm(*(w.denominator for w in (*top.values(), *bottom.values())))

    def side(table: dict[tuple[int, ...], Fraction]) -> tuple[tuple[Monomial, int], ...]:
        return tuple(
            (tuple((names[i], k) for i, k in enumerate(e) if k), int(w * common))
            for e, w in sorted(table.items())
        )

    return Coefficient(side(top), side(bottom))
