"""Plain notation: what is written is read back as the same Term; what is not read is refused."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given, settings

from symderiv.errors import LimitError, ReadError, SymderivError, UnknownNameError
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term, add, call, diff, div, mul, neg, num, power, relation, sym
from symderiv.notation.write.plain import write_plain
from tests.notation.terms import claims

x, y, z = sym("x"), sym("y"), sym("z")


@settings(max_examples=250, deadline=None)
@given(claims)
def test_reading_what_was_written_gives_the_same_term(term: Term) -> None:
    assert read_plain(write_plain(term)) == term


@settings(max_examples=200, deadline=None)
@given(claims, claims)
def test_distinct_terms_are_written_differently(a: Term, b: Term) -> None:
    assert (write_plain(a) == write_plain(b)) == (a == b)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("1 - x", add(num(1), neg(x))),
        ("-x + 1", add(neg(x), num(1))),
        ("-x**2", neg(power(x, num(2)))),
        ("(-x)**2", power(neg(x), num(2))),
        ("x^-2", power(x, neg(num(2)))),
        ("x**y**z", power(x, power(y, z))),
        ("x*y*z", mul(x, y, z)),
        ("x*y/z", div(mul(x, y), z)),
        ("x/y*z", mul(div(x, y), z)),
        ("x/y/z", div(div(x, y), z)),
        ("x/(y*z)", div(x, mul(y, z))),
        ("x - -y", add(x, neg(neg(y)))),
        ("2*-x", mul(num(2), neg(x))),
        ("-x*y", neg(mul(x, y))),
        ("x - y*z", add(x, neg(mul(y, z)))),
        ("sigma''(x)", call("sigma", x, order=2)),
        ("arctan(x)", call("atan", x)),
        ("ln(x)", call("log", x)),
        ("D(x*y, x, 2)", diff(mul(x, y), x, 2)),
        ("x < y <= z", Term("and", (relation("<", x, y), relation("<=", y, z)))),
        ("x ≤ y", relation("<=", x, y)),
        ("x − y·z", add(x, neg(mul(y, z)))),
        ("x__1", sym("x__1")),
        ("delta*D", mul(sym("delta"), sym("D"))),
    ],
)
def test_precedence_and_spelling(text: str, term: Term) -> None:
    assert read_plain(text) == term


def test_spans_point_into_the_text() -> None:
    text = " x*tanh(2 + y)"
    found = [text[slice(*node.span)] for node in read_plain(text).walk() if node.span]
    assert found == ["x*tanh(2 + y)", "x", "tanh(2 + y)", "2 + y", "2", "y"]


def test_a_declared_name_is_never_a_constant() -> None:
    assert read_plain("e*E", symbols={"e"}) == mul(sym("e"), Term("constant", name="e"))


REFUSED = [
    ("2x", (1, 2), "2*x"),
    ("x y", (2, 3), "x*y"),
    ("(1+x)(1-x)", (5, 6), "*"),
    ("sin x", (4, 5), "sin(x)"),
    ("sin^2(x)", (5, 6), "sin(x)**2"),
    ("f'", (2, 3), "f'(x)"),
    ("|x|", (0, 1), "Abs(x)"),
    ("x²", (1, 2), "x**2"),
    ("x=", (2, 3), "missing"),
    ("a=b=c", (3, 4), "one claim"),
    ("f(x=2)", (3, 4), "=="),
    ("1+*2", (2, 3), "missing"),
    ("x +", (3, 4), "missing"),
    ("(x", (0, 1), "missing"),
    ("{x}", (0, 1), "round"),
    (r"\frac{1}{2}", (0, 1), "LaTeX"),
    ("σ(x)", (0, 1), "sigma"),
    ("а+1", (0, 1), "Latin letter 'a'"),
    ("ｘ+1", (0, 1), "write x"),
    ("x₁", (1, 2), "x_1"),
    ("√2", (0, 1), "sqrt"),
    ("x\u202e1", (1, 2), "retype"),
    ("x\x00", (1, 2), "retype"),
    ("x\u200b", (1, 2), "retype"),
    ("x!", (1, 2), "factorial"),
    ("__import__('os')", (0, 1), "begin with a letter"),
    ("x.__class__", (1, 2), "digit"),
    ("(a,b)", (0, 5), "Piecewise"),
    ("D(x+1,2*x)", (6, 9), "D(f, x)"),
    ("sgmoid(x)", (0, 6), "'sigmoid'"),
    ("x(1-x)", (0, 1), "x*(...)"),
]


@pytest.mark.parametrize(("text", "span", "hint"), REFUSED)
def test_refused_with_a_place_and_a_hint(text: str, span: tuple[int, int], hint: str) -> None:
    with pytest.raises(SymderivError) as caught:
        read_plain(text, functions={"sigmoid", "f"})
    assert caught.value.span == span
    assert caught.value.source == text
    assert hint in (caught.value.hint or "")
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    "text", ["", "  ", "x)", "(x]", "f()", "1..2", "x ; y", "D'(x, x)", "D(x, x, 0)", "Sum(k)"]
)
def test_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 3000 + "x" + ")" * 3000,
        "-" * 1500 + "x",
        "-" * 101 + "x",
        "x" + "**x" * 101,
        "x" + "[1]" * 101,
        "f(" * 101 + "x" + ")" * 101,
        "9" * 61,
        "1e999",
        "x" * 65,
        "f" * 65 + "(x)",
        "+".join(["1"] * 1500),
        "x+" * 40_000 + "x",
        "x" * 10_000_000,
        "f" + "'" * 100 + "(x)",
    ],
    ids=range(14),
)
def test_limits_apply_while_reading(text: str) -> None:
    with pytest.raises(LimitError):
        read_plain(text)


def test_a_huge_power_is_only_written_down() -> None:
    assert write_plain(read_plain("9**9**9**9")) == "9**9**9**9"


def test_an_unknown_function_is_refused_only_against_a_catalogue() -> None:
    assert read_plain("nosuch(x)") == call("nosuch", x)
    with pytest.raises(UnknownNameError):
        read_plain("nosuch(x)", functions=())


def test_terms_of_any_depth_compare_write_and_travel() -> None:
    def tower() -> Term:
        term = x
        for _ in range(3000):
            term = neg(term)
        return term

    first, second = tower(), tower()
    assert first == second
    assert first != neg(second)
    assert len(write_plain(first)) == 3 * 2999 + 2
    small = read_plain("x + sin(y)")
    assert pickle.loads(pickle.dumps(small)) == small == copy.deepcopy(small)
