"""Inverse trigonometric functions: odd in a fixed sign, exact at algebraic constants.

atan of a rational number is a sum of angles of Gaussian primes; a constant whose angle is a rational
multiple of pi is recognised by its enclosure and confirmed exactly.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpz

from symderiv.field.angles import pi, turn
from symderiv.field.constants import constant_sign, enclosure, precision, vanishes
from symderiv.field.engine import Engine
from symderiv.field.halves import related
from symderiv.field.products import abs_power
from symderiv.field.tower import Element

_DENOMINATORS = 60
_BOUND = Fraction(8, 5)


def arctangent(engine: Engine, value: Element) -> Element:
    """atan u."""
    tower = engine.tower
    if value.num.is_zero():
        return value
    if value.num.leading_coefficient() < 0:
        return -arctangent(engine, -value)
    number = value.rational()
    if number is not None:
        return _gaussian(engine, number)
    if tower.is_constant(value.num) and tower.is_constant(value.den):
        return _constant_angle(engine, value)
    known = related(engine, value)
    if known is not None:
        return known
    return tower.of(engine.function("atan", value, ball=lambda a: a.atan(), low=-_BOUND, high=_BOUND))


def arcsine(engine: Engine, value: Element) -> Element:
    """asin u, with the note that 1 - u^2 >= 0."""
    tower = engine.tower
    rest = tower.one - value * value
    engine.require_positive(rest, strict=False)
    if value.num.is_zero():
        return value
    if value.num.leading_coefficient() < 0:
        return -arcsine(engine, -value)
    if tower.is_constant(value.num) and tower.is_constant(value.den):
        if rest.num.is_zero():
            return pi(engine).scaled(Fraction(1, 2))
        return arctangent(engine, value * abs_power(engine, rest, Fraction(-1, 2)))
    known = related(engine, value * abs_power(engine, rest, Fraction(-1, 2)))
    if known is not None:
        return known
    return tower.of(engine.function("asin", value, ball=lambda a: a.asin(), low=-_BOUND, high=_BOUND))


def arccosine(engine: Engine, value: Element) -> Element:
    """acos u = pi/2 - asin u."""
    return pi(engine).scaled(Fraction(1, 2)) - arcsine(engine, value)


def _gaussian(engine: Engine, value: Fraction) -> Element:
    """atan(p/q) as the argument of q + ip: angles of Gaussian primes and quarter turns."""
    tower = engine.tower
    norm = value.numerator**2 + value.denominator**2
    primes = fmpz(norm).factor() if norm.bit_length() <= 100 else [(fmpz(norm), 0)]
    parts: list[tuple[Fraction, int]] = []
    for prime, count in primes:
        if count == 0:
            generator = engine.function("atan", tower.number(value), ball=lambda a: a.atan())
            return tower.of(generator)
        if prime == 2:
            continue
        a, b = _two_squares(int(prime))
        divides = (value.numerator * a - value.denominator * b) % int(prime) == 0
        parts.append((Fraction(b, a), int(count) if divides else -int(count)))
    total = tower.zero
    for slope, count in parts:
        generator = engine.function("atan", tower.number(slope), ball=lambda a: a.atan())
        total = total + tower.of(generator).scaled(count)
    with precision(128):
        gap = (arb(value.numerator) / value.denominator).atan() - enclosure(total)
        eighths = (4 * gap / arb.pi()).unique_fmpz()
    assert eighths is not None
    return total + pi(engine).scaled(Fraction(int(eighths), 4))


def _two_squares(prime: int) -> tuple[int, int]:
    """prime = a^2 + b^2 with a > b, for a prime that is 1 modulo 4."""
    root = next(
        pow(k, (prime - 1) // 4, prime) for k in range(2, prime) if pow(k, (prime - 1) // 2, prime) != 1
    )
    a, b = prime, root
    while b * b > prime:
        a, b = b, a % b
    return max(b, a % b), min(b, a % b)


def _constant_angle(engine: Engine, value: Element) -> Element:
    """atan of a constant: a rational multiple of pi if that is so, else a generator with |u| <= 1."""
    tower = engine.tower
    sign = constant_sign(tower, tower.product(value.num, value.den))
    if sign == -1:
        return -_constant_angle(engine, -value)
    exact = _rational_turn(engine, value)
    if exact is not None:
        return pi(engine).scaled(exact)
    above = value - tower.one
    if constant_sign(tower, tower.product(above.num, above.den)) == 1:
        return pi(engine).scaled(Fraction(1, 2)) - _constant_angle(engine, value.inverse())
    return tower.of(engine.function("atan", value, ball=lambda a: a.atan(), low=-_BOUND, high=_BOUND))


def _rational_turn(engine: Engine, value: Element) -> Fraction | None:
    tower = engine.tower
    with precision(128):
        ball = enclosure(value).atan() / arb.pi()
        if not ball.is_finite():
            return None
        near = Fraction(float(ball.mid())).limit_denominator(_DENOMINATORS)
        if not abs(ball - arb(near.numerator) / near.denominator) < arb(2) ** -40:
            return None
    c, s = turn(engine, near)
    if c.num.is_zero():
        return None
    gap = value * c - s
    return near if vanishes(tower, gap.num) else None
