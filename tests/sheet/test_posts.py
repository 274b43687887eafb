"""The page on published worked examples: every claim decided, and decided rightly."""

from __future__ import annotations

import math
from functools import cache

import pytest
from flint import arb

from symderiv.catalog import load
from symderiv.sheet.posts.claims import Post, _compared, posts
from symderiv.sheet.posts.page import post_document, post_files

CATALOG = load()


@cache
def found() -> tuple[Post, ...]:
    return posts(CATALOG)


def test_every_claim_is_decided():
    marks = [finding.mark for post in found() for finding in post.findings]
    assert len(marks) > 100
    assert "undecided" not in marks
    assert all(f.ours is not None for post in found() for f in post.findings if f.mark != "undefined")


def forward(w_1: float, b_1: float, w_2: float, b_2: float) -> float:
    first = 1 / (1 + math.exp(-(w_1 * 0.5 + b_1)))
    return (1.5 - 1 / (1 + math.exp(-(w_2 * first + b_2)))) ** 2 / 2


def test_our_numbers_are_those_of_another_computation():
    (post,) = (post for post in found() if post.title.endswith("two neurons"))
    start = {"w_1": 0.3, "b_1": 0.1, "w_2": 0.2, "b_2": 0.4}
    step = 1e-6
    for name, value in start.items():
        up, down = ({**start, name: value + sign * step} for sign in (1, -1))
        slope = (forward(**up) - forward(**down)) / (2 * step)
        (finding,) = (
            f
            for f in post.findings
            if str(f.theirs[0]) == f"D(L, {name})"
            and f.theirs[1].kind == "neg"
            and f.theirs[1].args[0].kind == "number"
        )
        assert float(str(finding.ours)) == pytest.approx(slope, rel=1e-5)


@pytest.mark.parametrize(
    ("line", "theirs", "mark"),
    [
        (46, "exp(f)", "refuted"),
        (220, "z_3", "refuted"),
        (264, "b_2 - alpha*D(L, b_2)", "wrong"),
        (262, "w_2 - alpha*D(L, w_2)", "rounded"),
        (320, "D(L, w_12)", "refuted"),
        (318, "D(L, w_11)", "proved"),
        (144, "(sigmoid(x + 0.001) - sigmoid(x))/0.001", "double"),
    ],
)
def test_known_slips_are_found(line, theirs, mark):
    here = [f for post in found() for f in post.findings if f.line == line]
    assert mark in [f.mark for f in here if theirs in str(f.theirs[0]) or theirs in str(f.theirs[1])]


def test_digits_decide():
    ball = arb(2).sqrt()
    assert _compared(ball, "1.41", None, CATALOG) == "right"
    assert _compared(ball, "1.42", None, CATALOG) == "wrong"
    assert _compared(ball, "1.414", None, CATALOG) == "right"
    assert _compared(ball, "1.400", "1.4*1", CATALOG) == "rounded"
    assert _compared(ball, "1", None, CATALOG) == "wrong"
    assert _compared(ball, "1.4142135623730955", None, CATALOG) == "double"


def test_the_page_is_written_and_the_same_every_time():
    files = post_files(CATALOG)
    assert set(files) == {"published.md", "published.tex"}
    assert post_document(CATALOG) == post_document(CATALOG)
