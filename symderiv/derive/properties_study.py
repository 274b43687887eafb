"""What is computed once about one function: its pieces, charts of f, f', f'', and values at the ends.

A `Segment` is an open interval on which f^(k) has one sign; a `Joint` is the point between two segments,
with what is known there. Everything that `properties` states is read off these two lists.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import sympy
from sympy import Expr

from symderiv.derive.kinks import one_sided
from symderiv.derive.properties_balls import jet, precision
from symderiv.derive.properties_cells import Cell, Setting, Standing, at_point, cells
from symderiv.derive.properties_chart import Chart, Root, chart
from symderiv.derive.properties_ground import Unsettled
from symderiv.derive.properties_values import Value, compare
from symderiv.notation.term import Term


@dataclass(frozen=True, slots=True)
class Segment:
    """f^(k) has this sign on (low, high), inside one piece of f."""

    sign: int
    low: Value
    high: Value
    piece: int


class Study:
    """One unfolded definition in one variable. Raises `Unsettled` where its pieces are not found.

    With a `period`, the study is of [0, period], at whose ends f goes on as inside.
    """

    def __init__(self, term: Term, setting: Setting, period: Expr | None = None) -> None:
        self.term = term
        self.setting = setting
        self.period = period
        with precision():
            self.pieces: tuple[Cell, ...] = cells(term, setting)
        if period is not None:
            self.pieces = (replace(self.pieces[0], low=sympy.Integer(0), high=period),)
        if not self.pieces:
            raise Unsettled("an empty domain")
        self._charts: dict[tuple[int, int], Chart | None] = {}
        self._limits: dict[tuple[int, int, int], Expr | None] = {}
        self._standing: dict[Expr, Standing | None] = {}
        self._derivatives: dict[tuple[int, int], Expr] = {}
        self._segments: dict[int, list[Segment]] = {}
        self._values: dict[tuple[int, int, Value], Value] = {}

    def derivative(self, piece: int, order: int) -> Expr:
        """f^(order) on a piece."""
        key = piece, order
        if key not in self._derivatives:
            if order == 0:
                found = self.pieces[piece].expr
            else:
                found = sympy.diff(self.derivative(piece, order - 1), self.setting.symbol)
            self._derivatives[key] = found
        return self._derivatives[key]

    def chart(self, piece: int, order: int) -> Chart | None:
        """The sign chart of f^(order) on a piece."""
        key = piece, order
        if key not in self._charts:
            cell = self.pieces[piece]
            self._charts[key] = chart(
                self.derivative(piece, order),
                self.setting.variable,
                cell.low,
                cell.high,
                self.setting.assumptions,
                self.setting.is_zero,
            )
        return self._charts[key]

    def segments(self, order: int) -> list[Segment]:
        """The segments of f^(order) from left to right. Raises `Unsettled`."""
        if order not in self._segments:
            self._segments[order] = self._all_segments(order)
        return self._segments[order]

    def _all_segments(self, order: int) -> list[Segment]:
        found: list[Segment] = []
        for piece, cell in enumerate(self.pieces):
            made = self.chart(piece, order)
            if made is None:
                raise Unsettled("a sign that is not found")
            marks = [Value(cell.low), *map(_mark, made.roots), Value(cell.high)]
            for k, sign in enumerate(made.signs):
                found.append(Segment(sign, marks[k], marks[k + 1], piece))
        return found

    def how(self, order: int) -> str:
        """By what the charts of an order were found."""
        charts = [self._charts.get((piece, order)) for piece in range(len(self.pieces))]
        return "structure" if all(c is not None and c.how == "structure" for c in charts) else "balls"

    def limit(self, piece: int, order: int, side: int) -> Expr:
        """The limit of f^(order) at the lower (side -1) or upper (1) end of a piece. Raises `Unsettled`."""
        key = piece, order, side
        if key not in self._limits:
            at = self.pieces[piece].low if side < 0 else self.pieces[piece].high
            self._limits[key] = one_sided(self.derivative(piece, order), at, -side, self.setting)
        found = self._limits[key]
        if found is None:
            raise Unsettled("a limit that is not found")
        return found

    def standing(self, at: Expr) -> Standing | None:
        """What the definition says at an exact point. Raises `Unsettled`."""
        if at not in self._standing:
            with precision():
                self._standing[at] = at_point(self.term, at, self.setting)
        return self._standing[at]

    def end_value(self, segment: Segment, order: int, side: int) -> Value:
        """The limit of f^(order) at one end of a segment. Raises `Unsettled`."""
        mark = segment.low if side < 0 else segment.high
        cell = self.pieces[segment.piece]
        if mark.exact is not None and mark.exact == (cell.low if side < 0 else cell.high):
            return Value(self.limit(segment.piece, order, side))
        return self.value(segment.piece, order, mark)

    def value(self, piece: int, order: int, mark: Value) -> Value:
        """f^(order) at a point inside a piece; the same object each time. Raises `Unsettled`."""
        key = piece, order, mark
        if key not in self._values:
            self._values[key] = self._value(piece, order, mark)
        return self._values[key]

    def _value(self, piece: int, order: int, mark: Value) -> Value:
        expr = self.derivative(piece, order)
        if mark.exact is not None:
            return Value(expr.subs(self.setting.symbol, mark.exact))
        assert mark.ball is not None
        with precision():
            found = jet(expr, {self.setting.variable: mark.ball}, 1)
        if found is None:
            raise Unsettled("a value without enclosure")
        return Value(None, found[0])

    def joined(self, left: Segment, right: Segment) -> bool:
        """Whether two neighbouring segments meet in a point at which f is defined and continuous."""
        if left.piece == right.piece:
            return True
        at = self.pieces[left.piece].high
        if at != self.pieces[right.piece].low:
            return False
        try:
            standing = self.standing(at)
            if standing is None:
                return False
            here = Value(standing.value)
            sides = Value(self.limit(left.piece, 0, 1)), Value(self.limit(right.piece, 0, -1))
            return all(compare(here, side, self.setting) == 0 for side in sides)
        except Unsettled:
            return False

    def closed(self, segment: Segment, side: int) -> bool:
        """Whether f is defined and continuous, from inside, at that end of a segment."""
        mark = segment.low if side < 0 else segment.high
        if mark.endless:
            return False
        cell = self.pieces[segment.piece]
        if mark.exact is None or mark.exact != (cell.low if side < 0 else cell.high):
            return True
        try:
            standing = self.standing(mark.exact)
            if standing is None:
                return False
            return compare(Value(standing.value), self.end_value(segment, 0, side), self.setting) == 0
        except Unsettled:
            return False

    @property
    def connected(self) -> bool:
        """True if f is continuous on one interval."""
        pieces = [Segment(0, Value(c.low), Value(c.high), k) for k, c in enumerate(self.pieces)]
        return all(self.joined(a, b) for a, b in pairwise(pieces))


def _mark(root: Root) -> Value:
    return Value(root.exact, root.ball)
