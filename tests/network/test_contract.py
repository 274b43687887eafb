"""The JSON of `symderiv backprop`: names, numbers, factors, as the contract has them."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest

import symderiv
from symderiv.cli import main
from symderiv.network.data import data
from symderiv.sheet.backprop.shown import Shown
from tests.network.conftest import FILES, worked_example

ONE_NEURON = """
[network]
equations = ["z = w*x + b", "a = sigmoid(z)", "L = (y - a)**2/2"]
loss = "L"
parameters = ["w", "b"]
learning_rate = 0.1

[given]
x = 0.5
y = 1.5
w = 0.3
b = 0.1
"""


@pytest.fixture
def answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    file = tmp_path / "net.toml"
    file.write_text(ONE_NEURON, encoding="utf-8")
    assert main(["backprop", str(file), "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_keys(answer):
    assert answer["schema_version"] == 1
    assert set(answer["forward"]) == {"z", "a", "L"}
    assert set(answer["gradients"]) == set(answer["updates"]) == set(answer["verdicts"]) == {"w", "b"}
    assert {"plain", "latex", "factors", "value"} <= set(answer["gradients"]["w"])
    assert set(answer["verdicts"].values()) == {"proved"}


def test_the_numbers(answer):
    a = 1 / (1 + math.exp(-0.25))
    delta = (a - 1.5) * a * (1 - a)
    assert answer["forward"]["z"] == 0.25
    assert answer["forward"]["a"] == pytest.approx(a, rel=1e-15)
    assert answer["gradients"]["w"]["value"] == pytest.approx(delta * 0.5, rel=1e-14)
    assert answer["updates"]["b"] == pytest.approx(0.1 - 0.1 * delta, rel=1e-15)


def test_the_factors_multiply_to_the_value(answer):
    for one in answer["gradients"].values():
        assert [f["derivative"] for f in one["factors"]][:2] == ["D(L, a)", "D(a, z)"]
        assert math.prod(f["value"] for f in one["factors"]) == pytest.approx(one["value"], rel=1e-14)


NUMBERED = ONE_NEURON.replace("w*x", "w2*x").replace('"w", "b"', '"w2", "b"').replace("w = 0.3", "w2 = 0.3")
NUMBERED = NUMBERED.replace('"z = ', '"z1 = ').replace("sigmoid(z)", "sigmoid(z1)")


@pytest.mark.parametrize("source", [*FILES, NUMBERED])
def test_the_letters_of_the_data_are_those_of_the_pages(source, tmp_path):
    """w2 is w_2 or in layer 2: no name is spelled out that the pages write with an index."""
    file = tmp_path / "net.toml"
    file.write_text(source, encoding="utf-8")
    worked = worked_example(source) if source in FILES else symderiv.backprop(file)
    answer, shown = data(worked), Shown(worked)
    texts = [one["latex"] for one in answer["deltas"].values()]
    for gradient in answer["gradients"].values():
        texts += [one["latex"] for one in (gradient, gradient["delta"], *gradient["factors"])]
    assert texts
    assert not [text for text in texts if re.search(r"\\mathrm\{[A-Za-z]+\d+\}", text)]
    for adjoint in worked.backward.adjoints:
        assert answer["deltas"][adjoint.name]["latex"] == shown.latex(adjoint.value)
