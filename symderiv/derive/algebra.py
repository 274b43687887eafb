"""Building Terms as a person writes them: no `+ 0`, no factor 1, no double minus; nothing else moves.

These builders are used where a rule of calculus puts a new formula together. They keep order and form;
what collects or expands is a step of its own (`derive.collect`).
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.notation.term import ONE, ZERO, Term, add, div, mul, neg, power


def is_number(term: Term, value: int | None = None) -> bool:
    """Is it a literal (with that value)?"""
    return term.kind == "number" and (value is None or term.value() == value)


def literal(term: Term) -> Fraction | None:
    """The value of a formula made of literals only by signs, sums and quotients, else None."""
    if term.kind == "number":
        return term.value()
    values = [literal(arg) for arg in term.args]
    if not values or any(value is None for value in values):
        return None
    numbers = [value for value in values if value is not None]
    if term.kind == "neg":
        return -numbers[0]
    if term.kind == "add":
        return sum(numbers, Fraction(0))
    if term.kind == "div" and numbers[1]:
        return numbers[0] / numbers[1]
    return None


def negate(term: Term) -> Term:
    """-term, without a double minus and without -0."""
    if term.kind == "neg":
        return term.args[0]
    return term if is_number(term, 0) else neg(term)


def join_sum(*terms: Term) -> Term:
    """a + b + ..., flat, zeros left out."""
    flat: list[Term] = []
    for term in terms:
        flat += term.args if term.kind == "add" else (term,)
    kept = [term for term in flat if not is_number(term, 0)]
    if not kept:
        return ZERO
    return kept[0] if len(kept) == 1 else add(*kept)


def join_difference(left: Term, right: Term) -> Term:
    """a - b, a sum on the right kept in its brackets."""
    if is_number(right, 0):
        return left
    if is_number(left, 0):
        return negate(right)
    parts = left.args if left.kind == "add" else (left,)
    return add(*parts, neg(right))


def join_product(*factors: Term) -> Term:
    """a * b * ..., flat, ones left out; 0 if one factor is 0; a leading minus goes in front."""
    flat: list[Term] = []
    for factor in factors:
        flat += factor.args if factor.kind == "mul" else (factor,)
    if any(is_number(factor, 0) for factor in flat):
        return ZERO
    kept = [factor for factor in flat if not is_number(factor, 1)]
    if not kept:
        return ONE
    if kept[0].kind == "neg":
        return negate(join_product(kept[0].args[0], *kept[1:]))
    return kept[0] if len(kept) == 1 else mul(*kept)


def join_quotient(numerator: Term, denominator: Term) -> Term:
    """a / b; a / 1 is a, and a minus on top goes in front."""
    if is_number(denominator, 1) or is_number(numerator, 0):
        return numerator
    if numerator.kind == "neg":
        return negate(join_quotient(numerator.args[0], denominator))
    return div(numerator, denominator)


def join_power(base: Term, exponent: Term) -> Term:
    """a ** n; a ** 1 is a, a ** 0 is 1."""
    if is_number(exponent, 1):
        return base
    if is_number(exponent, 0) or is_number(base, 1):
        return ONE
    return power(base, exponent)


def tidy(term: Term) -> Term:
    """The node again from its arguments by the builders above (one level)."""
    match term.kind:
        case "add":
            return join_sum(*term.args)
        case "mul":
            return join_product(*term.args)
        case "div":
            return join_quotient(*term.args)
        case "neg":
            return negate(term.args[0])
        case "pow":
            return join_power(*term.args)
        case _:
            return term


def put(whole: Term, path: tuple[int, ...], new: Term) -> Term:
    """`whole` with `new` at `path`, every node above tidied."""
    if not path:
        return new
    args = list(whole.args)
    args[path[0]] = put(args[path[0]], path[1:], new)
    return tidy(whole.with_args(*args))


def depends_on(term: Term, variable: Term) -> bool:
    """Does the variable (a symbol, or an indexed symbol) occur free?"""
    if variable.kind == "symbol":
        return variable.name in term.free_symbols()
    return variable.args[0].name in term.free_symbols()
