"""`derive_vector`: ∂f(z)[i]/∂z[j] for a function of a whole vector, for every size n.

Routes by the rules of calculus and δ, ending in f's own components; then both cases, matrix form, products
with vectors, row sums, and the two-class case. For softmax: s[i](δ(i, j) − s[j]), diag(s) − s sᵀ,
s ⊙ (g − ⟨g, s⟩), J 1 = 0, σ(z[2]). Nothing here knows softmax: any record with an index is treated alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from symderiv.catalog import Catalog, Record
from symderiv.derive.lemmas import Lemmas
from symderiv.derive.routes import Finished
from symderiv.derive.scalar import ALL
from symderiv.derive.step import Bridge, Derivation, LaterForms, Route
from symderiv.derive.vector_components import LATEX_SYMBOLS
from symderiv.derive.vector_facts import Facts, VectorStatement
from symderiv.derive.vector_fold import Factored
from symderiv.derive.vector_forms import second_forms, vector_forms
from symderiv.derive.vector_moves import Jacobian
from symderiv.derive.vector_routes import Problem, Worker, wanted
from symderiv.derive.vector_small import SizeCheck, crosscheck, two_classes
from symderiv.meaning import read_assumptions
from symderiv.notation.term import Term
from symderiv.prove import Prover

if TYPE_CHECKING:
    from symderiv.derive.scalar import Request

_OTHER = ("j", "l", "m", "p", "q")


@dataclass(frozen=True)
class VectorFacts:
    """What a page says of a vector function beside its derivation; each statement with its verdict.

    `named` are the letters of the formulas (s for softmax(z)), `shapes` the dimensions of each letter,
    `layout` the convention: `numerator`, J[i, j] = ∂f[i]/∂z[j]. `latex_symbols` are names that the
    LaTeX writer should show as given. A statement that cannot be written, or does not hold, is None.
    """

    cases: tuple[VectorStatement, ...]
    matrix: VectorStatement | None
    vjp: VectorStatement | None
    jvp: VectorStatement | None
    row_sum: VectorStatement | None
    column_sum: VectorStatement | None
    symmetric: VectorStatement | None
    cross_entropy: VectorStatement | None
    two_class: Route | None
    named: tuple[tuple[str, Term], ...]
    shapes: tuple[tuple[str, tuple[str, ...]], ...]
    layout: Literal["numerator"]
    latex_symbols: tuple[tuple[str, str], ...]
    problem: Problem
    closed: Term

    def statements(self) -> tuple[VectorStatement, ...]:
        """Every statement there is, in the order of a page."""
        products = (self.matrix, self.vjp, self.jvp)
        single = (*products, self.row_sum, self.column_sum, self.symmetric, self.cross_entropy)
        return (*self.cases, *(one for one in single if one is not None))

    def crosscheck(self, largest: int = 6) -> tuple[SizeCheck, ...]:
        """The closed form against explicit Jacobians of sizes 1..largest, entry by entry."""
        return crosscheck(self.problem, self.closed, largest)


def derive_vector(request: Request) -> Derivation:
    """Routes, forms and facts of a vector record, each with its verdict.

    Raises `InputError` for a route that does not apply, `UnsupportedError` outside the class.
    """
    record = request.record
    worker = _worker(record, request)
    problem = worker.problem
    offered = worker.offered()
    finished = [worker.finish(opening) for opening in wanted(offered, request.routes, record)]
    if ALL in request.routes:  # ways that do not come back to the components of f are no ways of a page
        finished = [done for done in finished if done.route.result == finished[0].route.result]
    closed = problem.closed(finished[0].raw)
    prover = problem.prover
    return Derivation(
        name=record.name,
        title=record.title,
        symbol=record.symbol,
        variable=record.variable,
        parameters=record.parameters,
        record=record,
        definition=record.concrete,
        equivalents=tuple((e, prover.prove(record.concrete, e)) for e in record.equivalents),
        routes=tuple(done.route for done in finished),
        bridges=_bridges(finished, prover),
        forms=tuple(vector_forms(problem, closed.term())),
        second=LaterForms(lambda: tuple(second_forms(worker, closed))),
        kinks=(),
        vector=_facts(problem, closed),
    )


def _worker(record: Record, request: Request) -> Worker:
    catalog = request.catalog.with_record(record)
    prover = Prover(catalog, read_assumptions(dict(record.parameters)))
    taken = record.names() | {record.index, record.size}
    other = next(letter for letter in _OTHER if letter not in taken)
    return Worker(
        Problem(record, catalog, prover, other), Lemmas(catalog), jacobians(catalog), request.detail
    )


def jacobians(catalog: Catalog) -> Jacobian:
    """Closed forms of the vector functions of a catalogue, derived once each."""
    return _Jacobians(catalog)


class _Jacobians:
    """Closed forms of other vector functions, derived once each."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._found: dict[str, tuple[Problem, Term] | None] = {}

    def __call__(self, vector: Term, row: Term, column: Term) -> Term | None:
        """∂f(z)[row]/∂z[column] for f(z), or None for a name that is no vector function."""
        name = vector.name
        if name not in self._found:
            self._found[name] = None
            record = self._catalog.find(name)
            if record is not None and record.is_vector:
                self._found[name] = self._derive(record)
        known = self._found[name]
        if known is None:
            return None
        problem, closed = known
        places = {problem.row.name: row, problem.column.name: column}
        return closed.substitute({**places, problem.record.variable: vector.args[0]})

    def _derive(self, record: Record) -> tuple[Problem, Term]:
        from symderiv.derive.scalar import Request

        worker = _worker(record, Request(record, self._catalog, record.variable))
        done = worker.finish(worker.offered()[0])
        return worker.problem, done.route.result


def _bridges(finished: Sequence[Finished], prover: Prover) -> tuple[Bridge, ...]:
    first = finished[0]
    return tuple(
        Bridge((first.route.id, other.route.id), first.raw, other.raw, prover.prove(first.raw, other.raw))
        for other in finished[1:]
    )


def _facts(problem: Problem, closed: Factored) -> VectorFacts:
    facts = Facts(problem, closed)
    record, size = problem.record, problem.record.size
    row_sum = facts.row_sum()
    letters = (record.variable, facts.letter, facts.cotangent, facts.tangent)
    return VectorFacts(
        cases=facts.cases(),
        matrix=facts.matrix(),
        vjp=facts.vjp(),
        jvp=facts.jvp(),
        row_sum=row_sum,
        column_sum=facts.column_sum(),
        symmetric=facts.symmetric(),
        cross_entropy=facts.cross_entropy(),
        two_class=two_classes(problem),
        named=((facts.letter, facts.head),),
        shapes=(*((letter, (size,)) for letter in letters), ("J", (size, size))),
        layout="numerator",
        latex_symbols=tuple(sorted(LATEX_SYMBOLS.items())),
        problem=problem,
        closed=closed.term(),
    )
