"""`Probe`: the values of formulas at a few points, as floats: a cheap first look before a proof.

Sums, products, quotients and whole powers are put together from the values of their parts, each part
looked at once; all else is evaluated in balls. Claims with indices are looked at for small sizes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

from flint import arb

from symderiv.errors import SymderivError
from symderiv.field.constants import precision
from symderiv.notation.term import Term
from symderiv.prove.balls import Evaluator, NoValueError
from symderiv.prove.claim import Claim
from symderiv.prove.indexed import entries, instances
from symderiv.prove.points import points

POINTS = 4
_LOOKS = 40
_INSTANCES = 6
_BITS = 96
_CLOSE = 1e-9

Values = tuple[float, ...]
Point = dict[str, Fraction]


@dataclass(slots=True)
class Probe:
    """`plain` puts in what letters and functions stand for; `places` are the points."""

    plain: Callable[[Term], Term | None]
    places: tuple[Point, ...]
    _known: dict[Term, Values | None] = field(default_factory=dict)

    def of(self, term: Term) -> Values | None:
        """A value for each point, or None where one of them has none."""
        if term not in self._known:
            found = self._put_together(term) if self.places else None
            self._known[term] = found if found is None or all(map(math.isfinite, found)) else None
        return self._known[term]

    def _put_together(self, term: Term) -> Values | None:
        whole = term.kind == "pow" and exponent_of(term) is not None
        if not whole and term.kind not in {"add", "neg", "mul", "div"}:
            return self._evaluated(term)
        parts = [self.of(arg) for arg in (term.args[:1] if whole else term.args)]
        if any(part is None for part in parts):
            return None
        try:
            return tuple(_joined(term, values) for values in zip(*(p for p in parts if p), strict=True))
        except (ZeroDivisionError, OverflowError):
            return None

    def _evaluated(self, term: Term) -> Values | None:
        bare = self.plain(term)
        if bare is None:
            return None
        found = []
        with precision(_BITS):
            for place in self.places:
                ball = at(bare, place)
                if ball is None:
                    return None
                found.append(float(ball))
        return tuple(found)


def _joined(term: Term, values: tuple[float, ...]) -> float:
    match term.kind:
        case "add":
            return math.fsum(values)
        case "neg":
            return -values[0]
        case "mul":
            return math.prod(values)
        case "div":
            return values[0] / values[1]
    return float(values[0] ** (exponent_of(term) or 0))


def exponent_of(term: Term) -> int | None:
    """The whole exponent of a power, as written: 2 or -2."""
    exponent = term.args[1]
    if exponent.kind == "neg":
        inner = exponent.args[0]
        return -int(inner.name) if inner.kind == "number" and inner.name.isdigit() else None
    small = exponent.kind == "number" and exponent.name.isdigit() and len(exponent.name) < 3
    return int(exponent.name) if small else None


def close(a: Values, b: Values) -> bool:
    """Whether two formulas may be the same."""
    return all(abs(x - y) <= _CLOSE * max(abs(x), abs(y), 1e-300) for x, y in zip(a, b, strict=True))


def at(term: Term, point: Mapping[str, Fraction]) -> arb | None:
    """The value of a formula without D at a point, at the precision in force."""
    try:
        found = arb(0) + Evaluator(point).of(term)
    except (NoValueError, SymderivError):
        return None
    return found if found.is_finite() else None


def chosen(a: Term, b: Term, letters: tuple[str, ...], apart: Callable[[Point], bool]) -> tuple[Point, ...]:
    """Points at which the two sides have values that differ, where there are such; `apart` admits them."""
    claim = Claim(a, b)
    found = _of_sizes(claim, letters) if claim.is_indexed() else _of_letters(claim, letters)
    good = [point for point in islice(found, _LOOKS) if apart(point)]
    differing: list[Point] = []
    rest: list[Point] = []
    with precision(_BITS):
        for point in good:
            left, right = at(a, point), at(b, point)
            if left is None or right is None:
                continue
            (rest if left.overlaps(right) else differing).append(point)
            if len(differing) == POINTS:
                break
    return tuple((differing + rest)[:POINTS])


def _of_letters(claim: Claim, letters: tuple[str, ...]) -> Iterator[Point]:
    names = tuple(dict.fromkeys((*claim.names(), *letters)))
    yield from _near(names)
    yield from points(names, {})


def _near(names: tuple[str, ...]) -> Iterator[Point]:
    """Points near 1 of either sign: where an exponential is large, floats lose what is beside it."""
    for turn in range(2 * POINTS):
        signs = [-1 if (turn >> k % 3) & 1 else 1 for k in range(len(names))]
        yield {
            name: signs[k] * Fraction(2 + (3 * turn + 5 * k) % 11, 7 + k % 4) for k, name in enumerate(names)
        }


def _of_sizes(claim: Claim, letters: tuple[str, ...]) -> Iterator[Point]:
    """Small sizes and indices in range, with values for all entries that occur."""
    found = [(values, entries(concrete)) for values, concrete in islice(instances(claim), 4 * _INSTANCES)]
    everywhere = {name for _, names in found for name in names}
    for values, _ in found:
        names = tuple(sorted((everywhere | set(letters)) - values.keys()))
        for point in islice(_near(names), 3, 5):
            yield {**{name: Fraction(value) for name, value in values.items()}, **point}
