"""`Meaning`: what formulas of a network stand for, so that they can be proved and evaluated.

Names of nodes may be put in place of what they stand for (`a` for `sigmoid(z)`); a claim is proved with the
definitions put back. Vector functions learn the size of their vector.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, product

from symderiv.meaning import Assumption, read_assumptions
from symderiv.network.model import Network, Node
from symderiv.network.patterns import pattern, restored, written_out
from symderiv.notation.term import Term, num, sym
from symderiv.prove import Prover, Verdict

_USUAL = 5.0
_MOST_ENTRIES = 64
"""A claim that no rule settles is settled entry by entry, up to so many."""
_DEEPEST = 8
"""Vector functions defined by vector functions, and so on."""


@dataclass
class Meaning:
    """The prover of one network, and the definitions."""

    network: Network
    seconds: float = _USUAL
    asked: dict[tuple[Term, Term], Verdict] = field(default_factory=dict)

    @cached_property
    def prover(self) -> Prover:
        """One prover for every line."""
        return Prover(self.network.catalog, self.assumptions, self.seconds)

    @cached_property
    def assumptions(self) -> dict[str, Assumption]:
        """What the catalogue assumes of the parameters of the functions that are called."""
        found: dict[str, str] = {}
        for node in self.network.nodes:
            for part in node.body.walk():
                record = self.network.catalog.find(part.name) if part.kind == "call" else None
                found |= dict(record.parameters) if record is not None else {}
        return read_assumptions({name: kind for name, kind in found.items() if kind != "real"})

    def unfolded(self, term: Term) -> Term:
        """Catalogue functions replaced by their definitions, over the sizes of this network."""
        return self.network.catalog.unfold(self.with_sizes(term))

    def with_sizes(self, term: Term) -> Term:
        """Functions of a whole vector replaced by their definitions: only they take a vector as it is."""
        for _ in range(_DEEPEST):
            previous, term = term, term.rebuild(self._sized)
            if previous == term:
                break
        return term

    def _sized(self, node: Term) -> Term | None:
        target = node.args[0] if node.kind == "index" else node
        record = self.network.catalog.find(target.name) if target.kind == "call" else None
        if record is None or not record.size or [arg.kind for arg in target.args] != ["symbol"]:
            return None
        if record.is_vector and (node.kind != "index" or len(node.args) != 2):
            return None
        sizes = self.network.sizes.get(target.args[0].name, ())
        size = sizes[0] if len(sizes) == 1 else sym(record.size)
        definition = record.concrete.substitute({record.size: size})
        values = {record.variable: target.args[0]}
        if record.is_vector:
            values[record.index] = node.args[1]
        return definition.substitute(values)

    def instance(self, node: Node, places: tuple[Term, ...]) -> Term:
        """The body of a node at other indices."""
        return node.body.substitute(dict(zip(node.indices, places, strict=True)))

    def with_bodies(self, term: Term, names: Iterable[str]) -> Term:
        """The formula with these nodes replaced by what defines them, once each."""
        wanted = frozenset(names)
        term = self.with_sizes(term)
        if not wanted & term.free_symbols():
            return term

        def visit(part: Term) -> Term | None:
            if part.kind == "symbol" and part.name in wanted:
                return self.network.by_name[part.name].body
            if part.kind == "index" and part.args[0].kind == "symbol" and part.args[0].name in wanted:
                return self.instance(self.network.by_name[part.args[0].name], part.args[1:])
            return None

        return term.rebuild(visit)

    def over_parameters(self, term: Term, *, most: int) -> Term | None:
        """The formula with every node put back, down to what is given; None where it gets too large."""
        for node in reversed(self.network.nodes):
            term = self.with_bodies(term, (node.name,))
            if sum(1 for _ in term.walk()) > most:
                return None
        return term

    def prove(self, left: Term, right: Term, names: Iterable[str] = ()) -> Verdict:
        """left = right, with the definitions of `names` put back on both sides.

        Where the functions that are called get in the way they are kept as they are: what holds for every
        function holds for them. Where no derivative and no sum is left, entries are letters.
        """
        sides = [self.with_sizes(self.with_bodies(side, names)) for side in (left, right)]
        found = self._asked(self.prover, *map(self.network.catalog.unfold, sides))
        if found.status != "undecided":
            return found
        opaque = self._asked(self._opaque, *sides)
        if opaque.is_proved:
            return opaque
        letters = [_with_letters(self.network.catalog.unfold(side)) for side in sides]
        if letters[0] is not None and letters[1] is not None:
            algebra = self._asked(self.prover, letters[0], letters[1])
            return algebra if algebra.is_proved else found
        return self._by_entries(*map(self.network.catalog.unfold, sides)) or found

    def _by_entries(self, left: Term, right: Term) -> Verdict | None:
        """The claim for the sizes that are given, entry by entry; None where that settles nothing."""
        ranges = self._ranges(left, right)
        if ranges is None:
            return None
        sizes = {name: num(size) for name, size in self.network.numbers.items()}
        verdicts = []
        for places in islice(product(*(range(1, size + 1) for size in ranges.values())), _MOST_ENTRIES + 1):
            at = sizes | {letter: num(k) for letter, k in zip(ranges, places, strict=True)}
            a, b = (written_out(side.substitute(at)) for side in (left, right))
            verdicts.append(self._asked(self.prover, a, b))
            if len(verdicts) > _MOST_ENTRIES or verdicts[-1].status == "undecided":
                return None
            if verdicts[-1].status == "refuted":
                return verdicts[-1]
        where = tuple(f"{name} = {size}" for name, size in self.network.numbers.items())
        return replace(verdicts[0], conditions=(*verdicts[0].conditions, *where)) if verdicts else None

    def _ranges(self, *terms: Term) -> dict[str, int] | None:
        """Each free index letter and how far it runs; None for a network without sizes."""
        if not self.network.is_numeric:
            return None
        found: dict[str, int] = {}
        for term in terms:
            free = term.free_symbols()
            for node in term.walk():
                if node.kind != "index" or node.args[0].kind != "symbol":
                    continue
                shape = self.network.shape(self.owner(node.args[0].name))
                for at, size in zip(node.args[1:], shape, strict=False):
                    if at.kind == "symbol" and at.name in free:
                        found[at.name] = min(size, found.get(at.name, size))
        return found

    def owner(self, name: str) -> str:
        """The name whose δ is called so, or the name itself."""
        for mark in ("delta__", "delta_"):
            if name.startswith(mark) and name not in self.network.sizes:
                return name.removeprefix(mark)
        return name

    def _asked(self, prover: Prover, left: Term, right: Term) -> Verdict:
        """The verdict of a prover on the pattern of the claim."""
        (a, b), back = pattern(left, right, keep=self._kept)
        known = self.asked.get((a, b))
        if known is None:
            known = self.asked[a, b] = prover.prove(a, b)
        return restored(known, back)

    @cached_property
    def _kept(self) -> frozenset[str]:
        """Names that calls speak of without showing them: parameters of catalogue functions."""
        calls = [part.name for node in self.network.nodes for part in node.body.walk() if part.kind == "call"]
        records = [self.network.catalog.find(name) for name in calls]
        hidden = {name for record in records if record is not None for name, _ in record.parameters}
        return frozenset(hidden | set(self.assumptions))

    @cached_property
    def _opaque(self) -> Prover:
        """A prover that does not know what the functions of the catalogue are: only identities pass."""
        return Prover(None, self.assumptions, self.seconds, refute=False, simplify=False)

    def prove_whole(self, left: Term, right: Term, seconds: float) -> Verdict:
        """The same in a prover of its own, with its own time."""
        start = time.monotonic()
        a, b = self.unfolded(left), self.unfolded(right)
        left_over = max(seconds - (time.monotonic() - start), 0.1)
        prover = Prover(self.network.catalog, self.assumptions, left_over, simplify=False)
        return prover.prove(a, b)


def _with_letters(term: Term) -> Term | None:
    """Entries and δ as letters of their own; None where a sum or a derivative needs to know better."""
    if any(node.kind in ("sum", "diff") or node.order for node in term.walk()):
        return None
    letters: dict[Term, Term] = {}

    def visit(node: Term) -> Term | None:
        if node.kind == "index" or (node.kind == "call" and node.name == "delta"):
            text = "".join(c if c.isalnum() else "_" for c in str(node))
            return letters.setdefault(node, sym(f"entry_{text}"))
        return None

    return term.rebuild(visit)


def recognised(term: Term, node: Node) -> Term:
    """The formula with the node's name where its body stands: a*(1 - a) for sigmoid(z)*(1 - sigmoid(z)).

    Only bodies that are one function of earlier values are looked for: other formulas are not "computed
    already" in a reader's eyes.
    """
    body = node.body
    head = body.args[0] if body.kind == "index" else body
    if head.kind != "call":
        return term

    def visit(part: Term) -> Term | None:
        places = _matched(body, part, node.indices)
        if places is None:
            return None
        whole = node.whole
        return whole.substitute(places)

    return term.rebuild(visit)


def _matched(pattern: Term, part: Term, letters: tuple[str, ...]) -> dict[str, Term] | None:
    """What the index letters stand for if the part is an instance of the pattern."""
    found: dict[str, Term] = {}

    def match(a: Term, b: Term) -> bool:
        if a.kind == "symbol" and a.name in letters:
            return found.setdefault(a.name, b) == b
        same = (a.kind, a.name, a.order, len(a.args)) == (b.kind, b.name, b.order, len(b.args))
        return same and all(match(x, y) for x, y in zip(a.args, b.args, strict=True))

    return found if match(pattern, part) and len(found) == len(letters) else None
