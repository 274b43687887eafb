"""f, f' and f'' as points to join, their asymptotes and extrema: every point an Arb ball's centre."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from symderiv.derive.properties_values import Point
from symderiv.derive.vector_small import explicit
from symderiv.notation.term import Term, diff, neg, num, sym
from symderiv.prove import balls
from symderiv.sheet.pictures.window import Float, Window, across, number, upright
from symderiv.sheet.subject import Subject

SAMPLES = 240
"""Points on each curve; a tenth of a millimetre apart on paper, no corner of a line shows."""
_DIGITS = 8
_CLASSES, _REACH = 3, 6.0
"""A softmax is drawn for as many entries: along the first, the others zero."""

Segment = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """One function and its unbroken pieces.

    `label` is `value`, `first` or `second`; for a vector `component`, `own` or `other`.
    """

    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An extremum to show, by the id of its property, on the curve of that label."""

    kind: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Curves:
    """A picture of a function: curves, lines that they approach, marks, and the part of the plane to show.

    `asymptotes` are (slope, intercept, x from, x to); `given` are the values of parameters.
    """

    window: Window
    curves: tuple[Curve, ...]
    asymptotes: tuple[tuple[float, float, float, float], ...] = ()
    marks: tuple[Mark, ...] = ()
    given: tuple[tuple[str, Fraction], ...] = ()


def curves(subject: Subject) -> Curves | None:
    """The picture of f, f' and f'' where they are real; None where there is nothing to draw."""
    return _vector(subject) if subject.derivation.record.is_vector else _scalar(subject)


def parameters(subject: Subject) -> dict[str, Fraction]:
    """A value for each parameter: the usual one of the record, else that of the check table."""
    table = subject.numeric
    found = {} if table is None else {name: Fraction(text) for name, text in table.given}
    known = {*found, *dict(subject.derivation.parameters)}
    for name, usual in subject.derivation.record.defaults:
        if usual.kind == "number" and name in known:
            found[name] = usual.value()
    return found


def _scalar(subject: Subject) -> Curves | None:
    derivation, x = subject.derivation, subject.derivation.variable
    given = parameters(subject)
    bound = _bound(given)
    whole = subject.catalog.unfold(derivation.definition).substitute(bound)
    if whole.free_symbols() - {x}:
        return None

    def value(term: Term) -> float | None:
        return _float(subject.catalog.unfold(term).substitute(bound), {})

    corners = [place for kink in derivation.kinks if (place := value(kink.at)) is not None]
    left, right = across(subject.properties, corners, value)
    terms = (("value", whole), ("first", diff(whole, sym(x))), ("second", diff(whole, sym(x), 2)))
    grid = _grid(left, right, corners)
    drawn: list[Curve] = []
    for label, term in terms:  # where f is broken, so are its derivatives
        gaps = tuple(_gaps(drawn[0])) if drawn else ()
        drawn.append(Curve(label, tuple(_segments(term, x, grid, corners, gaps=gaps))))
    drawn = [curve for curve in drawn if curve.segments]
    if not drawn or drawn[0].label != "value":
        return None
    window = Window(left, right, *_heights(drawn))
    constants = dict(derivation.record.constants)
    shown = tuple(sorted((name, chosen) for name, chosen in given.items() if name not in constants))
    lines = tuple(_asymptotes(subject, window, bound))
    return Curves(window, tuple(drawn), lines, tuple(_marks(subject, value)), shown)


def _heights(drawn: Sequence[Curve]) -> tuple[float, float]:
    value, *others = ([y for segment in curve.segments for _, y in segment] for curve in drawn)
    return upright(value, others)


def _bound(given: Mapping[str, Fraction]) -> dict[str, Term]:
    return {name: num(value) if value >= 0 else neg(num(-value)) for name, value in given.items()}


def _vector(subject: Subject) -> Curves | None:
    """The first component and its derivative in its own entry, and in another one."""
    record, catalog = subject.derivation.record, subject.catalog
    sizes = {record.index: 1, record.size: _CLASSES}
    component = explicit(catalog.unfold(record.definition), sizes, record.variable)
    own, *others = (sym(f"{record.variable}_{k}") for k in range(1, _CLASSES + 1))
    if component.free_symbols() - {own.name, *(entry.name for entry in others)}:
        return None
    labelled = (
        ("component", component),
        ("own", diff(component, own)),
        ("other", diff(component, others[0])),
    )
    still = {entry.name: Fraction(0) for entry in others}
    grid = _grid(-_REACH, _REACH, ())
    drawn = [Curve(label, tuple(_segments(term, own.name, grid, (), still))) for label, term in labelled]
    if not all(curve.segments for curve in drawn):
        return None
    low, high = _heights(drawn)
    return Curves(Window(-_REACH, _REACH, low, high), tuple(drawn))


