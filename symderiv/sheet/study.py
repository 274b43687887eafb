"""`study(derivation, catalog)`: everything that a sheet says beside the steps, computed."""

from __future__ import annotations

from dataclasses import replace

from symderiv.catalog import Catalog
from symderiv.derive.numeric import Table, numeric_table
from symderiv.derive.properties import properties
from symderiv.derive.step import Derivation
from symderiv.errors import SymderivError
from symderiv.meaning import read_assumptions
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
    if record.is_vector:
        return Subject(derivation, catalog)
    known = catalog.with_record(record)
    prover = Prover(known, read_assumptions(dict(derivation.parameters)))
    found = properties(
        derivation.definition, derivation.variable, prover=prover, catalog=known, kinks=derivation.kinks
    )
    return Subject(derivation, catalog, found, _numeric(derivation, known, prover))


def _numeric(derivation: Derivation, catalog: Catalog, prover: Prover) -> Table | None:
    given = {name: value.value() for name, value in derivation.record.constants if value.kind == "number"}
    try:
        table = numeric_table(
            derivation.definition,
            derivation.result,
            derivation.variable,
            prover=prover,
            catalog=catalog,
            output=derivation.form("output") or derivation.form("display"),
            kinks=derivation.kinks,
            given=given,
        )
    except SymderivError:
        return None
    return table if table.rows else None
