"""Linear inequalities over the rationals: is a system of `c0 + c1 v1 + ... > 0` contradictory?

Fourier and Motzkin's elimination, with a limit on its growth: a `True` is a proof, a `False` is not.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction

_MAX_ROWS = 200


@dataclass(frozen=True, slots=True)
class Inequality:
    """constant + sum of coefficient*variable > 0, or >= 0 where not `strict`."""

    coefficients: tuple[tuple[Hashable, Fraction], ...]
    constant: Fraction
    strict: bool

    def coefficient(self, variable: Hashable) -> Fraction:
        """The coefficient of a variable, 0 where it does not occur."""
        return dict(self.coefficients).get(variable, Fraction(0))


def contradictory(rows: list[Inequality]) -> bool:
    """Is there proof that no point satisfies all the inequalities?"""
    while True:
        rows = list(dict.fromkeys(row for row in rows if row.coefficients or _fails(row)))
        if any(not row.coefficients for row in rows):
            return True
        if not rows:
            return False
        counts: dict[Hashable, list[int]] = {}
        for row in rows:
            for variable, value in row.coefficients:
                counts.setdefault(variable, [0, 0])[value > 0] += 1
        variable = min(counts, key=lambda v: counts[v][0] * counts[v][1])
        rows = _eliminate(rows, variable)
        if len(rows) > _MAX_ROWS:
            return False


def _fails(row: Inequality) -> bool:
    return row.constant < 0 or (row.strict and row.constant == 0)


def _eliminate(rows: list[Inequality], variable: Hashable) -> list[Inequality]:
    kept: list[Inequality] = []
    lower: list[Inequality] = []
    upper: list[Inequality] = []
    for row in rows:
        value = row.coefficient(variable)
        (kept if not value else lower if value > 0 else upper).append(row)
    return kept + [_combine(low, high, variable) for low in lower for high in upper]


def _combine(low: Inequality, high: Inequality, variable: Hashable) -> Inequality:
    a, b = low.coefficient(variable), -high.coefficient(variable)
    total: dict[Hashable, Fraction] = {}
    for row, weight in ((low, b), (high, a)):
        for name, value in row.coefficients:
            total[name] = total.get(name, Fraction(0)) + weight * value
    found = [(name, value) for name, value in total.items() if value]
    scale = abs(found[0][1]) if found else Fraction(1)
    coefficients = tuple(sorted(((n, v / scale) for n, v in found), key=repr))
    constant = (b * low.constant + a * high.constant) / scale
    return Inequality(coefficients, constant, low.strict or high.strict)