def _float(term: Term, point: Mapping[str, Fraction]) -> float | None:
    found = balls.value(term, point, digits=_DIGITS)
    return None if found is None else float(found.mid())


def _grid(left: float, right: float, corners: Sequence[float]) -> list[Fraction]:
    """Even steps with binary ends, and a point close to each side of a corner."""
    low, high = Fraction(left), Fraction(right)
    step = (high - low) / SAMPLES
    found = {low + step * k for k in range(SAMPLES + 1)}
    for corner in corners:
        near = Fraction(corner).limit_denominator(10**9)
        found |= {near - step / 64, near, near + step / 64}
    return sorted(point for point in found if low <= point <= high)


def _segments(
    term: Term,
    variable: str,
    grid: Sequence[Fraction],
    corners: Sequence[float],
    still: Mapping[str, Fraction] = MappingProxyType({}),
    gaps: Sequence[tuple[float, float]] = (),
) -> Iterator[Segment]:
    """The curve over the grid, broken where it has no value, at a jump over a corner, and at a pole."""
    piece: list[tuple[float, float]] = []
    values = [(float(x), _float(term, {variable: x, **still})) for x in grid]
    usual = _usual([y for _, y in values if y is not None])
    for x, y in values:
        broken = y is None or (bool(piece) and _leaps(piece[-1], (x, y), corners, usual))
        if piece and (broken or any(piece[-1][0] <= left and right <= x for left, right in gaps)):
            if len(piece) > 1:
                yield tuple(piece)
            piece = []
        if y is not None:
            piece.append((x, y))
    if len(piece) > 1:
        yield tuple(piece)


def _gaps(curve: Curve) -> Iterator[tuple[float, float]]:
    for before, after in pairwise(curve.segments):
        yield before[-1][0], after[0][0]


def _usual(values: Sequence[float]) -> float:
    sizes = sorted(map(abs, values))
    return sizes[int(0.9 * (len(sizes) - 1))] if sizes else 0.0


def _leaps(
    before: tuple[float, float], after: tuple[float, float], corners: Sequence[float], usual: float
) -> bool:
    """Does the curve jump between two neighbours: over a corner, or from one infinity to the other?"""
    rise = abs(after[1] - before[1])
    if any(before[0] <= corner <= after[0] for corner in corners) and rise > 0.05 * max(usual, 1e-300):
        return True
    return before[1] * after[1] < 0 and min(abs(before[1]), abs(after[1])) > 2 * usual


def _asymptotes(
    subject: Subject, window: Window, bound: dict[str, Term]
) -> Iterator[tuple[float, float, float, float]]:
    """Each asymptote over the half of the picture where the curve comes near it."""
    variable = subject.derivation.variable
    middle = (window.left + window.right) / 2
    for one in subject.properties:
        if one.id not in ("horizontal-asymptote", "oblique-asymptote"):
            continue
        line, at = one.part("line"), one.part("at")
        assert isinstance(line, Term)
        assert isinstance(at, Point)
        start, there = (_float(line.substitute(bound), {variable: Fraction(x)}) for x in (0, 1))
        if start is not None and there is not None and at.exact is not None:
            sides = (window.left, middle) if at.exact.kind == "neg" else (middle, window.right)
            yield there - start, start, *sides


_MARKED = {
    "local-minimum": "value",
    "local-maximum": "value",
    "derivative-maximum": "first",
    "derivative-minimum": "first",
}


def _marks(subject: Subject, value: Float) -> Iterator[Mark]:
    for one in subject.properties:
        if one.id not in _MARKED:
            continue
        at, height = one.part("at"), number(one.part("value"), value)
        for point in at if isinstance(at, tuple) else (at,):
            x = number(point, value)
            if x is not None and height is not None:
                yield Mark(one.id, _MARKED[one.id], x, height)
