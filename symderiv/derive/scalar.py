"""`derive_scalar`: everything that is derived and proved about one scalar function and one variable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from symderiv.catalog import Catalog, Record
from symderiv.derive.fold import Target
from symderiv.derive.forms import forms, solve_generator
from symderiv.derive.kinks import kinks
from symderiv.derive.lemmas import Lemmas, closed, letter_of
from symderiv.derive.lines import Detail
from symderiv.derive.openings import Opening, openings
from symderiv.derive.reuse import reusing
from symderiv.derive.routes import Finished, Worker
from symderiv.derive.spellings import OUTPUT
from symderiv.derive.step import Bridge, Derivation, Form, LaterForms
from symderiv.errors import InputError
from symderiv.meaning import read_assumptions
from symderiv.notation.names import suggest
from symderiv.notation.term import Term, call, sym
from symderiv.prove import Prover

EQUIVALENT = "equivalent"
"""The route of a definition that another route opens in the same way."""
ALL = "all"
_ENOUGH = 2
"""So many routes make a derivation that can be compared with another."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to derive: a record of the catalogue, the variable, the routes, the detail."""

    record: Record
    catalog: Catalog
    variable: str
    routes: tuple[str, ...] = ()
    detail: Detail = "textbook"


def with_symbolic_constants(record: Record) -> Record:
    """The record with its constants as parameters: what holds for every value holds for theirs."""
    signs = tuple((name, "positive" if _is_plus(value) else "real") for name, value in record.constants)
    return replace(record, constants=(), parameters=(*record.parameters, *signs))


def _is_plus(value: Term) -> bool:
    return value.kind == "number" and value.value() > 0


def derive_scalar(request: Request, lemmas: Lemmas) -> Derivation:
    """Routes, forms, second derivative and kinks, each with its verdict.

    The first route is the natural one for the definition; more are worked out when asked for by id, or
    all of them with `"all"`. Raises `InputError` for a route that does not apply.
    """
    record = with_symbolic_constants(request.record)
    catalog = request.catalog.with_record(record)
    prover = Prover(catalog, read_assumptions(dict(record.parameters)))
    function, variable = call(record.name, sym(record.variable)), sym(request.variable)
    found = forms(record.definition, request.variable, prover, catalog)
    found = reusing(found, record.definition, request.variable, prover, catalog, lemmas)
    target = _target(found, function, variable, record, catalog)
    worker = Worker(function, variable, prover, lemmas, target, request.detail)
    finished = _routes(request, record, function, worker)
    return Derivation(
        name=record.name,
        title=record.title,
        symbol=record.symbol,
        variable=request.variable,
        parameters=record.parameters,
        record=request.record,
        definition=record.definition,
        equivalents=tuple((e, prover.prove(record.definition, e)) for e in record.equivalents),
        routes=tuple(done.route for done in finished),
        bridges=_bridges(finished, prover),
        forms=found,
        second=LaterForms(partial(forms, record.definition, request.variable, prover, catalog, order=2)),
        kinks=kinks(record.definition, request.variable, prover=prover, catalog=catalog),
    )


def _target(
    found: Sequence[Form], function: Term, variable: Term, record: Record, known: Catalog
) -> Target | None:
    """The closed form that the derivation ends in: the one for people, else the output form."""
    for kind in ("display", "output", "input"):
        form = next((f for f in found if f.kind == kind and f.verdict.status == "proved"), None)
        if form is not None:
            letter = letter_of(record.definition, variable.name, known)
            plain = closed(form, OUTPUT, letter)
            found_exponential = solve_generator(record.definition, variable.name)
            solved = None
            if found_exponential is not None:
                generator, value = found_exponential
                solved = (generator, value.substitute({letter.name: OUTPUT}))
            return Target(plain, function, record.definition, variable, solved, partial(_written_out, known))
    return None


def _written_out(catalog: Catalog, letter: Term) -> tuple[Term, ...]:
    """The definitions of a catalogue call, the first one first."""
    record = catalog.find(letter.name) if letter.kind == "call" and not letter.order else None
    if record is None or record.takes_vector:
        return ()
    values = {record.variable: letter.args[0]}
    return tuple(term.substitute(values) for term in (record.concrete, *record.equivalents))


def _routes(request: Request, record: Record, function: Term, worker: Worker) -> list[Finished]:
    variable = worker.variable
    assumed = dict(record.parameters)
    own = openings(function, record.definition, variable, assumed)
    others = [
        _from_equivalent(opening)
        for definition in (record.equivalents if request.routes else ())
        for opening in openings(function, definition, variable, assumed)
    ]
    distinct = {opening.id: opening for opening in reversed([*own, *others])}
    order = list(dict.fromkeys(opening.id for opening in (*own, *others)))
    if others and len(order) < _ENOUGH:
        order.append(EQUIVALENT)
    if others:
        distinct[EQUIVALENT] = replace(others[0], id=EQUIVALENT)
    if not request.routes:
        wanted = order[:1]
    elif ALL in request.routes:
        wanted = order
    else:
        wanted = list(dict.fromkeys(request.routes))
    done: list[Finished] = []
    for name in wanted:
        if name not in distinct:
            hint = suggest(name, order) or f"routes of {record.name}: {', '.join(order)}"
            raise InputError(f"the route {name!r} does not apply to {record.name}", hint=hint)
        done.append(worker.finish(distinct[name], substitute_first=len(done) == 1))
    return done


def _from_equivalent(opening: Opening) -> Opening:
    (rule, state, bindings), *rest = opening.states
    rule = "equivalent-definition" if rule == "definition" else rule
    return replace(opening, states=((rule, state, bindings), *rest))


def _bridges(finished: Sequence[Finished], prover: Prover) -> tuple[Bridge, ...]:
    """The raw end form of each further route against that of the first one."""
    if not finished:
        return ()
    first = finished[0]
    return tuple(
        Bridge((first.route.id, other.route.id), first.raw, other.raw, prover.prove(first.raw, other.raw))
        for other in finished[1:]
    )
