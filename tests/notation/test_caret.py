"""The caret stands under the place, whatever surrounds it."""

from __future__ import annotations

import pytest

from symderiv.errors import ReadError
from symderiv.notation.read.caret import caret
from symderiv.notation.read.plain import read_plain


def _pointed(source: str, span: tuple[int, int]) -> str:
    line, mark = caret(ReadError("no", span=span, source=source)).split("\n")
    return line[mark.index("^") : mark.index("^") + mark.count("^")]


def test_under_the_span() -> None:
    assert caret(ReadError("no", span=(2, 4), source="a+bc+d")) == "a+bc+d\n  ^^"


def test_at_the_end_one_caret_after_the_text() -> None:
    assert caret(ReadError("no", span=(2, 3), source="1+")) == "1+\n  ^"


def test_only_the_line_of_the_span() -> None:
    assert caret(ReadError("no", span=(6, 7), source="x +\n y z")) == " y z\n  ^"


@pytest.mark.parametrize("position", [0, 30, 500, 990, 998])
def test_a_long_line_is_shown_through_a_window(position: int) -> None:
    source = "a" * position + "?" + "b" * (999 - position)
    assert _pointed(source, (position, position + 1)) == "?"
    assert len(caret(ReadError("no", span=(position, position + 1), source=source)).split("\n")[0]) <= 84


def test_control_characters_are_not_printed() -> None:
    shown = caret(ReadError("no", span=(1, 2), source="x\x1b[31m\ty"))
    assert "\x1b" not in shown
    assert "\t" not in shown


def test_nothing_without_a_place() -> None:
    assert caret(ReadError("no")) == ""


def test_the_error_of_the_reader_carries_what_the_caret_needs() -> None:
    with pytest.raises(ReadError) as caught:
        read_plain("x*(1-")
    assert caret(caught.value) == "x*(1-\n  ^"
