"""The pages: they compile, draw, say how many, and are the same on every run."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import symderiv
from symderiv.cli import main
from symderiv.sheet.atomic import write_files
from symderiv.sheet.backprop.composed import compose_network, network_files
from symderiv.sheet.backprop.scene import scene
from symderiv.sheet.backprop.shown import Shown
from symderiv.sheet.document import Figure
from tests.network.conftest import FILES, worked_example
from tests.sheet.conftest import compile_tex


def wide(inputs: int, hidden: int) -> str:
    """A network written out neuron by neuron, as people do: inputs*hidden + 2*hidden + 1 parameters."""
    equations, names = [], []
    for k in range(1, hidden + 1):
        terms = " + ".join(f"w_{k}_{j}*x_{j}" for j in range(1, inputs + 1))
        equations += [f"z_{k} = {terms} + b_{k}", f"a_{k} = sigmoid(z_{k})"]
        names += [f"w_{k}_{j}" for j in range(1, inputs + 1)] + [f"b_{k}", f"v_{k}"]
    out = " + ".join(f"v_{k}*a_{k}" for k in range(1, hidden + 1))
    equations += [f"s = {out} + c", "L = (y - s)**2/2"]
    names.append("c")
    given = [f"{name} = {(7 * place) % 19 / 10 - 0.9:.1f}" for place, name in enumerate([*names, "y"])]
    given += [f"x_{j} = {j / 10}" for j in range(1, inputs + 1)]
    return "\n".join(
        [
            "[network]",
            f"equations = {json.dumps(equations)}",
            'loss = "L"',
            f"parameters = {json.dumps(names)}",
            "learning_rate = 0.1",
            "[given]",
            *given,
        ]
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    where = tmp_path_factory.mktemp("pages")
    for name in ("two_neurons_layer", "classifier", "output_layer"):
        write_files(where, network_files(worked_example(name)))
    return where


def test_the_tex_compiles_without_overfull_lines(folder):
    log = compile_tex(folder, "two_neurons_layer.tex", "classifier.tex", "output_layer.tex", runs=1)
    assert "Overfull" not in log


def test_the_drawings_are_pictures(folder):
    for name in ("two_neurons_layer", "classifier", "output_layer"):
        root = ElementTree.parse(folder / f"{name}-graph.svg").getroot()
        tags = [node.tag.rpartition("}")[2] for node in root.iter()]
        assert tags.count("rect") > 2
        assert tags.count("polyline") >= 2
        assert root.find("{*}title").text


def test_boxes_do_not_overlap_and_edges_go_forward():
    for name in FILES:
        drawn = scene(Shown(worked_example(name)))
        for a in drawn.boxes:
            for b in drawn.boxes:
                if a is not b and a.x == b.x:
                    assert abs(a.y - b.y) >= (a.height + b.height) / 2
        assert all(edge.points[0][0] < edge.points[-1][0] for edge in drawn.edges)


def test_values_stand_in_the_boxes_and_factors_on_the_edges():
    worked = worked_example("one_neuron")
    figure = next(b for b in compose_network(worked).blocks() if isinstance(b, Figure))
    for text in ("0.562177", "0.439756", "-0.9378", "0.2461", "0.25"):
        assert text in figure.svg
        assert text in figure.tex


def test_large_networks_are_told_by_pattern_not_cut():
    worked = symderiv.backprop(wide(8, 6))
    files = network_files(worked)
    page = files["network.md"]
    assert "54 parameters" in page
    assert "6 of this form" in page
    stored = json.loads(files["network.json"])
    assert len(stored["gradients"]) == len(worked.network.parameters) == 61
    assert all(isinstance(one["value"], float) for one in stored["gradients"].values())
    assert set(stored["verdicts"].values()) == {"proved"}
    assert len(page) < 40_000


@pytest.mark.slow
def test_two_hundred_parameters():
    worked = symderiv.backprop(wide(18, 10))
    assert len(worked.network.parameters) == 201
    assert {line.status for line in worked.lines()} == {"proved"}
    assert all(one.agrees for one in worked.quotients)
    assert "190 parameters" in network_files(worked)["network.md"]


_PROGRAM = """
import sys
from symderiv.cli import main
for path in sys.argv[2:]:
    assert main(["backprop", path, "--format", "json"]) == 0
    assert main(["backprop", path]) == 0
    assert main(["backprop", path, "-o", sys.argv[1]]) == 0
"""


def test_two_seeds_agree(tmp_path):
    found = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                _PROGRAM,
                str(folder),
                *map(str, (FILES["two_neurons"], FILES["output_layer"])),
            ],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        digests = {"stdout": hashlib.sha256(done.stdout.replace(str(folder).encode(), b"")).hexdigest()}
        digests |= {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}
        found.append(digests)
    assert found[0] == found[1]
    assert len(found[0]) > 6


def test_the_terminal_text(capsys):
    assert main(["backprop", str(FILES["one_neuron"])]) == 0
    text = capsys.readouterr().out
    assert "delta_z = D(L, z) = delta_hat_y*hat_y*(1 - hat_y) ≈ -0.230830326724" in text
    assert "14 of 14 lines proved; 2 of 2 entries agree" in text


def test_numbers_of_a_page_follow_from_each_other():
    """Every line of numbers comes, rounded, to the line below it."""
    from symderiv.field.constants import precision
    from symderiv.prove.balls import Evaluator
    from symderiv.sheet.backprop.shown import figures
    from symderiv.sheet.document import Aligned

    checked = 0
    for name in ("two_neurons", "two_neurons_layer"):
        worked = worked_example(name)
        for block in compose_network(worked).blocks():
            if isinstance(block, Aligned) and len(block.lines) > 1:
                above, below = (line.term for line in block.lines[-2:])
                if not above.free_symbols() and not below.free_symbols() and block.lines[-1].cite is None:
                    with precision(200):
                        number = Evaluator({}).of(worked.meaning.unfolded(above))
                    assert figures(number).term == below
                    checked += 1
    assert checked > 30


def test_a_drawing_has_the_names_of_the_network_and_no_others():
    drawn = scene(Shown(worked_example("classifier")))
    assert {box.lines[0].plain for box in drawn.boxes} == set("xtvbwdhzpL")
    symbols = scene(Shown(worked_example("output_layer")))
    assert {box.lines[0].plain for box in symbols.boxes} == set("xtwzE")
