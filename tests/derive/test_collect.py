"""Collecting and expanding keep the meaning and read well."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.derive.collect import collect
from symderiv.derive.polynomial import expand
from symderiv.meaning import to_sympy
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term, add, call, div, mul, neg, num, power, sym
from symderiv.notation.write.plain import write_plain

COLLECTED = {
    "-(1 + exp(-x))**-2*exp(-x)*(-1)": "exp(-x)/(1 + exp(-x))**2",
    "(exp(x)*(1 + exp(x)) - exp(x)*exp(x))/(1 + exp(x))**2": "exp(x)/(1 + exp(x))**2",
    "cosh(x)*cosh(x) - sinh(x)*sinh(x)": "cosh(x)**2 - sinh(x)**2",
    "x**2*cos(x)*3/7": "3*x**2*cos(x)/7",
    "x*(2*x/(2*sqrt(1 + x**2)))": "x**2/sqrt(1 + x**2)",
    "sqrt(1 + x**2)*sqrt(1 + x**2)": "1 + x**2",
    "exp(-(x/sqrt(2))**2)": "exp(-x**2/2)",
    "4*exp(-x)*exp(x)": "4",
    "x - x": "0",
    "0*sin(x)": "0",
    "x + sin(x) + x": "2*x + sin(x)",
}


@pytest.mark.parametrize("text", COLLECTED)
def test_collect_reads_as_a_person_writes(text: str) -> None:
    assert write_plain(collect(read_plain(text))) == COLLECTED[text]


LEAVES = st.sampled_from(
    [
        num(1),
        num(2),
        num(3),
        sym("x"),
        sym("a"),
        call("exp", sym("x")),
        call("exp", neg(sym("x"))),
        call("sin", sym("x")),
    ]
)


def _grow(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.one_of(
        st.builds(add, inner, inner),
        st.builds(lambda a, b: add(a, neg(b)), inner, inner),
        st.builds(mul, inner, inner),
        st.builds(lambda a, b: div(a, add(num(3), power(b, num(2)))), inner, inner),
        st.builds(lambda a: power(a, num(2)), inner),
        st.builds(neg, inner),
    )


TERMS = st.recursive(LEAVES, _grow, max_leaves=8)
POINT = {sympy.Symbol("x"): sympy.Rational(3, 7), sympy.Symbol("a"): sympy.Rational(-5, 11)}


@settings(max_examples=150, deadline=None)
@given(TERMS)
def test_same_meaning(term: Term) -> None:
    """collect and expand never change a value (checked at a rational point, 30 digits)."""
    before = sympy.N(to_sympy(term).subs(POINT), 40)
    for after in (collect(term), expand(term)):
        assert abs(sympy.N(to_sympy(after).subs(POINT), 40) - before) < sympy.Float("1e-25") * (
            1 + abs(before)
        )


@settings(max_examples=80, deadline=None)
@given(TERMS)
def test_collecting_twice_changes_nothing_more_in_value(term: Term) -> None:
    once = collect(term)
    twice = collect(once)
    assert abs(sympy.N((to_sympy(once) - to_sympy(twice)).subs(POINT), 30)) < sympy.Float("1e-20")
