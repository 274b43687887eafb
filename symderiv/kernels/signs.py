"""`Signs`: on which side of 0 the values of a program are, from their operations alone.

exp >= 0, |v| >= 0, a sum of two values of one sign has that sign. Products underflow, sums do not: a sum of
one sign is zero only where both its parts are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from symderiv.kernels.program import Builder, Node

Side = tuple[int, bool]
"""+1 for >= 0, -1 for <= 0, 0 for not known, NaN apart; and whether the value is never 0."""
_UNKNOWN: Side = (0, False)


@dataclass(slots=True)
class Signs:
    """The sides of the values that a builder holds; each is found once."""

    put: Builder
    found: dict[int, Side] = field(default_factory=dict)

    def vanishes(self, place: int) -> bool:
        """May the value be 0?"""
        return not self.of(place)[1]

    def of(self, place: int) -> Side:
        """The side of one value."""
        if place not in self.found:
            node = self.put.nodes[place]
            self.found[place] = self._side(node, [self.of(arg) for arg in node.args])
        return self.found[place]

    def _side(self, node: Node, sides: list[Side]) -> Side:
        if node.op == "const":
            return (node.value > 0) - (node.value < 0), node.value != 0
        if node.op == "exp":
            return 1, False
        if node.op in ("abs", "sqrt"):
            return 1, sides[0][1]
        if node.op in ("neg", "negabs"):
            return -1 if node.op == "negabs" else -sides[0][0], sides[0][1]
        if node.op in ("mul", "div"):
            return sides[0][0] * sides[1][0], False
        if node.op in ("add", "sub"):
            (one, apart), (other, off) = sides
            same = one != 0 and one == (other if node.op == "add" else -other)
            return (one, apart or off) if same else _UNKNOWN
        if node.op in ("max", "min"):
            wanted = 1 if node.op == "max" else -1
            held = [off for side, off in sides if side == wanted]
            return (wanted, any(held)) if held else _UNKNOWN
        return _UNKNOWN
