"""What has been derived for a catalogue function serves as a lemma in other derivations."""

from __future__ import annotations

from symderiv.catalog import Catalog, Record
from symderiv.derive.collect import collect
from symderiv.derive.engine import expand
from symderiv.derive.forms import forms
from symderiv.derive.forms_letters import output_letter
from symderiv.derive.step import Form
from symderiv.errors import CatalogError
from symderiv.meaning import read_assumptions
from symderiv.notation.term import Term, call, diff, sym
from symderiv.prove import Prover


class Lemmas:
    """name -> (variable, derivative), found and proved once per catalogue.

    The derivative is the closed form with f(x) written for y, or the plain derivative where no closed
    form is proved.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._found: dict[str, tuple[str, Term]] = {}
        self._open: set[str] = set()

    def __call__(self, name: str) -> tuple[str, Term] | None:
        """The lemma of a scalar catalogue function; None for any other name."""
        record = self._catalog.find(name)
        if record is None or record.takes_vector:
            return None
        if record.name not in self._found:
            if record.name in self._open:
                raise CatalogError(f"the definition of {record.name} refers to itself")
            self._open.add(record.name)
            try:
                self._found[record.name] = (record.variable, self._derive(record))
            finally:
                self._open.discard(record.name)
        return self._found[record.name]

    def _derive(self, record: Record) -> Term:
        prover = Prover(self._catalog, read_assumptions(dict(record.parameters)))
        function, variable = call(record.name, sym(record.variable)), sym(record.variable)
        for form in forms(record.concrete, record.variable, prover, self._catalog):
            if form.kind in ("display", "output") and form.verdict.status == "proved":
                return closed(form, function, letter_of(record.concrete, record.variable, self._catalog))
        return collect(expand(diff(record.concrete, variable), self)[-1].after)


def letter_of(definition: Term, variable: str, catalog: Catalog) -> Term:
    """The letter that stands for f(x) in the forms of that definition: y, if nothing else is called y."""
    return output_letter(definition.symbols() | catalog.unfold(definition).symbols() | {variable})


def closed(form: Form, function: Term, letter: Term) -> Term:
    """The form with its abbreviations spelled out and f(x) written for its letter y."""
    return form.spelled_out.substitute({letter.name: function})
