"""`symderiv prove`: verdicts for people and programs, one pair or many."""

from __future__ import annotations

import json

import pytest


def test_proved(run):
    answer = run("prove", "tanh(x)", "2*sigmoid(2*x) - 1")
    assert (answer.code, answer.out) == (0, "proved   by normal form\n")


def test_refuted_with_a_witness(run):
    answer = run("prove", "D(sigmoid(x), x)", "sigmoid(x)*(1 + sigmoid(x))", "--json")
    assert answer.code == 1
    found = json.loads(answer.out)
    assert found["verdict"] == "refuted"
    assert set(found["witness"]) == {"x"}
    assert found["schema_version"] == 1


def test_conditions_are_told(run):
    assert "where x > 0" in run("prove", "log(x**2)", "2*log(x)").out


def test_assumptions(run):
    assert run("prove", "Abs(x)", "x").code == 1
    assert run("prove", "Abs(x)", "x", "--assume", "x=positive").code == 0
    assert run("prove", "x/Abs(x)", "-1", "--assume", "x=negative", "--json").code == 0


def test_undecided_is_a_finding_only_under_strict(run, monkeypatch):
    from symderiv.prove import Verdict

    monkeypatch.setattr(
        "symderiv.api.prove", lambda *_, **__: Verdict("undecided", "limit", None, (), "out of time")
    )
    answer = run("prove", "x", "y")
    assert (answer.code, answer.out) == (0, "undecided   by limit\n  out of time\n")
    assert run("prove", "x", "y", "--strict").code == 1


def test_json_of_what_is_not_read(run):
    answer = run("prove", "x", "sin(", "--json")
    assert answer.code == 2
    assert json.loads(answer.out)["error"]["code"] == "unreadable"


def test_a_function_of_the_user(run, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('[bump]\ndefinition = "exp(-x**4)"\n', encoding="utf-8")
    pair = ["D(bump(x), x)", "-4*x**3*bump(x)"]
    assert run("prove", *pair, "--catalog", str(file)).code == 0
    lines = json.dumps({"id": 1, "a": pair[0], "b": pair[1]})
    answer = run("prove", "--jsonl", "-", "--catalog", str(file), stdin=lines)
    assert json.loads(answer.out)["verdict"] == "proved"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_batch_from_a_file(run, tmp_path, mark):
    file = tmp_path / "pairs.jsonl"
    lines = [
        {"id": "p", "a": "sin(x)**2 + cos(x)**2", "b": "1"},
        {"id": "r", "a": "sin(x)", "b": "x"},
        {"id": "a", "a": "sqrt(x**2)", "b": "x", "assume": {"x": "positive"}},
    ]
    file.write_text(mark + "\n\n".join(map(json.dumps, lines)), encoding="utf-8")
    answer = run("prove", "--jsonl", str(file))
    assert answer.code == 0
    found = [json.loads(line) for line in answer.out.splitlines()]
    assert [(one["id"], one["verdict"]) for one in found] == [
        ("p", "proved"),
        ("r", "refuted"),
        ("a", "proved"),
    ]
    assert list(found[0]) == ["id", "verdict", "how", "witness", "conditions", "ms", "error"]


def test_a_batch_of_bytes_that_are_no_text(run, tmp_path):
    file = tmp_path / "pairs.jsonl"
    file.write_bytes(b'{"id": 1, "a": "\xff", "b": "1"}\n\x00\n{"id": 2, "a": "1", "b": "1"}\n')
    found = [json.loads(line) for line in run("prove", "--jsonl", str(file)).out.splitlines()]
    assert [one["verdict"] for one in found] == ["undecided", "undecided", "proved"]
    assert found[0]["error"]["code"] == "unreadable"


def test_an_endless_line_is_answered_and_passed(run, tmp_path, monkeypatch):
    from symderiv import limits

    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 200)
    file = tmp_path / "pairs.jsonl"
    long = json.dumps({"id": 1, "a": "x" + " + x" * 1000, "b": "1"})
    file.write_text(long + '\n{"id": 2, "a": "1", "b": "1"}', encoding="utf-8")
    found = [json.loads(line) for line in run("prove", "--jsonl", str(file)).out.splitlines()]
    assert [one["verdict"] for one in found] == ["undecided", "proved"]


def test_what_is_assumed_is_a_symbol(run):
    assert run("prove", "log(e)", "1").code == 0
    assert run("prove", "log(e)", "1", "--assume", "e=positive").code == 1


def test_what_is_out_of_reach_is_an_error_with_a_verdict_for_programs(run):
    answer = run("prove", "9**9**9**9", "1", "--json")
    assert answer.code == 2
    found = json.loads(answer.out)
    assert (found["verdict"], found["error"]["code"]) == ("undecided", "limit")
