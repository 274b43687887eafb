"""`symderiv read`: what is written comes back as it is understood, line by line."""

from __future__ import annotations

import json


def test_plain(run):
    assert run("read", "x^2 * tanh( x )").out == "plain  x**2*tanh(x)\nlatex  x^2\\tanh x\n"


def test_json(run):
    answer = json.loads(run("read", "1 - sigmoid(x)", "--json").out)
    assert answer == {
        "schema_version": 1,
        "ok": True,
        "plain": "1 - sigmoid(x)",
        "latex": r"1 - \sigma(x)",
        "notes": [],
        "error": None,
    }


def test_latex(run):
    assert run("read", "--latex", r"\sigma(x)(1-\sigma(x))").out == "plain  sigma(x)*(1 - sigma(x))\n"


def test_latex_that_starts_with_a_minus(run):
    assert run("read", "--latex=-x^2").out == "plain  -x**2\n"


def test_json_of_what_is_not_read(run):
    answer = run("read", "(x", "--json")
    assert answer.code == 2
    found = json.loads(answer.out)
    assert found["ok"] is False
    assert found["error"]["span"] == [0, 1]
    assert answer.err.startswith("error: ")


def test_one_formula_at_a_time(run):
    assert run("read").code == 2
    assert run("read", "x", "--latex", "x").code == 2


def test_a_batch_keeps_order_and_goes_on(run):
    lines = [
        json.dumps({"id": "a", "latex": r"g(x) + p(x)", "functions": ["g"], "symbols": ["p"]}),
        "rubbish",
        "",
        json.dumps([1]),
        json.dumps({"id": 3, "latex": r"\frac{1}{"}),
        json.dumps({"id": 4, "latex": "x", "functions": "g"}),
        json.dumps({"id": 5, "latex": r"\hat{y} - z^{(2)}"}),
    ]
    answer = run("read", "--jsonl", "-", stdin="\n".join(lines))
    assert answer.code == 0
    first, second, third, fourth, fifth, last = map(json.loads, answer.out.splitlines())
    assert first["plain"] == "g(x) + p*x"
    assert [second["id"], third["id"], second["ok"], third["ok"]] == [None, None, False, False]
    assert fourth["id"] == 3
    assert fourth["error"]["span"]
    assert fifth["error"]["code"] == "input"
    assert last == {
        "id": 5,
        "ok": True,
        "plain": "hat_y - z__2",
        "notes": [],
        "alternatives": [],
        "error": None,
    }
