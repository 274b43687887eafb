"""Numbers made of a whole vector, and conditions on the target."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv import api
from symderiv.catalog import Catalog, Record, load
from symderiv.derive.given import Given
from symderiv.derive.target_values import target_values
from symderiv.errors import CatalogError
from symderiv.prove import Prover

CATALOG = load()
LOSSES = [record.name for record in CATALOG.records() if record.family == "loss"]


def total(definition: str, *conditions: str, variable: str = "v") -> tuple[Record, Catalog]:
    record = Record(
        name="loss_under_test",
        title="test",
        symbol="",
        definition=CATALOG.read(definition),
        variable=variable,
        size="n",
        parameters=(("t", "real"),),
        target="t",
        conditions=tuple(map(CATALOG.read, conditions)),
        family="loss",
    )
    return record, CATALOG.with_record(record)


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_is_derived_and_proved(name):
    found = api.derive(name, routes=["all"])
    assert {step.verdict.status for route in found.routes for step in route.steps} == {"proved"}
    assert {form.verdict.status for form in (*found.forms, *found.second)} == {"proved"}
    if found.total is not None:
        assert all(check.agree == check.entries for check in found.total.crosscheck(4))


@pytest.mark.parametrize(
    ("definition", "conditions", "entry"),
    [
        ("Sum((v[k] - t[k])**2, k, 1, n)/2", [], "v[j] - t[j]"),
        ("Sum(t[k]*exp(v[k]), k, 1, n)", [], "t[j]*exp(v[j])"),
        ("log(Sum(exp(v[k]), k, 1, n)) - Sum(t[k]*v[k], k, 1, n)", [], "softmax(v)[j] - t[j]"),
        ("-Sum(t[k]*log_softmax(v)[k], k, 1, n)", [], "softmax(v)[j]*Sum(t[k], k, 1, n) - t[j]"),
        ("-Sum(t[k]*log_softmax(v)[k], k, 1, n)", ["Sum(t[m], m, 1, n) = 1"], "softmax(v)[j] - t[j]"),
    ],
)
def test_gradients_of_other_totals(definition, conditions, entry):
    record, catalog = total(definition, *conditions)
    found = api.derive(record.name, catalog=catalog)
    assert all(step.verdict.is_proved for step in found.steps)
    given = Given(record.conditions, Prover(catalog))
    assert given.prove(found.result, CATALOG.read(entry)).is_proved
    assert found.form("display").verdict.is_proved


def test_a_condition_is_named_and_never_used_unsaid():
    found = api.derive("softmax_cross_entropy")
    last = found.steps[-1]
    assert last.rule == "put-in"
    assert "Sum(t[k], k, 1, n) = 1" in last.verdict.conditions
    assert not api.prove("D(softmax_cross_entropy(z), z[j])", "softmax(z)[j] - t[j]").is_proved


@pytest.mark.parametrize("wrong", ["softmax(z)[j] + t[j]", "softmax(z)[j]", "softmax(z)[j] - 2*t[j]", "t[j]"])
def test_no_condition_proves_what_is_false(wrong):
    record = CATALOG.find("softmax_cross_entropy")
    given = Given(record.conditions, Prover(CATALOG))
    left = CATALOG.read("D(softmax_cross_entropy(z), z[j])")
    assert given.prove(left, CATALOG.read("softmax(z)[j] - t[j]")).is_proved
    assert not given.prove(left, CATALOG.read(wrong)).is_proved


def test_targets_with_few_values_are_found_from_their_condition():
    hinge = CATALOG.find("hinge")
    assert target_values(hinge) == (-1, 1)
    other = replace(hinge, conditions=(CATALOG.read("t*(t - 2) = 0"),))
    assert target_values(other) == (0, 2)
    assert target_values(replace(hinge, conditions=(CATALOG.read("t**2 = 2"),))) == ()


def test_each_value_of_the_target_has_its_kinks():
    classes = {str(value): subject for value, subject in api.subject("hinge").classes}
    assert {value: str(inner.derivation.kinks[0].at) for value, inner in classes.items()} == {
        "-1": "-1",
        "1": "1",
    }


def test_a_target_must_be_a_parameter(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[mine]\ndefinition = "x**2"\ntarget = "t"\n')
    with pytest.raises(CatalogError):
        load(path)


@pytest.mark.parametrize(
    ("expression", "wrt", "entry"),
    [
        ("Sum((p[k] - t[k])**2, k, 1, n)/2", "p", "p[j] - t[j]"),
        ("2*softmax_cross_entropy(u)", "u", "2*softmax(u)[j]*Sum(t[k], k, 1, n) - 2*t[j]"),
        ("log(Sum(exp(z[k]), k, 1, n))", None, "softmax(z)[j]"),
        ("sqrt(Sum(x[k]**2, k, 1, n))", None, "x[j]/sqrt(Sum(x[k]**2, k, 1, n))"),
    ],
)
def test_expressions_that_are_numbers_made_of_a_vector(expression, wrt, entry):
    found = api.derive(expression, wrt=wrt)
    assert all(step.verdict.is_proved for step in found.steps)
    assert Prover(CATALOG).prove(found.result, CATALOG.read(entry)).is_proved
