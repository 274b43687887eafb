"""The values of f and of f': ranges, largest and smallest values, and the Lipschitz bound sup |f'|.

On a segment where g' has one sign, g runs monotonically between its values at the two ends, so the image
of the segment is the open interval between them. Ranges are unions of such images and of the values at
the points in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import sympy
from sympy import Expr

from symderiv.derive.kinks import Kink, constant_term
from symderiv.derive.properties_cells import Setting
from symderiv.derive.properties_ground import Unsettled
from symderiv.derive.properties_study import Segment, Study
from symderiv.derive.properties_values import Interval, Point, Property, Value, compare, fuse, to_point
from symderiv.meaning import to_sympy
from symderiv.notation.term import call
from symderiv.prove import Verdict

_SOMEWHERE = Value(None)
"""Stands for a whole interval on which a value is taken."""


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of values; where an end is attained, `at_low` and `at_high` say at which points."""

    low: Value
    high: Value
    at_low: tuple[Value, ...] = ()
    at_high: tuple[Value, ...] = ()


def image(study: Study, order: int) -> list[Span]:
    """The values of f^(order), as few intervals from low to high. Raises `Unsettled`.

    For f itself the values at the breakpoints count; for f' only those inside the pieces.
    """
    segments = study.segments(order + 1)
    spans: list[Span] = []
    for segment in segments:
        first, last = (study.end_value(segment, order, side) for side in (-1, 1))
        low, high = (first, last) if segment.sign >= 0 else (last, first)
        if segment.sign == 0:
            spans.append(Span(low, low, (_SOMEWHERE,), (_SOMEWHERE,)))
        else:
            spans.append(Span(low, high))
        spans += _at_end(study, order, segment, 1)
    spans = [*_at_end(study, order, segments[0], -1), *spans]
    for earlier, later in pairwise(segments):
        if earlier.piece != later.piece:
            spans += _at_end(study, order, later, -1)
    return _union(spans, study.setting)


def _at_end(study: Study, order: int, segment: Segment, side: int) -> list[Span]:
    """The value at one end of a segment, where f^(order) has one."""
    mark = segment.low if side < 0 else segment.high
    if mark.endless:
        return []
    cell = study.pieces[segment.piece]
    inside = mark.exact is None or mark.exact != (cell.low if side < 0 else cell.high)
    if inside or study.period is not None:
        value = study.value(segment.piece, order, mark)
    elif order:
        return []
    else:
        assert mark.exact is not None
        standing = study.standing(mark.exact)
        if standing is None:
            return []
        value = Value(standing.value)
    return [Span(value, value, (mark,), (mark,))]


def _union(spans: list[Span], setting: Setting) -> list[Span]:
    """The same set as a list of separate intervals, in rising order."""
    found: list[Span] = []
    for span in spans:
        joined = span
        apart: list[Span] = []
        for other in found:
            merged = _merge(other, joined, setting)
            if merged is None:
                apart.append(other)
            else:
                joined = merged
        found = [*apart, joined]
    # a second pass joins what became neighbours late
    return found if len(found) == len(spans) or len(found) == 1 else _union(found, setting)


def _merge(a: Span, b: Span, setting: Setting) -> Span | None:
    """The union of two intervals if it is one, else None. Raises `Unsettled`."""
    ahead, low = _edge(a.low, b.low, -1, setting)
    if ahead > 0:
        a, b = b, a
    gap = compare(b.low, a.high, setting)
    if gap > 0 or (gap == 0 and not a.at_high and not b.at_low):
        return None
    beyond, high = _edge(a.high, b.high, 1, setting)
    at_low = a.at_low + b.at_low if ahead == 0 else a.at_low
    at_high = a.at_high + b.at_high if beyond == 0 else (a.at_high if beyond > 0 else b.at_high)
    return Span(low, high, _once(at_low), _once(at_high))


def _edge(a: Value, b: Value, side: int, setting: Setting) -> tuple[int, Value]:
    """The sign of a - b and the outer one of the two; two that balls do not tell apart count as one."""
    try:
        order = compare(a, b, setting)
    except Unsettled:
        fused = fuse(a, b)
        if fused is None:
            raise
        return 0, fused
    return order, a if order * side >= 0 else b


def _once(points: tuple[Value, ...]) -> tuple[Value, ...]:
    found: list[Value] = []
    for point in points:
        twin = any(p is point or (p.exact is not None and p.exact == point.exact) for p in found)
        if not twin:
            found.append(point)
    return tuple(found)


