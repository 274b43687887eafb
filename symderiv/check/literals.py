"""Printed numbers: what is one, its value, and half a unit of its last digit."""

from __future__ import annotations

from fractions import Fraction

from symderiv.notation import names
from symderiv.notation.term import Term, num


def is_number(term: Term) -> bool:
    """Whether nothing but numbers stands in the term: no letters, no unknown functions."""
    for node in term.walk():
        if node.kind in {"symbol", "index", "diff", "equation"} or (
            node.kind == "call" and (node.order or node.name not in names.FUNCTIONS)
        ):
            return False
    return True


def literal(term: Term) -> Fraction | None:
    """The value of a printed number: 0.56, -0.56, 1.2 * 10^{-3}."""
    if term.kind == "number":
        return term.value()
    if term.kind == "neg":
        inner = literal(term.args[0])
        return None if inner is None else -inner
    if term.kind == "mul" and len(term.args) == 2:
        first, second = literal(term.args[0]), _ten(term.args[1])
        return None if first is None or second is None else first * second
    return None


def _ten(term: Term) -> Fraction | None:
    if term.kind == "pow" and term.args[0] == num(10):
        exponent = literal(term.args[1])
        if exponent is not None and exponent.denominator == 1 and abs(exponent) < 100:
            return Fraction(10) ** int(exponent)
    return None


def half_unit(term: Term) -> Fraction:
    """Half a unit of the last printed digit."""
    if term.kind == "number":
        mantissa, _, tens = term.name.lower().partition("e")
        digits = len(mantissa.partition(".")[2])
        return Fraction(1, 2) / Fraction(10) ** (digits - int(tens or 0))
    if term.kind == "neg":
        return half_unit(term.args[0])
    ten = _ten(term.args[-1])
    return half_unit(term.args[0]) * (ten or 1)
