"""`Page`: what every section needs to know: the subject, the sentences, the numbers of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from symderiv.notation.term import Term, equation, sym

if TYPE_CHECKING:
    from symderiv.derive.step import Route
    from symderiv.prove import Verdict
from symderiv.sheet.document import Cite, Formula, Maths, Prose
from symderiv.sheet.sentences import Sentences, Value, listed, words
from symderiv.sheet.shorthand import Shorthand, shorthand
from symderiv.sheet.subject import Subject


@dataclass(frozen=True)
class Page:
    """A subject and a language."""

    subject: Subject
    sentences: Sentences

    def say(self, key: str, **values: Value) -> Prose:
        """The sentence of that key."""
        return self.sentences.say(key, **values)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Each rule that is cited, numbered in the order of first use."""
        found: dict[str, int] = {}
        vector = self.subject.derivation.vector
        more: tuple[Route, ...] = ()
        if vector is not None and vector.two_class is not None:
            more = (vector.two_class,)
        more += tuple(told.route for told in self.subject.origins)
        more += () if self.subject.inverse is None else (self.subject.inverse.route,)
        for route in (*self.subject.derivation.routes, *more):
            for step in route.steps:
                found.setdefault(step.rule, len(found) + 1)
        return found

    @cached_property
    def shorthand(self) -> Shorthand:
        """Letters for what returns line after line; none of them means anything else on this page."""
        derivation = self.subject.derivation
        terms = [form.term for form in (*derivation.forms, *derivation.second)]
        terms += [derivation.definition, *(other for other, _ in derivation.equivalents)]
        taken = {name for form in (*derivation.forms, *derivation.second) for name, _ in form.named}
        taken |= {self.subject.output.name, derivation.variable, *dict(derivation.parameters)}
        routes = [[step.after for step in route.steps] for route in derivation.routes]
        return shorthand(routes, taken.union(*(term.symbols() for term in terms)))

    def put(self, short: Shorthand) -> Prose:
        """`u = ..., w = ...`."""
        return listed([(Maths(equals(sym(name), meaning)),) for name, meaning in short.letters])

    def cite(self, rule: str) -> Cite:
        """A rule with its name and number."""
        return Cite(rule, self.sentences.rule(rule).name, self.numbers.get(rule, 0))

    def how(self, verdict: Verdict) -> Prose:
        """In words, how a statement was decided."""
        if self.sentences.has(f"sheet.how.{verdict.how}"):
            return self.say(f"sheet.how.{verdict.how}")
        return self.say("sheet.how.other", how=verdict.how.replace("-", " "))

    def way(self, how: str) -> Prose:
        """In words, the name of a way to decide."""
        if self.sentences.has(f"sheet.way.{how}"):
            return self.say(f"sheet.way.{how}")
        return words(how.replace("-", " "))

    def assumption(self, name: Term, kind: str) -> Prose:
        """`0 < alpha`, in formulas or words."""
        key = f"sheet.assumption.{kind}"
        return self.say(key if self.sentences.has(key) else "sheet.assumption.real", name=name)

    def proof(self, verdict: Verdict, *, brief: bool = False) -> Prose:
        """How a statement was proved; a word of warning where it was not."""
        if verdict.status != "proved":
            return self.mark(verdict)
        return self.way(verdict.how) if brief else self.how(verdict)

    def mark(self, verdict: Verdict) -> Prose:
        """Nothing for what is proved; a word of warning for what is not."""
        if verdict.status == "proved":
            return ()
        return self.say(f"sheet.status.{verdict.status}", note=verdict.note or verdict.how)


def equals(left: Term, right: Term) -> Formula:
    """left = right."""
    return (equation(left, right),)
