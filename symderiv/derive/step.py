"""The values of a derivation: steps, routes, bridges, forms.

One `Step` class whose rule is data. `before` and `after` are whole expressions with inert `D(...)`
nodes, so that a list of steps reads straight down as an `align`; `children` are the smaller steps
that a line sums up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, overload

from symderiv.notation.shown import Shown
from symderiv.notation.term import Term

if TYPE_CHECKING:
    from symderiv.catalog import Record
    from symderiv.derive.kinks import Kink
    from symderiv.derive.totals_facts import TotalFacts
    from symderiv.derive.vector import VectorFacts
    from symderiv.prove import Verdict

Path = tuple[int, ...]
FormKind = Literal["display", "output", "input", "implicit"]


@dataclass(frozen=True, slots=True)
class Step(Shown):
    """before = after, by the `rule` at `path`, with its `bindings` (u, v, n ...)."""

    rule: str
    before: Term
    after: Term
    path: Path
    bindings: tuple[tuple[str, Term], ...]
    children: tuple[Step, ...]
    verdict: Verdict

    def walk(self) -> Iterator[Step]:
        """This step and every step below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Route:
    """One way from D(f(x), x) to the closed form; `note` names what a reader must know first."""

    id: str
    start: Term
    steps: tuple[Step, ...]
    note: str = ""

    @property
    def result(self) -> Term:
        """The last line: what the derivation answers."""
        return self.steps[-1].after if self.steps else self.start


@dataclass(frozen=True, slots=True)
class Bridge:
    """The end forms of two routes, and the verdict on their equality."""

    routes: tuple[str, str]
    left: Term
    right: Term
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Form:
    """dy = term (or, for `implicit`, an equation in y and dy), proved for the function at hand.

    `uses` lists what the form needs: `y`, the variable, heads; `named` holds abbreviations that the
    term uses (letter, meaning).
    """

    kind: FormKind
    term: Term
    uses: tuple[str, ...]
    named: tuple[tuple[str, Term], ...]
    verdict: Verdict
    note: str = ""

    @property
    def spelled_out(self) -> Term:
        """The term with its abbreviations written out: it stands without `named`."""
        term = self.term
        for short, meaning in reversed(self.named):
            term = term.substitute({short: meaning})
        return term


class LaterForms(Sequence[Form]):
    """Forms that are found when they are first looked at."""

    def __init__(self, find: Callable[[], tuple[Form, ...]]) -> None:
        self._find = find
        self._found: tuple[Form, ...] | None = None

    def _forms(self) -> tuple[Form, ...]:
        if self._found is None:
            self._found = self._find()
        return self._found

    @overload
    def __getitem__(self, place: int) -> Form: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Form]: ...
    def __getitem__(self, place: int | slice) -> Form | Sequence[Form]:
        return self._forms()[place]

    def __len__(self) -> int:
        return len(self._forms())


@dataclass(frozen=True, slots=True)
class Derivation(Shown):
    """Everything that is derived and proved about one function and one variable.

    `second` holds the forms of the second derivative; a page needs them, a single result does not, so
    they are found when they are first looked at.
    """

    name: str
    title: str
    symbol: str
    variable: str
    parameters: tuple[tuple[str, str], ...]
    record: Record
    definition: Term
    equivalents: tuple[tuple[Term, Verdict], ...]
    routes: tuple[Route, ...]
    bridges: tuple[Bridge, ...]
    forms: tuple[Form, ...]
    second: Sequence[Form]
    kinks: tuple[Kink, ...]
    vector: VectorFacts | None = None
    total: TotalFacts | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the main route."""
        return self.routes[0].steps

    @property
    def result(self) -> Term:
        """The answer: the last line of the main route."""
        return self.routes[0].result

    def form(self, kind: FormKind) -> Form | None:
        """The form of that kind, if there is one."""
        return next((form for form in self.forms if form.kind == kind), None)

    def verdicts(self) -> list[Verdict]:
        """The verdicts of every line, form, bridge and equivalent definition."""
        found = [step.verdict for route in self.routes for line in route.steps for step in line.walk()]
        found += [form.verdict for form in (*self.forms, *self.second)]
        found += [bridge.verdict for bridge in self.bridges]
        return found + [verdict for _, verdict in self.equivalents]

    def kernel(self, precision: str = "exact") -> Any:
        """The live NumPy functions, as `symderiv.api.kernel` makes them (a layer above this one)."""
        return import_module("symderiv.api").kernel(self, precision)
