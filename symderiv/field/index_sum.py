"""Σ_k over the ring: constants in front, one irreducible sum per monomial, names and order of sums canonical.

Under one range the bodies are brought over a common denominator C and divided by it: Σ (q + r/C) with r
reduced modulo C. The sums of different monomials of q and r are then independent, so that equal
expressions become equal.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations
from math import comb

from flint import fmpq, fmpq_mpoly

from symderiv.field.index_ring import Frac, Ring, polynomial, terms_of
from symderiv.field.index_tree import (
    ONE,
    Index,
    Node,
    OutsideError,
    minus,
    number,
    over,
    plus,
    symbol,
    times,
    total,
)

Normal = Callable[[Node], Frac]
Monomial = tuple[int, ...]
Body = dict[Monomial, Frac]
_HOLE = "$"
_MAX_PERMUTED = 4
_MAX_ENDS = 12


class Sums:
    """The values of sums over a ring; `normal` brings trees into it."""

    def __init__(self, ring: Ring, normal: Normal) -> None:
        self.ring = ring
        self.normal = normal
        self._fresh = 0

    def total(self, node: Node) -> Frac:
        """The value of a `sum` node."""
        bound, low, high = node.at
        ring = self.ring
        num, den = ring.canceled(self.normal(node.args[0]))
        free, mine = self._separated(den, bound.name)
        common, scale = self._common(mine, bound.name, f"{low}..{high}")
        body = self._collected(ring.mul(ring.of(num), scale), bound.name)
        result = ring.constant(0)
        for monomial, coefficient, below in self._divided(body, common, bound.name):
            tree = ring.monomial(monomial)
            one = self.single(tree if below is None else over(tree, below), bound, low, high)
            result = ring.add(result, ring.mul(coefficient, one))
        return ring.mul(result, ring.power(ring.of(free), -1))

    # -- the body ----------------------------------------------------------------------------------

    def _depends(self, slot: int, name: str) -> bool:
        return name in self.ring.inside[slot]

    def _separated(self, den: fmpq_mpoly, name: str) -> tuple[fmpq_mpoly, list[tuple[fmpq_mpoly, int]]]:
        """The part of a denominator without the bound index, and the factors with it."""
        constant, factors = self.ring.factors(den)
        free = self.ring.constant(constant).num
        mine: list[tuple[fmpq_mpoly, int]] = []
        for factor, count in factors:
            degrees = factor.degrees()
            if any(degree and self._depends(slot, name) for slot, degree in enumerate(degrees)):
                mine.append((factor, count))
            else:
                free *= factor**count
        return free, mine

    def _common(self, mine: list[tuple[fmpq_mpoly, int]], name: str, limits: str) -> tuple[Frac, Frac]:
        """The common denominator under this range so far, and the factor of the numerator."""
        ring = self.ring
        seen = ring.facts.under_sums.setdefault(limits, {})
        own: dict[str, int] = {}
        scale = ring.constant(1)
        for factor, count in mine:
            c, tree = ring.primitive(factor)
            scale = ring.mul(scale, ring.constant(Fraction(1) / c**count))
            shape = tidy(tree.put(name, Index(_HOLE)))
            own[shape.text] = count
            known = seen.get(shape.text)
            seen[shape.text] = (shape, max(count, known[1] if known else 0))
        common = ring.constant(1)
        for text, (shape, count) in sorted(seen.items()):
            factor_frac = ring.reduced(self.normal(shape.put(_HOLE, Index(name))))
            if factor_frac.num.is_zero():
                raise OutsideError
            common = ring.mul(common, ring.power(factor_frac, count))
            scale = ring.mul(scale, ring.power(factor_frac, count - own.get(text, 0)))
        return common, scale

    def _collected(self, value: Frac, name: str) -> Body:
        """num/den with den free of the index: the coefficients of the monomials in what holds the index."""
        num, den = self.ring.reduced(value)
        parts: dict[Monomial, dict[Monomial, fmpq]] = {}
        for exps, coefficient in terms_of(num):
            mine = tuple(e if e and self._depends(s, name) else 0 for s, e in enumerate(exps))
            rest = tuple(e - m for e, m in zip(exps, mine, strict=True))
            parts.setdefault(mine, {})[rest] = coefficient
        if any(d and self._depends(s, name) for s, d in enumerate(den.degrees())):
            raise OutsideError
        return {mono: Frac(polynomial(terms), den) for mono, terms in parts.items()}

    def _divided(self, body: Body, common: Frac, name: str) -> list[tuple[Monomial, Frac, Node | None]]:
        """(monomial, coefficient, denominator or None): quotient and remainder of the body by `common`."""
        ring = self.ring
        divisor = self._collected(common, name)
        order = self._order({*body, *divisor}, name)
        if len(divisor) == 1 and not any(next(iter(divisor))):
            (unit,) = divisor.values()
            return [
                (m, ring.mul(c, ring.power(unit, -1)), None)
                for m, c in sorted(body.items(), key=lambda t: order(t[0]))
            ]
        lead = max(divisor, key=order)
        shape = ring.tree(common)
        front = ring.power(self._leading(common, shape), 1)
        inverse = ring.power(divisor[lead], -1)
        quotient: Body = {}
        rest: Body = {}
        while body:
            top = max(body, key=order)
            value = body.pop(top)
            if ring.reduced(value).num.is_zero():
                continue
            left = tuple(a - b for a, b in zip(top, lead, strict=True))
            if min(left) < 0:
                rest[top] = value
                continue
            factor = ring.canceled(ring.mul(value, inverse))
            quotient[left] = factor
            for mono, c in divisor.items():
                if mono != lead:
                    place = tuple(a + b for a, b in zip(mono, left, strict=True))
                    change = ring.neg(ring.mul(factor, c))
                    body[place] = ring.add(body[place], change) if place in body else change
        found: list[tuple[Monomial, Frac, Node | None]] = [
            (m, quotient[m], None) for m in sorted(quotient, key=order)
        ]
        return found + [(m, ring.mul(rest[m], front), shape) for m in sorted(rest, key=order)]

    def _leading(self, common: Frac, shape: Node) -> Frac:
        """tree(common)/common, a number: the denominator is written without its content."""
        return self.ring.canceled(self.ring.mul(self.normal(shape), self.ring.power(common, -1)))

    def _order(self, monomials: set[Monomial], name: str) -> Callable[[Monomial], tuple[object, ...]]:
        """A monomial order that depends on the shape of the generators, not on when they were met."""
        slots = sorted(
            {s for mono in monomials for s, e in enumerate(mono) if e},
            key=lambda slot: self.ring.slots[slot].put(name, Index(_HOLE)).text,
        )
        return lambda mono: (sum(mono), *(mono[slot] for slot in slots), mono)

    # -- one irreducible sum -----------------------------------------------------------------------

    def single(self, node: Node, bound: Index, low: Index, high: Index) -> Frac:
        """Σ node over low..high for one monomial: range 1..n, closed form for powers of the index."""
        if low.name or not high.name or high.name.startswith(("#", _HOLE)):
            raise OutsideError
        shift = min(
            (at.shift for n in node.walk() for at in n.at if at.name == bound.name and n.kind == "entry"),
            default=0,
        )
        if shift:
            node = node.put(bound.name, bound.plus(-shift))
            low, high = low.plus(shift), high.plus(shift)
        exponent = _power_of_index(node, bound.name)
        last = Index(high.name)
        if exponent is not None:
            usual = self._faulhaber(exponent, last.name)
        else:
            usual = self._generator(node, bound, last)
        corrections = self._ends(node, bound, low, high)
        return self.ring.add(usual, self.normal(corrections))

    def _ends(self, node: Node, bound: Index, low: Index, high: Index) -> Node:
        """Σ_{low}^{n+c} − Σ_1^n, term by term."""
        if abs(high.shift) + abs(low.shift) > _MAX_ENDS or low.shift - high.shift > 2:
            raise OutsideError
        terms = [node.put(bound.name, Index(high.name, step)) for step in range(1, high.shift + 1)]
        terms += [minus(node.put(bound.name, Index(high.name, step))) for step in range(high.shift + 1, 1)]
        terms += [minus(node.put(bound.name, Index("", step))) for step in range(1, low.shift)]
        terms += [node.put(bound.name, Index("", step)) for step in range(low.shift, 1)]
        return plus(*terms)

    def _faulhaber(self, power: int, size: str) -> Frac:
        """1^p + ... + n^p as a polynomial in n."""
        ring, n = self.ring, self.normal(symbol(size))
        result = ring.constant(0)
        for k, b in enumerate(_bernoulli(power)):
            term = ring.power(n, power + 1 - k)
            result = ring.add(
                result, ring.mul(ring.constant(Fraction(comb(power + 1, k)) * b / (power + 1)), term)
            )
        return result

    def _generator(self, node: Node, bound: Index, last: Index) -> Frac:
        """The generator of Σ_1^n node, nested sums flattened, bound names and order canonical."""
        bounds, factors = self._flattened(node, bound, last)
        ring = self.ring
        names = sorted({n for f in factors for n in f.index_names() if n.startswith(_HOLE)})
        height = max((int(n[1:]) for n in names if n != _HOLE), default=0)
        best: Node | None = None
        orders = permutations(bounds) if len(bounds) <= _MAX_PERMUTED else iter([tuple(bounds)])
        for order in orders:
            tree = times(*factors)
            for count, (name, _) in enumerate(order, start=height + 1):
                tree = tree.put(name, Index(f"{_HOLE}{count}"))
            tree = tidy(tree)
            for count, (_, high) in enumerate(order, start=height + 1):
                tree = total(tree, Index(f"{_HOLE}{count}"), Index("", 1), high)
            if best is None or tree.text < best.text:
                best = tree
        assert best is not None
        body = ring.canceled(self.normal(times(*factors)))
        nonnegative = ring.is_nonnegative(body.num) and ring.is_nonnegative(body.den)
        return ring.gen(best, nonnegative=nonnegative)

    def _flattened(self, node: Node, bound: Index, last: Index) -> tuple[list[tuple[str, Index]], list[Node]]:
        """Σ_k a(k) Σ_l b(k, l) as one sum over both: bounds, factors of the body."""
        bounds, factors = [(bound.name, last)], []
        queue = list(node.args) if node.kind == "mul" else [node]
        while queue:
            factor = queue.pop(0)
            base, count = factor, 1
            if (
                factor.kind == "pow"
                and factor.args[1].kind == "number"
                and factor.args[1].value.denominator == 1
            ):
                base, count = factor.args[0], int(factor.args[1].value)
            if base.kind != "sum" or not 0 < count <= 3:
                factors.append(factor)
                continue
            for _ in range(count):
                inner = base
                while inner.kind == "sum":
                    self._fresh += 1
                    name = f"#f{self._fresh}"
                    bounds.append((name, inner.at[2]))
                    inner = inner.args[0].put(inner.at[0].name, Index(name))
                queue += list(inner.args) if inner.kind == "mul" else [inner]
        return bounds, factors


def tidy(node: Node) -> Node:
    """The same tree with summands and factors in order of their text."""
    if not node.args:
        return node
    args = tuple(tidy(arg) for arg in node.args)
    if node.kind in ("add", "mul"):
        args = tuple(sorted(args, key=lambda arg: (arg.kind != "number", arg.text)))
    return node.rebuilt(args)


def _power_of_index(node: Node, name: str) -> int | None:
    """p where the node is k**p, 0 for 1."""
    if node == ONE:
        return 0
    if node == symbol(name):
        return 1
    if node.kind == "pow" and node.args[0] == symbol(name):
        exponent = node.args[1]
        if exponent.kind == "number" and exponent.value.denominator == 1 and 0 < exponent.value <= 12:
            return int(exponent.value)
    return None


def _bernoulli(most: int) -> list[Fraction]:
    """B_0 .. B_most with B_1 = +1/2."""
    found: list[Fraction] = []
    for m in range(most + 1):
        found.append(1 - sum((comb(m, k) * found[k] / (m - k + 1) for k in range(m)), Fraction(0)))
    return found


__all__ = ["Sums", "number", "tidy"]
