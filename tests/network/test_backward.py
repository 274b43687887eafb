"""The backward pass can fail: whatever is put out of true turns a verdict, a quotient, an exit code."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import symderiv
from symderiv.cli import main
from symderiv.derive.algebra import negate
from symderiv.network import backward as backward_module
from symderiv.network import local as local_module
from symderiv.network.examples import examples
from symderiv.network.meaning import Meaning
from symderiv.network.output_layer import layer
from symderiv.network.paths import paths
from symderiv.network.worked import work
from symderiv.notation.term import ONE, diff, mul, num, sym
from symderiv.prove import Prover
from symderiv.sheet.backprop.composed import network_files

FILES = {path.stem: path for path in examples()}


def read(text: str, **more):
    return symderiv.load().read(text, **more)


WRONG = {
    "sign": lambda delta, local, bounds: negate(contribution(delta, local, bounds)),
    "dropped-delta": lambda delta, local, bounds: contribution(ONE, local, bounds),
    "dropped-local": lambda delta, local, bounds: contribution(delta, ONE, bounds),
    "twice": lambda delta, local, bounds: mul(num(2), contribution(delta, local, bounds)),
}
contribution = backward_module.contribution


@pytest.mark.parametrize("slip", sorted(WRONG))
@pytest.mark.parametrize("name", ["two_neurons", "two_neurons_layer"])
def test_a_wrong_chain_is_refuted(name, slip, monkeypatch):
    monkeypatch.setattr(backward_module, "contribution", WRONG[slip])
    worked = symderiv.backprop(FILES[name])
    assert any(verdict.status == "refuted" for verdict in worked.lines())
    assert worked.disagreeing()
    assert "refuted" in {worked.verdict(one) for one in worked.network.parameters}


def test_a_wrong_chain_over_indices_is_refuted(monkeypatch):
    monkeypatch.setattr(backward_module, "contribution", WRONG["twice"])
    worked = symderiv.backprop(FILES["classifier"])
    assert any(verdict.status == "refuted" for verdict in worked.lines())
    assert worked.disagreeing()


def test_the_command_says_so(monkeypatch, capsys):
    monkeypatch.setattr(backward_module, "contribution", WRONG["twice"])
    assert main(["backprop", str(FILES["one_neuron"]), "--format", "json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["verdicts"]["w"] == "refuted"
    assert "refuted" in printed.err
    assert "disagree" in printed.err


def test_a_wrong_local_derivative_is_refuted(monkeypatch):
    original = local_module.collect
    monkeypatch.setattr(local_module, "collect", lambda term: negate(original(term)))
    worked = symderiv.backprop(FILES["one_neuron"])
    assert any(verdict.status == "refuted" for verdict in worked.lines())


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        ("delta_z*sigmoid(z)*(1 - sigmoid(z))", "delta_z*a*(1 - a)", "proved"),
        ("delta_z*sigmoid(z)*(1 - sigmoid(z))", "delta_z*a*(1 + a)", "refuted"),
        ("tanh(q)", "tanh(q + 1)", "refuted"),
        ("mish(q)*mish'(q)", "mish(q)*mish'(q) + 0*q", "proved"),
    ],
)
def test_claims_about_names(left, right, status):
    text = '[network]\nequations = ["z = w", "a = sigmoid(z)", "L = a**2"]\nloss = "L"\nparameters = ["w"]\n'
    meaning = Meaning(symderiv.load_network(text))
    assert meaning.prove(read(left), read(right), ("a",)).status == status


def test_every_path_is_found():
    text = (
        '[network]\nequations = ["a = w**2", "b = sin(a) + w", "c = a*b", "L = c + b*w"]\n'
        'loss = "L"\nparameters = ["w"]\n[given]\nw = 0.5\n'
    )
    worked = symderiv.backprop(text)
    found = paths(worked, "w")
    assert found.count == len(found.shown) == 6
    total = 0.0
    for way in found.shown:
        product = 1.0
        for factor in way.factors:
            product *= float(worked.numbers.of(factor.value))
        total += product
    assert total == pytest.approx(float(worked.numbers.gradients["w"][()]), rel=1e-14)
    assert worked.verdict("w") == "proved"


def test_many_paths_are_counted_and_added_up_once():
    equations = ["a_0 = w"]
    for k in range(5):
        equations += [f"b_{k} = a_{k}**2", f"a_{k + 1} = sin(a_{k}) + b_{k}/3"]
    lines = ", ".join(f'"{one}"' for one in [*equations, "L = a_5**2"])
    text = f'[network]\nequations = [{lines}]\nloss = "L"\nparameters = ["w"]\n[given]\nw = 0.3\n'
    worked = symderiv.backprop(text)
    found = paths(worked, "w")
    assert found.count == 2**5
    assert not found.complete
    assert worked.verdict("w") == "proved"
    assert all(one.agrees for one in worked.quotients)


def test_a_kink_is_said(tmp_path, capsys):
    text = '[network]\nequations = ["a = relu(w*x)", "L = (y - a)**2"]\nloss = "L"\nparameters = ["w"]\n'
    file = tmp_path / "kink.toml"
    file.write_text(text + "[given]\nx = 1\ny = 1\nw = 0\n", encoding="utf-8")
    worked = symderiv.backprop(file)
    assert worked.borders == ("a",)
    assert main(["backprop", str(file)]) == 0
    assert "kink" in capsys.readouterr().err
    file.write_text(text + "[given]\nx = 1\ny = 1\nw = 1\n", encoding="utf-8")
    assert symderiv.backprop(file).borders == ()


def test_the_output_layer_for_a_symbolic_activation():
    """∂E/∂w[j, k] = (g(z[k]) - t[k]) g'(z[k]) x[j] for every size and every g."""
    worked = work(layer(symderiv.load()))
    (gradient,) = worked.backward.gradients
    assert gradient.whole is not None
    assert gradient.whole.is_proved
    stated = read("(g(z[k]) - t[k])*g'(z[k])*x[j]", functions=("g",))
    assert Prover(symderiv.load()).prove(gradient.plain, stated).is_proved
    wrong = read("(g(z[k]) - t[k])*g'(z[k])*x[k]", functions=("g",))
    assert Prover(symderiv.load()).prove(gradient.plain, wrong).status == "refuted"


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "gelu", "elu", "selu", "softsign"])
def test_the_output_layer_for_activations(activation):
    worked = work(layer(symderiv.load(), activation))
    assert {line.status for line in worked.lines()} == {"proved"}


