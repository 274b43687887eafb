"""`derive_total`: ∂f(z)/∂z[j] for a number made of a whole vector, such as a loss, for every size n.

The rules of calculus and δ, then the conditions that the target fulfils, each as a line of its own: for
softmax with cross entropy, softmax(z)[j] Σ t[k] - t[j], and with Σ t[k] = 1, softmax(z)[j] - t[j].
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from symderiv.derive.given import Given
from symderiv.derive.lemmas import Lemmas
from symderiv.derive.openings import Opening
from symderiv.derive.routes import Finished
from symderiv.derive.scalar import ALL, EQUIVALENT
from symderiv.derive.step import Derivation, Form, LaterForms, Step
from symderiv.derive.totals_facts import TotalFacts, TotalProblem, facts_of
from symderiv.derive.totals_fold import chain, collected
from symderiv.derive.vector import jacobians
from symderiv.derive.vector_fold import factored, monomials, recognise_inside, recognised, shallow
from symderiv.derive.vector_routes import Worker, wanted
from symderiv.errors import UnsupportedError
from symderiv.meaning import read_assumptions
from symderiv.notation.term import ZERO, Term, diff, index, sym
from symderiv.prove import Prover

if TYPE_CHECKING:
    from symderiv.derive.scalar import Request

_INDICES = ("j", "i", "l", "m", "p", "q")


def derive_total(request: Request) -> Derivation:
    """Routes, forms and facts of a number made of a vector, each with its verdict.

    Raises `InputError` for a route that does not apply, `UnsupportedError` outside the class.
    """
    record = request.record
    catalog = request.catalog.with_record(record)
    prover = Prover(catalog, read_assumptions(dict(record.parameters)))
    taken = record.names() | {record.size}
    other = next(letter for letter in _INDICES if letter not in taken)
    problem = TotalProblem(record, catalog, prover, other)
    worker = TotalWorker(problem, Lemmas(catalog), jacobians(catalog), request.detail)
    offered = worker.offered()
    finished = [worker.finish(opening) for opening in wanted(offered, request.routes, record)]
    if ALL in request.routes:
        finished = [done for done in finished if done.route.result == finished[0].route.result]
    facts = facts_of(problem, worker.given, finished[0].route.result)
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
        bridges=problem.bridges(finished),
        forms=tuple(_forms(worker, facts)),
        second=LaterForms(lambda: tuple(_second(worker, facts))),
        kinks=(),
        total=facts,
    )


@dataclass(frozen=True)
class TotalWorker(Worker):
    """A worker whose last lines put the conditions in."""

    problem: TotalProblem
    sifting: bool = False

    @property
    def given(self) -> Given:
        """The conditions of the record."""
        return Given(self.problem.record.conditions, self.problem.prover)

    def offered(self) -> list[Opening]:
        """The routes of the definition, and one that follows another definition."""
        problem = self.problem
        found = super().offered()
        first = {opening.id for opening in found}
        for other in problem.record.equivalents:
            state = ("equivalent-definition", diff(other, problem.variable), (("f", other),))
            if not first - {"direct"}:
                found.append(Opening(EQUIVALENT, other, (state,)))
                break
        return found

    def finish(self, opening: Opening) -> Finished:
        """The route, with the conditions at its end."""
        done = super().finish(opening)
        steps: list[Step] = list(done.route.steps)
        for before, after, condition, verdict in self.given.lines(done.route.result):
            bindings = (("u", condition.args[0]), ("v", condition.args[1]))
            steps.append(Step("put-in", before, after, (), bindings, (), verdict))
        if self.detail == "result" and len(steps) > 1:
            first, last = done.route.start, steps[-1].after
            verdict = self.given.prove(first, last)
            steps = [Step(opening.id, first, last, (), (), tuple(steps), verdict)]
        return replace(done, route=replace(done.route, steps=tuple(steps)))

    def _chain(self, raw: Term) -> list[tuple[str, Term]]:
        found = list(chain(raw))
        last = found[-1][1] if found else raw
        heads = self.problem.heads()
        known = factored([recognised(one, heads) for one in monomials(last)]) if last != ZERO else None
        names = {head.name for head in heads}
        if known is not None and names & set(known.term().walk()) and not names & set(last.walk()):
            found.append(("recognise", collected(recognise_inside(last, heads))))
        return found


def _forms(worker: TotalWorker, facts: TotalFacts) -> Iterator[Form]:
    """The gradient as people remember it, and over z alone."""
    problem, given = worker.problem, worker.given
    display = facts.gradient_entry
    yield Form("display", display, _uses(display, problem), (), given.prove(problem.start, display))
    plain = problem.catalog.unfold(display)
    yield Form("input", plain, _uses(plain, problem), (), given.prove(problem.start, plain))


def _uses(term: Term, problem: TotalProblem) -> tuple[str, ...]:
    found = [name for name in sorted(term.functions()) if problem.catalog.find(name)]
    if problem.record.variable in term.free_symbols():
        found.append(problem.record.variable)
    return tuple(found)


def _second(worker: TotalWorker, facts: TotalFacts) -> Iterator[Form]:
    """The entry of the Hessian."""
    problem = worker.problem
    taken = problem.record.names() | {problem.other, problem.record.size}
    third = next(letter for letter in ("l", "m", "q", "i") if letter not in taken)
    target = index(problem.vector, sym(third))
    try:
        moved = worker.moved(diff(facts.gradient_entry, target))
        *_, (_, last) = [("", moved), *chain(moved)]
        raw = factored(shallow(last)).term()
    except UnsupportedError:
        return
    verdict = worker.given.prove(diff(problem.start, target), raw)
    if verdict.is_proved:
        yield Form("display", raw, _uses(raw, problem), (), verdict)
