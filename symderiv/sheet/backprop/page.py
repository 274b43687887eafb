"""`NetPage`: what every part of a page about a network needs: the network, the sentences, rule numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from symderiv.network.patterns import pattern
from symderiv.network.worked import Worked
from symderiv.notation.term import Term, sym
from symderiv.prove import Verdict
from symderiv.sheet.backprop.shown import Figures, Shown, figures
from symderiv.sheet.document import Cite, Entry, Maths, Prose, Rules, Section
from symderiv.sheet.sections.page import equals
from symderiv.sheet.sentences import Sentences, Value, listed

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

    def given(self, names: Iterable[str]) -> Prose:
        """x = 0.5, w = 0.3, ... for single numbers."""
        network = self.worked.network
        found = []
        for name in names:
            value = self.number(name)
            if value is not None and not network.letters_of(name):
                found.append((Maths((*equals(self.shown.term(sym(name)), value.term),)),))
        return listed(found)

    def number(self, name: str) -> Figures | None:
        """The value of a name without indices."""
        network, numbers = self.worked.network, self.worked.numbers
        if numbers is None:
            return None
        if name in numbers.forward:
            return figures(numbers.forward[name][()]) if not network.letters_of(name) else None
        if name in network.given and not network.given[name].shape:
            return figures(numbers.of(sym(name)))
        for adjoint in self.worked.backward.adjoints:
            if adjoint.symbol == name and adjoint.left.kind == "symbol":
                return figures(numbers.deltas[adjoint.name][()])
        return None

    def with_numbers(self, term: Term) -> tuple[Term, bool] | None:
        """The formula with numbers for its names, and whether one of them is rounded; None with indices."""
        if any(node.kind in ("index", "sum") for node in term.walk()):
            return None
        values: dict[str, Term] = {}
        is_rounded = False
        for name in sorted(term.free_symbols()):
            found = self.number(name)
            if found is None:
                return None
            values[name] = found.term
            is_rounded |= found.rounded
        return term.substitute(values), is_rounded


def by_pattern(terms: Iterable[tuple[str, tuple[Term, ...]]]) -> Iterator[tuple[str, list[str]]]:
    """(first name, all names) of the formulas that are the same up to the names in them."""
    groups: dict[tuple[Term, ...], list[str]] = {}
    for name, formulas in terms:
        groups.setdefault(pattern(*formulas)[0], []).append(name)
    for names in groups.values():
        yield names[0], names
