"""Single claims: how they are decided, where they hold, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from symderiv.catalog import load
from symderiv.notation.read.plain import read_plain
from symderiv.prove import Prover, Verdict
from symderiv.prove.balls import Evaluator, value
from symderiv.prove.worker import simplifies_to_zero, stop

CATALOG = load()


def decide(left: str, right: str, **assume) -> Verdict:
    return Prover(CATALOG, assume).prove(read_plain(left), read_plain(right))


@pytest.mark.parametrize(
    ("left", "right", "how"),
    [
        ("sin(x)", "sin(x)", "structural"),
        ("tanh(x)", "2*sigmoid(2*x) - 1", "normal-form"),
        ("Max(x, y, z)", "Max(Max(z, y), x)", "cells"),
        ("atan(sinh(x))", "2*atan(tanh(x/2))", "normal-form"),
        ("atan(x) + atan((1 - x)/(1 + x))", "pi/4 - Piecewise((pi, x < -1), (0, True))", "derivative"),
        ("Sum(softmax(z)[k], k, 1, n)", "1", "index"),
    ],
)
def test_the_rung_is_named(left, right, how):
    verdict = decide(left, right)
    assert (verdict.status, verdict.how) == ("proved", how)


@pytest.mark.parametrize(
    ("left", "right", "conditions"),
    [
        ("log(x**2)", "2*log(x)", {"x > 0"}),
        ("(x**2 - 1)/(x - 1)", "x + 1", {"x != 1"}),
        ("D(log(x), x)", "1/x", {"x > 0"}),
        ("D(Abs(x), x)", "sign(x)", {"x != 0"}),
        ("sqrt(x)**2", "x", {"x >= 0"}),
        ("1/(x**2 + 1)", "1/(1 + x**2)", set()),
        ("log(1 + exp(x))", "softplus(x)", set()),
        ("log(x + sqrt(x**2 + 1))", "asinh(x)", set()),
        ("atanh(x)", "(log(1 + x) - log(1 - x))/2", {"x > -1", "x < 1"}),
        ("sqrt(4 - x**2)**2", "4 - x**2", {"x >= -2", "x <= 2"}),
        ("1/(exp(x) - 1)", "exp(-x)/(1 - exp(-x))", {"x != 0"}),
        ("x**n/x**n", "1", {"x > 0"}),
        ("log(x**y)", "y*log(x)", {"x > 0"}),
        ("sqrt(x)/x", "1/sqrt(x)", {"x > 0"}),
        ("log(x)*log(x - 2)", "log(x - 2)*log(x)", {"x > 2"}),
        ("Sum(1/(x + k), k, 1, 2)", "(2*x + 3)/((x + 1)*(x + 2))", {"x != -1", "x != -2"}),
        ("Sum(x**k, k, 0, 2)", "1 + x + x**2", set()),
        ("Piecewise((log(x), x > 0), (0, True))", "Piecewise((log(Abs(x)), x > 0), (0, True))", set()),
    ],
)
def test_conditions_are_the_common_domain(left, right, conditions):
    verdict = decide(left, right)
    assert verdict.is_proved
    assert set(verdict.conditions) == conditions


def test_assumptions_settle_conditions():
    assert decide("x**n/x**n", "1", n="integer").conditions == ("x != 0",)
    assert decide("log(x**2)", "2*log(x)", x="positive").conditions == ()
    assert decide("sqrt(x**2)", "x", x="nonnegative").is_proved
    assert decide("sqrt(x**2)", "x").witness == (("x", Fraction(-2, 3)),)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("sqrt(-1 - x**2)", "log(-1 - x**2)"),
        ("log(x) + log(-x)", "log(x) + log(-x) + 1"),
        ("sqrt(x**2 - 2) + sqrt(2 - x**2)", "5"),
        ("1/(x - x)", "2/(x - x)"),
    ],
)
def test_an_empty_common_domain_is_undecided(left, right):
    assert decide(left, right).status == "undecided"


@pytest.mark.parametrize(
    ("left", "right", "witness"),
    [
        ("Piecewise((5, x == 3), (x, True))", "x", {"x": 3}),
        ("Piecewise((1, x > 0), (0, True))", "Piecewise((1, x >= 0), (0, True))", {"x": 0}),
    ],
)
def test_a_single_wrong_point_is_found(left, right, witness):
    assert dict(decide(left, right).witness) == witness


def test_lone_points_of_the_domain_count():
    left = "sqrt(x*(x - 2)) + sqrt(x*(3 - x)) + Abs(x - 2)"
    verdict = decide(left, left.replace("Abs(x - 2)", "x - 2"))
    assert verdict.status == "refuted"
    assert dict(verdict.witness) == {"x": 0}


def test_indices_have_a_witness_with_sizes():
    verdict = decide("D(softmax(z)[i], z[j])", "softmax(z)[i]*(delta(i, j) + softmax(z)[j])")
    assert verdict.status == "refuted"
    assert {"i", "j", "n", "z[1]"} <= set(dict(verdict.witness))


@pytest.mark.parametrize("text", ["9**9**9**9", "2**(10**9)", "(x + y)**1000", "Sum(k, k, 1, 10**7)"])
def test_large_computations_are_refused(text):
    verdict = decide(text, "1")
    assert verdict.status in ("undecided", "refuted")
    if verdict.status == "undecided":
        assert verdict.how == "limit"


def test_a_prover_without_time_is_undecided():
    verdict = Prover(CATALOG, {}, seconds=0.0).prove(read_plain("sin(x)**2"), read_plain("1 - cos(x)**2"))
    assert (verdict.status, verdict.how) == ("undecided", "limit")


def test_what_is_no_value_is_outside_the_class():
    assert decide("diag(x)", "x").how == "outside-class"


def test_a_chain_of_lines_shares_its_parts():
    lines = ["D(1/(1 + exp(-x)), x)", "exp(-x)/(1 + exp(-x))**2", "sigmoid(x)*(1 - sigmoid(x))"]
    chain = Prover(CATALOG)
    terms = [read_plain(line) for line in lines]
    assert all(chain.prove(a, b).is_proved for a, b in pairwise(terms))


def test_balls_enclose_with_the_digits_asked_for():
    ball = value(read_plain("exp(1)*(1 - tanh(20)**2)"), {}, digits=40)
    assert ball is not None
    assert ball.rel_accuracy_bits() >= 130
    assert value(read_plain("x**2 - 2*x + 1"), {"x": Fraction(1)}).is_zero()
    assert value(read_plain("log(x)"), {"x": Fraction(-1)}) is None
    assert value(read_plain("D(x**3, x)"), {"x": Fraction(2)}) == 12


@pytest.mark.parametrize("text", ["sqrt(-1)", "1/0", "asin(2)", "(-8)**(1/3)", "acosh(0)", "0**(-1)", "x"])
def test_no_ball_without_a_real_value(text):
    assert value(read_plain(text), {}) is None


def test_exact_arithmetic_lasts_as_long_as_it_can():
    found = Evaluator({"x": Fraction(1, 3)}).of(read_plain("Max(x, 1/3)*sqrt(9/4) + Abs(-x)"))
    assert str(found) == "5/6"


def test_the_worker_answers_and_can_be_stopped():
    assert simplifies_to_zero(read_plain("(x + 1)**2"), read_plain("x**2 + 2*x + 1"), 5.0)
    assert not simplifies_to_zero(read_plain("x"), read_plain("x + 1"), 5.0)
    stop()
    stop()
