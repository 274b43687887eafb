"""e^w = product of powers of one generator per independent exponent.

w is split into rational multiples of monomials (over its denominator); each monomial has its own unit,
so that 0.044715 in one place makes no other exponent finer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, product
from typing import cast

from flint import fmpq, fmpq_mat, fmpq_mpoly

from symderiv import limits
from symderiv.errors import LimitError
from symderiv.field.engine import Engine
from symderiv.field.products import atom_power
from symderiv.field.tower import Element, Generator, as_fraction, rationalized

_ORDINARY = 2_000
_PAIRED = 4
_WEIGHTS = tuple(
    sign * Fraction(n, d)
    for n, d in ((1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (4, 1), (1, 4))
    for sign in (1, -1)
)


def pieces(engine: Engine, value: Element) -> Iterator[tuple[Element, Fraction]]:
    """The value as a sum of rational multiples of independent elements."""
    tower = engine.tower
    value = rationalized(value)
    whole, rest = (value.num, None) if value.den.is_constant() else divmod(value.num, value.den)
    for poly, den in ((whole, tower.unit_poly), (rest, value.den)):
        if poly is None:
            continue
        for exponents, coefficient in poly.terms():
            monomial = tower.context.from_dict({exponents: 1})
            yield tower.quotient(monomial, den), as_fraction(coefficient)


def exponential(engine: Engine, value: Element) -> Element:
    """e^w."""
    result = engine.tower.one
    for monomial, coefficient in pieces(engine, value):
        result = result * _one(engine, monomial, coefficient)
    return result


def _one(engine: Engine, monomial: Element, coefficient: Fraction) -> Element:
    single = _single(engine, monomial)
    if single is not None and single.kind == "log" and single.argument is not None:
        poly = single.argument.num
        atom = int(poly.leading_coefficient().p) if poly.is_constant() else poly
        return atom_power(engine, atom, coefficient)
    if not monomial.den.is_constant():
        combined = _dependent(engine, monomial, coefficient)
        if combined is not None:
            return combined
    return _power_of(engine, monomial, coefficient)


def _single(engine: Engine, monomial: Element) -> Generator | None:
    if not monomial.den.is_constant():
        return None
    poly: fmpq_mpoly = monomial.num
    used = engine.tower.used(poly)
    return used[0] if len(used) == 1 and poly.total_degree() == 1 else None


def _dependent(engine: Engine, monomial: Element, coefficient: Fraction) -> Element | None:
    """e^(c m) where m is a rational combination of older exponents: 1/(x(x+1)) = 1/x - 1/(x+1)."""
    tower = engine.tower
    older = [
        g
        for g in tower.generators
        if g.kind == "exp" and g.argument is not None and not g.argument.den.is_constant()
    ]
    if not older or any(g.argument is not None and (g.argument / monomial).rational() for g in older):
        return None
    weights = _combination([g.argument for g in older if g.argument is not None], monomial)
    if weights is None:
        return None
    rest = monomial
    result = tower.one
    for generator, weight in zip(older, weights, strict=True):
        if weight and generator.argument is not None:
            share = weight * coefficient
            rest = rest - generator.argument.scaled(weight)
            argument = generator.argument.scaled(share)
            single, factor = next(iter(pieces(engine, argument)))
            result = result * _power_of(engine, single, factor)
    return result * exponential(engine, rest.scaled(coefficient))


def _power_of(engine: Engine, monomial: Element, coefficient: Fraction) -> Element:
    if not _is_ordinary(coefficient):
        return of_many_digits(engine, monomial, coefficient)
    unit = engine.unit(f"exp({engine.label(monomial)})", coefficient.denominator)
    argument = monomial.scaled(Fraction(1, unit))
    generator = engine.function("exp", argument, ball=lambda a: a.exp(), low=Fraction(0), strict=True)
    power = int(coefficient * unit)
    if abs(power) > 5 * limits.MAX_TERMS:
        raise LimitError("an exponent that is too large")
    return engine.tower.of(generator) ** power


def _is_ordinary(coefficient: Fraction) -> bool:
    return max(abs(coefficient.numerator), coefficient.denominator) <= _ORDINARY


def of_many_digits(
    engine: Engine,
    monomial: Element,
    coefficient: Fraction,
    is_ordinary: Callable[[Fraction], bool] = _is_ordinary,
) -> Element:
    """e^(c m) where c has many digits: by such coefficients met before, or a generator of its own.

    A common unit would make the powers of one generator too high: 0.123456789 + 0.876543211 = 1 is found
    as a relation with small weights.
    """
    label = f"exp({engine.label(monomial)})"
    bases = cast(list[Fraction], engine.memory.setdefault(("bases", label), []))
    for weights in _small_weights(len(bases)):
        rest = coefficient - sum(w * base for w, base in zip(weights, bases, strict=True))
        if is_ordinary(rest):
            result = _one(engine, monomial, rest) if rest else engine.tower.one
            for weight, base in zip(weights, bases, strict=True):
                if weight:
                    result = result * _share(engine, monomial, label, base, weight)
            return result
    bases.append(coefficient)
    return _share(engine, monomial, label, coefficient, Fraction(1))


def _small_weights(count: int) -> Iterator[tuple[Fraction, ...]]:
    """One small rational weight, or two of 1 and -1."""
    none = [Fraction(0)] * count
    for weight in _WEIGHTS:
        for k in range(count):
            yield (*none[:k], weight, *none[k + 1 :])
    for j, k in combinations(range(min(count, _PAIRED)), 2):
        for first, second in product((Fraction(1), Fraction(-1)), repeat=2):
            yield (*none[:j], first, *none[j + 1 : k], second, *none[k + 1 :])


def _share(engine: Engine, monomial: Element, label: str, base: Fraction, weight: Fraction) -> Element:
    unit = engine.unit(f"{label}*{base}", weight.denominator)
    argument = monomial.scaled(base / unit)
    generator = engine.function("exp", argument, ball=lambda a: a.exp(), low=Fraction(0), strict=True)
    return engine.tower.of(generator) ** int(weight * unit)


def _combination(basis: list[Element], value: Element) -> list[Fraction] | None:
    """Rational weights with value = sum of weight*basis + a polynomial, or None."""
    tower = value.tower
    den = value.den
    for element in basis:
        den = tower.product(den, element.den / den.gcd(element.den))
    columns = []
    for element in [*basis, value]:
        top = tower.reduced(tower.product(element.num, den / element.den))
        columns.append(dict(divmod(top, den)[1].terms()))
    monomials = sorted({m for column in columns for m in column}, key=str)
    matrix = fmpq_mat(len(monomials), len(basis), [c.get(m, 0) for m in monomials for c in columns[:-1]])
    target = [columns[-1].get(m, fmpq(0)) for m in monomials]
    reduced, rank = fmpq_mat(
        len(monomials),
        len(basis) + 1,
        [v for k, m in enumerate(monomials) for v in (*matrix.table()[k], target[k])],
    ).rref()
    weights = [Fraction(0)] * len(basis)
    for row in range(rank):
        entries = [reduced[row, k] for k in range(len(basis) + 1)]
        pivot = next(k for k, v in enumerate(entries) if v != 0)
        if pivot == len(basis):
            return None
        weights[pivot] = as_fraction(entries[-1])
    return weights if any(weights) else None
