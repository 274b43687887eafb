"""The step engine: whole-expression states, one change at a time, lines that a page can hold."""

from __future__ import annotations

from itertools import pairwise

import pytest
import sympy

from symderiv.derive.engine import count_derivatives, expand, first_derivative
from symderiv.derive.lines import textbook
from symderiv.errors import UnsupportedError
from symderiv.meaning import differentiate, to_sympy
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term
from symderiv.notation.write.plain import write_plain

FUNCTIONS = [
    "1/(1 + exp(-x))",
    "sinh(x)/cosh(x)",
    "log(2 + sin(x))",
    "exp(x)/(1 + x**2)",
    "x/(1 + log(1 + exp(x)))",
    "x**x",
    "x**2*sin(3*x + 1)/7 - 4",
    "atan(exp(a*x))*x",
    "sqrt(1 + x**2)*asinh(x)",
    "erf(x/sqrt(2))*x",
    "2**x*x**(1/3)",
    "Piecewise((x**2, x > 1), (2*x - 1, True))",
    "tan(x)*sec(x) - cot(x)/csc(x)",
    "acos(x/3)*atanh(x/5) + asin(x/4)",
    "coth(1 + x**2)*csch(1 + x**2) + acosh(2 + x**2) + erfc(x)",
]
POINT = {sympy.Symbol("x"): sympy.Rational(7, 5), sympy.Symbol("a"): sympy.Rational(2, 3)}


def no_lemma(name: str) -> None:
    return None


def resolved(term: Term) -> sympy.Expr:
    """The number that a state stands for, its inert derivatives taken by the referee."""
    expr = to_sympy(term)
    expr = expr.replace(
        lambda e: isinstance(e, sympy.Derivative), lambda e: differentiate(e.expr, e.variables[0])
    )
    return sympy.N(expr.subs(POINT), 30)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_every_state_has_the_same_value(text: str) -> None:
    start = read_plain(f"D({text}, x)")
    moves = expand(start, no_lemma)
    value = resolved(start)
    assert moves[0].before == start
    for before, after in pairwise(moves):
        assert before.after == after.before
    for move in moves:
        assert abs(resolved(move.after) - value) < sympy.Float("1e-20") * (1 + abs(value))
    assert count_derivatives(moves[-1].after) == 0


@pytest.mark.parametrize("text", FUNCTIONS)
def test_one_change_at_a_time(text: str) -> None:
    """What a move rewrites is exactly one inert derivative; every other one is still there."""
    for move in expand(read_plain(f"D({text}, x)"), no_lemma):
        assert move.before.part(move.path).kind == "diff"
        left = count_derivatives(move.before) - 1
        assert count_derivatives(move.after) == left + move.opened


def test_banned_rules_are_passed_over() -> None:
    start = read_plain("D(1/(1 + exp(-x)), x)")
    assert expand(start, no_lemma)[0].rule == "reciprocal-rule"
    assert expand(start, no_lemma, banned={"reciprocal-rule"})[0].rule == "quotient-rule"


def test_a_lemma_is_cited() -> None:
    start = read_plain("D(x*sigmoid(2*x), x)")
    outer = read_plain("sigmoid(t)*(1 - sigmoid(t))")
    moves = expand(start, lambda name: ("t", outer) if name == "sigmoid" else None)
    assert [move.rule for move in moves][:2] == ["product-rule", "known-derivative"]
    assert write_plain(moves[1].after).startswith(
        "sigmoid(2*x) + x*sigmoid(2*x)*(1 - sigmoid(2*x))*D(2*x, x)"
    )


def test_undefined_function_gets_a_prime() -> None:
    moves = expand(read_plain("D(g(x**2), x)"), no_lemma)
    assert write_plain(moves[-1].after) == "g'(x**2)*2*x"


def test_no_rule_is_an_error() -> None:
    with pytest.raises(UnsupportedError):
        expand(read_plain("D(delta(x, 1), x)"), no_lemma)


def test_constants_go_first() -> None:
    term = read_plain("D(exp(x), x) - D(4, x)")
    assert first_derivative(term) == (1, 0)


@pytest.mark.parametrize("limit", [4, 6, 12, 50])
@pytest.mark.parametrize("text", FUNCTIONS)
def test_lines_partition_the_moves(text: str, limit: int) -> None:
    moves = expand(read_plain(f"D({text}, x)"), no_lemma)
    groups = textbook(moves, limit)
    assert [move for group in groups for move in group] == moves
    assert all(groups)


def test_structure_has_a_line_of_its_own() -> None:
    moves = expand(read_plain("D(sinh(x)/cosh(x), x)"), no_lemma)
    assert [group[0].rule for group in textbook(moves, 12)] == [
        "quotient-rule",
        "hyperbolic-sine-rule",
        "hyperbolic-cosine-rule",
    ]
