"""The tower: normal forms, constants, signs, zero tests."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.field.build import build
from symderiv.field.constants import constant_sign, vanishes
from symderiv.field.engine import Engine
from symderiv.field.linear import Inequality, contradictory
from symderiv.field.resolve import Resolver, differentiate
from symderiv.field.slopes import slope
from symderiv.field.tower import RefineError, UndefinedError
from symderiv.field.zero import is_zero
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import sym


def in_tower(work, assumptions=None):
    """The work's answer, in a tower that is fine enough."""
    units: dict[str, int] = {}
    capacity = 16
    while True:
        engine = Engine(capacity, units, assumptions or {})
        try:
            return work(engine)
        except RefineError as error:
            capacity *= 2 if str(error) == "full" else 1


def of(text, engine):
    return build(engine, read_plain(text))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("exp(x/2)**2*exp(y)", "exp(x + y)"),
        ("sqrt(12)", "2*sqrt(3)"),
        ("sqrt(5 + 2*sqrt(6))", "sqrt(2) + sqrt(3)"),
        ("(26 + 15*sqrt(3))**(1/3)", "2 + sqrt(3)"),
        ("cos(pi/7)*cos(2*pi/7)*cos(3*pi/7)", "1/8"),
        ("log(3 + 2*sqrt(2))", "2*log(1 + sqrt(2))"),
        ("atan(1) + atan(2) + atan(3)", "pi"),
        ("asin(sin(2))", "pi - 2"),
        ("Abs(x*y)", "Abs(x)*Abs(y)"),
        ("erf(-x)", "-erf(x)"),
    ],
)
def test_equal_elements_have_difference_zero(left, right):
    assert in_tower(lambda e: is_zero(e, of(left, e) - of(right, e)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("sqrt(2) + sqrt(3)", "31462643699419723423291350657155704455124/10**40"),
        ("exp(pi*sqrt(163))", "262537412640768744"),
        ("atan(1/2)", "pi/2 - atan(3)"),
        ("log(6)", "log(2) + log(5)"),
        ("sin(x)**2", "cos(x)**2"),
    ],
)
def test_different_elements_do_not(left, right):
    assert not in_tower(lambda e: is_zero(e, of(left, e) - of(right, e)))


def test_nearly_equal_sums_of_roots_are_told_apart():
    # these two sums of square roots agree to 10^-20 and differ
    left = "sqrt(10**10 + 1) + sqrt(10**10 + 7)"
    right = "sqrt(10**10 + 3) + sqrt(10**10 + 5)"
    gap = in_tower(lambda e: constant_sign(e.tower, (of(left, e) - of(right, e)).num))
    assert gap == -1


@pytest.mark.parametrize("text", ["1/(x - x)", "log(0)", "log(-2)", "sqrt(-3)", "(-8)**(1/3)", "0**(-2)"])
def test_what_has_no_value_is_said_so(text):
    with pytest.raises(UndefinedError):
        in_tower(lambda e: of(text, e))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("x**2 + x + 1", 1),
        ("x**2 + y**2 + 1", 1),
        ("exp(2*x) - exp(x) + 1", 1),
        ("-2 - sin(x)", -1),
        ("x + sqrt(x**2 + 1)", 1),
        ("sqrt(2) - 3/2", -1),
        ("x**2 - x", None),
        ("x - y", None),
    ],
)
def test_definite_signs(text, sign):
    def look(engine):
        value = of(text, engine)
        constant, odd = engine.odd_factors(value)
        found, rest = engine.parity(odd)
        return None if rest else constant * found

    assert in_tower(look) == sign


def test_assumptions_bound_the_generators():
    assert in_tower(lambda e: of("Abs(x)", e).num == of("x", e).num, {"x": "positive"})


def _holds(value, strict):
    return value > 0 or (value == 0 and not strict)


@given(
    st.lists(
        st.tuples(st.lists(st.integers(-4, 4), min_size=2, max_size=2), st.integers(-5, 5), st.booleans()),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=60, deadline=None)
def test_contradictions_have_no_solution_on_a_grid(rows):
    system = [
        Inequality(tuple((n, Fraction(c)) for n, c in zip("xy", row, strict=True) if c), Fraction(k), strict)
        for row, k, strict in rows
    ]
    grid = [Fraction(n, 2) for n in range(-12, 13)]
    solvable = any(
        all(_holds(r[0] * x + r[1] * y + k, strict) for r, k, strict in rows) for x in grid for y in grid
    )
    assert not (solvable and contradictory(system))


_BODIES = [
    "x**3",
    "sin(x)*exp(x)",
    "log(1 + x**2)",
    "atan(x)/(1 + x**2)",
    "erf(x)*x",
    "tanh(3*x)",
    "2**x",
    "sqrt(x**2+3)",
]


@pytest.mark.parametrize("text", _BODIES)
def test_both_derivatives_agree(text):
    """On Terms, and in the tower."""

    def gap(engine):
        on_terms = build(engine, differentiate(read_plain(text), sym("x")))
        return on_terms - slope(engine, of(text, engine), engine.symbol("x"))

    assert in_tower(lambda e: vanishes(e.tower, gap(e).num))


def test_guards_keep_the_domain_of_what_was_differentiated():
    resolver = Resolver(lambda term: term)
    resolver.resolve(read_plain("D(log(x), x)"))
    assert [str(guard) for guard in resolver.guards] == ["log(x)"]


def test_the_hash_seed_changes_nothing():
    code = (
        "from symderiv.catalog import load\n"
        "from symderiv.prove.batch import answers\n"
        "import json\n"
        "pairs = [('Max(x,y)*Min(x,y)','x*y'),"
        "('atan(x)+atan(1/x)','sign(x)*pi/2'),('log(x*y)','log(x)+log(y)'),"
        "('sqrt(x*y)','x'),('(a**b)**c','a**(b*c)'),('sqrt((x-1)*(3-x))/y','sqrt(3-x)*sqrt(x-1)/y')]\n"
        "for line in answers([json.dumps({'id':k,'a':a,'b':b}) for k,(a,b) in enumerate(pairs)], load()):\n"
        "    answer = json.loads(line); answer.pop('ms'); print(answer)\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(seen) == 1
