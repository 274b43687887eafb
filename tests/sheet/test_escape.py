from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symderiv.sheet.escape import escape_markdown, escape_tex, escape_text
from tests.sheet.conftest import compile_tex

HOSTILE = [
    "my_f",
    "100%",
    r"\input{/etc/passwd}",
    "a & b # c $ d ^ e ~ f { g } h",
    "<b> | `code` *star* [link](x)",
    "naïve Größe, œuvre, Łódź, Ångström",
    "漢字 and \u202eright to left\u202c",
    "-- --- ?` !` << >>",
]


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("my_f", r"my\_f"),
        ("100%", r"100\%"),
        ("a--b", "a-{}-b"),
        (r"\x", r"\textbackslash{}x"),
        ("é", r"\'{e}"),
        ("two\nlines\x00", "two lines"),
    ],
)
def test_tex(text: str, latex: str) -> None:
    assert escape_tex(text) == latex


@pytest.mark.parametrize(
    ("text", "markdown"),
    [("my_f", r"my\_f"), ("a|b", r"a\|b"), ("<b>", r"\<b\>"), ("a\n# b", r"a \# b"), ("$x$", r"\$x\$")],
)
def test_markdown(text: str, markdown: str) -> None:
    assert escape_markdown(text) == markdown


@given(st.text())
def test_no_line_breaks_and_no_control_characters(text: str) -> None:
    for escaped in (escape_tex(text), escape_markdown(text), escape_text(text)):
        assert "\n" not in escaped
        assert all(letter.isprintable() or letter == "\u00a0" for letter in escaped)


@given(st.text())
def test_tex_is_ascii(text: str) -> None:
    assert escape_tex(text).isascii()


def test_hostile_words_compile(tmp_path: Path) -> None:
    body = "\n\n".join(map(escape_tex, HOSTILE))
    source = rf"\documentclass{{article}}\usepackage[T1]{{fontenc}}\begin{{document}}{body}\end{{document}}"
    (tmp_path / "words.tex").write_text(source, encoding="ascii")
    assert "Missing character" not in compile_tex(tmp_path, "words.tex")
