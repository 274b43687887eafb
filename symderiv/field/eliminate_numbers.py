"""`rational`: the value of a Term that is made of literals only."""

from __future__ import annotations

from fractions import Fraction

from symderiv.notation.term import Term


def rational(term: Term) -> Fraction | None:
    """The value of a Term made of literals, or None."""
    match term.kind:
        case "number":
            return term.value()
        case "neg":
            inner = rational(term.args[0])
            return None if inner is None else -inner
        case "add" | "mul":
            values = [rational(arg) for arg in term.args]
            known = [value for value in values if value is not None]
            if len(known) < len(values):
                return None
            return sum(known, Fraction(0)) if term.kind == "add" else _product(known)
        case "div":
            top, bottom = rational(term.args[0]), rational(term.args[1])
            return None if top is None or not bottom else top / bottom
        case _:
            return None


def _product(values: list[Fraction]) -> Fraction:
    result = Fraction(1)
    for value in values:
        result *= value
    return result
