"""Linear algebra over F_p on columns of values, and the way back from residues to fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from flint import nmod_mat

from symderiv.field.eliminate_jets import PRIME, Row

_HEIGHT = 32_000


def fraction(residue: int, bound: int = _HEIGHT) -> Fraction | None:
    """The fraction n/d with |n|, d <= bound that is `residue` modulo p, or None."""
    r0, r1, t0, t1 = PRIME, residue % PRIME, 0, 1
    while r1 > bound:
        quotient = r0 // r1
        r0, r1 = r1, r0 - quotient * r1
        t0, t1 = t1, t0 - quotient * t1
    if t1 == 0 or abs(t1) > bound:
        return None
    return Fraction(r1, t1)


def first_dependence(columns: Sequence[Row], start: int) -> tuple[int, dict[int, int]] | None:
    """The first column from `start` on that the columns before it span, and how.

    Answers (position, {earlier position: residue}) with column = Σ residue * column; only columns that are
    independent of those before them take part, so cheap columns that come first are preferred.
    """
    rows = len(columns[0])
    matrix = nmod_mat(rows, len(columns), np.stack(columns, axis=1).ravel().tolist(), PRIME)
    reduced, rank = matrix.rref()
    pivots = _pivots(reduced, rank, len(columns))
    taken = set(pivots)
    for position in range(start, len(columns)):
        if position not in taken:
            entries = ((pivots[i], int(reduced[i, position])) for i in range(rank) if pivots[i] < position)
            return position, {pivot: value for pivot, value in entries if value}
    return None


def independent(columns: Sequence[Row]) -> list[int]:
    """The positions of the columns that are independent of those before them."""
    rows = len(columns[0])
    matrix = nmod_mat(rows, len(columns), np.stack(columns, axis=1).ravel().tolist(), PRIME)
    reduced, rank = matrix.rref()
    return _pivots(reduced, rank, len(columns))


def combination(target: Row, columns: Sequence[Row]) -> list[Fraction] | None:
    """Small fractions q with target = Σ qᵢ columnᵢ at every point, or None."""
    if not columns:
        return [] if not target.any() else None
    sample = min(len(target), len(columns) + 6)
    found = first_dependence([*(column[:sample] for column in columns), target[:sample]], len(columns))
    if found is None:
        return None
    weights = [Fraction(0)] * len(columns)
    check = np.zeros_like(target)
    for position, residue in found[1].items():
        weight = fraction(residue, 256)
        if weight is None:
            return None
        weights[position] = weight
        check = (check + residue * columns[position]) % PRIME
    return weights if np.array_equal(check, target % PRIME) else None


def _pivots(reduced: nmod_mat, rank: int, width: int) -> list[int]:
    pivots: list[int] = []
    column = 0
    for row in range(rank):
        while column < width and int(reduced[row, column]) == 0:
            column += 1
        pivots.append(column)
        column += 1
    return pivots
