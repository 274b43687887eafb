"""Unicode mathematics on one line: what each sign stands for, and that brackets keep readings apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symderiv.catalog import load
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term, add, call, div, mul, neg, num, power, sym
from symderiv.notation.write.unicode import write_unicode
from symderiv.notation.write.unicode_scripts import latex_unicode, lowered, name_unicode, raised

SHOWN = {
    "1/(1 + exp(-x))**2": "1/(1 + e⁻ˣ)²",
    "sigmoid'(x)": "σ′(x)",
    "D(x**2, x, 2)": "d²/dx²[x²]",
    "2*x*(1 - y)": "2x·(1 − y)",
    "2*(1 - y)": "2(1 − y)",
    "x/(y*z)": "x/(y·z)",
    "x/y*z": "x/y·z",
    "(x**2)**3": "(x²)³",
    "x**(1/2)": "x^(1/2)",
    "exp(-x**2/2)": "exp(−x²/2)",
    "sqrt(2*pi)": "√(2·π)",
    "Abs(x)": "|x|",
    "z[i]*delta(i, j)": "zᵢ·δᵢⱼ",
    "Sum(exp(z[k]), k, 1, n)": "Σₖ₌₁ⁿ exp(zₖ)",
    "Piecewise((x, x >= 0), (0, True))": "{x if x ≥ 0; 0 otherwise}",
    "hat_y - y_1": "\N{LATIN SMALL LETTER Y WITH CIRCUMFLEX} − y₁",
    "w_ij__k": "wᵢⱼ⁽ᵏ⁾",
    "-x**2": "−x²",
    "(-x)**2": "(−x)²",
    "x - (y - z)": "x − (y − z)",
    "alpha = beta": "α = β",
}


@pytest.mark.parametrize("plain", SHOWN)
def test_shown(plain: str) -> None:
    symbols = ("alpha", "beta", "hat_y", "y_1", "w_ij__k")
    term = read_plain(plain, functions=load().callables(), symbols=symbols)
    assert write_unicode(term, load().latex()) == SHOWN[plain]


def test_letters() -> None:
    assert raised("−2x") == "⁻²ˣ"
    assert raised("q") is None
    assert lowered("ij") == "ᵢⱼ"
    assert name_unicode("alpha_max") == "αₘₐₓ"
    assert latex_unicode(r"\operatorname{GELU}") == "GELU"
    assert latex_unicode(r"f_{1}") == "f₁"
    assert latex_unicode(r"\frac{a}{b}") is None


_LEAVES = st.sampled_from([sym("x"), sym("y"), num(2), num(3)])


def _grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.one_of(
        st.tuples(inner, inner).map(lambda pair: add(*pair)),
        st.tuples(inner, inner).map(lambda pair: mul(*pair)),
        st.tuples(inner, inner).map(lambda pair: div(*pair)),
        st.tuples(inner, inner).map(lambda pair: power(*pair)),
        inner.map(neg),
        inner.map(lambda arg: call("exp", arg)),
        inner.map(lambda arg: call("sqrt", arg)),
        inner.map(lambda arg: call("tanh", arg)),
    )


TERMS = st.recursive(_LEAVES, _grown, max_leaves=7)


@given(TERMS, TERMS)
def test_different_terms_are_shown_differently(a: Term, b: Term) -> None:
    assert (write_unicode(a) == write_unicode(b)) == (a == b)
