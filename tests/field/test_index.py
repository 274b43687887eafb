"""The index rules: what they prove, what they must never prove, and that proofs survive explicit sizes."""

from __future__ import annotations

import random

import pytest
import sympy

from symderiv.catalog import load
from symderiv.field.index import decide, differentiate, has_index, proof
from symderiv.field.index_instance import instances, instantiate, names
from symderiv.field.index_tree import OutsideError
from symderiv.meaning import to_sympy
from symderiv.notation.read.plain import read_plain

S = "Sum(exp(z[k]), k, 1, n)"
SI, SJ = f"exp(z[i])/{S}", f"exp(z[j])/{S}"
ENTROPY = "D(-Sum(t[k]*log(softmax(z)[k]), k, 1, n), z[j])"
SQUARES = "D(Sum((g(z[k]) - t[k])**2, k, 1, K)/2, z[j])"

TRUE = [
    (f"D({SI}, z[j])", f"{SI}*(delta(i, j) - {SJ})"),
    (f"D({SI}, z[j])", "softmax(z)[i]*(delta(i, j) - softmax(z)[j])"),
    (f"D({SI}, z[j])", "delta(i, j)*softmax(z)[j] - softmax(z)[j]*softmax(z)[i]"),
    (f"D({SI}, z[i])", "softmax(z)[i]*(1 - softmax(z)[i])"),
    (f"D(log({S}), z[j])", "softmax(z)[j]"),
    ("D(log_softmax(z)[i], z[j])", "delta(i, j) - softmax(z)[j]"),
    ("log(softmax(z)[i])", "log_softmax(z)[i]"),
    ("Sum(D(softmax(z)[i], z[j]), j, 1, n)", "0"),
    ("Sum(D(softmax(z)[i], z[j]), i, 1, n)", "0"),
    (ENTROPY, "softmax(z)[j]*Sum(t[k], k, 1, n) - t[j]"),
    (SQUARES, "(g(z[j]) - t[j])*g'(z[j])"),
    ("exp(z[i] + c)/Sum(exp(z[k] + c), k, 1, n)", "softmax(z)[i]"),
    (f"log({S.replace('z[k]', 'z[k] - m')}) + m", f"log({S})"),
    ("Sum(softmax(z)[k], k, 1, n)", "1"),
    ("delta(i, j)**2", "delta(i, j)"),
    ("delta(i, j)*a[i]", "delta(i, j)*a[j]"),
    ("Sum(delta(k, j)*a[k], k, 1, n)", "a[j]"),
    ("Sum(exp(delta(k, j))*a[k], k, 1, n)", "Sum(a[k], k, 1, n) + (e - 1)*a[j]"),
    ("Sum((1 - delta(k, i))*exp(z[k]), k, 1, n) + exp(z[i])", S),
    ("Sum(a[k], k, 1, n)*Sum(b[k], k, 1, n)", "Sum(Sum(a[k]*b[l], l, 1, n), k, 1, n)"),
    ("Sum(a[k], k, 1, n)**2", "Sum(Sum(a[k]*a[l], l, 1, n), k, 1, n)"),
    ("Sum(Sum(exp(z[k]*z[l])*a[k], l, 1, n), k, 1, n)", "Sum(Sum(exp(z[k]*z[l])*a[l], l, 1, n), k, 1, n)"),
    ("Sum(Sum(delta(k, l)*delta(l, i)*a[k], l, 1, n), k, 1, n)", "a[i]"),
    ("Sum(a[k], k, 1, n)", "Sum(a[l], l, 1, n)"),
    ("Sum(z[j], j, 1, n)*a[j]", "Sum(z[k], k, 1, n)*a[j]"),
    ("D(Sum(z[j]**2, j, 1, n), z[j])", "2*z[j]"),
    ("Sum(1, k, 1, n)", "n"),
    ("Sum(k**2, k, 1, n)", "n*(n + 1)*(2*n + 1)/6"),
    ("Sum(z[k], k, 2, n) + z[1]", "Sum(z[k], k, 1, n)"),
    ("Sum(z[k] - z[k + 1], k, 1, n - 1)", "z[1] - z[n]"),
    ("Sum(z[k], k, 1, n)", "Sum(z[k + 1], k, 0, n - 1)"),
    ("D(Sum(z[k], k, 2, n), z[j])", "1 - delta(j, 1) + 0*Sum(z[k], k, 1, n)"),
    ("D(z[i]/sqrt(Sum(z[k]**2, k, 1, n)), z[j])",
     "(delta(i, j) - z[i]*z[j]/Sum(z[k]**2, k, 1, n))/sqrt(Sum(z[k]**2, k, 1, n))"),
    ("Sum((z[k] + z[k]*exp(z[k]))/(1 + exp(z[k])), k, 1, n)", "Sum(z[k], k, 1, n)"),
    ("Sum(sigmoid(z[k]), k, 1, n)", "n - Sum(sigmoid(-z[k]), k, 1, n)"),
    ("Sum(tanh(z[k]), k, 1, n)", "2*Sum(sigmoid(2*z[k]), k, 1, n) - n"),
    ("D(Sum((Sum(w[i, j]*x[j], j, 1, N) - t[i])**2, i, 1, M)/2, w[p, q])",
     "(Sum(w[p, j]*x[j], j, 1, N) - t[p])*x[q]"),
    ("Sum(D(softmax(z)[i], z[j])*v[j], j, 1, n)", "softmax(z)[i]*(v[i] - Sum(softmax(z)[k]*v[k], k, 1, n))"),
    ("exp(z[2])/Sum(exp(z[k]), k, 1, 2)", "sigmoid(z[2] - z[1])"),
    ("D(Sum(z[k], k, 1, 3), z[j])", "1"),
    ("D(Sum(a[k]*x**k, k, 1, n), x)", "Sum(k*a[k]*x**(k - 1), k, 1, n)"),
    ("Sum((z[k] - m)**2, k, 1, n)", "Sum(z[k]**2, k, 1, n) - 2*m*Sum(z[k], k, 1, n) + n*m**2"),
    ("Sum(p[k]*log(p[k]/q[k]), k, 1, n)", "Sum(p[k]*log(p[k]), k, 1, n) - Sum(p[k]*log(q[k]), k, 1, n)"),
    ("D(D(softmax(z)[i], z[j]), z[l])",
     "softmax(z)[i]*((delta(i, l) - softmax(z)[l])*(delta(i, j) - softmax(z)[j])"
     " - softmax(z)[j]*(delta(j, l) - softmax(z)[l]))"),
]  # fmt: skip

