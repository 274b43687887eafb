"""A letter whose difference is taken is applied; a product with a bracket stays a product."""

from __future__ import annotations

import pytest

from symderiv.notation.read.latex import read_latex

APPLIED = [
    (r"\frac{dL}{dw}\approx\frac{L(w+h)-L(w-h)}{2h}", "D(L, w) ≈ (L(w + h) - L(w - h))/(2*h)"),
    (r"\frac{\partial E}{\partial u} \approx \frac{E(u+h) - E(u)}{h}", "D(E, u) ≈ (E(u + h) - E(u))/h"),
]
PRODUCTS = [
    (r"\frac{dy}{dx} = y(x+1)", "D(y, x) = y*(x + 1)"),
    (r"\frac{dy}{dx} = y(x+1) = y(1+x)", "D(y, x) = y*(x + 1) = y*(1 + x)"),
    (r"c = L(w+h) - L(w-h)", "c = L*(w + h) - L*(w - h)"),
    (r"\frac{dy}{dt} = y(x+1) - y(x-1)", "D(y, t) = y*(x + 1) - y*(x - 1)"),
]


@pytest.mark.parametrize(("latex", "plain"), APPLIED + PRODUCTS)
def test_letters_before_brackets(latex: str, plain: str) -> None:
    assert read_latex(latex).plain == plain


@pytest.mark.parametrize("word", ["where", "so", "Thus,", "and"])
def test_a_leading_word_is_passed_over(word: str) -> None:
    assert read_latex(rf"\text{{{word} }} z = wx + b").plain == "z = w*x + b"


def test_a_name_in_letters_is_no_leading_word() -> None:
    assert read_latex(r"\text{loss} = x").plain == "loss = x"
