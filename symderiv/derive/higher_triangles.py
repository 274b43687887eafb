"""Coefficients of derivatives as integer triangles: σ^(n) = Σ_k (-1)^k W(n, k) σ^(k+1).

The coefficients obey c(n, k) = Σ_j l_j(k - j) c(n-1, k-j). A triangle T with
T(n, k) = a T(n-1, k-1) + b T(n-1, k) + g T(n-1, k+1) gives them, up to signs, powers and a factorial, if it
agrees in the first row and if, shift by shift, both rules are the same polynomial in n and k: that is proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import factorial

from symderiv.derive.algebra import join_product
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import ZERO, Term, add, num, sym
from symderiv.prove import Prover, Verdict

N, K = sym("n"), sym("k")
_ROWS = 6
"""Rows that are compared before anything is proved."""


@dataclass(frozen=True, slots=True)
class Triangle:
    """T(n, k) by its rule; T(0, first) = 1 and all else in row 0 is 0."""

    id: str
    above_left: Term
    above: Term
    above_right: Term
    first: int = 0

    def rows(self, count: int) -> list[dict[int, Fraction]]:
        """The first rows."""
        found = [{self.first: Fraction(1)}]
        for n in range(1, count):
            last, row = found[-1], dict[int, Fraction]()
            for k in range(min(last) - 1, max(last) + 2):
                value = sum(
                    _value(rule, n, k) * last.get(k + shift, Fraction(0))
                    for rule, shift in ((self.above_left, -1), (self.above, 0), (self.above_right, 1))
                )
                if value:
                    row[k] = Fraction(value)
            found.append(row or {self.first: Fraction(0)})
        return found


_LIBRARY = (
    ("worpitzky", "k", "k + 1", "0", 0),
    ("stirling", "1", "k", "0", 0),
    ("hermite", "2", "0", "-(k + 1)", 0),
    ("hermite-probability", "1", "0", "-(k + 1)", 0),
    ("eulerian", "n - k", "k + 1", "0", 0),
    ("lah", "1", "n + k - 1", "0", 0),
    ("factorials", "k - 1", "0", "0", 1),
    ("tangent", "k - 1", "0", "k + 1", 1),
    ("hyperbolic-tangent", "-(k - 1)", "0", "k + 1", 1),
)


@lru_cache(maxsize=1)
def triangles() -> tuple[Triangle, ...]:
    """The triangles that are tried."""
    return tuple(Triangle(i, read_plain(a), read_plain(b), read_plain(c), f) for i, a, b, c, f in _LIBRARY)


def _value(rule: Term, n: int, k: int) -> Fraction:
    match rule.kind:
        case "number":
            return rule.value()
        case "symbol":
            return Fraction(n if rule.name == "n" else k)
        case "neg":
            return -_value(rule.args[0], n, k)
        case "add":
            return sum((_value(arg, n, k) for arg in rule.args), Fraction(0))
        case _:
            found = Fraction(1)
            for arg in rule.args:
                found *= _value(arg, n, k)
            return found


@dataclass(frozen=True, slots=True)
class Match:
    """c(n, k) = scale * sign**n * ratio**k * weight(k) * T(n + down, k + right), proved by induction on n.

    `weight` is 1, (k - 1)! or k!, as 0, 1 or 2.
    """

    triangle: Triangle
    scale: Fraction
    sign: Fraction
    ratio: Fraction
    weight: int
    down: int
    right: int
    verdict: Verdict


Operator = Mapping[int, Mapping[int, Fraction]]
"""shift j -> the polynomial l_j in k, as power -> coefficient: v**k becomes Σ_j l_j(k) v**(k + j)."""


def matches(rows: list[dict[int, Fraction]], operator: Operator, prover: Prover) -> Iterator[Match]:
    """Every triangle of the library that gives the rows, the proof included."""
    if any(shift not in (-1, 0, 1) for shift in operator):
        return
    for triangle in triangles():
        found = _fit(rows, triangle, operator)
        if found is None:
            continue
        verdict = _induction(found, triangle, operator, prover)
        if verdict.is_proved:
            yield Match(triangle, *found, verdict)


Fit = tuple[Fraction, Fraction, Fraction, int, int, int]


def _fit(rows: list[dict[int, Fraction]], triangle: Triangle, operator: Operator) -> Fit | None:
    """The numbers for which the first rows agree; the speeds of the rule are tried as the sign, too."""
    wide = triangle.rows(_ROWS + 3)
    speeds = [value for rule in operator.values() for value in rule.values()]
    signs = dict.fromkeys([*map(Fraction, (1, -1, 2, -2)), *speeds])
    for down in (0, 1):
        for right in (-1, 0, 1):
            for weight in (0, 1, 2):
                for sign in signs:
                    for ratio in map(Fraction, (1, -1, 2, -2)):
                        fit = _scaled(rows, wide, sign, ratio, weight, down, right)
                        if fit is not None:
                            return fit
    return None


def _scaled(
    rows: list[dict[int, Fraction]],
    wide: list[dict[int, Fraction]],
    sign: Fraction,
    ratio: Fraction,
    weight: int,
    down: int,
    right: int,
) -> Fit | None:
    scale: Fraction | None = None
    for n, row in enumerate(rows[:_ROWS]):
        other = {k - right: v for k, v in wide[n + down].items() if v}
        if set(other) != set(row):
            return None
        for k, value in row.items():
            if weight and k < 2 - weight:
                return None
            full = sign**n * ratio**k * _weight(weight, k) * other[k]
            scale = value / full if scale is None else scale
            if value != scale * full:
                return None
    return None if scale is None else (scale, sign, ratio, weight, down, right)


def _weight(weight: int, k: int) -> Fraction:
    return Fraction(factorial(k - 1 if weight == 1 else k)) if weight else Fraction(1)


def _induction(fit: Fit, triangle: Triangle, operator: Operator, prover: Prover) -> Verdict:
    """Shift by shift: l_j(k - j) w(k - j) = sign ratio**j w(k) T's factor at (n + down, k + right)."""
    _, sign, ratio, weight, down, right = fit
    place = {N.name: add(N, num(down)), K.name: add(K, num(right))}
    worst: Verdict | None = None
    for shift, rule in ((1, triangle.above_left), (0, triangle.above), (-1, triangle.above_right)):
        given = operator.get(shift, {})
        left = _polynomial(given, add(K, num(-shift)))
        right_side = join_product(num(sign * ratio**shift), rule.substitute(place))
        first, second = _quotient_of_weights(weight, shift)
        verdict = prover.prove(join_product(left, second), join_product(right_side, first))
        if not verdict.is_proved:
            return verdict
        worst = worst or verdict
    assert worst is not None
    return worst


def _quotient_of_weights(weight: int, shift: int) -> tuple[Term, Term]:
    """(a, b) with w(k)/w(k - shift) = a/b."""
    one = num(1)
    if not weight or not shift:
        return one, one
    base = K if weight == 2 else add(K, num(-1))
    if shift == 1:
        return base, one
    return one, add(K, num(1)) if weight == 2 else K


def _polynomial(powers: Mapping[int, Fraction], at: Term) -> Term:
    parts = [join_product(num(c), *([at] * power)) for power, c in sorted(powers.items()) if c]
    if not parts:
        return ZERO
    return parts[0] if len(parts) == 1 else add(*parts)
