"""What an implicit relation says: whether a rational g can exist, and which branch of a root is y'.

All polynomial relations between y and y' are multiples of one irreducible polynomial. Where that has degree
2 or more in y', no rational g with y' = g(y) exists. A rational point where the curve is smooth rules
out that it splits over the reals.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from flint import fmpz, fmpz_mpoly
from sympy import integer_nthroot

from symderiv.derive.algebra import join_power, join_product, join_quotient, literal, negate
from symderiv.derive.forms_search import Candidate
from symderiv.notation.term import Term, call, num

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
    relation = f"the irreducible relation is {candidate.term}"
    return f"no rational g{over} with {output}' = g({letters}) exists: {relation}"


def _smooth_point(candidate: Candidate) -> bool:
    """Is there a rational point on the relation, for some parameters, where it is irreducible and smooth?"""
    relation = candidate.relation
    poly = relation.polynomial
    constants = [i for i, s in enumerate(relation.symbols) if s in relation.constants]
    fixed: dict[str | int, int | fmpz] = {f"g{i}": v for i, v in zip(constants, _PARAMETERS, strict=False)}
    special = poly.subs(fixed) if constants else poly
    _, factors = special.factor()
    if sum(int(k) for f, k in factors if int(f.degrees()[0])) != 1:
        return False
    free = [i for i in range(1, len(relation.symbols)) if i not in constants and int(special.degrees()[i])]
    for point in product(_SMALL, repeat=min(len(free), 2)):
        for value in _SMALL:
            at: dict[str | int, int | fmpz] = {
                f"g{i}": v for i, v in zip([0, *free], (value, *point), strict=False)
            }
            slopes = (special.derivative(i).subs(at) for i in (0, *free))
            if _is_zero(special.subs(at)) and not all(map(_is_zero, slopes)):
                return True
    return False


def _is_zero(poly: fmpz_mpoly) -> bool:
    return len(poly) == 0


def branches(candidate: Candidate) -> Iterator[tuple[Term, str]]:
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


def _root(term: Term, degree: int) -> Term:
    """h**(1/n), roots of whole powers and of square numbers taken."""
    value = literal(term)
    if value is not None and value > 0:
        tops, bottoms = integer_nthroot(value.numerator, degree), integer_nthroot(value.denominator, degree)
        if tops[1] and bottoms[1]:
            return num(Fraction(int(tops[0]), int(bottoms[0])))
    if term.kind == "pow" and literal(term.args[1]) is not None:
        return _raised(term.args[0], (literal(term.args[1]) or Fraction(1)) / degree)
    if term.kind == "div":
        return join_quotient(_root(term.args[0], degree), _root(term.args[1], degree))
    if term.kind == "mul":
        return join_product(*(_root(arg, degree) for arg in term.args))
    return _raised(term, Fraction(1, degree))


def _raised(base: Term, exponent: Fraction) -> Term:
    return call("sqrt", base) if exponent == Fraction(1, 2) else join_power(base, num(exponent))
