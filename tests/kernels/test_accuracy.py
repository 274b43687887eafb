"""Accuracy against Arb, on fewer points than `symderiv verify` takes; and what the standard formulas lose."""

from __future__ import annotations

import numpy as np
import pytest

from symderiv.kernels import balls, numbers
from symderiv.kernels.points import grid
from symderiv.verify.measure import measured, sweep, table

LISTED = {
    "sigmoid": 2.5,
    "tanh": 2.5,
    "softplus": 2.5,
    "logsigmoid": 2.5,
    "arctan": 2.5,
    "gaussian": 2.5,
    "elu": 2.5,
}
OTHERS = dict.fromkeys(
    ("swish", "mish", "gelu", "gelu_tanh", "softsign", "selu", "sech", "logcosh", "relu"), 4.0
)
POINTS = grid(500, 150, seed=11)


@pytest.mark.parametrize(("name", "bound"), [*LISTED.items(), *OTHERS.items()])
def test_gradients_are_within_their_bounds(kernel_of, name, bound):
    kernel = kernel_of(name)
    half, single, double = sweep(kernel.gradient, "exact", dict(kernel.parameters), POINTS)
    assert half.ulp <= 0.51 and half.points >= 63_487
    assert single.ulp <= 0.501
    assert double.ulp <= bound
    assert double.near <= 2.0
    for one in (half, single, double):
        assert one.lost == one.warnings == one.unknown == 0
        assert one.nan_through


@pytest.mark.parametrize(
    "text",
    [
        "x*atan(exp(x))",
        "log(2 + sin(x))",
        "x/(1 + log(1 + exp(x)))",
        "x/sqrt(1 + x**2)",
        "tanh(x) - x",
        "x*erf(x)",
        "log(1 + x**2)",
    ],
)
def test_functions_nobody_has_seen(kernel_of, text):
    kernel = kernel_of(text, "unseen")
    assert all(v.is_proved for k in kernel.kernels for v in k.verdicts)
    _, single, double = sweep(kernel.gradient, "exact", {}, POINTS)
    assert single.ulp <= 0.501
    assert double.ulp <= 4.0
    assert single.lost == double.lost == 0


@pytest.mark.parametrize(
    "text",
    [
        "exp(-exp(-x))",
        "1/(1 + x**4)",
        "x*tanh(exp(x))",
        "x/sqrt(1 + x**4)",
        "sin(x**2)",
        "asinh(exp(x))",
        "log(x + sqrt(1 + x**2))",
        "erf(exp(x))",
    ],
)
def test_wide_numbers_serve_where_doubles_do_not(kernel_of, text):
    """Amplified errors, overflow on the way, cancellation, circular functions of huge arguments."""
    kernel = kernel_of(text, "strained")
    for one, bound in ((kernel.value, 4.0), (kernel.gradient, 4.0)):
        half, single, double = sweep(one, "exact", {}, POINTS)
        assert half.ulp <= 0.51 and single.ulp <= 0.501
        assert double.ulp <= bound
        assert half.lost == single.lost == double.lost == 0
        assert half.warnings == single.warnings == double.warnings == 0


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "elu", "softplus", "arctan"])
def test_the_form_in_the_output(kernel_of, name):
    from symderiv.kernels.kernel import image

    kernel = kernel_of(name)
    outputs = image(kernel.value, dict(kernel.parameters))
    exact = table(kernel.output, dict(kernel.parameters), outputs)
    assert measured(kernel.output, "float64", "exact", dict(kernel.parameters), exact).ulp <= 2.5
    assert measured(kernel.output, "float32", "exact", dict(kernel.parameters), exact).ulp <= 0.501


@pytest.mark.parametrize("name", ["swish", "gelu", "softmax"])
def test_no_form_where_the_output_does_not_say(kernel_of, name):
    if name != "softmax":
        assert kernel_of(name).output is None


def test_the_limits():
    from symderiv.kernels.points import near_roots

    assert not near_roots(np.array([1.0, 2.0]), np.array([1.0, 1.0])).any()


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("sigmoid", 0, 0), ("swish", 0, 1), ("gelu", 0, 1), ("gelu_tanh", 0, 1), ("elu", 0, 1), ("tanh", 0, 0)],
)
def test_limits_at_infinity(kernel_of, name, low, high):
    kernel = kernel_of(name)
    values = numbers.run(kernel.gradient.wide, {**dict(kernel.parameters), "x": np.array([-np.inf, np.inf])})
    np.testing.assert_array_equal(np.abs(values), [low, high])


def test_the_oracle_knows_what_arithmetic_loses():
    """1 - tanh(x)^2 at 30 is 4 e^-60: nothing is left of it in double arithmetic."""
    from sympy import Symbol, tanh

    from symderiv.kernels.search import reference

    x = Symbol("x")
    exact = balls.table(reference(1 - tanh(x) ** 2, x), np.array([30.0]), {}, "x")
    assert exact.rounded()[0] == pytest.approx(4 * np.exp(-60.0), rel=1e-13)
    assert 1 - np.tanh(30.0) ** 2 == 0


@pytest.mark.parametrize(
    ("text", "at_zero"), [("Abs(x)", 0.0), ("exp(-Abs(x))", 0.0), ("x/(1 + Abs(x))", 1.0)]
)
def test_the_sign_of_zero_is_zero(kernel_of, text, at_zero):
    """|x| has the derivative sign(x), which is 0 at 0, whichever zero it is."""
    kernel = kernel_of(text, "bent")
    for program in (kernel.gradient.narrow, kernel.gradient.wide):
        values = numbers.run(program, {"x": np.array([0.0, -0.0])})
        np.testing.assert_array_equal(np.broadcast_to(values, (2,)), [at_zero, at_zero])
    assert all(verdict.is_proved for verdict in kernel.gradient.verdicts)
