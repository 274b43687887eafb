"""`Wrong`: a refuted step, and the question whether a corrected right side would prove."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from flint import arb

from symderiv.check.claims import Judge
from symderiv.check.knowledge import Knowledge, literal
from symderiv.errors import SymderivError
from symderiv.field.constants import precision
from symderiv.notation.term import ONE, Term, mul, neg
from symderiv.prove.balls import Evaluator, NoValueError
from symderiv.prove.claim import Claim
from symderiv.prove.points import points

if TYPE_CHECKING:
    from symderiv.meaning.assumptions import Assumption

SECONDS = 1.0
"""Processor time for the search of one slip."""
_POINTS = 4
_BITS = 96


@dataclass(slots=True)
class Wrong:
    """left = right is refuted. Both as written, and with all definitions put in (`a`, `b`)."""

    left: Term
    right: Term
    a: Term
    b: Term
    judge: Judge
    conditions: tuple[Term, ...] = ()
    letters: tuple[str, ...] = ()
    started: float = field(default_factory=time.process_time)
    _probe: list[tuple[dict[str, Fraction], arb]] | None = None
    _tried: dict[Term, bool] = field(default_factory=dict)

    @property
    def knowledge(self) -> Knowledge:
        """What the document has said."""
        return self.judge.knowledge

    def is_over(self) -> bool:
        """Whether the time is used up."""
        return time.process_time() - self.started > SECONDS

    def proves(self, candidate: Term) -> bool:
        """Whether left = candidate is proved."""
        if candidate == self.right or self.is_over():
            return False
        known = self._tried.get(candidate)
        if known is None:
            quick = literal(candidate) is not None or self._agrees(candidate)
            known = self._tried[candidate] = quick and self._proved(candidate)
        return known

    def _proved(self, candidate: Term) -> bool:
        found = self.judge.judge(self.left, candidate, self.conditions)
        return found.status in {"proved", "rounded"}

    def _agrees(self, candidate: Term) -> bool:
        """A few points cost less than a proof; entries with letters for indices have none."""
        probe = self._points()
        if not probe:
            return True
        value = self.value_of(candidate)
        if value is None:
            return True
        with precision(_BITS):
            for point, ball in probe:
                found = _at(value, point)
                if found is not None and not (found - ball).contains(0):
                    return False
        return True

    def value_of(self, term: Term) -> Term | None:
        """The term as something that can be evaluated."""
        try:
            return self.judge.plain(self.knowledge.expand(term))
        except SymderivError:
            return None

    def ratio(self) -> Fraction | None:
        """left/right where it is the same simple number everywhere."""
        value = self.judge.plain(self.b)
        found: Fraction | None = None
        with precision(_BITS):
            for point, ball in self._points():
                other = _at(value, point)
                if other is None:
                    return None
                if other.contains(0) and ball.contains(0):
                    continue
                simple = None if other.contains(0) else _simple(ball / other)
                if simple is None or (found is not None and simple != found):
                    return None
                found = simple
        return found

    def gap(self) -> Fraction | None:
        """left - right where it is the same simple number everywhere."""
        value = self.judge.plain(self.b)
        found: Fraction | None = None
        with precision(_BITS):
            for point, ball in self._points():
                other = _at(value, point)
                simple = None if other is None else _simple(ball - other)
                if simple is None or (found is not None and simple != found):
                    return None
                found = simple
        return found

    def may_hold(self, assumptions: dict[str, Assumption]) -> bool:
        """Whether the two sides agree at a few points under assumptions; True where there are no points."""
        a, b = self.judge.plain(self.a), self.judge.plain(self.b)
        claim = Claim(a, b)
        if claim.is_indexed():
            return False
        seen = 0
        with precision(_BITS):
            for point in islice(points(claim.names(), assumptions), 12):
                left, right = _at(a, point), _at(b, point)
                if left is None or right is None:
                    continue
                if not (left - right).contains(0):
                    return False
                seen += 1
        return seen > 0

    def _points(self) -> list[tuple[dict[str, Fraction], arb]]:
        if self._probe is None:
            self._probe = list(islice(self._search(), _POINTS))
        return self._probe

    def _search(self) -> Iterator[tuple[dict[str, Fraction], arb]]:
        a, b = self.judge.plain(self.a), self.judge.plain(self.b)
        claim = Claim(a, b)
        if claim.is_indexed():
            return
        names = tuple(dict.fromkeys((*claim.names(), *self.letters)))
        for point in islice(points(names, {}), 40):
            with precision(_BITS):
                ball = _at(a, point)
            if ball is not None and ball.is_finite():
                yield point, ball


def _at(term: Term, point: dict[str, Fraction]) -> arb | None:
    try:
        found = arb(0) + Evaluator(point).of(term)
    except (NoValueError, SymderivError):
        return None
    return found if found.is_finite() else None


def _simple(ball: arb) -> Fraction | None:
    """The fraction with small parts in the ball, or None."""
    for below in range(1, 25):
        scaled = (ball * below).unique_fmpz() if (ball * below).rad() < arb("1e-12") else None
        if scaled is None:
            near = (ball * below + arb("0.5")).floor().unique_fmpz()
            if near is None or not (ball * below - near).contains(0):
                continue
            scaled = near
        if (ball * below - scaled).contains(0) and abs(int(scaled)) <= 1000:
            return Fraction(int(scaled), below)
    return None


# Trees

_BOUND = {"diff": (1, 2), "sum": (1,)}
"""Places of letters that are no values: what a derivative is taken by, the index of a sum."""


def negated(term: Term) -> Term:
    """-term, without a double minus."""
    return term.args[0] if term.kind == "neg" else neg(term)


def times(factor: Term, term: Term) -> Term:
    """Factor * term, in one product."""
    if factor == ONE:
        return term
    if factor.kind == "neg":
        return negated(times(factor.args[0], term))
    if term.kind == "neg":
        return neg(times(factor, term.args[0]))
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
