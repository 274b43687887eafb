"""Lost digits: where a closed form of a derivative loses its digits, when it is computed as it stands.

Every operation is rounded correctly in the type, functions and the forward value y as well. So what is lost
is lost by the form, on every machine and with the best of libraries. The exact derivative comes from Arb.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from flint import arb
from sympy import Symbol

from symderiv.catalog import Catalog
from symderiv.kernels.balls import Floats, value_at
from symderiv.kernels.points import near_roots
from symderiv.kernels.program import Program
from symderiv.kernels.search import reference
from symderiv.meaning import to_sympy
from symderiv.notation.term import Term
from symderiv.verify.arithmetic import TypeName, computed, rounded

TYPES: tuple[TypeName, TypeName] = ("float32", "float64")
HALF = {"float32": 2.0**-12, "float64": 2.0**-26}
"""The relative error that leaves half of the digits."""
NOTHING = 0.5
"""The relative error that leaves none."""
_NORMAL = {"float32": (2.0**-126, 2.0**127), "float64": (2.0**-1022, 2.0**1023)}
_NEAR = (*(2.0**k for k in range(-60, -6, 6)), *(2.0 ** (k / 3) for k in range(-18, 32)))
_FAR = tuple(2.0**k for k in range(12, 1023, 23))
_JITTER = (1.0, 1.00007, 1.00031)
_STEPS = 12
_FEW = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the line: from `low` to `high`, infinite where it goes on to the end of the type."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Loss:
    """Where a form has lost half of its digits in a type, and where all of them."""

    type: TypeName
    half: tuple[Stretch, ...]
    all: tuple[Stretch, ...]


@dataclass(slots=True)
class Judge:
    """The exact value, derivative and named functions of one subject, remembered point by point.

    Terms are in the variable alone, with values for their parameters. Raises `UnsupportedError` for
    a formula that has no reference.
    """

    value: Term
    derivative: Term
    variable: str
    catalog: Catalog
    _programs: dict[Term, Program] = field(default_factory=dict)
    _known: dict[tuple[Term, float], float] = field(default_factory=dict)

    def losses(self, form: Term, named: Sequence[tuple[str, Term]] = ()) -> tuple[Loss, ...]:
        """Where a form in y, the variable and the names loses digits, by type."""
        return tuple(self._loss(form, tuple(named), kind) for kind in TYPES)

    def _loss(self, form: Term, named: tuple[tuple[str, Term], ...], kind: TypeName) -> Loss:
        errors = _Errors(self, form, named, kind)
        half: list[Stretch] = []
        all_: list[Stretch] = []
        for sign in (-1, 1):
            found = errors.along(sign)
            half += errors.stretches(found, sign, HALF[kind])
            all_ += errors.stretches(found, sign, NOTHING)
        return Loss(kind, tuple(half), tuple(all_))

    def true(self, term: Term, x: float) -> float:
        """The double nearest to a term in the variable; NaN where it has no value."""
        key = term, x
        if key not in self._known:
            if term not in self._programs:
                meaning = to_sympy(self.catalog.unfold(term), self.catalog)
                self._programs[term] = reference(meaning, Symbol(self.variable))
            found = value_at(self._programs[term], {self.variable: arb(x)})
            self._known[key] = math.nan if found is None else _scaled(*found)
        return self._known[key]


def _scaled(high: float, low: float, exponent: int) -> float:
    try:
        return math.ldexp(high + low, exponent)
    except OverflowError:
        return math.copysign(math.inf, high)


@dataclass(slots=True)
class _Errors:
    judge: Judge
    form: Term
    named: tuple[tuple[str, Term], ...]
    kind: TypeName

    def at(self, x: float) -> float:
        """The relative error at a point of the type; NaN where there is nothing to compare."""
        x = rounded(x, self.kind)
        exact = self.judge.true(self.judge.derivative, x)
        low, high = _NORMAL[self.kind]
        if not low <= abs(exact) <= high:
            return math.nan
        values = {"y": rounded(self.judge.true(self.judge.value, x), self.kind), self.judge.variable: x}
        for name, meaning in self.named:
            values[name] = rounded(self.judge.true(meaning, x), self.kind)
        found = computed(self.form, values, self.kind, lambda term: self.judge.true(term, x))
        return abs(found - exact) / abs(exact) if math.isfinite(found) else math.inf

    def around(self, x: float) -> float:
        """The worst error of a few neighbours: next to each other they are lucky and unlucky."""
        found = [self.at(x * factor) for factor in _JITTER]
        return max((one for one in found if not math.isnan(one)), default=math.nan)

    def along(self, sign: int) -> list[tuple[float, float]]:
        """Magnitudes with their errors, where there are any; next to a root no form keeps its digits."""
        largest = 127 if self.kind == "float32" else 1023
        points = [sign * m for m in (*_NEAR, *_FAR) if m < 2.0**largest]
        exact: Floats = np.array([self.judge.true(self.judge.derivative, point) for point in points])
        order = np.argsort(points)
        close = np.zeros(len(points), np.bool_)
        with np.errstate(all="ignore"):
            close[order] = near_roots(np.array(points)[order], np.nan_to_num(exact[order]), 0.4)
        found = [(abs(x), self.around(x)) for x, near in zip(points, close, strict=True) if not near]
        return [pair for pair in found if not math.isnan(pair[1])]

    def stretches(self, found: list[tuple[float, float]], sign: int, limit: float) -> Iterator[Stretch]:
        """Runs of points beyond the limit, each end found to three digits."""
        place = 0
        while place < len(found):
            if found[place][1] < limit:
                place += 1
                continue
            stop = place
            while stop < len(found) and found[stop][1] >= limit:
                stop += 1
            if stop - place >= _FEW or stop == len(found):
                low = 0.0 if place == 0 else self._edge(found[place - 1][0], found[place][0], sign, limit)
                high = (
                    math.inf
                    if stop == len(found)
                    else self._edge(found[stop][0], found[stop - 1][0], sign, limit)
                )
                yield Stretch(low, high) if sign > 0 else Stretch(-high, -low)
            place = stop

    def _edge(self, kept: float, lost: float, sign: int, limit: float) -> float:
        """Where the error passes the limit, between two magnitudes."""
        for _ in range(_STEPS):
            middle = math.sqrt(kept) * math.sqrt(lost)
            kept, lost = (kept, middle) if self.around(sign * middle) >= limit else (middle, lost)
        return lost
