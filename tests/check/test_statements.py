"""No formula of a document vanishes from the report."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.catalog import load
from symderiv.check.checker import check_text
from symderiv.check.document import read_document
from symderiv.check.statements import statements

_SPACES = st.sampled_from(["", " ", r"\, ", r"\quad ", r"\phantom{f'(x)} ", r"\hphantom{a = b}", "{}", "& "])
_SIGNS = st.sampled_from(["=", r"\approx ", ":=", r"\equiv "])
_HEADS = st.sampled_from(["", "f'(x)", "y", r"\frac{dy}{dx}", "2x"])
_BODIES = st.sampled_from(["3x", "x^2", r"\sin x", r"\frac{x}{2}", "1"])
_SHAPES = st.sampled_from(
    [
        "${}$", "We have ${}$ so.", "1. ${}$", "- we get ${}$", "| a | ${}$ | rule |", "$${}$$", "\\[{}\\]",
        "\\begin{{align}}\n{}\n\\end{{align}}", "which is ${}$,", "\n\nThen ${}$ and", "# A\n\n${}$",
    ]
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, int]:
    """A document, and the number of equalities in it."""
    pieces, count = [], 0
    for _ in range(draw(st.integers(1, 6))):
        parts = [draw(_HEADS), *(draw(_BODIES) for _ in range(draw(st.integers(1, 3))))]
        signs = [draw(_SIGNS) for _ in parts[1:]]
        inside = parts[0] + draw(_SPACES) + "".join(a + b for a, b in zip(signs, parts[1:], strict=True))
        pieces.append(draw(_SHAPES).format(inside))
        count += len(signs)
    return "\n".join(pieces), count


@settings(max_examples=150, deadline=None)
@given(documents())
def test_every_equality_becomes_a_step(found: tuple[str, int]) -> None:
    text, count = found
    assert sum(len(one.relations) for one in statements(read_document(text, "md"))) == count


@settings(max_examples=15, deadline=None)
@given(documents())
def test_every_step_is_reported(found: tuple[str, int]) -> None:
    text, count = found
    assert len(check_text(text, load(), kind="md").lines) == count


def test_a_row_that_is_broken_after_cases_is_one_side() -> None:
    text = (
        r"\begin{align*} f(x) &= \left(\begin{cases} x & x > 0 \\ 0 & x \le 0 \end{cases}\right) \\*"
        "\n"
        r" &\qquad {} + x^2 \end{align*} $f'(1) = 3$"
    )
    lines = check_text(text, load(), kind="tex").lines
    assert [line.verdict for line in lines] == ["definition", "proved"]
