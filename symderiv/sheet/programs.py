"""The programs of a notebook: one gives each line to the prover again, one computes the numbers again.

Formulas stand in them as plain notation between quotes: what is proved there is what the page shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.catalog import load
from symderiv.notation.names import FUNCTIONS
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term
from symderiv.notation.write.plain import write_plain
from symderiv.sheet.environment import make_environment, render
from symderiv.sheet.formats.base import Options
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sections.results import spelled_out
from symderiv.sheet.sections.steps import told
from symderiv.sheet.subject import Subject


@dataclass(frozen=True, slots=True)
class Target:
    """How to ask for the derivation again: the arguments of `derive`. `own`: it is not in the catalogue."""

    call: str
    own: bool


def target(subject: Subject) -> Target | None:
    """The arguments; None for a vector of a catalogue of one's own, which no expression can stand for."""
    derivation = subject.derivation
    record, known = derivation.record, load()
    own = known.find(derivation.name) != record
    if own and record.is_vector:
        return None
    more = []
    if own:
        definition = derivation.definition
        if definition.functions() - known.callables() - FUNCTIONS.keys():
            definition = subject.catalog.unfold(definition)
        values = dict(record.constants)
        first = repr(write_plain(definition.substitute(values)))
        params = {name: kind for name, kind in derivation.parameters if name not in values}
        more += [f"name={derivation.name!r}", *([f"params={params!r}"] if params else [])]
    else:
        first = repr(derivation.name)
    if own or derivation.variable != record.variable:
        more.append(f"wrt={derivation.variable!r}")
    return Target(", ".join([first, *more]), own)


def proof_program(page: Page, options: Options) -> str:
    """Each route as a chain of formulas, and the forms of the result; empty where nothing can be asked."""
    subject = page.subject
    derivation, asked = subject.derivation, target(subject)
    if asked is None:
        return ""
    values = dict(derivation.record.constants)

    def written(term: Term) -> str:
        return write_plain(term.substitute(values))

    chains: list[tuple[str, list[str]]] = []
    statuses: list[str] = []
    for route in derivation.routes:
        name = page.sentences.text(f"routes.{told(route)}.name")
        chains.append((name, [written(route.start), *(written(step.after) for step in route.steps)]))
        statuses += [step.verdict.status for step in route.steps]
    for form in derivation.forms:
        if form.kind != "implicit":
            name = page.sentences.text(f"sheet.result.{form.kind}")
            chains.append((name, [written(subject.derivative), written(spelled_out(subject, form))]))
            statuses.append(form.verdict.status)
    context = {
        "target": asked,
        "assume": {name: kind for name, kind in derivation.parameters if name not in values},
        "chains": chains,
        "proved": statuses.count("proved"),
        "undecided": len(statuses) - statuses.count("proved"),
    }
    return _program("proof", context, options)


def number_program(page: Page, options: Options) -> str:
    """The digits of the check table against NumPy; empty where there is no table."""
    subject = page.subject
    asked, table = target(subject), subject.numeric
    if asked is None:
        return ""
    if subject.derivation.record.is_vector:
        return _program("numbers_vector", {"target": asked}, options)
    if table is None:
        return ""
    rows = [
        tuple(map(_double, (row.x, row.value, row.derivative)))
        for row in table.rows
        if not row.note and row.value and row.derivative
    ]
    constants = {name for name, _ in subject.derivation.record.constants}
    kinks = subject.derivation.kinks
    context = {
        "target": asked,
        "variable": subject.derivation.variable,
        "given": {name: float(text) for name, text in table.given if name not in constants},
        "rows": rows,
        "kinks": [row.x for row in table.rows if any(_is_at(subject, kink.at, row.x) for kink in kinks)],
    }
    return _program("numbers", context, options) if rows else ""


def _is_at(subject: Subject, place: Term, digits: str) -> bool:
    return subject.equal(place, read_plain(digits))


def _double(digits: str) -> str:
    """Digits as a literal of Python: what is beyond the doubles is infinite."""
    value = float(digits)
    return digits if abs(value) < float("inf") else f'float("{value}")'


def _program(name: str, context: dict[str, object], options: Options) -> str:
    environment = make_environment(options.templates, filters={"literal": repr})
    return render(environment, f"notebook/{name}.py.j2", context)
