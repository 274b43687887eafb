"""`forms`: y' = g(y), y' in y and named heads, y' in x alone, or the implicit equation; each proved.

Candidates come from elimination (`field.eliminate`), cheapest first; each is put to the prover with y replaced by
the definition, and only what is proved is handed out as a form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from symderiv.catalog import Catalog
from symderiv.derive.forms_implicit import branches, irreducible
from symderiv.derive.forms_input import input_candidates
from symderiv.derive.forms_kinks import Pieces, pieces_of
from symderiv.derive.forms_letters import output_letter
from symderiv.derive.forms_search import Candidate
from symderiv.derive.forms_smooth import Smooth
from symderiv.derive.step import Form, FormKind
from symderiv.errors import SymderivError
from symderiv.meaning import to_sympy, to_term
from symderiv.meaning.calculus import differentiate
from symderiv.notation.term import Term, diff, sym
from symderiv.prove import Prover, Verdict

_TRIES = 4


@dataclass(frozen=True, slots=True)
class _Draft:
    """A right side (or an equation) that waits for its proof."""

    kind: FormKind
    term: Term
    named: tuple[tuple[str, Term], ...] = ()
    note: str = ""


def forms(definition: Term, variable: str, prover: Prover, catalog: Catalog, *, order: int = 1) -> tuple[Form, ...]:
    """The proved forms of the `order`-th derivative of y = definition, at most one of each kind.

    In a form the output is `y` and its derivative `dy`; `named` lists the abbreviations that it uses. A kind without a
    proved form is left out.
    """
    return _Finder(definition, variable, prover, catalog, order).all()


class _Finder:
    def __init__(self, definition: Term, variable: str, prover: Prover, catalog: Catalog, order: int) -> None:
        self.definition = definition
        self.variable = variable
        self.prover = prover
        self.catalog = catalog
        self.order = order
        self.plain = catalog.unfold(definition)
        self.output = output_letter(definition.symbols() | self.plain.symbols() | {variable})
        self.derivative = diff(definition, sym(variable), order)

    def all(self) -> tuple[Form, ...]:
        pieces = pieces_of(self.plain, self.variable, self.prover)
        try:
            drafts = self._pieces(pieces) if pieces is not None else self._smooth(self._engine())
        except SymderivError:
            drafts = []
        found: list[Form] = []
        for kind in ("display", "output", "implicit", "input"):
            if kind == "implicit" and any(form.kind == "output" and not form.note for form in found):
                continue
            made = self._first_proved(d for d in drafts if d.kind == kind)
            if made is None and kind in ("display", "input"):
                made = self._first_proved(self._plain_derivative(kind))
            if made is not None:
                found.append(made)
        return tuple(found)

    def _engine(self) -> Smooth:
        return Smooth(self.definition, self.plain, self.variable, self.output, self.catalog, order=self.order)

    def _smooth(self, engine: Smooth) -> list[_Draft]:
        found = engine.output_candidates()
        drafts = [_Draft("output", c.term) for c in found if c.degree == 1]
        if not drafts:
            for candidate in engine.implicit_candidates():
                drafts.append(_Draft("implicit", candidate.term, note=irreducible(candidate, self.output)))
                drafts += [_Draft("output", term, note=note) for term, note in branches(candidate, self.output)]
        drafts += [self._named("display", c, engine) for c in engine.display_candidates(found)]
        drafts += [_Draft("input", term) for term in input_candidates(engine)]
        return drafts

    def _pieces(self, pieces: Pieces) -> list[_Draft]:
        drafts: list[_Draft] = []
        for kind, term in pieces.candidates(self.definition, self.output, self.catalog, self.order):
            drafts.append(_Draft(kind, term))
        return drafts

    def _named(self, kind: FormKind, candidate: Candidate, engine: Smooth) -> _Draft:
        """A name that is used once is written out."""
        term = candidate.term
        kept: list[tuple[str, Term]] = []
        for letter in candidate.letters:
            if letter.shown in engine.named:
                count = sum(node == letter.shown for node in term.walk())
                if count > 1:
                    kept.append((letter.shown.name, letter.meaning))
                else:
                    term = term.substitute({letter.shown.name: letter.meaning})
        return _Draft(kind, term, tuple(kept))

    def _plain_derivative(self, kind: FormKind) -> Iterable[_Draft]:
        try:
            found = differentiate(to_sympy(self.plain), to_sympy(sym(self.variable)), self.order)
            yield _Draft(kind, to_term(found))
        except (SymderivError, TypeError, ValueError, NotImplementedError):
            return

    def _first_proved(self, drafts: Iterable[_Draft]) -> Form | None:
        seen: list[Term] = []
        for draft in drafts:
            if draft.term in seen:
                continue
            seen.append(draft.term)
            verdict = self._verdict(draft)
            if verdict.status == "proved":
                return self._form(draft, verdict)
            if len(seen) >= _TRIES:
                break
        return None

    def _verdict(self, draft: _Draft) -> Verdict:
        opened = draft.term.substitute(dict(draft.named)).substitute({self.output.name: self.plain})
        opened = self.catalog.unfold(opened.substitute({"dy": self.derivative}))
        if opened.kind == "equation":
            return self.prover.prove(*opened.args)
        return self.prover.prove(self.catalog.unfold(self.derivative), opened)

    def _form(self, draft: _Draft, verdict: Verdict) -> Form:
        names = {name for name, _ in draft.named}
        written = draft.term.substitute(dict(draft.named))
        free = draft.term.free_symbols()
        uses = [n for n in (self.output.name,) if n in free]
        uses += [self.variable] if self.variable in written.free_symbols() else []
        uses += sorted(n for n in written.functions() if n in self.catalog.callables())
        _ = names
        return Form(draft.kind, draft.term, tuple(uses), draft.named, verdict, draft.note)


def solve_generator(definition: Term, variable: str) -> tuple[Term, Term] | None:
    """(generator, its value in y): for the logistic function (exp(-x), (1 - y)/y); None where y does not
    determine an exponential of the definition rationally.

    The value is a proposal, to be proved by who uses it.
    """
    from symderiv.derive.forms_generator import solved

    return solved(definition, variable)


def without_note(form: Form) -> Form:
    """The form alone."""
    return replace(form, note="")


def kinds(found: Sequence[Form]) -> tuple[str, ...]:
    """The kinds, in order."""
    return tuple(form.kind for form in found)
