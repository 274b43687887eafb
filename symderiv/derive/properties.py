"""What is true of f beyond its derivative: each statement computed, and each with its verdict.

Everything is found from the definition alone: identities go to the prover; limits and asymptotes are
read off exact expansions; signs, zeros, extrema and ranges are certified on the whole line by Arb balls in
the middle and expansions at both ends. What is not settled within the limits is left out: silence, never a
guess. The ids and the parts of each property:

=======================  =====================================================================
`domain`                 intervals
`range`                  intervals
`derivative-range`       intervals
`smoothness`             class ("oo", "0", "1", ..., "-1" for a jump)
`even`, `odd`            left, right: f(-x) = f(x), f(-x) = -f(x)
`point-symmetry`         left, right, shift: f(-x) = shift - f(x)
`reflection`             left, right, slope: f(-x) = f(x) + slope x
`period`                 left, right, period
`limit`                  at, value (also `derivative-limit`)
`horizontal-asymptote`   at, line (also `oblique-asymptote`)
`pole`                   at, left, right: one-sided limits, where infinite
`zeros`                  points (all of them); `zero-intervals`: intervals, points; `no-zeros`: sign
`increasing`             intervals (also `decreasing`, `constant`, `convex`, `concave`, `affine`);
                         the note `everywhere` says that it is the whole domain
`local-minimum`          at, value (also `local-maximum`)
`inflections`            points
`derivative-maximum`     at (points), value (also `derivative-minimum`)
`lipschitz`              constant; the note is `attained` or `not-attained`
`not-lipschitz`          nothing
=======================  =====================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy

from symderiv.catalog import Catalog
from symderiv.derive.kinks import Kink, setting_of
from symderiv.derive.properties_ground import Unsettled
from symderiv.derive.properties_limits import asymptotes, limits, poles
from symderiv.derive.properties_range import slope_range, value_range
from symderiv.derive.properties_shape import convexity, extrema, monotonicity, zeros
from symderiv.derive.properties_study import Study
from symderiv.derive.properties_symmetry import periods, symmetries
from symderiv.derive.properties_values import Interval, Point, Property, Value, to_point
from symderiv.errors import SymderivError
from symderiv.notation.term import Term
from symderiv.prove import Prover, Verdict

__all__ = ["Interval", "Point", "Property", "properties"]


def properties(
    definition: Term,
    variable: str,
    *,
    prover: Prover,
    catalog: Catalog,
    kinks: tuple[Kink, ...],
) -> tuple[Property, ...]:
    """Every property that is settled, in the order in which a sheet tells them."""
    setting = setting_of(variable, prover)
    try:
        study = Study(catalog.unfold(definition), setting)
    except (Unsettled, SymderivError):
        return ()
    found: list[Property] = []
    parts: tuple[Callable[[], Iterator[Property]], ...] = (
        lambda: _domain(study),
        lambda: value_range(study),
        lambda: _smoothness(study, kinks),
        lambda: symmetries(definition, study, prover),
        lambda: periods(definition, study, prover),
        lambda: limits(study),
        lambda: asymptotes(study),
        lambda: poles(study),
        lambda: zeros(study),
        lambda: monotonicity(study),
        lambda: extrema(study),
        lambda: convexity(study),
        lambda: slope_range(study),
    )
    for part in parts:
        try:
            found += list(part())
        except (Unsettled, SymderivError):
            continue
    return tuple(found)


def _domain(study: Study) -> Iterator[Property]:
    """The natural domain: the pieces, and the points between them at which f is defined."""
    intervals: list[Interval] = []
    for cell in study.pieces:
        low_closed, high_closed = (_defined(study, end) for end in (cell.low, cell.high))
        low, high = (to_point(Value(end), study.setting) for end in (cell.low, cell.high))
        if intervals and intervals[-1].high == low and intervals[-1].high_closed and low_closed:
            intervals[-1] = Interval(intervals[-1].low, high, intervals[-1].low_closed, high_closed)
        else:
            intervals.append(Interval(low, high, low_closed, high_closed))
    yield Property("domain", (("intervals", tuple(intervals)),), Verdict("proved", "balls"))


def _defined(study: Study, at: sympy.Expr) -> bool:
    if at in (sympy.oo, -sympy.oo):
        return False
    return study.standing(at) is not None


def _smoothness(study: Study, kinks: tuple[Kink, ...]) -> Iterator[Property]:
    """The smallest class over the breakpoints; between them f is analytic."""
    inner = [a.high for a, b in zip(study.pieces, study.pieces[1:], strict=False) if a.high == b.low]
    points = [at for at in inner if study.standing(at) is not None]
    orders = [kink.smooth for kink in kinks]
    if len(points) != len(kinks) or any(order is None for order in orders):
        return
    lowest = min((order for order in orders if order is not None), default=None)
    shown = "oo" if lowest is None else str(lowest)
    how = "expansion" if kinks else "structure"
    yield Property("smoothness", (("class", shown),), Verdict("proved", how))
