"""Claims at the edge: differences that are tiny, far away, or at single points, and compositions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpz_poly

from symderiv.catalog import load
from symderiv.field.roots import evaluate, real_cuts
from symderiv.notation.read.plain import read_plain
from symderiv.prove import Prover, Verdict

CATALOG = load()
CALLABLES = CATALOG.callables() | frozenset("fg")


def decide(left: str, right: str, **assume) -> Verdict:
    sides = (read_plain(side, functions=CALLABLES) for side in (left, right))
    return Prover(CATALOG, assume).prove(*sides)


@pytest.mark.parametrize("digits", [5, 20, 50, 200])
def test_every_interval_between_roots_and_ends_gets_a_point(digits):
    near = 1 - Fraction(1, 10**digits)
    poly = fmpz_poly([-near.numerator, near.denominator])
    cuts = real_cuts(poly, Fraction(-1), Fraction(1))
    assert [evaluate(poly, cut) > 0 for cut in cuts] == [False, True]
    assert all(-1 < cut < 1 for cut in cuts)
    with_end = real_cuts(poly * fmpz_poly([-1, 1]), Fraction(-1), Fraction(1))
    assert [evaluate(poly, cut) > 0 for cut in with_end] == [False, True]
    assert [evaluate(poly, cut) > 0 for cut in real_cuts(poly * fmpz_poly([-1, 1]), None, None)] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("function", ["erf(x)", "sin(x)", "tanh(x)", "2/pi*atan(x)"])
@pytest.mark.parametrize("digits", [5, 15, 16, 17, 40, 400])
def test_a_bound_just_below_the_supremum_is_no_bound(function, digits):
    assert not decide(function, f"Min({function}, 1 - 1/10**{digits})").is_proved
    assert not decide(f"sign({function} - 1 + 1/10**{digits})", "-1").is_proved


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("relu(acosh(y))", "Max(acosh(y), 0)"),
        ("Abs(acosh(x - 1)) + acosh(x)", "Max(acosh(x - 1), 0) + acosh(x)"),
    ],
)
def test_signs_of_quadratics_are_read_in_normal_form(left, right):
    assert decide(left, right).is_proved


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("exp(atan(x))", "exp(2*atan(x/(1 + sqrt(1 + x**2))))"),
        ("exp(2*atan(x/(1 + sqrt(1 + x**2))))", "exp(asin(x/sqrt(1 + x**2)))"),
        ("sinh(atan(x))", "sinh(pi/2*sign(x) - atan(1/x))"),
        ("exp(acos(x))", "exp(2*atan(sqrt((1 - x)/(1 + x))))"),
        ("exp(atan(sinh(x)))", "exp(2*atan(exp(x)) - pi/2)"),
        ("atan(x)/x", "atan(2*x/(1 - x**2))/(2*x) + Piecewise((0, x**2 < 1), (pi*sign(x)/(2*x), True))"),
    ],
)
def test_equal_complementary_and_half_angles_are_one_angle_inside_formulas(left, right):
    assert decide(left, right).is_proved


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("exp(atan(x))", "exp(pi/2 - atan(1/x))"),
        ("exp(2*atan(x))", "exp(atan(2*x/(1 - x**2)))"),
        ("exp(2*atan(x))", "exp(asin(2*x/(1 + x**2)))"),
        ("Piecewise((atan(1/x), x != 0), (1, True))", "pi/2*sign(x) - atan(x)"),
    ],
)
def test_angles_that_differ_by_a_turn_are_told_apart(left, right):
    assert decide(left, right).status == "refuted"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("erf(x)", "Min(erf(x), 1 - 1/10**50)"),
        ("tanh(x)", "Min(tanh(x), 1 - 1/10**30)"),
        ("gelu(x)*Max(x - 30, 0)", "x*Max(x - 30, 0)"),
        ("Min(acos(x), sinh(x))", "Min(pi + 1/10**20 - acos(-x), sinh(x))"),
    ],
)
def test_tiny_differences_far_away_are_seen(left, right):
    assert decide(left, right).status == "refuted"


def test_the_larger_of_two_functions_of_one_slope_has_that_slope():
    assert decide("D(x*Max(x, x), x)", "2*x").is_proved
    assert decide("D(Max(x, x + 1), x)", "1").is_proved
