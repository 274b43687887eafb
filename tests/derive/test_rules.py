"""Every row of the rules table is an equality; here each one is put on trial against numbers.

The derivative on the left is taken numerically at 40 digits, so that no symbolic engine is asked.
"""

from __future__ import annotations

import mpmath
import pytest
import sympy

from symderiv.derive.rules import Rule, apply, match, rules
from symderiv.meaning import to_sympy
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term, diff, sym
from symderiv.prove import Prover

SAMPLES = [
    {"u": "x**2/3 + 1/4", "v": "exp(x/2) + x", "c": "7/3", "n": "5/2", "a": "3", "b": "sin(x)"},
    {"u": "sin(x)/2 + 3/5", "v": "2 + cos(x)", "c": "2/5", "n": "-3", "a": "x**3", "b": "exp(x)"},
]
POINT = mpmath.mpf("0.37")
SHIFTED = {"acosh": "x**2/3 + 5/4"}


def number(term: Term, at: mpmath.mpf) -> mpmath.mpf:
    """The value of a Term with inert derivatives, each of them taken numerically."""
    if term.kind == "diff":
        return mpmath.diff(lambda t: number(term.args[0], t), at)
    names: dict[str, Term] = {}

    def hide(node: Term) -> Term | None:
        if node.kind != "diff":
            return None
        name = f"slope_{len(names)}"
        names[name] = node
        return sym(name)

    shown = to_sympy(term.rebuild(hide))
    digits = mpmath.mp.dps + 10
    values = {sympy.Symbol(n): _exact(number(t, at), digits) for n, t in names.items()}
    values[sympy.Symbol("x")] = _exact(at, digits)
    return mpmath.mpf(str(sympy.N(shown.subs(values), digits)))


def _exact(value: mpmath.mpf, digits: int) -> sympy.Float:
    return sympy.Float(mpmath.nstr(value, digits), digits)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.id}-{rule.pattern}")
def test_row_is_an_equality(rule: Rule, sample: dict[str, str]) -> None:
    with mpmath.workdps(50):
        values = {name: read_plain(text) for name, text in sample.items()}
        function = rule.pattern.args[0].name
        if function in SHIFTED:
            values["u"] = read_plain(SHIFTED[function])
        left = rule.pattern.substitute(values)
        bindings = {"x": sym("x"), **values}
        right = apply(rule, left, bindings)
        assert abs(number(left, POINT) - number(right, POINT)) < mpmath.mpf(10) ** -25


@pytest.mark.parametrize("rule", [r for r in rules() if r.kind == "lemma"], ids=lambda rule: rule.id)
def test_lemma_follows_from_its_definition(rule: Rule) -> None:
    """The row of a lemma equals the numerical slope of the definition that it is said to follow from."""
    at = mpmath.mpf("1.83") if "inverse-hyperbolic-cosine" in rule.id else POINT
    assert rule.definition is not None
    with mpmath.workdps(50):
        slope = number(diff(rule.definition, sym("x")), at)
        row = apply(rule, rule.pattern, {"x": sym("x"), "u": sym("x")})
        assert abs(slope - number(row, at)) < mpmath.mpf(10) ** -25


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("D(7, x)", "constant-rule"),
        ("D(a**2, x)", "constant-rule"),
        ("D(x, x)", "identity-rule"),
        ("D(x*2*a, x)", "constant-multiple-rule"),
        ("D(x + 1 + x**2, x)", "sum-rule"),
        ("D(x**a, x)", "power-rule"),
        ("D((1 + x)**a, x)", "chain-rule"),
        ("D(x**x, x)", "logarithmic-differentiation"),
        ("D(2**x, x)", "exponential-rule"),
        ("D(a/(1 + x), x)", "reciprocal-rule"),
        ("D(x/(1 + x), x)", "quotient-rule"),
        ("D(x*sin(x)*exp(x), x)", "product-rule"),
    ],
)
def test_the_rule_that_is_tried_first(text: str, rule: str) -> None:
    node = read_plain(text)
    assert next(r.id for r in rules() if match(r, node) is not None) == rule


def test_mutated_row_is_found() -> None:
    """The trial turns red when a row is wrong: a lost sign in the quotient rule."""
    good = next(r for r in rules() if r.id == "quotient-rule")
    bad = Rule("bad", "structure", good.pattern, read_plain("(D(u, x)*v + u*D(v, x))/v**2"))
    with mpmath.workdps(50):
        values = {name: read_plain(text) for name, text in SAMPLES[0].items()}
        left = bad.pattern.substitute(values)
        right = apply(bad, left, {"x": sym("x"), **values})
        assert abs(number(left, POINT) - number(right, POINT)) > mpmath.mpf("1e-6")


@pytest.mark.parametrize("rule", [r for r in rules() if r.kind == "lemma"], ids=lambda rule: rule.id)
def test_lemma_is_proved_from_its_definition(rule: Rule) -> None:
    """D(definition, x) = row, by the prover, for all x where both sides are defined."""
    assert rule.definition is not None
    row = apply(rule, rule.pattern, {"x": sym("x"), "u": sym("x")})
    assert Prover().prove(diff(rule.definition, sym("x")), row).status == "proved"
