"""The rules of differentiation as a table; each row is an equality that tests put on trial.

A row says `pattern = result`. In a pattern, `x` is the variable, `u` and `v` are any formulas that
depend on it, `c` and `n` any that do not, `a` and `b` any at all. The chain rule is built into every row
with an inner `u`. Rows are tried in order. `kind` tells how a line reads: `structure` rules (product,
quotient, ...) open up a formula, `function` rules differentiate a named function, `trivial` ones need no
line of their own.

The primitives are constants, powers, exp, log, sin, cos, asin, atan and erf; rows of kind `lemma` follow
from them through the definition in the last column; the tests prove each row from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from symderiv.derive.algebra import depends_on, literal, tidy
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import ONE, Term, num

RuleKind = Literal["trivial", "structure", "function", "lemma"]


@dataclass(frozen=True, slots=True)
class Rule:
    """pattern = result; for a `lemma`, `definition` is the function of x it follows from."""

    id: str
    kind: RuleKind
    pattern: Term
    result: Term
    definition: Term | None = None


_ROWS: tuple[tuple[str, RuleKind, str, str], ...] = (
    ("constant-rule", "trivial", "D(c, x)", "0"),
    ("identity-rule", "trivial", "D(x, x)", "1"),
    ("constant-multiple-rule", "trivial", "D(-u, x)", "-D(u, x)"),
    ("constant-multiple-rule", "trivial", "D(c*u, x)", "c*D(u, x)"),
    ("constant-multiple-rule", "trivial", "D(u/c, x)", "D(u, x)/c"),
    ("sum-rule", "trivial", "D(a + b, x)", "D(a, x) + D(b, x)"),
    ("reciprocal-rule", "structure", "D(c/v, x)", "-c*D(v, x)/v**2"),
    ("quotient-rule", "structure", "D(u/v, x)", "(D(u, x)*v - u*D(v, x))/v**2"),
    ("quotient-rule", "structure", "D(c/v, x)", "(D(c, x)*v - c*D(v, x))/v**2"),
    ("product-rule", "structure", "D(u*v, x)", "D(u, x)*v + u*D(v, x)"),
    ("power-rule", "trivial", "D(x**n, x)", "n*x**(n - 1)"),
    ("chain-rule", "structure", "D(u**n, x)", "n*u**(n - 1)*D(u, x)"),
    ("exponential-rule", "function", "D(e**u, x)", "e**u*D(u, x)"),
    ("exponential-rule", "function", "D(c**u, x)", "c**u*log(c)*D(u, x)"),
    ("logarithmic-differentiation", "structure", "D(u**v, x)", "u**v*D(v*log(u), x)"),
    ("exponential-rule", "function", "D(exp(u), x)", "exp(u)*D(u, x)"),
    ("logarithm-rule", "function", "D(log(u), x)", "D(u, x)/u"),
    ("square-root-rule", "function", "D(sqrt(u), x)", "D(u, x)/(2*sqrt(u))"),
    ("sine-rule", "function", "D(sin(u), x)", "cos(u)*D(u, x)"),
    ("cosine-rule", "function", "D(cos(u), x)", "-sin(u)*D(u, x)"),
    ("inverse-sine-rule", "function", "D(asin(u), x)", "D(u, x)/sqrt(1 - u**2)"),
    ("inverse-tangent-rule", "function", "D(atan(u), x)", "D(u, x)/(1 + u**2)"),
    ("error-function-rule", "function", "D(erf(u), x)", "2/sqrt(pi)*exp(-u**2)*D(u, x)"),
    ("absolute-value-rule", "function", "D(Abs(u), x)", "sign(u)*D(u, x)"),
    ("sign-rule", "function", "D(sign(u), x)", "0"),
)

_LEMMAS: tuple[tuple[str, str, str, str], ...] = (
    ("tan", "1 + tan(u)**2", "sin(x)/cos(x)", "tangent"),
    ("sec", "sec(u)*tan(u)", "1/cos(x)", "secant"),
    ("csc", "-csc(u)*cot(u)", "1/sin(x)", "cosecant"),
    ("cot", "-(1 + cot(u)**2)", "cos(x)/sin(x)", "cotangent"),
    ("sinh", "cosh(u)", "(exp(x) - exp(-x))/2", "hyperbolic-sine"),
    ("cosh", "sinh(u)", "(exp(x) + exp(-x))/2", "hyperbolic-cosine"),
    ("csch", "-csch(u)*coth(u)", "2/(exp(x) - exp(-x))", "hyperbolic-cosecant"),
    ("coth", "1 - coth(u)**2", "cosh(x)/sinh(x)", "hyperbolic-cotangent"),
    ("asinh", "1/sqrt(u**2 + 1)", "log(x + sqrt(x**2 + 1))", "inverse-hyperbolic-sine"),
    ("acosh", "1/(sqrt(u - 1)*sqrt(u + 1))", "log(x + sqrt(x - 1)*sqrt(x + 1))", "inverse-hyperbolic-cosine"),
    ("atanh", "1/(1 - u**2)", "log((1 + x)/(1 - x))/2", "inverse-hyperbolic-tangent"),
    ("acos", "-1/sqrt(1 - u**2)", "pi/2 - asin(x)", "inverse-cosine"),
    ("erfc", "-2/sqrt(pi)*exp(-u**2)", "1 - erf(x)", "complementary-error-function"),
)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Every row, read once."""
    rows = [Rule(i, k, read_plain(p), read_plain(r)) for i, k, p, r in _ROWS]
    for name, outer, definition, words in _LEMMAS:
        result = read_plain(f"({outer})*D(u, x)")
        rows.append(
            Rule(f"{words}-rule", "lemma", read_plain(f"D({name}(u), x)"), result, read_plain(definition))
        )
    return tuple(rows)


