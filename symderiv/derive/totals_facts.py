"""What a page says of a number made of a vector: the gradient as a vector, and the check of small sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symderiv.derive.given import Given
from symderiv.derive.routes import Finished
from symderiv.derive.step import Bridge
from symderiv.derive.vector_components import Space, component, vector_of
from symderiv.derive.vector_facts import VectorStatement
from symderiv.derive.vector_fold import Head, monomial
from symderiv.derive.vector_routes import Problem
from symderiv.derive.vector_small import SizeCheck, explicit
from symderiv.notation.term import Term, call, diff, index, sym
from symderiv.prove import Verdict


@dataclass(frozen=True)
class TotalProblem(Problem):
    """∂f(z)/∂z[j] for one record; `other` is the letter j."""

    @property
    def row(self) -> Term:
        """There is one index only."""
        return self.column

    def component(self, at: Term) -> Term:
        """f(z)."""
        return call(self.record.name, self.vector)

    def definition(self, at: Term) -> Term:
        """The definition of f(z)."""
        return self.record.applied(self.vector)

    def heads(self) -> list[Head]:
        """g(z)[j] for the vector functions of the catalogue that need no parameter."""
        found: list[Head] = []
        for record in self.catalog.records():
            if not record.is_vector or record.parameters:
                continue
            value = record.applied(self.vector, self.column).substitute({record.size: sym(self.record.size)})
            if value.kind == "div":
                found.append(Head(index(call(record.name, self.vector), self.column), monomial(value)))
        return found

    def bridges(self, finished: Sequence[Finished]) -> tuple[Bridge, ...]:
        """What the rules leave on each further route against the first one."""
        first = finished[0]
        return tuple(
            Bridge(
                (first.route.id, other.route.id),
                first.raw,
                other.raw,
                self.prover.prove(first.raw, other.raw),
            )
            for other in finished[1:]
        )


@dataclass(frozen=True)
class TotalFacts:
    """`gradient_entry` is ∂f/∂z[j]; `gradient` the same as a vector, with `named` letters in it."""

    gradient_entry: Term
    gradient: VectorStatement | None
    named: tuple[tuple[str, Term], ...]
    shapes: tuple[tuple[str, tuple[str, ...]], ...]
    problem: TotalProblem
    given: Given

    def statements(self) -> tuple[VectorStatement, ...]:
        """Every statement there is."""
        return () if self.gradient is None else (self.gradient,)

    def crosscheck(self, largest: int = 6) -> tuple[SizeCheck, ...]:
        """The closed form against explicit partial derivatives of sizes 1..largest, entry by entry."""
        return tuple(_checked(self, size) for size in range(1, largest + 1))


def facts_of(problem: TotalProblem, given: Given, entry: Term) -> TotalFacts:
    """The gradient as a vector, where it can be written as one."""
    record = problem.record
    heads = list(
        dict.fromkeys(n.args[0] for n in entry.walk() if n.kind == "index" and n.args[0].kind == "call")
    )
    taken = record.names() | {problem.other, record.size, *(name for name, _ in record.parameters)}
    letters = [letter for letter in "sqabuvw" if letter not in taken]
    named = dict(zip(letters, heads, strict=False))
    vectors: dict[str, Term] = {**named, record.variable: problem.vector}
    vectors |= {name: sym(name) for name, _ in record.parameters if _is_vector(record.definition, name)}
    space = Space(vectors, record.size)
    written = vector_of(entry, problem.column, space)
    gradient = None
    if written is not None:
        left = diff(call(record.name, problem.vector), problem.vector)
        pair = problem.start, component(written, problem.column, space)
        gradient = VectorStatement("gradient", left, written, pair, given.prove(*pair))
    shapes = tuple((name, (record.size,)) for name in vectors)
    return TotalFacts(entry, gradient, tuple(named.items()), shapes, problem, given)


def _is_vector(definition: Term, name: str) -> bool:
    return any(node.kind == "index" and node.args[0] == sym(name) for node in definition.walk())


def _checked(facts: TotalFacts, size: int) -> SizeCheck:
    """∂f/∂z_j as a scalar derivative, the last target solved from a linear condition."""
    problem, record = facts.problem, facts.problem.record
    plain = problem.catalog.unfold(problem.definition(problem.column))
    closed = problem.catalog.unfold(facts.gradient_entry)
    agree = 0
    worst: Verdict | None = None
    for column in range(1, size + 1):
        values = {record.size: size, problem.other: column}
        sides = [
            _entries(explicit(term, values, record.variable), record.variable) for term in (plain, closed)
        ]
        sides = [_solved(side, facts, values) for side in sides]
        verdict = problem.prover.prove(diff(sides[0], sym(f"{record.variable}_{column}")), sides[1])
        agree += verdict.is_proved
        if worst is None or (worst.is_proved and not verdict.is_proved):
            worst = verdict
    assert worst is not None
    return SizeCheck(size, size, agree, worst)


def _entries(term: Term, vector: str) -> Term:
    """t[2] as t_2 for every other vector, too."""

    def visit(node: Term) -> Term | None:
        if node.kind == "index" and node.args[0].kind == "symbol" and node.args[1].kind == "number":
            return sym(f"{node.args[0].name}_{node.args[1].name}")
        return None

    return term.rebuild(visit)


def _solved(term: Term, facts: TotalFacts, values: dict[str, int]) -> Term:
    """The condition t_1 + ... + t_n = 1 put in as t_1 = 1 - t_2 - ... - t_n."""
    for one in facts.given.equations:
        left = _entries(explicit(one.args[0], values, facts.problem.record.variable), "")
        first = left.args[0] if left.kind == "add" else left
        if first.kind != "symbol":
            continue
        rest = left.args[1:] if left.kind == "add" else ()
        value = Term("add", (one.args[1], *(Term("neg", (arg,)) for arg in rest))) if rest else one.args[1]
        term = term.substitute({first.name: value})
    return term
