"""Slips made on purpose are found where they are and called by their names; right lines are left alone."""

from __future__ import annotations

import pytest

from benchmarks.check import Case, by_hand, copied, harmless, on_pages, right
from benchmarks.wrong_pages import figures, indexed, networks
from symderiv.catalog import load
from symderiv.check.checker import check_text


def _ids(cases: list[Case]) -> list[str]:
    return [f"{case.slip}-{place}" for place, case in enumerate(cases)]


WRONG = [
    *by_hand(1),
    *(case for case in on_pages(networks(9)) if case.line),
    *(case for case in on_pages(figures(8)) if case.line),
    *[case for case in on_pages(indexed()) if case.line and case.slip != "none"][::6],
]
RIGHT = [*list(right())[::8], *list(harmless(1))[::8], *[c for c in on_pages(networks(9)) if not c.line]]
COPIED = list(copied(1))


@pytest.mark.parametrize("case", WRONG, ids=_ids(WRONG))
def test_a_slip_is_found_and_named(case: Case) -> None:
    report = check_text(case.text, load(), kind=case.kind)
    assert report.first_wrong is not None
    line = report.lines[report.first_wrong]
    assert line.line == case.line
    assert line.diagnosis is not None
    assert line.diagnosis.id in (case.slip, *case.also)


@pytest.mark.parametrize("case", COPIED, ids=_ids(COPIED))
def test_a_line_copied_wrongly_is_found(case: Case) -> None:
    report = check_text(case.text, load(), kind=case.kind)
    assert report.first_wrong is not None
    assert report.lines[report.first_wrong].line == case.line


@pytest.mark.parametrize("case", RIGHT, ids=_ids(RIGHT))
def test_nothing_is_found_where_nothing_is_wrong(case: Case) -> None:
    lines = check_text(case.text, load(), kind=case.kind).lines
    assert [line.read for line in lines if line.verdict in {"refuted", "undecided", "unread"}] == []
