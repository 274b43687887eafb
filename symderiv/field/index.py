"""Equality of expressions with indices, for every n ≥ 1 and all indices in range.

`proof` answers only where both sides have the same normal form in every case (i = j and i ≠ j); then
they are equal for all sizes. A different normal form is no refutation: that is the business of
`symderiv.field.index_instance`, which puts in small sizes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

import sympy
from sympy import Expr

from symderiv import limits
from symderiv.field.index_delta import Case, Undecided, settled
from symderiv.field.index_derivative import derivative
from symderiv.field.index_functions import Functions
from symderiv.field.index_range import Ranges
from symderiv.field.index_read import Reader, to_meaning
from symderiv.field.index_ring import Coarse, Facts, Frac, Ring, degree_in
from symderiv.field.index_sum import Sums
from symderiv.field.index_tree import Index, Node, OutsideError, minus, plus

_MAX_CASES = 64
_MAX_RUNS = 8
_POSITIVE = frozenset({"positive", "nonnegative"})


@dataclass(frozen=True, slots=True)
class IndexProof:
    """Equal for all sizes and all indices in range; `conditions` say what that range is."""

    conditions: tuple[str, ...]
    cases: int


def has_index(expr: Expr) -> bool:
    """Whether the index rules are the ones to ask: an entry, a δ or a sum occurs."""
    return bool(expr.has(sympy.Indexed, sympy.KroneckerDelta, sympy.Sum))


def differentiate(expr: Expr, variable: Expr) -> Expr:
    """∂expr/∂variable by the index rules, δ kept: ∂z[k]/∂z[j] = δ(k, j). Raises `OutsideError`."""
    reader = Reader()
    return to_meaning(derivative(reader.read(expr), reader.read(variable)))


def decide(a: Expr, b: Expr, assumptions: Mapping[str, str] | None = None) -> bool | None:
    """True where a = b is proved for all n and all indices in range; None where it is not decided."""
    return True if proof(a, b, assumptions) else None


def proof(
    a: Expr,
    b: Expr,
    assumptions: Mapping[str, str] | None = None,
    *,
    seconds: float = limits.PROVE_SECONDS,
) -> IndexProof | None:
    """The proof of a = b by the index rules, or None."""
    deadline = monotonic() + seconds
    try:
        return _Decision(a, b, assumptions or {}, deadline).run()
    except (OutsideError, RecursionError):
        return None


class _Decision:
    def __init__(self, a: Expr, b: Expr, assumptions: Mapping[str, str], deadline: float) -> None:
        reader = Reader()
        self.node = plus(reader.read(a), minus(reader.read(b)))
        self.ranges = Ranges(reader)
        self.free = {at.name for _, _, at in reader.entries} | {
            at.name for pair in reader.deltas for at in pair
        }
        self.free -= {*reader.sums, ""}
        self.positive = _under_logs(self.node)
        self.nonnegative = self.ranges.at_least_zero() | {
            name for name, word in assumptions.items() if word in _POSITIVE
        }
        self.positive -= self.nonnegative
        self.deadline = deadline
        self.facts = Facts()

    def run(self) -> IndexProof | None:
        stack = [(self.node, Case(self.ranges))]
        count = 0
        while stack:
            node, case = stack.pop()
            if monotonic() > self.deadline or count > _MAX_CASES:
                return None
            try:
                plain = settled(node, case)
            except Undecided as question:
                left, right = question.left, question.right
                equal, apart = case.equal(left, right), case.apart(left, right)
                if equal is not None:
                    name, value, narrower = equal
                    stack.append((node.put(name, value), narrower))
                if apart is not None:
                    stack.append((node, apart))
                continue
            count += 1
            if not self._vanishes(plain):
                return None
        names = [name for name in self.free if not self.ranges.is_size(name)]
        return IndexProof(
            self.ranges.conditions(names) + tuple(f"{name} > 0" for name in sorted(self.positive)), count
        )

    def _vanishes(self, node: Node) -> bool:
        """Whether the normal form is 0; run again with what a run has learned of denominators."""
        for _ in range(_MAX_RUNS):
            before = {
                key: {t: c for t, (_, c) in seen.items()} for key, seen in self.facts.under_sums.items()
            }
            normal = _Normal(self.facts, self._is_nonnegative, self.deadline)
            try:
                if normal.is_zero(node):
                    return True
            except Coarse as coarse:
                self.facts.refine(coarse.denominator)
                continue
            after = {key: {t: c for t, (_, c) in seen.items()} for key, seen in self.facts.under_sums.items()}
            if before == after:
                return False
        return False

    def _is_nonnegative(self, node: Node) -> bool:
        if node.kind not in ("symbol", "entry"):
            return False
        if node.name == "pi" or node.name.startswith(("#f", "$")):  # canonical sums run from 1
            return True
        return node.name in self.nonnegative or node.name in self.positive


def _under_logs(node: Node) -> set[str]:
    """Names x with log(x), and p with log(p[k]) under a sum over k: both sides need them positive."""
    found = set()
    for one in node.walk():
        if one.kind == "call" and one.name == "log" and not one.value:
            (inner,) = one.args
            if inner.kind == "symbol" or (inner.kind == "entry" and inner.at[0].name.startswith("#")):
                found.add(inner.name)
    return found


class _Normal:
    """Trees to fractions, each tree once."""

    def __init__(self, facts: Facts, nonnegative: object, deadline: float) -> None:
        self.ring = Ring(facts, nonnegative)  # type: ignore[arg-type]
        self.functions = Functions(self.ring, self.of)
        self.sums = Sums(self.ring, self.of)
        self.deadline = deadline
        self._known: dict[Node, Frac] = {}

    def is_zero(self, node: Node) -> bool:
        value = self.of(node)
        num, den = self.ring.reduced(value)
        if den.is_zero():
            raise OutsideError
        if num.is_zero():
            return True
        # a sign in the denominator is not 0 there: s² = 1 may be used
        signs = [
            slot for slot, met in enumerate(self.ring.slots) if met.kind == "call" and met.name == "sign"
        ]
        if not any(degree_in(den, slot) for slot in signs):
            return False
        return bool(self.ring.reduced(Frac(num * den, den)).num.is_zero())

    def of(self, node: Node) -> Frac:
        found = self._known.get(node)
        if found is None:
            if monotonic() > self.deadline:
                raise OutsideError
            found = self._of(node)
            self._known[node] = found
        return found

    def _of(self, node: Node) -> Frac:
        ring = self.ring
        match node.kind:
            case "number":
                return ring.constant(node.value)
            case "symbol" | "entry":
                return ring.gen(node)
            case "add":
                result = ring.constant(0)
                for arg in node.args:
                    result = ring.add(result, self.of(arg))
                return result
            case "mul":
                result = ring.constant(1)
                for arg in node.args:
                    result = ring.mul(result, self.of(arg))
                return result
            case "pow":
                return self._power(node)
            case "sum":
                if node.at[0].name.startswith("$"):
                    return ring.gen(node)
                return self.sums.total(node)
            case "call":
                return self._call(node)
            case _:
                raise OutsideError

    def _power(self, node: Node) -> Frac:
        base, exponent = node.args
        if exponent.kind == "number":
            value = self.of(base)
            if exponent.value.denominator == 1:
                return self.ring.power(value, int(exponent.value))
            return self.functions.power(value, exponent.value)
        return self.functions.general_power(self.of(base), self.of(exponent))

    def _call(self, node: Node) -> Frac:
        arguments = [self.of(arg) for arg in node.args]
        if node.name == "exp" and not node.value:
            return self.functions.exp(arguments[0])
        if node.name == "log" and not node.value:
            return self.functions.log(arguments[0])
        return self.functions.call(node.name, int(node.value), arguments)


__all__ = ["Index", "IndexProof", "decide", "differentiate", "has_index", "proof"]
