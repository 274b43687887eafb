"""Forms of functions with kinks: one relation over all cells (|y|, sign), or those of the cells in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sympy import Expr, Symbol, diff, oo

from symderiv.derive.algebra import negate
from symderiv.derive.forms_input import input_candidates
from symderiv.derive.forms_search import Candidate
from symderiv.derive.forms_smooth import Request, Smooth
from symderiv.derive.present import present
from symderiv.derive.properties_cells import Cell as Piece
from symderiv.derive.properties_cells import Setting, cells, is_switch
from symderiv.derive.properties_ground import Unsettled
from symderiv.derive.step import FormKind
from symderiv.errors import SymderivError
from symderiv.field.eliminate_cells import Cell
from symderiv.meaning import read_assumptions, to_sympy, to_term
from symderiv.notation.term import TRUE, ZERO, Term, call, case, piecewise, relation, sym
from symderiv.prove import Prover


@dataclass(frozen=True, slots=True)
class Pieces:
    """A function with kinks, left to right."""

    plain: Term
    setting: Setting
    parts: tuple[Piece, ...]
    signs: dict[tuple[Term, int], int | None] = field(default_factory=dict)

    def sign(self, term: Term, part: Piece) -> int | None:
        """The sign of a Term all over a cell, or None."""
        inner = part.term if term == self.plain else term
        key = (inner, self.parts.index(part))
        if key not in self.signs:
            self.signs[key] = self._find_sign(inner, part)
        return self.signs[key]

    def _find_sign(self, term: Term, part: Piece) -> int | None:
        if any(map(is_switch, term.walk())):
            return None
        try:
            signs = self.setting.chart(to_sympy(term), part.low, part.high).signs
        except (Unsettled, SymderivError):
            return None
        return signs[0] if len(signs) == 1 else None

    # the cells side by side

    def by_variable(self, terms: Sequence[Term]) -> Term:
        """The forms of the cells, chosen by the variable."""
        x = sym(self.setting.variable)
        bounds = [present(to_term(part.low)) for part in self.parts[1:]]
        return _stacked(terms, [relation(">", x, bound) for bound in bounds])

    def by_output(self, terms: Sequence[Term], output: Term) -> Term | None:
        """The forms of the cells, chosen by y; None where y does not tell the cells apart."""
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


def _smooth_term(part: Piece) -> Term:
    """The piece as written, or from its meaning where a choice between constants is left in it."""
    return to_term(part.expr) if any(map(is_switch, part.term.walk())) else part.term


def _value(expr: Expr, x: Symbol, at: Expr) -> Expr:
    return expr.subs(x, at)


class PieceForms:
    """The candidates of a function with kinks, worked out kind by kind."""

    def __init__(self, pieces: Pieces, request: Request) -> None:
        self._pieces = pieces
        self._request = request

    def terms(self, kind: FormKind) -> Iterator[Term]:
        """Right sides of one kind, best first."""
        match kind:
            case "display":
                yield from self._shared(kind)
                displays = [
                    e.display_candidates(c) for e, c in zip(self._engines, self._outputs, strict=True)
                ]
                if all(displays):
                    yield self._pieces.by_variable([_best(found) for found in displays])
            case "output":
                yield from self._shared(kind)
                if all(any(c.degree == 1 for c in found) for found in self._outputs):
                    made = self._pieces.by_output(
                        [_best(found) for found in self._outputs], self._request.output
                    )
                    yield from () if made is None else (made,)
            case "input":
                yield from self._shared(kind)
                parts = [
                    next(input_candidates(e, side), None)
                    for e, side in zip(self._engines, self._sides, strict=True)
                ]
                known = [part for part in parts if part is not None]
                if len(known) == len(parts):
                    yield self._pieces.by_variable(known)
            case _:
                return

    @cached_property
    def _engines(self) -> list[Smooth]:
        return [self._request.engine(term, term) for term in map(_smooth_term, self._pieces.parts)]

    @cached_property
    def _outputs(self) -> list[list[Candidate]]:
        return [engine.output_candidates() for engine in self._engines]

    @cached_property
    def _sides(self) -> list[int]:
        x = sym(self._request.variable)
        return [self._pieces.sign(x, part) or 0 for part in self._pieces.parts]

    @cached_property
    def _union(self) -> Smooth | None:
        """One formula for all cells, with |y|, sign x and the like as letters."""
        plain = self._pieces.plain
        if not any(n.kind == "call" and n.name in ("Abs", "sign") for n in plain.walk()):
            return None
        x = sym(self._request.variable)
        inner = [n.args[0] for n in plain.walk() if n.kind == "call" and n.name == "Abs" and n.args[0] != x]
        extra = [call("Abs", plain), call("sign", plain), call("sign", x), call("Abs", x)]
        extra += [call("sign", u) for u in dict.fromkeys(inner)]
        known = [e for e in extra if all(self._pieces.sign(e.args[0], part) for part in self._pieces.parts)]
        fields = [Cell(None, None, _Resolver(self._pieces, part)) for part in self._pieces.parts]
        return Smooth(self._request, self._request.definition, plain, cells=fields, extra=known)

    @cached_property
    def _union_outputs(self) -> list[Candidate]:
        return [] if self._union is None else [c for c in self._union.output_candidates() if c.degree == 1]

    def _shared(self, kind: FormKind) -> Iterator[Term]:
        engine = self._union
        if engine is None:
            return
        if kind == "output":
            yield from (candidate.term for candidate in self._union_outputs)
        elif kind == "display":
            yield from (c.term for c in engine.display_candidates(self._union_outputs) if not engine.named)
        else:
            x = sym(self._request.variable)
            alone = engine.in_variable([call("sign", x), call("Abs", x)])
            yield from () if alone is None else (alone,)


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

    setting = Setting(variable, read_assumptions(prover.assumptions), is_zero)
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