FALSE = [
    (f"D({SI}, z[j])", "softmax(z)[i]*delta(i, j)"),
    (f"D({SI}, z[j])", "softmax(z)[i]*(1 - softmax(z)[j])"),
    (f"D({SI}, z[j])", "softmax(z)[i]*(delta(i, j) - softmax(z)[i])"),
    (f"D({SI}, z[j])", "softmax(z)[i]*(1 - softmax(z)[i])"),
    (f"D({SI}, z[j])", "-softmax(z)[i]*softmax(z)[j]"),
    (f"D({SI}, z[j])", "softmax(z)[i]*(delta(i, j) + softmax(z)[j])"),
    (f"D(log({S}), z[j])", "softmax(z)[i]"),
    ("D(log_softmax(z)[i], z[j])", "1 - softmax(z)[j]"),
    ("Sum(D(softmax(z)[i], z[j]), j, 1, n)", "1"),
    (ENTROPY, "softmax(z)[j] - t[j]"),
    (SQUARES, "g(z[j]) - t[j]"),
    (SQUARES, "(g(z[k]) - t[k])*g'(z[k])"),
    ("Sum(z[k], k, 1, n)", "Sum(z[k], k, 1, K)"),
    ("Sum(z[k], k, 1, n)**2", "Sum(z[k]**2, k, 1, n)"),
    ("Sum(delta(k, j), k, 1, n)", "n"),
    ("delta(i, j)", "1"),
    ("delta(i, j)", "0"),
    ("Sum(Sum(delta(k, l), l, 1, n), k, 1, n)", "1"),
    ("sqrt(Sum(z[k], k, 1, n)**2)", "Sum(z[k], k, 1, n)"),
    ("Sum(sqrt(k**2), k, -2, n)", "Sum(k, k, -2, n)"),
    ("Sum(log(z[k]**2), k, 1, n)", "2*Sum(log(-z[k]), k, 1, n) + 1"),
    ("exp(z[i] + c)/Sum(exp(z[k]), k, 1, n)", "softmax(z)[i]"),
    ("Sum(z[k], k, 2, n)", "Sum(z[k], k, 1, n)"),
]


def meaning(text: str) -> sympy.Expr:
    return to_sympy(read_plain(text), load())


