"""`Subject`: what a sheet is about: a derivation, and the facts found beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from symderiv.catalog import Catalog
from symderiv.derive.forms_letters import output_letter
from symderiv.derive.step import Derivation, Step
from symderiv.meaning import read_assumptions
from symderiv.notation.term import Term, call, diff, index, sym
from symderiv.prove import Prover

if TYPE_CHECKING:
    from symderiv.derive.higher import Higher
    from symderiv.derive.higher_values import At
    from symderiv.derive.inverse_function import Inverse
    from symderiv.derive.numeric import Table
    from symderiv.derive.origins import Told
    from symderiv.derive.properties import Property
    from symderiv.derive.step import Form
    from symderiv.prove import Verdict
    from symderiv.sheet.document import Document
    from symderiv.verify.computing import Computing


@dataclass(frozen=True)
class Subject:
    """A derivation and its facts. What was not computed is empty, and its section is left out."""

    derivation: Derivation
    catalog: Catalog
    properties: tuple[Property, ...] = ()
    numeric: Table | None = None
    letters: tuple[tuple[str, str], ...] = field(default=())
    classes: tuple[tuple[Term, Subject], ...] = ()
    origins: tuple[Told, ...] = ()
    inverse: Inverse | None = None
    higher: Higher | None = None
    at: At | None = None

    @property
    def name(self) -> str:
        """The plain name of the function."""
        return self.derivation.name

    @cached_property
    def variable(self) -> Term:
        """x, or the vector z."""
        return sym(self.derivation.variable)

    @cached_property
    def whole(self) -> Term:
        """f(x), or the vector f(z)."""
        return call(self.name, self.variable)

    @cached_property
    def applied(self) -> Term:
        """f(x), or the component f(z)[i]."""
        record = self.derivation.record
        return index(self.whole, sym(record.index)) if record.is_vector else self.whole

    @property
    def is_primitive(self) -> bool:
        """Is the definition only another name for a function of the notation, such as atan(x)?"""
        definition = self.derivation.definition
        return definition.kind == "call" and definition.args == (self.variable,)

    @cached_property
    def derivative(self) -> Term:
        """D(f(x), x), or D(f(z)[i], z[j])."""
        record = self.derivation.record
        return diff(self.applied, index(self.variable, self.place) if record.takes_vector else self.variable)

    @cached_property
    def place(self) -> Term:
        """The index of the variable by which a function of a vector is differentiated."""
        total = self.derivation.total
        return sym("j") if total is None else total.problem.column

    @cached_property
    def prime(self) -> Term:
        """f'(x), or D(f(z)[i], z[j])."""
        if self.derivation.record.takes_vector:
            return self.derivative
        return call(self.name, self.variable, order=1)

    @cached_property
    def output_derivative(self) -> Term:
        """y', or D(y[i], z[j])."""
        return self._of_output(self.derivative) if self.derivation.record.takes_vector else sym("dy")

    def second(self, form: Form) -> tuple[Term, Term]:
        """What a form of the second derivative says: f''(x) and y'', or the derivatives of components."""
        record = self.derivation.record
        if not record.takes_vector:
            return call(self.name, self.variable, order=2), sym("ddy")
        known = self.derivative.symbols() | {record.size, self.output.name, self.name}
        known |= {name for name, _ in record.parameters}
        last = min(form.term.free_symbols() - known, default="l")
        left = diff(self.derivative, index(self.variable, sym(last)))
        return left, self._of_output(left)

    def _of_output(self, term: Term) -> Term:
        return term.rebuild(lambda node: self.output if node == self.whole else None)

    @cached_property
    def output(self) -> Term:
        """The letter of the output: y, unless the definition uses that name for something else."""
        definition = self.derivation.definition
        unfolded = self.catalog.unfold(definition)
        return output_letter(definition.symbols() | unfolded.symbols() | {self.derivation.variable})

    def vector_verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts of the statements about vectors."""
        facts = self.derivation.vector or self.derivation.total
        return () if facts is None else tuple(one.verdict for one in facts.statements())

    @cached_property
    def computing(self) -> Computing | None:
        """How to compute the derivative of a scalar function; found when it is first asked for."""
        from symderiv.verify.computing import computing

        record = self.derivation.record
        if record.is_vector:
            return None
        given = {} if self.numeric is None else dict(self.numeric.given)
        return computing(self.derivation, self.catalog.with_record(record), given)

    @cached_property
    def documents(self) -> dict[tuple[str, tuple[Path, ...], bool], Document]:
        """The pages that were composed: by language, templates, and with pictures or without."""
        return {}

    def equal(self, left: Term, right: Term) -> bool:
        """Are the two proved equal?"""
        return self._prover.prove(left, right).status == "proved"

    def differ(self, left: Term, right: Term) -> bool:
        """Are the two proved to be different?"""
        return self._prover.prove(left, right).status == "refuted"

    @cached_property
    def _prover(self) -> Prover:
        known = self.catalog.with_record(self.derivation.record)
        return Prover(known, read_assumptions(dict(self.derivation.parameters)))

    def functions(self) -> dict[str, str]:
        """LaTeX letters by function name, for the LaTeX writer."""
        own = {self.name: self.derivation.symbol} if self.derivation.symbol else {}
        return self.catalog.latex() | dict(self.letters) | own

    def steps(self) -> tuple[Step, ...]:
        """Every step of every route, the small ones within larger ones included."""
        return tuple(
            inner for route in self.derivation.routes for step in route.steps for inner in step.walk()
        )
