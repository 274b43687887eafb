"""`Wrong`: a refuted step, and the question whether a corrected right side would prove."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from symderiv.check.claims import Judge
from symderiv.check.knowledge import Knowledge
from symderiv.check.literals import literal
from symderiv.check.slips.needs import Need, needs
from symderiv.check.slips.probe import Point, Probe, Values, at, chosen, close
from symderiv.errors import SymderivError
from symderiv.notation.term import ONE, Term, call, diff, mul, neg, sym
from symderiv.prove.balls import Evaluator, NoValueError
from symderiv.prove.claim import Claim
from symderiv.prove.points import points

if TYPE_CHECKING:
    from symderiv.meaning.assumptions import Assumption

SECONDS = 1.0
"""Processor time for the search of one slip."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A right side with a slip undone, and how much had to be changed for it."""

    term: Term
    size: float = 0.0


@dataclass(slots=True)
class Wrong:
    """left = right is refuted. Both as written, and with all definitions put in (`a`, `b`).

    `figures`: it is the numbers that differ, after the given values have been put in.
    """

    left: Term
    right: Term
    a: Term
    b: Term
    judge: Judge
    settle: Callable[[Term], str]
    figures: bool = False
    conditions: tuple[Term, ...] = ()
    letters: tuple[str, ...] = ()
    started: float = field(default_factory=time.process_time)
    _probe: Probe | None = None
    _needs: list[Need] | None = None

    @property
    def knowledge(self) -> Knowledge:
        """What the document has said."""
        return self.judge.knowledge

    def is_over(self) -> bool:
        """Whether the time is used up."""
        return time.process_time() - self.started > SECONDS

    def is_proved(self, candidate: Term) -> bool:
        """Whether left = candidate is proved."""
        return self.settle(candidate) in {"proved", "rounded"}

    def may_be(self, candidate: Term) -> bool:
        """Whether left = candidate at the points that were looked at: a few points cost less than a proof."""
        if candidate == self.right:
            return False
        if literal(candidate) is not None:
            return True
        wanted, had, found = map(self.values, (self.left, self.right, candidate))
        if wanted is None or had is None:
            return True
        return found is not None and close(wanted, found)

    def values(self, term: Term) -> Values | None:
        """The values of a formula of the page at the points of the probe."""
        return self.probe().of(term)

    def needs(self) -> list[Need]:
        """What every part of the right side would have to be."""
        if self._needs is None:
            self._needs = needs(self.right, self.left, self.probe())
        return self._needs

    def plain(self, term: Term) -> Term | None:
        """The term as something that can be evaluated; given values in a claim about numbers."""
        try:
            expanded = self.knowledge.expand(term)
        except SymderivError:
            return None
        return self.judge.plain(self.knowledge.with_values(expanded) if self.figures else expanded)

    def probe(self) -> Probe:
        """The points at which this step is looked at."""
        if self._probe is None:
            a, b = self.plain(self.left), self.plain(self.right)
            places = () if a is None or b is None else chosen(a, b, self.letters, self._admits)
            self._probe = Probe(self.plain, tuple(map(self._on_facts, places)))
        return self._probe

    def _admits(self, point: Point) -> bool:
        """Whether a point is inside the conditions of the step."""
        try:
            return all(Evaluator(point).holds(condition) for condition in self.conditions)
        except (NoValueError, SymderivError):
            return False

    def _on_facts(self, point: Point) -> Point:
        """The point with the last of some entries changed where the page says what they add up to."""
        for fact, value in self.knowledge.facts:
            entry, _, low, high = fact.args
            wanted = literal(value)
            first, last = ((point.get(end.name) or literal(end)) for end in (low, high))
            if wanted is None or first is None or last is None or entry.kind != "index":
                continue
            mine = [f"{entry.args[0].name}[{k}]" for k in range(int(first), int(last) + 1)]
            if mine and all(name in point for name in mine):
                rest = sum((point[name] for name in mine[:-1]), Fraction(0))
                point = {**point, mine[-1]: wanted - rest}
        return point

    def may_hold(self, assumptions: dict[str, Assumption], left_side: Term, right_side: Term) -> bool:
        """Whether two formulas agree at a few points under assumptions."""
        a, b = self.judge.plain(left_side), self.judge.plain(right_side)
        claim = Claim(a, b)
        if claim.is_indexed():
            return False
        seen = 0
        for point in islice(points(claim.names(), assumptions), 12):
            left, right = at(a, point), at(b, point)
            if left is None or right is None:
                continue
            if not (left - right).contains(0):
                return False
            seen += 1
        return seen > 0

    def differentiated(self) -> Iterator[tuple[Term, Term]]:
        """What is differentiated on the left side, and by what; a name also as what it stands for."""
        for node in self.left.walk():
            if node.kind == "diff" and len(node.args) == 2:
                for body in self._meanings(node.args[0]):
                    yield body, node.args[1]
            elif node.kind == "call" and node.order == 1 and len(node.args) == 1:
                variable = node.args[0] if node.args[0].kind == "symbol" else sym("u_")
                for body in self._meanings(call(node.name, variable)):
                    yield body, variable

    def _meanings(self, body: Term) -> Iterator[Term]:
        """A formula, and one step down: what its name has been defined as."""
        yield body
        definition = self.knowledge.definitions.get(body.name) if body.kind in {"symbol", "call"} else None
        if definition is not None and body.kind == "symbol":
            yield definition.body
            return
        if definition is not None and len(definition.parameters) == len(body.args):
            yield definition.body.substitute(dict(zip(definition.parameters, body.args, strict=True)))
            return
        record = self.judge.catalog.find(body.name) if body.kind == "call" and not body.order else None
        if record is not None and not record.is_vector and len(body.args) == 1:
            yield record.definition.substitute({record.variable: body.args[0]})

    def edges(self) -> Iterator[Term]:
        """The local derivatives of the graph between the two ends of the left side."""
        ends = self.left.args if self.left.kind == "diff" else ()
        if len(ends) != 2 or any(end.kind != "symbol" for end in ends):
            return
        todo, seen = [ends[0].name], set[str]()
        while todo:
            name = todo.pop(0)
            definition = self.knowledge.definitions.get(name)
            if name in seen or definition is None:
                continue
            seen.add(name)
            for other in sorted({n.name for n in definition.body.walk() if n.kind == "symbol"}):
                if self.knowledge.depends(other, ends[1].name):
                    yield diff(sym(name), sym(other))
                    todo.append(other)


