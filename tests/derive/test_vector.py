"""Vector functions for symbolic n: derivations, facts, the two-class case, explicit sizes."""

from __future__ import annotations

import pytest

from symderiv.api import derive
from symderiv.catalog import Record, load
from symderiv.derive.scalar import Request
from symderiv.derive.vector import derive_vector
from symderiv.derive.vector_fold import factored, monomials, recognised
from symderiv.derive.vector_moves import expand_vector
from symderiv.derive.vector_shape import vector_shape
from symderiv.derive.vector_small import explicit
from symderiv.errors import InputError, UnsupportedError
from symderiv.field.index import decide
from symderiv.meaning import to_sympy
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term
from symderiv.prove import Prover

USER = {
    "softmin": "exp(-z[i])/Sum(exp(-z[k]), k, 1, n)",
    "softmax_t": "exp(beta*z[i])/Sum(exp(beta*z[k]), k, 1, n)",
    "normalise": "z[i]/sqrt(Sum(z[k]**2, k, 1, n))",
    "center": "z[i] - Sum(z[k], k, 1, n)/n",
    "share": "z[i]**2/Sum(z[k]**2, k, 1, n)",
    "gshare": "g(z[i])/Sum(g(z[k]), k, 1, n)",
    "softmax1": "exp(z[i])/(1 + Sum(exp(z[k]), k, 1, n))",
    "scaled": "z[i]*exp(-Sum(z[k]**2, k, 1, n)/2)",
    "cube": "z[i]**3",
    "square_of_softmax": "softmax(z)[i]**2",
}

EVERY_ROUTE = ("softmax", "log_softmax", "normalise")

RESULTS = {
    "softmax": "softmax(z)[i]*(delta(i, j) - softmax(z)[j])",
    "log_softmax": "delta(i, j) - softmax(z)[j]",
    "softmin": "-softmin(z)[i]*(delta(i, j) - softmin(z)[j])",
    "softmax_t": "beta*softmax_t(z)[i]*(delta(i, j) - softmax_t(z)[j])",
    "normalise": "(delta(i, j) - normalise(z)[i]*normalise(z)[j])/sqrt(Sum(z[k]**2, k, 1, n))",
    "center": "delta(i, j) - 1/n",
    "softmax1": "softmax1(z)[i]*(delta(i, j) - softmax1(z)[j])",
    "cube": "3*z[i]**2*delta(i, j)",
}

FACTS = {
    "softmax": {
        "matrix": "diag(s) - s*transpose(s)",
        "vjp": "hadamard(s, g - inner(g, s))",
        "jvp": "hadamard(s, t - inner(s, t))",
        "i = j": "softmax(z)[i]*(1 - softmax(z)[i])",
        "i != j": "-softmax(z)[i]*softmax(z)[j]",
        "row-sum": "0",
        "column-sum": "0",
        "symmetric": "J",
        "cross-entropy": "softmax(z)[j]*Sum(t[k], k, 1, n) - t[j]",
    },
    "log_softmax": {
        "matrix": "I - one*transpose(s)",
        "vjp": "g - Sum(g[k], k, 1, n)*s",
        "jvp": "t - inner(s, t)",
        "i = j": "1 - softmax(z)[i]",
        "i != j": "-softmax(z)[j]",
        "row-sum": "0",
    },
    "softmin": {"matrix": "-(diag(s) - s*transpose(s))", "row-sum": "0"},
    "softmax_t": {"matrix": "beta*(diag(s) - s*transpose(s))", "vjp": "beta*hadamard(s, g - inner(g, s))"},
    "normalise": {"matrix": "(I - s*transpose(s))/sqrt(Sum(z[k]**2, k, 1, n))"},
    "center": {"matrix": "I - one*transpose(one)/n", "row-sum": "0"},
    "softmax1": {"matrix": "diag(s) - s*transpose(s)"},
    "gshare": {"matrix": "(diag(g'(z)) - s*transpose(g'(z)))/Sum(g(z[k]), k, 1, n)", "column-sum": "0"},
}

_KNOWN: dict[str, object] = {}


def derived(name: str):
    """A function's derivation, worked out once; every route for some."""
    if name not in _KNOWN:
        record = load().find(name)
        if record is None:
            parameters = (("beta", "positive"),) if name == "softmax_t" else ()
            term = read_plain(USER[name])
            record = Record(name, name, "", term, "z", "i", "n", parameters=parameters, family="user")
        routes = ("all",) if name in EVERY_ROUTE else ()
        _KNOWN[name] = derive_vector(Request(record, load(), "z", routes))
    return _KNOWN[name]