def differs(a: sympy.Expr, b: sympy.Expr, seed: int, largest: int = 4, least: int = 1) -> bool:
    """Whether the sides differ at some size, by SymPy's scalar derivative at a rational point."""
    rng = random.Random(seed)
    for one in instances(a, b, largest):
        entries = sorted(one.left.free_symbols | one.right.free_symbols, key=str)
        point = {s: sympy.Rational(rng.randint(least, 30), 13) for s in entries}
        gap = sympy.N((one.left.doit() - one.right.doit()).xreplace(point), 30)
        if gap.is_number and abs(gap) > sympy.Float("1e-20"):
            return True
    return False


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_true_for_every_size(left, right):
    found = proof(meaning(left), meaning(right))
    assert found is not None
    assert decide(meaning(right), meaning(left)) is True


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_never_proved(left, right):
    assert decide(meaning(left), meaning(right)) is None


@pytest.mark.parametrize(("left", "right"), [pair for pair in FALSE if "g(" not in pair[1]])
def test_refuted_by_a_small_size(left, right):
    if "K" in right:  # two sizes may happen to agree; they differ where they are not equal
        assert any(one.left != one.right for one in instances(meaning(left), meaning(right)))
    else:
        assert differs(meaning(left), meaning(right), seed=1, least=-30)


@pytest.mark.parametrize(("left", "right"), [pair for pair in TRUE if "g'" not in pair[1]][::3])
def test_proofs_survive_explicit_sizes(left, right):
    assert not differs(meaning(left), meaning(right), seed=2, largest=3)


def test_the_range_of_the_indices_is_a_condition():
    found = proof(meaning(f"D({SI}, z[j])"), meaning(f"{SI}*(delta(i, j) - {SJ})"))
    assert found is not None
    assert found.conditions == ("1 <= i <= n", "1 <= j <= n")
    assert found.cases == 2


def test_an_index_outside_the_sum_is_not_sifted():
    """z runs to n, the sum to n - 1: j = n is an exception."""
    left = "D(Sum(z[k], k, 1, n - 1), z[j]) + Sum(z[k], k, 1, n)"
    assert decide(meaning(left), meaning("1 + Sum(z[k], k, 1, n)")) is None
    assert decide(meaning(left), meaning("1 - delta(j, n) + Sum(z[k], k, 1, n)"))


def test_two_sizes_for_one_axis_assume_nothing():
    left = "Sum(z[k], k, 1, n) + Sum(z[k], k, 1, K)"
    assert decide(meaning(f"D({left}, z[j])"), meaning("2")) is None


def test_a_sign_is_needed_for_roots_and_logs():
    left, right = meaning("Sum(sqrt(a[k]**2), k, 1, n)"), meaning("Sum(a[k], k, 1, n)")
    assert decide(left, right) is None
    assert decide(left, right, {"a": "positive"})


def test_log_of_an_entry_makes_it_positive_and_says_so():
    left = meaning("Sum(log(p[k]*q[k]), k, 1, n)")
    found = proof(left, meaning("Sum(log(p[k]), k, 1, n) + Sum(log(q[k]), k, 1, n)"))
    assert found is not None
    assert found.conditions == ("p > 0", "q > 0")


def test_differentiate_keeps_the_delta():
    found = differentiate(meaning("Sum(z[k]**2, k, 1, n)"), meaning("z[j]"))
    assert found.has(sympy.KroneckerDelta)
    assert decide(found, meaning("2*z[j]"))


def test_a_vector_head_is_no_constant():
    with pytest.raises(OutsideError):
        differentiate(to_sympy(read_plain("softmax(z)[i]")), meaning("z[j]"))


def test_has_index():
    assert has_index(meaning("z[i]"))
    assert has_index(meaning("delta(i, j)"))
    assert not has_index(meaning("x + exp(y)"))


def test_instantiate_writes_the_sum_out():
    found = instantiate(meaning(SI), {"n": 2, "i": 1})
    one, two = sympy.Symbol("z[1]"), sympy.Symbol("z[2]")
    assert found == sympy.exp(one) / (sympy.exp(one) + sympy.exp(two))
    assert names(meaning(f"D({SI}, z[j])")) == (("n",), ("i", "j"))


CHANGES = [
    ("softmax(z)[j]", "softmax(z)[i]"),
    ("delta(i, j)", "1"),
    ("delta(i, j)", "0"),
    (" - ", " + "),
    ("k, 1, n", "k, 2, n"),
    ("[k]", "[j]"),
    ("[j]", "[i]"),
    ("2*", "3*"),
    ("exp(", "exp(2*"),
    ("1, n)", "1, n) + 1/1000"),
    ("**2", "**3"),
]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_mutants_are_never_proved(old, new):
    """Each true line with one thing changed: a proof is allowed only where no size tells the sides apart."""
    for left, right in TRUE:
        if "g(" in left or old not in right:
            continue
        a, b = meaning(left), meaning(right.replace(old, new, 1))
        if decide(a, b):
            assert not differs(a, b, seed=3, largest=3), (left, right, old, new)
