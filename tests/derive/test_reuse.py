"""Compositions reuse the function itself: the chain rule leaves the definition standing."""

from __future__ import annotations

import pytest

from symderiv import api


@pytest.mark.parametrize(
    ("target", "closed"),
    [
        ("sigmoid(sigmoid(x))", "y*sigmoid(x)*(1 - y)*(1 - sigmoid(x))"),
        ("sec(x)", "y*tan(x)"),
        ("tanh(x**2 + 1)", "2*x*(1 - y**2)"),
    ],
)
def test_display_form_reuses_y(target: str, closed: str) -> None:
    derivation = api.derive(target)
    form = derivation.form("display")
    assert form is not None
    assert str(form.term) == closed
    assert form.uses[0] == "y"
    assert form.verdict.status == "proved"
    assert all(step.verdict.status == "proved" for step in derivation.steps)


def test_the_last_line_is_recognised_not_expanded() -> None:
    rules = [step.rule for step in api.derive("sigmoid(sigmoid(x))").steps]
    assert rules[-2:] == ["collect", "recognise"]
