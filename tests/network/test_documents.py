"""Backpropagation worked by hand is checked: definitions, δ, indices, numbers; and so are our own pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symderiv.catalog import load
from symderiv.check.checker import check_text
from symderiv.sheet.backprop.composed import compose_network
from symderiv.sheet.formats.base import DEFAULT
from symderiv.sheet.formats.tex import render_document
from tests.check.corpus import Fixture, expected_of
from tests.network.conftest import worked_example


def documents() -> list[Fixture]:
    found = []
    for path in sorted((Path(__file__).parent / "documents").glob("*.md")):
        for part in re.split(r"(?m)^## ", path.read_text(encoding="utf-8"))[1:]:
            title, _, body = part.partition("\n")
            found.append(Fixture(f"{path.stem}: {title}", body, tuple(expected_of(body))))
    return found


@pytest.mark.parametrize("fixture", documents(), ids=lambda fixture: fixture.name)
def test_by_hand(fixture):
    report = check_text(fixture.text, load(), kind="md")
    found = [(line.line, line.verdict) for line in report.lines]
    assert found == [(line, verdict) for line, verdict, _ in fixture.expected]


@pytest.mark.parametrize("name", ["one_neuron", "two_neurons_layer"])
def test_nothing_on_our_page_is_refuted(name):
    page = render_document(compose_network(worked_example(name)), DEFAULT)
    report = check_text(page, load(), kind="tex")
    verdicts = [line.verdict for line in report.lines]
    assert "refuted" not in verdicts
    assert verdicts.count("proved") + verdicts.count("rounded") >= 40


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"&= -(y - \hat{y}) ", r"&= (y - \hat{y}) "),
        (r"&= \hat{y}(1 - \hat{y}) ", r"&= \hat{y}(1 + \hat{y}) "),
        (r"\approx 0.562177", r"\approx 0.563177"),
    ],
)
def test_what_is_changed_on_our_page_is_found(right, wrong):
    page = render_document(compose_network(worked_example("one_neuron")), DEFAULT)
    assert right in page
    report = check_text(page.replace(right, wrong), load(), kind="tex")
    assert "refuted" in [line.verdict for line in report.lines]
