"""Sifting: Σ_k f(k, δ(k, i)) = Σ_k f(k, 0) + f(i, 1) − f(i, 0), for any f and i in the range of k.

After it no δ is left: between free indices a δ is decided by cases (i = j and i ≠ j), and under a sum
the bound index is generic (different from every index it is compared with), the exceptions standing as
terms of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from symderiv.field.index_range import Ranges
from symderiv.field.index_tree import ONE, ZERO, Index, Node, OutsideError, minus, plus, total


class Undecided(Exception):
    """Whether `left` equals `right` must be settled by cases."""

    def __init__(self, left: Index, right: Index) -> None:
        super().__init__()
        self.left, self.right = left, right


@dataclass(frozen=True)
class Case:
    """One case: pairs known to be different, and the ranges of the indices that are left."""

    ranges: Ranges
    different: frozenset[tuple[Index, Index]] = frozenset()

    def equal(self, left: Index, right: Index) -> tuple[str, Index, Case] | None:
        """left := right as (name, value, the case); None where that contradicts the case."""
        name, value = self._solved(left, right)
        pairs = frozenset(_pair(a.put(name, value), b.put(name, value)) for a, b in self.different)
        if any(a == b for a, b in pairs):
            return None
        return name, value, Case(self.ranges.put(name, value), pairs)

    def _solved(self, left: Index, right: Index) -> tuple[str, Index]:
        """The name that goes and what stands for it: a size stays while an index can go."""
        first, second = _pair(left, right)
        if second.name and self.ranges.is_size(first.name) and not self.ranges.is_size(second.name):
            return second.name, first.plus(-second.shift)
        return first.name, second

    def apart(self, left: Index, right: Index) -> Case | None:
        """The case in which they differ; None where an index would have no value left."""
        case = replace(self, different=self.different | {_pair(left, right)})
        for name in (left.name, right.name):
            values = self.ranges.values(name) if name else None
            if values is not None and all(
                _pair(Index(name), Index("", value)) in case.different for value in values
            ):
                return None
        return case

    def same(self, left: Index, right: Index) -> bool:
        """Whether two free indices are equal; raises `Undecided`."""
        if left == right:
            return True
        if left.name == right.name or _pair(left, right) in self.different:
            return False
        raise Undecided(left, right)


def _pair(left: Index, right: Index) -> tuple[Index, Index]:
    """The same pair for i = j + 1 and j = i - 1."""
    low, high = min(left, right), max(left, right)
    if low.name:
        return Index(low.name), high.plus(-low.shift)
    return Index(high.name), low.plus(-high.shift)


def settled(node: Node, case: Case) -> Node:
    """The node without any δ, in this case. Raises `Undecided` or `OutsideError`."""
    return _Sifting(case).run(node, {})


Generic = dict[str, tuple[Index, ...]]


class _Sifting:
    def __init__(self, case: Case) -> None:
        self.case = case

    def run(self, node: Node, generic: Generic) -> Node:
        if node.kind == "delta":
            left, right = node.at
            return ONE if self.same(left, right, generic) else ZERO
        if node.kind == "sum":
            return self.sum(node, generic)
        if not node.args:
            return node
        args = tuple(self.run(arg, generic) for arg in node.args)
        return node if all(a is b for a, b in zip(args, node.args, strict=True)) else node.rebuilt(args)

    def same(self, left: Index, right: Index, generic: Generic) -> bool:
        """Equal? A generic bound index equals none of the indices that it was set apart from."""
        if left == right:
            return True
        if left.name == right.name:
            return False
        for one, other in ((left, right), (right, left)):
            if other.plus(-one.shift) in generic.get(one.name, ()):
                return False
        if left.name in generic or right.name in generic:
            raise OutsideError
        return self.case.same(left, right)

    def sum(self, node: Node, generic: Generic) -> Node:
        body, (bound, low, high) = node.args[0], node.at
        if high.name in generic or low.name in generic:
            raise OutsideError
        met: list[Index] = []
        for place in _exceptions(body, bound):
            if not any(self.same(place, other, generic) for other in met):
                met.append(place)
        usual = self.run(body, {**generic, bound.name: tuple(met)})
        terms = [total(usual, bound, low, high)]
        for place in met:
            if self.inside(place, low, high, generic):
                special = self.run(body.put(bound.name, place), generic)
                terms += [special, minus(usual.put(bound.name, place))]
        return plus(*terms)

    def inside(self, place: Index, low: Index, high: Index, generic: Generic) -> bool:
        outside = self.case.ranges.ends_outside(place, low, high)
        if outside is None:
            raise OutsideError
        return not any(self.same(place, end, generic) for end in outside)


def _exceptions(body: Node, bound: Index) -> list[Index]:
    """The indices outside the body that `bound` is compared with, directly or through inner sums."""
    deltas = [node.at for node in body.walk() if node.kind == "delta"]
    if not deltas:
        return []
    inner = body.bound_names()
    reached = [bound]
    found: list[Index] = []
    for here in reached:
        for pair in deltas:
            for one, other in (pair, pair[::-1]):
                if one.name != here.name:
                    continue
                there = other.plus(here.shift - one.shift)
                if there.name == bound.name or there in found or there in reached:
                    continue
                (reached if there.name in inner else found).append(there)
        if len(reached) > 32:
            raise OutsideError
    return found
