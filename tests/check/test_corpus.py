"""Every derivation of the corpus: the verdict of every step, the slip where one is named."""

from __future__ import annotations

import pytest

from symderiv.catalog import load
from symderiv.check.checker import check_text
from symderiv.check.slips.table import FIGURES, SLIPS
from tests.check.corpus import FOLDER, Fixture, fixtures

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