Bindings = dict[str, Term]


def match(rule: Rule, node: Term) -> Bindings | None:
    """What u, v, c, n stand for if the inert derivative `node` has the rule's pattern."""
    variable = node.args[1]
    found: Bindings = {"x": variable}
    return found if _match(rule.pattern.args[0], node.args[0], variable, found) else None


def _match(pattern: Term, term: Term, variable: Term, found: Bindings) -> bool:
    if pattern.kind == "symbol":
        return _match_name(pattern.name, term, variable, found)
    if pattern.kind in ("add", "mul") and term.kind == pattern.kind:
        return _match_many(pattern, term, variable, found)
    if (pattern.kind, pattern.name, len(pattern.args)) != (term.kind, term.name, len(term.args)):
        return False
    if pattern.order != term.order:
        return False
    return all(_match(p, t, variable, found) for p, t in zip(pattern.args, term.args, strict=True))


def _match_name(name: str, term: Term, variable: Term, found: Bindings) -> bool:
    inner = depends_on(term, variable)
    fits = {"x": term == variable, "u": inner, "v": inner, "c": not inner, "n": not inner}
    return fits.get(name, True) and found.setdefault(name, term) == term


def _match_many(pattern: Term, term: Term, variable: Term, found: Bindings) -> bool:
    """A two-place pattern on a sum or product of any length.

    A constant factor `c` gathers every factor free of the variable; otherwise the first argument is
    matched alone, and the rest together.
    """
    left, right = pattern.args
    if pattern.kind == "mul" and left.kind == "symbol" and left.name == "c":
        constant = [arg for arg in term.args if not depends_on(arg, variable)]
        varying = [arg for arg in term.args if depends_on(arg, variable)]
        if not constant or not varying:
            return False
        first, rest = _together(term, constant), _together(term, varying)
    else:
        first, rest = term.args[0], _together(term, list(term.args[1:]))
    return _match(left, first, variable, found) and _match(right, rest, variable, found)


def _together(term: Term, args: list[Term]) -> Term:
    return args[0] if len(args) == 1 else term.with_args(*args)


def apply(rule: Rule, node: Term, bindings: Bindings) -> Term:
    """The rule's result for those bindings, written without zeros, ones and D(x, x)."""
    variable = node.args[1]

    def build(part: Term) -> Term:
        if part.kind == "symbol":
            return bindings.get(part.name, part)
        if part.kind == "diff":
            return derivative(build(part.args[0]), variable)
        built = part.with_args(*map(build, part.args))
        value = literal(built) if part.kind == "add" else None
        return tidy(built) if value is None else num(value)

    if rule.pattern.args[0].kind == "add":
        return Term("add", tuple(_summand(arg, variable) for arg in node.args[0].args))
    return build(rule.result)


def derivative(body: Term, variable: Term) -> Term:
    """D(body, variable), written 1 where the body is the variable itself."""
    return ONE if body == variable else Term("diff", (body, variable))


def _summand(arg: Term, variable: Term) -> Term:
    if arg.kind == "neg":
        return arg.with_args(_summand(arg.args[0], variable))
    return derivative(arg, variable)
