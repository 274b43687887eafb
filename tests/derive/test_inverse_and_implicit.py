"""Origins, inverse functions, and derivatives from an equation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv import api
from symderiv.catalog import load
from symderiv.derive.inverse_function import inverse
from symderiv.derive.origins import origins
from symderiv.errors import CatalogError, InputError, SymderivError

CATALOG = load()


def test_every_origin_is_proved_to_the_last_line():
    told = [(record, one) for record in CATALOG.records() for one in origins(record, CATALOG)]
    assert told
    for record, one in told:
        assert all(step.verdict.is_proved for step in one.route.steps), record.name
        assert str(one.route.result).startswith(record.name)


def test_an_origin_that_is_wrong_is_not_proved():
    record = CATALOG.find("sigmoid")
    first = record.origins[0]
    wrong = replace(first, lines=(first.lines[0], CATALOG.read("exp(x)/(2 + exp(x))"), *first.lines[2:]))
    (told,) = origins(replace(record, origins=(wrong,)), CATALOG)
    assert [step.verdict.is_proved for step in told.route.steps][:2] == [False, False]


def test_an_origin_needs_a_rule_for_each_line(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[mine]\ndefinition = "x**2"\norigins = [{ lines = ["x*x", "x**2"], rules = [] }]\n')
    with pytest.raises(CatalogError):
        load(path)


INVERSES = {
    "sigmoid": "log(y/(1 - y))",
    "tanh": "log((1 + y)/(1 - y))/2",
    "softplus": "log(exp(y) - 1)",
    "logsigmoid": "-log(exp(-y) - 1)",
    "2 - 3*x": "(2 - y)/3",
    "1/(1 + exp(-3*x))": "log(y/(1 - y))/3",
    "exp(-exp(-x))": "-log(-log(y))",
    "exp(2*x) + 1": "log(y - 1)/2",
}


@pytest.mark.parametrize(("name", "expected"), INVERSES.items())
def test_inverses_in_closed_form(name, expected):
    subject = api.subject(name)
    found = inverse(subject.derivation, subject.properties, CATALOG)
    assert found.composition.is_proved
    assert api.prove(str(found.term), expected).is_proved
    assert all(step.verdict.is_proved for step in found.steps)
    assert api.prove(f"D({expected}, y)", str(found.steps[-1].after)).is_proved


@pytest.mark.parametrize("name", ["gaussian", "swish", "relu", "x**2", "sin(x)", "normal_cdf"])
def test_no_inverse_where_there_is_none_in_closed_form(name):
    subject = api.subject(name)
    assert inverse(subject.derivation, subject.properties, CATALOG) is None


IMPLICIT = {
    "x**2 + y**2 = 1": "-x/y",
    "x**3 + y**3 = 3*x*y": "(y - x**2)/(y**2 - x)",
    "y = sigmoid(x*y)": "sigmoid(x*y)*(1 - sigmoid(x*y))*y/(1 - sigmoid(x*y)*(1 - sigmoid(x*y))*x)",
    "x*exp(y) + y*exp(x) = 1": "-(exp(y) + y*exp(x))/(x*exp(y) + exp(x))",
    "sin(x + y) = y**2*cos(x)": "-(cos(x + y) + y**2*sin(x))/(cos(x + y) - 2*y*cos(x))",
    "log(x*y) = x - y": "(1 - 1/x)/(1 + 1/y)",
}


@pytest.mark.parametrize(("claim", "expected"), IMPLICIT.items())
def test_derivatives_from_an_equation(claim, expected):
    found = api.implicit(claim, wrt="x")
    assert all(step.verdict.is_proved for step in found.steps)
    ours = str(found.result).replace("y(x)", "y")
    assert api.prove(ours, expected).is_proved


def test_what_cannot_be_solved_is_refused():
    with pytest.raises(InputError):
        api.implicit("x**2 = 1")
    with pytest.raises(InputError):
        api.implicit("x*y + z = 1", wrt="q")
    with pytest.raises(InputError):
        api.implicit("a*x + b*z = w", wrt="x")
    with pytest.raises(SymderivError):
        api.implicit("x + y = y + 1", wrt="x")
    with pytest.raises(InputError):
        api.implicit("x + y")
