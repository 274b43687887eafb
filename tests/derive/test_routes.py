"""Whole derivations: every line proved, one route to another, ending in the function itself."""

from __future__ import annotations

import pytest

from symderiv import api
from symderiv.catalog import load
from symderiv.derive.step import Derivation, Step
from symderiv.errors import InputError
from symderiv.notation.read.plain import read_plain
from symderiv.prove import Prover

CATALOG = load()
SCALAR = [record.name for record in CATALOG.records() if not record.takes_vector]
ENDS = {
    "sigmoid": "sigmoid(x)*(1 - sigmoid(x))",
    "tanh": "1 - tanh(x)**2",
    "swish": "swish(x) + sigmoid(x)*(1 - swish(x))",
    "softmax": "softmax(z)[i]*(delta(i, j) - softmax(z)[j])",
}
UNSEEN = [
    "log(2 + sin(x))",
    "exp(x)/(1 + x**2)",
    "x/(1 + log(1 + exp(x)))",
    "x*tanh(exp(x))",
    "a*exp(-b*exp(-c*x))",
    "sqrt(1 + exp(x))",
    "x**x",
    "x - tanh(x)",
    "sin(x)/(1 + cos(x))",
    "Piecewise((x**2, x > 1), (2*x - 1, True))",
]


def every_step(derivation: Derivation) -> list[Step]:
    return [step for route in derivation.routes for line in route.steps for step in line.walk()]


def check(derivation: Derivation) -> None:
    for route in derivation.routes:
        state = route.start
        for line in route.steps:
            assert line.before == state
            state = line.after
        assert route.result == state
    for step in every_step(derivation):
        assert step.verdict.status == "proved", (step.rule, str(step.before), str(step.after), step.verdict)
        assert step.before != step.after
    assert all(bridge.verdict.status == "proved" for bridge in derivation.bridges)
    assert all(form.verdict.status == "proved" for form in derivation.forms)


@pytest.mark.parametrize("name", SCALAR)
def test_every_line_of_every_route_is_proved(name: str) -> None:
    derivation = api.derive(name, routes=["all"])
    check(derivation)
    assert all(verdict.status == "proved" for _, verdict in derivation.equivalents)
    assert all(route.result == derivation.result for route in derivation.routes)
    assert len(derivation.routes) >= 2
    assert len({route.id for route in derivation.routes}) == len(derivation.routes)


@pytest.mark.parametrize("target", UNSEEN)
def test_functions_of_no_catalogue(target: str) -> None:
    derivation = api.derive(target, routes=["all"])
    check(derivation)
    prover = Prover(CATALOG.with_record(derivation.record), dict(derivation.parameters))
    referee = prover.prove(read_plain(f"D({derivation.definition}, x)"), derivation.result)
    assert referee.status == "proved"


@pytest.mark.parametrize("name", ENDS)
def test_the_four_end_in_themselves_on_one_page(name: str) -> None:
    derivation = api.derive(name)
    assert str(derivation.result) == ENDS[name]
    assert len(derivation.steps) <= 12
    assert not {"rewrite", "eliminate"} & {step.rule for step in derivation.steps}


def test_another_definition_is_a_route_where_the_first_offers_one_only() -> None:
    ways = [route.id for route in api.derive("leaky_relu", routes=["all"]).routes]
    assert ways == ["direct", "equivalent"]
    assert "equivalent" not in {route.id for route in api.derive("tanh", routes=["all"]).routes}
    asked = api.derive("tanh", routes=["equivalent"])
    check(asked)
    assert asked.routes[0].id == asked.steps[0].rule.removesuffix("-definition") == "equivalent"
    with pytest.raises(InputError, match="does not apply"):
        api.derive("gaussian", routes=["equivalent"])


def test_a_tie_of_min_counts_for_the_first_and_the_variable_leads() -> None:
    (step,) = [s for s in api.derive("Min(x, 0)").steps if s.rule == "constant-rule"]
    assert str(step.after) == "Piecewise((0, x > 0), (1, True))"


def test_the_classic_way_of_the_sigmoid() -> None:
    rules = [step.rule for step in api.derive("sigmoid").steps]
    assert rules == [
        "definition",
        "negative-power",
        "chain-rule",
        "sum-rule",
        "exponential-rule",
        "collect",
        "add-and-subtract",
        "split-fraction",
        "recognise",
        "factor",
    ]


def test_both_bridges_are_shown() -> None:
    rules = [{s.rule for s in route.steps} for route in api.derive("sigmoid", routes=["all"]).routes]
    assert any("add-and-subtract" in used for used in rules)
    assert any("solve-and-substitute" in used for used in rules)


@pytest.mark.parametrize("name", ["sigmoid", "swish", "mish"])
def test_details(name: str) -> None:
    short, page, full = (api.derive(name, detail=detail) for detail in ("result", "textbook", "every-rule"))
    assert len(short.steps) == 1 <= len(page.steps) <= len(full.steps)
    assert short.result == page.result == full.result
    assert len(short.steps[0].children) > 1
    assert all(not step.children for step in full.steps)


def test_a_wrong_line_is_not_proved() -> None:
    """Each line of the sigmoid's page, spoilt by a sign, is refused by the same prover."""
    prover = Prover(CATALOG)
    for step in api.derive("sigmoid").steps:
        spoilt = read_plain(f"-({step.after})")
        assert prover.prove(step.before, spoilt).status == "refuted"


@pytest.mark.parametrize("route", ["chain", "quotient", "implicit", "logarithmic"])
def test_a_route_by_name(route: str) -> None:
    derivation = api.derive("sigmoid", routes=[route])
    assert [r.id for r in derivation.routes] == [route]
    check(derivation)


def test_a_route_that_does_not_apply() -> None:
    with pytest.raises(InputError, match="does not apply"):
        api.derive("log(2 + sin(x))", routes=["quotient"])


def test_with_respect_to_a_parameter() -> None:
    derivation = api.derive("swish_beta", wrt="beta")
    check(derivation)
    prover = Prover(CATALOG)
    slope = read_plain("D(x/(1 + exp(-beta*x)), beta)")
    assert prover.prove(slope, derivation.result).status == "proved"


def test_constants_stay_letters() -> None:
    """selu is derived with its two constants as letters: what holds for all values holds for theirs."""
    derivation = api.derive("selu")
    assert {"lambda", "alpha"} <= derivation.result.symbols()
    check(derivation)


def test_decimals_stay_decimals() -> None:
    lines = [str(step.after) for step in api.derive("gelu_tanh").steps]
    assert any("0.134145*x**2" in line for line in lines)
    assert not any("200000" in line for line in lines)


@pytest.mark.parametrize("target", ["1/(1 + exp(-y))", "y*tanh(y)", "x*exp(y*x)"])
def test_a_variable_or_parameter_called_y(target: str) -> None:
    """The output is called y unless the function already uses that name."""
    derivation = api.derive(target, routes=["all"])
    check(derivation)
    prover = Prover(CATALOG.with_record(derivation.record))
    slope = read_plain(f"D({derivation.definition}, {derivation.variable})")
    assert prover.prove(slope, derivation.result).status == "proved"
