"""Losses measured: the functions of an exported loss against rigorous balls of its definition.

An error is counted in units of the last place of the terms that are added, or of what a rounding of the inner
argument alone does: a loss next to a root of its slope can be no better. A residual beyond all doubles is
an infinity, and so may be its loss. Warnings count wherever the exact value is a number of the type.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from symderiv.catalog import Catalog
from symderiv.derive.target_values import target_values
from symderiv.derive.vector_small import explicit
from symderiv.field.resolve import Resolver
from symderiv.kernels import balls
from symderiv.kernels.kernel import Precision
from symderiv.kernels.live_losses import LiveLoss
from symderiv.kernels.losses import LossKernel
from symderiv.notation.term import Term, diff, sym
from symderiv.prove.balls import value
from symderiv.verify.certificate import KernelReport
from symderiv.verify.measure import TYPES, Measured, TypeName

BOUNDS = {"float16": 0.51, "float32": 0.501, "float64": 8.0}
"""Promised units of the last place where single precision is computed in double."""
_SIZES = (1, 2, 3, 8)
_SPREADS = (1.0, 30.0, 700.0)
_MAGNITUDES = (1e-12, 1e-3, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999, 1.0, 1.5, 3.0, 17.0, 40.0, 300.0, 1e6)
_MOST_POINTS = 300
_KEPT = 200


def loss_reports(loss: LossKernel, precision: Precision, catalog: Catalog) -> list[KernelReport]:
    """What is proved and measured of a loss and of its gradient."""
    live = LiveLoss(loss, precision)
    return [
        KernelReport(
            loss.name,
            loss.name + ("_grad" if slope else ""),
            "loss gradient" if slope else "loss",
            str(_formula(loss, slope)),
            (loss.verdict,),
            tuple(_measured(loss, live, kind, precision, slope, catalog) for kind in TYPES),
            {},
            0,
        )
        for slope in (False, True)
    ]


def _formula(loss: LossKernel, slope: bool) -> Term:
    """What a function computes; the gradient of a sum is named by the sum."""
    formula = loss.record.concrete
    return diff(formula, sym(loss.record.variable)) if slope and not loss.summed else formula


Sample = tuple[np.ndarray, np.ndarray]


def _measured(
    loss: LossKernel, live: LiveLoss, kind: TypeName, precision: Precision, slope: bool, catalog: Catalog
) -> Measured:
    """Errors, warnings where every exact value is a number of the type, and what NaN and infinity become."""
    worst, place, count, lost, unknown, warnings = 0.0, 0.0, 0, 0, 0, 0
    for x, t in _samples(loss, kind):
        computed, loud = _run(live, x, t, slope)
        exact_values = list(_exact(loss, x, t, slope, catalog))
        warnings += int(loud and _is_finite([exact for exact, _ in exact_values], computed, kind))
        for at, (exact, scale) in enumerate(exact_values):
            if exact is None:
                unknown += 1
                continue
            count += 1
            error = _units(float(computed[at]), exact, scale, kind)
            if error > worst:
                worst, place = error, float(x[min(at, len(x) - 1)])
            lost += int(computed[at] == 0 and abs(exact) > _TINY[kind])
    limits, noisy = _limits(loss, live, kind, slope)
    return Measured(
        type=kind,
        points=count,
        unknown=unknown,
        ulp=worst,
        at=place,
        near=0.0,
        lost=lost,
        warnings=warnings + noisy,
        nan_through=_carries_nan(loss, live, kind, slope),
        limits=limits,
        exhaustive=False,
        bound=BOUNDS[kind] if precision == "exact" or kind == "float64" else None,
    )


def _run(live: LiveLoss, x: np.ndarray, t: np.ndarray, slope: bool) -> tuple[np.ndarray, bool]:
    """The values, as doubles, and whether a warning was raised on the way."""
    function = live.grad if slope else live
    try:
        with np.errstate(over="raise", invalid="raise", divide="raise", under="ignore"):
            found, loud = function(x, t), False
    except FloatingPointError:
        with np.errstate(all="ignore"):
            found, loud = function(x, t), True
    return np.atleast_1d(found).astype(np.float64), loud


def _is_finite(exact: Sequence[arb | None], computed: np.ndarray, kind: TypeName) -> bool:
    """Can the type hold every exact value? What the oracle does not know is taken as computed."""
    known = [one for one in exact if one is not None]
    if len(known) < len(exact) and not np.isfinite(computed).all():
        return False
    return all(bool(abs(one) <= balls.LARGEST[kind]) for one in known)


def _limits(loss: LossKernel, live: LiveLoss, kind: TypeName, slope: bool) -> tuple[tuple[float, float], int]:
    """The values at both infinities for a target of 1 (in a row: of the first of two), and the warnings."""
    rest = [0.0] if loss.summed else []
    target = np.array([1.0, *rest], kind)
    low, high = (_run(live, np.array([end, *rest], kind), target, slope) for end in (-np.inf, np.inf))
    return (float(low[0][0]), float(high[0][0])), int(low[1]) + int(high[1])


def _carries_nan(loss: LossKernel, live: LiveLoss, kind: TypeName, slope: bool) -> bool:
    """Is the result NaN where the prediction or the target is, whatever the other one?"""
    rest = [0.5] if loss.summed else []
    others = [float(one) for one in target_values(loss.record)] or [0.0, 1.0, 0.25]
    pairs = [(math.nan, one) for one in others] + [(one, math.nan) for one in (0.0, 0.25, 1.0, -3.0)]
    found = [_run(live, np.array([x, *rest], kind), np.array([t, *rest], kind), slope)[0] for x, t in pairs]
    return all(math.isnan(values[0]) for values in found)


_TINY = {"float16": 2.0**-14, "float32": 2.0**-126, "float64": 2.0**-1022}


def _units(computed: float, exact: arb, scale: arb, kind: TypeName) -> float:
    """|computed - exact| in units of the last place of the scale; what overflows rightly is no error."""
    digits, lowest = balls.FORMATS[kind]
    size = float(abs(exact).mid())
    beyond = not scale.is_finite()
    if math.isinf(computed) and (beyond or size > balls.LARGEST[kind]):
        return 0.0
    size = min(size if beyond else max(size, float(abs(scale).mid())), balls.LARGEST[kind])
    if not math.isfinite(computed):
        return math.inf
    unit = math.ldexp(1.0, max(math.frexp(size)[1] - digits, lowest)) if size else math.ldexp(1.0, lowest)
    return float((abs(arb(computed) - exact) / arb(unit)).mid())


def _samples(loss: LossKernel, kind: TypeName) -> Iterator[Sample]:
    rng = np.random.default_rng(11)
    targets = [float(one) for one in target_values(loss.record)]
    if loss.summed:
        for size in _SIZES:
            for spread in _SPREADS:
                x = rng.normal(size=size) * spread
                if loss.shape != "softmax":
                    x = np.abs(x) / max(float(np.abs(x).sum()), 1e-3) + 1e-6
                weights = rng.random(size)
                weights[rng.random(size) < 0.3] = 0.0
                weights[int(rng.integers(size))] += 1e-3
                one_hot = np.eye(size)[int(rng.integers(size))]
                for t in (weights / weights.sum(), one_hot):
                    yield x.astype(kind), t.astype(kind)
        yield from _extreme_rows(loss, kind)
        return
    bounded = any(one.kind == "relation" for one in loss.record.conditions)
    chosen = targets or ([0.0, 1.0, 0.25, 0.625] if bounded else [0.0, 1.0, -2.5, 40.25])
    points = np.array([sign * size for size in _MAGNITUDES for sign in (1.0, -1.0)])
    points = np.concatenate([points, rng.normal(size=12) * 4, _extremes(loss, kind)])[:_MOST_POINTS]
    points = points[np.abs(points) <= balls.LARGEST[kind]].astype(kind)
    if loss.shape == "residual":
        chosen = [*chosen, -balls.LARGEST[kind]]
    for target in chosen:
        for point in points:
            yield np.array([point]), np.array([target], kind)


def _extremes(loss: LossKernel, kind: TypeName) -> np.ndarray:
    """0 and the ends of the type, of both signs; a weighted loss in double has no subnormal predictions."""
    largest, (digits, lowest) = balls.LARGEST[kind], balls.FORMATS[kind]
    ends = [largest, largest * 0.703125, largest / 2, math.sqrt(largest), math.sqrt(_TINY[kind]), _TINY[kind]]
    if loss.shape in ("residual", "margin") or kind != "float64":
        ends += [math.ldexp(1.0, lowest), math.ldexp(1.0, lowest + digits // 2)]
    return np.array([0.0, *ends, *(-end for end in ends)])


def _extreme_rows(loss: LossKernel, kind: TypeName) -> Iterator[Sample]:
    """Logits at the ends of the type; probabilities from the smallest normal number to 1, and 0 beside 0."""
    largest, tiny = balls.LARGEST[kind], _TINY[kind]
    if loss.shape == "softmax":
        rows = [
            [largest, -largest],
            [-largest, -largest],
            [largest, largest],
            [tiny, -tiny],
            [0.0, largest / 2],
        ]
    else:
        rows = [[1.0, tiny], [tiny, 1.0], [0.5, 2 * tiny], [math.sqrt(tiny), 1.0]]
    targets = ([1.0, 0.0], [0.0, 1.0], [0.25, 0.75])
    for row in rows:
        for target in targets:
            yield np.array(row, kind), np.array(target, kind)
    if loss.shape != "softmax":
        yield np.array([0.0, 1.0], kind), np.array([0.0, 1.0], kind)


_FORMULAS: dict[Term, Term] = {}


def _slope(formula: Term, name: str, order: int = 1) -> Term:
    """The derivative, carried out once."""
    asked = diff(formula, sym(name), order)
    if asked not in _FORMULAS:
        if len(_FORMULAS) > _KEPT:
            _FORMULAS.clear()
        _FORMULAS[asked] = Resolver(lambda term: term).resolve(asked)
    return _FORMULAS[asked]


def _exact(
    loss: LossKernel, x: np.ndarray, t: np.ndarray, slope: bool, catalog: Catalog
) -> Iterator[tuple[arb | None, Any]]:
    """The exact values at a sample, each with the size of what it is added from."""
    record = loss.record
    size = len(x)
    given = {name: Fraction(number) for name, number in loss.parameters}
    names = [f"{record.variable}_{k}" for k in range(1, size + 1)] if loss.summed else [record.variable]
    marks = [f"{record.target}_{k}" for k in range(1, size + 1)] if loss.summed else [record.target]
    point = {**dict(zip(names, map(_fraction, x), strict=True)), **given}
    point |= dict(zip(marks, map(_fraction, t), strict=True))
    for at, name in enumerate(names if slope else names[:1]):
        whole = _sole_part(loss, x, t) or _written(loss, size, t, catalog)
        exact = value(_slope(whole, name) if slope else whole, point, digits=25)
        yield exact, 0 if exact is None else _scale(loss, point, at, exact, slope, x, t)


_BESIDE = Fraction(1, 1 << 60)
"""How far beside a point, relatively, a formula is asked for; beside 0, that power of 20."""


def _sole_part(loss: LossKernel, x: np.ndarray, t: np.ndarray) -> Term | None:
    """The one part of a mixture that counts, at an end of what the other one is defined on."""
    if loss.shape != "mixture" or t[0] not in (0, 1) or not np.isfinite(x[0]):
        return None
    chosen, other = (loss.parts[at].definition for at in (int(t[0]), 1 - int(t[0])))
    name, at = loss.record.variable, _fraction(x[0])
    given = {key: Fraction(number) for key, number in loss.parameters}
    step = at * _BESIDE if at else _BESIDE**20
    here, *beside = (value(other, {**given, name: at + k * step}, digits=20) for k in (0, 1, -1))
    return chosen if here is None and any(one is not None for one in beside) else None


def _fraction(number: Any) -> Fraction:
    return Fraction(float(number))


def _written(loss: LossKernel, size: int, t: np.ndarray, catalog: Catalog) -> Term:
    """The definition with its sums written out; the terms with a target of 0 count as nothing."""
    record = loss.record
    plain = catalog.unfold(record.concrete)
    if not loss.summed:
        return plain
    term = explicit(plain, {record.size: size}, record.variable)

    def entry(node: Term) -> Term | None:
        if node.kind == "index" and node.args[0].kind == "symbol":
            return sym(f"{node.args[0].name}_{node.args[1].name}")
        return None

    return _without(term.rebuild(entry), {f"{record.target}_{k + 1}" for k in range(size) if t[k] == 0})


def _without(term: Term, gone: set[str]) -> Term:
    """The sum without the products with a vanished factor."""
    if term.kind == "neg":
        return term.with_args(_without(term.args[0], gone))
    if term.kind == "add":
        kept = [arg for arg in term.args if not (arg.kind == "mul" and _has(arg, gone))]
        return kept[0] if len(kept) == 1 else term.with_args(*kept)
    return term


def _has(product: Term, gone: set[str]) -> bool:
    return any(arg.kind == "symbol" and arg.name in gone for arg in product.args)


def _scale(
    loss: LossKernel,
    point: dict[str, Fraction],
    at: int,
    exact: arb,
    slope: bool,
    x: np.ndarray,
    t: np.ndarray,
) -> arb:
    """How large the terms are that the value is added from, or what one rounding inside it does."""
    if loss.shape == "softmax":
        others = sum(float(one) for k, one in enumerate(t) if k != at)
        share = abs(exact) + arb(abs(float(t[at])))
        base = share if slope and others > 0 and float(t[at]) > 0 else abs(exact)
        return base * (1 + arb(float(np.max(x))) - arb(float(np.min(x))))
    if loss.summed:
        return abs(exact)
    record = loss.record
    variable = record.variable
    parts = [loss.parts[0].definition] if loss.shape != "mixture" else [p.definition for p in loss.parts]
    if loss.shape == "mixture":
        weights = (1 - _fraction(t[0]), _fraction(t[0]))
        sizes = []
        for weight, part in zip(weights, parts, strict=True):
            found = value(_slope(part, variable) if slope else part, point, digits=20)
            sizes.append(abs(found) * arb(1) * _ball(weight) if found is not None and weight else arb(0))
        return sizes[0] + sizes[1]
    inner = {
        "residual": point[variable] - point[record.target],
        "margin": point[variable] * point[record.target],
    }
    if loss.shape not in inner:
        return abs(exact)
    if abs(inner[loss.shape]) > balls.LARGEST["float64"]:
        return arb("inf")
    formula = _slope(parts[0], variable, 2 if slope else 1)
    found = value(formula, {**point, variable: inner[loss.shape]}, digits=20)
    return abs(exact) + (abs(found) * _ball(abs(inner[loss.shape])) if found is not None else arb(0))


def _ball(number: Fraction) -> arb:
    return arb(number.numerator) / arb(number.denominator)