@pytest.mark.parametrize("name", ["softmax", "log_softmax", *USER])
def test_every_line_of_every_route_is_proved(name):
    found = derived(name)
    steps = [inner for route in found.routes for step in route.steps for inner in step.walk()]
    assert steps
    assert {step.verdict.status for step in steps} == {"proved"}
    assert {form.verdict.status for form in [*found.forms, *found.second]} == {"proved"}
    assert {one.verdict.status for one in found.vector.statements()} == {"proved"}
    assert {bridge.verdict.status for bridge in found.bridges} <= {"proved"}


@pytest.mark.parametrize("name", ["softmax", "log_softmax", *USER])
def test_lines_follow_each_other(name):
    for route in derived(name).routes:
        states = [route.start, *(step.after for step in route.steps)]
        assert [step.before for step in route.steps] == states[:-1]
        assert len(route.steps) <= 12
        assert not any(node.kind == "diff" for node in route.result.walk())


@pytest.mark.parametrize(("name", "result"), RESULTS.items())
def test_the_last_line_is_the_self_referential_form(name, result):
    assert str(derived(name).result) == result


@pytest.mark.parametrize(("name", "facts"), FACTS.items())
def test_facts(name, facts):
    found = {one.id: str(one.right) for one in derived(name).vector.statements()}
    assert {key: found.get(key) for key in facts} == facts


def test_what_does_not_hold_is_not_said():
    ids = {one.id for one in derived("log_softmax").vector.statements()}
    assert not ids & {"column-sum", "symmetric"}
    assert "row-sum" not in {one.id for one in derived("normalise").vector.statements()}
    assert derived("softmax1").vector.row_sum is None


def test_softmax_has_the_routes_of_a_quotient():
    found = derived("softmax")
    assert [route.id for route in found.routes] == ["quotient", "logarithmic", "product", "implicit"]
    assert {str(route.result) for route in found.routes} == {RESULTS["softmax"]}
    rules = [step.rule for step in found.steps]
    assert rules == [
        "definition",
        "quotient-rule",
        "kronecker-delta",
        "sum-rule",
        "kronecker-delta",
        "sifting",
        "split-fraction",
        "recognise",
        "factor",
    ]


def test_log_softmax_by_the_derivative_of_softmax():
    routes = {route.id: route for route in derived("log_softmax").routes}
    assert [step.rule for step in routes["chain"].steps][:3] == [
        "equivalent-definition",
        "logarithm-rule",
        "known-derivative",
    ]


@pytest.mark.parametrize(
    ("name", "kind", "form"),
    [
        ("softmax", "output", "y[i]*(delta(i, j) - y[j])"),
        ("log_softmax", "display", "delta(i, j) - softmax(z)[j]"),
        ("log_softmax", "output", "delta(i, j) - exp(y[j])"),
        ("softmax_t", "output", "beta*y[i]*(delta(i, j) - y[j])"),
    ],
)
def test_forms(name, kind, form):
    assert str(derived(name).form(kind).term) == form


def test_second_derivative_over_the_output():
    (form,) = derived("softmax").second
    expected = "y[i]*((delta(i, l) - y[l])*(delta(i, j) - y[j]) - y[j]*(delta(j, l) - y[l]))"
    assert str(form.term) == expected


@pytest.mark.parametrize(
    ("name", "result", "bridge"),
    [
        ("softmax", "sigmoid(z[2])", "divide-through"),
        ("log_softmax", "logsigmoid(z[2])", "rewrite"),
        ("softmin", "sigmoid(-z[2])", "divide-through"),
    ],
)
def test_two_classes(name, result, bridge):
    route = derived(name).vector.two_class
    assert str(route.result) == result
    rules = ["write-out", "put-in", "exponential-of-zero", bridge, "recognise"]
    assert [step.rule for step in route.steps] == rules
    assert all(step.verdict.status == "proved" for step in route.steps)
    (put_in,) = [step for step in route.steps if step.rule == "put-in"]
    assert "z[1] = 0" in put_in.verdict.conditions


def test_two_classes_only_where_a_shift_changes_nothing():
    """z[1] = 0 is no loss for softmax; for these it would be."""
    assert derived("softmax1").vector.two_class is None
    assert derived("normalise").vector.two_class is None


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "softmin"])
def test_crosscheck_by_explicit_jacobians(name):
    checks = derived(name).vector.crosscheck(4 if name == "softmin" else 6)
    assert [(one.size, one.agree) for one in checks] == [(n, n * n) for n in range(1, len(checks) + 1)]
    assert all(one.verdict.status == "proved" for one in checks)


