"""`Entries`: a numeric network entry by entry, each a formula over other entries; sums written out.

Made for evaluating the loss again and again with one number moved: only what depends on it is computed anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from symderiv.derive.algebra import literal
from symderiv.network.meaning import Meaning
from symderiv.network.model import Network, key
from symderiv.network.patterns import written_out
from symderiv.notation.term import Term, num
from symderiv.prove.balls import Evaluator, Number

Point = Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Entry:
    """key = body, over the keys in `uses`."""

    key: str
    body: Term
    uses: frozenset[str]


@dataclass(frozen=True)
class Entries:
    """Every entry of every node, in order of evaluation."""

    entries: tuple[Entry, ...]
    given: Point
    loss: str

    def below(self, moved: str) -> tuple[Entry, ...]:
        """The entries that depend on one given number."""
        found, dirty = [], {moved}
        for entry in self.entries:
            if dirty & entry.uses:
                found.append(entry)
                dirty.add(entry.key)
        return tuple(found)

    def values(self, point: Point, entries: tuple[Entry, ...] | None = None) -> dict[str, Number]:
        """The point and the values of the entries. Raises `NoValueError`."""
        evaluator = Evaluator({})
        found: dict[str, Any] = evaluator.point
        found.update(point)
        for entry in self.entries if entries is None else entries:
            found[entry.key] = evaluator.of(entry.body)
        return found


def written(network: Network, meaning: Meaning) -> Entries:
    """The entries of a numeric network."""
    given: dict[str, Number] = {}
    for name, array in network.given.items():
        for place, value in array.entries.items():
            given[key(name, place)] = fmpq(value.numerator, value.denominator)
    sizes = {name: num(size) for name, size in network.numbers.items()}
    found: list[Entry] = []
    for node in network.nodes:
        body = meaning.unfolded(node.body)
        for place in network.places(node.name):
            at = {letter: num(k) for letter, k in zip(node.indices, place, strict=True)}
            term = written_out(body.substitute(sizes | at))
            found.append(Entry(key(node.name, place), term, _uses(term)))
    return Entries(tuple(found), given, network.loss)


def _uses(term: Term) -> frozenset[str]:
    found = set()
    for node in term.walk():
        if node.kind == "index":
            marks = ", ".join(str(literal(at)) for at in node.args[1:])
            found.add(f"{node.args[0].name}[{marks}]")
        elif node.kind == "symbol":
            found.add(node.name)
    return frozenset(found)
