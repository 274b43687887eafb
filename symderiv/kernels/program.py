"""`Program`: a straight line of elementary operations, each on earlier values; common parts are shared.

An operation is a NumPy ufunc or one of the few named helpers of `runtime` (a select by sign bit, the
scaled complementary error function). Constants keep their exact meaning beside their rounded value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

COMMUTATIVE = frozenset({"add", "mul", "min", "max"})


@dataclass(frozen=True, slots=True)
class Node:
    """One value: `input` by `name`, `const` by `value` (and exact `meaning`), else `op` on earlier values.

    `mask` is the sign bit of its argument; `select` has three arguments: the second where the first, a mask,
    is set, else the third; `patch` is a select that means its third argument, of which the second is a local
    approximation.
    """

    op: str
    args: tuple[int, ...] = ()
    name: str = ""
    value: float = 0.0
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """Values in order of evaluation, and the one that is the result."""

    nodes: tuple[Node, ...]
    result: int

    def inputs(self) -> tuple[str, ...]:
        """The names of the inputs, in order of first use."""
        return tuple(node.name for node in self.nodes if node.op == "input")

    def operations(self) -> int:
        """How many operations it takes, constants and inputs left out."""
        return sum(node.op not in ("input", "const") for node in self.nodes)


@dataclass(slots=True)
class Builder:
    """Collects nodes, each once, and simplifies what is exact in floating point (0 + a, 1 * a, --a)."""

    nodes: list[Node] = field(default_factory=list)
    known: dict[Node, int] = field(default_factory=dict)

    def put(self, node: Node) -> int:
        """The place of a node, new or known."""
        place = self.known.get(node)
        if place is None:
            place = self.known[node] = len(self.nodes)
            self.nodes.append(node)
        return place

    def input(self, name: str) -> int:
        """An argument of the program."""
        return self.put(Node("input", name=name))

    def const(self, value: float, meaning: str = "") -> int:
        """A number; `meaning` (plain notation) where the float is a rounded value."""
        return self.put(Node("const", value=float(value), meaning=meaning))

    def is_const(self, place: int, value: float | None = None) -> bool:
        """Is the value a constant (of exactly that value)?"""
        node = self.nodes[place]
        return node.op == "const" and (value is None or (node.value == value and not node.meaning))

    def op(self, name: str, *args: int) -> int:
        """A new value; arguments of a commutative operation in a fixed order."""
        plain = self._trivial(name, args)
        if plain is not None:
            return plain
        if name in COMMUTATIVE:
            args = tuple(sorted(args, key=lambda place: (self.is_const(place), place)))
        return self.put(Node(name, args))

    def _trivial(self, name: str, args: Sequence[int]) -> int | None:
        if name == "neg":
            return self._negated(args[0])
        if name == "select":
            return args[1] if args[1] == args[2] else None
        if name in ("add", "sub", "mul", "div"):
            return self._arithmetic(name, args[0], args[1])
        return None

    def _negated(self, place: int) -> int | None:
        node = self.nodes[place]
        if node.op == "neg":
            return node.args[0]
        if node.op == "const":
            return self.const(-node.value, f"-({node.meaning})" if node.meaning else "")
        if node.op == "sub":
            return self.op("sub", node.args[1], node.args[0])
        return None

    def _arithmetic(self, name: str, a: int, b: int) -> int | None:
        if name in ("add", "sub") and self.is_const(b, 0.0):
            return a
        if name == "add":
            return self._sum(a, b)
        if name == "sub":
            return self._difference(a, b)
        for one, other in ((a, b), (b, a)):
            if name == "div" and other is a and one is b and not self.is_const(b, 1.0):
                continue
            if self.is_const(one, 1.0) and (name == "mul" or one is b):
                return other
            if name == "mul" and self.is_const(one, -1.0):
                return self.op("neg", other)
        if name == "div" and self.is_const(b, -1.0):
            return self.op("neg", a)
        return None

    def _sum(self, a: int, b: int) -> int | None:
        if self.is_const(a, 0.0):
            return b
        if self.nodes[b].op == "neg":
            return self.op("sub", a, self.nodes[b].args[0])
        if self.nodes[a].op == "neg":
            return self.op("sub", b, self.nodes[a].args[0])
        return None

    def _difference(self, a: int, b: int) -> int | None:
        if self.nodes[b].op == "neg":
            return self.op("add", a, self.nodes[b].args[0])
        return None

    def finish(self, result: int) -> Program:
        """The nodes that the result needs, in order."""
        needed = {result}
        for place in range(result, -1, -1):
            if place in needed:
                needed.update(self.nodes[place].args)
        order = sorted(needed)
        place_of = {old: new for new, old in enumerate(order)}
        nodes = tuple(
            Node(n.op, tuple(place_of[a] for a in n.args), n.name, n.value, n.meaning)
            for n in (self.nodes[old] for old in order)
        )
        return Program(nodes, place_of[result])
