"""The prover on claims with indices: proved by the index rules, refuted by a small size with a witness."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.catalog import load
from symderiv.notation.read.plain import read_plain
from symderiv.prove import Prover

JACOBIAN = "D(softmax(z)[i], z[j])"

TRUE = [
    (JACOBIAN, "softmax(z)[i]*(delta(i, j) - softmax(z)[j])"),
    ("D(softmax(z)[1], z[2])", "-softmax(z)[1]*softmax(z)[2]"),
    ("D(-log(softmax(z)[y]), z[j])", "softmax(z)[j] - delta(j, y)"),
    ("D(-Sum(t[k]*log(softmax(z)[k]), k, 1, n), z[j])", "softmax(z)[j]*Sum(t[k], k, 1, n) - t[j]"),
    ("D(Sum((g(z[k]) - t[k])**2, k, 1, K)/2, z[j])", "(g(z[j]) - t[j])*g'(z[j])"),
    ("D(Sum(Sum(A[k, l]*x[k]*x[l], l, 1, n), k, 1, n), x[j])", "Sum((A[j, k] + A[k, j])*x[k], k, 1, n)"),
    ("D(Sum(gelu(z[k]), k, 1, n), z[j])", "gelu'(z[j])"),
    ("D(Sum(z[j]**2, j, 1, n), z[j])", "2*z[j]"),
    ("Sum(D(softmax(z)[i], z[j]), i, 1, n)", "0"),
    ("D(tanh(Sum(w[k]*x[k], k, 1, n) + b), w[j])", "(1 - tanh(Sum(w[k]*x[k], k, 1, n) + b)**2)*x[j]"),
]

FALSE = [
    (JACOBIAN, "softmax(z)[i]*(delta(i, j) - softmax(z)[i])"),
    (JACOBIAN, "softmax(z)[i]*delta(i, j)"),
    (JACOBIAN, "softmax(z)[i]*(1 - softmax(z)[j])"),
    ("D(-log(softmax(z)[y]), z[j])", "softmax(z)[j] - 1"),
    ("D(Sum((g(z[k]) - t[k])**2, k, 1, K)/2, z[j])", "(g(z[k]) - t[k])*g'(z[k])"),
    ("Sum(z[k], k, 1, n)", "Sum(z[k], k, 1, K)"),
    ("D(Sum(z[j]**2, j, 1, n), z[j])", "Sum(2*z[j], j, 1, n)"),
    ("Sum(delta(i, k)*delta(k, j), k, 1, n)", "1"),
]


@pytest.fixture(scope="module")
def prover():
    return Prover(load())


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_proved_by_the_index_rules(prover, left, right):
    verdict = prover.prove(read_plain(left), read_plain(right))
    assert (verdict.status, verdict.how) == ("proved", "index")


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_refuted_by_a_small_size(prover, left, right):
    verdict = prover.prove(read_plain(left), read_plain(right))
    assert verdict.status == "refuted"
    witness = dict(verdict.witness)
    assert any(name in witness for name in ("n", "K"))
    assert all(isinstance(value, Fraction) for value in witness.values())


def test_an_index_out_of_range_refutes_nothing(prover):
    """j runs to n - 1 here: j = n is no counterexample."""
    left, right = read_plain("D(Sum(z[k], k, 1, n - 1), z[j])"), read_plain("1")
    verdict = prover.prove(left, right)
    assert verdict.status == "proved"
    assert verdict.conditions == ("1 <= j <= n - 1",)
