"""Claims at the edge: differences that are tiny, far away, or at single points, and compositions."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from flint import fmpz_poly

from symderiv.catalog import load
from symderiv.field.roots import evaluate, real_cuts
from symderiv.notation.read.plain import read_plain
from symderiv.prove import Prover, Verdict
from symderiv.prove.claim import Claim
from symderiv.prove.prover import Ladder

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


@pytest.mark.parametrize(
    ("left", "right", "conditions"),
    [
        ("D(Piecewise((0, x < 1), (1, True)), x)", "0", {"x != 1"}),
        ("Piecewise((x, x > 0))", "Abs(x)", {"x > 0"}),
        ("Piecewise((x, x >= 0), (x, y > 0))", "x", set()),
        ("Piecewise((x, And(x >= 0, y < 1)))", "Abs(x)", {"x >= 0", "y < 1"}),
        ("Piecewise((x, x < 0), (x, 0 < x))", "x", {"x != 0"}),
    ],
)
def test_where_no_case_applies_there_is_no_value(left, right, conditions):
    left = left.replace("And(x >= 0, y < 1)", "(x >= 0) & (y < 1)")
    verdict = decide(left, right)
    assert verdict.is_proved
    assert set(verdict.conditions) == conditions


def test_functions_of_several_arguments_have_values():
    assert decide("a*f(x, y) + f(x, y)", "(a + 1)*f(x, y)").is_proved
    assert decide("f(x, y)", "f(y, x)").status == "refuted"
    assert decide("D(f(x, y**2), y)", "D(f(x, y**2), y) + x").status == "refuted"


def test_large_multiples_of_an_angle_are_angles_of_their_own():
    assert decide("cos(a*a - 125)", "cos(125 - a**2)").is_proved
    assert decide("cos(1000*x)", "2*cos(50*x)**2 - 1").status == "refuted"


def test_what_was_proved_before_takes_no_proof_away():
    history = [("exp(x*(1 + 1/10**40))", "exp(x)"), ("cos(x/64)", "sin(x)"), ("x**(1/60)", "sqrt(x)")]
    claims = [("log(exp(x))", "x"), ("Abs(tanh(x))", "tanh(Abs(x))"), ("atan(sinh(x))", "asin(tanh(x))")]
    prover = Prover(CATALOG)
    for left, right in history:
        assert prover.prove(read_plain(left), read_plain(right)).status == "refuted"
        for one, other in claims:
            verdict = prover.prove(read_plain(one), read_plain(other))
            assert verdict.is_proved
            assert verdict.how != "simplify"


def test_many_borders_do_not_keep_the_far_points_from_being_looked_at():
    steps = "".join(f" + Piecewise((x, x < {k}/3), (x, True))" for k in range(-12, 12))
    assert decide(f"24*x{steps}", f"48*x{steps.replace('(x,', '(0,')} + relu(x - 50)").status == "refuted"
    assert decide(f"0*x{steps}", "24*x + relu(x - 50)").status == "refuted"


def proved_without_refuter(left: str, right: str) -> bool:
    """Does the proof half alone prove the claim?"""
    claim = Claim.of(read_plain(left), read_plain(right), CATALOG.unfold)
    ladder = Ladder(Prover(CATALOG), claim, time.monotonic() + 20)
    return bool(ladder.by_algebra() or ladder.by_cells())


def test_high_powers_of_one_generator_keep_their_exponents():
    beside = "exp(x/500) - exp(x/500)"
    assert not proved_without_refuter(f"log(exp(x)) + {beside}", "x/500")
    assert not proved_without_refuter(f"sqrt(exp(x)) + {beside}", "exp(x/1000)")
    assert proved_without_refuter(f"log(exp(x)) + {beside}", "x")
    assert proved_without_refuter("log(x**501*(x + 1)**3)", "501*log(x) + 3*log(x + 1)")
    assert proved_without_refuter("sqrt(x**1000)", "Abs(x**500)")
    assert not proved_without_refuter("sqrt(x**1000)", "Abs(x)")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("exp(0.123456789*x)*exp(0.876543211*x)", "exp(x)"),
        ("tanh(1.23456789*x)", "2*sigmoid(2.46913578*x) - 1"),
        ("2*sigmoid(2.46913578*x) - 1", "tanh(1.23456789*x)"),
        ("D(tanh(1.23456789*x), x)", "1.23456789*(1 - tanh(1.23456789*x)**2)"),
        ("x*(1 + tanh(0.7978845608*(x + 0.044715*x**3)))/2", "x*sigmoid(1.5957691216*(x + 0.044715*x**3))"),
        ("x**1.702*x**0.298", "x**2"),
        ("D(x**1.23456789, x)*x", "1.23456789*x**1.23456789"),
        ("sqrt(x**2.46913578)", "x**1.23456789"),
        ("2**1.23456789*2**0.76543211", "4"),
        ("exp(0.1234567*x + 0.7654321*y)", "exp(0.1234567*(x + y))*exp(0.6419754*y)"),
    ],
)
def test_exponents_with_many_digits_are_related_by_small_weights(left, right):
    assert proved_without_refuter(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("exp(0.123456789*x)*exp(0.876543212*x)", "exp(x)"),
        ("tanh(1.23456789*x)", "2*sigmoid(2.46913577*x) - 1"),
        ("x**1.702*x**0.297", "x**2"),
        ("gelu_tanh(x)", "x*(1 + tanh(0.7978845608028654*(x + 0.044715*x**3)))/2"),
    ],
)
def test_exponents_that_differ_in_the_last_digit_are_told_apart(left, right):
    assert decide(left, right).status == "refuted"
    assert not proved_without_refuter(left, right)


@pytest.mark.parametrize("outer", ["{}", "erf({})", "exp({})", "f({})"])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("sqrt(relu(x))", "sqrt(Abs(x))"),
        ("sqrt(x*(1 + sin(y)))", "sqrt(Abs(x)*(1 + sin(y))) + x - Abs(x)"),
        ("sqrt(x + Abs(x))", "sqrt(2*Abs(x))"),
    ],
)
def test_a_product_with_a_factor_that_vanishes_says_nothing_of_the_others(outer, left, right):
    claim = Claim.of(
        *(read_plain(outer.format(s), functions=CALLABLES) for s in (left, right)), CATALOG.unfold
    )
    ladder = Ladder(Prover(CATALOG), claim, time.monotonic() + 20)
    assert not ladder.by_algebra()
    assert not ladder.by_cells()


def test_a_bound_that_is_reached_is_no_strict_bound():
    assert "sin(x) + 1 != 0" in decide("1/(1 + sin(x))", "(1 - sin(x))/cos(x)**2").conditions
    assert not decide("sign(1 + sin(x))", "1").is_proved
    assert decide("sign(2 + sin(x))", "1").is_proved
    assert decide("sign(1 + exp(x))", "1").is_proved
