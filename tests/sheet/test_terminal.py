"""A whole page on a terminal: every formula is there, no line is wider than the screen where it can break."""

from __future__ import annotations

import pytest

from symderiv import api
from symderiv.sheet.compose import compose
from symderiv.sheet.document import Aligned, Boxed
from symderiv.sheet.formats import Options
from symderiv.sheet.terminal import document_text
from symderiv.sheet.unicode_maths import UnicodeMaths


@pytest.mark.parametrize("name", ["swish", "softmax", "exp(x)/(1+x**2)"])
def test_every_formula_is_there(name: str) -> None:
    subject = api.subject(name)
    page = compose(subject, Options(pictures=False))
    text = " ".join(document_text(page, Options(width=80)).split())
    maths = UnicodeMaths(subject.functions(), page.partial)
    shown = [line.term for block in page.blocks() if isinstance(block, Aligned) for line in block.lines]
    assert shown
    assert all(" ".join(maths.term(term).split()) in text for term in shown if len(maths.term(term)) < 60)
    boxes = [block for block in page.blocks() if isinstance(block, Boxed)]
    assert text.count("┌") == text.count("┘") == len(boxes) > 0


def test_ascii_terminals() -> None:
    page = compose(api.subject("sigmoid"), Options(pictures=False))
    text = document_text(page, Options(width=80, ascii=True))
    assert "= sigmoid(x)*(1 - sigmoid(x))" in text
    assert "┌" not in text


def test_lines_fit() -> None:
    text = document_text(compose(api.subject("sigmoid"), Options(pictures=False)), Options(width=80))
    long = [line for line in text.splitlines() if len(line) > 80]
    table = [line for line in long if line.count("  ") > 4 or set(line.strip()) == {"─"}]
    assert long == table  # only the check table is wider
