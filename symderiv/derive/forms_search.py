"""`Workshop`: relations of one definition, made into Terms with a price.

It keeps the points of the tower for one definition, asks for relations in a vocabulary and hands back
`Candidate`s: right sides of dy = ..., or implicit equations, cheapest first. Nothing is proved here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpz_mpoly, fmpz_mpoly_ctx

from symderiv.derive.present_writer import Writer, cost
from symderiv.errors import UnsupportedError
from symderiv.field.eliminate import Letter, Proposal, Relation, Search, propose, settle
from symderiv.field.eliminate_cells import Cell, Sampler
from symderiv.notation.term import ONE, Term, equation

_POINTS = 150
VANISHING = 120
"""The price of a denominator that may be zero."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """dy = term over `letters`; `powers` is the degree in dy, above 1 an `equation`."""

    term: Term
    letters: tuple[Letter, ...]
    price: int
    relation: Relation

    @property
    def degree(self) -> int:
        """The degree in dy."""
        return self.relation.degree


class Workshop:
    """The tower of `plain` on its cells, and the candidates found in it."""

    def __init__(
        self,
        plain: Term,
        variable: str,
        output: Term,
        unfold: Callable[[Term], Term],
        *,
        order: int,
        cells: Sequence[Cell] | None = None,
        roots: Sequence[Term] = (),
    ) -> None:
        self.plain = plain
        self.variable = variable
        self.output = output
        self.order = order
        self._unfold = unfold
        self._cells = tuple(cells or (Cell(None, None, lambda term: term),))
        self._known: list[Term] = [plain, *(term for term in roots if "sqrt" in term.functions())]
        self.sampler = self._sampler(_POINTS, 1)
        self._fits: dict[Term, bool] = {}
        self._values: dict[bytes, Term] = {}

    def on(self, cells: Sequence[Cell]) -> Workshop:
        """The same definition on other cells."""
        return Workshop(self.plain, self.variable, self.output, self._unfold, order=self.order, cells=cells)

    def _sampler(self, points: int, blocks: int) -> Sampler:
        return Sampler(
            self._cells,
            self.variable,
            self._unfold,
            known=self._known,
            points=points,
            order=self.order,
            blocks=blocks,
        )

    def fits(self, term: Term) -> bool:
        """Is the Term in the field of the tower (and does it vary, and differ from y)?"""
        if term not in self._fits:
            try:
                good = self.sampler.fits(term)
                if good:
                    row = self.sampler.rows(term)
                    same = np.array_equal(row, self.sampler.rows(self.plain))
                    good = not same and bool((row != row[0]).any())
            except UnsupportedError:
                good = False
            self._fits[term] = good
        return self._fits[term]

    def admits(self, term: Term) -> bool:
        """`fits`, and no other Term with the same values was admitted."""
        if not self.fits(term):
            return False
        return self._values.setdefault(self.sampler.rows(term)[:8].tobytes(), term) == term

    def varies(self) -> bool:
        """Does the derivative vary? (A constant derivative needs no letters.)"""
        row = self.sampler.rows(self.plain, self.order)
        return bool((row != row[0]).any())

    @property
    def unfold(self) -> Callable[[Term], Term]:
        """How catalogue calls are opened."""
        return self._unfold

    def propose(
        self, letters: Sequence[Letter], search: Search, target: tuple[Term, int] | None = None
    ) -> Proposal | None:
        """A relation between the derivative and these letters, not written yet.

        Another `target` than the derivative is a Term and the order of its Taylor coefficient.
        """
        try:
            return propose(self.sampler, target or (self.plain, self.order), letters, search)
        except UnsupportedError:
            return None

    def settle(self, proposal: Proposal, prices: Mapping[Term, int]) -> Candidate | None:
        """The relation, written: dy = ... where it is linear in dy, else an equation."""
        found = settle(self.sampler, proposal, self._sampler)
        if found is None:
            return None
        positive = frozenset(x.shown for x in proposal.used if plainly_positive(self._unfold(x.meaning)))
        term, price = write(found, prices, positive)
        return Candidate(term, proposal.used, price, found)

    def candidate(
        self, letters: Sequence[Letter], search: Search, prices: Mapping[Term, int]
    ) -> Candidate | None:
        """`propose` and `settle` in one."""
        proposal = self.propose(letters, search)
        return None if proposal is None else self.settle(proposal, prices)


def write(relation: Relation, prices: Mapping[Term, int], positive: frozenset[Term]) -> tuple[Term, int]:
    """The Term of a relation, and its price."""
    poly = relation.polynomial
    ring = poly.context()
    writer = Writer(ring, relation.symbols, prices=prices, constants=relation.constants)
    if relation.degree == 1:
        top, bottom = _split(poly, ring)
        term = writer.ratio(top, bottom)
        reduced = bottom / top.gcd(bottom) if top else ring.constant(1)
        return term, writer.cost(term) + (VANISHING if may_vanish(reduced, relation, positive) else 0)
    return _implicit(relation, writer, positive)


def _split(poly: fmpz_mpoly, ring: fmpz_mpoly_ctx) -> tuple[fmpz_mpoly, fmpz_mpoly]:
    """p, q from q*dy - p."""
    top: dict[tuple[int, ...], int] = {}
    bottom: dict[tuple[int, ...], int] = {}
    for exponents, coefficient in poly.to_dict().items():
        if exponents[0]:
            bottom[(0, *map(int, exponents[1:]))] = int(coefficient)
        else:
            top[tuple(map(int, exponents))] = -int(coefficient)
    return ring.from_dict(top), ring.from_dict(bottom)


def _implicit(relation: Relation, writer: Writer, positive: frozenset[Term]) -> tuple[Term, int]:
    """dy**n = h where only one power of dy occurs, else the polynomial in dy = 0 with signs put right."""
    poly, ring = relation.polynomial, relation.polynomial.context()
    powers = sorted({int(e[0]) for e in poly.to_dict()})
    prices = {**writer.prices, relation.symbols[0]: 12}
    if len(powers) == 2 and powers[0] == 0:
        top = ring.from_dict({e: -c for e, c in poly.to_dict().items() if not e[0]})
        bottom = ring.from_dict({(0, *e[1:]): c for e, c in poly.to_dict().items() if e[0]})
        lead = ring.from_dict({(powers[1], *(0 for _ in relation.symbols[1:])): 1})
        if may_vanish(bottom, relation, positive):
            right, left = writer.plainest(top), writer.best(lead * bottom)
        else:
            right, left = writer.plainest_ratio(top, bottom), writer.best(lead)
    else:
        plus = ring.from_dict({e: c for e, c in poly.to_dict().items() if c > 0})
        minus = ring.from_dict({e: -c for e, c in poly.to_dict().items() if c < 0})
        left, right = writer.plainest(plus), writer.plainest(minus)
    return equation(left, right), cost(left, prices) + cost(right, prices)


def may_vanish(poly: fmpz_mpoly, relation: Relation, positive: frozenset[Term] = frozenset()) -> bool:
    """False where it is a constant, or plainly positive: one sign, even powers, positive letters."""
    table = [(tuple(map(int, e)), int(c)) for e, c in poly.to_dict().items()]
    varying = [i for i, s in enumerate(relation.symbols) if s not in relation.constants and s not in positive]
    if len(table) == 1:
        return any(table[0][0][i] for i in varying)
    signs = {c > 0 for _, c in table}
    odd = any(e[i] % 2 for e, _ in table for i in varying)
    anchored = any(not any(e[i] for i in varying) for e, _ in table)
    return len(signs) > 1 or odd or not anchored


def plainly_positive(term: Term) -> bool:
    """Positive by its build: exponentials, even powers plus a positive number, sums and quotients of such."""
    match term.kind:
        case "number":
            return term.value() > 0
        case "constant":
            return True
        case "add" | "mul" | "div":
            if term.kind == "add":
                return any(map(plainly_positive, term.args)) and all(map(_never_negative, term.args))
            return all(map(plainly_positive, term.args))
        case "pow":
            return plainly_positive(term.args[0])
        case "call" if term.name == "log" and term.args[0].kind == "add":
            others = [arg for arg in term.args[0].args if arg != ONE]
            return len(others) < len(term.args[0].args) and all(map(plainly_positive, others))
        case "call" if term.name == "sqrt":
            return plainly_positive(term.args[0])
        case _:
            return term.kind == "call" and term.name in ("exp", "cosh", "sech")


def _never_negative(term: Term) -> bool:
    if term.kind in ("mul", "div"):
        return all(map(_never_negative, term.args))
    even = term.kind == "pow" and term.args[1].kind == "number" and term.args[1].value() % 2 == 0
    return even or (term.kind == "call" and term.name == "Abs") or plainly_positive(term)
