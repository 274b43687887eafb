"""`Writer`: a polynomial or a quotient of polynomials, as the Term a careful author would write.

Candidates are the expanded sum, the product of factors (with 1 - y² put together again), sums with a letter
collected, and quotients with the denominator shared out; the cheapest by `cost` wins. Signs go where
they disappear: `y*(1 - y)`, `1 - y**2`, `-2*y*(1 - y**2)`, never `-y + 1` or `-(y - 1)*y`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import gcd

from flint import fmpz_mpoly, fmpz_mpoly_ctx

from symderiv.derive.algebra import join_power, join_product, join_quotient, join_sum, literal, negate
from symderiv.limits import MAX_EXPONENT
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

    `constants` are the symbols that do not vary (parameters, roots of numbers): they stand first in a product.
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
        self._ranks = [_rank(symbol, symbol in fixed) for symbol in self.symbols]
        self._memo: dict[tuple[object, int], Term] = {}

    def cost(self, term: Term) -> int:
        """The cost of a Term under the prices of this writer."""
        return cost(term, self.prices)

    # one polynomial

    def best(self, poly: fmpz_mpoly, depth: int = _DEEP) -> Term:
        """The cheapest way to write a polynomial."""
        key = (tuple(sorted((e, int(c)) for e, c in poly.to_dict().items())), depth)
        if key not in self._memo:
            found = [self.expanded(poly)]
            if len(poly) > 1:
                found.append(self.factored(poly, depth))
                if depth and len(poly) <= _LONG:
                    found += self._grouped(poly, depth)
            self._memo[key] = min(found, key=lambda t: (self._preference(t), str(t)))
        return self._memo[key]

    def plainest(self, poly: fmpz_mpoly) -> Term:
        """The shorter of the sum and the product, with no preference for products."""
        return min(self.expanded(poly), self.factored(poly), key=lambda t: (self.cost(t), str(t)))

    def _preference(self, term: Term) -> int:
        """Products are worth a fifth: they show where a formula vanishes."""
        price = self.cost(term)
        inner = term.args[0] if term.kind == "neg" else term
        return price * 4 // 5 - 3 if inner.kind in ("mul", "div", "pow") else price

    def expanded(self, poly: fmpz_mpoly) -> Term:
        """The sum of monomials, lowest degree first, a positive one in front if there is one."""
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
            inner = self.best(factor, depth - 1) if depth and len(sums) + len(written) > 1 else self.expanded(factor)
            written.append(join_power(inner, num(power)))
        result = join_product(*written)
        return negate(result) if number < 0 else result

    def _joined(self, sums: list[tuple[fmpz_mpoly, int]]) -> list[tuple[fmpz_mpoly, int]]:
        """(1 - y)(1 + y) as 1 - y², wherever the product is shorter than its factors."""
        rest = sorted(sums, key=lambda entry: (self.cost(self.expanded(entry[0])), str(self.expanded(entry[0]))))
        changed = True
        while changed:
            changed = False
            for i in range(len(rest)):
                for j in range(i + 1, len(rest)):
                    (a, m), (b, n) = rest[i], rest[j]
                    apart = self.cost(self.expanded(a)) + self.cost(self.expanded(b)) + 15
                    if m == n and len(a * b) < len(a) * len(b) and self.cost(self.expanded(a * b)) < apart:
                        both = a * b if self._is_proper(a * b) else -(a * b)
                        if both != a * b and m % 2:
                            continue
                        rest = [entry for k, entry in enumerate(rest) if k not in (i, j)] + [(both, m)]
                        changed = True
                        break
                if changed:
                    break
        return sorted(rest, key=lambda entry: (self.cost(self.expanded(entry[0])), str(self.expanded(entry[0]))))

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
        factors = [_raised(self.symbols[i], exponents[i]) for i in order]
        size = abs(coefficient)
        numbers = _decimals(size, factors)
        result = join_product(*numbers)
        return negate(result) if coefficient < 0 else result

    # a quotient

    def ratio(self, top: fmpz_mpoly, bottom: fmpz_mpoly) -> Term:
        """The cheapest way to write top/bottom."""
        if not top:
            return ZERO
        common = top.gcd(bottom)
        top, bottom = top / common, bottom / common
        if not self._is_proper(bottom):
            top, bottom = -top, -bottom
        if bottom == self.ring.constant(1):
            return self.best(top)
        found = [self._quotient(self.best(top), bottom), self._quotient(self.factored(top, 1), bottom)]
        if len(bottom) == 1:
            found.append(self._shared(top, bottom))
            found += self._into_factor(top, bottom)
        return min(found, key=lambda t: (self.cost(t), str(t)))

    def plainest_ratio(self, top: fmpz_mpoly, bottom: fmpz_mpoly) -> Term:
        """The quotient over a denominator without zeros, by `plainest`."""
        common = top.gcd(bottom)
        top, bottom = top / common, bottom / common
        if not self._is_proper(bottom):
            top, bottom = -top, -bottom
        if len(bottom) == 1 and bottom != self.ring.constant(1):
            return self.ratio(top, bottom)
        return join_quotient(self.plainest(top), self.plainest(bottom))

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
        for (rest, number), table in groups.items():
            numerator = self.best(self.ring.from_dict(table))
            parts.append(join_quotient(numerator, self._monomial(rest, number)))
        parts.sort(key=lambda part: part.kind == "neg")
        return _sum_of(*parts)

    def _into_factor(self, top: fmpz_mpoly, bottom: fmpz_mpoly) -> list[Term]:
        """k*y*(1 - y/L): the denominator goes into one factor that is a sum."""
        content, factors = top.factor()
        found: list[Term] = []
        for factor, power in factors:
            if len(factor) < 2 or power != 1:
                continue
            rest = top / factor
            if not self._is_proper(factor):
                factor, rest = -factor, -rest
            inner = self._shared(factor, bottom)
            if inner.kind == "add":
                found.append(_times(self.best(rest), inner))
        _ = content
        return found


def _rank(symbol: Term, fixed: bool) -> tuple[int, str]:
    if not symbol.symbols():
        return (1 if symbol.kind == "number" else 2, str(symbol))
    if fixed:
        return 2, str(symbol)
    return (3 if symbol.kind == "symbol" else 4, str(symbol))


def _raised(symbol: Term, exponent: int) -> Term:
    """symbol ** n; a power of an exponential and of a root is taken inside."""
    if symbol.kind == "call" and symbol.name == "sqrt" and exponent % 2 == 0:
        return join_power(symbol.args[0], num(exponent // 2))
    if symbol.kind == "pow" and literal(symbol.args[1]) is None:
        return join_power(symbol.args[0], join_product(num(exponent), symbol.args[1])) if exponent > 1 else symbol
    if symbol.kind == "call" and symbol.name == "exp" and exponent > 1:
        return call("exp", _multiple(exponent, symbol.args[0]))
    return join_power(symbol, num(exponent))


def _multiple(count: int, term: Term) -> Term:
    """n * term, with the number in front."""
    if term.kind == "neg":
        return negate(_multiple(count, term.args[0]))
    if term.kind == "mul" and term.args[0].kind == "number":
        first = num(term.args[0].value() * count)
        return join_product(first, *term.args[1:])
    if term.kind == "div" and literal(term.args[1]) is not None:
        below = literal(term.args[1]) or Fraction(1)
        share = Fraction(count) / below
        return join_quotient(_multiple(share.numerator, term.args[0]), num(share.denominator)) if share != 1 else term.args[0]
    return join_product(num(count), term) if count != 1 else term


def _decimals(size: int, factors: list[Term]) -> list[Term]:
    """A number in front of the factors; decimal literals among them are multiplied out."""
    value = Fraction(size)
    rest: list[Term] = []
    decimal = False
    for factor in factors:
        known = literal(factor)
        if known is None and factor.kind == "pow":
            base, power = literal(factor.args[0]), literal(factor.args[1])
            if base is not None and power is not None and power.denominator == 1 and power <= MAX_EXPONENT:
                known = base ** int(power)
        if known is None:
            rest.append(factor)
        else:
            value *= known
            decimal = True
    written = _decimal(value) if decimal else num(value)
    return [written, *_roots(rest)]


def _roots(factors: list[Term]) -> list[Term]:
    """√a √b as √(a b), where both are roots of numbers or constants."""
    under = [f.args[0] for f in factors if f.kind == "call" and f.name == "sqrt" and not f.symbols()]
    if len(under) < 2:
        return factors
    under.sort(key=lambda t: (t.kind != "number", str(t)))
    joined = call("sqrt", join_product(*under))
    rest = [f for f in factors if not (f.kind == "call" and f.name == "sqrt" and not f.symbols())]
    return [joined, *rest]


def _decimal(value: Fraction) -> Term:
    """A terminating decimal as such, any other fraction as a quotient."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
        if places > 60:
            return num(value)
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return num(f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _sum_of(*parts: Term) -> Term:
    """A sum with a positive part in front if there is one."""
    flat: list[Term] = []
    for part in parts:
        flat += part.args if part.kind == "add" else (part,)
    if flat and flat[0].kind == "neg":
        front = next((i for i, part in enumerate(flat) if part.kind != "neg"), 0)
        flat.insert(0, flat.pop(front))
    return join_sum(*flat)


def _times(first: Term, second: Term) -> Term:
    if first == ONE:
        return second
    return negate(_times(first.args[0], second)) if first.kind == "neg" else join_product(first, second)



def present(term: Term, *, order: Sequence[Term] = (), constants: Iterable[Term] = ()) -> Term:
    """A rational expression written well: sums, products, quotients and whole powers of its letters.

    Whatever is no sum, product, quotient or whole power counts as one letter; `order` puts letters in front.
    The Term comes back as it is where it is too large or divides by zero.
    """
    letters: dict[Term, int] = {letter: i for i, letter in enumerate(order)}
    for node in _letters(term):
        letters.setdefault(node, len(letters))
    ring = fmpz_mpoly_ctx.get(tuple(f"g{i}" for i in range(len(letters))), "lex")
    pair = _ratio(term, letters, ring)
    if pair is None:
        return term
    return Writer(ring, tuple(letters), constants=constants).ratio(*pair)


def _whole(exponent: Term) -> int | None:
    value = literal(exponent)
    whole = value is not None and value.denominator == 1 and abs(value) <= MAX_EXPONENT
    return int(value) if whole and value is not None else None


def _letters(term: Term) -> Iterable[Term]:
    match term.kind:
        case "add" | "mul" | "div" | "neg":
            for arg in term.args:
                yield from _letters(arg)
        case "pow" if _whole(term.args[1]) is not None:
            yield from _letters(term.args[0])
        case "number":
            return
        case _:
            yield term


def _ratio(term: Term, letters: dict[Term, int], ring: fmpz_mpoly_ctx) -> tuple[fmpz_mpoly, fmpz_mpoly] | None:
    """(numerator, denominator) of a rational expression, or None."""
    one = ring.constant(1)
    match term.kind:
        case "number":
            value = term.value()
            return ring.constant(value.numerator), ring.constant(value.denominator)
        case "add" | "mul":
            result = (ring.constant(0), one) if term.kind == "add" else (one, one)
            for arg in term.args:
                part = _ratio(arg, letters, ring)
                if part is None or len(result[0]) * len(part[0]) > 2_000:
                    return None
                if term.kind == "add":
                    result = (result[0] * part[1] + part[0] * result[1], result[1] * part[1])
                else:
                    result = (result[0] * part[0], result[1] * part[1])
            return result
        case "neg":
            inner = _ratio(term.args[0], letters, ring)
            return None if inner is None else (-inner[0], inner[1])
        case "div":
            top, bottom = _ratio(term.args[0], letters, ring), _ratio(term.args[1], letters, ring)
            return None if top is None or bottom is None or not bottom[0] else (top[0] * bottom[1], top[1] * bottom[0])
        case "pow" if _whole(term.args[1]) is not None:
            base, power = _ratio(term.args[0], letters, ring), _whole(term.args[1]) or 0
            if base is None or max(len(base[0]), len(base[1])) ** min(abs(power), 9) > 50_000:
                return None
            if power < 0:
                return (base[1] ** -power, base[0] ** -power) if base[0] else None
            return base[0] ** power, base[1] ** power
        case _:
            return ring.gen(letters[term]), one
