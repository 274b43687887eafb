"""u^w for any real u and w: rational exponents, positive bases, and whole exponents of negative bases."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from symderiv.field.engine import Engine
from symderiv.field.exponents import exponential
from symderiv.field.products import log_abs, rational_power
from symderiv.field.tower import Element, SplitError


def power(engine: Engine, base: Element, exponent: Element) -> Element:
    """u^w = e^(w log u) where u > 0; where u < 0, it has a value only for whole w: (-1)^w |u|^w."""
    number = exponent.rational()
    if number is not None:
        return rational_power(engine, base, number)
    if base.num.is_zero():
        sign = engine.known_sign(exponent)
        if sign < 0:
            engine.undefined()
        return base if sign else engine.tower.one
    size = exponential(engine, exponent * log_abs(engine, base))
    sign, odd = engine.odd_factors(base)
    known, rest = engine.parity(odd)
    if rest:
        raise SplitError(rest[0], False)
    if sign * known > 0:
        return size
    return size * parity_generator(engine, exponent)


def is_whole(engine: Engine, value: Element) -> bool:
    """Is the value a whole number: a polynomial with whole coefficients in symbols assumed integer?"""
    tower = engine.tower
    return (
        value.den.is_constant()
        and all(c.q == 1 for c in value.num.coeffs())
        and all(
            g.kind == "symbol" and engine.assumptions.get(g.label) == "integer" for g in tower.used(value.num)
        )
    )


def parity_generator(engine: Engine, exponent: Element) -> Element:
    """(-1)^w, where w is a whole number at every point of the domain; (-1)^(v + w) = (-1)^v (-1)^w."""
    tower = engine.tower
    if is_whole(engine, exponent):
        return _whole_parity(engine, exponent)
    itself = exponent.key()
    known = [other for other in engine.integers if other.key() != itself]
    for weights in product((0, 1, -1, 2, -2), repeat=len(known)) if len(known) <= 3 else ():
        rest = exponent
        for weight, other in zip(weights, known, strict=True):
            rest = rest - other.scaled(weight)
        if is_whole(engine, rest):
            result = _whole_parity(engine, rest)
            for weight, other in zip(weights, known, strict=True):
                if weight % 2:
                    result = result * _sign_power(engine, other)
            return result
    if len(known) == len(engine.integers):
        engine.integers.append(exponent)
    return _sign_power(engine, exponent) * tower.one


def _whole_parity(engine: Engine, exponent: Element) -> Element:
    tower = engine.tower
    result = tower.one
    for exponents, coefficient in exponent.num.terms():
        if int(coefficient.p) % 2:
            monomial = tower.element(tower.context.from_dict({tuple(map(bool, exponents)): 1}))
            result = result * (_sign_power(engine, monomial) if any(exponents) else tower.number(-1))
    return result


def _sign_power(engine: Engine, exponent: Element) -> Element:
    """The generator P = (-1)^w, P^2 = 1."""
    tower = engine.tower
    fresh = ("parity", *exponent.key()) not in engine.table
    one = Fraction(1)
    generator = engine.function("parity", exponent, low=-one, high=one)
    if fresh:
        tower.relate(generator, 2, tower.unit_poly)
    return tower.of(generator)
