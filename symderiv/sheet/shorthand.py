"""`Put u = ...`: letters for long formulas that return line after line, on the page only.

A letter stands for an argument of a function, or a call, that is long and occurs in several lines of a
route; the page says what it stands for before it uses it. Short derivations have none. Nothing that is
proved changes: `spelled(written(term)) == term`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from symderiv.notation.term import Term, sym

LETTERS = ("u", "w", "v")
LEAVES = 5
"""Numbers and names in a formula that is long enough for a letter."""
LINES = 3
"""Lines of one route in which it occurs."""
SAVED = 24
"""Numbers and names that the letter spares the reader, on all routes together."""
_LEAF = frozenset({"number", "symbol", "constant"})
_BARRED = frozenset({"diff", "sum", "index", "piecewise"})


@dataclass(frozen=True, slots=True)
class Shorthand:
    """Letters and what they stand for; no meaning contains another letter."""

    letters: tuple[tuple[str, Term], ...] = ()

    def worth(self, terms: Sequence[Term]) -> Shorthand:
        """The letters that stand at least twice in these formulas."""
        counts = _occurrences(terms)
        return Shorthand(tuple((name, meaning) for name, meaning in self.letters if counts[meaning] > 1))

    def written(self, term: Term) -> Term:
        """The formula with letters."""
        names = {meaning: sym(name) for name, meaning in self.letters}
        return term.rebuild(names.get) if names else term

    def spelled(self, term: Term) -> Term:
        """The formula without them."""
        return term.substitute(dict(self.letters))

    def hides(self, term: Term, path: tuple[int, ...]) -> bool:
        """Does a letter stand at this place of the formula, or around it?"""
        meanings = {meaning for _, meaning in self.letters}
        return any(term.part(path[:depth]) in meanings for depth in range(len(path) + 1))


NONE = Shorthand()


def shorthand(routes: Sequence[Sequence[Term]], taken: Iterable[str] = ()) -> Shorthand:
    """The letters that pay for the lines of these routes; `taken` names are left alone.

    The choice is by the length that is saved, the smaller formula first where two save the same.
    """
    lines = [line for route in routes for line in route]
    used = frozenset(taken).union(*(line.symbols() for line in lines))
    bound = frozenset(node.args[1].name for line in lines for node in line.walk() if node.kind == "sum")
    found: list[tuple[str, Term]] = []
    for letter in (name for name in LETTERS if name not in used):
        written = Shorthand(tuple(found)).written
        shown = [[written(line) for line in route] for route in routes]
        best = _best(shown, bound | {name for name, _ in found})
        if best is None:
            break
        found.append((letter, best))
    return Shorthand(tuple(found))


def _best(routes: Sequence[Sequence[Term]], barred: frozenset[str]) -> Term | None:
    """The formula whose letter saves most; None where no letter pays."""
    lines = [line for route in routes for line in route]
    counts = _occurrences(lines)
    ranked: list[tuple[int, int, str, Term]] = []
    for term in dict.fromkeys(_candidates(lines)):
        leaves = _leaves(term)
        saved = counts[term] * (leaves - 1) - leaves
        if leaves < LEAVES or saved < SAVED or term.symbols() & barred:
            continue
        if max(_lines_with(term, route) for route in routes) >= LINES:
            ranked.append((-saved, sum(1 for _ in term.walk()), str(term), term))
    return min(ranked, key=lambda entry: entry[:3])[3] if ranked else None


def _candidates(lines: Iterable[Term]) -> Iterable[Term]:
    for line in lines:
        for node in line.walk():
            if node.kind == "call":
                yield from (part for part in (*node.args, node) if part.args and not _is_barred(part))


def _is_barred(term: Term) -> bool:
    return any(node.kind in _BARRED for node in term.walk())


def _occurrences(terms: Iterable[Term]) -> Counter[Term]:
    return Counter(node for term in terms for node in term.walk())


def _lines_with(term: Term, route: Iterable[Term]) -> int:
    return sum(term in line.walk() for line in route)


def _leaves(term: Term) -> int:
    return sum(node.kind in _LEAF for node in term.walk())
