"""Vector kernels against Arb: the normalised exponential, its logarithm, and their products with vectors.

Lengths from 1 on, spreads that leave the range of the exponential, ties, and entries of minus infinity. A
product is a sum of terms of both signs: its error counts in ulps of the largest term of each component.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, ctx

from symderiv.kernels.kernel import Precision
from symderiv.kernels.live import LiveVector
from symderiv.kernels.vectors import VectorKernel

LENGTHS = (1, 2, 3, 8, 33, 100)
SPREADS = (1e-6, 1.0, 12.0, 60.0, 700.0, 6e4)
_BITS = 400
_SINGLE = {"float16": 0.51, "float32": 0.501}
_KINDS: tuple[tuple[str, Any], ...] = (
    ("float16", np.float16),
    ("float32", np.float32),
    ("float64", np.float64),
)


@dataclass(frozen=True, slots=True)
class VectorReport:
    """One function of a vector kernel in one type: components, the worst error and the row length of it.

    A product may return 0 for what is small against its terms: that is counted, and no problem.
    """

    function: str
    part: str
    type: str
    components: int
    ulp: float
    length: int
    lost: int
    unit: str
    bound: float | None

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong, in words."""
        name = f"{self.function} ({self.part}), {self.type}"
        found = [f"{name}: {self.lost} values are lost"] if self.lost and self.unit == "ulp" else []
        if self.bound is not None and not self.ulp <= self.bound:
            found.append(f"{name}: out of bounds: {self.ulp:.4g} ULP, {self.bound} promised")
        return tuple(found)


def rows(kind: Any) -> Iterator[np.ndarray]:
    """Arguments of every length and spread, with ties and entries of minus infinity."""
    generator = np.random.default_rng(3)
    for length in LENGTHS:
        for spread in SPREADS:
            row = (spread * generator.uniform(-1, 1, length)).astype(kind)
            yield row[np.newaxis]
            if length > 2:
                tied = row.copy()
                tied[: length // 2] = tied.max()
                tied[-1] = -np.inf
                yield tied[np.newaxis]


def measure(vector: VectorKernel, precision: Precision) -> tuple[VectorReport, ...]:
    """The function, the vector-Jacobian and the Jacobian-vector product, in each type."""
    live = LiveVector(vector, precision)
    before = ctx.prec
    ctx.prec = _BITS
    try:
        with np.errstate(all="ignore"):  # results beyond a type are infinite there
            return tuple(
                _measured(vector, live, part, name, kind, precision)
                for part in ("value", "vjp", "jvp")
                for name, kind in _KINDS
            )
    finally:
        ctx.prec = before


def _measured(
    vector: VectorKernel, live: LiveVector, part: str, name: str, kind: Any, precision: str
) -> VectorReport:
    generator = np.random.default_rng(4)
    worst, length, count, lost = 0.0, 0, 0, 0
    for z in rows(kind):
        if not np.isfinite(z).any():
            continue
        y = live(z)
        g = generator.normal(size=z.shape).astype(kind)
        if part == "value":
            computed, exact = y, _value(vector.family, z[0])
            terms = exact
        else:
            work = live.vjp if part == "vjp" else live.jvp
            computed = work(g, y)
            exact, terms = _product(vector.family, part, g[0], y[0])
        for one, truth, largest in zip(computed[0], exact, terms, strict=True):
            error, missed = _error(float(one), truth, largest, kind)
            count, lost = count + 1, lost + missed
            if error > worst:
                worst, length = error, z.shape[1]
    bound = _SINGLE.get(name) if part == "value" and precision == "exact" else None
    unit = "ulp" if part == "value" else "ulp of the largest term"
    return VectorReport(vector.name, part, name, count, worst, length, lost, unit, bound)


def _value(family: str, z: Sequence[Any]) -> list[arb]:
    """Components of the function at z, by the distances from a largest entry: nothing cancels."""
    top = int(np.argmax(z))
    shifted = [arb(float(one)) - arb(float(z[top])) if one > -np.inf else None for one in z]
    powers = [arb(0) if one is None else one.exp() for one in shifted]
    others = sum((power for k, power in enumerate(powers) if k != top), arb(0))
    if family == "softmax":
        return [power / (1 + others) for power in powers]
    return [arb("-inf") if one is None else one - others.log1p() for one in shifted]


def _product(family: str, part: str, g: Sequence[Any], y: Sequence[Any]) -> tuple[list[arb], list[arb]]:
    """The product at the output y as it was rounded, and for each component its largest term.

    1 - p_i is what the other p_j add up to: for the logarithm it is -expm1(y_i).
    """
    weights = [arb(float(one)) for one in g]
    if family == "softmax":
        shares = [arb(float(one)) for one in y]
        total = sum((w * s for w, s in zip(weights, shares, strict=True)), arb(0))
        size = max((abs(w * s) for w, s in zip(weights, shares, strict=True)), key=float)
        found = [s * (w - total) for w, s in zip(weights, shares, strict=True)]
        return found, [s * (abs(w) + size) for w, s in zip(weights, shares, strict=True)]
    logs = [float(one) for one in y]
    shares = [arb(one).exp() if one > -np.inf else arb(0) for one in logs]
    rests = [-(arb(one).expm1()) if one > -np.inf else arb(1) for one in logs]
    found, terms = [], []
    for i, (w, s, rest) in enumerate(zip(weights, shares, rests, strict=True)):
        pairs = [(v, t) for j, (v, t) in enumerate(zip(weights, shares, strict=True)) if j != i]
        others = [v * s if part == "vjp" else v * t for v, t in pairs]
        found.append(w * rest - sum(others, arb(0)))
        terms.append(max([abs(w * rest), *(abs(one) for one in others)], key=float))
    return found, terms


def _error(computed: float, truth: arb, largest: arb, kind: Any) -> tuple[float, int]:
    """The error in ulps of the largest term, and whether a normal value became 0 or NaN."""
    if not truth.is_finite():
        return (0.0 if computed == float("-inf") else float("inf")), 0
    info = np.finfo(kind)
    size = max(abs(float(truth.mid())), abs(float(largest.mid())))
    if size > float(info.max):
        return (0.0 if abs(computed) == float("inf") else float("inf")), 0
    if not abs(computed) <= float(info.max):
        return float("inf"), 1
    unit = float(np.spacing(np.array(max(size, float(info.smallest_normal)), kind)))
    error = float(abs(arb(computed) - truth).mid()) / unit
    missed = int(computed == 0 and abs(float(truth.mid())) >= float(info.smallest_normal))
    return error, missed
