"""Exported training steps: exact gradients, batches, saturation, NumPy only, and a loss that falls."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import symderiv
from symderiv.api import export_network
from symderiv.cli import main
from symderiv.errors import NetworkError
from symderiv.network.data import data as json_data
from symderiv.network.module import NetworkModule
from tests.network.conftest import FILES, worked_example

ROOT = Path(__file__).resolve().parents[2]

BINARY = """
[network]
equations = [
  "z = Sum(w[j]*x[j], j, 1, M) + b",
  "a = sigmoid(z)",
  "L = -(y*log(a) + (1 - y)*log(1 - a)) + r*Sum(w[j]**2, j, 1, M)",
]
loss = "L"
parameters = ["w", "b"]
learning_rate = 0.1

[given]
x = [0.5, -1.5]
y = 1
r = 0.01
w = [0.3, 0.8]
b = 0.1
"""
KINKS = """
[network]
equations = [
  "h[k] = relu(Sum(w[k, j]*x[j], j, 1, M))",
  "s = Sum(v[k]*h[k], k, 1, K)",
  "L = Max(0, 1 - y*s) + Abs(s)/10",
]
loss = "L"
parameters = ["w", "v"]

[given]
x = [0.5, -1.5, 2]
y = -1
w = [[0.3, 0.8, 0.4], [-0.2, 0.1, 0.9]]
v = [0.7, -0.4]
"""


@cache
def exported(source: Path | str) -> NetworkModule:
    """Worked out once: the kernels take their time."""
    return export_network(worked_example(source.stem) if isinstance(source, Path) else source)


def load(text: str, folder: Path, name: str = "net") -> ModuleType:
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "source",
    [FILES["one_neuron"], FILES["two_neurons_layer"], FILES["classifier"], BINARY, KINKS],
    ids=["one", "layer", "classifier", "binary", "kinks"],
)
def test_the_gradients(source, tmp_path):
    made = exported(source)
    worked = made.training.worked
    assert made.problems == ()
    assert all(line.verdict.is_proved for line in made.training.lines())
    net = load(made.text, tmp_path)
    loss, grads = net.loss_and_grads(net.PARAMETERS, net.DATA)
    answer = json_data(worked)
    assert loss == pytest.approx(answer["forward"]["L"], rel=1e-14)
    for name, one in answer["gradients"].items():
        np.testing.assert_allclose(grads[name], one["value"], rtol=1e-13, atol=1e-16)
        assert grads[name].shape == net.PARAMETERS[name].shape
    for name, value in answer["forward"].items():
        np.testing.assert_allclose(net.forward(net.PARAMETERS, net.DATA)[name], value, rtol=1e-14)
    new, before = net.step(net.PARAMETERS, net.DATA, 0.1)
    assert before == loss
    for name in grads:
        np.testing.assert_allclose(new[name], net.PARAMETERS[name] - 0.1 * grads[name])


@pytest.mark.parametrize(
    "source", [FILES["classifier"], BINARY, KINKS], ids=["classifier", "binary", "kinks"]
)
def test_a_batch_is_the_mean_of_its_samples(source, tmp_path):
    net = load(exported(source).text, tmp_path)
    generator = np.random.default_rng(1)
    batch = {n: a + (generator.normal(size=(7, *a.shape)) if n == "x" else 0.0) for n, a in net.DATA.items()}
    loss, grads = net.loss_and_grads(net.PARAMETERS, batch)
    singles = [
        net.loss_and_grads(
            net.PARAMETERS, {n: a[k] if a.ndim > net.DATA[n].ndim else a for n, a in batch.items()}
        )
        for k in range(7)
    ]
    assert loss == pytest.approx(np.mean([one[0] for one in singles]), rel=1e-13)
    for name in grads:
        np.testing.assert_allclose(
            grads[name], np.mean([one[1][name] for one in singles], axis=0), rtol=1e-12, atol=1e-15
        )


def test_difference_quotients_of_a_batch(tmp_path):
    net = load(exported(FILES["classifier"]).text, tmp_path)
    generator = np.random.default_rng(2)
    batch = {"x": generator.normal(size=(5, 3)), "t": np.eye(3)[[0, 2, 1, 1, 0]]}
    _, grads = net.loss_and_grads(net.PARAMETERS, batch)
    for name, array in net.PARAMETERS.items():
        for place in np.ndindex(array.shape):
            moved = [array.copy(), array.copy()]
            moved[0][place] += 1e-6
            moved[1][place] -= 1e-6
            high, low = (net.loss_and_grads({**net.PARAMETERS, name: one}, batch)[0] for one in moved)
            assert (high - low) / 2e-6 == pytest.approx(grads[name][place], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("source", "scale"), [(FILES["classifier"], 500.0), (BINARY, 500.0)], ids=["softmax", "sigmoid"]
)
def test_saturated_logits_keep_their_digits(source, scale, tmp_path):
    """Where p is 0 or 1 in doubles the loss is still the logit, and the gradient p - t."""
    net = load(exported(source).text, tmp_path)
    parameters = {n: a * scale for n, a in net.PARAMETERS.items()}
    values = net.forward(parameters, net.DATA)
    wrong = {"t": np.eye(3)[values["p"].argmin()]} if "p" in values else {"y": 1.0 - np.round(values["a"])}
    loss, grads = net.loss_and_grads(parameters, {**net.DATA, **wrong})
    assert np.isfinite(loss)
    assert loss > 100
    assert all(np.isfinite(g).all() for g in grads.values())
    last = "d" if "d" in grads else "b"
    assert 0.5 < np.max(np.abs(grads[last])) <= 1.0 + 1e-12


def test_numpy_only(tmp_path):
    text = exported(FILES["classifier"]).text
    imported = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module)
    assert {name.partition(".")[0] for name in imported} - sys.stdlib_module_names == {"numpy"}
    (tmp_path / "net.py").write_text(text, encoding="utf-8")
    code = (
        "import sys; sys.modules['symderiv'] = None; import net; print(net.step(net.PARAMETERS, net.DATA)[1])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert float(done.stdout) > 0


def test_what_does_not_fit_is_refused(tmp_path):
    net = load(exported(FILES["classifier"]).text, tmp_path)
    for wrong in (
        {"x": np.ones(4), "t": np.ones(3)},
        {"x": np.ones((2, 3)), "t": np.ones((3, 3))},
        {"x": np.ones(3)},
    ):
        with pytest.raises(ValueError, match=r"shape|batches|missing"):
            net.forward(net.PARAMETERS, wrong)
    with pytest.raises(ValueError, match="shape"):
        net.forward({**net.PARAMETERS, "d": np.ones(2)}, net.DATA)


def test_the_loss_falls(tmp_path):
    net = load(exported(FILES["classifier"]).text, tmp_path)
    generator = np.random.default_rng(3)
    x = generator.normal(size=(60, 3))
    data = {"x": x, "t": np.eye(3)[(x @ np.array([1.0, -2.0, 0.5]) > 0).astype(int) + (x[:, 0] > 1)]}
    parameters, losses = net.PARAMETERS, []
    for _ in range(60):
        parameters, loss = net.step(parameters, data, 0.5)
        losses.append(loss)
    assert losses[-1] < 0.6 * losses[0]


def test_the_irises(tmp_path, monkeypatch, capsys):
    pytest.importorskip("sklearn")
    monkeypatch.chdir(tmp_path)
    assert main(["backprop", str(ROOT / "examples" / "iris" / "iris.toml"), "--export", "iris_net.py"]) == 0
    train = load((ROOT / "examples" / "iris" / "train.py").read_text(encoding="utf-8"), tmp_path, "train")
    losses = train.main(Path("iris_net.py"))
    assert losses[-1] < 0.1 * losses[0]
    assert "irises are told right" in capsys.readouterr().out


def test_names_of_python_and_of_kernels(tmp_path):
    text = (
        BINARY.replace("a = sigmoid(z)", "lambda = sigmoid(z)")
        .replace("log(a)", "log(lambda)")
        .replace("- a)", "- lambda)")
    )
    made = export_network(
        text.replace("b = 0.1", "np = 0.1").replace('"b"]', '"np"]').replace("M) + b", "M) + np")
    )
    assert made.problems == ()
    net = load(made.text, tmp_path)
    assert set(net.loss_and_grads(net.PARAMETERS, net.DATA)[1]) == {"w", "np"}


def test_no_module_without_numbers():
    with pytest.raises(NetworkError):
        export_network(FILES["output_layer"])


def test_the_file_is_not_overwritten(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    arguments = ["backprop", str(FILES["one_neuron"]), "--export", "net.py"]
    assert main(arguments) == 0
    assert main(arguments) == 2
    assert main([*arguments, "--force"]) == 0
    assert main(["backprop", str(FILES["one_neuron"]), "--export", "net.txt"]) == 2


@pytest.mark.parametrize(
    ("equations", "given"),
    [
        (["z = w[1]*x[1] + w[2]*x[2]", "a = sigmoid(z)", "L = squared_error(a)"], "t = 1\nw = [0.3, -0.7]\n"),
        (["z = w[1]*x[1] + w[2]*x[2]", "L = sigmoid_cross_entropy(z)"], "t = 1\nw = [0.3, -0.7]\n"),
        (["z[k] = Sum(w[k, j]*x[j], j, 1, M)", "L = softmax_cross_entropy(z)"],
         "t = [0, 1]\nw = [[1, 2], [3, 0.5]]\n"),
        (["z[k] = Sum(w[k, j]*x[j], j, 1, M)", "p = softmax(z)", "L = cross_entropy(p)"],
         "t = [0, 1]\nw = [[1, 2], [3, 0.5]]\n"),
    ],
)  # fmt: skip
def test_losses_of_the_catalogue(equations, given, tmp_path):
    lines = ", ".join(f'"{one}"' for one in equations)
    text = (
        f'[network]\nequations = [{lines}]\nloss = "L"\nparameters = ["w"]\n[given]\nx = [0.5, -1.5]\n{given}'
    )
    worked = symderiv.backprop(text)
    assert {line.status for line in worked.lines()} == {"proved"}
    assert all(one.agrees for one in worked.quotients)
    made = export_network(worked)
    assert made.problems == ()
    net = load(made.text, tmp_path)
    batch = {name: np.stack([array, array * 0 + 1]) for name, array in net.DATA.items()}
    assert np.isfinite(net.loss_and_grads(net.PARAMETERS, batch)[0])
