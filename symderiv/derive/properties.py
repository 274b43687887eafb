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
`scaling`                left, right, parameter, degree: f(x) = p^(-degree) h(p x)
`limit`                  at, value (also `derivative-limit`)
`horizontal-asymptote`   at, line (also `oblique-asymptote`)
`pole`                   at, left, right: one-sided limits, where infinite
`zeros`                  points (all of them); `zero-intervals`: intervals, points; `no-zeros`: sign
`increasing`             intervals (also `decreasing`, `constant`, `convex`, `concave`, `affine`);
                         the note `everywhere` says that it is the whole domain
`local-minimum`          at, value (also `local-maximum`); the note may be `global`
`inflections`            points
`derivative-maximum`     at (points), value (also `derivative-minimum`)
`lipschitz`              constant; the note is `attained`, `not-attained`, or `largest` (of several)
`not-lipschitz`          nothing
=======================  =====================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import sympy

from symderiv.catalog import Catalog
from symderiv.derive.kinks import Kink, setting_of
from symderiv.derive.properties_ground import Unsettled
from symderiv.derive.properties_limits import asymptotes, limits, poles
from symderiv.derive.properties_range import slope_range, value_range
from symderiv.derive.properties_scaling import carried, scaling, unscaled
from symderiv.derive.properties_shape import convexity, extrema, monotonicity, zeros
from symderiv.derive.properties_study import Study
from symderiv.derive.properties_symmetry import period_of, periods, symmetries
from symderiv.derive.properties_values import Interval, Point, Property, Value, to_point
from symderiv.errors import SymderivError
from symderiv.notation.term import ONE, Term
from symderiv.prove import Prover, Verdict

ORDER = (
    *("domain", "range", "smoothness", "scaling", "even", "odd", "point-symmetry", "reflection", "period"),
    *("limit", "horizontal-asymptote", "oblique-asymptote", "derivative-limit", "pole"),
    *("zeros", "zero-intervals", "no-zeros", "increasing", "decreasing", "constant"),
    *("local-minimum", "local-maximum", "affine", "convex", "concave", "inflections"),
    *("derivative-range", "derivative-maximum", "derivative-minimum", "lipschitz", "not-lipschitz"),
)
"""The ids, in the order in which a sheet tells them."""

__all__ = ["ORDER", "Interval", "Point", "Property", "properties"]


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
    unfolded = catalog.unfold(definition)
    try:
        study = Study(unfolded, setting)
    except (Unsettled, SymderivError):
        return ()
    found = _settled(
        lambda: _domain(study),
        lambda: _smoothness(study, kinks),
        lambda: symmetries(definition, study, prover),
        lambda: limits(study),
        lambda: asymptotes(study),
        lambda: poles(study),
        *_shape(study, kinks),
    )
    found += _settled(lambda: _periodic(definition, unfolded, study, prover))
    found += _settled(lambda: _scaled(definition, catalog, study, prover, found, kinks))
    return tuple(sorted(_with_notes(found), key=lambda one: ORDER.index(one.id)))


Part = Callable[[], Iterator[Property]]


def _settled(*parts: Part) -> list[Property]:
    """What the parts find; a part that meets something unsettled keeps what it found before."""
    found: list[Property] = []
    for part in parts:
        try:
            found.extend(part())
        except (Unsettled, SymderivError):
            continue
    return found


def _shape(study: Study, kinks: tuple[Kink, ...]) -> tuple[Part, ...]:
    return (
        lambda: value_range(study),
        lambda: zeros(study),
        lambda: monotonicity(study),
        lambda: extrema(study),
        lambda: convexity(study),
        lambda: slope_range(study, kinks),
    )


def _periodic(definition: Term, unfolded: Term, study: Study, prover: Prover) -> Iterator[Property]:
    """The period, and from one period the values of f and f'."""
    found = list(periods(definition, study, prover))
    if found:
        turn = Study(unfolded, study.setting, period_of(study))
        values = _settled(lambda: value_range(turn), lambda: slope_range(turn))
        found += [one for one in values if one.id in {"range", "derivative-range", "lipschitz"}]
    yield from found


def _scaled(
    definition: Term,
    catalog: Catalog,
    study: Study,
    prover: Prover,
    known: list[Property],
    kinks: tuple[Kink, ...],
) -> Iterator[Property]:
    """A parameter that only stretches, and what follows from the function without it."""
    plain = unscaled(definition, study.setting)
    if plain is None:
        return
    name, simple = plain
    other = Study(catalog.unfold(simple), study.setting)
    identity = scaling(definition, name, simple, study, other, prover)
    if identity is None:
        return
    degree, statement = identity
    yield statement
    ids = {one.id for one in known}
    found = _settled(*_shape(other, tuple(_with_one(kink, name) for kink in kinks)))
    yield from (one for one in carried(found, name, degree) if one.id not in ids)


def _with_one(kink: Kink, name: str) -> Kink:
    """The kink of the function with 1 for its parameter."""
    left = None if kink.left is None else kink.left.substitute({name: ONE})
    return replace(kink, at=kink.at.substitute({name: ONE}), left=left)


def _with_notes(found: list[Property]) -> Iterator[Property]:
    """A local extremum that is the end of the range is marked as global."""
    ranges = [one.part("intervals") for one in found if one.id == "range"]
    ends: set[tuple[str, Point]] = set()
    for intervals in ranges:
        assert isinstance(intervals, tuple)
        first, last = intervals[0], intervals[-1]
        assert isinstance(first, Interval)
        assert isinstance(last, Interval)
        ends = {("local-minimum", first.low), ("local-maximum", last.high)}
    for one in found:
        if one.id in ("local-minimum", "local-maximum") and (one.id, one.part("value")) in ends:
            yield replace(one, note="global")
        else:
            yield one


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
    yield Property("domain", (("intervals", tuple(intervals)),), Verdict("proved", "cells"))


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
