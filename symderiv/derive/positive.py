"""Is a formula positive wherever it is defined, to be seen from how it is written?"""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.derive.algebra import literal
from symderiv.notation.term import Term

_POSITIVE_FUNCTIONS = frozenset({"exp", "cosh", "sech"})


def is_positive(term: Term, assumptions: Mapping[str, str]) -> bool:
    """True only if every real value is > 0; False says nothing."""
    value = literal(term)
    if value is not None:
        return value > 0
    match term.kind:
        case "constant":
            return True
        case "symbol":
            return assumptions.get(term.name) == "positive"
        case "add":
            return all(is_nonnegative(arg, assumptions) for arg in term.args) and any(
                is_positive(arg, assumptions) for arg in term.args
            )
        case "mul" | "div":
            return all(is_positive(arg, assumptions) for arg in term.args)
        case "sum":  # a sum over a vector has at least one term
            return is_positive(term.args[0], assumptions)
        case "pow":
            return is_positive(term.args[0], assumptions)
        case "call":
            if term.name == "sqrt":
                return is_positive(term.args[0], assumptions)
            return term.name in _POSITIVE_FUNCTIONS and not term.order
        case _:
            return False


def is_nonnegative(term: Term, assumptions: Mapping[str, str]) -> bool:
    """True only if every real value is >= 0; False says nothing."""
    if is_positive(term, assumptions):
        return True
    value = literal(term)
    if value is not None:
        return value >= 0
    match term.kind:
        case "symbol":
            return assumptions.get(term.name) in ("positive", "nonnegative")
        case "add" | "mul":
            return all(is_nonnegative(arg, assumptions) for arg in term.args)
        case "sum":
            return is_nonnegative(term.args[0], assumptions)
        case "div":
            return is_nonnegative(term.args[0], assumptions) and is_positive(term.args[1], assumptions)
        case "pow":
            exponent = literal(term.args[1])
            even = exponent is not None and exponent.denominator == 1 and exponent.numerator % 2 == 0
            return even or is_nonnegative(term.args[0], assumptions)
        case "call":
            return term.name in ("Abs", "sqrt") and not term.order
        case _:
            return False
