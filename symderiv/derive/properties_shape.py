"""Zeros, rising and falling, extrema, convexity: read off the signs of f, f' and f''."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from sympy import Expr

from symderiv.derive.properties_ground import Unsettled
from symderiv.derive.properties_study import Segment, Study
from symderiv.derive.properties_values import Interval, Property, Value, compare, to_point
from symderiv.prove import Verdict

Run = list[Segment]


def zeros(study: Study) -> Iterator[Property]:
    """Every zero of f: points, and intervals on which f vanishes. Silent where a sign is not found."""
    segments = study.segments(0)
    points: list[Value] = []
    flat: list[Run] = []
    for position, segment in enumerate(segments):
        before = segments[position - 1] if position else None
        if segment.sign == 0:
            flat.append([segment])
        mark = segment.low
        touches = segment.sign != 0 and (before is None or before.sign != 0)
        if touches and not mark.endless and _vanishes(study, before, segment):
            points.append(mark)
    last = segments[-1]
    if last.sign != 0 and not last.high.endless and _vanishes_at(study, last.high.exact):
        points.append(last.high)
    verdict = Verdict("proved", study.how(0))
    shown = tuple(to_point(point, study.setting) for point in points)
    if flat:
        yield Property("zero-intervals", (("intervals", _intervals(study, flat)), ("points", shown)), verdict)
    elif shown:
        yield Property("zeros", (("points", shown),), verdict)
    else:
        signs = {segment.sign for segment in segments}
        names = {1: "positive", -1: "negative"}
        parts = (("sign", names[signs.pop()]),) if len(signs) == 1 else ()
        yield Property("no-zeros", parts, verdict)


def _vanishes(study: Study, before: Segment | None, segment: Segment) -> bool:
    if before is not None and before.piece == segment.piece:
        return True
    return _vanishes_at(study, segment.low.exact)


def _vanishes_at(study: Study, at: Expr | None) -> bool:
    if at is None:
        raise Unsettled("an end without exact value")
    standing = study.standing(at)
    return standing is not None and study.setting.sign(standing.value) == 0


def monotonicity(study: Study) -> Iterator[Property]:
    """The largest intervals on which f rises, falls, or stays."""
    segments = study.segments(1)
    verdict = Verdict("proved", study.how(1))
    names = {1: "increasing", -1: "decreasing", 0: "constant"}
    for sign, name in names.items():
        runs = list(_runs(segments, lambda s, wanted=sign: s.sign == wanted, study.joined))  # type: ignore[misc]
        if runs:
            everywhere = len(runs) == 1 and len(runs[0]) == len(segments)
            note = "everywhere" if everywhere else ""
            yield Property(name, (("intervals", _intervals(study, runs)),), verdict, note)


def extrema(study: Study) -> Iterator[Property]:
    """The points at which f changes from rising to falling or back, with their values."""
    segments = study.segments(1)
    for left, right in pairwise(segments):
        if left.sign * right.sign >= 0 or not study.joined(left, right):
            continue
        value = Value(_standing_value(study, right)) if left.piece != right.piece else None
        if value is None:
            value = study.value(left.piece, 0, left.high)
        parts = (("at", to_point(left.high, study.setting)), ("value", to_point(value, study.setting)))
        name = "local-maximum" if left.sign > 0 else "local-minimum"
        yield Property(name, parts, Verdict("proved", study.how(1)))


def _standing_value(study: Study, segment: Segment) -> Expr:
    assert segment.low.exact is not None
    standing = study.standing(segment.low.exact)
    if standing is None:
        raise Unsettled("a hole")
    return standing.value


def convexity(study: Study) -> Iterator[Property]:
    """The largest intervals on which f is convex or concave, and the points where that changes."""
    segments = study.segments(2)
    verdict = Verdict("proved", study.how(2))
    if all(s.sign == 0 for s in segments) and len(study.pieces) == 1:
        yield Property("affine", (("intervals", _intervals(study, [segments])),), verdict)
        return
    for name, sign in (("convex", 1), ("concave", -1)):
        runs = list(_runs(segments, lambda s, w=sign: s.sign * w >= 0, _bends(study, sign)))  # type: ignore[misc]
        runs = [run for run in runs if len(run) > 1 or run[0].sign != 0]
        if runs:
            everywhere = len(runs) == 1 and len(runs[0]) == len(segments)
            note = "everywhere" if everywhere else ""
            yield Property(name, (("intervals", _intervals(study, runs)),), verdict, note)
    turns = [
        left.high
        for left, right in pairwise(segments)
        if left.sign * right.sign < 0 and left.piece == right.piece
    ]
    if turns:
        yield Property(
            "inflections", (("points", tuple(to_point(t, study.setting) for t in turns)),), verdict
        )


def _bends(study: Study, sign: int) -> Callable[[Segment, Segment], bool]:
    """Across a breakpoint f stays convex if f' does not fall there (concave: does not rise)."""

    def joined(left: Segment, right: Segment) -> bool:
        if not study.joined(left, right):
            return False
        if left.piece == right.piece:
            return True
        try:
            before = Value(study.limit(left.piece, 1, 1))
            after = Value(study.limit(right.piece, 1, -1))
            return compare(after, before, study.setting) * sign >= 0
        except Unsettled:
            return False

    return joined


def _runs(
    segments: list[Segment],
    wanted: Callable[[Segment], bool],
    joined: Callable[[Segment, Segment], bool],
) -> Iterator[Run]:
    run: Run = []
    for segment in segments:
        if run and not (wanted(segment) and joined(run[-1], segment)):
            yield run
            run = []
        if wanted(segment):
            run.append(segment)
    if run:
        yield run


def _intervals(study: Study, runs: list[Run]) -> tuple[Interval, ...]:
    return tuple(
        Interval(
            to_point(run[0].low, study.setting),
            to_point(run[-1].high, study.setting),
            study.closed(run[0], -1),
            study.closed(run[-1], 1),
        )
        for run in runs
    )
