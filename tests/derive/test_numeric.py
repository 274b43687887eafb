"""The check table: certified digits, an independent quotient, and what doubles lose."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
import pytest
import sympy
from flint import arb

from symderiv.catalog import load
from symderiv.derive.kinks import kinks
from symderiv.derive.numeric import Row, Table, numeric_table
from symderiv.derive.numeric_doubles import evaluate, nearest
from symderiv.derive.properties_balls import precision
from symderiv.derive.step import Form
from symderiv.meaning import differentiate, to_sympy, to_term
from symderiv.prove import Prover, Verdict

CATALOG = load()


def table(text: str, output: str | None = None, *, wrong: bool = False) -> Table:
    record = CATALOG.find(text)
    definition = CATALOG.read(text) if record is None else record.concrete
    prover = Prover(CATALOG, {} if record is None else dict(record.parameters))
    slope = differentiate(to_sympy(definition, CATALOG), sympy.Symbol("x"))
    form = None
    if output is not None:
        form = Form("output", CATALOG.read(output), ("y",), (), Verdict("proved", "normal-form"))
    bent = kinks(definition, "x", prover=prover, catalog=CATALOG)
    answer = to_term(slope * sympy.Rational(10**18 + 1, 10**18) if wrong else slope)
    return numeric_table(definition, answer, "x", prover=prover, catalog=CATALOG, output=form, kinks=bent)


def at(made: Table, x: str) -> Row:
    (row,) = [row for row in made.rows if row.x == x]
    return row


def test_true_digits() -> None:
    made = table("sigmoid")
    assert [row.x for row in made.rows] == ["-745", "-20", "-2", "-1", "0", "1", "2", "20", "745"]
    with mpmath.workdps(60):
        for row in made.rows:
            x = mpmath.mpf(row.x)
            value = 1 / (1 + mpmath.exp(-x))
            slope = mpmath.exp(-x) / (1 + mpmath.exp(-x)) ** 2
            assert abs(mpmath.mpf(row.value) / value - 1) < mpmath.mpf("5.1e-15")
            assert abs(mpmath.mpf(row.derivative) / slope - 1) < mpmath.mpf("5.1e-15")
    assert at(made, "0").derivative == "0.25"
    assert at(made, "-745").derivative == "2.82235073047194e-324"


@pytest.mark.parametrize(
    "text", ["sigmoid", "tanh", "gelu", "mish", "log(x)", "gelu_tanh", "softsign", "elu"]
)
def test_the_formula_and_the_quotient_agree_with_f(text: str) -> None:
    for row in table(text).rows:
        assert row.agrees
        if not row.note:
            assert row.error.startswith("<") or float(row.error) < 1e-11


def test_a_wrong_formula_is_seen() -> None:
    assert not any(row.agrees for row in table("sigmoid", wrong=True).rows)


def test_points_outside_the_domain_and_kinks() -> None:
    assert [row.x for row in table("log(x)").rows] == ["1", "2", "20", "745"]
    kink = at(table("relu"), "0")
    assert (kink.note, kink.derivative, kink.difference) == ("kink", "0", "")
    assert at(table("softsign"), "0").note == ""
    assert table("elu").given == (("alpha", "0.5"),)


def test_where_the_output_form_loses_its_digits() -> None:
    made = table("tanh", "1 - y**2")
    assert at(made, "0").output_error == "0"
    assert at(made, "20").output == "0.0"
    assert at(made, "20").output_error == "1.0"
    assert float(at(made, "1").output_error) < 1e-15
    assert float(at(table("sigmoid", "y*(1 - y)"), "20").output_error) > 1e-9
    assert at(table("sigmoid", "y*(1 - y)"), "745").output_error == "1.0"
    assert at(table("swish", "y + sigmoid(x)*(1 - y)"), "2").output == "1.0907842487848955"
    assert at(table("mish", "y/x"), "0").output_error == "undefined"


def test_output_forms_by_cases() -> None:
    steps = table("relu", "Piecewise((1, y > 0), (0, True))")
    assert {row.output_error for row in steps.rows} == {"0"}
    bent = table("elu", "Piecewise((1, y > 0), (alpha + y, True))")
    assert at(bent, "-2").output == "0.06766764161830635"
    assert float(at(bent, "-20").output_error) > 1e-9
    assert at(table("relu", "sign(Max(y, 0)) + Min(y, 0)"), "2").output == "1.0"
    assert at(table("relu", "Piecewise((1, y > 0))"), "-2").output_error == "undefined"


def test_what_cannot_be_evaluated_is_left_empty() -> None:
    for form in ("y*q", "z[i]", "Piecewise((1, q > 0), (0, True))"):
        assert {(row.output, row.output_error) for row in table("sigmoid", form).rows} == {("", "")}


def test_parameters_within_a_named_function_have_their_values() -> None:
    elu = CATALOG.find("elu")
    assert elu is not None
    prover = Prover(CATALOG, {"alpha": "positive"})
    slope = CATALOG.read("Piecewise((1, x > 0), (alpha + elu(x), True))")
    made = numeric_table(elu.definition, slope, "x", prover=prover, catalog=CATALOG)
    assert all(row.agrees for row in made.rows)


def test_doubles_are_ieee() -> None:
    def run(text: str, **values: float) -> float:
        found = evaluate(CATALOG.read(text), values, lambda term: None)
        assert found is not None
        return found

    assert run("a + b", a=0.1, b=0.2) == 0.1 + 0.2
    assert run("1/a", a=0.0) == math.inf
    assert run("-1/a", a=0.0) == -math.inf
    assert math.isnan(run("a/b", a=0.0, b=0.0))
    assert run("exp(a)", a=1000.0) == math.inf
    assert run("exp(a)", a=-746.0) == 0.0
    assert run("exp(a)", a=1.0) == float.fromhex("0x1.5bf0a8b145769p+1")
    assert run("log(a)", a=0.0) == -math.inf
    assert math.isnan(run("log(a)", a=-1.0))
    assert run("a**(-2)", a=4.0) == 0.0625
    assert run("sqrt(a)", a=2.0) == math.sqrt(2.0)
    assert run("Max(a, 0) - Abs(b)", a=-2.0, b=-3.0) == -3.0


def test_nearest_double() -> None:
    with precision():
        assert nearest(arb(1) / 3) == 1 / 3
        assert nearest(arb(-745).exp()) == 5e-324
        assert nearest(arb(-7450).exp()) == 0.0
        assert nearest(arb(800).exp()) == math.inf
        assert nearest(arb(1, 0.1)) is None
        assert nearest(arb(3) / 10) == float(Fraction(3, 10))
