"""`symderiv explain`: a sentence for every rule, a right line that is proved, a wrong one that is refuted."""

from __future__ import annotations

import json

import pytest

from symderiv import api
from symderiv.derive.rules import rules
from symderiv.sheet.sentences import load_sentences

SENTENCES = load_sentences()
RULES = SENTENCES.keys("rules")
SLIPS = SENTENCES.keys("diagnoses")
EXAMPLES = SENTENCES.keys("examples")


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_explained(run, rule):
    answer = json.loads(run("explain", rule, "--json").out)
    assert answer["id"] == rule
    assert answer["name"]
    assert answer.get("statement") or answer.get("text")


def test_the_rules_of_the_table_have_a_sentence_and_an_example():
    for rule in rules():
        assert rule.id in RULES
        assert rule.id in EXAMPLES


def test_examples_belong_to_rules():
    assert set(EXAMPLES) <= set(RULES)


@pytest.mark.parametrize("rule", EXAMPLES)
def test_the_right_line_is_proved_and_the_wrong_one_refuted(run, rule):
    answer = json.loads(run("explain", rule, "--json").out)
    assert api.prove(*answer["right"].split(" = ")).status == "proved"
    assert api.prove(*answer["wrong"].split(" = ")).status == "refuted"
    assert answer["why"]


def test_text_for_people(run):
    answer = run("explain", "chain-rule").out.splitlines()
    assert answer[0] == "chain rule"
    assert answer[1] == "  D(f(u), x) = f'(u)*D(u, x)"
    assert any(line.startswith("  wrong  ") for line in answer)


def test_without_a_rule_all_are_listed(run):
    assert [line.split()[0] for line in run("explain").out.splitlines()] == [*RULES, *SLIPS]
    answer = json.loads(run("explain", "--json").out)
    assert (answer["rules"], answer["diagnoses"]) == (list(RULES), list(SLIPS))


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_has_a_right_line_and_a_wrong_one(run, slip):
    answer = json.loads(run("explain", slip, "--json").out)
    assert api.prove(*answer["right"].split(" = ")).status == "proved"
    if slip != "domain":  # true where both sides have a value and x is not negative
        assert api.prove(*answer["wrong"].split(" = ")).status == "refuted"
    assert answer["text"]
