"""The batch form: one answer a line, in order, with exactly the fields of the contract."""

from __future__ import annotations

import json

from symderiv.catalog import load
from symderiv.prove.batch import answers

FIELDS = ["id", "verdict", "how", "witness", "conditions", "ms", "error"]


def ask(*lines):
    return [json.loads(answer) for answer in answers(lines, load())]


def test_each_line_has_its_answer():
    found = ask(
        json.dumps({"id": 1, "a": "tanh(x)", "b": "2*sigmoid(2*x) - 1"}),
        json.dumps({"id": 2, "a": "sqrt(x**2)", "b": "x"}),
        "",
        json.dumps({"id": 3, "a": "sqrt(x**2)", "b": "x", "assume": {"x": "positive"}}),
        json.dumps({"id": 4, "a": "log(x**2)", "b": "2*log(x)"}),
    )
    assert [list(answer) for answer in found] == [FIELDS] * 4
    assert [answer["id"] for answer in found] == [1, 2, 3, 4]
    assert [answer["verdict"] for answer in found] == ["proved", "refuted", "proved", "proved"]
    assert found[1]["witness"] == {"x": "-2/3"}
    assert found[3]["conditions"] == ["x > 0"]
    assert all(answer["error"] is None for answer in found)


def test_a_bad_line_stops_nothing():
    found = ask(
        "not json",
        "[1, 2]",
        json.dumps({"id": "a", "a": "x"}),
        json.dumps({"id": "b", "a": "x +", "b": "x"}),
        json.dumps({"id": "c", "a": "Gamma(x)", "b": "x"}),
        json.dumps({"id": "d", "a": "x", "b": "x", "assume": {"x": "tall"}}),
        json.dumps({"id": "e", "a": "x", "b": "x", "assume": ["x"]}),
        json.dumps({"id": "f", "a": "9**9**9**9", "b": "1"}),
        json.dumps({"id": "g", "a": "diag(x)", "b": "x"}),
        json.dumps({"id": "h", "a": "x", "b": "x"}),
    )
    assert len(found) == 10
    assert [answer["verdict"] for answer in found[:-1]] == ["undecided"] * 9
    assert all(set(answer["error"]) == {"code", "message"} for answer in found[:-1])
    assert found[7]["how"] == "limit"
    assert found[-1]["verdict"] == "proved"


def test_undefined_functions_may_be_declared():
    line = {"id": 1, "a": "D(u(x)*v(x), x)", "b": "u'(x)*v(x) + u(x)*v'(x)", "functions": ["u", "v"]}
    assert ask(json.dumps(line))[0]["verdict"] == "proved"
    assert ask(json.dumps({**line, "functions": []}))[0]["error"]["code"] == "unknown-name"


def test_answers_do_not_depend_on_the_lines_before():
    lines = [
        json.dumps({"id": k, "a": a, "b": b})
        for k, (a, b) in enumerate([("exp(x/3)**3", "exp(x)"), ("Max(x, y)", "(x + y + Abs(x - y))/2")])
    ]
    forward, backward = ask(*lines), ask(*lines[::-1])[::-1]
    for answer in (*forward, *backward):
        del answer["ms"]
    assert forward == backward
