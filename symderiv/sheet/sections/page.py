"""`Page`: what every section needs to know: the subject, the sentences, the numbers of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from symderiv.notation.term import Term, equation

if TYPE_CHECKING:
    from symderiv.prove import Verdict
from symderiv.sheet.document import Cite, Formula, Prose
from symderiv.sheet.sentences import Sentences, Value, words
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
        more = () if vector is None or vector.two_class is None else (vector.two_class,)
        for route in (*self.subject.derivation.routes, *more):
            for step in route.steps:
                found.setdefault(step.rule, len(found) + 1)
        return found

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
