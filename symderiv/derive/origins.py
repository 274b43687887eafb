"""Where a definition comes from: chains of equalities that a record states, each link proved.

The record gives the formulas and what is put in; nothing is taken on trust: each formula equals the one
before it, and the last one is the function.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.catalog import Catalog, Origin, Record
from symderiv.derive.step import Route, Step
from symderiv.meaning import read_assumptions
from symderiv.notation.term import Term
from symderiv.prove import Prover, Verdict


@dataclass(frozen=True, slots=True)
class Told:
    """One origin: its words, what is given, and the proved chain."""

    title: str
    text: str
    given: tuple[Term, ...]
    route: Route


def origins(record: Record, catalog: Catalog) -> tuple[Told, ...]:
    """Every origin of a record, each line with its verdict."""
    prover = Prover(catalog.with_record(record), read_assumptions(dict(record.parameters)))
    return tuple(
        Told(one.title, one.text, one.given, Route("origin", one.lines[0], _steps(one, prover)))
        for one in record.origins
    )


def _steps(origin: Origin, prover: Prover) -> tuple[Step, ...]:
    found = []
    pairs = zip(origin.lines, origin.lines[1:], origin.rules, strict=False)
    for before, after, rule in pairs:
        found.append(Step(rule, before, after, (), (), (), _verdict(before, after, origin.given, prover)))
    return tuple(found)


def _verdict(before: Term, after: Term, given: tuple[Term, ...], prover: Prover) -> Verdict:
    """As they stand, or with what is given put in on both sides; then the conditions say so."""
    plain = prover.prove(before, after)
    if plain.is_proved or not given:
        return plain
    values = {one.args[0]: one.args[1] for one in given}
    sides = (side.rebuild(values.get) for side in (before, after))
    found = prover.prove(*sides)
    if not found.is_proved:
        return Verdict("undecided", "exhausted")
    said = tuple(f"{one.args[0]} = {one.args[1]}" for one in given)
    return Verdict("proved", found.how, conditions=(*found.conditions, *said))
