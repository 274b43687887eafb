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
