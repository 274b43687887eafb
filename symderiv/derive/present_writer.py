"""`Writer`: a polynomial or a quotient of polynomials, as the Term a careful author would write.

Candidates are the expanded sum, the product of factors (with 1 - y² put together again), sums with a letter
collected, and quotients with the denominator shared out; the cheapest by `cost` wins. Signs go where
they disappear: `y*(1 - y)`, `1 - y**2`, `-2*y*(1 - y**2)`, never `-y + 1` or `-(y - 1)*y`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import gcd

from flint import fmpz_mpoly, fmpz_mpoly_ctx

from symderiv.derive.algebra import join_power, join_product, join_quotient, join_sum, negate
from symderiv.derive.present_factors import multiplied, raised, rank
from symderiv.notation.term import ONE, ZERO, Term, call, num

_LONG = 14
"""Sums with more terms are not searched for groupings."""
_DEEP = 3
Prices = Mapping[Term, int]


def cost(term: Term, prices: Prices | None = None) -> int:
    """How much there is to read: letters, operations, brackets; tenths of a letter."""
    if prices and term in prices:
        return prices[term]
    inner = sum(cost(arg, prices) for arg in term.args)
    brackets = 5 * sum(arg.kind == "add" for arg in term.args)
    match term.kind:
        case "number":
            return 4 + len(term.name)
        case "symbol" | "constant":
            return 12
        case "add":
            return inner + 10 * (len(term.args) - 1)
        case "mul":
            return inner + brackets + 10 * (len(term.args) - 1)
        case "div":
            return inner + 18
        case "neg":
            return inner + brackets + 6
        case "pow":
            return inner + brackets + 8
        case _:
            return inner + 20


class Writer:
    """Writes polynomials of `ring`, whose generator i stands for `symbols[i]`.

    `constants` are the symbols that do not vary (parameters, roots of numbers): they stand first in products.
    """

    def __init__(
        self,
        ring: fmpz_mpoly_ctx,
        symbols: Sequence[Term],
        *,
        prices: Prices | None = None,
        constants: Iterable[Term] = (),
    ) -> None:
        self.ring = ring
        self.symbols = tuple(symbols)
        self.prices = prices or {}
        fixed = frozenset(constants)
        self._ranks = [rank(symbol, symbol in fixed) for symbol in self.symbols]
        self._costs: dict[Term, int] = {}
        self._spellings: dict[Term, str] = {}
        self._memo: dict[tuple[object, int], Term] = {}

    def cost(self, term: Term) -> int:
        """The cost of a Term under the prices of this writer."""
        known = self._costs.get(term)
        if known is None:
            known = self._costs[term] = cost(term, self.prices)
        return known

    def _spelled(self, term: Term) -> str:
        known = self._spellings.get(term)
        if known is None:
            known = self._spellings[term] = str(term)
        return known

    # one polynomial

    def best(self, poly: fmpz_mpoly, depth: int = _DEEP) -> Term:
        """The cheapest way to write a polynomial."""
        key = (frozenset(poly.to_dict().items()), depth)
        if key not in self._memo:
            found = [self.expanded(poly)]
            if len(poly) > 1:
                found.append(self.factored(poly, depth))
                if depth and len(poly) <= _LONG:
                    found += self._grouped(poly, depth)
            self._memo[key] = min(found, key=lambda t: (self._preference(t), self._spelled(t)))
        return self._memo[key]

    def plainest(self, poly: fmpz_mpoly) -> Term:
        """The shorter of the sum and the product, with little preference for products."""
        total = self.expanded(poly)
        made = min(self.factored(poly), self._primitive(poly), key=self.cost)
        return made if self.cost(made) - 8 < self.cost(total) else total

    def _primitive(self, poly: fmpz_mpoly) -> Term:
        """number * sum."""
        content, rest = poly.primitive()
        if abs(int(content)) == 1 or len(rest) < 2:
            return self.expanded(poly)
        sign = 1 if any(c > 0 for _, c in self._terms(rest)) else -1
        made = join_product(num(abs(int(content))), self.expanded(rest * sign))
        return negate(made) if int(content) * sign < 0 else made

    def _preference(self, term: Term) -> int:
        """Products are worth a fifth: they show where a formula vanishes."""
        price = self.cost(term)
        inner = term.args[0] if term.kind == "neg" else term
        return price * 4 // 5 - 3 if inner.kind in ("mul", "div", "pow") else price

    def expanded(self, poly: fmpz_mpoly) -> Term:
        """The sum of monomials, lowest degree first, a positive one in front if there is one."""
        key = (frozenset(poly.to_dict().items()), -1)
        if key not in self._memo:
            self._memo[key] = self._expanded(poly)
        return self._memo[key]

    def _expanded(self, poly: fmpz_mpoly) -> Term:
        terms = self._terms(poly)
        if not terms:
            return ZERO
        front = next((i for i, (_, c) in enumerate(terms) if c > 0), None)
        if front is None and len(terms) > 1:
            return negate(self.expanded(-poly))
        if front:
            terms.insert(0, terms.pop(front))
        return join_sum(*(self._monomial(e, c) for e, c in terms))

    def factored(self, poly: fmpz_mpoly, depth: int = 0) -> Term:
        """The product of the factors, signs and conjugate factors put right."""
        content, factors = poly.factor()
        number = int(content)
        powers = [0] * len(self.symbols)
        sums: list[tuple[fmpz_mpoly, int]] = []
        for factor, power in factors:
            if len(factor) == 1:
                ((exponents, sign),) = factor.to_dict().items()
                number *= int(sign) ** int(power)
                powers = [p + int(k) * int(power) for p, k in zip(powers, exponents, strict=True)]
            elif self._is_proper(factor):
                sums.append((factor, int(power)))
            else:
                number *= (-1) ** int(power)
                sums.append((-factor, int(power)))
        written = [self._monomial(tuple(powers), abs(number))] if any(powers) or abs(number) != 1 else []
        for factor, power in self._joined(sums):
            inner = (
                self.best(factor, depth - 1)
                if depth and len(sums) + len(written) > 1
                else self.expanded(factor)
            )
            written.append(join_power(inner, num(power)))
        result = join_product(*written)
        return negate(result) if number < 0 else result

    def _joined(self, sums: list[tuple[fmpz_mpoly, int]]) -> list[tuple[fmpz_mpoly, int]]:
        """(1 - y)(1 + y) as 1 - y², wherever the product is shorter than its factors."""
        rest = sorted(sums, key=self._order)
        changed = len(rest) > 1
        while changed:
            changed = False
            for i in range(len(rest)):
                for j in range(i + 1, len(rest)):
                    (a, m), (b, n) = rest[i], rest[j]
                    if m != n:
                        continue
                    apart = self.cost(self.expanded(a)) + self.cost(self.expanded(b)) + 15
                    if len(a * b) < len(a) * len(b) and self.cost(self.expanded(a * b)) < apart:
                        both = a * b if self._is_proper(a * b) else -(a * b)
                        if both != a * b and m % 2:
                            continue
                        rest = [entry for k, entry in enumerate(rest) if k not in (i, j)] + [(both, m)]
                        changed = True
                        break
                if changed:
                    break
        return sorted(rest, key=self._order)

    def _order(self, entry: tuple[fmpz_mpoly, int]) -> tuple[int, str]:
        written = self.expanded(entry[0])
        return self.cost(written), self._spelled(written)

    def _grouped(self, poly: fmpz_mpoly, depth: int) -> list[Term]:
        """a + s*(b + c) for every letter s that some terms share."""
        found: list[Term] = []
        table = {tuple(map(int, e)): int(c) for e, c in poly.to_dict().items()}
        for i in range(len(self.symbols)):
            inside = {e: c for e, c in table.items() if e[i]}
            if not 2 <= len(inside) < len(table):
                continue
            outside = self.ring.from_dict({e: c for e, c in table.items() if not e[i]})
            group = self.ring.from_dict(inside)
            product = self.factored(group, depth - 1)
            found.append(_sum_of(self.best(outside, depth - 1), product))
        return found

    def _terms(self, poly: fmpz_mpoly) -> list[tuple[tuple[int, ...], int]]:
        def key(entry: tuple[tuple[int, ...], int]) -> tuple[object, ...]:
            exponents, _ = entry
            degree = sum(k for k, rank in zip(exponents, self._ranks, strict=True) if rank[0] > 2)
            order = sorted(range(len(exponents)), key=lambda i: self._ranks[i])
            return degree, sum(exponents), tuple(-exponents[i] for i in order)

        return sorted(((tuple(map(int, e)), int(c)) for e, c in poly.to_dict().items()), key=key)

    def _is_proper(self, poly: fmpz_mpoly) -> bool:
        """Does it start with a positive term?"""
        return self._terms(poly)[0][1] > 0

    def _monomial(self, exponents: tuple[int, ...], coefficient: int) -> Term:
        order = sorted((i for i, k in enumerate(exponents) if k), key=lambda i: self._ranks[i])
        factors = [raised(self.symbols[i], exponents[i]) for i in order]
        size = abs(coefficient)
        numbers = multiplied(size, factors)
        result = join_product(*numbers)
        return negate(result) if coefficient < 0 else result

    # a quotient

    def ratio(self, top: fmpz_mpoly, bottom: fmpz_mpoly) -> Term:
        """The cheapest way to write top/bottom; exponentials that divide stand above with the other sign."""
        if not top:
            return ZERO
        common = top.gcd(bottom)
        top, bottom = top / common, bottom / common
        if not self._is_proper(bottom):
            top, bottom = -top, -bottom
        rising = self._exponentials(bottom)
        if any(rising):
            factor = self.ring.from_dict({rising: 1})
            rest = self._proper_ratio(top, bottom / factor)
            powers = [raised(s, k) for s, k in zip(self.symbols, rising, strict=True) if k]
            fixed = {s for s, rank in zip(self.symbols, self._ranks, strict=True) if rank[0] <= 2}
            return _in_front(rest, [call("exp", negate(p.args[0])) for p in powers], fixed)
        return self._proper_ratio(top, bottom)

    def _exponentials(self, poly: fmpz_mpoly) -> tuple[int, ...]:
        """The powers of exponentials that divide a polynomial."""
        table = [tuple(map(int, e)) for e in poly.to_dict()]
        return tuple(
            min(e[i] for e in table) if symbol.kind == "call" and symbol.name == "exp" else 0
            for i, symbol in enumerate(self.symbols)
        )

    def _is_constant(self, poly: fmpz_mpoly) -> bool:
        """A single term without varying letters?"""
        if len(poly) != 1:
            return False
        ((exponents, _),) = poly.to_dict().items()
        return not any(k and rank[0] > 2 for k, rank in zip(exponents, self._ranks, strict=True))

    def _proper_ratio(self, top: fmpz_mpoly, bottom: fmpz_mpoly) -> Term:
        if bottom == self.ring.constant(1):
            return self.best(top)
        found = [self._quotient(self.best(top), bottom), self._quotient(self.factored(top, 1), bottom)]
        if self._is_constant(bottom):
            found.append(self._shared(top, bottom))
            found += self._into_factor(top, bottom)
        elif len(top) <= _LONG:
            found += self._split_off(top, bottom)
        return min(found, key=lambda t: (self.cost(t), self._spelled(t)))

    def plainest_ratio(self, top: fmpz_mpoly, bottom: fmpz_mpoly) -> Term:
        """The quotient over a denominator without zeros, by `plainest`."""
        common = top.gcd(bottom)
        top, bottom = top / common, bottom / common
        if not self._is_proper(bottom):
            top, bottom = -top, -bottom
        if self._is_constant(bottom) and bottom != self.ring.constant(1):
            return self.ratio(top, bottom)
        return join_quotient(self.plainest(top), self.plainest(bottom))

    def _split_off(self, top: fmpz_mpoly, bottom: fmpz_mpoly) -> list[Term]:
        """a + b/q, where the terms with some letter, or those without it, are a multiple of q."""
        found: list[Term] = []
        table = {tuple(map(int, e)): int(c) for e, c in top.to_dict().items()}
        for i in range(len(self.symbols)):
            inside = self.ring.from_dict({e: c for e, c in table.items() if e[i]})
            outside = self.ring.from_dict({e: c for e, c in table.items() if not e[i]})
            for whole, rest in ((inside, outside), (outside, inside)):
                if not whole or not rest or len(whole) == 1:
                    continue
                quotient, remainder = divmod(whole, bottom)
                if not remainder:
                    found.append(_sum_of(self.best(quotient), self._proper_ratio(rest, bottom)))
        return found

    def _quotient(self, top: Term, bottom: fmpz_mpoly) -> Term:
        return join_quotient(top, self.factored(bottom, 2))

    def _shared(self, top: fmpz_mpoly, bottom: fmpz_mpoly) -> Term:
        """Each term over what is left of the denominator; terms with the same rest stand together."""
        groups: dict[tuple[tuple[int, ...], int], dict[tuple[int, ...], int]] = {}
        ((below, weight),) = bottom.to_dict().items()
        for exponents, coefficient in self._terms(top):
            shared = tuple(min(a, int(b)) for a, b in zip(exponents, below, strict=True))
            number = gcd(abs(coefficient), int(weight))
            rest = (tuple(int(b) - s for b, s in zip(below, shared, strict=True)), int(weight) // number)
            left = tuple(a - s for a, s in zip(exponents, shared, strict=True))
            groups.setdefault(rest, {})[left] = coefficient // number
        parts: list[Term] = []
        for (left_over, number), table in groups.items():
            numerator = self.best(self.ring.from_dict(table))
            parts.append(join_quotient(numerator, self._monomial(left_over, number)))
        parts.sort(key=lambda part: part.kind == "neg")
        return _sum_of(*parts)

    def _into_factor(self, top: fmpz_mpoly, bottom: fmpz_mpoly) -> list[Term]:
        """k*y*(1 - y/L): the denominator goes into one factor that is a sum."""
        _, factors = top.factor()
        found: list[Term] = []
        for factor, power in factors:
            if len(factor) < 2 or power != 1:
                continue
            rest = top / factor
            proper = self._is_proper(factor)
            inner = self._shared(factor if proper else -factor, bottom)
            rest = rest if proper else -rest
            if inner.kind == "add":
                found.append(_times(self.best(rest), inner))
        return found


def _sum_of(*parts: Term) -> Term:
    """A sum with a positive part in front if there is one."""
    flat: list[Term] = []
    for part in parts:
        flat += part.args if part.kind == "add" else (part,)
    if flat and flat[0].kind == "neg":
        front = next((i for i, part in enumerate(flat) if part.kind != "neg"), 0)
        flat.insert(0, flat.pop(front))
    return join_sum(*flat)


def _in_front(term: Term, factors: list[Term], fixed: set[Term]) -> Term:
    """factors * term, above the line of a quotient and behind numbers and constants."""
    if term.kind == "neg":
        return negate(_in_front(term.args[0], factors, fixed))
    if term.kind == "div":
        return join_quotient(_in_front(term.args[0], factors, fixed), term.args[1])
    parts = list(term.args) if term.kind == "mul" else [term]
    place = 0
    while place < len(parts) and (
        _base(parts[place]).kind in ("number", "symbol") or _base(parts[place]) in fixed
    ):
        place += 1
    rest = sorted((*factors, *(p for p in parts[place:] if p.kind == "call" and p.name == "exp")), key=str)
    return join_product(*parts[:place], *rest, *(p for p in parts[place:] if p not in rest))


def _base(term: Term) -> Term:
    return term.args[0] if term.kind == "pow" else term


def _times(first: Term, second: Term) -> Term:
    if first == ONE:
        return second
    return negate(_times(first.args[0], second)) if first.kind == "neg" else join_product(first, second)
