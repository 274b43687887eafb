"""The closed loop: every sheet is read back and proved line by line, and a corrupted line is found."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from symderiv.catalog import load
from symderiv.check.checker import check_text
from symderiv.check.report import CheckReport

SHEETS = sorted((Path(__file__).parents[2] / "outputs" / "sheets").glob("*.tex"))
_DERIVATION = re.compile(r"\\section\{Derivation\}.*?(?=\\section\{)", re.DOTALL)
_LAST_STEP = re.compile(
    r"(?m)^   &= (?P<side>.*?)(?P<tag> \\tag\*\{\\rulecite\{\d+\}\{[^{}]*\}\}(?: \\\\\*?)?)$"
)
_GOOD = {"proved", "definition"}
_HEAD = re.compile(r"\\begin\{document\}")


@cache
def sheet(path: Path) -> str:
    """A sheet without what TeX needs before it."""
    text = path.read_text()
    begin = _HEAD.search(text)
    assert begin is not None
    return text[begin.end() :]


def derivation(text: str) -> range:
    """The lines of the part that derives."""
    found = _DERIVATION.search(text)
    assert found is not None
    return range(text[: found.start()].count("\n") + 1, text[: found.end()].count("\n") + 1)


def check(text: str) -> CheckReport:
    return check_text(text, load(), kind="tex")


@pytest.mark.parametrize("path", SHEETS, ids=[path.stem for path in SHEETS])
def test_every_line_of_a_derivation_is_proved(path: Path) -> None:
    text = sheet(path)
    lines = [line for line in check(text).lines if line.line in derivation(text)]
    assert lines
    bad = [(line.line, line.verdict, line.how, line.read) for line in lines if line.verdict not in _GOOD]
    assert bad == []


@pytest.mark.parametrize("path", SHEETS, ids=[path.stem for path in SHEETS])
def test_a_corrupted_line_is_found(path: Path) -> None:
    text = sheet(path)
    part = derivation(text)
    steps = [m for m in _LAST_STEP.finditer(text) if text[: m.start()].count("\n") + 1 in part]
    assert steps, "no step stands on a line of its own"
    match = steps[len(path.stem) % len(steps)]  # one line, another for every sheet
    corrupted = (
        f"{text[: match.start('side')]}2 \\cdot \\left({match['side']}\\right){text[match.end('side') :]}"
    )
    line = corrupted[: match.start()].count("\n") + 1
    report = check(corrupted)
    assert report.first_wrong is not None
    assert report.lines[report.first_wrong].line == line


@pytest.mark.parametrize("path", SHEETS, ids=[path.stem for path in SHEETS])
def test_no_line_of_a_sheet_is_called_wrong(path: Path) -> None:
    wrong = [line for line in check(sheet(path)).lines if line.verdict == "refuted"]
    assert [line.latex for line in wrong] == []
