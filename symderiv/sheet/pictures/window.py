"""The part of the plane that shows what a function does: its zeros, extrema, inflections, kinks, and room.

Where nothing is known, five units to each side of zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from symderiv.derive.properties_values import Interval, Point, Property
from symderiv.notation.term import Term

Float = Callable[[Term], float | None]
"""The value of a constant term; None where it has none."""

HALF = 5.0
"""Room to each side of what there is to see."""
_FAR = 200.0
"""What lies further out than this is not worth an empty page."""
_PLACES = {"zeros": "points", "inflections": "points", "derivative-maximum": "at", "derivative-minimum": "at"}
_EXTREMA = ("local-minimum", "local-maximum")
_QUANTILE, _HEADROOM = 0.85, 1.6


@dataclass(frozen=True, slots=True)
class Window:
    """left <= x <= right, low <= y <= high."""

    left: float
    right: float
    low: float
    high: float


def number(point: object, value: Float) -> float | None:
    """The place of a `Point`, as a float; None for infinity and for what has no value."""
    if not isinstance(point, Point):
        return None
    rounded = float(point.digits) if point.digits else None
    found = rounded if point.exact is None else value(point.exact)
    return found if found is not None and math.isfinite(found) else None


def places(properties: Iterable[Property], value: Float) -> list[float]:
    """Where something happens, in order."""
    found: set[float] = set()
    for one in properties:
        parts = dict(one.parts)
        if one.id in _EXTREMA:
            part = parts["at"]
        elif one.id in _PLACES:
            part = parts[_PLACES[one.id]]
        else:
            continue
        points = part if isinstance(part, tuple) else (part,)
        found |= {x for x in (number(point, value) for point in points) if x is not None}
    return sorted(x for x in found if abs(x) <= _FAR)


def across(properties: Sequence[Property], kinks: Iterable[float], value: Float) -> tuple[float, float]:
    """The interval of x: everything that happens, and room on both sides; never far outside the domain."""
    seen = sorted({*places(properties, value), *(x for x in kinks if abs(x) <= _FAR)})
    low, high = (min(seen), max(seen)) if seen else (0.0, 0.0)
    room = max(HALF, 0.6 * (high - low))
    left, right = math.floor(low - room), math.ceil(high + room)
    if abs(left + right) <= 0.25 * (right - left):  # nearly symmetric is drawn symmetric
        half = max(-left, right)
        left, right = -half, half
    bounds = [end for interval in _domain(properties) for end in (interval.low, interval.high)]
    if bounds:
        first, last = number(bounds[0], value), number(bounds[-1], value)
        margin = 0.06 * (right - left)
        left_end = left if first is None else max(left, first - margin)
        right_end = right if last is None else min(right, last + margin)
        if left_end < right_end:
            return left_end, right_end
    return float(left), float(right)


def _domain(properties: Iterable[Property]) -> tuple[Interval, ...]:
    for one in properties:
        if one.id == "domain":
            intervals = one.part("intervals")
            return (
                tuple(part for part in intervals if isinstance(part, Interval))
                if isinstance(intervals, tuple)
                else ()
            )
    return ()


def upright(value: Sequence[float], others: Sequence[Sequence[float]]) -> tuple[float, float]:
    """The interval of y for a function and its derivatives: a curve that runs away flattens no other one."""
    usual = _usual(value)
    cap = _HEADROOM * max(usual, *(min(_usual(other), 2 * usual) for other in others[:1]), 0.0)
    everything = [*value, *(y for other in others for y in other)]
    kept = [y for y in everything if not cap or abs(y) <= cap]
    low, high = min(0.0, *kept), max(0.0, *kept)
    room = 0.08 * (high - low) or 1.0
    return low - room, high + room


def _usual(values: Sequence[float]) -> float:
    """The size that most values stay below."""
    sizes = sorted(map(abs, values))
    return sizes[int(_QUANTILE * (len(sizes) - 1))] if sizes else 0.0
