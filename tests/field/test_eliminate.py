"""Relations read off from points of a prime field: the right polynomial, and none where there is none."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from symderiv.catalog import load
from symderiv.field import eliminate_jets as jets
from symderiv.field.eliminate import Letter, Search, propose, settle
from symderiv.field.eliminate_cells import Cell, Sampler
from symderiv.field.eliminate_jets import PRIME
from symderiv.field.eliminate_linear import combination, fraction
from symderiv.field.eliminate_place import Place
from symderiv.notation.term import sym

CATALOG = load()
WHOLE = Cell(None, None, lambda term: term)
USUAL = Search(6, 4)


def relation(text: str, heads: tuple[str, ...] = (), *, order: int = 1, search: Search = USUAL) -> str | None:
    function = CATALOG.read(text)

    def sampler(points: int, blocks: int) -> Sampler:
        known = [function]
        return Sampler([WHOLE], "x", CATALOG.unfold, known=known, points=points, order=order, blocks=blocks)

    letters = [Letter(sym("y"), function, 2)]
    letters += [Letter(CATALOG.read(head), CATALOG.read(head), 4) for head in heads]
    start = sampler(150, 1)
    found = propose(start, (function, order), letters, search)
    made = None if found is None else settle(start, found, sampler)
    if made is None:
        return None
    text = str(made.polynomial)
    names = [str(symbol) for symbol in made.symbols]
    for position in range(len(names) - 1, -1, -1):
        text = text.replace(f"g{position}", names[position])
    return text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1/(1 + exp(-x))", "dy + y^2 - y"),
        ("tanh(x)", "dy + y^2 - 1"),
        ("exp(x)", "dy - y"),
        ("tan(x)", "dy - y^2 - 1"),
        ("sin(x)/(1 + cos(x))", "2*dy - y^2 - 1"),
        ("sqrt(1 + exp(x))", "2*dy*y - y^2 + 1"),
        ("a/(1 + exp(-k*(x - m)))", "dy*a + y^2*k - y*k*a"),
        ("sqrt(2)*exp(x)", "dy - y"),
    ],
)
def test_a_derivative_in_terms_of_the_function(text: str, wanted: str) -> None:
    assert relation(text) == wanted


def test_a_relation_of_higher_degree() -> None:
    assert relation("sech(x)", search=Search(6, 4, powers=2)) == "dy^2 + y^4 - y^2"
    assert relation("sin(x)", search=Search(6, 4, powers=2)) == "dy^2 + y^2 - 1"


def test_heads_are_used_where_the_function_alone_does_not_do() -> None:
    assert relation("x*sigmoid(x)") is None
    assert relation("x*sigmoid(x)", ("sigmoid(x)",)) == "dy + y*sigmoid(x) - y - sigmoid(x)"


def test_independent_functions_have_no_relation() -> None:
    assert relation("exp(-x)*sin(x)", search=Search(8, 6, powers=3)) is None
    assert relation("erf(x)", search=Search(8, 6, powers=3)) is None


def test_coefficients_that_are_no_monomials_in_the_parameters() -> None:
    assert relation("b + 1/(1 + exp(-x))") == "dy + y^2 - 2*y*b - y + b^2 + b"


def test_second_derivatives() -> None:
    assert relation("sigmoid(x)", order=2) == "dy - 2*y^3 + 3*y^2 - y"
    assert relation("sin(x)", order=2) == "dy + y"


def test_exponents_share_a_generator_down_to_their_common_part() -> None:
    place = Sampler(
        [WHOLE], "x", CATALOG.unfold, known=[CATALOG.read("exp(x) + exp(x/2)")], points=20, order=1
    )
    assert len(place.places[0].exponentials) == 1
    whole, part = place.rows(CATALOG.read("exp(x)")), place.rows(CATALOG.read("exp(x/2)"))
    assert np.array_equal(whole, part * part % PRIME)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("log(1 + exp(x))", "x + log(1 + exp(-x))"),
        ("exp(2*log(x))", "x**2"),
        ("sin(2*x)", "2*sin(x)*cos(x)"),
        ("cos(x)**2", "1 - sin(x)**2"),
        ("sqrt(x)*sqrt(x + 1)", "sqrt(x*(x + 1))"),
        ("cosh(x)", "(exp(x) + exp(-x))/2"),
        ("sin(2*atan(x))", "2*x/(1 + x**2)"),
        ("exp(asinh(x))", "x + sqrt(1 + x**2)"),
        ("x**(a + 1)", "x*x**a"),
        ("exp((a + b)*x)", "exp(a*x)*exp(b*x)"),
        ("exp(-(x - a)**2)", "exp(-x**2)*exp(2*a*x)*exp(-a**2)"),
        ("erf(-x)", "-erf(x)"),
    ],
)
def test_equal_functions_have_equal_jets(left: str, right: str) -> None:
    terms = [CATALOG.read(left), CATALOG.read(right)]
    sampler = Sampler([WHOLE], "x", CATALOG.unfold, known=terms, points=40, order=2)
    for coefficient in range(3):
        one, two = (sampler.rows(term, coefficient) for term in terms)
        assert len(one) >= 20
        assert np.array_equal(one, two)


def test_different_functions_have_different_jets() -> None:
    place = Place("x", points=40, order=1)
    assert not np.array_equal(place.jet(CATALOG.read("sin(x)")), place.jet(CATALOG.read("sin(2*x)/2")))


def test_a_term_that_needs_a_new_generator_leaves_no_trace() -> None:
    place = Place("x", points=80, order=1)
    place.jet(CATALOG.read("exp(x)"))
    before = place.generators()
    assert not place.tries(CATALOG.read("log(x)"))
    assert not place.tries(CATALOG.read("exp(x/2)"))
    assert place.generators() == before
    assert place.tries(CATALOG.read("tanh(x)"))


def test_fractions_come_back_from_residues() -> None:
    for value in (Fraction(3, 7), Fraction(-22, 31), Fraction(0), Fraction(1000, 999)):
        assert fraction(value.numerator * pow(value.denominator, -1, PRIME) % PRIME) == value


def test_a_combination_is_found_exactly_where_there_is_one() -> None:
    first, second = jets.residues(30, 3), jets.residues(30, 4)
    target = (2 * first + (PRIME + 1) // 2 * second) % PRIME
    assert combination(target, [first, second]) == [Fraction(2), Fraction(1, 2)]
    assert combination(jets.residues(30, 5), [first, second]) is None
