"""`Sampler`: values of Terms on every cell of the real line at once.

A `Cell` is an open interval on which |u|, sign, max, min and every condition have been decided; there the
formula is smooth, and a `Place` knows its jets. A relation that holds on the points of all cells is a
relation of the whole function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from symderiv.field.eliminate_jets import Row
from symderiv.field.eliminate_place import FREE, Place, RescaleError
from symderiv.notation.term import Term

_ATTEMPTS = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """low < variable < high (None is infinite) and how a Term reads there."""

    low: Term | None
    high: Term | None
    resolve: Callable[[Term], Term]


class Sampler:
    """Rows of values of `terms` and their Taylor coefficients; heads are opened by `unfold`.

    `known` Terms (the definition first) make the tower. `settle` must be called with everything that will be
    asked for together, because a point is used only if all of it exists there.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        variable: str,
        unfold: Callable[[Term], Term],
        *,
        known: Sequence[Term],
        points: int,
        order: int,
        blocks: int = 1,
    ) -> None:
        self.cells = tuple(cells)
        self.unfold = unfold
        self.points = points
        self.places: list[Place] = []
        for cell in self.cells:
            self.places.append(_grown(cell, variable, unfold, known, points, order, blocks))

    def fits(self, term: Term) -> bool:
        """Can the Term be evaluated without any new generator of the tower?"""
        opened = self.unfold(term)
        pairs = zip(self.cells, self.places, strict=True)
        return all(place.tries(cell.resolve(opened)) for cell, place in pairs)

    def jets(self, term: Term) -> list[Row]:
        """The jets, one per cell."""
        return [
            place.jet(cell.resolve(self.unfold(term)))
            for cell, place in zip(self.cells, self.places, strict=True)
        ]

    def rows(self, term: Term, coefficient: int = 0, block: int = 0, count: int | None = None) -> Row:
        """The values (or the k-th Taylor coefficients) at the usable points of a block, cell after cell."""
        parts: list[Row] = []
        for place, jet in zip(self.places, self.jets(term), strict=True):
            part = slice(FREE + block * place.points, FREE + (block + 1) * place.points)
            row = jet[coefficient][part][place.usable[part]]
            parts.append(row if count is None else row[:count])
        return np.concatenate(parts)

    def atoms(self) -> tuple[Term, ...]:
        """Parameters and constants that occur, in order of discovery."""
        return tuple(dict.fromkeys(atom for place in self.places for atom in place.atoms))


def _grown(
    cell: Cell,
    variable: str,
    unfold: Callable[[Term], Term],
    known: Sequence[Term],
    points: int,
    order: int,
    blocks: int,
) -> Place:
    """A place whose tower holds `known`, with generators fine enough and enough usable points."""
    scales: dict[tuple[str, int], int] = {}
    place = Place(variable, points=points, order=order, blocks=blocks)
    for _ in range(_ATTEMPTS):
        try:
            for term in known:
                place.jet(cell.resolve(unfold(term)))
        except RescaleError as error:
            scales[error.key] = error.scale
        else:
            usable = place.usable[FREE:].reshape(blocks, place.points).sum(axis=1)
            if int(usable.min()) >= points or place.points >= 32 * points:
                return place
            grown = place.points * (4 if int(usable.min()) < points // 3 else 2)
            place = Place(variable, points=grown, order=order, blocks=blocks, scales=scales)
            continue
        place = Place(variable, points=place.points, order=order, blocks=blocks, scales=scales)
    return place