def test_crosscheck_can_fail():
    vector = derived("softmax").vector
    wrong = read_plain("softmax(z)[i]*(delta(i, j) - softmax(z)[i])")
    from symderiv.derive.vector_small import crosscheck

    checks = crosscheck(vector.problem, wrong, 2)
    assert checks[0].agree == 1
    assert checks[1].agree == 2
    assert checks[1].verdict.status == "refuted"


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "normalise", "share", "scaled"])
def test_statements_are_not_proved_when_changed(name):
    """A sign, a missing δ, a swapped index in the closed form: never proved."""
    vector = derived(name).vector
    prover = Prover(load().with_record(vector.problem.record), {})
    text = str(vector.closed)
    changed = {
        text.replace(" - ", " + ", 1),
        text.replace("delta(i, j)", "1"),
        text.replace("delta(i, j)", "0"),
        text.replace("[j]", "[i]", 1),
    } - {text}
    for other in sorted(changed):
        assert prover.prove(vector.problem.start, read_plain(other)).status != "proved", other


def test_shapes_letters_and_layout():
    vector = derived("softmax").vector
    assert dict(vector.shapes) == {"z": ("n",), "s": ("n",), "g": ("n",), "t": ("n",), "J": ("n", "n")}
    assert [(letter, str(term)) for letter, term in vector.named] == [("s", "softmax(z)")]
    assert vector.layout == "numerator"
    taken = derived("gshare").vector
    assert "g" not in dict(taken.shapes)


def test_details():
    short = derive("softmax", detail="result")
    assert len(short.steps) == 1
    assert str(short.result) == RESULTS["softmax"]
    assert short.steps[0].children
    full = derive("softmax", detail="every-rule")
    assert len(full.steps) > len(derive("softmax").steps)
    assert {step.verdict.status for step in full.steps} == {"proved"}


def test_a_route_that_does_not_apply_is_named():
    with pytest.raises(InputError) as raised:
        derive("softmax", routes=["quotinet"])
    assert "quotient" in raised.value.hint


@pytest.mark.parametrize("text", ["w[i, j]*z[j]", "Max(0, z[i])", "softmax(2*z)[i]"])
def test_outside_the_class_says_so(text):
    with pytest.raises(UnsupportedError):
        derive(text)


def test_the_shape_of_an_expression():
    found = vector_shape(read_plain("x[r]/Sum(x[k], k, 1, N)"))
    assert (found.variable, found.index, found.size) == ("x", "r", "N")
    assert vector_shape(read_plain("x + 1")) is None
    assert vector_shape(read_plain("Sum(a[k]*x**k, k, 1, n)"), "x") is None


def test_a_bound_index_named_like_the_variables_index_is_renamed():
    moves = expand_vector(read_plain("D(Sum(z[j]**2, j, 1, n), z[j])"), lambda _: None, lambda *_: None)
    assert str(moves[-1].after) == "2*z[j]"
    for move in moves:
        assert decide(to_sympy(move.before), to_sympy(move.after))


def test_monomials_multiply_out_only_what_holds_a_delta():
    found = monomials(read_plain("(1 + x)*(delta(i, j) - y[i])*x"))
    assert [str(one.term()) for one in found] == ["x*(1 + x)*delta(i, j)", "-x*(1 + x)*y[i]"]
    assert str(factored(found).term()) == "x*(1 + x)*(delta(i, j) - y[i])"


def test_recognition_divides_the_whole_value_out():
    from symderiv.derive.vector_fold import Head, monomial

    head = Head(read_plain("f(z)[i]"), monomial(read_plain("exp(z[i])/S")))
    found = recognised(monomial(read_plain("exp(z[i])*exp(z[j])/S**2")), [head])
    assert str(found.term()) == "f(z)[i]*exp(z[j])/S"
    same = monomial(read_plain("exp(z[i])*S"))
    assert recognised(same, [head]) == same


def test_explicit_writes_sums_and_deltas_out():
    term = read_plain("delta(i, j)*exp(z[i])/Sum(exp(z[k]), k, 1, n)")
    assert str(explicit(term, {"i": 1, "j": 1, "n": 2}, "z")) == "exp(z_1)/(exp(z_1) + exp(z_2))"
    assert explicit(term, {"i": 1, "j": 2, "n": 2}, "z") == Term("number", name="0")
