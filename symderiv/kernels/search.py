"""`compiled`: the best arrangement of a formula on each cell, joined into one program.

Each candidate is exact algebra on the quotient that the tower proved; each is measured against Arb, and
the shortest among the most accurate ones is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import sympy
from sympy import Expr, Symbol

from symderiv.errors import UnsupportedError
from symderiv.kernels import balls, numbers
from symderiv.kernels.balls import Floats, Table, part_of
from symderiv.kernels.candidates import Arrangement, Arranger, Recipe, candidates
from symderiv.kernels.cells import Cell, Condition, bases, cells, conditions, exponential_form
from symderiv.kernels.joining import carrying, condition_value, join
from symderiv.kernels.letters import Tower, far
from symderiv.kernels.lowering import Lowering
from symderiv.kernels.points import NEAR, edges, grid, near_roots
from symderiv.kernels.program import Builder, Program
from symderiv.kernels.tidying import passes, tidied
from symderiv.kernels.whole import whole
from symderiv.kernels.widening import widened

_KEPT = 4
_MARGIN = 0.15
PATCHED = 0.4
"""How far a patch reaches from a root, at least, where there are no parameters."""
_GRID = (700, 1000)
_INFINITE_WEIGHT = 1e300


@dataclass(frozen=True, slots=True)
class Choice:
    """One measured candidate on one cell."""

    name: str
    recipe: Recipe
    ulp: float
    operations: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell, its tower, the formula in letters, and the choices for it, best first."""

    cell: Cell
    tower: Tower
    quotient: Expr
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A program with its reference: `reference` has the same meaning, in the order of the algebra."""

    program: Program
    reference: Program
    ways: tuple[str, ...]
    bound: float


def reference(expr: Expr, variable: Symbol) -> Program:
    """The formula in letters as it stands: what the oracle evaluates."""
    expr = exponential_form(expr)
    families = bases(expr, variable)
    splits = conditions(expr, variable, families)
    builder = Builder()
    values: dict[Cell, int] = {}
    for cell in cells(splits):
        tower = Tower(variable, dict(cell.signs), families)
        lowering = Lowering(builder, tower, False, 0.0)
        values[cell] = Arranger(lowering, Arrangement("plain")).value(tower.settled(expr))
    return builder.finish(join(builder, splits, values, merge=False))


@dataclass(frozen=True, slots=True)
class Found:
    """The programs for single precision (if doubles have one) and for double, and what may better them."""

    narrow: Compiled | None
    wide: Compiled
    exact: Table
    deeper: Callable[[Table], Compiled | None]


def compiled(
    expr: Expr, variable: Symbol, parameters: Mapping[str, float], points: Floats | None = None
) -> Found:
    """The best programs for a formula: in double for single precision, and in double for double.

    With `points` only the parts of the line that contain some of them are served. Raises
    `UnsupportedError` where no candidate computes it.
    """
    plain = reference(expr, variable)
    chosen = grid(*_GRID) if points is None else points
    exact = balls.table(plain, chosen, parameters, variable.name)
    if points is None:
        more = edges(exact, 80)
        exact = balls.joined(exact, balls.table(plain, more, parameters, variable.name))
    search = _Search(exponential_form(expr), variable, dict(parameters), exact, plain, points is not None)
    narrow: Compiled | None = None
    try:
        narrow, wide = search.best(wide=False), search.best(wide=True)
    except UnsupportedError:
        found = search.deeper(exact)
        if found is None:
            raise
        wide = found
    return Found(narrow, wide, exact, search.deeper)


def searched(expr: Expr, variable: Symbol, parameters: Mapping[str, float], points: Floats) -> Compiled:
    """The program for single precision alone, as the given points show it. Raises `UnsupportedError`."""
    plain = reference(expr, variable)
    exact = balls.table(plain, points, parameters, variable.name)
    return _Search(exponential_form(expr), variable, dict(parameters), exact, plain, False).best(wide=False)


@dataclass(slots=True)
class _Search:
    expr: Expr
    variable: Symbol
    parameters: dict[str, float]
    exact: Table
    plain: Program
    partial: bool
    direct: bool = False

    def best(self, *, wide: bool) -> Compiled:
        """The better one of the search on the cells, and on their halves where the first misses its bound."""
        good: list[Compiled] = []
        for extra in _splits(self.variable):
            found = self._on(extra, wide=wide)
            if found is not None:
                good.append(found)
                if found.bound <= (GOOD_WIDE if wide else GOOD_NARROW):
                    break
        if not good:
            raise UnsupportedError("no arrangement of this formula can be computed")
        return min(good, key=lambda one: one.bound)

    def deeper(self, more: Table) -> Compiled | None:
        """The program in double whose weak cells are computed in wide numbers, with `more` points to meet."""
        self.exact = balls.joined(self.exact, more)
        good: list[Compiled] = []
        bends = self.expr.has(sympy.atan)
        ways = (False, True) if bends else (False,)
        for extra, direct in product(_splits(self.variable)[:2], ways):
            self.direct = direct
            found = self._on(extra, wide=True, beyond=True)
            good += [] if found is None else [found]
            if found is not None and found.bound <= ENOUGH:
                break
        return min(good, key=lambda one: one.bound, default=None)

    def _on(self, extra: tuple[Condition, ...], *, wide: bool, beyond: bool = False) -> Compiled | None:
        families = bases(self.expr, self.variable)
        splits = conditions(self.expr, self.variable, families)
        more = tuple(one for one in extra if all(one.expr != split.expr for split in splits))
        if extra and (not more or (len(extra) > 1 and (families or len(splits) > 1))):
            return None
        splits = (*splits, *more)
        places = sides(splits, self.exact.points, self.parameters, self.variable)
        bound = clamp(families, self.variable, wide=wide)
        pieces: list[Piece] = []
        for cell in cells(splits):
            inside = np.ones(len(self.exact.points), np.bool_)
            for condition, sign in cell.signs:
                inside &= places[condition] == sign
            if self.partial and not self._is_met(splits, inside):
                continue
            tower = Tower(self.variable, dict(cell.signs), families, direct=self.direct)
            quotient = tower.settled(self.expr)
            part = part_of(self.exact, inside)
            elsewhere = self.exact.points[~inside]
            trial = Trial(tower, quotient, part, self.parameters, self.variable.name, wide, bound, elsewhere)
            trial.window = NEAR if beyond or not wide or self.parameters else PATCHED
            choices = trial.choices()
            if beyond and (not choices or choices[0].ulp > GOOD_WIDE):
                choices = trial.beyond() or choices
            if not choices:
                return None
            pieces.append(Piece(cell, tower, quotient, choices))
        found = _best(
            splits,
            pieces,
            self.plain,
            wide=wide,
            bound=bound,
            parameters=self.parameters,
            name=self.variable.name,
        )
        return found if wide or self.partial else self._shorter(found, pieces, bound)

    def _shorter(self, found: Compiled, pieces: Sequence[Piece], bound: float) -> Compiled:
        """One quotient for the whole line instead, where there is one that is shorter and not much worse."""
        nowhere = self.exact.points[:0]
        tower = Tower(self.variable, {}, ())
        trial = Trial(
            tower, self.expr, self.exact, self.parameters, self.variable.name, False, bound, nowhere
        )
        some = np.arange(len(self.exact.points)) % 16 == 0
        some[[0, -1]] = True
        probe = replace(trial, exact=part_of(self.exact, some))
        limit = max(3.5, WORSE * found.bound)
        for name, recipe in whole(pieces, self.variable, bound):
            builder = Builder()
            try:
                result = recipe(Lowering(builder, tower, False, bound))
            except (UnsupportedError, sympy.PolynomialError):
                continue
            program = tidied(carrying(builder, result, self.parameters, self.variable.name))
            if passes(program) < passes(found.program):
                if probe.measure(program, probe.skipped()) > limit:
                    continue
                ulp = trial.measure(program, trial.skipped())
                if ulp <= limit:
                    found = Compiled(program, self.plain, (name,), ulp)
        return found

    def _is_met(self, splits: Sequence[Condition], inside: np.ndarray) -> bool:
        """Does a cell hold points? The point 0 counts where a kink gives it to one side."""
        smooth = all(split.at_zero == 0 for split in splits)
        return bool((self.exact.points[inside] != 0).any() if smooth else inside.any())


def _splits(variable: Symbol) -> tuple[tuple[Condition, ...], ...]:
    here, there = Condition(variable, 0), Condition(far(variable), 0)
    return (), (here,), (here, there)


WORSE = 1.3
"""How much less accurate a shorter program for single precision may be."""
GOOD_WIDE = 2.5
"""ULP in double beyond which more candidates are tried."""
ENOUGH = 3.8
"""ULP in double beyond which wide numbers are taken: the bound is 4."""
GOOD_NARROW = 60.0
"""The same in single precision, where the exact mode has double precision in reserve."""


def clamp(families: Sequence[Expr], variable: Symbol, *, wide: bool) -> float:
    """A power of two beyond which every decaying letter is 0; 0.0 if there is none."""
    if not families:
        return 2.0**1000 if wide else 2.0**100
    found = 1.0
    for family in families:
        if family.free_symbols - {variable}:
            degree = max(1, sympy.Poly(family, variable).degree())
            found = max(found, 2.0 ** ((480 if wide else 100) // degree))
            continue
        while abs(float(family.subs(variable, found))) < 1500.0:
            found *= 2.0
    return found


def sides(
    splits: Sequence[Condition], points: Floats, parameters: Mapping[str, float], variable: Symbol
) -> dict[Expr, np.ndarray]:
    """The sign of each condition at the points, with 0 counted to the side that holds there."""
    found: dict[Expr, np.ndarray] = {}
    for split in splits:
        builder = Builder()
        lowering = Lowering(builder, Tower(variable, {}, ()), False, 0.0)
        program = builder.finish(condition_value(lowering, split.expr))
        with np.errstate(all="ignore"):
            value = np.broadcast_to(numbers.run(program, {**parameters, variable.name: points}), points.shape)
        found[split.expr] = np.where(value == 0, split.at_zero or 1, np.sign(value)).astype(np.int64)
    return found


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
        return tuple(sorted(near, key=lambda choice: (choice.operations, choice.ulp))[:_KEPT])

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


def _best(
    splits: tuple[Condition, ...],
    pieces: Sequence[Piece],
    plain: Program,
    *,
    wide: bool,
    bound: float,
    parameters: Mapping[str, float],
    name: str,
) -> Compiled:
    """The combination of choices whose joined program is shortest."""
    best: Compiled | None = None
    length = 0
    kept = _KEPT if len(pieces) <= 2 else 2  # the combinations grow like a power
    for combination in product(*(piece.choices[:kept] for piece in pieces)):
        builder = Builder()
        values: dict[Cell, int] = {}
        for piece, choice in zip(pieces, combination, strict=True):
            tower = piece.tower
            lowering = Lowering(builder, tower, wide, bound)
            values[piece.cell] = choice.recipe(lowering)
        result = join(builder, splits, values, merge=True)
        program = tidied(carrying(builder, result, parameters, name))
        cost = sum(4 if n.op == "select" else n.op not in ("input", "const") for n in program.nodes)
        cost = cost if wide else passes(program)
        worst = max(choice.ulp for choice in combination)
        if best is None or (cost, worst) < (length, best.bound):
            best = Compiled(program, plain, tuple(choice.name for choice in combination), worst)
            length = cost
    assert best is not None
    return best
