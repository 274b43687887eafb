"""Constants: enclosures, signs, and the proof that an algebraic number is 0.

An expression U/L of algebraic integers whose conjugates are bounded by u and l, of degree at most D,
is either 0 or at least 1/(u^(D-1) l) in absolute value (the norm of U is a non-zero integer). An
enclosure narrower than that, around 0, is a proof (Burnikel, Fleischer, Mehlhorn, Schirra 2000).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from flint import arb, ctx, fmpq, fmpq_mpoly

from symderiv.field.tower import Element, Generator, Tower, as_fraction

_MAX_BITS = 12_000
_SIGN_BITS = (64, 256, 1024)


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Enclosures of that many bits inside the block."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def enclosure(element: Element) -> arb:
    """An enclosure of a constant element at the precision in force (NaN where there is none)."""
    den = polynomial_ball(element.tower, element.den)
    return polynomial_ball(element.tower, element.num) / den


def polynomial_ball(tower: Tower, poly: fmpq_mpoly) -> arb:
    """An enclosure of a polynomial in constant generators."""
    values = {g.position: generator_ball(g) for g in tower.used(poly)}
    total = arb(0)
    for exponents, coefficient in poly.terms():
        term = arb(coefficient)
        for position, value in values.items():
            exponent = exponents[tower.column(position)]
            if exponent:
                term *= value**exponent
        total += term
    return total


def generator_ball(generator: Generator) -> arb:
    """An enclosure of a constant generator."""
    if generator.ball is None:
        return arb.nan()
    argument = arb(0) if generator.argument is None else enclosure(generator.argument)
    return generator.ball(argument)


def constant_sign(tower: Tower, poly: fmpq_mpoly) -> int | None:
    """The sign of a constant polynomial: 1, -1, 0 (proved), or None."""
    if poly.is_constant():
        value = Fraction(0) if poly.is_zero() else as_fraction(poly.leading_coefficient())
        return (value > 0) - (value < 0)
    for bits in _SIGN_BITS:
        with precision(bits):
            ball = polynomial_ball(tower, poly)
        if not ball.is_finite():
            return None
        if ball > 0:
            return 1
        if ball < 0:
            return -1
    return 0 if vanishes(tower, poly) else None


def vanishes(tower: Tower, poly: fmpq_mpoly) -> bool:
    """Is the polynomial proved to be 0 everywhere: each coefficient, over what is not algebraic, is 0?"""
    if poly.is_zero():
        return True
    used = tower.used(poly)
    columns = [tower.column(g.position) for g in used if g.algebraic is None]
    if len(columns) == len(used):
        return False
    groups: dict[tuple[int, ...], dict[tuple[int, ...], fmpq]] = {}
    for exponents, coefficient in poly.terms():
        outer = tuple(exponents[c] for c in columns)
        inner = list(exponents)
        for c in columns:
            inner[c] = 0
        groups.setdefault(outer, {})[tuple(inner)] = coefficient
    parts = sorted(groups.values(), key=len)
    return all(len(part) > 1 for part in parts) and all(
        _algebraic_zero(tower, tower.context.from_dict(part)) for part in parts
    )


def _algebraic_zero(tower: Tower, poly: fmpq_mpoly) -> bool:
    with precision(128):
        ball = polynomial_ball(tower, poly)
    if not ball.is_finite() or not ball.contains(0):
        return False
    upper, lower = size_bounds(tower, poly)
    degree = 1
    for generator in _all_generators(tower, poly):
        assert generator.algebraic is not None
        degree *= generator.algebraic[0]
    bits = math.ceil((degree - 1) * max(upper, 0.0) + max(lower, 0.0)) + 8
    if bits > _MAX_BITS:
        return False
    with precision(bits + 64):
        ball = polynomial_ball(tower, poly)
    return bool(ball.is_finite() and ball.contains(0) and ball.abs_upper() < arb(2) ** (-bits))


def size_bounds(tower: Tower, poly: fmpq_mpoly) -> tuple[float, float]:
    """log2 of bounds (u, l): poly = U/L, conjugates of the algebraic integers U, L at most u, l."""
    used = [g for g in tower.used(poly) if g.algebraic is not None]
    degrees = poly.degrees()
    common = math.lcm(*(int(c.q) for c in poly.coeffs()))
    lower = math.log2(common)
    for g in used:
        assert g.algebraic is not None
        lower += g.algebraic[2] * int(degrees[tower.column(g.position)])
    upper = -math.inf
    for exponents, coefficient in poly.terms():
        scaled = abs(as_fraction(coefficient)) * common
        size = math.log2(int(scaled))
        for g in used:
            assert g.algebraic is not None
            column = tower.column(g.position)
            power = int(exponents[column])
            size += g.algebraic[1] * power + g.algebraic[2] * (int(degrees[column]) - power)
        upper = max(upper, size)
    # log2 of a sum of n terms; the margin covers the rounding of the logarithms
    return upper + math.log2(len(poly)) + 1, lower + 1


def _all_generators(tower: Tower, poly: fmpq_mpoly) -> list[Generator]:
    found: dict[int, Generator] = {}
    stack = list(tower.used(poly))
    while stack:
        generator = stack.pop()
        if generator.position not in found:
            found[generator.position] = generator
            if generator.argument is not None and generator.kind == "root":
                stack += tower.used(generator.argument.num)
    return [found[k] for k in sorted(found)]


def root_bounds(tower: Tower, poly: fmpq_mpoly, degree: int) -> tuple[int, float, float] | None:
    """The `algebraic` entry of |poly|^(1/degree), or None if poly is not algebraic."""
    if any(g.algebraic is None for g in tower.used(poly)):
        return None
    upper, lower = size_bounds(tower, poly)
    if upper >= lower:
        return degree, (upper + (degree - 1) * lower) / degree, lower
    return degree, upper, ((degree - 1) * upper + lower) / degree
