"""`computing`: where each form of a derivative loses digits, and the program that loses none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sympy import Symbol

from symderiv.catalog import Catalog, Record
from symderiv.derive.step import Derivation
from symderiv.errors import SymderivError
from symderiv.kernels.kernel import DEFAULT
from symderiv.kernels.listing import listing, single, worst
from symderiv.meaning import differentiate, to_sympy
from symderiv.notation.term import Term, num
from symderiv.verify.lost_digits import Judge, Loss

_ENOUGH = 0.501
KINDS = ("display", "output", "input")


@dataclass(frozen=True, slots=True)
class Listing:
    """The program for single precision as text, its worst ULP in float32, and at how many points."""

    text: str
    ulp: float
    points: int


@dataclass(frozen=True, slots=True)
class Computing:
    """The losses of each form by its kind, and the program, if there is one."""

    forms: tuple[tuple[str, tuple[Loss, ...]], ...]
    program: Listing | None

    @property
    def loses(self) -> bool:
        """Does some form lose half of its digits somewhere?"""
        return any(loss.half for _, found in self.forms for loss in found)


def computing(derivation: Derivation, catalog: Catalog, given: Mapping[str, str]) -> Computing | None:
    """The forms measured with the `given` values of parameters, and the program; None if there is neither."""
    values = {name: num(text) for name, text in given.items()}
    forms = _forms(derivation, catalog, values)
    program = _program(derivation.record, catalog)
    return Computing(forms, program) if forms or program is not None else None


def _forms(
    derivation: Derivation, catalog: Catalog, values: Mapping[str, Term]
) -> tuple[tuple[str, tuple[Loss, ...]], ...]:
    def bound(term: Term) -> Term:
        return catalog.unfold(term).substitute(dict(values))

    judge = Judge(bound(derivation.definition), bound(derivation.result), derivation.variable, catalog)
    found: list[tuple[str, tuple[Loss, ...]]] = []
    for kind in KINDS:
        form = derivation.form(kind)  # type: ignore[arg-type]  # one of the kinds
        if form is None:
            continue
        named = tuple((name, bound(meaning)) for name, meaning in form.named)
        try:
            found.append((kind, judge.losses(form.term.substitute(dict(values)), named)))
        except SymderivError:
            continue  # a form over things that have no numbers is not computed by anybody
    return tuple(found)


def _program(record: Record, catalog: Catalog) -> Listing | None:
    usual = {name: float(to_sympy(value)) for name, value in record.defaults}
    parameters = {name: usual.get(name, DEFAULT) for name, _ in record.parameters}
    variable = Symbol(record.variable)
    try:
        meaning = differentiate(to_sympy(record.concrete, catalog), variable)
        found = single(meaning, variable, parameters)
        ulp, points = worst(found, record.variable, parameters)
    except SymderivError:
        return None
    if not ulp <= _ENOUGH:
        return None  # the exported module computes this one in wide numbers, which are no page of code
    text = listing(found.program, f"{record.name}_grad", record.variable, parameters)
    return Listing(text, ulp, points)
