"""`compiled`: the best arrangement of a formula on each cell, joined into one program.

Each candidate is exact algebra on the quotient that the tower proved; each is measured against Arb, and
the shortest among the most accurate ones is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import numpy as np
import sympy
from sympy import Expr, Symbol

from symderiv.errors import UnsupportedError
from symderiv.kernels import balls, numbers
from symderiv.kernels.arrangement import Arrangement, Arranger
from symderiv.kernels.balls import Floats, Table, part_of
from symderiv.kernels.cells import Cell, Condition, bases, cells, conditions, exponential_form
from symderiv.kernels.forms import far
from symderiv.kernels.joining import carrying, condition_value, join
from symderiv.kernels.letters import Tower
from symderiv.kernels.lowering import Lowering
from symderiv.kernels.points import NEAR, edges, grid
from symderiv.kernels.program import Builder, Program
from symderiv.kernels.tidying import passes, tidied
from symderiv.kernels.trial import KEPT, Choice, Trial
from symderiv.kernels.whole import whole

_COMBINATIONS = 100
"""So many joined programs are compared; a function of many cells has far more."""
PATCHED = 0.4
"""How far a patch reaches from a root, at least, where there are no parameters."""
_GRID = (700, 1000)


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


def _few(offered: Sequence[tuple[Choice, ...]]) -> list[tuple[Choice, ...]]:
    """The same choices, the last ones of the longest lists left out until few combinations remain."""
    kept = list(offered)
    while prod(map(len, kept)) > _COMBINATIONS:
        longest = max(range(len(kept)), key=lambda place: len(kept[place]))
        kept[longest] = kept[longest][:-1]
    return kept


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
    kept = KEPT if len(pieces) <= 2 else 2  # the combinations grow like a power
    for combination in product(*_few([piece.choices[:kept] for piece in pieces])):
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
