"""`symderiv.check`: the report as a value."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

import symderiv
from symderiv.errors import SymderivError

WRONG = r"$$\sigma'(x) = \sigma(x)(1+\sigma(x))$$"


def test_a_text_is_checked() -> None:
    report = symderiv.check(WRONG, kind="md")
    assert isinstance(report, symderiv.CheckReport)
    assert report.first_wrong == 0
    diagnosis = report.lines[0].diagnosis
    assert diagnosis is not None
    assert diagnosis.id == "sign"
    assert symderiv.prove("D(sigmoid(x), x)", diagnosis.fix).status == "proved"
    assert diagnosis.message.endswith(".")


def test_a_file_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(WRONG)
    report = symderiv.check(path)
    assert report.file == str(path)
    assert repr(report) == f"<CheckReport of {path}: 1 refuted; first wrong: line 1>"
    assert "sign" in str(report)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SymderivError):
        symderiv.check(tmp_path / "nothing.md")


def test_the_report_is_frozen_and_goes_through_json() -> None:
    report = symderiv.check(WRONG, kind="md")
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.file = "other"  # type: ignore[misc]
    written = json.loads(json.dumps(report.as_json()))
    assert [type(report.lines[0]).from_json(line) for line in written["lines"]] == [
        dataclasses.replace(line, block=0) for line in report.lines
    ]
