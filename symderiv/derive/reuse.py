"""f' with f(x) reused where the rules of calculus leave the definition standing.

The chain rule on sigmoid(sigmoid(x)) leaves the function itself in its derivative: y(1 - y) times the inner
slope. Where elimination finds nothing shorter that uses y, this is the form for people.
"""

from __future__ import annotations

from symderiv.catalog import Catalog
from symderiv.derive.collect import collect
from symderiv.derive.engine import Lemma, expand
from symderiv.derive.lemmas import letter_of
from symderiv.derive.polynomial import size
from symderiv.derive.step import Form
from symderiv.errors import SymderivError
from symderiv.notation.term import Term, diff, sym
from symderiv.prove import Prover


def reusing(
    found: tuple[Form, ...], definition: Term, variable: str, prover: Prover, catalog: Catalog, lemma: Lemma
) -> tuple[Form, ...]:
    """The forms, the display form replaced by one that reuses y if it is no longer; proved, too."""
    letter = letter_of(definition, variable, catalog)
    display = next((form for form in found if form.kind == "display"), None)
    if display is not None and letter.name in display.uses:
        return found
    form = _form(definition, variable, letter, prover, catalog, lemma)
    if form is None or (display is not None and size(form.term) > size(display.spelled_out)):
        return found
    return (form, *(other for other in found if other is not display))


def _form(
    definition: Term, variable: str, letter: Term, prover: Prover, catalog: Catalog, lemma: Lemma
) -> Form | None:
    if definition.kind == "symbol":
        return None
    claim = diff(definition, sym(variable))
    try:
        moves = expand(claim, lemma)
    except SymderivError:
        return None
    raw = collect(moves[-1].after)
    term = raw.rebuild(lambda node: letter if node == definition else None)
    if term == raw:
        return None
    verdict = prover.prove(claim, term.substitute({letter.name: definition}))
    if verdict.status != "proved":
        return None
    uses = [letter.name, *([variable] if variable in term.free_symbols() else [])]
    uses += sorted(name for name in term.functions() if name in catalog.callables())
    return Form("display", term, tuple(uses), (), verdict)
