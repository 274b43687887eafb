"""`Put u = ...`: letters on the page, read back as the formulas that were proved."""

from __future__ import annotations

import functools

import pytest

from symderiv import api
from symderiv.catalog import load
from symderiv.notation.term import Term
from symderiv.sheet.compose import compose
from symderiv.sheet.document import Aligned, Maths, Paragraph
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sentences import load_sentences
from symderiv.sheet.shorthand import NONE, Shorthand, shorthand
from symderiv.sheet.study import study
from tests.sheet.conftest import read

LONG = (
    "gelu_tanh",
    "exp(-(x-mu)**2/(2*s**2))/(s*sqrt(2*pi))",
    "log(1+exp(a*x**2+b*x+c))",
    "u*sin(x**2+3*x+w)*exp(x**2+3*x+w)",
)


@functools.cache
def page(text: str) -> Page:
    named = {} if load().find(text) else {"name": "my_f"}
    return Page(study(api.derive(text, routes=["all"], **named), load()), load_sentences())


@pytest.mark.parametrize("text", LONG)
def test_what_is_printed_reads_back_as_what_was_proved(text: str) -> None:
    """Each route states its letters before its lines; with them put back, the lines are the steps."""
    subject = page(text).subject
    for route in subject.derivation.routes:
        section = compose(subject).section(f"route-{route.id}") or compose(subject).section("derivation")
        assert section is not None
        letters: dict[str, Term] = {}
        for block in section.blocks:
            if isinstance(block, Paragraph):
                stated = [part.formula[0] for part in block.prose if isinstance(part, Maths)]
                letters |= {t.args[0].name: t.args[1] for t in stated if isinstance(t, Term)}
            elif isinstance(block, Aligned):
                assert letters
                assert [line.term.substitute(letters) for line in block.lines] == [
                    s.after for s in route.steps
                ]
                assert any(set(letters) & line.term.symbols() for line in block.lines)


def test_the_argument_gets_the_letter() -> None:
    (first, *_) = page("gelu_tanh").shorthand.letters
    assert first == ("u", read("sqrt(2/pi)*(x + 0.044715*x**3)"))


def test_a_letter_means_one_thing() -> None:
    found = page(LONG[-1]).shorthand
    assert [name for name, _ in found.letters] == ["v"]
    assert shorthand([[read("exp(a*b*c*d*e_1 + t)")] * 9], "uvw") == NONE


@pytest.mark.parametrize("name", [n for n in load().names() if n != "gelu_tanh"])
def test_short_derivations_have_no_letters(name: str) -> None:
    derivation = api.derive(name, routes=["all"])
    assert shorthand([[step.after for step in route.steps] for route in derivation.routes]) == NONE


def test_nothing_bound_is_taken_out_of_its_sum() -> None:
    line = read("Sum(exp(a*z[k] + b*c*d*k), k, 1, n) + exp(a*b*c*d*k)")
    for _, meaning in shorthand([[line] * 9]).letters:
        assert "k" not in meaning.symbols()


def test_a_place_under_a_letter_is_hidden() -> None:
    short = Shorthand((("u", read("a*b + c")),))
    term = read("x + exp(a*b + c)")
    places = [(0,), (1,), (1, 0), (1, 0, 1)]
    assert [short.hides(term, place) for place in places] == [False, False, True, True]
    assert short.written(term) == read("x + exp(u)")
    assert short.spelled(short.written(term)) == term


def test_an_align_to_paste_says_what_its_letters_are() -> None:
    """The words and the letters before the align; nothing before an align without letters."""
    text = find_format("latex").render(page("gelu_tanh").subject, Options())
    first, rest = text.split("\n", 1)
    assert first.startswith("Put $u = ")
    assert first.endswith("$.")
    assert r"\tanh u" in rest
    assert r"\sqrt{2/\pi}\left(x" not in rest
    short = find_format("latex").render(study(api.derive("tanh"), load()), Options())
    assert short.startswith(r"\begin{align*}")
