"""How wrong a form is when a machine computes it: |computed - exact|/|exact| along x, in two precisions.

The output form gets the rounded forward value, the input form the argument alone; each operation is
rounded once (`numeric_doubles`), the exact value is an Arb ball.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from symderiv.derive.numeric_doubles import Rounding, as_double, as_single, evaluate, nearest
from symderiv.derive.step import Form
from symderiv.notation.term import Term, num
from symderiv.prove import balls
from symderiv.sheet.pictures.curves import parameters
from symderiv.sheet.subject import Subject

PER_OCTAVE = 12
"""Points between x and 2x: rounding errors are ragged, and the eye wants their envelope."""
_NEAREST, _FURTHEST = -3, 10
"""From 1/8 to 1024: from there on exp has left the doubles on both sides."""
_DIGITS = 25


@dataclass(frozen=True, slots=True)
class Precision:
    """A number format: its rounding, half a unit in the last place of 1, and its smallest normal number."""

    name: str
    rounding: Rounding
    unit: float
    smallest: float


PRECISIONS = (
    Precision("float32", as_single, 2.0**-24, 2.0**-126),
    Precision("float64", as_double, 2.0**-53, 2.0**-1022),
)


@dataclass(frozen=True, slots=True)
class Loss:
    """One curve: (x, relative error); 1 is a result with no right digit, such as 0 for what is not 0."""

    precision: str
    form: str
    points: tuple[tuple[float, float], ...]


def losses(subject: Subject) -> tuple[Loss, ...]:
    """The errors of the output form (the display form, where there is none) and of the input form."""
    derivation = subject.derivation
    if derivation.record.is_vector:
        return ()
    pretty = derivation.form("output") or derivation.form("display")
    forms = [(form.kind, form) for form in (pretty, derivation.form("input")) if form is not None]
    study = _Study(subject, _bound(subject))
    found = []
    for precision in PRECISIONS:
        for label, form in forms:
            points = tuple(study.errors(form, precision))
            if points:
                found.append(Loss(precision.name, label, points))
    return tuple(found)


def _bound(subject: Subject) -> dict[str, Term]:
    return {name: num(value) for name, value in parameters(subject).items()}


def _grid() -> Iterator[Fraction]:
    """-1024 ... -1/8, 1/8 ... 1024: even on a logarithmic axis, every point a float32."""
    steps = range(_NEAREST * PER_OCTAVE, _FURTHEST * PER_OCTAVE + 1)
    right = [Fraction(as_single(2.0 ** (k / PER_OCTAVE))) for k in steps]
    yield from (-x for x in reversed(right))
    yield from right


class _Study:
    def __init__(self, subject: Subject, bound: Mapping[str, Term]) -> None:
        self.catalog = subject.catalog.with_record(subject.derivation.record)
        self.bound = dict(bound)
        self.variable = subject.derivation.variable
        self.value = self._spelled(subject.derivation.definition)
        self.slope = self._spelled(subject.derivation.result)
        self.known: dict[tuple[Term, Fraction], arb | None] = {}

    def _spelled(self, term: Term) -> Term:
        return self.catalog.unfold(term).substitute(self.bound)

    def errors(self, form: Form, precision: Precision) -> Iterator[tuple[float, float]]:
        """The points where f' is a normal number of that format."""
        term = form.term.substitute(self.bound)
        named = {name: self._spelled(meaning) for name, meaning in form.named}
        for x in _grid():
            exact = self._exact(self.slope, x)
            if exact is None or exact.contains(0) or not abs(exact) > precision.smallest:
                continue
            computed = self._computed(term, named, x, precision)
            if computed is not None:
                yield float(x), _relative(computed, exact)

    def _computed(
        self, term: Term, named: Mapping[str, Term], x: Fraction, precision: Precision
    ) -> float | None:
        values = {self.variable: float(x)}
        for name, meaning in {"y": self.value, **named}.items():
            rounded = self._rounded(meaning, x, precision)
            if rounded is None:
                return None
            values[name] = rounded

        def outside(part: Term) -> float | None:
            spelled = self._spelled(part)
            if part.name not in self.catalog.callables() or spelled.free_symbols() - {self.variable}:
                return None
            return self._rounded(spelled, x, precision)

        return evaluate(term, values, outside, precision.rounding)

    def _rounded(self, term: Term, x: Fraction, precision: Precision) -> float | None:
        exact = self._exact(term, x)
        found = None if exact is None else nearest(exact)
        return None if found is None else precision.rounding(found)

    def _exact(self, term: Term, x: Fraction) -> arb | None:
        key = term, x
        if key not in self.known:
            self.known[key] = balls.value(term, {self.variable: x}, digits=_DIGITS)
        return self.known[key]


def _relative(computed: float, exact: arb) -> float:
    """The relative error, at most 1: what is infinite or no number has no right digit either."""
    if not math.isfinite(computed):
        return 1.0
    distance = abs(arb(computed) - exact) / abs(exact)
    return min(1.0, float(distance.mid()))