# Trees

_BOUND = {"diff": (1, 2), "sum": (1, 2, 3), "index": (0,)}
"""Places of letters that are no values: what a derivative is taken by, the index of a sum."""


def negated(term: Term) -> Term:
    """-term, without a double minus."""
    return term.args[0] if term.kind == "neg" else neg(term)


def times(factor: Term, term: Term) -> Term:
    """Factor * term, in one product."""
    if factor == ONE:
        return term
    if term == ONE:
        return factor
    if factor.kind == "neg":
        return negated(times(factor.args[0], term))
    if term.kind == "neg":
        return neg(times(factor, term.args[0]))
    if term.kind == "div":
        return term.with_args(times(factor, term.args[0]), term.args[1])
    return mul(*term.args, factor) if term.kind == "mul" else mul(term, factor)


def paths(term: Term, limit: int = 60) -> Iterator[tuple[tuple[int, ...], Term]]:
    """Every node with its path, outermost first; what a derivative is taken by is left out."""
    todo: list[tuple[tuple[int, ...], Term]] = [((), term)]
    count = 0
    while todo and count < limit:
        path, node = todo.pop(0)
        yield path, node
        count += 1
        todo += [((*path, k), arg) for k, arg in enumerate(node.args) if k not in _BOUND.get(node.kind, ())]


def summands(term: Term) -> Iterator[tuple[tuple[int, ...], Term]]:
    """The term itself and the summands in it, at any depth."""
    yield (), term
    for path, node in paths(term):
        if node.kind == "add":
            for k, arg in enumerate(node.args):
                yield (*path, k), arg


def derivatives(term: Term) -> Iterator[Term]:
    """The inert derivatives in a term."""
    for node in term.walk():
        if node.kind == "diff":
            yield node


def size(term: Term) -> int:
    """How much there is to write."""
    return sum(1 for _ in term.walk())
