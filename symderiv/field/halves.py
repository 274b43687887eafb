"""atan u in terms of an angle that is there already: equal, complementary, half or double.

With t = tan A and s the sign generator of what is named: u t = 1 gives atan u = s(u) pi/2 - A; so does
2 u t = 1 - u^2 for twice atan u; t (1 - u^2) = 2u gives 2 atan u = A + k pi, where k is 0, 1 or -1 by the
signs of 1 - u^2 and of u.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.field.angles import pi
from symderiv.field.engine import Engine
from symderiv.field.products import abs_power, sign_of
from symderiv.field.tower import Element, Generator

_HALF = Fraction(1, 2)
_MAX_ANGLES = 6
_MAX_LENGTH = 12


def related(engine: Engine, u: Element) -> Element | None:
    """atan u by an angle of the tower, or None."""
    if max(len(u.num), len(u.den)) > _MAX_LENGTH:
        return None
    for angle, tangent in _angles(engine):
        for sign in (1, -1):
            found = _relation(engine, u, tangent.scaled(sign), angle.scaled(sign))
            if found is not None:
                return found
    return None


def _angles(engine: Engine) -> Iterator[tuple[Element, Element]]:
    """Angles between -pi/2 and pi/2 with their tangents, the newest first."""
    generators = [g for g in engine.tower.generators if g.kind in ("atan", "asin") and not g.constant]
    for generator in generators[: -_MAX_ANGLES - 1 : -1]:
        tangent = _tangent(engine, generator)
        if tangent is not None and max(len(tangent.num), len(tangent.den)) <= _MAX_LENGTH:
            yield engine.tower.of(generator), tangent


def _tangent(engine: Engine, generator: Generator) -> Element | None:
    u = generator.argument
    if u is None or generator.kind == "atan":
        return u
    return u * abs_power(engine, engine.tower.one - u * u, -_HALF)


def _relation(engine: Engine, u: Element, t: Element, angle: Element) -> Element | None:
    one = engine.tower.one
    quarter = pi(engine).scaled(_HALF)
    if _same(u, t):
        return angle
    if _same(u * t, one):
        return quarter * sign_of(engine, u) - angle
    below, twice = one - u * u, u.scaled(2)
    if _same(t * twice, below):
        return (quarter * sign_of(engine, u) - angle).scaled(_HALF)
    if _same(t * below, twice):
        return (angle + _wrapped(engine, u, below)).scaled(_HALF)
    below, twice = one - t * t, t.scaled(2)
    if _same(u * twice, below):
        return quarter * sign_of(engine, t) - angle.scaled(2)
    if _same(u * below, twice):
        return angle.scaled(2) - _wrapped(engine, t, below)
    return None


def _wrapped(engine: Engine, tangent: Element, below: Element) -> Element:
    """2 atan v - atan(tan(2 atan v)): 0 where 1 - v^2 > 0, else pi with the sign of v."""
    outside = (engine.tower.one - sign_of(engine, below)).scaled(_HALF)
    if outside.num.is_zero():
        return outside
    return pi(engine) * sign_of(engine, tangent) * outside


def _same(a: Element, b: Element) -> bool:
    return (a - b).num.is_zero()
