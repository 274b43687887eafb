from __future__ import annotations

import re
from pathlib import Path

import pytest

from symderiv.catalog import load
from symderiv.notation.read.latex import read_latex
from symderiv.sheet.maths import LatexMaths
from symderiv.sheet.rows import break_places, break_rows
from symderiv.sheet.width import estimate
from tests.sheet.conftest import compile_tex

MATHS = LatexMaths(load().latex())
EM = 10.95
SAMPLES = [
    "D(sigmoid(x), x)",
    "-(1 + exp(-x))**-2*D(1 + exp(-x), x)",
    "exp(-Abs(x))/(1 + exp(-Abs(x)))**2",
    "softmax(z)[i]*(delta(i, j) - softmax(z)[j])",
    "Piecewise((x, x > 0), (alpha*(exp(x) - 1), True))",
    "Max(0, x) + Min(a, b, c)",
    "alpha*beta*gamma*lambda*omega + Phi",
    "D(swish_beta(x), x) + gelu_tanh(x)",
    "(D(u, x)*v - u*D(v, x))/v**2",
    "sqrt(1 + x**2)/(x*sqrt(2))",
    "asinh(x) + acosh(x) + atanh(x)",
    "x_1 + x_2*w_ij__k + hat_y + my_name",
    "(a + b)**2*(c - d)**3/(1 + 1/(1 + x))",
    "D(exp(x)*sin(x)*cos(x), x, 2)",
    "softplus'(x)*mish''(x)",
    "1234567890*0.044715",
    "exp(z[i])/Sum(exp(z[k]), k, 1, n)",
    "diag(s) - s*transpose(s) + hadamard(s, g - inner(s, g))",
    "sign(x)*erf(x/sqrt(2))*exp(x**2/2)",
]
LONG = [
    " + ".join(f"a_{k}*exp(x_{k})" for k in range(40)),
    "(" + " + ".join(f"b_{k}" for k in range(40)) + ")*(" + " - ".join(f"c_{k}" for k in range(40)) + ")",
    "(" + " + ".join(f"b_{k}" for k in range(60)) + ")/(1 + " + " + ".join(f"c_{k}" for k in range(50)) + ")",
    "D(" + "*".join(f"(1 + x**{k})" for k in range(2, 30)) + ", x)",
    "-(" + " + ".join(f"b_{k}" for k in range(60)) + ")**3",
    "exp(" + " + ".join(f"b_{k}*x**{k}" for k in range(60)) + ")",
    "1/(1 + 1/(" + " + ".join(f"long_name_{k}" for k in range(30)) + "))",
]


def measured(folder: Path, formulas: list[str]) -> list[float]:
    """The true widths in em, from pdflatex."""
    boxes = "\n".join(rf"\sbox\q{{$\displaystyle {f}$}}\typeout{{WIDTH=\the\wd\q}}" for f in formulas)
    head = r"\documentclass[11pt]{article}\usepackage[T1]{fontenc}"
    head += r"\usepackage{lmodern,mathtools,amssymb,graphicx}"
    fit = r"\newcommand\fit[2]{\resizebox{#1em}{!}{$#2$}}"
    source = rf"{head}{fit}\begin{{document}}\newsavebox\q {boxes}\end{{document}}"
    (folder / "width.tex").write_text(source, encoding="utf-8")
    log = compile_tex(folder, "width.tex")
    return [float(width) / EM for width in re.findall(r"WIDTH=([\d.]+)pt", log)]


def test_the_estimate_is_never_short_and_rarely_far_off(tmp_path: Path) -> None:
    records = load().records()
    terms = [load().read(text) for text in SAMPLES] + [record.definition for record in records]
    formulas = [MATHS.term(term) for term in terms]
    widths = measured(tmp_path, formulas)
    assert len(widths) == len(formulas)
    for formula, width in zip(formulas, widths, strict=True):
        assert 0.99 * width <= estimate(formula) <= 1.35 * width + 0.5, formula


def test_rows_fit_on_paper(tmp_path: Path) -> None:
    rows = [
        (width, row)
        for text in LONG
        for width in (20.0, 36.0)
        for row in break_rows(load().read(text), MATHS.term, width)
    ]
    for (width, row), true in zip(rows, measured(tmp_path, [row for _, row in rows]), strict=True):
        assert true <= width, row


QUOTIENTS = [
    "(u + v + w + x + y + z)*(a + b + c + k + m + h)/(alpha*beta*gamma*mu*nu*xi)",
    "(u + v + w + x + y + z)*(a + b + c + k + m + h)/(cosh(x)*(1 + exp(-x)))",
    "alpha*beta*gamma*mu*nu*xi*rho*tau/(alpha*beta*gamma*mu/(nu*xi*rho*tau))",
    "-(u + v + w + x + y + z)/(a + b + c + k + m + h)",
    "x*((u + v + w + x + y + z)/(alpha*beta*gamma*mu*nu))*y - 1",
    "(u + v + w + x + y + z - (a - b)*c)/(alpha*beta*gamma*mu)**2",
    "D(log(1 + exp(a*x + b)), x)*(1 + x**2)**3 + x",
    "x*D(log(1 + exp(a*x)), x)*(a + b + c + k + m + h)",
    "-D(x*sin(x), x)*(a + b + c + k + m + h)/(a + b + c + k + m + h + u + v)",
    "D(x*sin(x), x)/(a + b + c + k + m + h + u + v)",
    "x*D(x*sin(x), x)/(a + b + c + k + m + h + u + v)",
    "(a + b + c + k + m + h)*D(x*sin(x), x)",
    "sin(x)*cos(x)*(a + b + c + k + m + h)*log(x)*x",
]


@pytest.mark.parametrize("text", QUOTIENTS)
@pytest.mark.parametrize("width", [6.0, 8.0, 11.0, 14.0])
def test_rows_are_read_back_as_the_formula(text: str, width: float) -> None:
    term = load().read(text)
    for rows in (
        break_rows(term, MATHS.term, width),
        break_places(term, MATHS.term, width, 0.0),
        break_places(term, MATHS.term, width, 12.0),
    ):
        latex = " ".join(re.sub(r"\\fit\{[\d.]+\}\{(.*)\}$", r"\1", row).removeprefix("{}") for row in rows)
        assert read_latex(latex).term == term


@pytest.mark.parametrize("text", LONG)
@pytest.mark.parametrize("width", [20.0, 36.0])
def test_breaking_loses_nothing(text: str, width: float) -> None:
    """The same letters in the same order, whatever was added to open and close brackets."""
    term = load().read(text)
    letters = re.compile(r"[a-z]_\{?\d+|\\mathrm")
    assert letters.findall("".join(break_rows(term, MATHS.term, width))) == letters.findall(MATHS.term(term))


def test_what_fits_is_not_touched() -> None:
    term = load().read("sigmoid(x)*(1 - sigmoid(x))")
    assert break_rows(term, MATHS.term, 20.0) == (MATHS.term(term),)


def test_a_sum_breaks_before_its_signs() -> None:
    rows = break_rows(load().read("a*b*c + u*v*w - x*y*z + 1"), MATHS.term, 7.0)
    assert rows == ("abc + uvw", "{} - xyz + 1")


def test_a_derivative_ends_before_the_next_factor() -> None:
    term = load().read("D(log(1 + exp(a*x + b)), x)*(1 + x**2)**3")
    rows = " ".join(break_rows(term, MATHS.term, 12.0))
    assert rows.startswith(r"\Bigl(\frac{d}{dx}")
    assert r"\Bigr)" in rows
