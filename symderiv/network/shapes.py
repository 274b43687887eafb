"""Sizes: each index of each name runs from 1 to a size; what shares an index letter shares its size.

`z[k] = Sum(w[j, k]*x[j], j, 1, M) + b[k]` says that w has M rows, x has M entries, and that w has as many
columns as z and b have entries. Given arrays say how many these are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from symderiv.derive.algebra import literal
from symderiv.errors import NetworkError, Span
from symderiv.network.model import Node
from symderiv.network.toml_file import Draft
from symderiv.notation.term import ONE, Term, num, sym

Slot = tuple[str, int]
"""A name and one of its indices; (name, -1) is the size symbol of that name."""


@dataclass
class Shapes:
    """Slots that are known to be equal, and the sizes that are known in numbers."""

    draft: Draft
    parent: dict[Slot, Slot] = field(default_factory=dict)
    known: dict[Slot, tuple[int, str]] = field(default_factory=dict)
    symbols: dict[Slot, str] = field(default_factory=dict)

    def root(self, slot: Slot) -> Slot:
        """The representative of a slot."""
        while (up := self.parent.get(slot, slot)) != slot:
            slot = up
        return slot

    def tie(self, left: Slot, right: Slot, span: Span | None) -> None:
        """Both have the same size. Raises `NetworkError` where numbers say otherwise."""
        a, b = self.root(left), self.root(right)
        if a == b:
            return
        first, second = self.known.get(a), self.known.get(b)
        if first is not None and second is not None and first[0] != second[0]:
            raise self.draft.source.error(
                f"wrong shape: {first[1]} is {first[0]}, but {second[1]} is {second[0]}", span
            )
        self.parent[b] = a
        if first is None and second is not None:
            self.known[a] = second
        self.symbols.setdefault(a, self.symbols.get(b, ""))
        if not self.symbols[a]:
            self.symbols[a] = self.symbols.get(b, "")

    def pin(self, slot: Slot, size: int, what: str, span: Span | None) -> None:
        """The size in numbers."""
        root = self.root(slot)
        found = self.known.get(root)
        if found is not None and found[0] != size:
            message = f"wrong shape: {found[1]} is {found[0]}, but {what} is {size}"
            raise self.draft.source.error(message, span)
        self.known.setdefault(root, (size, what))

    def size(self, slot: Slot) -> tuple[str, int | None]:
        """The size symbol of a slot ("" if it has none), and its number."""
        root = self.root(slot)
        found = self.known.get(root)
        return self.symbols.get(root, ""), None if found is None else found[0]


def size_symbols(nodes: Iterable[Node]) -> dict[str, Span | None]:
    """Names that sums run to."""
    return {
        name: node.span
        for node in nodes
        for part in node.body.walk()
        if part.kind == "sum"
        for name in sorted(part.args[3].free_symbols())
    }


def infer(draft: Draft, nodes: tuple[Node, ...], whole: frozenset[str]) -> Shapes:
    """The sizes of all names. `whole` are calls that take a vector as it is."""
    shapes = Shapes(draft)
    for name in size_symbols(nodes):
        shapes.symbols[(name, -1)] = name
        if name in draft.given:
            array = draft.given[name]
            value = array.entries.get(())
            if value is None or value.denominator != 1 or value < 1:
                span = draft.source.find_key(name)
                raise draft.source.error(f"the size {name} must be a whole number", span)
            shapes.pin((name, -1), int(value), name, None)
    for name, array in draft.given.items():
        for axis, size in enumerate(array.shape):
            shapes.pin((name, axis), size, _axis(name, axis, len(array.shape)), None)
    for node in nodes:
        _Reader(shapes, node, whole).read()
    return shapes


def _axis(name: str, axis: int, axes: int) -> str:
    if axes == 1:
        return f"the length of {name}"
    names = ("the number of rows of", "the number of columns of")
    return f"{names[axis]} {name}" if axes == 2 else f"the size of {name} along its index {axis + 1}"


@dataclass
class _Reader:
    """What one equation says of sizes."""

    shapes: Shapes
    node: Node
    whole: frozenset[str]

    def read(self) -> None:
        letters = {letter: (self.node.name, axis) for axis, letter in enumerate(self.node.indices)}
        self._read(self.node.body, letters)

    def _read(self, term: Term, letters: Mapping[str, Slot]) -> None:
        if term.kind == "index":
            base = term.args[0]
            if base.kind == "call" and len(term.args) == 2 and len(base.args) == 1:
                self._place((base.args[0].name, 0), term.args[1], letters)
                return
            for axis, at in enumerate(term.args[1:]):
                self._place((base.name, axis), at, letters)
            return
        if term.kind == "sum":
            body, bound, low, high = term.args
            slot = (f"{bound.name} at {id(term)}", -2)
            self._check_ends(low, high)
            if low == ONE:
                self._bound(slot, high)
                self._read(body, {**letters, bound.name: slot})
            else:
                inner = {name: one for name, one in letters.items() if name != bound.name}
                self._read(body, inner)
            return
        for arg in term.args:
            self._read(arg, letters)

    def _check_ends(self, low: Term, high: Term) -> None:
        """A sum over numbers runs over at least one. Raises `NetworkError`."""
        first, last = literal(low), literal(high)
        broken = any(end is not None and end.denominator != 1 for end in (first, last))
        if broken or (first is not None and last is not None and last < first):
            raise self.shapes.draft.source.error(
                f"the sum in the equation of {self.node.name} runs from {low} to {high}",
                self.node.span,
                hint="whole numbers, the last one not below the first",
            )

    def _bound(self, slot: Slot, high: Term) -> None:
        value = literal(high)
        if high.kind == "symbol":
            self.shapes.tie((high.name, -1), slot, self.node.span)
        elif value is not None and value.denominator == 1 and value >= 1:
            self.shapes.pin(slot, int(value), f"the sum in the equation of {self.node.name}", self.node.span)

    def _place(self, slot: Slot, at: Term, letters: Mapping[str, Slot]) -> None:
        value = literal(at)
        if at.kind == "symbol" and at.name in letters:
            self.shapes.tie(letters[at.name], slot, self.node.span)
        elif value is not None:
            size = self.shapes.size(slot)[1]
            if value.denominator != 1 or value < 1 or (size is not None and value > size):
                message = f"wrong shape: {slot[0]} has no entry {at}"
                raise self.shapes.draft.source.error(message, self.node.span)


def axes(draft: Draft, nodes: Iterable[Node], whole: frozenset[str]) -> dict[str, int]:
    """How many indices each name has. Raises `NetworkError` where equations disagree."""
    found: dict[str, int] = {name: len(array.shape) for name, array in draft.given.items()}
    for node in nodes:
        found[node.name] = len(node.indices)
    for node in nodes:
        for name, count in _uses(node.body, frozenset(node.indices), whole):
            had = found.setdefault(name, count)
            if had != count:
                raise draft.source.error(_mismatch(name, had, count), node.span)
    return found


def _mismatch(name: str, had: int, count: int) -> str:
    words = {0: "a single number", 1: "a vector", 2: "a matrix"}
    had_, count_ = (words.get(one, f"an array with {one} indices") for one in (had, count))
    return f"wrong shape: {name} is {had_}, but is used here as {count_}"


def _uses(term: Term, bound: frozenset[str], whole: frozenset[str]) -> Iterator[tuple[str, int]]:
    """(name, number of indices) of every use."""
    if term.kind == "symbol":
        if term.name not in bound:
            yield term.name, 0
    elif term.kind == "index" and term.args[0].kind == "symbol":
        yield term.args[0].name, len(term.args) - 1
        for at in term.args[1:]:
            yield from _uses(at, bound, whole)
    elif term.kind == "call" and term.name in whole and [a.kind for a in term.args] == ["symbol"]:
        yield term.args[0].name, 1
    elif term.kind == "sum":
        body, letter, low, high = term.args
        yield from _uses(body, bound | {letter.name}, whole)
        yield from _uses(low, bound, whole)
        yield from _uses(high, bound, whole)
    else:
        for arg in term.args:
            yield from _uses(arg, bound, whole)


def settled(
    shapes: Shapes, found: Mapping[str, int], *, numeric: bool
) -> tuple[dict[str, tuple[Term, ...]], dict[str, int]]:
    """The size of every index as a Term, and the numbers of size symbols."""
    taken = set(found) | {name for name, _ in shapes.symbols}
    fresh = iter([letter for letter in "NKMPQRHDTUV" if letter not in taken])
    named: dict[Slot, Term] = {}
    numbers: dict[str, int] = {}
    sizes: dict[str, tuple[Term, ...]] = {}
    for name, count in found.items():
        row = []
        for axis in range(count):
            root = shapes.root((name, axis))
            symbol, number = shapes.size(root)
            if numeric and number is None:
                raise NetworkError(f"the size of {name} along its index {axis + 1} is not given")
            if root not in named:
                chosen = sym(symbol) if symbol else num(number) if number is not None else sym(next(fresh))
                named[root] = chosen
            row.append(named[root])
        sizes[name] = tuple(row)
    for name, axis in list(shapes.symbols):
        number = shapes.size((name, axis))[1]
        if axis == -1 and number is not None:
            numbers[name] = number
    return sizes, numbers
