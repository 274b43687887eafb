"""`Prover`: is left = right wherever both sides have a value? A ladder of rungs, cheap ones first.

structural, normal form, cells, derivative: these prove. Balls refute. SymPy's simplify comes last, in a
worker that can be killed, is believed only where balls agree, and is named in the verdict.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from symderiv import limits
from symderiv.errors import LimitError, UnsupportedError
from symderiv.field.build import build
from symderiv.field.engine import Engine
from symderiv.field.tower import RefineError, SplitError, UndefinedError
from symderiv.field.zero import is_zero
from symderiv.notation.names import ARRAYS
from symderiv.notation.term import Term
from symderiv.prove.borders import borders, on_lines
from symderiv.prove.cells import CellProof
from symderiv.prove.claim import Claim
from symderiv.prove.conditions import conditions
from symderiv.prove.indexed import counterexample, proof_conditions
from symderiv.prove.points import fits_assumption, points
from symderiv.prove.refuter import Survey, look_closer, survey
from symderiv.prove.verdict import Verdict, Witness

if TYPE_CHECKING:
    from symderiv.catalog import Catalog
    from symderiv.meaning.assumptions import Assumption

T = TypeVar("T")

_RESOLVED_FIRST = frozenset({"prod", "at"})
_NOWHERE = "no point was found where both sides have a value"
_CAPACITY = 24
_CROWDED = 72
_RETRIES = 24
_QUICK = 3
_THOROUGH = 90
_CONFIRMED = 3
_SURVEYED = 60


class Prover:
    """Decides equalities under fixed assumptions; normal forms of shared subterms are kept."""

    def __init__(
        self,
        catalog: Catalog | None = None,
        assumptions: Mapping[str, Assumption] | None = None,
        seconds: float = limits.PROVE_SECONDS,
        *,
        refute: bool = True,
        simplify: bool = True,
    ) -> None:
        self.catalog = catalog
        self.assumptions: dict[str, str] = dict(assumptions or {})
        self.seconds = seconds
        self.refute = refute
        self.simplify = simplify
        self._units: dict[str, int] = {}
        self._capacity = _CAPACITY
        self._engine: Engine | None = None
        self._verdicts: dict[tuple[Term, Term], Verdict] = {}

    def prove(self, left: Term, right: Term) -> Verdict:
        """The verdict on left = right. Never raises on a formula: what cannot be decided is undecided."""
        known = self._verdicts.get((left, right))
        if known is None:
            known = self._verdicts[left, right] = self._fresh_or_shared(left, right)
        return known

    def _fresh_or_shared(self, left: Term, right: Term) -> Verdict:
        """What the tower of earlier claims does not decide is asked again in a tower of its own."""
        deadline = time.monotonic() + self.seconds
        if self._engine is not None:
            verdict = self._prove(left, right, deadline, simplify=False)
            if verdict.status != "undecided" or verdict.how not in ("exhausted", "limit"):
                return verdict
            self._engine, self._units, self._capacity = None, {}, _CAPACITY
        return self._prove(left, right, deadline, simplify=self.simplify)

    def conditions(self, *terms: Term) -> tuple[str, ...]:
        """The domain that the terms share, as short texts. Raises `SymderivError` outside the class."""
        claim = Claim.of(terms[0], terms[0], self._unfold)
        parts = [Claim.of(term, term, self._unfold) for term in terms[1:]]
        every = [*claim.terms, *(t for part in parts for t in part.terms)]
        return self.in_tower(lambda engine: conditions(engine, every), time.monotonic() + self.seconds)

    def _prove(self, left: Term, right: Term, deadline: float, *, simplify: bool) -> Verdict:
        try:
            claim = Claim.of(left, right, self._unfold)
            if claim.left != claim.right:
                _refuse_arrays(claim)
            if claim.is_indexed():
                return _Indexed(self, left, right, claim, deadline).verdict()
            return Ladder(self, claim, deadline, simplify=simplify).verdict()
        except LimitError as error:
            return Verdict("undecided", "limit", note=error.message)
        except UnsupportedError as error:
            return Verdict("undecided", "outside-class", note=error.message)
        except RecursionError:
            return Verdict("undecided", "limit", note="nested too deeply")

    def _unfold(self, term: Term) -> Term:
        return term if self.catalog is None else self.catalog.unfold(term)

    def in_tower(self, work: Callable[[Engine], T], deadline: float) -> T:
        """Do the work in the current tower, built again as long as it has to be finer or larger."""
        for _ in range(_RETRIES):
            engine = self._engine
            if engine is None or len(engine.tower.generators) > _CROWDED:
                self._capacity = _CAPACITY if engine is not None else self._capacity
                engine = self._engine = Engine(self._capacity, self._units, self.assumptions)
            engine.tower.deadline = deadline
            engine.start(engine.base)
            try:
                return work(engine)
            except RefineError as error:
                self._engine = None
                if str(error) == "full":
                    self._capacity *= 2
                    if self._capacity > 200:
                        self._capacity = _CAPACITY
                        raise LimitError("too many independent functions") from None
        raise LimitError("too many units")


def _refuse_arrays(claim: Claim) -> None:
    """Vectors without indices have no value at a point; nor do entries beside them."""
    for term in claim.terms:
        for node in term.walk():
            if node.kind == "call" and node.name in ARRAYS:
                raise UnsupportedError(f"{node.name} is not a number", span=node.span)


class Ladder:
    """One scalar claim."""

    def __init__(self, prover: Prover, claim: Claim, deadline: float, *, simplify: bool = False) -> None:
        self.prover = prover
        self.claim = claim
        self.deadline = deadline
        self.simplify = simplify
        self.names = claim.names()
        self.limit = ""

    def verdict(self) -> Verdict:
        """Up the rungs."""
        proved = self._within(self.by_algebra)
        found = self._survey(_QUICK)
        if found.witness is not None and (self.prover.refute or proved):
            return self._refuted(found.witness)
        if proved:
            return self._proved(proved, found)
        if self.prover.refute:
            found = self._survey(_THOROUGH)
            witness = found.witness or look_closer(self.claim, found, self.deadline)
            if witness is not None:
                return self._refuted(witness)
        how = self._within(self.by_cells)
        if how:
            return self._proved(how, found)
        if self.limit:
            return Verdict("undecided", "limit", note=self.limit)
        if not found.agreeing:
            return Verdict("undecided", "no-common-domain", note=_NOWHERE)
        return self._by_simplify(found)

    def _within(self, rung: Callable[[], str]) -> str:
        """What a rung finds; a limit that it runs into is kept for the verdict."""
        try:
            return rung()
        except LimitError as error:
            self.limit = error.message
            return ""

    def by_algebra(self) -> str:
        """`structural` or `normal-form` if one of them proves the claim, else nothing."""
        if self.claim.left == self.claim.right:
            return "structural"

        def same(engine: Engine) -> bool:
            try:
                gap = build(engine, self.claim.left) - build(engine, self.claim.right)
                for guard in self.claim.guards:
                    build(engine, guard)
            except (SplitError, UndefinedError):
                return False
            return not engine.sharp and is_zero(engine, gap)

        return "normal-form" if self.prover.in_tower(same, self.deadline) else ""

    def by_cells(self) -> str:
        """The rung that proves the claim cell by cell, or nothing."""

        def cells(engine: Engine) -> str:
            proof = CellProof(engine, self.deadline)
            if not proof.holds(self.claim, engine.base) or not proof.solid:
                return ""
            if proof.by_derivative:
                return "derivative"
            return "cells" if proof.cells > 1 else "normal-form"

        return self.prover.in_tower(cells, self.deadline)

    def _survey(self, enough: int) -> Survey:
        names, assumptions = self.names, self.prover.assumptions
        candidates: Iterable[dict[str, Fraction]]
        if enough == _QUICK and not self._jumps():
            candidates = points(names, assumptions)
        else:
            found = self.prover.in_tower(lambda engine: borders(engine, self.claim), self.deadline)
            special = (p for p in on_lines(found, names, assumptions) if _inside(p, assumptions))
            candidates = chain(special, points(names, assumptions, found.values))
        return survey(self.claim, candidates, enough=enough, deadline=self.deadline)

    def _jumps(self) -> bool:
        return any(node.kind == "piecewise" for term in self.claim.terms for node in term.walk())

    def _proved(self, how: str, found: Survey) -> Verdict:
        if not found.agreeing:
            found = self._survey(1)
        if not found.agreeing:
            return Verdict("undecided", "no-common-domain", note=_NOWHERE)
        where = self.prover.in_tower(lambda engine: conditions(engine, self.claim.terms), self.deadline)
        return Verdict("proved", how, conditions=where)

    def _refuted(self, witness: dict[str, Fraction]) -> Verdict:
        return Verdict("refuted", "balls", witness=as_witness(witness))

    def _by_simplify(self, found: Survey) -> Verdict:
        undecided = Verdict("undecided", "exhausted")
        if not self.simplify or len(found.agreeing) < 2:
            return undecided
        from symderiv.prove.worker import simplifies_to_zero

        left = max(self.deadline - time.monotonic(), 0.1)
        if not simplifies_to_zero(self.claim.left, self.claim.right, left, self.prover.assumptions):
            return undecided
        return self._proved("simplify", found)


def as_witness(point: Mapping[str, Fraction]) -> Witness:
    """A point as a witness, names in order."""
    return tuple(sorted(point.items()))


def _inside(point: Mapping[str, Fraction], assumptions: Mapping[str, str]) -> bool:
    return all(fits_assumption(value, assumptions.get(name, "real")) for name, value in point.items())


class _Indexed:
    """One claim with symbolic indices."""

    def __init__(self, prover: Prover, left: Term, right: Term, claim: Claim, deadline: float) -> None:
        self.prover = prover
        self.sides = (left, right)
        self.claim = claim
        self.deadline = deadline

    def verdict(self) -> Verdict:
        """The index rules first, they take a few milliseconds; small sizes refute, or confirm a proof."""
        left, right = map(self.prover._unfold, self.sides)
        if any(node.kind in _RESOLVED_FIRST for side in self.sides for node in side.walk()):
            left, right = self.claim.left, self.claim.right
        seconds = max(self.deadline - time.monotonic(), 0.1)
        where = proof_conditions(left, right, self.prover.assumptions, seconds, self.prover.catalog)
        enough = _CONFIRMED if where is not None else _SURVEYED
        witness, agreeing = counterexample(self.claim, self.prover.assumptions, self.deadline, enough)
        if witness is not None and (self.prover.refute or where is not None):
            return Verdict("refuted", "balls", witness=as_witness(witness))
        if not agreeing:
            return Verdict("undecided", "no-common-domain")
        if where is not None:
            return Verdict("proved", "index", conditions=where)
        return Verdict("undecided", "exhausted")
