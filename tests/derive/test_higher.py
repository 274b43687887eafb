"""Derivatives of higher order against SymPy; triangles, values at a point, Taylor polynomials."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import comb, factorial

import pytest
import sympy

from symderiv import api
from symderiv.catalog import load
from symderiv.derive.higher_triangles import _induction, matches, triangles
from symderiv.errors import InputError, SymderivError
from symderiv.meaning import to_sympy
from symderiv.prove import Prover

CATALOG = load()
X = sympy.Symbol("x")
ORDERS = {
    "sigmoid": 7,
    "tanh": 6,
    "gaussian": 6,
    "swish": 4,
    "gelu": 4,
    "softplus": 5,
    "mish": 3,
    "x**3*exp(-2*x)": 4,
    "log(1 + x**2)": 4,
    "exp(exp(x))": 5,
    "1/x": 5,
    "sin(x)*exp(x)": 5,
}
TRIANGLES = {
    "tanh": "hyperbolic-tangent",
    "tan(x)": "tangent",
    "gaussian": "hermite",
    "normal_pdf": "hermite-probability",
    "exp(exp(x))": "stirling",
    "1/x": "factorials",
}


def found(name: str, order: int, at: str | None = None):
    return api.higher(api.derive(name), order, at)


@pytest.mark.parametrize(
    ("name", "order"),
    ORDERS.items(),
)
def test_every_order_is_the_derivative(name, order):
    derivation = api.derive(name)
    higher, _ = api.higher(derivation, order)
    known = CATALOG.with_record(derivation.record)
    meaning = to_sympy(known.unfold(derivation.definition))
    point = sympy.Rational(3, 7)
    assert [one.n for one in higher.orders] == list(range(1, order + 1))
    for one in higher.orders:
        assert one.step.verdict.is_proved
        ours = to_sympy(known.unfold(one.applied)).subs(X, point).evalf(40)
        assert abs(ours - sympy.diff(meaning, X, one.n).subs(X, point).evalf(40)) < 1e-25


def test_the_worpitzky_numbers_are_found_for_the_sigmoid():
    higher, _ = found("sigmoid", 3)
    ids = [match.triangle.id for match in higher.pattern.matches]
    assert ids == ["worpitzky", "stirling"]
    rows = next(one for one in triangles() if one.id == "worpitzky").rows(7)
    for n, row in enumerate(rows):
        for k, value in row.items():
            explicit = sum((-1) ** (k - i) * comb(k, i) * (i + 1) ** n for i in range(k + 1))
            assert value == explicit


@pytest.mark.parametrize(
    ("name", "triangle"),
    TRIANGLES.items(),
)
def test_triangles_are_found_from_the_rule_alone(name, triangle):
    higher, _ = found(name, 2)
    assert triangle in [match.triangle.id for match in higher.pattern.matches]


@pytest.mark.parametrize(
    "name", ["sigmoid", "tanh", "3*tanh(x/2)", "gaussian", "exp(exp(x))", "tan(x)", "1/x"]
)
def test_closed_forms_give_the_derivatives(name):
    derivation = api.derive(name)
    higher, _ = api.higher(derivation, 2)
    meaning = to_sympy(CATALOG.with_record(derivation.record).unfold(derivation.definition))
    point = sympy.Rational(2, 7)
    whole = meaning.subs(X, point).evalf(40)
    pattern = higher.pattern
    curve = pattern.logistic
    match = curve.match if curve else pattern.matches[0]
    assert match.verdict.is_proved
    rows = match.triangle.rows(8)
    letter = to_sympy(CATALOG.unfold(pattern.letter)).subs({X: point, sympy.Symbol("y"): whole})
    if curve:
        letter = (whole - sympy.Rational(str(curve.low))) / sympy.Rational(str(curve.high - curve.low))
    front = sympy.Rational(str(curve.high - curve.low)) if curve else whole if pattern.rate else 1
    for n in range(1, 6):
        total = 0
        for place, value in rows[n + match.down - pattern.start].items():
            k = place - match.right
            weight = factorial(k - 1) if match.weight == 1 else factorial(k) if match.weight else 1
            size = match.scale * match.sign**n * match.ratio**k * weight * value
            total += sympy.Rational(str(size)) * letter**k
        exact = sympy.diff(meaning, X, n).subs(X, point).evalf(40)
        assert abs((front * total).evalf(40) - exact) < 1e-28 * max(1, abs(exact))


def test_a_triangle_that_agrees_by_chance_is_not_proved():
    stirling = next(one for one in triangles() if one.id == "stirling")
    higher, _ = found("exp(exp(x))", 2)
    operator = {0: {1: Fraction(1)}, 1: {0: Fraction(1)}}
    one = Fraction(1)
    fit = (one, one, one, 0, 0, 0)
    assert _induction(fit, stirling, operator, Prover()).is_proved
    assert not _induction(fit, stirling, {**operator, 1: {0: Fraction(2)}}, Prover()).is_proved
    assert not _induction(fit, replace(stirling, above=stirling.above_left), operator, Prover()).is_proved
    assert not list(matches([{1: one}, {1: one, 2: Fraction(5)}], operator, Prover()))
    assert higher.pattern is not None


def test_values_are_exact_and_taylor_agrees():
    higher, at = found("tanh", 7, "0")
    assert [one.exact for one in at.values] == [0, 1, 0, -2, 0, 16, 0, -272]
    series = sympy.series(sympy.tanh(X), X, 0, 8).removeO()
    assert sympy.expand(to_sympy(at.taylor) - series) == 0
    _, log2 = found("log(1 + x)", 4, "0")
    assert [one.exact for one in log2.values] == [
        0,
        *((-1) ** (n - 1) * factorial(n - 1) for n in range(1, 5)),
    ]
    _, one = found("sigmoid", 2, "1")
    assert one.values[1].exact is None
    assert one.values[1].digits == "0.196611933241482"
    assert one.taylor is None
    assert higher.orders[-1].n == 7


@pytest.mark.parametrize("order", [0, -1, 41])
def test_orders_out_of_range_are_refused(order):
    with pytest.raises(InputError):
        found("sigmoid", order)


def test_no_derivative_at_a_kink_and_none_of_vectors():
    with pytest.raises(InputError):
        found("relu", 1, "0")
    with pytest.raises(SymderivError):
        found("softmax", 2)
    with pytest.raises(InputError):
        found("sigmoid", 2, "x")
