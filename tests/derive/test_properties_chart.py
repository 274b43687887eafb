"""Sign charts, against signs at sample points; constants and digits."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
import sympy
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.derive.properties_balls import complemented, jet, precision
from symderiv.derive.properties_chart import Chart, chart
from symderiv.derive.properties_constants import candidates, decimal, digits, rounded

X = sympy.Symbol("x")


def found(g: sympy.Expr, low: sympy.Expr = -sympy.oo, high: sympy.Expr = sympy.oo) -> Chart | None:
    return chart(g, "x", low, high, {}, lambda e: sympy.expand(e) == 0)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(-4, 4), min_size=1, max_size=3, unique=True),
    st.lists(st.integers(1, 3), min_size=3, max_size=3),
    st.sampled_from([sympy.Integer(1), sympy.exp(-X), 1 / (1 + X**2), sympy.exp(-(X**2) / 8)]),
)
def test_roots_and_signs_of_known_products(roots: list[int], powers: list[int], other: sympy.Expr) -> None:
    roots.sort()
    product = sympy.Mul(*((X - r) ** k for r, k in zip(roots, powers, strict=False)))
    made = found(sympy.expand(product) * other)
    assert made is not None
    assert [root.exact for root in made.roots] == roots
    middles = [
        roots[0] - 1,
        *(Fraction(a + b, 2) for a, b in pairwise(roots)),
        roots[-1] + 1,
    ]
    assert list(made.signs) == [sympy.sign(product.subs(X, sympy.Rational(m))) for m in middles]


@pytest.mark.parametrize(
    ("g", "roots"),
    [
        (X**2 - 2, ["-sqrt(2)", "sqrt(2)"]),
        (sympy.exp(X) - 3, ["log(3)"]),
        (sympy.log(X**2 + 1) - 1, [None, None]),
        (sympy.sinh(X) ** 2 - 1, ["log(-1 + sqrt(2))", "log(1 + sqrt(2))"]),
        (sympy.tanh(X) - X / 2, [None, "0", None]),
    ],
)
def test_roots_are_recognised_only_where_they_are_proved(g: sympy.Expr, roots: list[str | None]) -> None:
    made = found(g)
    assert made is not None
    assert len(made.roots) == len(roots)
    for root, wanted in zip(made.roots, roots, strict=True):
        if wanted is None:
            assert root.exact is None
        elif root.exact is not None:
            assert sympy.N(root.exact - sympy.sympify(wanted), 30) == pytest.approx(0, abs=1e-25)


def test_what_oscillates_without_end_has_no_chart() -> None:
    assert found(sympy.sin(X)) is None
    assert found(sympy.exp(-X) * sympy.sin(X)) is None
    assert found(X * sympy.sin(X)) is None


def test_a_near_miss_is_no_root() -> None:
    made = found((X - 1) ** 2 + sympy.Rational(1, 10**30))
    assert made is None or (made.signs == (1,) and not made.roots)
    two = found((X - 1) * (X - 1 - sympy.Rational(1, 10**6)))
    assert two is None or len(two.roots) == 2


@settings(max_examples=200, deadline=None)
@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(1, 15))
def test_rounding_is_to_nearest(value: Fraction, count: int) -> None:
    context = Context(prec=count, rounding=ROUND_HALF_UP)
    exact = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    assert Decimal(rounded(value, count)) == exact


@settings(max_examples=200, deadline=None)
@given(
    st.fractions(min_value=Fraction(1, 10**6), max_value=10**6),
    st.integers(-40, 40),
    st.integers(3, 30),
)
def test_no_digit_that_the_ball_does_not_certify(size: Fraction, shift: int, accuracy: int) -> None:
    value = size * Fraction(10) ** shift
    with precision():
        middle = arb(fmpq(value.numerator, value.denominator))
        radius = middle / arb(10) ** accuracy
        around = middle + arb(0, 1) * radius
        text = digits(around, 12)
        if not text:
            return
        half_unit = Fraction(10) ** Decimal(text).as_tuple().exponent / 2
        for part in (-1, -0.6, 0, 0.3, 1):
            inside = value + value * Fraction(part) / Fraction(10) ** accuracy
            assert abs(inside - Fraction(text)) <= half_unit


def test_digits_of_the_very_small() -> None:
    with precision():
        assert digits(arb(-745).exp(), 6) == "2.82235e-324"
        assert digits(arb(-(10**6)).exp(), 4) == "3.297e-434295"
        assert digits(arb(0)) == "0"
        assert digits(arb(0, 1)) == ""
        assert digits(arb(1) / 4) == "0.25"
        assert digits(arb(2).sqrt(), 15) == "1.41421356237310"
    assert decimal(Fraction(-7, 40)) == "-0.175"
    assert decimal(Fraction(1, 3)) is None


def test_candidates_lie_in_the_ball() -> None:
    with precision():
        for exact in (
            sympy.sqrt(2),
            -sympy.log(3),
            sympy.pi / 3,
            sympy.exp(-1),
            sympy.log(2 + sympy.sqrt(3)),
        ):
            enclosed = jet(exact, {}, 1)
            assert enclosed is not None
            around = enclosed[0] + arb(0, 1) * arb(10) ** -40
            assert any(sympy.N(c - exact, 40) == pytest.approx(0, abs=1e-30) for c in candidates(around))


def test_complements_keep_their_digits() -> None:
    with precision():
        (tail,) = jet((1 + sympy.erf(X)) / 2, {"x": arb(-40)}, 1) or [arb(0)]
        assert tail > 0
        assert tail.rel_accuracy_bits() > 200
        (other,) = jet(X * sympy.tanh(X) / 3 - X / 3, {"x": arb(400)}, 1) or [arb(0)]
        assert other < 0
    for total in (
        1 + sympy.erf(X),
        X - X * sympy.erf(2 * X),
        3 + 3 * sympy.tanh(X),
        2 - 2 * sympy.tanh(X) + X,
    ):
        assert sympy.N((complemented(total) - total).subs(X, sympy.Rational(3, 7)), 30) == pytest.approx(
            0, abs=1e-25
        )
