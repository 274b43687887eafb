"""`Place`: the tower of a formula, evaluated at random points of F_p.

Every exponential, logarithm, angle, error function gets one residue per independent argument (found by
linear algebra on the arguments' own values), parameters and π get residues that stay the same within
a block of points. Two expressions that agree here agree in the field of the tower up to luck of order
1/p; whatever is read off is proved afterwards, so luck is never believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from symderiv.errors import UnsupportedError
from symderiv.field import eliminate_jets as jets
from symderiv.field.eliminate_calls import CALLS
from symderiv.field.eliminate_jets import PRIME, Jet, Row
from symderiv.field.eliminate_linear import combination
from symderiv.field.eliminate_numbers import rational
from symderiv.limits import MAX_EXPONENT
from symderiv.notation.term import Term, call, const, num

_SCALE = 16
"""What a parameter is multiplied by in its own block; a fourth power, so roots of it stay rational."""


_SIMPLE = 16
"""A decimal with a larger denominator counts as a letter, so that 1.702 stays 1.702 in a form."""
FREE = 32
"""Points ahead of all blocks where every point has its own parameters: there a x and b x are independent."""
_LEAST = 72
"""Points that must stay usable when a Term joins the vocabulary."""


class RescaleError(Exception):
    """A generator must be the exponential of a fraction of its argument; start again with that."""

    def __init__(self, key: tuple[str, int], scale: int) -> None:
        super().__init__(key, scale)
        self.key = key
        self.scale = scale


@dataclass(frozen=True, slots=True)
class _Generator:
    """argument, and the jets made of its random residue."""

    argument: Jet
    value: Jet
    cosine: Jet | None = None
    scale: int = 1


class Place:
    """The jets of Terms in `variable` at `points` points in each of `blocks` choices of the parameters.

    In block 0 the parameters have some values; in block 1 + i parameter i is multiplied by 16; in later
    blocks all are fresh. Ahead of the blocks stand `FREE` points for the place's own use. `usable` marks the
    points where everything asked for so far has a value.
    """

    def __init__(
        self,
        variable: str,
        *,
        points: int,
        order: int,
        blocks: int = 1,
        scales: dict[tuple[str, int], int] | None = None,
    ) -> None:
        self.variable = variable
        self.points = points
        self.blocks = blocks
        self.order = order
        self.scales = scales or {}
        self.atoms: dict[Term, Row] = {}
        self.integers: set[int] = set()
        self._free: dict[Term, Row] = {}
        self._size = FREE + points * blocks
        self._memo: dict[Term, Jet] = {}
        self._tag = 1
        self._like = np.zeros((order + 1, self._size), dtype=np.int64)
        self.usable = np.ones(self._size, dtype=bool)
        self.exponentials: list[_Generator] = []
        self.logarithms: list[_Generator] = []
        self.angles: list[_Generator] = []
        self.inverses: list[_Generator] = []
        self.errors: list[_Generator] = []

    def generators(self) -> int:
        """How many generators the tower has by now (constants included)."""
        groups = (self.exponentials, self.logarithms, self.angles, self.inverses, self.errors)
        return sum(map(len, groups)) + len(self.atoms)

    def tries(self, term: Term) -> bool:
        """Evaluate a Term; where that takes a new generator, forget it all and answer False."""
        groups = (self.exponentials, self.logarithms, self.angles, self.inverses, self.errors)
        sizes, before = [len(group) for group in groups], self.generators()
        memo, atoms, usable, tag = dict(self._memo), dict(self.atoms), self.usable.copy(), self._tag
        try:
            self.jet(term)
            good = self.generators() == before and int(self.usable.sum()) >= min(_LEAST, self.points // 2)
        except (RescaleError, UnsupportedError):
            good = False
        if not good:
            for group, size in zip(groups, sizes, strict=True):
                del group[size:]
            self._memo, self.atoms, self.usable, self._tag = memo, atoms, usable, tag
        return good

    def jet(self, term: Term) -> Jet:
        """The jet of a Term without catalogue calls, cases, sums or kinks."""
        found = self._memo.get(term)
        if found is None:
            found = self._memo[term] = self._compute(term)
        return found

    def atom(self, term: Term) -> Jet:
        """A constant without algebraic relations: a parameter, π, log 2."""
        if term not in self.atoms:
            position = len(self.atoms)
            row = np.empty(self.blocks, dtype=np.int64)
            for block in range(self.blocks):
                fresh = block if block > 63 else 0
                root = int(jets.residues(1, 7001 + 97 * position + 65537 * fresh)[0])
                row[block] = pow(root, 4, PRIME) * (_SCALE if block == position + 1 else 1) % PRIME
            self.atoms[term] = row
            free = jets.row_power(jets.residues(FREE, 5003 + 89 * position), 4)
            self._free[term] = free
        jet = np.zeros_like(self._like)
        jet[0] = np.concatenate([self._free[term], np.repeat(self.atoms[term], self.points)])
        return jet

    def _random(self) -> Row:
        self._tag += 1
        return jets.residues(self._size, self._tag)

    def _compute(self, term: Term) -> Jet:
        match term.kind:
            case "number":
                return self._number(term)
            case "constant":
                return (
                    self.atom(term) if term.name == "pi" else self.exponential(jets.constant(1, self._like))
                )
            case "symbol":
                return self._variable() if term.name == self.variable else self.atom(term)
            case "add":
                total = self._like
                for arg in term.args:
                    total = (total + self.jet(arg)) % PRIME
                return total
            case "neg":
                return -self.jet(term.args[0]) % PRIME
            case "mul":
                result = self.jet(term.args[0])
                for arg in term.args[1:]:
                    result = jets.product(result, self.jet(arg))
                return result
            case "div":
                return jets.product(self.jet(term.args[0]), self.inverse(self.jet(term.args[1])))
            case "pow":
                return self._power(term)
            case "call" if term.order == 0 and term.name in CALLS:
                return CALLS[term.name](self, self.jet(term.args[0]))
            case _:
                raise UnsupportedError(f"no generator for {term.name or term.kind}")

    def _variable(self) -> Jet:
        jet = np.zeros_like(self._like)
        jet[0] = jets.residues(self._size, 1)
        jet[1] = 1
        return jet

    def _number(self, term: Term) -> Jet:
        value = term.value()
        if value.denominator > _SIMPLE or value.numerator > 9_999:
            return self.atom(term)
        return jets.constant(value.numerator * pow(value.denominator, -1, PRIME), self._like)

    def inverse(self, jet: Jet) -> Jet:
        """The jet of 1/u; points where u is 0 are not usable."""
        self.usable &= jet[0] != 0
        return jets.reciprocal(jet)

    # powers and roots

    def _power(self, term: Term) -> Jet:
        exponent = rational(term.args[1])
        if term.args[0] == const("e"):
            return self.exponential(self.jet(term.args[1]))
        base = self.jet(term.args[0])
        if exponent is None:
            return self.exponential(jets.product(self.jet(term.args[1]), self.logarithm(base, term.args[0])))
        if exponent.denominator == 1:
            if abs(exponent) > MAX_EXPONENT:
                raise UnsupportedError("the exponent is too large")
            if exponent < 0:
                self.usable &= base[0] != 0
            return jets.integer_power(base, exponent.numerator)
        return self.root(base, exponent)

    def root(self, base: Jet, exponent: Fraction) -> Jet:
        """base ** exponent by the canonical root; points where it does not exist are not usable."""
        if abs(exponent.numerator) > MAX_EXPONENT or exponent.denominator > 64:
            raise UnsupportedError("the exponent is too large")
        root = jets.row_root(base[0], exponent.denominator)
        if root is None:
            raise UnsupportedError(f"roots of degree {exponent.denominator}")
        self.usable &= (jets.row_power(root, exponent.denominator) == base[0]) & (base[0] != 0)
        first = jets.row_power(root, abs(exponent.numerator))
        first = jets.row_inverse(first) if exponent < 0 else first
        if not base[1:].any():
            # coefficients may contain the roots of small integers
            self.integers.update((2, 3, 5, 7, 11, 13))
        return jets.real_power(base, exponent.numerator * pow(exponent.denominator, -1, PRIME) % PRIME, first)

    # exponentials and logarithms

    def exponential(self, u: Jet) -> Jet:
        """The jet of e^u: a product of powers of the generators, or a new one."""
        if not u.any():
            return jets.constant(1, self._like)
        basis = [*self.exponentials, *self.logarithms]
        weights = self._weights(u, basis, rows=slice(None))
        if weights is None:
            weights = self._weights(u, basis, rows=slice(1, None)) if u[1:].any() else None
            if weights is None or not any(weights):
                return self._new_exponential(u)
            return jets.product(self._from_weights(weights), self.exponential(self._rest(u, weights, basis)))
        return self._from_weights(weights)

    def _weights(self, u: Jet, basis: list[_Generator], rows: slice) -> list[Fraction] | None:
        """Fractions q with u = Σ qᵢ uᵢ; the points with free parameters come first and decide."""
        good = self.usable
        return combination(u[rows][:, good].ravel(), [g.argument[rows][:, good].ravel() for g in basis])

    def _rest(self, u: Jet, weights: list[Fraction], basis: list[_Generator]) -> Jet:
        for weight, generator in zip(weights, basis, strict=True):
            residue = weight.numerator * pow(weight.denominator, -1, PRIME) % PRIME
            u = (u - residue * generator.argument) % PRIME
        return u

    def _new_exponential(self, u: Jet) -> Jet:
        scale = self.scales.get(("exp", len(self.exponentials)), 1)
        part = u * pow(scale, -1, PRIME) % PRIME
        if u[1:].any():
            value = jets.exponential(part, self._random())
        else:
            value = self.atom(call("exp", num(len(self.exponentials))))
        self.exponentials.append(_Generator(u, value, scale=scale))
        return jets.integer_power(value, scale)

    def _from_weights(self, weights: list[Fraction]) -> Jet:
        """Π Eᵢ^qᵢ Π vⱼ^qⱼ (the exponential of a logarithm is its argument)."""
        result = jets.constant(1, self._like)
        for position, weight in enumerate(weights):
            if not weight:
                continue
            if position < len(self.exponentials):
                generator = self.exponentials[position]
                power = weight * generator.scale
                if power.denominator != 1:
                    raise RescaleError(("exp", position), lcm(generator.scale, weight.denominator))
                factor = jets.integer_power(generator.value, power.numerator)
            else:
                argument = self.logarithms[position - len(self.exponentials)].value
                factor = (
                    jets.integer_power(argument, weight.numerator)
                    if weight.denominator == 1
                    else self.root(argument, weight)
                )
            result = jets.product(result, factor)
        return result

    def logarithm(self, v: Jet, written: Term) -> Jet:
        """The jet of log v: a sum of known logarithms and exponents, or a new generator."""
        self.usable &= v[0] != 0
        if not v[1:].any():
            return self._constant_logarithm(v, written)
        rate = jets.reciprocal(v)
        fresh = jets.integral(v, rate, self._random())
        basis = [*self.exponentials, *self.logarithms]
        weights = self._weights(fresh, basis, rows=slice(1, None))
        if weights is not None:
            quotient = jets.product(v, jets.reciprocal(self._from_weights(weights)))
            total = self._like
            for weight, generator in zip(weights, basis, strict=True):
                residue = weight.numerator * pow(weight.denominator, -1, PRIME) % PRIME
                total = (total + residue * generator.argument) % PRIME
            return (total + self._constant_logarithm(quotient, written)) % PRIME
        self.logarithms.append(_Generator(fresh, v))
        return fresh

    def _constant_logarithm(self, v: Jet, written: Term) -> Jet:
        good = v[0][self.usable]
        if np.all((good == 1) | (good == PRIME - 1)):
            return np.zeros_like(self._like)
        return self.atom(call("log", written))

    # angles

    def circle(self, u: Jet) -> tuple[Jet, Jet]:
        """The jets of (cos u, sin u): products of rotations, or a new half-angle tangent."""
        one = jets.constant(1, self._like)
        if not u.any():
            return one, np.zeros_like(self._like)
        basis = [*self.angles, *self.inverses]
        weights = self._weights(u, basis, rows=slice(None))
        if weights is None:
            scale = self.scales.get(("angle", len(self.angles)), 1)
            part = u * pow(2 * scale, -1, PRIME) % PRIME
            slope = (
                jets.tangent(part, self._random())
                if u[1:].any()
                else self.atom(call("tan", num(len(self.angles))))
            )
            square = jets.product(slope, slope)
            below = self.inverse((one + square) % PRIME)
            cosine = jets.product((one - square) % PRIME, below)
            self.angles.append(_Generator(u, jets.product(2 * slope % PRIME, below), cosine, scale))
            return self._turn(self.angles[-1], scale)
        result = (one, np.zeros_like(self._like))
        for position, (weight, generator) in enumerate(zip(weights, basis, strict=True)):
            power = weight * generator.scale
            if power.denominator != 1:
                if position >= len(self.angles):
                    raise UnsupportedError("a fraction of an inverse angle")
                raise RescaleError(("angle", position), lcm(generator.scale, weight.denominator))
            result = _rotate(result, self._turn(generator, power.numerator))
        return result

    def _turn(self, generator: _Generator, times: int) -> tuple[Jet, Jet]:
        """(cos nθ, sin nθ) of a generator angle θ."""
        one, zero = jets.constant(1, self._like), np.zeros_like(self._like)
        if not times:
            return one, zero
        if generator.cosine is None:
            slope = generator.value
            square = jets.product(slope, slope)
            if times % 2 == 0:
                below = self.inverse((one + square) % PRIME)
                unit = (jets.product((one - square) % PRIME, below), jets.product(2 * slope % PRIME, below))
                times //= 2
            else:
                below = self.root((one + square) % PRIME, Fraction(-1, 2))
                unit = (below, jets.product(slope, below))
        else:
            unit = (generator.cosine, generator.value)
        if times < 0:
            unit, times = (unit[0], -unit[1] % PRIME), -times
        result = (one, zero)
        for _ in range(min(times, MAX_EXPONENT)):
            result = _rotate(result, unit)
        return result

    def inverse_angle(self, u: Jet, kind: str) -> Jet:
        """The jet of atan u or asin u."""
        one = jets.constant(1, self._like)
        square = jets.product(u, u)
        slope = u
        if kind == "asin":
            cosine = self.root((one - square) % PRIME, Fraction(1, 2))
            slope = jets.product(u, self.inverse(cosine))
        if not u[1:].any():
            return self.atom(call(kind, num(len(self.inverses))))
        for generator in self.inverses:
            for sign in (1, -1):
                if np.array_equal(generator.value, sign * slope % PRIME):
                    return sign * generator.argument % PRIME
        rate = self.inverse((one + jets.product(slope, slope)) % PRIME)
        angle = jets.integral(slope, rate, self._random())
        self.inverses.append(_Generator(angle, slope))
        return angle

    def error(self, u: Jet) -> Jet:
        """The jet of erf u: erf' = 2/√π e^(-u²)."""
        for generator in self.errors:
            for sign in (1, -1):
                if np.array_equal(generator.argument, sign * u % PRIME):
                    return sign * generator.value % PRIME
        if not u[1:].any():
            return self.atom(call("erf", num(len(self.errors))))
        root = self.root(self.atom(const("pi")), Fraction(-1, 2))
        rate = jets.product(2 * root % PRIME, self.exponential(-jets.product(u, u) % PRIME))
        value = jets.integral(u, rate, self._random())
        self.errors.append(_Generator(u, value))
        return value


def _rotate(a: tuple[Jet, Jet], b: tuple[Jet, Jet]) -> tuple[Jet, Jet]:
    cosine = jets.product(a[0], b[0]) - jets.product(a[1], b[1])
    sine = jets.product(a[0], b[1]) + jets.product(a[1], b[0])
    return cosine % PRIME, sine % PRIME