def value_range(study: Study) -> Iterator[Property]:
    """The range of f."""
    spans = image(study, 0)
    yield Property("range", (("intervals", _shown(spans, study.setting)),), Verdict("proved", study.how(1)))


def slope_range(study: Study, kinks: Sequence[Kink] = ()) -> Iterator[Property]:
    """The range of f', its attained extremes, and the Lipschitz bound; f' exists at smooth `kinks` too."""
    setting = study.setting
    try:
        spans = _union([*image(study, 1), *_at_smooth(kinks)], setting)
    except Unsettled:
        yield from _largest_of_several(study)
        return
    verdict = Verdict("proved", study.how(2))
    yield Property("derivative-range", (("intervals", _shown(spans, setting)),), verdict)
    top = _extreme(spans, setting, 1)
    bottom = _extreme(spans, setting, -1)
    if top.high is not bottom.low and compare(top.high, bottom.low, setting) != 0:
        for name, value, points in (
            ("derivative-maximum", top.high, top.at_high),
            ("derivative-minimum", bottom.low, bottom.at_low),
        ):
            if points and len(points) <= 4 and not value.fused and _SOMEWHERE not in points:
                shown = tuple(to_point(point, setting) for point in _sorted(points, setting))
                yield Property(name, (("at", shown), ("value", to_point(value, setting))), verdict)
    yield from _lipschitz(study, top, bottom, verdict)


def _at_smooth(kinks: Sequence[Kink]) -> Iterator[Span]:
    """The slope where two cases meet and f is differentiable all the same."""
    for kink in kinks:
        if kink.differentiable.status == "proved" and kink.note == "smooth" and kink.left is not None:
            at, slope = Value(to_sympy(kink.at)), Value(to_sympy(kink.left))
            yield Span(slope, slope, (at,), (at,))


def _largest_of_several(study: Study) -> Iterator[Property]:
    """sup |f'| as a maximum of constants whose order depends on a parameter."""
    if not study.connected:
        return
    setting = study.setting
    largest: list[Expr] = []
    for segment in study.segments(2):
        for side in (-1, 1):
            value = study.end_value(segment, 1, side)
            if value.exact is None or value.endless:
                return
            size = value.exact * setting.sign(value.exact)
            below = any(_at_least(other, size, setting) for other in largest)
            if not below:
                largest = [other for other in largest if not _at_least(size, other, setting)] + [size]
    if len(largest) > 1:
        bound = call("Max", *map(constant_term, sorted(largest, key=sympy.default_sort_key)))
        verdict = Verdict("proved", study.how(2))
        yield Property("lipschitz", (("constant", Point(bound, "")),), verdict, "largest")


def _at_least(a: Expr, b: Expr, setting: Setting) -> bool:
    try:
        return compare(Value(a), Value(b), setting) >= 0
    except Unsettled:
        return False


def _lipschitz(study: Study, top: Span, bottom: Span, verdict: Verdict) -> Iterator[Property]:
    if not study.connected:
        return
    setting = study.setting
    if top.high.endless or bottom.low.endless:
        yield Property("not-lipschitz", (), verdict)
        return
    side, bound = _edge(top.high, _negated(bottom.low), 1, setting)
    points = (top.at_high if side >= 0 else ()) + (bottom.at_low if side <= 0 else ())
    note = "attained" if points else "not-attained"
    yield Property("lipschitz", (("constant", to_point(bound, setting)),), verdict, note)


def _negated(value: Value) -> Value:
    return Value(None if value.exact is None else -value.exact, None if value.ball is None else -value.ball)


def _extreme(spans: list[Span], setting: Setting, side: int) -> Span:
    best = spans[0]
    for span in spans[1:]:
        ahead = compare(span.high, best.high, setting) if side > 0 else compare(best.low, span.low, setting)
        if ahead > 0:
            best = span
    return best


def _sorted(points: tuple[Value, ...], setting: Setting) -> list[Value]:
    found: list[Value] = []
    for point in points:
        place = sum(1 for other in found if compare(other, point, setting) < 0)
        found.insert(place, point)
    return found


def _shown(spans: list[Span], setting: Setting) -> tuple[Interval, ...]:
    ordered: list[Span] = []
    for span in spans:
        place = sum(1 for other in ordered if compare(other.low, span.low, setting) < 0)
        ordered.insert(place, span)
    return tuple(
        Interval(to_point(s.low, setting), to_point(s.high, setting), bool(s.at_low), bool(s.at_high))
        for s in ordered
    )
