r"""MathML: read back as it is seen, it is what the LaTeX says; and it is MathML Core."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from symderiv.errors import SymderivError
from symderiv.notation.read.latex import Context, read_latex
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.notation.write.mathml import math_element, mathml, write_mathml, write_mathml_line
from symderiv.notation.write.mathml_signs import APPLY, TIMES
from tests.notation.golden import LATEX
from tests.notation.mathml_reader import latex_of
from tests.notation.terms import claims
from tests.notation.test_latex_reader import SHEET, _sheet_lines
from tests.notation.test_latex_writer import STYLE, _small_terms

CORE = set(
    "math mrow mi mn mo mtext mspace mfrac msqrt msub msup msubsup munder mover munderover".split()
    + "mtable mtr mtd".split()
)


def again(term: Term, style: LatexStyle) -> str:
    """The LaTeX of what the markup of a Term looks like."""
    return latex_of(write_mathml(term, style))


@pytest.mark.parametrize("plain", _sheet_lines())
def test_what_a_page_shows_is_what_was_written(plain: str) -> None:
    term = read_plain(plain)
    assert read_latex(again(term, STYLE), SHEET).term == read_latex(write_latex(term, STYLE), SHEET).term


def test_every_small_term_looks_as_in_latex() -> None:
    style = LatexStyle(functions={"sigma": r"\sigma"})
    context = Context(
        functions={"sigma": "sigma", "f": "f"},
        indexed=frozenset({"x"}),
        families=frozenset({"sigma"}),
        symbols=frozenset({"n"}),
        vectors=True,
    )
    for place, term in enumerate(_small_terms()):
        if place % 7 == 0:
            latex = write_latex(term, style)
            assert read_latex(again(term, style), context).sides == read_latex(latex, context).sides


@settings(max_examples=200, deadline=None)
@given(claims)
def test_any_term_is_set_and_what_can_be_read_is_the_same(term: Term) -> None:
    style = LatexStyle(functions={"sigma": r"\sigma"})
    latex = write_latex(term, style)
    markup = mathml(latex, functions=style.functions.values())
    root = ElementTree.fromstring(f"<math>{markup}</math>")
    assert {element.tag for element in root.iter()} <= CORE
    assert "\\" not in markup.replace("\\_", "")
    context = Context.of(functions=["f"]).lettered(style.functions)
    try:
        known = read_latex(latex, context)
    except SymderivError:
        return
    assert read_latex(latex_of(f"<math>{markup}</math>"), context).sides == known.sides


@pytest.mark.parametrize("plain", LATEX)
def test_every_reviewed_line_is_mathml_core(plain: str) -> None:
    markup = write_mathml(read_plain(plain), STYLE)
    root = ElementTree.fromstring(markup)
    assert {element.tag for element in root.iter()} <= CORE
    assert all(element.tag == "mo" or element.text != "" for element in root.iter())


@pytest.mark.parametrize(
    ("plain", "applied", "times"),
    [
        ("sigmoid(x)*(1 - sigmoid(x))", 2, 1),
        ("2*x*tanh(y)", 1, 2),
        ("y*(1 - y)", 0, 1),
        ("sin(x)**2", 1, 0),
        ("sigmoid(x)**2*x", 1, 1),
        ("softmax(z)[i]", 1, 0),
        ("sigmoid'(x)", 1, 0),
        ("D(sigmoid(x), x)", 1, 0),
        ("exp(-x)", 0, 0),
        ("Abs(x)*delta(i, j)", 0, 2),  # the factors, and the two indices side by side
    ],
)
def test_screen_readers_are_told_what_is_applied_and_what_is_multiplied(
    plain: str, applied: int, times: int
) -> None:
    markup = write_mathml(read_plain(plain), STYLE)
    assert (markup.count(APPLY), markup.count(TIMES)) == (applied, times)


@pytest.mark.parametrize(
    ("latex", "continued", "form"),
    [
        ("-x", False, "<mo>−</mo>"),  # first in its row: a prefix by itself
        ("- x", True, '<mo form="infix">−</mo>'),
        ("a - x", False, "<mo>−</mo>"),
        ("a = -x", False, '<mo form="prefix">−</mo>'),
        (r"a \cdot (-x)", False, '<mo form="prefix">−</mo>'),
    ],
)
def test_a_sign_knows_what_it_joins(latex: str, continued: bool, form: str) -> None:
    assert form in mathml(latex, continued=continued)


def test_letters_of_a_symbol() -> None:
    assert mathml(r"\mathbf{x}") == "<mi>𝐱</mi>"
    assert mathml(r"\mathcal{L}") == "<mi>ℒ</mi>"
    assert mathml(r"\mathbb{R}") == "<mi>ℝ</mi>"
    assert mathml(r"\mathrm{d}") == '<mi mathvariant="normal">d</mi>'
    assert mathml(r"\unknown") == r"<mtext>\unknown</mtext>"
    assert "&lt;script" in mathml(r"\mathrm{<script>}")


def test_elements() -> None:
    assert math_element("a < b") == '<math alttext="a &lt; b"><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>'
    assert 'aria-label="x"' in math_element("x", label="x")
    line = write_mathml_line(read_plain("x"), "<=", read_plain("-y"))
    assert read_latex(latex_of(line)).term == read_plain("x <= -y")
    assert line.count("<math ") == 2  # a narrow page sets the sides below each other


@pytest.mark.parametrize(
    "latex", ["}", "a}b", r"\frac", r"\left(x", r"\begin{cases} x", "x^", "{" * 50, r"\\", "&"]
)
def test_broken_latex_is_set_somehow(latex: str) -> None:
    ElementTree.fromstring(f"<math>{mathml(latex)}</math>")
