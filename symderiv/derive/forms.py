"""`forms`: y' = g(y), y' in y and named heads, y' in x alone, or the implicit equation; each proved.

Candidates come from elimination (`field.eliminate`), cheapest first; each is put to the prover with y
replaced by the definition, and only what is proved is handed out as a form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from symderiv.catalog import Catalog
from symderiv.derive.forms_implicit import branches, irreducible
from symderiv.derive.forms_input import input_candidates
from symderiv.derive.forms_kinks import PieceForms, pieces_of
from symderiv.derive.forms_letters import output_letter
from symderiv.derive.forms_search import VANISHING, Candidate
from symderiv.derive.forms_smooth import Request, Smooth
from symderiv.derive.present import present
from symderiv.derive.present_powers import join_powers
from symderiv.derive.present_writer import cost
from symderiv.derive.step import Form, FormKind
from symderiv.errors import SymderivError, UnsupportedError
from symderiv.meaning import to_sympy, to_term
from symderiv.meaning.calculus import differentiate
from symderiv.notation.names import FUNCTIONS
from symderiv.notation.term import Term, diff, sym
from symderiv.prove import Prover, Verdict

_TRIES = 4
KINDS: tuple[FormKind, ...] = ("display", "output", "implicit", "input")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A right side (or an equation) that waits for its proof."""

    kind: FormKind
    term: Term
    named: tuple[tuple[str, Term], ...] = ()
    note: str = ""


def forms(
    definition: Term,
    variable: str,
    prover: Prover,
    catalog: Catalog,
    *,
    order: int = 1,
    kinds: Collection[FormKind] = KINDS,
) -> tuple[Form, ...]:
    """The proved forms of the `order`-th derivative of y = definition, at most one of each kind.

    In a form the output is `y` and its derivative `dy`; `named` lists the abbreviations that it uses. A kind
    without a proved form is left out; `kinds` asks for some of them only.
    """
    return _Finder(definition, variable, prover, catalog, order).all(kinds)


