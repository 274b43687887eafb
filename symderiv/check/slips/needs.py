"""`needs`: what each part of a wrong right side would have to be, for the whole to be right.

The value of the left side is carried down into the right side, through sums, products, quotients and
powers, at a few points. What a part is and what it should be then says which slip it may be: minus the
value, a constant factor, a factor or a summand that stands elsewhere, another exponent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from symderiv.check.slips.probe import Probe, Values, exponent_of
from symderiv.notation.term import Term

_PARTS = 80


@dataclass(frozen=True, slots=True)
class Need:
    """A part of the right side, its values, and those that it should have."""

    path: tuple[int, ...]
    part: Term
    has: Values
    wants: Values
    inside: str = ""

    def ratio(self) -> Values | None:
        """What it should be multiplied by."""
        return None if 0.0 in self.has else tuple(w / h for w, h in zip(self.wants, self.has, strict=True))

    def gap(self) -> Values:
        """What should be added to it; rounding errors of a difference are no difference."""
        return tuple(
            0.0 if abs(w - h) <= 1e-11 * max(abs(w), abs(h)) else w - h
            for w, h in zip(self.wants, self.has, strict=True)
        )


def needs(right: Term, left: Term, probe: Probe) -> list[Need]:
    """Every part that can be reached, the outermost first."""
    wanted, has = probe.of(left), probe.of(right)
    if wanted is None or has is None:
        return []
    found = [Need((), right, has, wanted)]
    for need in found:
        if len(found) > _PARTS:
            break
        found += _below(need, probe)
    return found


def _below(need: Need, probe: Probe) -> Iterator[Need]:
    term = need.part
    values = [probe.of(arg) for arg in term.args] if term.kind in {"add", "neg", "mul", "div", "pow"} else []
    if term.kind == "call" and len(term.args) == 1 and term.name in _UNDONE:
        values = [probe.of(term.args[0])]
    for k, has in enumerate(values):
        others = [value for place, value in enumerate(values) if place != k]
        if has is None or (term.kind == "pow" and k) or any(value is None for value in others):
            continue
        try:
            wanted = tuple(
                _wanted(term, k, want, tuple(value[p] for value in others if value is not None), has[p])
                for p, want in enumerate(need.wants)
            )
        except (ZeroDivisionError, OverflowError, ValueError):
            continue
        if all(map(math.isfinite, wanted)):
            yield Need((*need.path, k), term.args[k], has, wanted, term.kind)


def _wanted(term: Term, k: int, want: float, others: tuple[float, ...], has: float) -> float:
    """What the k-th argument must be for the term to have the value `want`."""
    match term.kind:
        case "add":
            return want - math.fsum(others)
        case "neg":
            return -want
        case "mul":
            return want / math.prod(others)
        case "div":
            return want * others[0] if k == 0 else others[0] / want
        case "pow":
            n = exponent_of(term)
            if not n:
                raise ValueError("no whole exponent")
            root = math.copysign(abs(want) ** (1 / n), want if n % 2 else has)
            return root if n % 2 or want > 0 else math.nan
    return _UNDONE[term.name](want)


def _square(value: float) -> float:
    return value * value if value >= 0 else math.nan


_UNDONE: dict[str, Callable[[float], float]] = {"exp": math.log, "log": math.exp, "sqrt": _square}
"""Inverses of the primitives that a page is full of."""
