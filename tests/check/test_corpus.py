"""Every derivation of the corpus: the verdict of every step, the slip where one is named."""

from __future__ import annotations

import pytest

from symderiv.catalog import load
from symderiv.check.checker import check_text
from symderiv.check.slips.table import FIGURES, SLIPS
from tests.check.corpus import FOLDER, Fixture, expected_of, fixtures

FIXTURES = fixtures()


@pytest.mark.parametrize("fixture", FIXTURES, ids=[fixture.name for fixture in FIXTURES])
def test_verdicts(fixture: Fixture) -> None:
    report = check_text(fixture.text, load(), kind="md")
    found = [(line.line, line.verdict, line.diagnosis.id if line.diagnosis else "") for line in report.lines]
    assert found == list(fixture.expected), "\n".join(f"{line.read}  {line.notes}" for line in report.lines)


def test_there_are_sixty_derivations() -> None:
    assert len(FIXTURES) >= 60


def test_every_slip_has_its_fixture() -> None:
    known = {name for name, _, _ in (*SLIPS, *FIGURES)}
    assert {path.stem for path in (FOLDER / "slips").glob("*.md")} == known


@pytest.mark.parametrize("name", [f"{n}.md" for n in "pages drafts figures authors sums vectors".split()])
def test_sections_do_not_disturb_each_other(name: str) -> None:
    """A file of many pages says of each page what the page by itself would be told."""
    text = (FOLDER / name).read_text()
    report = check_text(text, load(), kind="md")
    found = [(line.line, line.verdict, line.diagnosis.id if line.diagnosis else "") for line in report.lines]
    stated_before = "tanh(20) = 1"  # after 1.0 has been accepted for it, 1 is that number again
    expected = list(expected_of(text))
    assert [
        pair
        for pair, line in zip(found, report.lines, strict=True)
        if pair not in expected and line.read != stated_before
    ] == []
