"""`study(derivation, catalog)`: everything that a sheet says beside the steps, computed."""

from __future__ import annotations

from dataclasses import replace

from symderiv.catalog import Catalog
from symderiv.derive.inverse_function import inverse
from symderiv.derive.kinks import kinks
from symderiv.derive.numeric import Table, numeric_table
from symderiv.derive.origins import origins
from symderiv.derive.properties import properties
from symderiv.derive.step import Derivation
from symderiv.derive.target_values import target_values
from symderiv.errors import SymderivError
from symderiv.meaning import read_assumptions
from symderiv.notation.term import Term, num
from symderiv.prove import Prover
from symderiv.sheet.subject import Subject

MOST_ROUTES = 3


def study(derivation: Derivation, catalog: Catalog, *, most_routes: int = MOST_ROUTES) -> Subject:
    """The subject of a sheet: the derivation, its properties and its check table.

    Routes beyond the first `most_routes` are left out: a page is read, not consulted. Vectors bring their
    facts with them.
    """
    record = derivation.record
    routes = derivation.routes[:most_routes]
    derivation = replace(derivation, routes=routes, bridges=derivation.bridges[: len(routes) - 1])
    if record.takes_vector:
        return Subject(derivation, catalog)
    known = catalog.with_record(record)
    prover = Prover(known, read_assumptions(dict(derivation.parameters)))
    found = properties(
        derivation.definition, derivation.variable, prover=prover, catalog=known, kinks=derivation.kinks
    )
    classes = _classes(derivation, catalog, known)
    return Subject(
        derivation,
        catalog,
        found,
        _numeric(derivation, known, prover, classes),
        classes=classes,
        origins=origins(record, catalog),
        inverse=inverse(derivation, found, catalog),
    )


Classes = tuple[tuple[Term, Subject], ...]


def _classes(derivation: Derivation, catalog: Catalog, known: Catalog) -> Classes:
    """The function for each value of a target that has only a few."""
    record, made = derivation.record, []
    for value in map(num, target_values(record)):
        left = tuple(one for one in derivation.parameters if one[0] != record.target)
        prover = Prover(known, read_assumptions(dict(left)))
        definition = derivation.definition.substitute({record.target: value})
        breaks = kinks(definition, derivation.variable, prover=prover, catalog=known)
        found = properties(definition, derivation.variable, prover=prover, catalog=known, kinks=breaks)
        inner = replace(derivation, definition=definition, parameters=left, kinks=breaks)
        made.append((value, Subject(inner, catalog, found)))
    return tuple(made)


def _numeric(derivation: Derivation, catalog: Catalog, prover: Prover, classes: Classes) -> Table | None:
    record = derivation.record
    given = {name: value.value() for name, value in record.constants if value.kind == "number"}
    breaks = derivation.kinks
    if classes:
        given[record.target] = target_values(record)[-1]
        breaks = classes[-1][1].derivation.kinks
    try:
        table = numeric_table(
            derivation.definition,
            derivation.result,
            derivation.variable,
            prover=prover,
            catalog=catalog,
            output=derivation.form("output") or derivation.form("display"),
            kinks=breaks,
            given=given,
        )
    except SymderivError:
        return None
    return table if table.rows else None
