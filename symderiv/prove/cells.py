"""Proof by cells: the region is split by the signs that the two sides depend on.

In each cell the difference must vanish identically. Where a side jumps (sign, the conditions of a
piecewise), the border is proved on its own, with the solution put in for a symbol. |u|, max and min are
continuous: their borders follow from the cells.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from flint import fmpq_mpoly

from symderiv import limits
from symderiv.errors import LimitError, UnsupportedError
from symderiv.field.build import build
from symderiv.field.engine import Engine
from symderiv.field.region import Region
from symderiv.field.terms import solutions
from symderiv.field.tower import Element, Generator, SplitError, UndefinedError
from symderiv.field.zero import is_zero
from symderiv.notation.term import Term
from symderiv.prove.claim import Claim
from symderiv.prove.derivative import constant_in_some_symbol
from symderiv.prove.points import fits_assumption

_MAX_DEPTH = 12


@dataclass
class CellProof:
    """One proof: how many cells it took, in how many the difference vanished, and which rungs it used."""

    engine: Engine
    deadline: float
    cells: int = 0
    solid: int = 0
    by_derivative: bool = False
    nesting: int = 0

    def holds(self, claim: Claim, region: Region, *, derivative: bool = True) -> bool:
        """Is the claim proved in the whole region?"""
        if self.nesting > _MAX_DEPTH:
            return False
        self.nesting += 1
        try:
            return self._cell(claim, region.copy(), derivative)
        finally:
            self.nesting -= 1

    def _cell(self, claim: Claim, region: Region, derivative: bool) -> bool:
        self.cells += 1
        if self.cells > limits.MAX_CELLS:
            raise LimitError(f"more than {limits.MAX_CELLS} cells")
        if time.monotonic() > self.deadline:
            raise LimitError("out of time")
        engine = self.engine
        gap = None
        while True:
            engine.start(region)
            try:
                gap = build(engine, claim.left) - build(engine, claim.right)
                for guard in claim.guards:
                    build(engine, guard)
            except UndefinedError:
                return True
            except SplitError as split:
                if self._narrow(region):
                    if region.is_empty():
                        return True
                    continue
                return self._split(claim, region, split.factor, sharp=split.sharp, derivative=derivative)
            sharp = [*engine.sharp.values(), *region.shared_edges()]
            if is_zero(engine, gap):
                self.solid += 1
                return all(self._border(claim, factor) for factor in sharp)
            if region.is_empty():
                return True
            if not self._narrow(region):
                break
        factor = _hidden_sign(engine, gap)
        if factor is not None:
            return self._split(claim, region, factor, sharp=False, derivative=derivative)
        if derivative and constant_in_some_symbol(self, claim, region, gap):
            self.by_derivative = True
            self.solid += 1
            return all(self._border(claim, factor) for factor in sharp)
        return False

    def _narrow(self, region: Region) -> bool:
        news = region.narrow(self.engine.claims.values())
        return region.learn_integers(self.engine.integers) or news

    def _split(
        self, claim: Claim, region: Region, factor: fmpq_mpoly, *, sharp: bool, derivative: bool
    ) -> bool:
        for sign in (1, -1):
            part = region.with_fact(factor, sign)
            if part.is_empty():
                continue
            if not self.holds(claim, part, derivative=derivative):
                return False
        return not sharp or self._border(claim, factor)

    def _border(self, claim: Claim, factor: fmpq_mpoly) -> bool:
        """Is the claim proved where the factor is 0?"""
        engine = self.engine
        base = Region(engine.tower)
        engine.start(base)
        try:
            found = solutions(engine, factor)
        except UnsupportedError:
            return False
        if found is None:
            return False
        for name, value in found:
            assumption = engine.assumptions.get(name, "real")
            region = base.copy()
            if assumption != "real":
                inside = self._respects(region, value, assumption)
                if inside is False:
                    continue
            if not self.holds(claim.at(name, value), region):
                return False
        return True

    def _respects(self, region: Region, value: Term, assumption: str) -> bool | None:
        """False where the value breaks the assumption; else the region is narrowed to where it does not."""
        engine = self.engine
        engine.start(region)
        element = build(engine, value)
        number = element.rational()
        if number is not None:
            return fits_assumption(number, assumption)
        if assumption in ("positive", "nonnegative", "negative"):
            sign, odd = engine.odd_factors(element)
            known, rest = engine.parity(odd)
            wanted = -1 if assumption == "negative" else 1
            region.add_parity(rest, sign * known * wanted, strict=assumption != "nonnegative")
            return not region.is_empty()
        return None


def _hidden_sign(engine: Engine, gap: Element) -> fmpq_mpoly | None:
    """A factor whose unknown sign occurs in the difference, inside arguments too."""
    tower = engine.tower
    seen: dict[int, Generator] = {}
    stack = [*tower.used(gap.num), *tower.used(gap.den)]
    while stack:
        generator = stack.pop()
        if generator.position in seen:
            continue
        seen[generator.position] = generator
        if generator.argument is not None:
            stack += tower.used(generator.argument.num) + tower.used(generator.argument.den)
        if generator.kind == "root" and generator.degree:
            relation = tower.reduced(tower.variable(generator) ** generator.degree)
            stack += tower.used(relation)
    for position in sorted(seen):  # the innermost first
        generator = seen[position]
        if generator.kind == "sign" and generator.argument is not None:
            factor = generator.argument.num
            if engine.region.definite(factor) is None:
                _, rest = engine.parity([factor])
                if rest:
                    return rest[0]
    return None
