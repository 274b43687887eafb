"""The values that a target may take where its conditions leave finitely many: t**2 = 1 leaves -1 and 1."""

from __future__ import annotations

from fractions import Fraction

import sympy

from symderiv.catalog import Record
from symderiv.errors import SymderivError
from symderiv.meaning import to_sympy


def target_values(record: Record) -> tuple[Fraction, ...]:
    """Every value that fulfils a polynomial condition, in order; none where not all are rational."""
    for condition in record.conditions:
        if condition.kind != "equation" or condition.free_symbols() != {record.target}:
            continue
        try:
            gap = to_sympy(condition.args[0]) - to_sympy(condition.args[1])
        except SymderivError:
            continue
        found = sympy.Poly(gap, sympy.Symbol(record.target)) if gap.is_polynomial() else None
        if found is None or found.degree() < 1:
            continue
        roots = sympy.roots(found)
        if sum(roots.values()) == found.degree() and all(root.is_Rational for root in roots):
            return tuple(sorted(Fraction(int(root.p), int(root.q)) for root in roots))
    return ()