@pytest.mark.slow
def test_the_output_layer_for_every_activation():
    from symderiv.network.output_layer import layers

    for name, worked in layers(symderiv.load()):
        assert worked.verdict("w") == "proved", name


def test_order_of_writing_does_not_matter():
    one = symderiv.load_network(FILES["two_neurons"])
    text = FILES["two_neurons"].read_text(encoding="utf-8")
    lines = text.splitlines()
    start = lines.index("equations = [") + 1
    lines[start : start + 5] = lines[start : start + 5][::-1]
    other = symderiv.load_network("\n".join(lines))
    assert [node.name for node in one.nodes] == [node.name for node in other.nodes]
    first, second = work(one), work(replace(other, name=one.name))
    assert [g.plain for g in first.backward.gradients] == [g.plain for g in second.backward.gradients]


def test_the_size_comes_from_what_is_given():
    text = (
        '[network]\nequations = ["z[k] = Sum(w[j, k]*x[j], j, 1, M)", "a = sigmoid(z)", '
        '"L = Sum(a[k], k, 1, K)"]\n'
        'loss = "L"\nparameters = ["w"]\n[given]\nx = [1, 2]\nw = [[1, 2, 3], [4, 5, 6]]\n'
    )
    network = symderiv.load_network(text)
    assert network.numbers == {"M": 2, "K": 3}
    assert network.shape("a") == (3,)
    worked = work(network)
    assert worked.verdict("w") == "proved"
    assert diff(sym("L"), network.entry("w")) == read("D(L, w[j, k])")


SHAPES = {
    "attention": (
        ["s[i] = Sum(q[d]*k[i, d], d, 1, D)", "a = softmax(s)", "o[d] = Sum(a[i]*v[i, d], i, 1, N)",
         "L = Sum((o[d] - y[d])**2, d, 1, D)"],
        ["q", "v"],
        "q = [0.3, -0.7]\nk = [[0.1, 0.5], [-0.3, 0.8], [0.2, 0.2]]\n"
        "v = [[1, 0.5], [-0.3, 2], [0.2, 0.2]]\ny = [1, 0]\n",
    ),
    "layer-norm": (
        ["m = Sum(x[j]*w[j], j, 1, N)/3", "s = Sum((x[j]*w[j] - m)**2, j, 1, N)/3",
         "n[j] = (x[j]*w[j] - m)/sqrt(s + c)", "L = Sum(n[j]*y[j], j, 1, N)**2"],
        ["w"],
        "x = [1, 2, 4]\nw = [0.3, 0.7, -0.2]\nc = 0.001\ny = [0.1, 0.5, -0.2]\n",
    ),
    "tied-weights": (
        ["h[k] = tanh(Sum(w[k, j]*x[j], j, 1, N))", "r[j] = Sum(w[k, j]*h[k], k, 1, K)",
         "L = Sum((r[j] - x[j])**2, j, 1, N)"],
        ["w"],
        "x = [1, 0.5, -0.4]\nw = [[0.1, 0.2, 0.3], [0.4, -0.5, 0.6]]\n",
    ),
    "recurrent": (
        ["h1 = tanh(w*x1 + u*h0)", "h2 = tanh(w*x2 + u*h1)", "h3 = tanh(w*x3 + u*h2)", "L = (h3 - y)**2"],
        ["w", "u"],
        "x1 = 1\nx2 = -0.5\nx3 = 0.25\nh0 = 0\nw = 0.5\nu = 0.8\ny = 0.3\n",
    ),
    "usual-value-of-a-parameter": (
        ["a = leaky_relu(w*x)", "L = (a - y)**2"], ["w"], "x = -1.5\ny = 0.2\nw = 0.7\n"
    ),
    "diagonal": (["L = Sum(w[j, j]*x[j], j, 1, N)**2"], ["w"], "w = [[1, 2], [3, 4]]\nx = [0.5, -1]\n"),
    "saturated": (
        ["z = w*x", "a = sigmoid(z)", "L = -(y*log(a) + (1 - y)*log(1 - a))"],
        ["w"],
        "w = 100\nx = 20\ny = 0\n",
    ),
    "e-is-a-name": (["z = w*x", "E = (z - e)**2", "L = E"], ["w"], "w = 1\nx = 2\ne = 0.5\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_networks_of_other_shapes(name):
    equations, parameters, given = SHAPES[name]
    lines = ", ".join(f'"{one}"' for one in equations)
    head = f'[network]\nequations = [{lines}]\nloss = "L"\nparameters = {json.dumps(parameters)}\n'
    text = f"{head}[given]\n{given}"
    worked = symderiv.backprop(text)
    assert {line.status for line in worked.lines()} == {"proved"}
    assert worked.quotients
    assert all(one.agrees for one in worked.quotients)
    assert network_files(worked)
