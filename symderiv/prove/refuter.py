"""Refutation by enclosure: a rational point where the ball of the difference excludes 0."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from flint import arb

from symderiv.errors import LimitError
from symderiv.field.constants import precision
from symderiv.prove.balls import Evaluator, NoValueError
from symderiv.prove.claim import Claim

_FIRST_BITS = 64
_CHEAP_BITS = 512
_FINER_BITS = (_CHEAP_BITS, 4096)
_FINER_POINTS = 10
_WIDE = arb(2) ** -30


@dataclass(slots=True)
class Survey:
    """What the points have shown: a witness, points that agree, and points that need more digits.

    Of those that agree, the ones where the difference is not exactly 0 are `close`.
    """

    witness: dict[str, Fraction] | None = None
    agreeing: list[dict[str, Fraction]] = field(default_factory=list)
    close: list[dict[str, Fraction]] = field(default_factory=list)
    unsettled: list[dict[str, Fraction]] = field(default_factory=list)


def difference(claim: Claim, point: Mapping[str, Fraction], bits: int) -> arb | None:
    """A ball around left - right, or None where a side or a guard has no value."""
    with precision(bits):
        evaluator = Evaluator(point)
        try:
            for guard in claim.guards:
                evaluator.of(guard)
            return arb(0) + evaluator.of(claim.left) - evaluator.of(claim.right)
        except NoValueError:
            return None


def survey(
    claim: Claim,
    candidates: Iterable[dict[str, Fraction]],
    *,
    enough: int,
    deadline: float,
) -> Survey:
    """Look at points until one refutes, or `enough` agree."""
    found = Survey()
    for point in candidates:
        if time.monotonic() > deadline:
            raise LimitError("out of time")
        ball = difference(claim, point, _FIRST_BITS)
        if ball is None or not ball.is_finite():
            found.unsettled.append(point)
            continue
        if not ball.contains(0):
            found.witness = point
            return found
        found.agreeing.append(point)
        if not ball.is_zero():
            found.close.append(point)
        if not ball.rad() < _WIDE:
            found.unsettled.append(point)
        if len(found.agreeing) >= enough:
            break
    return found


def look_closer(claim: Claim, found: Survey, deadline: float) -> dict[str, Fraction] | None:
    """A witness among points that agree or have no value at first sight, looked at with more digits."""
    fewer = [*_spread(found.close), *_spread(found.unsettled)]
    for bits in _FINER_BITS:
        candidates = fewer if bits > _CHEAP_BITS else [*found.close, *_spread(found.unsettled)]
        for point in candidates:
            if time.monotonic() > deadline:
                raise LimitError("out of time")
            ball = difference(claim, point, bits)
            if ball is not None and ball.is_finite() and not ball.contains(0):
                return point
    return None


def _spread(points: list[dict[str, Fraction]]) -> list[dict[str, Fraction]]:
    """The first few points, and some of all the others, the last ones first."""
    few = _FINER_POINTS // 2
    rest = points[few:]
    step = max(1, -(-len(rest) // _FINER_POINTS))
    return [*points[:few], *rest[::-step]]
