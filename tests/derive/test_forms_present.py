"""How polynomials and quotients are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.catalog import load
from symderiv.derive.present import present, present_numerator
from symderiv.derive.present_powers import join_powers
from symderiv.notation.term import Term, add, mul, neg, num, power, sym

CATALOG = load()


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("-y + 1", "1 - y"),
        ("-(y - 1)*y", "y*(1 - y)"),
        ("y - y**2", "y*(1 - y)"),
        ("1 - y**2", "1 - y**2"),
        ("2*y**3 - 3*y**2 + y", "y*(1 - y)*(1 - 2*y)"),
        ("2*y**3 - 2*y", "-2*y*(1 - y**2)"),
        ("t + x*s - y*t*s", "t + s*(x - t*y)"),
        ("1 - 3*y**2 + 3*y**4 - y**6", "(1 - y**2)**3"),
        ("(1 + r)/2 + (2*g*x)/(2*sqrt(2)*sqrt(pi))", "(1 + r)/2 + g*x/sqrt(2*pi)"),
        ("x*exp(-x)**2/4", "x*exp(-2*x)/4"),
        ("3*0.044715*x**2", "0.134145*x**2"),
        ("x/(1 + x**2) + z", "z + x/(1 + x**2)"),
        ("0*x", "0"),
    ],
)
def test_the_author_s_choice(given_text: str, wanted: str) -> None:
    assert str(present(CATALOG.read(given_text))) == wanted


def test_a_parameter_divides_inside_a_factor() -> None:
    term = CATALOG.read("k*y - k*y**2/L")
    assert str(present(term, constants=(sym("k"), sym("L")))) == "k*y*(1 - y/L)"


def test_the_numerator_in_lowest_terms() -> None:
    assert str(present_numerator(CATALOG.read("1 + 1/w"))) == "1 + w"


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("a*y/y**(1/a)", "a*y**(1 - 1/a)"),
        ("1/(sqrt(1 + x**2)*(1 + x**2))", "1/(1 + x**2)**(3/2)"),
        ("sqrt(2)*y/sqrt(pi)", "sqrt(2/pi)*y"),
        ("x**2*y", "x**2*y"),
    ],
)
def test_powers_of_one_base_are_put_together(given_text: str, wanted: str) -> None:
    assert str(join_powers(CATALOG.read(given_text))) == wanted


def _value(term: Term, at: dict[str, int]) -> int:
    match term.kind:
        case "number":
            return int(term.value())
        case "symbol":
            return at[term.name]
        case "neg":
            return -_value(term.args[0], at)
        case "add":
            return sum(_value(arg, at) for arg in term.args)
        case "pow":
            return _value(term.args[0], at) ** _value(term.args[1], at)
        case _:
            result = 1
            for arg in term.args:
                result *= _value(arg, at)
            return result


MONOMIALS = st.tuples(st.integers(-4, 4), st.integers(0, 3), st.integers(0, 2))


@settings(max_examples=60, deadline=None)
@given(st.lists(MONOMIALS, min_size=1, max_size=5), st.integers(-5, 5), st.integers(-5, 5))
def test_nothing_but_the_look_changes(monomials: list[tuple[int, int, int]], x: int, y: int) -> None:
    parts = [mul(num(c), power(sym("x"), num(i)), power(sym("y"), num(j))) for c, i, j in monomials]
    term = add(*parts, neg(num(0)))
    written = present(term)
    assert _value(written, {"x": x, "y": y}) == _value(term, {"x": x, "y": y})
    assert present(written) == written
    assert "(-" not in str(written)
