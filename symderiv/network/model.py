"""`Network`: equations in an order in which each uses earlier ones only; a loss, parameters, given numbers.

A node is `name = body`, or `name[k, ...] = body` for every index in range. Formulas are Terms in the names of
the network; nothing here is evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from symderiv.notation.term import Term, index, sym

if TYPE_CHECKING:
    from fractions import Fraction

    from symderiv.catalog import Catalog
    from symderiv.errors import Span

Place = tuple[int, ...]
"""The indices of one entry, counted from 1; () for a single number."""


@dataclass(frozen=True, slots=True)
class Array:
    """Numbers by place; the shape is () for a single number."""

    shape: tuple[int, ...]
    entries: Mapping[Place, Fraction]


@dataclass(frozen=True, slots=True)
class Node:
    """`name[indices] = body`; `text` is the equation as written, at `span` of the file."""

    name: str
    indices: tuple[str, ...]
    body: Term
    text: str
    span: Span | None = None

    @property
    def whole(self) -> Term:
        """What stands left of the equality sign."""
        return entry(self.name, tuple(map(sym, self.indices)))


@dataclass(frozen=True)
class Network:
    """The equations in order of evaluation.

    `sizes` has, for every name with indices, the size along each of them: a symbol such as K or a number.
    `numbers` are the values of size symbols; `given` is empty for a network in symbols only.
    """

    name: str
    title: str
    nodes: tuple[Node, ...]
    loss: str
    parameters: tuple[str, ...]
    rate: Fraction | None
    given: Mapping[str, Array]
    sizes: Mapping[str, tuple[Term, ...]]
    numbers: Mapping[str, int]
    catalog: Catalog
    functions: tuple[str, ...] = ()
    letters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, Node]:
        """The nodes by name."""
        return {node.name: node for node in self.nodes}

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each node stands in the order of evaluation."""
        return {node.name: place for place, node in enumerate(self.nodes)}

    @property
    def is_numeric(self) -> bool:
        """Are there numbers to put in?"""
        return bool(self.given)

    def letters_of(self, name: str) -> tuple[str, ...]:
        """The index letters that a name is written with."""
        return self.letters.get(name, ())

    def entry(self, name: str) -> Term:
        """The name with its own index letters: w[j, k], or z."""
        return entry(name, tuple(map(sym, self.letters_of(name))))

    def shape(self, name: str) -> tuple[int, ...]:
        """The sizes in numbers. Only for a numeric network."""
        return tuple(self.extent(size) for size in self.sizes.get(name, ()))

    def extent(self, size: Term) -> int:
        """A size in numbers."""
        return int(size.value()) if size.kind == "number" else self.numbers[size.name]

    def places(self, name: str) -> list[Place]:
        """Every place of a name, in the order of rows."""
        return list(product(*(range(1, extent + 1) for extent in self.shape(name))))


def entry(name: str, places: tuple[Term, ...]) -> Term:
    """name[places], or the bare name."""
    return index(sym(name), *places) if places else sym(name)


def key(name: str, place: Place) -> str:
    """What the evaluator of formulas calls an entry: `w[1, 2]`, or the bare name."""
    return f"{name}[{', '.join(map(str, place))}]" if place else name
