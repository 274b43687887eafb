"""What an implicit relation says: whether a rational g can exist, and which branch of a root is the derivative.

All polynomial relations between y and y' are multiples of one irreducible polynomial. Where that has degree
2 or more in y', no rational g with y' = g(y) exists. A rational point where the curve is smooth rules
out that it splits over the reals.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from flint import fmpz_mpoly

from symderiv.derive.algebra import join_power, literal, negate
from symderiv.derive.forms_search import Candidate
from symderiv.notation.term import ONE, Term, call, div, num

_PARAMETERS = (2, 3, 5, 7, 11)
_SMALL = (0, 1, -1, 2, -2, 3, -3)


def irreducible(candidate: Candidate, output: Term) -> str:
    """The note of an implicit form: why there is no rational g, or nothing where that is not shown."""
    poly = candidate.relation.polynomial
    _, factors = poly.factor()
    proper = [(f, k) for f, k in factors if int(f.degrees()[0])]
    if len(proper) != 1 or proper[0][1] != 1 or int(proper[0][0].degrees()[0]) != candidate.degree:
        return ""
    letters = ", ".join(str(letter.shown) for letter in candidate.letters) or str(output)
    if not any(letter.shown == output for letter in candidate.letters):
        letters = ", ".join([str(output), letters]) if letters != str(output) else letters
    over = "" if _smooth_point(candidate) else " with rational coefficients"
    return f"no rational g{over} with {output}' = g({letters}) exists: the irreducible relation is {candidate.term}"


def _smooth_point(candidate: Candidate) -> bool:
    """Is there a rational point on the relation, for some parameters, where it is irreducible and smooth?"""
    relation = candidate.relation
    poly = relation.polynomial
    constants = [i for i, s in enumerate(relation.symbols) if s in relation.constants]
    special = poly.subs({f"g{i}": v for i, v in zip(constants, _PARAMETERS, strict=False)}) if constants else poly
    _, factors = special.factor()
    if sum(int(k) for f, k in factors if int(f.degrees()[0])) != 1:
        return False
    free = [i for i in range(1, len(relation.symbols)) if i not in constants and int(special.degrees()[i])]
    for point in product(_SMALL, repeat=min(len(free), 2)):
        for value in _SMALL:
            at = {f"g{i}": v for i, v in zip([0, *free], (value, *point), strict=False)}
            if _is_zero(special.subs(at)) and any(not _is_zero(special.derivative(i).subs(at)) for i in (0, *free)):
                return True
    return False


def _is_zero(poly: fmpz_mpoly) -> bool:
    return len(poly) == 0


def branches(candidate: Candidate, output: Term) -> Iterator[tuple[Term, str]]:
    """dy = h(y)**(1/n) and its negative, from dy**n = h(y)."""
    if candidate.term.kind != "equation":
        return
    left, right = candidate.term.args
    if left.kind != "pow" or left.args[0].kind != "symbol" or literal(left.args[1]) is None:
        return
    root = _root(right, int(literal(left.args[1]) or 1))
    note = f"the branch of {candidate.term} that holds everywhere"
    yield root, note
    yield negate(root), note
    _ = output


def _root(term: Term, degree: int) -> Term:
    """h**(1/n), roots of whole powers taken."""
    if term.kind == "pow" and literal(term.args[1]) is not None:
        exponent = (literal(term.args[1]) or 1) / degree
        if exponent.denominator > 1 or term.args[0].kind == "add":
            return call("sqrt", term.args[0]) if exponent == num(1).value() / 2 else join_power(term.args[0], num(exponent))
    if term.kind == "div":
        return div(_root(term.args[0], degree), _root(term.args[1], degree))
    if term == ONE:
        return term
    return call("sqrt", term) if degree == 2 else join_power(term, num(ONE.value() / degree))
