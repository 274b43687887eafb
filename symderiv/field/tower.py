"""The tower: rational functions over the rationals in generators such as x, e^u, |f|^(1/n), log|f|, sin u.

An `Element` is num/den with polynomials in the generators of one `Tower`. A generator may carry a
relation `g^n = p` with p in older generators; every polynomial is kept reduced modulo the relations,
so a numerator 0 is a proof that the element is 0 at every point where its generators are defined.

Newer generators come first in the lexicographic order: each relation has its pure power in front, and
reduction by them one after the other, newest first, is a normal form.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from symderiv import limits
from symderiv.errors import LimitError

MAX_SPREAD = 200

Bound = Fraction | None
Ball = Callable[[arb], arb]


class UndefinedError(Exception):
    """The formula has no value anywhere in the region at hand (a division by 0, the log of -1)."""


class RefineError(Exception):
    """The tower must be built again: with a finer unit, or with more room."""


class SplitError(Exception):
    """The value depends on the sign of `factor`, which is not known; `sharp` if it jumps there."""

    def __init__(self, factor: fmpq_mpoly, sharp: bool) -> None:
        super().__init__("sign needed")
        self.factor = factor
        self.sharp = sharp


@dataclass(slots=True, eq=False)
class Generator:
    """One generator: what kind of thing it is, of which argument, and between which bounds it lies.

    `ball` maps an enclosure of the argument to one of the generator. `algebraic` holds, for a constant
    algebraic number, its degree over the others and log2 bounds (u, l) of the conjugates of a
    numerator and a denominator that are algebraic integers.
    """

    position: int
    kind: str
    label: str
    argument: Element | None = None
    low: Bound = None
    high: Bound = None
    strict: bool = False
    constant: bool = False
    degree: int = 0
    unit: int = 1
    ball: Ball | None = None
    algebraic: tuple[int, float, float] | None = None


class Element:
    """num/den in the generators of a tower; immutable."""

    __slots__ = ("den", "num", "tower")

    def __init__(self, tower: Tower, num: fmpq_mpoly, den: fmpq_mpoly) -> None:
        self.tower = tower
        self.num = num
        self.den = den

    def __add__(self, other: Element) -> Element:
        if self.den == other.den:
            return self.tower.quotient(self.num + other.num, self.den)
        return self.tower.quotient(
            self.tower.product(self.num, other.den) + self.tower.product(other.num, self.den),
            self.tower.product(self.den, other.den),
        )

    def __sub__(self, other: Element) -> Element:
        return self + (-other)

    def __neg__(self) -> Element:
        return Element(self.tower, -self.num, self.den)

    def __mul__(self, other: Element) -> Element:
        tower = self.tower
        return tower.quotient(tower.product(self.num, other.num), tower.product(self.den, other.den))

    def __truediv__(self, other: Element) -> Element:
        return self * other.inverse()

    def inverse(self) -> Element:
        """1 over the element. Raises `UndefinedError` for 0."""
        if self.num.is_zero():
            raise UndefinedError("a division by zero")
        return self.tower.quotient(self.den, self.num)

    def scaled(self, factor: Fraction | int) -> Element:
        """A rational multiple."""
        q = fmpq(factor.numerator, factor.denominator)
        if q == 0:
            return self.tower.zero
        return Element(self.tower, self.num * q, self.den)

    def __pow__(self, exponent: int) -> Element:
        if exponent < 0:
            return self.inverse() ** -exponent
        result, base = self.tower.one, self
        while exponent:
            if exponent & 1:
                result = result * base
            exponent >>= 1
            if exponent:
                base = base * base
        return result

    def key(self) -> tuple[str, str]:
        """A text that is equal for elements with equal num and den."""
        return self.num.str(), self.den.str()

    def rational(self) -> Fraction | None:
        """The value, if the element is a rational number."""
        if self.num.is_constant() and self.den.is_constant():
            return as_fraction(scalar(self.num)) / as_fraction(scalar(self.den))
        return None


class Tower:
    """The generators, their relations, and arithmetic modulo the relations."""

    def __init__(self, capacity: int, deadline: float = float("inf")) -> None:
        names = [f"g{k}" for k in range(capacity - 1, -1, -1)]
        self.capacity = capacity
        self.deadline = deadline
        self.context = fmpq_mpoly_ctx.get(names, "lex")
        self.variables = self.context.gens()
        self.generators: list[Generator] = []
        self.relations: list[tuple[int, int, fmpq_mpoly]] = []
        self.unit_poly = self.context.constant(1)
        self.zero = Element(self, self.context.constant(0), self.unit_poly)
        self.one = Element(self, self.unit_poly, self.unit_poly)

    def column(self, position: int) -> int:
        """Where the exponent of a generator stands in an exponent vector."""
        return self.capacity - 1 - position

    def variable(self, generator: Generator) -> fmpq_mpoly:
        """The generator as a polynomial."""
        return self.variables[self.column(generator.position)]

    def generator_at(self, column: int) -> Generator:
        """The generator of an entry of an exponent vector."""
        return self.generators[self.capacity - 1 - column]

    def add(self, kind: str, label: str, **details: object) -> Generator:
        """A new generator, newer than all others."""
        if len(self.generators) >= self.capacity:
            raise RefineError("full")
        generator = Generator(len(self.generators), kind, label, **details)  # type: ignore[arg-type]
        self.generators.append(generator)
        return generator

    def relate(self, generator: Generator, degree: int, value: fmpq_mpoly) -> None:
        """Put g^degree = value, a polynomial in older generators."""
        generator.degree = degree
        relation = self.variable(generator) ** degree - value
        self.relations.insert(0, (self.column(generator.position), degree, relation))

    def element(self, poly: fmpq_mpoly) -> Element:
        """A polynomial as an element."""
        return Element(self, poly, self.unit_poly)

    def of(self, generator: Generator) -> Element:
        """A generator as an element."""
        return Element(self, self.variable(generator), self.unit_poly)

    def number(self, value: Fraction | int) -> Element:
        """A rational number as an element."""
        constant = self.context.constant(fmpq(value.numerator, value.denominator))
        return Element(self, constant, self.unit_poly)

    def product(self, a: fmpq_mpoly, b: fmpq_mpoly) -> fmpq_mpoly:
        """a*b, refused where it would grow beyond the limits."""
        if len(a) * len(b) > 20 * limits.MAX_TERMS:
            raise LimitError("an intermediate polynomial that is too large")
        if time.monotonic() > self.deadline:
            raise LimitError("out of time")
        return a * b

    def reduced(self, poly: fmpq_mpoly) -> fmpq_mpoly:
        """The normal form modulo the relations."""
        if not self.relations or poly.is_constant():
            return poly
        degrees = poly.degrees()
        for column, degree, relation in self.relations:
            if degrees[column] >= degree:
                poly = divmod(poly, relation)[1]
                if len(poly) > limits.MAX_TERMS:
                    raise LimitError("an intermediate polynomial that is too large")
                degrees = poly.degrees()
        return poly

    def quotient(self, num: fmpq_mpoly, den: fmpq_mpoly) -> Element:
        """num/den, reduced and without a common factor."""
        num = self.reduced(num)
        if num.is_zero():
            return self.zero
        den = self.reduced(den)
        if den.is_zero():
            raise UndefinedError("a division by zero")
        if not den.is_constant():
            if len(num) * len(den) > 4 * limits.MAX_TERMS:
                raise LimitError("an intermediate fraction that is too large")
            # a common factor that is costly to find may stay: it harms no proof
            if spread(num, den) <= MAX_SPREAD:
                common = num.gcd(den)
                if not common.is_one():
                    num, den = num / common, den / common
        lead = den.leading_coefficient()
        if lead != 1:
            num, den = num / lead, den / lead
        return Element(self, num, den)

    def used(self, poly: fmpq_mpoly) -> list[Generator]:
        """The generators that occur, oldest first."""
        if poly.is_constant():
            return []
        degrees = poly.degrees()
        return [g for g in self.generators if degrees[self.column(g.position)]]

    def is_constant(self, poly: fmpq_mpoly) -> bool:
        """Is it a number (all generators that occur are constants)?"""
        return all(generator.constant for generator in self.used(poly))


def spread(*polys: fmpq_mpoly) -> int:
    """The highest degree in one generator, common strides of the exponents taken out."""
    degrees = [max(column) for column in zip(*(poly.degrees() for poly in polys), strict=True)]
    largest = 0
    for column, degree in enumerate(degrees):
        if degree > MAX_SPREAD:
            stride = math.gcd(*(int(exponents[column]) for poly in polys for exponents in poly.monoms()))
            degree //= stride  # noqa: PLW2901  the same degree, in strides
        largest = max(largest, int(degree))
    return largest


def as_fraction(value: fmpq) -> Fraction:
    """A rational of flint as a `Fraction`."""
    return Fraction(int(value.p), int(value.q))


def scalar(poly: fmpq_mpoly) -> fmpq:
    """The value of a constant polynomial."""
    return fmpq(0) if poly.is_zero() else poly.leading_coefficient()


def coefficients_in(tower: Tower, poly: fmpq_mpoly, column: int, degree: int) -> list[fmpq_mpoly]:
    """The coefficients of g^0 ... g^degree, where g is the generator of that column."""
    parts: list[dict[tuple[int, ...], fmpq]] = [{} for _ in range(degree + 1)]
    for exponents, value in poly.terms():
        rest = list(exponents)
        power, rest[column] = int(rest[column]), 0
        parts[power][tuple(rest)] = value
    return [tower.context.from_dict(part) for part in parts]


def rationalized(value: Element) -> Element:
    """The element with square roots and signs cleared from its denominator."""
    tower = value.tower
    for _ in range(4):
        quadratic = [g for g in tower.used(value.den) if g.degree == 2 and g.kind in ("root", "cos", "sign")]
        if not quadratic:
            break
        top = quadratic[-1]
        a, b = coefficients_in(tower, value.den, tower.column(top.position), 1)
        conjugate = a - b * tower.variable(top)
        den = tower.reduced(tower.product(value.den, conjugate))
        if den.is_zero():
            break
        value = tower.quotient(tower.product(value.num, conjugate), den)
    return value
