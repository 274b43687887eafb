"""`Given`: equations that hold by assumption, such as Σ t[k] = 1, and what follows from them.

A claim under a condition is proved in two links: without it as far as the algebra goes, then with the right
side of the condition in the place of its left side. The condition is named in the verdict. What does not
hold without the condition is never called refuted by a point that violates it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from symderiv.derive.algebra import tidy
from symderiv.notation.term import Term, sym
from symderiv.prove import Prover, Verdict


@dataclass(frozen=True)
class Given:
    """Equations left = right that may be used, and the prover for everything else."""

    conditions: tuple[Term, ...]
    prover: Prover

    @property
    def equations(self) -> tuple[Term, ...]:
        """The conditions that say what a formula is worth."""
        return tuple(one for one in self.conditions if one.kind == "equation")

    def put(self, term: Term) -> Term:
        """The formula with every condition put in."""
        for one in self.equations:
            term = _put(term, one)
        return term

    def lines(self, term: Term) -> Iterator[tuple[Term, Term, Term, Verdict]]:
        """(before, after, condition, verdict) for each condition that changes the formula."""
        for one in self.equations:
            after = _put(term, one)
            if after != term:
                yield term, after, one, self._linked(term, after, one)
                term = after

    def _linked(self, before: Term, after: Term, condition: Term) -> Verdict:
        """before = after where the condition holds: proved with its right side in place."""
        found = self.prover.prove(_put_bare(before, condition), after)
        if not found.is_proved:
            return replace(found, status="undecided", witness=None)
        return replace(found, conditions=(*found.conditions, _said(condition)))

    def prove(self, left: Term, right: Term) -> Verdict:
        """left = right under the conditions: directly, or by a form of the right side that needs none."""
        plain = self.prover.prove(left, right)
        if plain.is_proved or not self.equations:
            return plain
        for free in self._freed(right):
            first = self.prover.prove(left, free)
            if not first.is_proved:
                continue
            used = [one for one in self.equations if _put(free, one) != free]
            second = self.prover.prove(self._all_bare(free), right)
            if second.is_proved:
                said = tuple(map(_said, used))
                return replace(second, conditions=(*first.conditions, *said))
        return replace(plain, status="undecided", how="exhausted", witness=None)

    def _all_bare(self, term: Term) -> Term:
        for one in self.equations:
            term = _put_bare(term, one)
        return term

    def _freed(self, right: Term) -> Iterator[Term]:
        """Right sides without use of a condition: each summand times the left side of the condition.

        Σ t[k] = 1 may have been used in any summand; so each set of summands is tried, the largest of
        which is small for what is worth showing.
        """
        terms = right.args if right.kind == "add" else (right,)
        for one in self.equations:
            if str(one.args[1]) != "1" or len(terms) > _MOST_SUMMANDS:
                continue
            for chosen in range(1, 1 << len(terms)):
                parts = [
                    _times(part, one.args[0]) if chosen >> place & 1 else part
                    for place, part in enumerate(terms)
                ]
                yield parts[0] if len(parts) == 1 else Term("add", tuple(parts))


_MOST_SUMMANDS = 4


def _times(part: Term, factor: Term) -> Term:
    if part.kind == "neg":
        return part.with_args(_times(part.args[0], factor))
    return Term("mul", (part, factor))


def _put(term: Term, condition: Term) -> Term:
    """The same, written without the ones and zeros that this leaves."""
    found = _put_bare(term, condition)
    return term if found == term else _tidied(found)


def _put_bare(term: Term, condition: Term) -> Term:
    left, right = condition.args
    bare = _same_sum(left)
    return term.rebuild(lambda node: right if node == left or (bare and _same_sum(node) == bare) else None)


def _same_sum(term: Term) -> Term | None:
    """A sum with its bound letter forgotten: Σ_k t[k] and Σ_l t[l] are one sum."""
    if term.kind != "sum":
        return None
    body, bound, low, high = term.args
    mark = sym("bound__")
    return term.with_args(body.substitute({bound.name: mark}), mark, low, high)


def _tidied(term: Term) -> Term:
    if not term.args:
        return term
    return tidy(term.with_args(*map(_tidied, term.args)))


def _said(condition: Term) -> str:
    return f"{condition.args[0]} = {condition.args[1]}"
