"""Forms of functions with kinks: one relation over all cells (|y|, sign), or the forms of the cells side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import Expr, Symbol, diff, oo

from symderiv.catalog import Catalog
from symderiv.derive.algebra import negate
from symderiv.derive.forms_input import input_candidates
from symderiv.derive.forms_search import Candidate
from symderiv.derive.forms_smooth import Smooth
from symderiv.derive.present import present
from symderiv.derive.properties_cells import Cell as Piece
from symderiv.derive.properties_cells import Setting, cells, is_switch
from symderiv.derive.properties_ground import Unsettled
from symderiv.derive.step import FormKind
from symderiv.errors import SymderivError
from symderiv.field.eliminate_cells import Cell
from symderiv.meaning import to_sympy, to_term
from symderiv.notation.term import TRUE, ZERO, Term, call, case, piecewise, relation, sym
from symderiv.prove import Prover


@dataclass(frozen=True, slots=True)
class Pieces:
    """A function with kinks, left to right."""

    plain: Term
    setting: Setting
    parts: tuple[Piece, ...]

    def candidates(
        self, definition: Term, output: Term, catalog: Catalog, order: int
    ) -> Iterator[tuple[FormKind, Term]]:
        """Right sides of every kind, best first."""
        if any(n.kind == "call" and n.name in ("Abs", "sign") for n in self.plain.walk()):
            yield from self._together(definition, output, catalog, order)
        engines = [
            Smooth(part.term, part.term, self.setting.variable, output, catalog, order=order) for part in self.parts
        ]
        outputs = [engine.output_candidates() for engine in engines]
        displays = [engine.display_candidates(found) for engine, found in zip(engines, outputs, strict=True)]
        if all(displays):
            yield "display", self._by_variable([_best(found) for found in displays])
        if all(any(c.degree == 1 for c in found) for found in outputs):
            made = self._by_output([_best(found) for found in outputs], output)
            if made is not None:
                yield "output", made
        inputs = [next(iter(input_candidates(engine)), None) for engine in engines]
        if all(term is not None for term in inputs):
            yield "input", self._by_variable([term for term in inputs if term is not None])

    # one relation for all cells

    def _together(
        self, definition: Term, output: Term, catalog: Catalog, order: int
    ) -> Iterator[tuple[FormKind, Term]]:
        x = sym(self.setting.variable)
        extra = [call("Abs", self.plain), call("sign", self.plain), call("sign", x), call("Abs", x)]
        known = [e for e in extra if all(self._sign(e.args[0], part) for part in self.parts)]
        fields = [Cell(None, None, _Resolver(self, part)) for part in self.parts]
        engine = Smooth(
            definition, self.plain, self.setting.variable, output, catalog, order=order, cells=fields, extra=known
        )
        outputs = [c for c in engine.output_candidates() if c.degree == 1]
        for candidate in outputs:
            yield "output", candidate.term
        for candidate in engine.display_candidates(outputs):
            if not engine.named:
                yield "display", candidate.term
        engine.prices |= {call("Abs", x): 20, call("sign", x): 25}
        alone = engine.in_variable([e for e in known if self.plain not in e.args])
        if alone is not None:
            yield "input", alone

    def sign(self, term: Term, part: Piece) -> int | None:
        """The sign of a Term all over a cell, or None."""
        return self._sign(term, part)

    def _sign(self, term: Term, part: Piece) -> int | None:
        inner = part.term if term == self.plain else term
        if any(map(is_switch, inner.walk())):
            return None
        try:
            signs = self.setting.chart(to_sympy(inner), part.low, part.high).signs
        except (Unsettled, SymderivError):
            return None
        return signs[0] if len(signs) == 1 else None

    # the cells side by side

    def _by_variable(self, terms: Sequence[Term]) -> Term:
        x = sym(self.setting.variable)
        bounds = [present(to_term(part.low)) for part in self.parts[1:]]
        return _stacked(terms, [relation(">", x, bound) for bound in bounds])

    def _by_output(self, terms: Sequence[Term], output: Term) -> Term | None:
        if all(term == terms[0] for term in terms):
            return terms[0]
        trend = self._trend()
        if trend is None:
            return None
        conditions: list[Term] = []
        for part in self.parts[1:]:
            flat = not part.expr.has(self.setting.symbol)
            name = {1: ">=" if flat else ">", -1: "<=" if flat else "<"}[trend]
            level = present(to_term(part.expr.subs(self.setting.symbol, part.low)))
            conditions.append(relation(name, output, level))
        return _stacked(terms, conditions)

    def _trend(self) -> int | None:
        """1 where f rises from cell to cell without a gap, -1 where it falls, None otherwise."""
        found: set[int] = set()
        x = self.setting.symbol
        for left, right in zip(self.parts, self.parts[1:], strict=False):
            gap = _value(left.expr, x, left.high) - _value(right.expr, x, right.low)
            if left.high != right.low or not self.setting.is_zero(gap):
                return None
        for part in self.parts:
            slope = diff(part.expr, x)
            if slope == 0:
                continue
            try:
                found |= set(self.setting.chart(slope, part.low, part.high).signs)
            except Unsettled:
                return None
        found.discard(0)
        return found.pop() if len(found) == 1 else None


def _value(expr: Expr, x: Symbol, at: Expr) -> Expr:
    return expr.subs(x, at)


class _Resolver:
    """How a Term reads on one cell: f by its piece, |u| and sign u by the sign of u."""

    def __init__(self, pieces: Pieces, part: Piece) -> None:
        self._pieces = pieces
        self._part = part

    def __call__(self, term: Term) -> Term:
        if term == self._pieces.plain:
            return self._part.term
        return term.rebuild(self._visit)

    def _visit(self, node: Term) -> Term | None:
        if node == self._pieces.plain:
            return self._part.term
        if node.kind == "call" and node.name in ("Abs", "sign"):
            sign = self._pieces.sign(node.args[0], self._part)
            if sign is None:
                return None
            inner = self(node.args[0])
            if node.name == "sign":
                return present(to_term(to_sympy(ZERO) + sign))
            return inner if sign > 0 else negate(inner)
        return None


def pieces_of(plain: Term, variable: str, prover: Prover) -> Pieces | None:
    """The cells of a definition with switches; None where there are none, or where they cannot be found."""
    if not any(is_switch(node) and variable in node.free_symbols() for node in plain.walk()):
        return None

    def is_zero(value: Expr) -> bool:
        return value == 0 or prover.prove(to_term(value), ZERO).status == "proved"

    setting = Setting(variable, prover.assumptions, is_zero)
    try:
        found = cells(plain, setting)
    except (Unsettled, SymderivError):
        return None
    return Pieces(plain, setting, found) if found and found[0].low == -oo else None


def _stacked(terms: Sequence[Term], conditions: Sequence[Term]) -> Term:
    """The last cell first, equal neighbours joined: (g₃, x > b), (g₂, x > a), (g₁, True)."""
    lines: list[Term] = []
    for position in range(len(terms) - 1, -1, -1):
        if lines and lines[-1].args[0] == terms[position]:
            lines.pop()
        lines.append(case(terms[position], conditions[position - 1] if position else TRUE))
    return lines[0].args[0] if len(lines) == 1 else piecewise(*lines)


def _best(found: Sequence[Candidate]) -> Term:
    return next(c.term for c in found if c.degree == 1)
