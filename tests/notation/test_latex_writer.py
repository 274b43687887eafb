r"""The LaTeX writer: total, balanced, set as a typographer sets it, and distinct for distinct Terms."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import (
    TRUE,
    Term,
    add,
    call,
    case,
    diff,
    div,
    index,
    mul,
    neg,
    num,
    piecewise,
    power,
    relation,
    sym,
    total,
)
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.notation.write.letters import name_latex
from tests.notation.golden import LATEX
from tests.notation.terms import claims, symbols

STYLE = LatexStyle(
    functions={"sigmoid": r"\sigma", "softmax": "s", "gelu": r"\operatorname{GELU}", "tanh": r"\tanh"}
)
MACROS = frozenset(
    r"\frac \sqrt \sum \left \right \bigl \bigr \Bigl \Bigr \biggl \biggr \cdot \odot \begin \end "
    r"\text \operatorname \mathrm \lvert \rvert \langle \rangle \le "
    r"\ge \ne \pi \top \partial \delta \exp \log "
    r"\max \min \sin \cos \tan \sec \csc \cot \sinh \cosh \tanh \coth \arcsin \arccos \arctan \hat "
    r"\alpha \beta \sigma".split()
) | {"\\\\", "\\!", "\\_", "\\,"}


@pytest.mark.parametrize("plain", LATEX)
def test_reviewed_lines(plain: str) -> None:
    assert write_latex(read_plain(plain), STYLE) == LATEX[plain]


@settings(max_examples=200, deadline=None)
@given(claims)
def test_total_balanced_and_in_amsmath(term: Term) -> None:
    text = write_latex(term)
    level = 0
    for sign in re.findall(r"\\.|[{}]", text.replace("\\{", "").replace("\\}", "")):
        level += (sign == "{") - (sign == "}")
        assert level >= 0
    assert level == 0
    assert text.count("\\left") == text.count("\\right")
    used = set(re.findall(r"\\(?:[A-Za-z]+|.)", text))
    assert {word for word in used if not re.match(r"\\[a-zA-Z]", word)} <= MACROS
    assert "\\left(x\\right)" not in text.replace(" ", "")


@settings(max_examples=200, deadline=None)
@given(symbols, symbols)
def test_different_names_are_written_differently(a: Term, b: Term) -> None:
    assert (name_latex(a.name) == name_latex(b.name)) == (a == b)


x, two = sym("x"), num(2)


def _small_terms() -> Iterator[Term]:
    """Every Term of two levels over a few letters: the places where brackets decide."""
    leaves = [x, two, neg(num(1))]
    one = [
        neg,
        lambda a: call("sin", a),
        lambda a: call("sigma", a),
        lambda a: call("f", a, order=1),
        lambda a: call("exp", a),
        lambda a: call("sqrt", a),
        lambda a: call("Abs", a),
        lambda a: call("transpose", a),
        lambda a: diff(a, x),
        lambda a: diff(a, x, 2),
        lambda a: total(a, sym("k"), num(1), sym("n")),
        lambda a: index(a, sym("i")),
    ]
    two_of = [
        add,
        mul,
        div,
        power,
        lambda a, b: call("hadamard", a, b),
        lambda a, b: piecewise(case(a, relation(">", x, two)), case(b, TRUE)),
    ]
    level = leaves + [f(a) for f in one for a in leaves]
    level += [f(a, b) for f in two_of for a, b in itertools.product(leaves, leaves)]
    yield from level
    yield from (f(a) for f in one for a in level)
    yield from (f(a, b) for f in two_of for a, b in itertools.product(level, level))


def test_distinct_terms_are_distinct_on_paper() -> None:
    seen: dict[str, Term] = {}
    for term in _small_terms():
        assert seen.setdefault(write_latex(term), term) == term


SAME_ON_PAPER = [
    ("exp(x)", "e**x"),
    ("z[i]", "z_i"),
    ("2.*x", "2.0*x"),
    ("1e-3", "10**-3"),
    ("1.5e2", "1.5*10**2"),
    ("D(f(x), x)", "D(f(x), x, 1)"),
    ("x == 0", "x = 0"),
]


@pytest.mark.parametrize(("a", "b"), SAME_ON_PAPER)
def test_what_is_the_same_on_paper(a: str, b: str) -> None:
    assert write_latex(read_plain(a)) == write_latex(read_plain(b))


def test_the_document_chooses_letters_and_the_differential() -> None:
    style = LatexStyle(partial=True, symbols={"dy": "y'"}, functions={"softmax": r"\operatorname{softmax}"})
    assert write_latex(read_plain("D(s[i], z[j])"), style) == r"\frac{\partial s_i}{\partial z_j}"
    assert write_latex(read_plain("dy**2"), style) == "y'^2"
    assert write_latex(read_plain("softmax(z)[i]"), style) == r"\operatorname{softmax}(z)_i"


def test_no_term_is_too_deep_to_write() -> None:
    term = x
    for k in range(1500):
        term = add(num(1), mul(two, neg(term))) if k % 2 else call("sin", term)
    assert write_latex(term).count("\\sin") == 750
