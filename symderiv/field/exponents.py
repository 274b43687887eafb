"""e^w = product of powers of one generator per independent exponent.

w is split into rational multiples of monomials (over its denominator); each monomial has its own unit,
so that 0.044715 in one place makes no other exponent finer.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq_mpoly

from symderiv import limits
from symderiv.errors import LimitError
from symderiv.field.engine import Engine
from symderiv.field.products import atom_power
from symderiv.field.region import coefficients_in
from symderiv.field.tower import Element, Generator, as_fraction


def pieces(engine: Engine, value: Element) -> Iterator[tuple[Element, Fraction]]:
    """The value as a sum of rational multiples of independent elements."""
    tower = engine.tower
    value = rationalized(engine, value)
    whole, rest = (value.num, None) if value.den.is_constant() else divmod(value.num, value.den)
    for poly, den in ((whole, tower.unit_poly), (rest, value.den)):
        if poly is None:
            continue
        for exponents, coefficient in poly.terms():
            monomial = tower.context.from_dict({exponents: 1})
            yield tower.quotient(monomial, den), as_fraction(coefficient)


def rationalized(engine: Engine, value: Element) -> Element:
    """The element with square roots cleared from its denominator."""
    tower = engine.tower
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


def exponential(engine: Engine, value: Element) -> Element:
    """e^w."""
    result = engine.tower.one
    for monomial, coefficient in pieces(engine, value):
        result = result * _one(engine, monomial, coefficient)
    return result


def _one(engine: Engine, monomial: Element, coefficient: Fraction) -> Element:
    tower = engine.tower
    single = _single(engine, monomial)
    if single is not None and single.kind == "log" and single.argument is not None:
        poly = single.argument.num
        atom = int(poly.leading_coefficient().p) if poly.is_constant() else poly
        return atom_power(engine, atom, coefficient)
    label = f"exp({engine.label(monomial)})"
    unit = engine.unit(label, coefficient.denominator)
    argument = monomial.scaled(Fraction(1, unit))
    generator = engine.function("exp", argument, ball=lambda a: a.exp(), low=Fraction(0), strict=True)
    power = int(coefficient * unit)
    if abs(power) > 5 * limits.MAX_TERMS:
        raise LimitError("an exponent that is too large")
    return tower.of(generator) ** power


def _single(engine: Engine, monomial: Element) -> Generator | None:
    if not monomial.den.is_constant():
        return None
    poly: fmpq_mpoly = monomial.num
    used = engine.tower.used(poly)
    return used[0] if len(used) == 1 and poly.total_degree() == 1 else None
