"""Stable spellings: log(σ(z)) as logsigmoid(z), log(1 - σ(z)) as logsigmoid(-z), log(softmax(z)) likewise.

Next to 0 and 1 the logarithm of a probability needs the logit, not the probability. The spellings are found
among the functions of the catalogue, screened by numbers, and then proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from symderiv.catalog import Record
from symderiv.errors import SymderivError
from symderiv.network.meaning import Meaning
from symderiv.notation.term import Term, call, index, neg, sym
from symderiv.prove.balls import value

_POINTS = (Fraction(-7, 5), Fraction(2, 3), Fraction(9, 4))
_DIGITS = 12


@dataclass
class Stable:
    """Rewrites logarithms of what a network computes by functions of the catalogue."""

    meaning: Meaning
    found: dict[Term, Term | None] = field(default_factory=dict)

    def written(self, term: Term) -> Term:
        """The formula with every logarithm that has a stable spelling in it."""
        if term.kind == "call" and term.name == "log" and not term.order:
            spelled = self._logarithm(term)
            if spelled is not None:
                return spelled
        return term.with_args(*map(self.written, term.args)) if term.args else term

    def _logarithm(self, term: Term) -> Term | None:
        network = self.meaning.network
        calls = [node.name for node in network.nodes if _is_call(node.body)]
        opened = self._opened(term, calls)
        if opened == term and not any(node.kind == "call" for node in term.args[0].walk()):
            return None
        if opened not in self.found:
            self.found[opened] = next(self._spellings(opened), None)
        return self.found[opened]

    def _opened(self, term: Term, calls: list[str]) -> Term:
        """The names of activations replaced by the calls that define them, vectors kept whole."""
        network = self.meaning.network

        def visit(part: Term) -> Term | None:
            base = part.args[0] if part.kind == "index" else part
            if base.kind != "symbol" or base.name not in calls:
                return None
            node = network.by_name[base.name]
            return self.meaning.instance(node, part.args[1:] if part.kind == "index" else ())

        return term.rebuild(visit)

    def _spellings(self, term: Term) -> Iterator[Term]:
        entries = {node for node in term.walk() if node.kind == "index"}
        vectors = [node for node in entries if node.args[0].kind == "call"]
        if vectors:
            yield from self._vector(term, vectors[0])
            return
        inner = {node for node in entries if node.args[0].kind == "symbol"}
        names = sorted(term.free_symbols() - {at for one in inner for at in one.free_symbols()})
        if len(inner) + len(names) != 1:
            return
        variable = next(iter(inner)) if inner else sym(names[0])
        yield from self._scalar(term, variable)

    def _vector(self, term: Term, head: Term) -> Iterator[Term]:
        for record in self.meaning.network.catalog.records():
            if record.is_vector and not record.parameters:
                spelled = index(call(record.name, head.args[0].args[0]), head.args[1])
                if spelled != term and self.meaning.prove(term, spelled).is_proved:
                    yield spelled

    def _scalar(self, term: Term, variable: Term) -> Iterator[Term]:
        letter = sym("u")
        plain = self._plain(term, variable, letter)
        wanted = [self._value(plain, at) for at in _POINTS]
        for record in self.meaning.network.catalog.records():
            if _takes_one_number(record):
                for argument in (letter, neg(letter)):
                    for spelled in (call(record.name, argument), neg(call(record.name, argument))):
                        if wanted != [self._value(spelled, at) for at in _POINTS] or None in wanted:
                            continue
                        if self.meaning.prove(plain, spelled).is_proved:
                            yield spelled.rebuild(lambda node: variable if node == letter else None)

    def _plain(self, term: Term, variable: Term, letter: Term) -> Term:
        return term.rebuild(lambda node: letter if node == variable else None)

    def _value(self, term: Term, at: Fraction) -> str | None:
        try:
            ball = value(self.meaning.unfolded(term), {"u": at}, digits=_DIGITS + 8)
        except SymderivError:
            return None
        return None if ball is None else str(ball.str(_DIGITS, radius=False))


def _is_call(body: Term) -> bool:
    return body.kind == "call" or (body.kind == "index" and body.args[0].kind == "call")


def _takes_one_number(record: Record) -> bool:
    return not record.size and not record.parameters and not record.constants
