"""e^{u+v} = e^u e^v, log(uv) = log u + log v for u, v ≥ 0, roots of nonnegative factors, parity."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt

from flint import fmpq_mpoly

from symderiv.field.index_ring import Coarse, Frac, Ring, terms_of
from symderiv.field.index_tree import Node, OutsideError, call, number, power, times

_ODD = frozenset({"sin", "asin", "atan", "erf"})
_EVEN = frozenset({"cos"})
_MAX_PRIME = 10_000

Normal = Callable[[Node], Frac]


class Functions:
    """The values of functions over a ring; `normal` brings an argument tree back into it."""

    def __init__(self, ring: Ring, normal: Normal) -> None:
        self.ring = ring
        self.normal = normal

    # -- exponentials ------------------------------------------------------------------------------

    def exp(self, u: Frac) -> Frac:
        """e^u as a product over the summands of u, each a power of one generator."""
        result = self.ring.constant(1)
        for coefficient, node, exps in self.ring.parts(u):
            if coefficient:
                result = self.ring.mul(result, self._exp_part(coefficient, node, exps))
        return result

    def _exp_part(self, coefficient: Fraction, node: Node, exps: tuple[int, ...] | None) -> Frac:
        if exps is not None and sum(exps) == 1:
            inside = self.ring.logs.get(exps.index(1))
            if inside is not None:
                return self.power(inside, coefficient)
        fine = self._fine(coefficient)
        share = Fraction(1, self.ring.facts.denominator)
        base = call("exp", node if share == 1 else times(number(share), node))
        return self.ring.power(self.ring.gen(base, nonnegative=True), fine)

    def _fine(self, exponent: Fraction) -> int:
        fine = exponent * self.ring.facts.denominator
        if fine.denominator != 1:
            raise Coarse(exponent.denominator)
        return int(fine)

    # -- logarithms --------------------------------------------------------------------------------

    def log(self, u: Frac) -> Frac:
        """log u as the sum over its nonnegative factors; what is left of unknown sign stays in one log."""
        ring = self.ring
        constant, known, unknown = self._split(u)
        result = ring.constant(0)
        for factor, count in known:
            result = ring.add(result, ring.mul(ring.constant(count), self._log_factor(factor)))
        if unknown is not None:
            rest = Frac(unknown.num * ring.constant(_sign(constant)).num, unknown.den)
            scale, node = self._scaled(rest)
            constant = abs(constant) * abs(scale)
            result = ring.add(result, self._log_gen(node))
        elif constant <= 0:
            raise OutsideError
        for prime, count in _primes(abs(constant)):
            generator = self._log_gen(number(prime), nonnegative=True)
            result = ring.add(result, ring.mul(ring.constant(count), generator))
        return result

    def _scaled(self, rest: Frac) -> tuple[Fraction, Node]:
        """rest = |c| * tree, the tree carrying the sign."""
        node = self.ring.tree(rest)
        scale = Fraction(1)
        if node.kind == "mul" and node.args[0].kind == "number":
            scale = abs(node.args[0].value)
            node = times(number(1 / scale), node)
        return scale, node

    def _split(self, u: Frac) -> tuple[Fraction, list[tuple[fmpq_mpoly, int]], Frac | None]:
        """u = c * product of nonnegative factors * one rest of unknown sign."""
        ring = self.ring
        num, den = ring.canceled(u)
        if num.is_zero():
            raise OutsideError
        up, above = ring.factors(num)
        down, below = ring.factors(den)
        known: list[tuple[fmpq_mpoly, int]] = []
        rest = ring.constant(1)
        some = False
        for factor, count in [*above, *((f, -c) for f, c in below)]:
            if ring.is_nonnegative(factor):
                known.append((factor, count))
            else:
                some = True
                rest = ring.mul(rest, ring.power(ring.of(factor), count))
        return up / down, known, rest if some else None

    def _log_factor(self, factor: fmpq_mpoly) -> Frac:
        ring = self.ring
        terms = terms_of(factor)
        if len(terms) == 1 and sum(terms[0][0]) == 1 and terms[0][1] == 1:
            node = ring.slots[terms[0][0].index(1)]
            if node.kind == "call" and node.name == "exp":
                return self.normal(node.args[0])
            if node.kind == "pow" and node.args[1].kind == "number":
                inner = self.log(self.normal(node.args[0]))
                return ring.mul(ring.constant(node.args[1].value), inner)
        scale, tree = ring.primitive(factor)
        result = self._log_gen(tree)
        for prime, count in _primes(scale):
            generator = self._log_gen(number(prime), nonnegative=True)
            result = ring.add(result, ring.mul(ring.constant(count), generator))
        return result

    def _log_gen(self, node: Node, *, nonnegative: bool = False) -> Frac:
        inside = self.normal(node)
        slot = self.ring.slot(call("log", node), nonnegative=nonnegative)
        self.ring.logs[slot] = inside
        return self.ring.gen(call("log", node))

    # -- powers ------------------------------------------------------------------------------------

    def power(self, u: Frac, exponent: Fraction) -> Frac:
        """u ** exponent: whole part directly, the rest as roots of the nonnegative factors."""
        ring = self.ring
        whole = exponent.numerator // exponent.denominator
        left = exponent - whole
        result = ring.power(u, whole) if whole else ring.constant(1)
        if not left:
            return result
        if ring.canceled(u).num.is_zero():
            return ring.constant(0) if whole >= 0 else ring.power(u, -1)
        constant, known, unknown = self._split(u)
        for factor, count in known:
            result = ring.mul(result, self._root_factor(factor, left * count))
        if unknown is not None:
            rest = Frac(unknown.num * ring.constant(_sign(constant)).num, unknown.den)
            scale, node = self._scaled(rest)
            constant = abs(constant) * scale
            result = ring.mul(result, self._root(node, left))
        elif constant < 0:
            raise OutsideError
        for prime, count in _primes(abs(constant)):
            result = ring.mul(result, self._root(number(prime), left * count))
        return result

    def _root_factor(self, factor: fmpq_mpoly, exponent: Fraction) -> Frac:
        ring = self.ring
        terms = terms_of(factor)
        if len(terms) == 1 and sum(terms[0][0]) == 1 and terms[0][1] == 1:
            node = ring.slots[terms[0][0].index(1)]
            if node.kind == "call" and node.name == "exp":
                return self.exp(ring.mul(ring.constant(exponent), self.normal(node.args[0])))
            if node.kind == "pow" and node.args[1].kind == "number":
                return self.power(self.normal(node.args[0]), exponent * node.args[1].value)
        scale, tree = ring.primitive(factor)
        result = self._root(tree, exponent)
        for prime, count in _primes(scale):
            result = ring.mul(result, self._root(number(prime), exponent * count))
        return result

    def _root(self, node: Node, exponent: Fraction) -> Frac:
        """node ** exponent over the one generator g = node ** (1/q), with g ** q = node."""
        ring = self.ring
        inside = self.normal(node)
        whole = exponent.numerator // exponent.denominator
        result = ring.power(inside, whole) if whole else ring.constant(1)
        fine = self._fine(exponent - whole)
        if not fine:
            return result
        degree = ring.facts.denominator
        name = power(node, number(Fraction(1, degree)))
        slot = ring.slot(name, nonnegative=True)
        ring.relations[slot] = (degree, inside)
        return ring.mul(result, ring.power(ring.gen(name), fine))

    def general_power(self, base: Frac, exponent: Frac) -> Frac:
        """base ** exponent = e^{exponent log base} for a nonnegative base, else a generator of its own."""
        constant, _, unknown = self._split(base)
        if unknown is None and constant > 0:
            return self.exp(self.ring.mul(exponent, self.log(base)))
        return self.ring.gen(power(self.ring.tree(base), self.ring.tree(exponent)))

    # -- other functions ---------------------------------------------------------------------------

    def call(self, name: str, order: int, arguments: list[Frac]) -> Frac:
        """Any other function: a generator over canonical arguments, with its sign rule if it has one."""
        if name == "sign" and order == 0:
            return self.sign(arguments[0])
        trees = [self.ring.tree(argument) for argument in arguments]
        if order == 0 and name in _ODD | _EVEN and len(trees) == 1:
            return self._signed(name, trees[0])
        return self.ring.gen(call(name, *trees, order=order))

    def sign(self, u: Frac) -> Frac:
        """The product of the signs of the factors; s³ = s, and s² = s for what is never negative."""
        ring = self.ring
        num, den = ring.canceled(u)
        if num.is_zero():
            return ring.constant(0)
        up, above = ring.factors(num)
        down, below = ring.factors(den)
        result = ring.constant(_sign(up / down))
        for factor, count in [*above, *below]:
            if ring.is_positive(factor):
                continue
            scale, tree = ring.primitive(factor)
            known = ring.is_nonnegative(factor)
            node = call("sign", tree)
            found = ring.gen(node, nonnegative=known)
            ring.relations[ring.slot(node)] = (2 if known else 3, found)
            single = terms_of(factor)
            if len(single) == 1 and sum(single[0][0]) == 1:
                ring.signs[ring.slot(node)] = single[0][0].index(1)
            power_ = ring.power(found, 1 if count % 2 else 2)
            result = ring.mul(result, ring.mul(ring.constant(_sign(scale) if count % 2 else 1), power_))
        return result

    def _signed(self, name: str, node: Node) -> Frac:
        ring = self.ring
        if node == number(0):
            return ring.constant(1 if name == "cos" else 0)
        other = ring.tree(ring.neg(self.normal(node)))
        first = min(node, other, key=lambda tree: tree.text)
        flip = first != node and name in _ODD
        if name == "sin":
            cosine = ring.gen(call("cos", first))
            rest = ring.add(ring.constant(1), ring.neg(ring.power(cosine, 2)))
            ring.relations[ring.slot(call("sin", first))] = (2, rest)
        found = ring.gen(call(name, first))
        return ring.neg(found) if flip else found


def _sign(value: Fraction) -> int:
    return 1 if value > 0 else -1


def _primes(value: Fraction) -> list[tuple[int, int]]:
    """The prime powers of a positive rational; large cofactors stay whole."""
    counts: dict[int, int] = {}
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        left, prime = part, 2
        while left > 1 and prime <= min(isqrt(left), _MAX_PRIME):
            while left % prime == 0:
                counts[prime] = counts.get(prime, 0) + sign
                left //= prime
            prime += 1
        if left > 1:
            counts[left] = counts.get(left, 0) + sign
    return sorted((prime, count) for prime, count in counts.items() if count)
