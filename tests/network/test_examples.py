"""The networks that come along: every line proved, every printed digit true, by an autodiff of its own."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import mpmath
import pytest

from symderiv.network.data import data
from symderiv.network.examples import examples
from symderiv.network.worked import Worked
from symderiv.notation.write.plain import write_plain
from symderiv.sheet.backprop.composed import compose_network
from symderiv.sheet.backprop.shown import figures
from symderiv.sheet.document import Aligned
from tests.network.conftest import FILES, worked_example
from tests.network.oracle import exp, log, sigmoid, tanh, values_and_slopes


def one_neuron(v):
    z = v["w"] * v["x"] + v["b"]
    hat = sigmoid(z)
    return {"z": z, "hat_y": hat, "L": (v["y"] - hat) * (v["y"] - hat) / 2}


def two_neurons(v):
    z2 = v["w__1"] * v["x"] + v["b__1"]
    a2 = sigmoid(z2)
    z3 = v["w__2"] * a2 + v["b__2"]
    hat = sigmoid(z3)
    loss = (v["y"] - hat) * (v["y"] - hat) / 2
    return {"z__2": z2, "a__2": a2, "z__3": z3, "hat_y": hat, "L": loss}


def two_neurons_layer(v):
    z1, z2 = v["w_1__1"] * v["x"] + v["b_1__1"], v["w_2__1"] * v["x"] + v["b_2__1"]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    z3 = v["w_1__2"] * a1 + v["b_1__2"] + v["w_2__2"] * a2 + v["b_2__2"]
    hat = sigmoid(z3)
    loss = (v["y"] - hat) * (v["y"] - hat) / 2
    return {"z_1__2": z1, "z_2__2": z2, "a_1__2": a1, "a_2__2": a2, "z__3": z3, "hat_y": hat, "L": loss}


def classifier(v):
    h = [tanh(sum((v[f"v[{j}, {k}]"] * v[f"x[{j}]"] for j in (1, 2, 3)), v[f"b[{k}]"])) for k in (1, 2, 3, 4)]
    z = [sum((v[f"w[{k}, {c}]"] * h[k - 1] for k in (1, 2, 3, 4)), v[f"d[{c}]"]) for c in (1, 2, 3)]
    total = exp(z[0]) + exp(z[1]) + exp(z[2])
    p = [exp(one) / total for one in z]
    loss = -(v["t[1]"] * log(p[0]) + v["t[2]"] * log(p[1]) + v["t[3]"] * log(p[2]))
    found = {"L": loss}
    for name, row in (("h", h), ("z", z), ("p", p)):
        found |= {f"{name}[{place}]": one for place, one in enumerate(row, 1)}
    return found


NETWORKS = {f.__name__: f for f in (one_neuron, two_neurons, two_neurons_layer, classifier)}


def flat(name: str, value: object) -> dict[str, object]:
    """`w[1, 2]` -> number."""

    def walk(part, place):
        if isinstance(part, list):
            for k, one in enumerate(part, 1):
                yield from walk(one, (*place, k))
        else:
            yield (f"{name}[{', '.join(map(str, place))}]" if place else name), part

    return dict(walk(value, ()))


@pytest.fixture(scope="module")
def worked() -> dict[str, Worked]:
    return {name: worked_example(name) for name in FILES}


@pytest.fixture(scope="module")
def truth() -> dict[str, tuple[dict, dict]]:
    found = {}
    for name, function in NETWORKS.items():
        table = tomllib.loads(FILES[name].read_text(encoding="utf-8"), parse_float=str)["given"]
        given = {key: one for top, value in table.items() for key, one in flat(top, value).items()}
        found[name] = values_and_slopes(function, given, "L")
    return found


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_line_is_proved(name, worked):
    lines = worked[name].lines()
    assert len(lines) >= 10
    assert {line.status for line in lines} == {"proved"}
    assert set(data(worked[name])["verdicts"].values()) == {"proved"}


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_the_gradient_is_proved_in_one_piece(name, worked):
    assert all(one.whole is not None and one.whole.is_proved for one in worked[name].backward.gradients)


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_the_numbers(name, worked, truth):
    values, slopes = truth[name]
    answer = data(worked[name])
    forward = {k: v for top, value in answer["forward"].items() for k, v in flat(top, value).items()}
    assert forward.keys() == values.keys()
    assert all(forward[k] == float(values[k]) for k in forward)
    for top, gradient in answer["gradients"].items():
        for k, value in flat(top, gradient["value"]).items():
            assert value == float(slopes[k])


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_every_printed_digit_is_true(name, worked, truth):
    values, slopes = truth[name]
    numbers = worked[name].numbers
    for tables, wanted in ((numbers.forward, values), (numbers.gradients, slopes)):
        for top, entries in tables.items():
            for place, number in entries.items():
                k = f"{top}[{', '.join(map(str, place))}]" if place else top
                true_to_the_digit(figures(number), wanted[k])


def true_to_the_digit(shown, true) -> None:
    text = write_plain(shown.term).replace("(", "").replace(")", "").replace("*10**", "e")
    mantissa = text.lower().partition("e")[0].lstrip("-")
    if mpmath.almosteq(mpmath.mpf(text), true, rel_eps=mpmath.mpf(10) ** -55):
        return
    assert shown.rounded
    decimals = len(mantissa.partition(".")[2])
    scale = mpmath.mpf((text.partition("e")[2] and f"1e{text.partition('e')[2]}") or 1)
    assert abs(mpmath.mpf(text) - true) <= mpmath.mpf(10) ** -decimals * scale / 2


def test_the_last_line_of_each_chain_on_the_page_is_the_number(worked, truth):
    values, slopes = truth["two_neurons"]
    page = compose_network(worked["two_neurons"])
    ends = {}
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, Aligned) and block.lines[-1].rounded:
                ends[section.id, write_plain(block.start)] = block.lines[-1].term
    assert mpmath.almosteq(number(ends["forward", "a__2"]), values["a__2"], rel_eps=1e-5)
    for name in ("w__1", "b__1", "w__2", "b__2"):
        assert mpmath.almosteq(number(ends["gradients", f"D(L, {name})"]), slopes[name], rel_eps=1e-5)


def number(term) -> mpmath.mpf:
    return mpmath.mpf(re.sub(r"[()]", "", write_plain(term)).replace("*10**", "e"))


def test_the_factors_of_a_scalar_network_multiply_to_its_gradient(worked):
    for gradient in data(worked["two_neurons_layer"])["gradients"].values():
        products = {}
        for factor in gradient["factors"]:
            products[factor["path"]] = products.get(factor["path"], 1.0) * factor["value"]
        assert sum(products.values()) == pytest.approx(gradient["value"], rel=1e-13)


def test_names_are_those_of_the_file(tmp_path: Path):
    assert [path.stem for path in examples()][:3] == ["one_neuron", "two_neurons", "two_neurons_layer"]
