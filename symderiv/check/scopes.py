r"""Scope: what an operator without brackets acts on, where a line can be read in two ways.

`\frac{d}{dx} x \ln x` that is a whole side means the derivative of the product: whoever writes it as the
left side of a claim says what is to be differentiated. The narrow reading, `(dx/dx) \ln x`, is for a term
of a sum, as the product rule writes it, before an explicit dot, behind brackets around what is
differentiated, and where the rest of the product is itself a derivative (a link of the chain) or does not
speak of the variable.
"""

from __future__ import annotations

import re

from symderiv.notation.term import Term, call, sym

_DOT_LAST = re.compile(r"(?:\\cdot|\\times|\\odot|\*|/)\s*(?:\\left|\\[bB]igg?[lm]?)?\s*[(\[{]*\s*\Z")
_BRACKET_LAST = re.compile(r"[(\[]\s*\Z")


def without_narrow(readings: tuple[Term, ...], text: str) -> tuple[Term, ...]:
    """The readings of a side without those in which an operator stops short of the product that it opens."""
    whole = {bare.args[1] for bare in map(_unsigned, readings) if bare.kind == "diff"}
    kept = tuple(term for term in readings if not (whole and _stops_short(term, text, whole)))
    return kept or readings


def with_exponentials(term: Term) -> Term:
    """Where a page has a letter e of its own: e^{-x} is the exponential function still, e^2 is a square."""

    def visit(node: Term) -> Term | None:
        if node.kind != "pow" or node.args[0] != sym("e") or not node.args[1].free_symbols():
            return None
        return call("exp", node.args[1].rebuild(visit)).at(node.span)

    return term.rebuild(visit)


def _unsigned(term: Term) -> Term:
    return term.args[0] if term.kind == "neg" else term


def _stops_short(term: Term, text: str, whole: set[Term]) -> bool:
    bare = _unsigned(term)
    operator, *rest = bare.args if bare.kind == "mul" else (bare,)
    if operator.kind != "diff" or not rest or operator.args[1] not in whole:
        return False
    if not any(operator.args[1] in factor.walk() for factor in rest):
        return False
    if any(node.kind == "diff" or node.order for factor in rest for node in factor.walk()):
        return False
    inside, behind = _start(operator.args[0]), min(map(_start, rest))
    if inside < 0 or behind < 0:
        return False
    return not _BRACKET_LAST.search(text[:inside]) and not _DOT_LAST.search(text[inside:behind])


def _start(term: Term) -> int:
    """Where a formula begins, -1 where that is not known."""
    return min((node.span[0] for node in term.walk() if node.span is not None), default=-1)


def wider(term: Term, text: str) -> Term | None:
    r"""`\frac{d}{dx} a + b` with the operator acting on the whole sum, or None where it cannot be meant."""
    if term.kind != "add":
        return None
    first = term.args[0]
    factors = first.args if first.kind == "mul" else (first,)
    operator = factors[-1]
    starts = (
        [node.span[0] for node in operator.args[0].walk() if node.span is not None] if operator.args else []
    )
    if operator.kind != "diff" or not starts:
        return None
    before = text[: min(starts)].rstrip()
    if not before.endswith("}"):
        return None  # a fraction such as dy/dx, or a bracket
    body = Term("add", (operator.args[0], *term.args[1:]))
    found = operator.with_args(body, *operator.args[1:])
    return Term("mul", (*factors[:-1], found)) if len(factors) > 1 else found
