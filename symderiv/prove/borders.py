"""Where something may happen: rational points at and between the zeros of the domain and of the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from flint import fmpq, fmpq_mpoly

from symderiv.errors import SymderivError
from symderiv.field.build import build
from symderiv.field.engine import Engine
from symderiv.field.roots import real_cuts, univariate
from symderiv.field.terms import solutions
from symderiv.field.tower import SplitError, UndefinedError
from symderiv.notation.term import Term, add, neg
from symderiv.prove.balls import Evaluator, NoValueError
from symderiv.prove.claim import Claim
from symderiv.prove.conditions import requirements
from symderiv.prove.points import points

_MAX_VALUES = 12
_MAX_DEGREE = 40
_MAX_LINES = 6
_POINTS_EACH = 3


@dataclass(slots=True)
class Borders:
    """Values of single symbols, and symbols as functions of the others."""

    values: dict[str, list[Fraction]] = field(default_factory=dict)
    lines: list[tuple[str, Term]] = field(default_factory=list)


def borders(engine: Engine, claim: Claim) -> Borders:
    """The borders of a claim, as far as they can be solved for."""
    values: dict[str, dict[Fraction, None]] = {}
    lines: dict[tuple[str, Term], None] = {}
    for term in _sign_terms(claim):
        try:
            value = build(engine, term)
            factors = engine.factored(value.num)[1] if not value.num.is_zero() else []
        except (SplitError, UndefinedError, SymderivError):
            continue
        for factor, _ in factors:
            for part in engine.zeros_of(factor):
                _note(engine, part, values, lines)
    return Borders(
        {name: sorted(found)[:_MAX_VALUES] for name, found in values.items()}, list(lines)[:_MAX_LINES]
    )


def _note(
    engine: Engine,
    part: fmpq_mpoly,
    values: dict[str, dict[Fraction, None]],
    lines: dict[tuple[str, Term], None],
) -> None:
    used = engine.tower.used(part)
    if len(used) == 1 and used[0].kind == "symbol" and part.total_degree() <= _MAX_DEGREE:
        poly = univariate(engine.tower, part, used[0])
        place = values.setdefault(used[0].label, {})
        if poly.degree() == 1:
            place[Fraction(-int(poly[0]), int(poly[1]))] = None
        place |= dict.fromkeys(real_cuts(poly, None, None))
    else:
        try:
            lines |= dict.fromkeys(solutions(engine, part) or [])
        except SymderivError:
            return


def on_lines(
    found: Borders, names: Sequence[str], assumptions: Mapping[str, str]
) -> Iterator[dict[str, Fraction]]:
    """Points on each line: simple values for the other symbols, and what follows for this one."""
    for name, term in found.lines:
        others = [other for other in names if other != name]
        for count, point in enumerate(points(others, assumptions)):
            if count == _POINTS_EACH:
                break
            try:
                value = Evaluator(point).of(term)
            except NoValueError:
                continue
            if isinstance(value, fmpq):
                yield {**point, name: Fraction(int(value.p), int(value.q))}


def _sign_terms(claim: Claim) -> list[Term]:
    """Terms whose zeros are worth a look."""
    found: dict[Term, None] = {}
    for term in claim.terms:
        for need in requirements(term):
            found[need.term] = None
        for node in term.walk():
            if node.kind == "relation":
                found[add(node.args[0], neg(node.args[1]))] = None
            elif node.kind == "call" and node.name in ("Abs", "sign"):
                found[node.args[0]] = None
            elif node.kind == "call" and node.name in ("Max", "Min"):
                for k in range(1, len(node.args)):
                    found[add(node.args[k - 1], neg(node.args[k]))] = None
    return list(found)
