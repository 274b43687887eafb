"""`Node`: a value with indices, as a small immutable tree that is equal exactly when its text is equal.

SymPy trees with `Sum` and `Indexed` cannot be rewritten safely (`doit` invents cases, substitution
ignores binding, `simplify` raises), so the index rules work on trees of their own. Every `sum` binds
a name of its own, so that a substitution can never be captured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

_MAX_UNROLLED = 200

Kind = Literal["number", "symbol", "entry", "delta", "add", "mul", "pow", "call", "sum"]


class OutsideError(Exception):
    """The index rules do not decide this; never seen outside `symderiv.field`."""


class Index(NamedTuple):
    """An index `name + shift`; an empty name is the number `shift`."""

    name: str
    shift: int = 0

    def __str__(self) -> str:
        if not self.name:
            return str(self.shift)
        return f"{self.name}{self.shift:+d}" if self.shift else self.name

    def plus(self, shift: int) -> Index:
        """This index, `shift` further."""
        return Index(self.name, self.shift + shift)

    def put(self, name: str, value: Index) -> Index:
        """This index with `value` for the name."""
        return value.plus(self.shift) if self.name == name else self


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One node; `text` is its identity.

    `at` holds the indices of an `entry`, the two of a `delta`, and bound, first and last index of a
    `sum`; `value` is a number, or the number of primes of a `call`.
    """

    kind: Kind
    args: tuple[Node, ...] = ()
    name: str = ""
    value: Fraction = Fraction(0)
    at: tuple[Index, ...] = ()
    text: str = field(default="", init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self._text())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def _text(self) -> str:
        inside = ", ".join(arg.text for arg in self.args)
        places = ", ".join(map(str, self.at))
        match self.kind:
            case "number":
                return str(self.value)
            case "symbol":
                return self.name
            case "entry":
                return f"{self.name}[{places}]"
            case "call":
                return f"{self.name}{chr(39) * int(self.value)}({inside})"
            case "sum":
                return f"sum({inside}; {places})"
            case _:
                return f"{self.kind}({inside}{places})"

    def walk(self) -> Iterator[Node]:
        """This node and all below it."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.args))

    def put(self, name: str, value: Index) -> Node:
        """The index `value` for the index `name`, in places and as a number."""
        if self.kind == "symbol" and self.name == name:
            return plus(symbol(value.name), number(value.shift)) if value.name else number(value.shift)
        at = tuple(index.put(name, value) for index in self.at)
        args = tuple(arg.put(name, value) for arg in self.args)
        if at == self.at and args == self.args:
            return self
        return self.rebuilt(args, at)

    def rebuilt(self, args: tuple[Node, ...], at: tuple[Index, ...] | None = None) -> Node:
        """The same node over other arguments and places, with what is plain (0, 1) folded away."""
        match self.kind:
            case "add":
                return plus(*args)
            case "mul":
                return times(*args)
            case "pow":
                return power(*args)
            case "sum":
                return total(args[0], *(self.at if at is None else at))
            case "delta":
                return delta(*(self.at if at is None else at))
            case _:
                return Node(self.kind, args, self.name, self.value, self.at if at is None else at)

    def index_names(self) -> frozenset[str]:
        """The names that stand in an index position, bound ones included."""
        return frozenset(index.name for node in self.walk() for index in node.at if index.name)

    def bound_names(self) -> frozenset[str]:
        """The names that a sum binds."""
        return frozenset(node.at[0].name for node in self.walk() if node.kind == "sum")


def number(value: int | Fraction) -> Node:
    """A rational number."""
    return Node("number", value=Fraction(value))


ZERO, ONE = number(0), number(1)


def symbol(name: str) -> Node:
    """A scalar name."""
    return Node("symbol", name=name)


def entry(base: str, *at: Index) -> Node:
    """base[at]."""
    return Node("entry", name=base, at=at)


def delta(left: Index, right: Index) -> Node:
    """1 where the indices are equal, else 0."""
    if left == right:
        return ONE
    if left.name == right.name:
        return ZERO
    return Node("delta", at=(min(left, right), max(left, right)))


def call(name: str, *args: Node, order: int = 0) -> Node:
    """name(args), with `order` primes."""
    return Node("call", args, name, Fraction(order))


def plus(*args: Node) -> Node:
    """A sum of nodes, flat, without zeros."""
    kept: list[Node] = []
    constant = Fraction(0)
    for arg in args:
        for part in arg.args if arg.kind == "add" else (arg,):
            if part.kind == "number":
                constant += part.value
            else:
                kept.append(part)
    if constant or not kept:
        kept.append(number(constant))
    return kept[0] if len(kept) == 1 else Node("add", tuple(kept))


def times(*args: Node) -> Node:
    """A product of nodes, flat, without ones; zero if a factor is zero."""
    kept: list[Node] = []
    constant = Fraction(1)
    for arg in args:
        for part in arg.args if arg.kind == "mul" else (arg,):
            if part.kind == "number":
                constant *= part.value
            else:
                kept.append(part)
    if not constant:
        return ZERO
    if constant != 1 or not kept:
        kept.insert(0, number(constant))
    return kept[0] if len(kept) == 1 else Node("mul", tuple(kept))


def minus(node: Node) -> Node:
    """-node."""
    return times(number(-1), node)


def power(base: Node, exponent: Node) -> Node:
    """base ** exponent."""
    if exponent == ONE:
        return base
    if exponent == ZERO and base != ZERO:
        return ONE
    return Node("pow", (base, exponent))


def over(numerator: Node, denominator: Node) -> Node:
    """numerator / denominator."""
    return times(numerator, power(denominator, number(-1)))


def total(body: Node, bound: Index, low: Index, high: Index) -> Node:
    """The sum of `body` for `bound` from `low` to `high`; written out where the limits are numbers."""
    if low.name == high.name:
        if high.shift - low.shift >= _MAX_UNROLLED:
            raise OutsideError
        steps = range(high.shift - low.shift + 1)
        return plus(*(body.put(bound.name, low.plus(step)) for step in steps))
    return ZERO if body == ZERO else Node("sum", (body,), at=(bound, low, high))
