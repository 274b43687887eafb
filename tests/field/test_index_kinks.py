"""|u|, max, sign and cases under indices: exact at every point, the border included."""

from __future__ import annotations

import pytest

from symderiv.catalog import load
from symderiv.field.index import decide
from symderiv.meaning import to_sympy
from symderiv.notation.read.plain import read_plain

TRUE = [
    ("D(Sum(Abs(z[k]), k, 1, n), z[j])", "sign(z[j])"),
    ("D(Sum(Max(0, z[k]), k, 1, n), z[j])", "Piecewise((1, z[j] > 0), (0, True))"),
    ("D(Sum(Max(0, z[k]), k, 1, n), z[j])", "Piecewise((1, z[j] >= 0), (0, True))"),
    ("Sum(Abs(z[k]), k, 1, n)", "Sum(Max(z[k], -z[k]), k, 1, n)"),
    ("Sum(Max(a[k], b[k]), k, 1, n) + Sum(Min(a[k], b[k]), k, 1, n)", "Sum(a[k] + b[k], k, 1, n)"),
    ("Sum(relu(z[k]), k, 1, n)", "Sum(Piecewise((z[k], z[k] > 0), (0, True)), k, 1, n)"),
    ("D(relu(z[i]), z[j])", "delta(i, j)*relu'(z[i])"),
    ("D(elu(z[i]), z[j])", "delta(i, j)*elu'(z[i])"),
    ("Sum(sign(exp(z[k])), k, 1, n)", "n"),
    ("Sum(Abs(2*z[k]), k, 1, n)", "2*Sum(Abs(z[k]), k, 1, n)"),
    ("Sum(Abs(z[k])**2, k, 1, n)", "Sum(z[k]**2, k, 1, n)"),
]

FALSE = [
    (
        "Sum(Piecewise((1, z[k] > 0), (0, True)), k, 1, n)",
        "Sum(Piecewise((1, z[k] >= 0), (0, True)), k, 1, n)",
    ),
    ("Sum(sign(z[k])**2, k, 1, n)", "n"),
    ("Piecewise((1/z[i], z[i] != 0), (5, True))", "Piecewise((1/z[i], z[i] != 0), (7, True))"),
    ("Piecewise((1/sign(z[i]), z[i] != 0), (5, True))", "Piecewise((1/sign(z[i]), z[i] != 0), (7, True))"),
    (
        "Piecewise((D(Abs(z[i]), z[i]), z[i] != 0), (5, True))",
        "Piecewise((D(Abs(z[i]), z[i]), z[i] != 0), (7, True))",
    ),
    (
        "Piecewise((log(z[i]), z[i] > 0), (0, True)) + sqrt(z[i]**2)",
        "Piecewise((log(z[i]), z[i] > 0), (0, True)) + z[i]",
    ),
    ("sign(z[i])**2", "1"),
    ("Abs(z[i] + z[j])", "Abs(z[i]) + Abs(z[j])"),
    ("D(Max(z[i], z[j]), z[j])", "1"),
    ("D(Abs(z[i]), z[j])", "sign(z[i])"),
]


def decided(left: str, right: str) -> bool | None:
    return decide(to_sympy(read_plain(left), load()), to_sympy(read_plain(right), load()))


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_equal_wherever_both_sides_are_defined(left, right):
    assert decided(left, right) is True


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_different_at_one_point_is_never_proved(left, right):
    assert decided(left, right) is None
