"""`NetPage`: what every part of a page about a network needs: the network, the sentences, rule numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from symderiv.field.constants import precision
from symderiv.network.patterns import pattern
from symderiv.network.worked import Worked
from symderiv.notation.term import Term, sym
from symderiv.prove import Verdict
from symderiv.prove.balls import Evaluator, NoValueError, Number
from symderiv.sheet.backprop.shown import DIGITS, Figures, Shown, figures
from symderiv.sheet.document import Cite, Entry, Line, Prose, Rules, Section
from symderiv.sheet.sentences import Sentences, Value, listed, words

_GUARDED = (DIGITS, DIGITS + 1, DIGITS + 2, DIGITS + 4, DIGITS + 6)
_BITS = 256
MOST_SHOWN = 12
"""So many formulas of one kind are shown one by one; of more, one for each pattern."""


@dataclass(frozen=True)
class NetPage:
    """A worked network and a language."""

    worked: Worked
    sentences: Sentences
    numbers: dict[str, int] = field(default_factory=dict)

    @cached_property
    def shown(self) -> Shown:
        """The looks of names and numbers."""
        return Shown(self.worked)

    def say(self, key: str, **values: Value) -> Prose:
        """The sentence of that key in the group of networks."""
        return self.sentences.say(f"backprop.{key}", **values)

    def cite(self, rule: str) -> Cite:
        """A rule with its name and number; numbers are given in the order of first use."""
        number = self.numbers.setdefault(rule, len(self.numbers) + 1)
        return Cite(rule, self.sentences.rule(rule).name, number)

    def rules(self) -> Section:
        """The rules that were cited."""
        entries = []
        for rule in self.numbers:
            said = self.sentences.rule(rule)
            entries.append(Entry(self.cite(rule), said.statement, said.text))
        return Section("rules", self.say("title.rules"), (Rules(tuple(entries)),))

    def mark(self, verdict: Verdict) -> Prose:
        """A word of warning for what is not proved."""
        if verdict.is_proved:
            return ()
        return self.sentences.say(f"sheet.status.{verdict.status}", note=verdict.note or verdict.how)

    def number(self, name: str, count: int = DIGITS) -> Figures | None:
        """The value of a name without indices, to so many digits."""
        network, numbers = self.worked.network, self.worked.numbers
        if numbers is None:
            return None
        if name in numbers.forward:
            return figures(numbers.forward[name][()], count) if not network.letters_of(name) else None
        if name in network.given and not network.given[name].shape:
            return figures(numbers.of(sym(name)), count)
        for adjoint in self.worked.backward.adjoints:
            if adjoint.symbol == name and adjoint.left.kind == "symbol":
                return figures(numbers.deltas[adjoint.name][()], count)
        return None

    def is_plain(self, term: Term) -> bool:
        """Does the formula speak of single numbers only?"""
        return self._with_numbers(term, DIGITS) is not None

    def in_numbers(self, term: Term, final: Figures) -> list[Line]:
        """The formula with numbers for its names, and what it comes to; only the latter with indices.

        The numbers have as many digits as it takes for the line to come to the next one.
        """
        last = Line(final.term, rounded=final.rounded)
        for count in _GUARDED:
            put = self._with_numbers(term, count)
            if put is None or put[0] in (term, final.term):
                return [last]
            worth = _worth(put[0], self.worked)
            if worth is not None and figures(worth).term == final.term:
                return [Line(put[0], rounded=put[1]), last]
        return [last]

    def _with_numbers(self, term: Term, count: int) -> tuple[Term, bool] | None:
        """The formula with numbers for its names, and whether one of them is rounded; None with indices."""
        if any(node.kind in ("index", "sum") for node in term.walk()):
            return None
        values: dict[str, Term] = {}
        is_rounded = False
        for name in sorted(term.free_symbols()):
            found = self.number(name, count)
            if found is None:
                return None
            values[name] = found.term
            is_rounded |= found.rounded
        return term.substitute(values), is_rounded


def some(items: Sequence[Prose], count: int) -> Prose:
    """The items in a row; dots after them where there are more than that."""
    return listed([*items, *([words("...")] if count > len(items) else [])])


def _worth(term: Term, worked: Worked) -> Number | None:
    """What a formula of numbers comes to; parameters of catalogue functions are as given."""
    evaluator = Evaluator(
        {name: one.entries[()] for name, one in worked.network.given.items() if not one.shape}
    )
    with precision(_BITS):
        try:
            return evaluator.of(worked.meaning.unfolded(term))
        except NoValueError:
            return None


def by_pattern(terms: Iterable[tuple[str, tuple[Term, ...]]]) -> Iterator[tuple[str, list[str]]]:
    """(first name, all names) of the formulas that are the same up to the names in them."""
    groups: dict[tuple[Term, ...], list[str]] = {}
    for name, formulas in terms:
        groups.setdefault(pattern(*formulas)[0], []).append(name)
    for names in groups.values():
        yield names[0], names
