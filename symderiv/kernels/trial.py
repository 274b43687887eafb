"""`Trial`: the candidates of one cell, each computed and measured against Arb, the best ones first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from sympy import Expr

from symderiv.errors import UnsupportedError
from symderiv.kernels import balls, numbers
from symderiv.kernels.balls import Floats, Table, part_of
from symderiv.kernels.candidates import Recipe, candidates
from symderiv.kernels.letters import Tower
from symderiv.kernels.lowering import Lowering
from symderiv.kernels.points import NEAR, near_roots
from symderiv.kernels.program import Builder, Program
from symderiv.kernels.widening import widened

KEPT = 4
"""So many choices of a cell go on."""
_MARGIN = 0.15
_INFINITE_WEIGHT = 1e300


@dataclass(frozen=True, slots=True)
class Choice:
    """One measured candidate on one cell."""

    name: str
    recipe: Recipe
    ulp: float
    operations: int


@dataclass(slots=True)
class Trial:
    """Measures the candidates of one cell."""

    tower: Tower
    quotient: Expr
    exact: Table
    parameters: dict[str, float]
    name: str
    wide: bool
    bound: float
    elsewhere: Floats
    window: float = NEAR

    def choices(self) -> tuple[Choice, ...]:
        """The candidates that can be computed, best first: accuracy, then length."""
        skipped = self.skipped()
        found: dict[Program, Choice] = {}
        for name, recipe in candidates(self.tower, self.quotient, wide=self.wide):
            program = self._program(recipe)
            if program is not None and program not in found:
                ulp = self.measure(program, skipped)
                found[program] = Choice(name, recipe, ulp, program.operations())
        ranked = sorted(found.values(), key=lambda choice: (choice.ulp, choice.operations))
        if not ranked:
            return ()
        best = ranked[0].ulp
        limit = best + (0.05 if self.wide and best > 1.0 else _MARGIN * (1 + best))
        if not self.wide:
            limit = max(limit, min(4.0, 2 * limit))
        near = [choice for choice in ranked if choice.ulp <= limit]
        return tuple(sorted(near, key=lambda choice: (choice.operations, choice.ulp))[:KEPT])

    def beyond(self) -> tuple[Choice, ...]:
        """The first candidate that wide numbers compute well, from the shortest on; else the best one."""
        plain: list[tuple[bool, int, str, Recipe, Program]] = []
        for name, recipe in candidates(self.tower, self.quotient, wide=False):
            program = self._program(recipe, wide=False)
            if program is not None and all(program != known[-1] for known in plain):
                lost = self.measure(program, self.skipped()) > _HOPELESS
                plain.append((lost, program.operations(), name, recipe, program))
        found: list[Choice] = []
        for _, _, name, recipe, _ in sorted(plain, key=lambda one: one[:2])[:_ATTEMPTS]:
            lifted = _in_wide_numbers(recipe)
            program = self._program(lifted)
            if program is not None:
                ulp = self.measure(program, self.skipped())
                found.append(Choice(f"{name}, in wide numbers", lifted, ulp, program.operations()))
                if ulp <= 1.5:
                    break
        return (min(found, key=lambda choice: choice.ulp),) if found else ()

    def skipped(self) -> np.ndarray:
        """The points that do not count: next to a root, or no numbers of the type."""
        skipped = near_roots(self.exact.points, self.exact.rounded(), self.window)
        if not self.wide:
            skipped |= (np.abs(self.exact.points) > 3.4e38) | (np.abs(self.exact.points) < 2.0**-149)
        return skipped

    def _program(self, recipe: Recipe, *, wide: bool | None = None) -> Program | None:
        wide = self.wide if wide is None else wide
        builder = Builder()
        tower = Tower(
            self.tower.variable,
            self.tower.signs,
            self.tower.bases,
            list(self.tower.letters),
            dict(self.tower.known),
        )
        try:
            return builder.finish(recipe(Lowering(builder, tower, wide, self.bound)))
        except (UnsupportedError, sympy.PolynomialError, ZeroDivisionError):
            return None

    def measure(self, program: Program, skipped: np.ndarray) -> float:
        """The worst ULP: in double for `wide`, else in single; warnings and NaN make it infinite."""
        worst = 0.0
        kinds = (np.float64,) if self.wide else (np.float32, np.float64)
        for kind in kinds:
            digits, lowest = balls.FORMATS[np.dtype(kind).name]
            usable = ~skipped & balls.within(self.exact, digits)
            if kind is np.float32:
                usable = usable & (np.abs(self.exact.rounded()) > 2.0**-124)
            points = self.exact.points[usable].astype(kind)
            if not len(points):
                continue
            values, loud = quiet(program, {**self.parameters, self.name: points})
            errors = balls.ulps(
                np.broadcast_to(values, points.shape), part_of(self.exact, usable), digits, lowest
            )
            weight = 1.0 if kind is np.float32 or self.wide else 1e-3
            worst = max(worst, float(errors.max(initial=0.0)) * weight)
            far, noisy = quiet(program, {**self.parameters, self.name: self._ends(kind)})
            endless = any(node.op in ("sin", "cos") for node in program.nodes)
            outside = self._is_loud_elsewhere(program, kind)
            worst += 1e6 * (loud + noisy + outside + (bool(np.isnan(far).any()) and not endless))
            if self.wide:
                worst += 1e6 * self._misses_infinity(program)
        return min(worst, _INFINITE_WEIGHT)

    def _misses_infinity(self, program: Program) -> bool:
        """Is a value beyond all doubles computed as anything but that infinity?"""
        endless = part_of(self.exact, self.exact.known & ~balls.within(self.exact, 53))
        if not len(endless.points):
            return False
        values, _ = quiet(program, {**self.parameters, self.name: endless.points})
        found = np.broadcast_to(values, endless.points.shape)
        return not np.array_equal(found, np.copysign(np.inf, endless.high))

    def _is_loud_elsewhere(self, program: Program, kind: type) -> bool:
        """Does the formula of this cell warn on the others, where it is evaluated, too?"""
        others: Any
        with np.errstate(all="ignore"):
            others = self.elsewhere.astype(kind)
        others = np.concatenate([others[np.isfinite(others)], [-np.inf, np.inf]]).astype(kind)
        return quiet(program, {**self.parameters, self.name: others})[1]

    def _ends(self, kind: type) -> numbers.Array:
        """The infinities that belong to the cell."""
        largest = float(np.finfo(np.float64).max)
        ends = [np.copysign(np.inf, end) for end in (-largest, largest) if end in self.exact.points]
        return np.array(ends, kind)


_HOPELESS = 1e12
"""ULP beyond which a candidate has lost so much that even wide numbers may have none left."""
_ATTEMPTS = 24


def _in_wide_numbers(recipe: Recipe) -> Recipe:
    """The recipe, carried out in wide numbers."""

    def lifted(lowering: Lowering) -> int:
        inside = Builder()
        plain = Lowering(inside, lowering.tower, False, lowering.bound)
        return widened(lowering.builder, inside.finish(recipe(plain)))

    return lifted


def quiet(program: Program, inputs: Mapping[str, numbers.Array | float]) -> tuple[numbers.Array, bool]:
    """The values, and whether a warning would have been raised on the way."""
    try:
        with np.errstate(over="raise", invalid="raise", divide="raise", under="ignore"):
            return numbers.run(program, inputs), False
    except FloatingPointError:
        with np.errstate(all="ignore"):
            return numbers.run(program, inputs), True
