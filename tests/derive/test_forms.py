"""Self-referential forms: which ones are found, and that what is found is true."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb

from symderiv.catalog import load
from symderiv.derive.forms import forms, solve_generator
from symderiv.derive.step import Form
from symderiv.meaning import read_assumptions
from symderiv.notation.term import call, diff, sym
from symderiv.prove import Prover, balls

CATALOG = load()
POSITIVE = dict.fromkeys(("a", "b", "c", "k", "alpha", "beta", "L"), "positive")


def found(text: str, *, order: int = 1, **assumed: str) -> dict[str, Form]:
    record = CATALOG.find(text)
    definition = record.definition if record else CATALOG.read(text)
    prover = Prover(CATALOG, read_assumptions({**POSITIVE, **assumed}))
    return {form.kind: form for form in forms(definition, "x", prover, CATALOG, order=order)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("sigmoid", "y*(1 - y)"),
        ("tanh", "1 - y**2"),
        ("softplus", "1 - exp(-y)"),
        ("logsigmoid", "1 - exp(y)"),
        ("arctan", "cos(y)**2"),
        ("softsign", "(1 - Abs(y))**2"),
        ("relu", "Piecewise((1, y > 0), (0, True))"),
        ("leaky_relu", "Piecewise((1, y > 0), (alpha, True))"),
        ("elu", "Piecewise((1, y > 0), (alpha + y, True))"),
        ("exp(-exp(-x))", "-y*log(y)"),
        ("a*exp(-b*exp(-c*x))", "-c*y*log(y/a)"),
        ("L/(1 + exp(-k*(x - a)))", "k*y*(1 - y/L)"),
        ("log(1 + exp(beta*x))/beta", "1 - exp(-beta*y)"),
        ("sqrt(1 + exp(x))", "(y**2 - 1)/(2*y)"),
        ("atan(exp(x))", "sin(2*y)/2"),
        ("2*atan(tanh(x/2))", "cos(y)"),
        ("sin(x)/(1 + cos(x))", "(1 + y**2)/2"),
        ("asinh(x)", "1/cosh(y)"),
        ("x/sqrt(1 + x**2)", "(1 - y**2)**(3/2)"),
        ("Max(-1, Min(1, x))", "Piecewise((0, y >= 1), (1, y > -1), (0, True))"),
    ],
)
def test_output_forms(text: str, wanted: str) -> None:
    form = found(text)["output"]
    assert str(form.term) == wanted
    assert form.verdict.status == "proved"
    assert "x" not in form.uses


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("swish", "y + sigmoid(x)*(1 - y)"),
        ("x/(1 + exp(-x))", "y + sigmoid(x)*(1 - y)"),
        ("swish_beta", "beta*y + sigmoid(beta*x)*(1 - beta*y)"),
        ("gelu", "normal_cdf(x) + x*normal_pdf(x)"),
        ("softplus", "sigmoid(x)"),
        ("logcosh", "tanh(x)"),
        ("gaussian", "-2*x*y"),
        ("sech", "-y*tanh(x)"),
        ("exp(x)/(1 + x**2)", "y*(1 - x)**2/(1 + x**2)"),
        ("x**x", "y*(1 + log(x))"),
        ("exp(-x)*sin(x)", "exp(-x)*cos(x) - y"),
        ("x/(1 + log(1 + exp(x)))", "(1 - y*sigmoid(x))/(1 + log(1 + exp(x)))"),
    ],
)
def test_display_forms(text: str, wanted: str) -> None:
    form = found(text)["display"]
    assert str(form.term) == wanted
    assert form.verdict.status == "proved"


def test_a_composed_head_gets_a_letter() -> None:
    form = found("mish")["display"]
    assert str(form.term) == "t + sigmoid(x)*(x - t*y)"
    assert [(name, str(meaning)) for name, meaning in form.named] == [("t", "tanh(softplus(x))")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("sech", "dy**2 = y**2 - y**4"),
        ("sin(x)", "dy**2 = 1 - y**2"),
        ("gaussian", "dy**2 = -4*y**2*log(y)"),
        ("(1 + x**2)**(1/3)", "dy**2 = 4*(y**3 - 1)/(9*y**4)"),
    ],
)
def test_where_no_rational_form_exists_the_irreducible_relation_says_so(text: str, wanted: str) -> None:
    forms_of = found(text)
    assert "output" not in forms_of
    assert str(forms_of["implicit"].term) == wanted
    assert forms_of["implicit"].note.startswith("no rational g with y' = g(y")
    assert wanted in forms_of["implicit"].note


def test_a_rational_form_leaves_no_room_for_an_implicit_one() -> None:
    assert "implicit" not in found("sigmoid")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("sigmoid", "exp(-Abs(x))/(1 + exp(-Abs(x)))**2"),
        ("tanh", "4*exp(-2*Abs(x))/(1 + exp(-2*Abs(x)))**2"),
        ("softplus", "Piecewise((1/(1 + exp(-x)), x >= 0), (exp(x)/(1 + exp(x)), True))"),
        ("arctan", "1/(1 + x**2)"),
        ("gaussian", "-2*x*exp(-x**2)"),
        ("elu", "Piecewise((1, x > 0), (alpha*exp(x), True))"),
        ("exp(x)/(1 + x**2)", "exp(x)*(1 - x)**2/(1 + x**2)**2"),
        ("softsign", "1/(1 + Abs(x))**2"),
    ],
)
def test_input_forms(text: str, wanted: str) -> None:
    form = found(text)["input"]
    assert str(form.term) == wanted
    assert "y" not in form.uses


def test_logarithms_in_an_input_form_hold_no_growing_exponential() -> None:
    text = str(found("x*log(1 + exp(x))")["input"].term)
    right = text.split("x >= 0", maxsplit=1)[0]
    assert "log(1 + exp(-x))" in right
    assert "exp(x)" not in right


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("sigmoid", "y*(1 - y)*(1 - 2*y)"),
        ("tanh", "-2*y*(1 - y**2)"),
        ("sech", "y*(1 - 2*y**2)"),
        ("sin(x)", "-y"),
        ("softsign", "-2*sign(y)*(1 - Abs(y))**3"),
        ("arctan", "-2*cos(y)**3*sin(y)"),
    ],
)
def test_second_derivatives(text: str, wanted: str) -> None:
    assert str(found(text, order=2)["output"].term) == wanted


@pytest.mark.parametrize("text", ["sigmoid", "mish", "elu", "sech", "x*tanh(exp(x))", "log(2 + sin(x))"])
def test_every_form_is_the_derivative_and_its_mutants_are_not(text: str) -> None:
    record = CATALOG.find(text)
    definition = record.definition if record else CATALOG.read(text)
    prover = Prover(CATALOG, read_assumptions(POSITIVE))
    derivative = diff(definition, sym("x"))
    for form in found(text).values():
        opened = form.term.substitute(dict(form.named)).substitute({"y": definition, "dy": derivative})
        sides = opened.args if opened.kind == "equation" else (derivative, opened)
        assert prover.prove(*sides).status == "proved"
        wrong = CATALOG.read("2*w").substitute({"w": sides[1]})
        assert prover.prove(sides[0], wrong).status != "proved"


def test_the_branch_of_a_root_is_checked() -> None:
    # cosh is even: y' = sqrt(y**2 - 1) holds on one side only, so it is no form
    assert "output" not in found("cosh(x)")
    assert str(found("sinh(x)")["output"].term) == "sqrt(1 + y**2)"


def test_the_letter_of_the_output_gives_way_to_a_parameter() -> None:
    form = found("tanh(x*y)", y="positive")["output"]
    assert form.term.free_symbols() == {"y", "f"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1/(1 + exp(-x))", ("exp(-x)", "(1 - y)/y")),
        ("a/(1 + b*exp(-c*x))", ("exp(-c*x)", "(a - y)/(b*y)")),
        ("sqrt(1 + exp(x))", ("exp(x)", "y**2 - 1")),
    ],
)
def test_the_generator_solved_for(text: str, wanted: tuple[str, str]) -> None:
    solved = solve_generator(CATALOG.read(text), "x")
    assert solved is not None
    assert tuple(map(str, solved)) == wanted


def test_no_generator_where_the_function_does_not_determine_it() -> None:
    assert solve_generator(CATALOG.read("x*exp(x)"), "x") is None


def test_only_the_kinds_asked_for() -> None:
    prover = Prover(CATALOG, {})
    made = forms(CATALOG.read("tanh(x)"), "x", prover, CATALOG, kinds=("output",))
    assert [form.kind for form in made] == ["output"]


@pytest.mark.parametrize("text", ["3", "a", "1/0*x"])
def test_degenerate_definitions_end_quietly(text: str) -> None:
    for form in found(text).values():
        assert str(form.term) == "0"


def test_a_function_without_definition_has_no_form() -> None:
    prover = Prover(CATALOG, {})
    assert forms(call("gamma", sym("x")), "x", prover, CATALOG) == ()
    assert solve_generator(call("gamma", sym("x")), "x") is None


def test_the_output_is_not_reused_at_the_price_of_a_hole() -> None:
    """(x^3 E + y (1 + E^2))/(x (1 + E^2)) has no value at 0, where the derivative has one."""
    shown = found("x*atan(exp(x**2/2))")["display"]
    assert shown.verdict.status == "proved"
    at_zero = balls.value(shown.spelled_out, {"x": Fraction(0)})
    assert at_zero is not None
    assert at_zero.overlaps(arb.pi() / 4)
