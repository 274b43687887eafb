"""The step engine: one rule at one place at a time, until no inert derivative is left.

`expand` answers every small step as data. A state is the whole expression; the next place is always the
first inert derivative from the left. Nothing is proved here: the assembly proves each line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from symderiv.derive.algebra import depends_on, join_product, put
from symderiv.derive.rules import Rule, RuleKind, apply, derivative, match, rules
from symderiv.derive.step import Path
from symderiv.errors import LimitError, UnsupportedError
from symderiv.notation import names
from symderiv.notation.term import TRUE, Term, call, case, piecewise, relation

MAX_STEPS = 600
Lemma = Callable[[str], "tuple[str, Term] | None"]
"""name -> (variable, derivative of name(variable)) for functions whose derivative has been derived."""


@dataclass(frozen=True, slots=True)
class Move:
    """One rule applied at one place of a whole expression."""

    rule: str
    kind: RuleKind
    before: Term
    after: Term
    path: Path
    bindings: tuple[tuple[str, Term], ...]
    opened: int
    """How many inert derivatives the rule left in the part that it rewrote."""


def expand(state: Term, lemma: Lemma, *, banned: Collection[str] = ()) -> list[Move]:
    """Apply rules to the first inert derivative until none is left.

    `banned` rule ids are passed over, which is how a route chooses its way. Raises `UnsupportedError` for
    a function without a rule and `LimitError` for a formula that needs too many steps.
    """
    moves: list[Move] = []
    while (path := first_derivative(state)) is not None:
        if len(moves) >= MAX_STEPS:
            raise LimitError(f"the derivation takes more than {MAX_STEPS} steps", hint="a smaller formula")
        node = state.part(path)
        rule, kind, part, bindings = _rewrite(node, lemma, banned)
        after = put(state, path, part)
        moves.append(Move(rule, kind, state, after, path, bindings, count_derivatives(part)))
        state = after
    return moves


def first_derivative(term: Term) -> Path | None:
    """Where the next inert derivative stands: one of a constant if there is any, else the first."""
    constant = _first(term, lambda node: not depends_on(node.args[0], node.args[1]))
    return constant if constant is not None else _first(term, lambda _: True)


def _first(term: Term, fits: Callable[[Term], bool]) -> Path | None:
    if term.kind == "diff":
        return () if fits(term) else None
    for position, arg in enumerate(term.args):
        found = _first(arg, fits)
        if found is not None:
            return (position, *found)
    return None


def count_derivatives(term: Term) -> int:
    """How many inert derivatives the formula holds."""
    return sum(node.kind == "diff" for node in term.walk())


Rewritten = tuple[str, RuleKind, Term, tuple[tuple[str, Term], ...]]


def _rewrite(node: Term, lemma: Lemma, banned: Collection[str]) -> Rewritten:
    body, variable = node.args[0], node.args[1]
    for rule in rules():
        if rule.id in banned:
            continue
        bindings = match(rule, node)
        if bindings is not None:
            return (
                rule.id,
                _kind(rule, bindings),
                apply(rule, node, bindings),
                tuple(sorted(bindings.items())),
            )
    if body.kind == "piecewise" or (body.kind == "call" and body.name in ("Max", "Min")):
        return "case-by-case", "structure", _by_cases(body, variable), (("u", body),)
    if body.kind == "call" and len(body.args) == 1:
        return _named(body, variable, lemma)
    raise UnsupportedError(f"no rule for the derivative of a {body.kind}", span=body.span)


def _kind(rule: Rule, bindings: dict[str, Term]) -> RuleKind:
    """A named function of more than a linear formula opens a line of its own."""
    inner = bindings.get("u")
    if rule.kind in ("function", "lemma") and inner is not None and not is_linear(inner, bindings["x"]):
        return "structure"
    return rule.kind


def is_linear(term: Term, variable: Term) -> bool:
    """Can the derivative be read off: a sum of constants and constant multiples of the variable?"""
    if term == variable or not depends_on(term, variable):
        return True
    if term.kind in ("add", "neg"):
        return all(is_linear(arg, variable) for arg in term.args)
    if term.kind == "mul":
        varying = [arg for arg in term.args if depends_on(arg, variable)]
        return len(varying) == 1 and is_linear(varying[0], variable)
    if term.kind == "div":
        return not depends_on(term.args[1], variable) and is_linear(term.args[0], variable)
    return False


def _by_cases(body: Term, variable: Term) -> Term:
    """The derivative of each case under its own condition; a tie of max or min counts for the earlier."""
    if body.kind == "piecewise":
        return piecewise(*(case(_case(c.args[0], variable), c.args[1]) for c in body.args))
    sign = ">" if body.name == "Max" else "<"
    *earlier, last = body.args
    cases: list[Term] = []
    chosen = earlier[0] if earlier else last
    for position in range(len(body.args) - 1, 0, -1):
        one = body.args[position]
        conditions = tuple(_compared(sign, one, other, variable) for other in body.args[:position])
        condition = conditions[0] if len(conditions) == 1 else Term("and", conditions)
        cases.append(case(_case(body.args[position], variable), condition))
    return piecewise(*cases, case(_case(chosen, variable), TRUE)) if cases else derivative(last, variable)


def _compared(sign: str, left: Term, right: Term, variable: Term) -> Term:
    """left > right, written with the variable first."""
    if depends_on(left, variable) or not depends_on(right, variable):
        return relation(sign, left, right)
    return relation("<" if sign == ">" else ">", right, left)


def _case(value: Term, variable: Term) -> Term:
    return derivative(value, variable)


def _named(body: Term, variable: Term, lemma: Lemma) -> Rewritten:
    """A catalogue function by what was derived for it; an undefined function by a prime."""
    inner = body.args[0]
    known = lemma(body.name) if body.order == 0 else None
    if known is not None:
        letter, outer = known
        rule, value = "known-derivative", outer.substitute({letter: inner})
    elif body.name in names.FUNCTIONS:
        raise UnsupportedError(f"no rule for the derivative of {body.name}", span=body.span)
    else:
        rule, value = "chain-rule", call(body.name, inner, order=body.order + 1)
    kind: RuleKind = "lemma" if is_linear(inner, variable) else "structure"
    bindings = (("f", body), ("u", inner), ("x", variable))
    return rule, kind, join_product(value, derivative(inner, variable)), bindings
