"""`is_zero`: is an element 0 at every point where it has a value? The normal form, and three relations.

1. the numerator is 0, or each coefficient is an algebraic number that is proved to be 0;
2. a sum of logarithms n log|f| + ... is 0 if the product |f|^n ... is 1;
3. a constant w with |w| < pi is 0 if sin w = 0.
"""

from __future__ import annotations

import math
from fractions import Fraction

from flint import arb, fmpq

from symderiv import limits
from symderiv.field.angles import cos_sin
from symderiv.field.constants import enclosure, precision, vanishes
from symderiv.field.engine import Engine
from symderiv.field.tower import Element, as_fraction


def is_zero(engine: Engine, value: Element) -> bool:
    """Is the element proved to be 0?"""
    tower = engine.tower
    if vanishes(tower, value.num):
        return True
    kinds = {g.kind for g in tower.used(value.num)}
    if "log" in kinds and _product_is_one(engine, value):
        return True
    return bool(kinds & {"atan", "asin"}) and _angle_is_zero(engine, value)


def _product_is_one(engine: Engine, value: Element) -> bool:
    """n log|f| + m log|g| + ... = 0 for each coefficient of what is not a logarithm."""
    tower = engine.tower
    logs = {tower.column(g.position): g for g in tower.used(value.num) if g.kind == "log"}
    groups: dict[tuple[int, ...], dict[int, Fraction]] = {}
    for exponents, coefficient in value.num.terms():
        inside = [column for column in logs if exponents[column]]
        if len(inside) != 1 or exponents[inside[0]] != 1:
            return False
        outer = list(exponents)
        outer[inside[0]] = 0
        groups.setdefault(tuple(outer), {})[inside[0]] = as_fraction(coefficient)
    for group in groups.values():
        scale = math.lcm(*(c.denominator for c in group.values()))
        weights = {column: int(c * scale) for column, c in group.items()}
        common = math.gcd(*weights.values())
        product = tower.one
        for column, weight in weights.items():
            power = 2 * weight // common
            argument = logs[column].argument
            if argument is None or abs(power) > limits.MAX_EXPONENT:
                return False
            product = product * argument**power
        if not vanishes(tower, (product - tower.one).num):
            return False
    return True


def _angle_is_zero(engine: Engine, value: Element) -> bool:
    tower = engine.tower
    if not tower.is_constant(value.num) or not tower.is_constant(value.den):
        return False
    with precision(128):
        ball = enclosure(value)
    if not ball.is_finite() or not ball.contains(0) or not abs(ball) < 1:
        return False
    scale = math.lcm(*(int(c.q) for c in value.num.coeffs()))
    if scale > limits.MAX_EXPONENT or not abs(ball * arb(fmpq(scale))) < 3:
        return False
    sine = cos_sin(engine, value.scaled(scale))[1]
    return vanishes(tower, sine.num)