class _Finder:
    def __init__(self, definition: Term, variable: str, prover: Prover, catalog: Catalog, order: int) -> None:
        self.definition = definition = _opened(definition, catalog)
        self.variable = variable
        self.prover = prover
        self.catalog = catalog
        self.order = order
        self.plain = catalog.unfold(definition)
        self.output = output_letter(definition.symbols() | self.plain.symbols() | {variable})
        self.derivative = diff(definition, sym(variable), order)
        positive = frozenset(sym(n) for n, a in prover.assumptions.items() if a == "positive")
        self._request = Request(definition, variable, self.output, catalog, order, positive)

    def all(self, kinds: Collection[FormKind]) -> tuple[Form, ...]:
        """One proved form of each of these kinds that has one."""
        found: list[Form] = []
        for kind in (kind for kind in KINDS if kind in kinds):
            if kind == "implicit" and any(form.kind == "output" and not form.note for form in found):
                continue
            made = self._first_proved(self._guarded(kind))
            if made is None and kind in ("display", "input"):
                made = self._first_proved(self._plain_derivative(kind))
            if made is not None:
                found.append(made)
        return tuple(found)

    def _guarded(self, kind: FormKind) -> Iterator[_Draft]:
        """The drafts of a kind; none where the formula has no tower."""
        try:
            if self._pieces is not None:
                yield from (_Draft(kind, term) for term in self._pieces.terms(kind))
            else:
                yield from self._smooth(kind)
        except UnsupportedError:
            return

    @cached_property
    def _pieces(self) -> PieceForms | None:
        pieces = pieces_of(self.plain, self.variable, self.prover)
        return None if pieces is None else PieceForms(pieces, self._request)

    @cached_property
    def _engine(self) -> Smooth:
        return self._request.engine(self.definition, self.plain)

    @cached_property
    def _outputs(self) -> list[Candidate]:
        return self._engine.output_candidates()

    @cached_property
    def _implicit(self) -> list[Candidate]:
        linear = any(c.degree == 1 for c in self._outputs)
        return [] if linear else self._engine.implicit_candidates()

    def _smooth(self, kind: FormKind) -> Iterator[_Draft]:
        match kind:
            case "output":
                yield from (_Draft(kind, join_powers(c.term)) for c in self._outputs if c.degree == 1)
                yield from self._branches(kind)
            case "implicit":
                for candidate in self._implicit:
                    note = irreducible(candidate, self.output)
                    if note:
                        yield _Draft(kind, candidate.term, note=note)
            case "display":
                displayed = self._engine.display_candidates(self._outputs)
                rooted = list(self._branches(kind))
                if rooted and all(c.price > cost(rooted[0].term, self._engine.prices) for c in displayed):
                    yield from (_Draft(kind, draft.term) for draft in rooted)
                yield from self._defined_everywhere(kind, displayed)
                yield from (self._named(kind, c) for c in displayed)
            case "input":
                yield from (_Draft(kind, term) for term in input_candidates(self._engine))

    def _defined_everywhere(self, kind: FormKind, displayed: list[Candidate]) -> Iterator[_Draft]:
        """The input form, where y could only be reused by dividing by what can vanish, at a higher price."""
        if displayed and displayed[0].price >= VANISHING:
            for term in input_candidates(self._engine):
                if term.kind != "piecewise" and cost(term, self._engine.prices) < displayed[0].price:
                    yield _Draft(kind, term)

    def _branches(self, kind: FormKind) -> Iterator[_Draft]:
        for candidate in self._implicit:
            yield from (_Draft(kind, term, note=note) for term, note in branches(candidate))

    def _named(self, kind: FormKind, candidate: Candidate) -> _Draft:
        """A name that is used once is written out."""
        term = join_powers(candidate.term)
        kept: list[tuple[str, Term]] = []
        for letter in candidate.letters:
            if letter.shown in self._engine.named:
                count = sum(node == letter.shown for node in term.walk())
                if count > 1:
                    kept.append((letter.shown.name, letter.meaning))
                else:
                    term = term.substitute({letter.shown.name: letter.meaning})
                    term = present(term) if term.kind == "mul" else term
        return _Draft(kind, term, tuple(kept))

    def _plain_derivative(self, kind: FormKind) -> Iterable[_Draft]:
        try:
            found = differentiate(to_sympy(self.plain), to_sympy(sym(self.variable)), self.order)
            term = join_powers(present(to_term(found)))
            if not any(node.kind == "diff" for node in term.walk()):
                yield _Draft(kind, term)
        except (SymderivError, TypeError, ValueError, NotImplementedError):
            return

    def _first_proved(self, drafts: Iterable[_Draft]) -> Form | None:
        seen: list[Term] = []
        undecided = 0
        for draft in drafts:
            if draft.term in seen:
                continue
            seen.append(draft.term)
            verdict = self._verdict(draft)
            if verdict.status == "proved":
                return self._form(draft, verdict)
            undecided += verdict.status == "undecided"
            if len(seen) >= _TRIES or undecided > 1:
                break
        return None

    def _verdict(self, draft: _Draft) -> Verdict:
        opened = draft.term.substitute(dict(draft.named)).substitute({self.output.name: self.plain})
        opened = self.catalog.unfold(opened.substitute({"dy": self.derivative}))
        if opened.kind == "equation":
            return self.prover.prove(*opened.args)
        return self.prover.prove(self.catalog.unfold(self.derivative), opened)

    def _form(self, draft: _Draft, verdict: Verdict) -> Form:
        written = draft.term.substitute(dict(draft.named))
        free = draft.term.free_symbols()
        uses = [n for n in (self.output.name,) if n in free]
        uses += [self.variable] if self.variable in written.free_symbols() else []
        uses += sorted(n for n in written.functions() if n in self.catalog.callables())
        return Form(draft.kind, draft.term, tuple(uses), draft.named, verdict, draft.note)


def _opened(definition: Term, catalog: Catalog) -> Term:
    """The definition of f where all that is written is f(u)."""
    while definition.kind == "call" and definition.order == 0 and definition.name not in FUNCTIONS:
        record = catalog.find(definition.name)
        if record is None or record.is_vector:
            break
        definition = record.applied(definition.args[0])
    return definition


def solve_generator(definition: Term, variable: str) -> tuple[Term, Term] | None:
    """(generator, its value in y): for the logistic function (exp(-x), (1 - y)/y); None where y does not
    determine an exponential of the definition rationally.

    The value is a proposal, to be proved by who uses it.
    """
    from symderiv.derive.forms_generator import solved

    return solved(definition, variable)
