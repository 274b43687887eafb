"""The Typst writer: every Term compiles, distinct formulas stay distinct, every letter is set."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import HealthCheck, given, settings

from symderiv.catalog import load
from symderiv.catalog.symbol import _MACROS, checked_symbol
from symderiv.errors import ReadError
from symderiv.notation.alphabet import ACCENTS
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.notation.write.typst import typst_of_latex, write_typst
from tests.notation.golden import LATEX
from tests.notation.terms import claims

STYLE = LatexStyle(
    functions={"sigmoid": r"\sigma", "f": r"\hat{f}_{\beta}", "swish": r"\operatorname{swish}"}
)


def compiled(*formulas: str) -> bytes:
    """The formulas as a page. Skips without the typst package, except in continuous integration."""
    if os.environ.get("CI"):
        import typst
    else:
        typst = pytest.importorskip("typst")
    page = "#set page(width: auto, height: auto)\n#let fit(width, body) = body\n"
    page += "\n".join(f"$ {formula} $" for formula in formulas)
    made = typst.compile(page.encode(), format="svg", ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize("display", [False, True])
def test_the_reviewed_lines_compile(display: bool) -> None:
    compiled(*(typst_of_latex(latex, display=display) for latex in LATEX.values()))


def test_every_term_compiles() -> None:
    """One page for all of them: starting the compiler takes longer than setting a hundred formulas."""
    formulas: list[str] = []

    @settings(max_examples=200, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(claims)
    def draw(term: Term) -> None:
        formulas.append(write_typst(term, STYLE))

    draw()
    assert len(formulas) >= 100
    compiled(*formulas)


@pytest.mark.parametrize(
    ("plain", "typst"),
    {
        "At(D(f(x), x), x, 0)": r"lr(frac(d, d x) f \( x \) \|)_(x = 0)",
        "Prod(x, k, 1, n)": "∏_(k = 1)^(n) x",
        "limit(f(x), x, oo)": 'op("lim", limits: #true)_(x → ∞) f \\( x \\)',
        "norm(x)": 'class("opening", ‖) x class("closing", ‖)',
        "matrix(row(a, b), row(b, a))": 'mat(delim: #"(", inline(a), inline(b); inline(b), inline(a))',
        "p(given(a, b))": r"p \( a ∣ b \)",
    }.items(),
)
def test_each_kind_of_term_is_set(plain: str, typst: str) -> None:
    made = write_typst(read_plain(plain))
    assert made == typst
    compiled(made)


@settings(max_examples=150, deadline=None)
@given(claims, claims)
def test_what_is_distinct_stays_distinct(first: Term, second: Term) -> None:
    same = bare(write_latex(first)) == bare(write_latex(second))
    assert (write_typst(first) == write_typst(second)) == same


def bare(latex: str) -> str:
    """LaTeX without what shows nothing: blanks, and braces around one sign."""
    return re.sub(r"\s+(?![A-Za-z])", "", latex)


@pytest.mark.parametrize(
    ("latex", "typst"),
    {
        r"\operatorname{GELU}": 'op("GELU")',
        r"\hat{\sigma}_{\beta}": "hat(σ)_(β)",
        r"\operatorname{ReLU}_6": 'op("ReLU")_(6)',
        r"x_12": "x_(1) 2",
        r"f'^{2}": "f'^(2)",
        r"\frac12": "frac(1, 2)",
        r"a, b; c: d": r"a \, b \; c \: d",
        r"{}-x": "#box[] − x",
        r"\mathrm{learning\_rate}": '"learning_rate"',
        r"\left(x\right)^2": r"lr(\( x \))^(2)",
        r"\mathbf{W}\mathcal{L}": "bold(upright(W)) cal(L)",
        r"\phi\varphi": "ϕ φ",
        '"': r"\"",
    }.items(),
)
def test_read_as_notation(latex: str, typst: str) -> None:
    assert typst_of_latex(latex) == typst


def test_every_command_of_a_symbol_is_set() -> None:
    takes_argument = re.compile(r"(operatorname|math\w+|boldsymbol|text|wide\w+|overline|sqrt)\Z")
    shown = []
    for name in sorted(_MACROS):
        letter = rf"\{name}{{k}}" if takes_argument.match(name) or name in ACCENTS else rf"\{name}"
        shown.append(typst_of_latex(checked_symbol(letter)))
    assert not {"", "#box[]"} & set(shown)
    compiled(*shown, *(f"{one} x^({one})" for one in shown))


def test_every_letter_of_the_catalogue_is_set() -> None:
    letters = sorted(set(load().latex().values()))
    assert len(letters) > 10
    compiled(*map(typst_of_latex, letters))


@pytest.mark.parametrize(
    "latex",
    [r"\input{x}", r"\frac{a}", "{a", "a}", r"\left(x", r"\begin{cases} x", r"\begin{tabular}", r"\left x"],
)
def test_what_cannot_be_set_is_refused_with_its_place(latex: str) -> None:
    with pytest.raises(ReadError) as error:
        typst_of_latex(latex)
    assert error.value.span is not None
    assert error.value.span[0] <= len(latex)


def test_the_lines_of_cases_are_large_in_displays() -> None:
    term = read_plain("Piecewise((x/2, x > 0), (0, True))")
    latex = write_latex(term)
    assert "display(frac(x, 2))" in typst_of_latex(latex, display=True)
    assert "inline(frac(x, 2))" in typst_of_latex(latex)
