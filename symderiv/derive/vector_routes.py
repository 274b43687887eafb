"""The routes of a vector function: from D(f(z)[i], z[j]) to f's own components, every line proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symderiv.catalog import Catalog, Record
from symderiv.derive.algebra import join_sum
from symderiv.derive.engine import Lemma
from symderiv.derive.lines import Detail
from symderiv.derive.openings import Opening, openings
from symderiv.derive.routes import TEXTBOOK_LINES, Finished
from symderiv.derive.scalar import ALL
from symderiv.derive.step import Route, Step
from symderiv.derive.vector_fold import (
    Factored,
    Head,
    factored,
    grouped,
    has_delta,
    merged,
    monomial,
    monomials,
    recognise_inside,
    recognised,
)
from symderiv.derive.vector_moves import Jacobian, expand_vector, name_of, vector_lines
from symderiv.errors import InputError, UnsupportedError
from symderiv.notation.names import suggest
from symderiv.notation.term import Term, call, diff, index, sym
from symderiv.prove import Prover


@dataclass(frozen=True)
class Problem:
    """∂f(z)[i]/∂z[j] for one record; `other` is the letter of the second index."""

    record: Record
    catalog: Catalog
    prover: Prover
    other: str

    @property
    def vector(self) -> Term:
        """z."""
        return sym(self.record.variable)

    @property
    def row(self) -> Term:
        """i."""
        return sym(self.record.index)

    @property
    def column(self) -> Term:
        """j."""
        return sym(self.other)

    @property
    def variable(self) -> Term:
        """z[j]."""
        return index(self.vector, self.column)

    def component(self, at: Term) -> Term:
        """f(z)[at]."""
        return index(call(self.record.name, self.vector), at)

    def definition(self, at: Term) -> Term:
        """The definition of f(z)[at]."""
        return self.record.applied(self.vector, at)

    @property
    def start(self) -> Term:
        """D(f(z)[i], z[j])."""
        return diff(self.component(self.row), self.variable)

    def heads(self) -> list[Head]:
        """f(z)[i] and f(z)[j], then other vector functions of the catalogue that need no parameter."""
        found: list[Head] = []
        own = self.record.name
        others = [r for r in self.catalog.records() if r.is_vector and r.name != own and not r.parameters]
        for record in [self.record, *others]:
            for at in (self.row, self.column):
                value = record.applied(self.vector, at)
                if value.kind != "div":
                    continue
                if record.size and record.size != self.record.size:
                    value = value.substitute({record.size: sym(self.record.size)})
                found.append(Head(index(call(record.name, self.vector), at), monomial(value)))
        return found

    def closed(self, raw: Term) -> Factored:
        """The formula over the heads, common factors in front."""
        heads = self.heads()
        return factored([recognised(m, heads) for m in merged(monomials(raw))])


@dataclass(frozen=True)
class Worker:
    """What every route of one vector function shares."""

    problem: Problem
    lemma: Lemma
    jacobian: Jacobian
    detail: Detail
    sifting: bool = True

    def offered(self) -> list[Opening]:
        """Every route that applies: the natural one, then the logarithmic one, which is shortest."""
        problem = self.problem
        function, variable = problem.component(problem.row), problem.variable
        assumed = dict(problem.record.parameters)
        found = openings(function, problem.definition(problem.row), variable, assumed)
        for other in problem.record.equivalents:
            for opening in openings(function, other, variable, assumed):
                (_, state, bindings), *rest = opening.states
                states = (("equivalent-definition", state, bindings), *rest)
                found.append(Opening(opening.id, other, states, opening.banned))
        distinct: dict[str, Opening] = {}
        for opening in found:
            distinct.setdefault(opening.id, opening)
        natural, *others = distinct.values()
        return [natural, *sorted(others, key=lambda opening: opening.id != "logarithmic")]

    def finish(self, opening: Opening) -> Finished:
        """Carry out the opening: rules, sifting, folding. Raises `UnsupportedError`."""
        start = self.problem.start
        prelude: list[Step] = []
        state = start
        for rule, after, bindings in opening.states:
            prelude.append(self.step(rule, state, after, bindings))
            state = after
        moves = expand_vector(state, self.lemma, self.jacobian, banned=opening.banned, sifting=self.sifting)
        raw = moves[-1].after if moves else state
        tail = self._fold(raw)
        room = TEXTBOOK_LINES - len(prelude) - len(tail)
        lines: list[Step] = []
        for group in vector_lines(moves, room, self.detail):
            main = name_of(group)
            children: tuple[Step, ...] = ()
            if len(group) > 1:
                children = tuple(self.step(m.rule, m.before, m.after, m.bindings, m.path) for m in group)
            path = main.path if len(group) == 1 else ()
            lines.append(
                self.step(main.rule, group[0].before, group[-1].after, main.bindings, path, children)
            )
        steps = [*prelude, *lines, *tail]
        if self.detail == "result" and steps:
            steps = [self.step(opening.id, start, steps[-1].after, children=tuple(steps))]
        return Finished(Route(opening.id, start, tuple(steps)), raw)

    def step(
        self,
        rule: str,
        before: Term,
        after: Term,
        bindings: Sequence[tuple[str, Term]] = (),
        path: tuple[int, ...] = (),
        children: tuple[Step, ...] = (),
    ) -> Step:
        """One line with its verdict."""
        verdict = self.problem.prover.prove(before, after)
        return Step(rule, before, after, path, tuple(bindings), children, verdict)

    def differentiated(self, term: Term, target: Term) -> Term:
        """∂term/∂target over the heads: f's own Jacobian is known by now. Raises `UnsupportedError`."""
        problem = self.problem
        first = problem.closed(self.finish(self.offered()[0]).raw).term()

        def jacobian(vector: Term, row: Term, column: Term) -> Term | None:
            if vector.name != problem.record.name:
                return self.jacobian(vector, row, column)
            return first.substitute({problem.row.name: row, problem.column.name: column})

        moves = expand_vector(diff(term, target), self.lemma, jacobian)
        return moves[-1].after if moves else term

    def moved(self, term: Term) -> Term:
        """The formula with its inert derivatives carried out. Raises `UnsupportedError`."""
        moves = expand_vector(term, self.lemma, self.jacobian, sifting=self.sifting)
        return moves[-1].after if moves else term

    def _fold(self, raw: Term) -> list[Step]:
        """The lines back to f's own components, as far as each is proved."""
        try:
            chain = self._chain(raw)
        except UnsupportedError:
            return []
        steps: list[Step] = []
        state = raw
        for rule, after in chain:
            if after == state:
                continue
            step = self.step(rule, state, after)
            if step.verdict.status != "proved":
                break
            steps.append(step)
            state = after
        return steps

    def _chain(self, raw: Term) -> list[tuple[str, Term]]:
        heads = self.problem.heads()
        final = self.problem.closed(raw).term()
        if not _to_split(raw):
            inside = recognise_inside(raw, heads)
            names = {head.name for head in heads}
            rule = "recognise" if _count(inside, names) > _count(raw, names) else "collect"
            return [(rule, inside), ("factor", final)]
        terms = merged(monomials(raw))
        ordered = sorted(terms, key=lambda m: not has_delta(m.term()))
        parted = join_sum(*(grouped(m, heads) for m in ordered))
        known = join_sum(*(recognised(m, heads).term() for m in ordered))
        opened = "simplify-fraction" if parted == known else "split-fraction"
        return [(opened, parted), ("recognise", known), ("factor", final)]


def wanted(offered: Sequence[Opening], routes: Sequence[str], record: Record) -> list[Opening]:
    """The openings asked for by id, or the first, or all. Raises `InputError` for one that does not apply."""
    if not routes:
        return list(offered[:1])
    if ALL in routes:
        return list(offered)
    by_id = {opening.id: opening for opening in offered}
    for name in routes:
        if name not in by_id:
            hint = suggest(name, list(by_id)) or f"routes of {record.name}: {', '.join(by_id)}"
            raise InputError(f"the route {name!r} does not apply to {record.name}", hint=hint)
    return [by_id[name] for name in dict.fromkeys(routes)]


def _count(term: Term, names: set[Term]) -> int:
    return sum(node in names for node in term.walk())


def _to_split(term: Term) -> bool:
    """A fraction with a sum that holds a δ on top."""
    inner = term.args[0] if term.kind == "neg" else term
    if inner.kind == "mul":
        return any(_to_split(arg) for arg in inner.args)
    return inner.kind == "div" and inner.args[0].kind in ("add", "mul") and has_delta(inner.args[0])
