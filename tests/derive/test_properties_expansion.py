"""Expansions: limits that are exact, and signs that hold from the named start on."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.derive.properties_balls import ball, jet, precision
from symderiv.derive.properties_expansion import Expander
from symderiv.derive.properties_ground import Unsettled
from symderiv.derive.properties_series import Place

X, BETA = sympy.symbols("x beta")
E = sympy.exp


def limit(expr: sympy.Expr, at: sympy.Expr, side: int = -1) -> sympy.Expr | None:
    expander = Expander("x", Place(at, side), {"beta": "positive"})
    return expander.limit(expander.of(expr))


@pytest.mark.parametrize(
    ("expr", "at", "side", "value"),
    [
        (1 / (1 + E(-X)), sympy.oo, -1, 1),
        (X / (1 + E(-X)), -sympy.oo, -1, 0),
        (sympy.log(1 + E(X)) - X, sympy.oo, -1, 0),
        (sympy.sqrt(X**2 + X) - X, sympy.oo, -1, sympy.Rational(1, 2)),
        (sympy.log(sympy.cosh(X)) - X, sympy.oo, -1, -sympy.log(2)),
        (X * (1 + sympy.erf(X)), -sympy.oo, -1, 0),
        (sympy.erfc(X) * E(X**2) * X, sympy.oo, -1, 1 / sympy.sqrt(sympy.pi)),
        (sympy.atan(X) * X - sympy.pi * X / 2, sympy.oo, -1, -1),
        (E(-E(-X)), -sympy.oo, -1, 0),
        (E(-X) * sympy.sin(X), sympy.oo, -1, 0),
        (X * sympy.log(X), sympy.Integer(0), 1, 0),
        (E(-1 / X**2) / X**7, sympy.Integer(0), -1, 0),
        (sympy.sin(X) / X, sympy.Integer(0), 1, 1),
        ((1 - sympy.cos(X)) / X**2, sympy.Integer(0), -1, sympy.Rational(1, 2)),
        (1 / X, sympy.Integer(0), -1, -sympy.oo),
        (sympy.asin(X), sympy.Integer(1), -1, sympy.pi / 2),
        (sympy.acos(X) / sympy.sqrt(1 - X), sympy.Integer(1), -1, sympy.sqrt(2)),
        (X / (1 + E(-BETA * X)), -sympy.oo, -1, 0),
        (BETA * sympy.tanh(X), -sympy.oo, -1, -BETA),
    ],
)
def test_limits(expr: sympy.Expr, at: sympy.Expr, side: int, value: object) -> None:
    found = limit(expr, at, side)
    assert found is not None
    assert sympy.expand(found - value) == 0 if found not in (sympy.oo, -sympy.oo) else found == value


@pytest.mark.parametrize(
    "expr", [sympy.sin(X), X * sympy.sin(X), sympy.log(2 + sympy.sin(X)), E(E(X)), sympy.tan(X)]
)
def test_no_limit_is_made_up(expr: sympy.Expr) -> None:
    with suppress(Unsettled):
        assert limit(expr, sympy.oo) is None


ATOMS = st.sampled_from(
    [
        *(X, 1 / (1 + E(-X)), sympy.tanh(X), E(-X), E(-(X**2)), sympy.log(1 + E(X)), sympy.sqrt(1 + X**2)),
        *(sympy.atan(X), sympy.erf(X), 1 / (1 + X), sympy.log(X), sympy.sin(X) * E(-X / 2)),
    ]
)
WEIGHTS = st.fractions(min_value=-3, max_value=3, max_denominator=6).map(
    lambda f: sympy.Rational(f.numerator, f.denominator)
)


@settings(max_examples=60, deadline=None)
@given(ATOMS, ATOMS, ATOMS, WEIGHTS, WEIGHTS)
def test_a_certified_sign_holds_from_the_start_on(
    a: sympy.Expr, b: sympy.Expr, c: sympy.Expr, v: sympy.Expr, w: sympy.Expr
) -> None:
    expr = sympy.diff(a * b + v * c + w, X) if v else a * c - w
    start = Fraction(6)
    with precision():
        try:
            expander = Expander("x", Place(sympy.oo), {}, start)
            sign = expander.sign(expander.of(expr))
        except Unsettled:
            return
    with precision(2000):
        for point in (start, Fraction(13, 2), Fraction(9), Fraction(17), Fraction(55)):
            value = jet(expr, {"x": ball(point)}, 1)
            assert value is not None
            assert not (value[0] * sign < 0)
            assert sign or value[0].contains(0)


@settings(max_examples=40, deadline=None)
@given(ATOMS, ATOMS, WEIGHTS)
def test_the_hull_holds_every_value(a: sympy.Expr, b: sympy.Expr, w: sympy.Expr) -> None:
    start = Fraction(6)
    with precision():
        try:
            expander = Expander("x", Place(sympy.oo), {}, start)
            series = expander.of(a * b / (1 + X**2) + w)
            hull = expander.hull(series)
        except Unsettled:
            return
        for point in (start, Fraction(8), Fraction(23), Fraction(111)):
            value = jet(a * b / (1 + X**2) + w, {"x": ball(point)}, 1)
            assert value is not None
            assert hull.overlaps(value[0])
