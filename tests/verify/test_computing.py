"""Where forms lose their digits, and programs as NumPy functions for readers."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv import api
from symderiv.catalog import load
from symderiv.derive.target import record_of
from symderiv.kernels import numbers
from symderiv.kernels.listing import listing, single, worst
from symderiv.kernels.rounding import ROUNDED
from symderiv.meaning import differentiate, to_sympy
from symderiv.notation.read.plain import read_plain
from symderiv.verify.arithmetic import computed, rounded
from symderiv.verify.computing import computing
from symderiv.verify.losses import Judge, Stretch

POINTS = np.concatenate([-np.logspace(2.5, -6, 150), [0.0], np.logspace(-6, 2.5, 150)])


def program(text):
    catalog = load()
    record = record_of(text, catalog, name="unseen" if catalog.find(text) is None else None)
    x = sympy.Symbol("x")
    return single(differentiate(to_sympy(record.concrete, catalog), x), x, {})


@pytest.mark.parametrize("text", ["sigmoid", "tanh", "swish", "logcosh", "x*atan(exp(x))", "exp(-x**2)*x"])
def test_the_listing_computes_what_the_program_computes(text):
    found = program(text)
    space: dict = {}
    exec(listing(found.program, "f", "x", {}), space)
    with np.errstate(all="ignore"):
        values = numbers.run(found.program, {"x": POINTS})
        np.testing.assert_array_equal(space["f"](POINTS), np.broadcast_to(values, POINTS.shape))


def test_the_program_of_a_listing_rounds_to_single_precision():
    for text in ("sigmoid", "swish"):
        ulp, points = worst(program(text), "x", {})
        assert ulp <= 0.501
        assert points > 300


def test_what_stands_on_the_right_is_in_brackets():
    """The order of operations is that of the program, not that of a reader: a (b c) is not (a b) c."""
    from symderiv.kernels.program import Builder

    generator = random.Random(5)
    for _ in range(60):
        put = Builder()
        places = [put.input("x"), put.op("exp", put.input("x")), put.const(-3.7), put.const(1.1)]
        for _ in range(9):
            op = generator.choice(["add", "sub", "mul", "div", "neg"])
            args = [generator.choice(places) for _ in range(1 if op == "neg" else 2)]
            places.append(put.op(op, *args))
        found = put.finish(put.op("add", places[-1], put.input("x")))
        space: dict = {}
        exec(listing(found, "f", "x", {}), space)
        points = np.linspace(-3, 3, 41)
        with np.errstate(all="ignore"):
            np.testing.assert_array_equal(space["f"](points), numbers.run(found, {"x": points}))


@pytest.mark.parametrize("name", sorted(ROUNDED))
def test_correctly_rounded_functions_are_next_to_those_of_numpy(name):
    points = np.linspace(0.01, 0.99, 97) + (1.0 if name == "arccosh" else 0.0)
    for kind, ulps in ((np.float64, 6), (np.float32, 6)):
        given_ = points.astype(kind)
        found = ROUNDED[name](given_)
        assert found.dtype == kind
        np.testing.assert_array_max_ulp(found, getattr(np, name)(given_), ulps)
    assert np.isnan(ROUNDED[name](np.array([np.nan]))).all()


def test_an_overflow_is_heard():
    with np.errstate(over="raise"), pytest.raises(FloatingPointError):
        ROUNDED["exp"](np.array([1.0, 800.0]))


@settings(max_examples=150, deadline=None)
@given(st.floats(-200, 200, width=32))
def test_the_arithmetic_of_single_precision_is_that_of_numpy(x):
    """Sums, products and quotients to the last bit, exponentials within one."""
    term = read_plain("(1 + 3*x)/(x*x + 2) - x")
    v = np.float32(x)
    with np.errstate(all="ignore"):
        wanted = (np.float32(1) + np.float32(3) * v) / (v * v + np.float32(2)) - v
    assert computed(term, {"x": float(v)}, "float32", lambda _: math.nan) == float(wanted)
    found = computed(read_plain("exp(x)"), {"x": float(v)}, "float32", lambda _: math.nan)
    with np.errstate(all="ignore"):
        np.testing.assert_array_max_ulp(np.float32(found), np.exp(v), 3)


def test_rounding_to_single_precision():
    assert rounded(3.5e38, "float32") == math.inf
    assert rounded(0.1, "float32") == float(np.float32(0.1))
    assert rounded(0.1, "float64") == 0.1


def losses(name):
    catalog = load()
    found = api.derive(name)
    result = computing(found, catalog, {})
    assert result is not None
    return {kind: {loss.type: loss for loss in part} for kind, part in result.forms}


def test_the_output_form_of_sigma_is_lost_where_one_less_y_rounds_to_nothing():
    """1 - y is a multiple of 2^-24 in float32, 2^-53 in float64: below half of that, nothing is left."""
    found = losses("sigmoid")
    for kind, digits in (("float32", 24), ("float64", 53)):
        (lost,) = found["output"][kind].all
        assert lost.high == math.inf
        assert (digits - 1) * math.log(2) < lost.low < (digits + 1) * math.log(2)
        (half,) = found["output"][kind].half
        assert half.low < lost.low
        assert not found["input"][kind].half


def test_a_form_of_an_even_derivative_is_lost_on_both_sides():
    found = losses("tanh")["output"]["float32"].all
    assert [math.isinf(part.low) for part in found] == [True, False]
    assert found[0].high == pytest.approx(-found[1].low, rel=0.01)


def test_overflow_is_a_loss():
    """exp(x)/(1 + exp(x)) is infinity over infinity from ln of the largest number on."""
    catalog = load()
    judge = Judge(read_plain("log(1 + exp(x))"), read_plain("1/(1 + exp(-x))"), "x", catalog)
    single_, double = judge.losses(read_plain("exp(x)/(1 + exp(x))"))
    for loss, top in ((single_, 128), (double, 1024)):
        (part,) = loss.all
        assert part.low == pytest.approx(top * math.log(2), rel=1e-3)
        assert part.high == math.inf


def test_a_cancellation_at_the_origin_is_a_loss():
    """(1 - cos(x))/x loses everything near 0, from both sides; its digits come back."""
    catalog = load()
    judge = Judge(read_plain("x"), read_plain("2*sin(x/2)**2/x"), "x", catalog)
    found = judge.losses(read_plain("(1 - cos(x))/x"))[1]
    assert any(part.high == 0 for part in found.half) or any(part.low == 0 for part in found.half)
    assert all(isinstance(part, Stretch) for part in found.half)


def test_the_same_on_every_machine():
    """No function of NumPy's library decides: with another exponential the program is the same."""
    first = program("softplus").program
    kept = numbers.OPERATIONS["exp"]
    numbers.OPERATIONS["exp"] = lambda v: np.nextafter(kept(v), np.inf)
    try:
        assert program("softplus").program == first
    finally:
        numbers.OPERATIONS["exp"] = kept
