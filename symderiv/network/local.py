"""Local derivatives: ∂u/∂v for each node u and each value v in its equation, rule by rule.

D(a, z) with a = sigmoid(z) ends in a*(1 - a): what the forward pass has computed is used again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from symderiv.derive.collect import collect
from symderiv.derive.engine import Move, expand
from symderiv.derive.lemmas import Lemmas
from symderiv.derive.lines import lead, textbook
from symderiv.derive.scalar import Request
from symderiv.derive.step import Step
from symderiv.derive.vector import derive_vector
from symderiv.derive.vector_moves import expand_vector, fresh_letter, name_of, vector_lines
from symderiv.errors import NetworkError, SymderivError
from symderiv.network.meaning import Meaning, recognised
from symderiv.network.model import Network, Node, entry
from symderiv.notation.term import Term, call, diff, sym

_LINES = 8


@dataclass(frozen=True, slots=True)
class Local:
    """D(of[i], by[q]) = value: `row` are the indices i, `steps` lead from the body of `of` to the value."""

    of: str
    by: str
    row: tuple[str, ...]
    start: Term
    steps: tuple[Step, ...]
    value: Term

    @property
    def is_proved(self) -> bool:
        """Is every line proved?"""
        return all(step.verdict.is_proved for step in self.steps)


@dataclass
class Locals:
    """Finds local derivatives; what was derived for a function serves as a lemma."""

    network: Network
    meaning: Meaning
    jacobians: dict[str, tuple[tuple[str, ...], Term]] = field(default_factory=dict)

    @cached_property
    def lemmas(self) -> Lemmas:
        """Derivatives of scalar catalogue functions."""
        return Lemmas(self.network.catalog)

    def jacobian(self, vector: Term, row: Term, column: Term) -> Term | None:
        """∂f(z)[row]/∂z[column] for a vector function of the catalogue, `vector` being f(z)."""
        found = self._jacobian_of(vector.name)
        if found is None:
            return None
        letters, result = found
        return result.substitute(dict(zip(letters, (row, column, vector.args[0]), strict=True)))

    def _jacobian_of(self, name: str) -> tuple[tuple[str, ...], Term] | None:
        """What is derived for a vector function: its two indices and its variable, and the closed form."""
        record = self.network.catalog.find(name)
        if record is None or not record.is_vector:
            return None
        if record.name not in self.jacobians:
            derivation = derive_vector(Request(record, self.network.catalog, record.variable))
            assert derivation.vector is not None
            letters = (record.index, derivation.vector.problem.other, record.variable)
            self.jacobians[record.name] = letters, derivation.result
        return self.jacobians[record.name]

    def find(self, node: Node, name: str) -> Local:
        """The local derivative of a node by a value in its equation. Raises `NetworkError`."""
        variable = self.network.entry(name)
        column = self.network.letters_of(name)
        row = _apart(node, column, self.network)
        places = tuple(map(sym, row))
        body = self.meaning.instance(node, places)
        start = diff(body, variable)
        whole = entry(node.name, places)
        try:
            moves, raw = self._moves(start, node, name)
        except SymderivError as error:
            raise NetworkError(f"D({whole}, {variable}): {error.message}", hint=error.hint) from error
        steps = [self._step(group, node, name) for group in moves]
        tidy = collect(raw)
        if tidy != raw:
            steps.append(self._line("collect", raw, tidy))
        reused = recognised(tidy, node)
        if reused != tidy:
            steps.append(self._line("forward-value", tidy, reused, (node.name,)))
        return Local(node.name, name, row, diff(whole, variable), tuple(steps), reused)

    def _moves(self, start: Term, node: Node, name: str) -> tuple[list[list[Move]], Term]:
        if self._is_scalar(node, name):
            moves = expand(start, self.lemmas)
            groups = textbook(moves, _LINES)
        else:
            moves = expand_vector(start, self.lemmas, self.jacobian)
            groups = vector_lines(moves, _LINES, "textbook")
        return groups, moves[-1].after if moves else start

    def _is_scalar(self, node: Node, name: str) -> bool:
        indexed = any(part.kind in ("index", "sum") for part in node.body.walk())
        return not indexed and not node.indices and not self.network.letters_of(name)

    def _step(self, group: Sequence[Move], node: Node, name: str) -> Step:
        main = lead(group) if self._is_scalar(node, name) else name_of(list(group))
        before, after = group[0].before, group[-1].after
        return self._line(main.rule, before, after)

    def _line(self, rule: str, before: Term, after: Term, names: tuple[str, ...] = ()) -> Step:
        verdict = self.meaning.prove(before, after, names)
        if verdict.status == "undecided":  # with f' for what is proved to be the derivative of f
            left, right = self._with_primes(before), self._with_primes(after)
            if (left, right) != (before, after):
                again = self.meaning.prove(left, right, names)
                verdict = again if again.is_proved else verdict
        return Step(rule, before, after, (), (), (), verdict)

    def _with_primes(self, term: Term) -> Term:
        """f'(u) wherever the derivative stands that was derived, and is proved here, for f at u."""
        for node in [*term.walk()]:
            known = self.lemmas(node.name) if node.kind == "call" and not node.order else None
            if known is None:
                continue
            letter, outer = known
            prime = call(node.name, sym(letter), order=1)
            if self.meaning.prove(diff(call(node.name, sym(letter)), sym(letter)), outer).is_proved:
                value = outer.substitute({letter: node.args[0]})
                term = _replaced(term, value, prime.with_args(node.args[0]))
        return term


def _replaced(term: Term, old: Term, new: Term) -> Term:
    return term.rebuild(lambda part: new if part == old else None)


def _apart(node: Node, column: tuple[str, ...], network: Network) -> tuple[str, ...]:
    """The node's own index letters, others where the variable uses them."""
    taken = frozenset(column) | node.body.symbols() | frozenset(node.indices) | frozenset(network.sizes)
    taken |= frozenset(network.numbers) | frozenset(network.given)
    found: list[str] = []
    for letter in node.indices:
        chosen = fresh_letter(taken) if letter in column else letter
        taken |= {chosen}
        found.append(chosen)
    return tuple(found)
