"""Where mathematics is found, in which places, and what is left alone."""

from __future__ import annotations

import json

import pytest

from symderiv.catalog import load
from symderiv.check.checker import check_text
from symderiv.check.document import read_document
from symderiv.check.report import CheckReport
from symderiv.errors import InputError


def check(text: str, kind: str = "md") -> CheckReport:
    return check_text(text, load(), kind=kind)


def verdicts(text: str, kind: str = "md") -> list[tuple[int, str]]:
    return [(line.line, line.verdict) for line in check(text, kind).lines]


@pytest.mark.parametrize(
    "wrapped",
    [
        "$$1+1=2$$",
        "\\[1+1=2\\]",
        "\\(1+1=2\\)",
        "$1+1=2$",
        "\\begin{equation}\n1+1=2\n\\end{equation}",
        "\\begin{align*}\n1+1&=2\n\\end{align*}",
        "$$\\begin{aligned} 1+1&=2 \\end{aligned}$$",
        "\\begin{equation}\\begin{split} 1+1&=2 \\end{split}\\end{equation}",
        "\\begin{gather} 1+1=2 \\label{a} \\tag{7} \\end{gather}",
        "\\begin{eqnarray} 1+1 &=& 2 \\end{eqnarray}",
    ],
)
def test_every_way_to_set_mathematics(wrapped: str) -> None:
    assert [line.verdict for line in check(wrapped).lines] == ["proved"]


def test_places_are_those_of_the_file() -> None:
    report = check("Text\n\n$$\n  1+1 = 2 = 3\n$$\n")
    assert [(line.line, line.column) for line in report.lines] == [(4, 3), (4, 11)]
    assert report.lines[1].latex == "= 3"


@pytest.mark.parametrize(
    "text",
    [
        "```\n$$1=2$$\n```",
        "<!-- $$1=2$$ -->",
        "`$1=2$`",
        "It costs $5 and that is all.",
        "---\ntitle: $1=2$\n---\n",
    ],
)
def test_what_is_no_mathematics_is_left_alone(text: str) -> None:
    assert check(text).lines == ()


def test_latex_comments_and_verbatim_are_left_alone() -> None:
    assert verdicts("% $$1=2$$\n\\begin{verbatim}$1=2$\\end{verbatim}\n$1=1$", "tex") == [(3, "proved")]


def test_a_line_that_is_not_read_does_not_stop_the_rest() -> None:
    report = check("$$\\frac{1}{2 = 1$$\n$$1+1=2$$\n$$x \\heartsuit y = 1$$\n$$2+2=4$$")
    assert [line.verdict for line in report.lines] == ["unread", "proved", "unread", "proved"]
    assert report.lines[2].caret == (5, 10)


def test_other_files_are_refused() -> None:
    report = check("\\input{secret}\n$$1=1$$", "tex")
    assert [(line.verdict, line.how) for line in report.lines] == [
        ("unread", "refused"),
        ("proved", "exact"),
    ]


def test_a_notebook_is_data() -> None:
    notebook = {
        "cells": [
            {"cell_type": "code", "source": ["$1=2$"]},
            {"cell_type": "markdown", "source": ["# Title\n", "$$x^2 = x\\cdot x$$\n", "$$x = 2x$$"]},
        ]
    }
    text = json.dumps(notebook, indent=1)
    report = check(text, "ipynb")
    assert [line.verdict for line in report.lines] == ["proved", "refuted"]
    assert [text.split("\n")[line.line - 1].strip()[1:4] for line in report.lines] == ["$$x", "$$x"]


@pytest.mark.parametrize("text", ["{", "[]", '{"cells": 3}', '{"cells": [{"cell_type": "markdown"}]}'])
def test_a_broken_notebook_is_an_error(text: str) -> None:
    with pytest.raises(InputError):
        read_document(text, "ipynb")


def test_bare_lines_are_mathematics() -> None:
    assert verdicts("1+1 = 2", "") == [(1, "proved")]


def test_letters_of_the_document_are_not_those_of_the_catalogue() -> None:
    report = check("$$\\phi(x) = x^2$$\n$$\\phi'(x) = 2x$$\n$$\\varphi(x) = 3x$$")
    assert [line.verdict for line in report.lines] == ["definition", "proved", "definition"]


def test_a_value_is_not_put_in_where_its_letter_still_stands() -> None:
    report = check("Let $x = 0$.\n\n$$\\frac{d}{dx}\\sin x = \\cos^2 x$$")
    assert [line.verdict for line in report.lines] == ["given", "refuted"]


def test_an_equation_for_an_unknown_is_no_identity() -> None:
    assert verdicts("$$2x = 4$$") == [(1, "undecided")]


def test_labels_that_add_up_to_one() -> None:
    text = "$$p_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}$$\n$$E = -\\sum_i y_i\\log p_i$$\n"
    claim = "$$\\frac{\\partial E}{\\partial z_j} = p_j - y_j$$"
    assert verdicts(text + claim)[-1] == (3, "undecided")
    assert verdicts(text + "$$\\sum_{i=1}^n y_i = 1$$\n" + claim)[-1] == (4, "proved")


def test_a_right_step_from_a_wrong_number_is_told_apart() -> None:
    text = "Let $a = 2$.\n\n$$z = 3a = 7$$\n$$w = z + 0.5a$$\n"
    report = check(text)
    assert [line.verdict for line in report.lines] == ["given", "definition", "refuted", "definition"]
    assert report.first_wrong == 2
