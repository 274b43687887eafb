"""`Judge`: one claim, left = right, against everything the document has said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Literal

from flint import arb

from symderiv.check import arrays
from symderiv.check.definitions import UnknownDependencyError
from symderiv.check.knowledge import Knowledge
from symderiv.check.literals import is_number, literal
from symderiv.check.numbers import Quantity, agrees, agrees_about, number, parts, shown, stands_for
from symderiv.errors import LimitError, SymderivError
from symderiv.field.resolve import Resolver
from symderiv.notation.term import ZERO, Term, call, case, piecewise, relation
from symderiv.notation.write.plain import write_plain
from symderiv.prove import Prover, Verdict
from symderiv.prove.balls import value as ball_value
from symderiv.prove.claim import Claim
from symderiv.prove.indexed import entries, instances
from symderiv.prove.points import points

if TYPE_CHECKING:
    from symderiv.catalog import Catalog
    from symderiv.meaning.assumptions import Assumption

CLAIM_SECONDS = 3.5
"""Wall time of one proof within a document."""
_SIZES_LOOKED_AT = 12
Status = Literal["proved", "refuted", "rounded", "undecided"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known about a claim. `left` and `right` are as expanded: what the diagnoses look at."""

    status: Status
    how: str
    left: Term
    right: Term
    witness: tuple[tuple[str, Fraction], ...] | None = None
    values: tuple[str, str] | None = None
    value: arb | None = None
    conditions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Judge:
    """Proves and refutes under the definitions and values that `knowledge` holds."""

    catalog: Catalog
    knowledge: Knowledge
    seconds: float = CLAIM_SECONDS
    _provers: dict[tuple[tuple[str, str], ...], Prover] = field(default_factory=dict)

    def prover(self, assumptions: Mapping[str, Assumption] | None = None) -> Prover:
        """A prover under assumptions; its normal forms are kept."""
        key = tuple(sorted((assumptions or {}).items()))
        if key not in self._provers:
            self._provers[key] = Prover(self.catalog, dict(assumptions or {}), self.seconds, simplify=False)
        return self._provers[key]

    def judge(
        self, left: Term, right: Term, conditions: Sequence[Term] = (), *, about: bool = False
    ) -> Finding:
        """The verdict on left = right as written in the document; `about`: the sign between them is ≈."""
        try:
            a, b = self.knowledge.expand(left), self.knowledge.expand(right)
        except UnknownDependencyError as error:
            return self._unexpanded(left, right, error)
        except LimitError as error:
            return Finding("undecided", "limit", left, right, notes=(error.message,))
        except SymderivError as error:
            return Finding("undecided", "outside-class", left, right, notes=(error.message,))
        if is_number(a) and is_number(b):
            return self._numeric(left, a, right, b, about=about)
        found = self._symbolic(a, b, conditions)
        if found.status == "proved" or conditions or not self._has_values(a, b):
            return found
        places = [] if _inexact(b) else [name for name in _places(left) if name in self.knowledge.givens]
        if any(map(self.knowledge.is_of_old, places)) or (a.free_symbols() and b.free_symbols()):
            return found
        at_values = self._numeric(left, a, right, b, about=about)
        if at_values.status != "proved" or not places:
            return at_values
        given = tuple(f"{name} = {write_plain(self.knowledge.givens[name])}" for name in places)
        return replace(at_values, conditions=(*at_values.conditions, *given))

    def _has_values(self, a: Term, b: Term) -> bool:
        """Whether the given values make numbers of both sides, or one side is a number already."""
        x, y = self.plain(self.knowledge.with_values(a)), self.plain(self.knowledge.with_values(b))
        if is_number(x) and is_number(y):
            return True
        return is_number(y) and (_inexact(y) or bool(self.knowledge.givens))

    def plain(self, term: Term) -> Term:
        """Catalogue functions and derivatives replaced by what they stand for."""
        try:
            return Resolver(self.catalog.unfold).resolve(term)
        except SymderivError:
            return term

    def _unexpanded(self, left: Term, right: Term, error: SymderivError) -> Finding:
        """Where a dependency is not known, only what holds for every dependency can be proved."""
        undecided = Finding("undecided", "unknown-dependency", left, right, notes=(error.message,))
        variables = {node.args[1] for side in (left, right) for node in side.walk() if node.kind == "diff"}
        if len(variables) != 1 or next(iter(variables)).kind != "symbol":
            return undecided
        variable = next(iter(variables))
        letters = (
            (left.free_symbols() | right.free_symbols()) - {variable.name} - self.knowledge.value_names()
        )
        free = sorted(name for name in letters if not self.knowledge.defines(name))
        values = {name: call(name, variable) for name in free}  # letters as functions of the variable
        try:
            a = self.knowledge.expand(left.substitute(values))
            b = self.knowledge.expand(right.substitute(values))
        except SymderivError:
            return undecided
        verdict = self.prover().prove(a, b)
        if verdict.status != "proved":
            return undecided
        return replace(self.finding(verdict, a, b), notes=(f"whatever {', '.join(free)} may be",))

    # Formulas

    def _of_arrays(self, a: Term, b: Term) -> Finding:
        """A claim about vectors and matrices: proved for all shapes, refuted for one entry, or open."""
        if arrays.same(a, b):
            return Finding("proved", "arrays", a, b)
        written_out = arrays.entries(a, b)
        if written_out is not None:
            verdict = self.prover().prove(*written_out)
            if verdict.status != "undecided":
                return self.finding(verdict, *written_out)
        x, y = arrays.of_one_entry(a), arrays.of_one_entry(b)
        if x is not None and y is not None and any(node.kind == "diff" for node in a.walk()):
            verdict = self.prover().prove(x, y)
            if verdict.status == "refuted":
                return replace(self.finding(verdict, x, y), notes=("wrong for vectors of one entry already",))
        return Finding("undecided", "arrays", a, b, notes=("the shapes of the vectors are not known",))

    def _symbolic(self, a: Term, b: Term, conditions: Sequence[Term]) -> Finding:
        if any(arrays.speaks_of_arrays(side, self.knowledge.arrays) for side in (a, b)):
            return self._of_arrays(a, b)
        a, b = arrays.of_one_size(a, b, self.catalog)
        cases = _index_cases(b)
        if cases and not conditions:
            return self._case_by_case(a, b, cases)
        assumptions, rest = self._assumed(conditions)
        if rest and all(_compares_letters(condition) for condition in rest):
            return self._of_indices(a, b, rest)
        if rest:
            whole = rest[0] if len(rest) == 1 else Term("and", tuple(rest))
            verdict = self.prover(assumptions).prove(piecewise(case(a, whole)), piecewise(case(b, whole)))
        else:
            verdict = self.prover(assumptions).prove(a, b)
        if verdict.status != "proved":
            verdict = self._with_constants(a, b) or verdict
        if verdict.status != "proved":
            with_values = self._with_values(a, b)
            if with_values is not None:
                return with_values
        return self.finding(verdict, a, b)

    def _case_by_case(self, a: Term, b: Term, cases: list[tuple[Term, Term]]) -> Finding:
        """A right side in cases of the indices: each case by itself."""
        found = [self._of_indices(a, value, [condition]) for value, condition in cases]
        for status in ("refuted", "undecided"):
            worst = next((finding for finding in found if finding.status == status), None)
            if worst is not None:
                return replace(worst, left=a, right=b)
        conditions = tuple(dict.fromkeys(text for finding in found for text in finding.conditions))
        return Finding("proved", "cells", a, b, conditions=conditions)

    def _of_indices(self, a: Term, b: Term, conditions: Sequence[Term]) -> Finding:
        """A case of the indices: i = j puts one for the other, i != j makes their delta 0."""
        for condition in conditions:
            i, j = condition.args
            if condition.name in {"=", "=="}:
                a, b = a.substitute({j.name: i}), b.substitute({j.name: i})
            elif condition.name == "!=":
                apart = {call("delta", i, j): ZERO, call("delta", j, i): ZERO}
                a, b = (self.plain(side).rebuild(apart.get) for side in (a, b))
            else:
                return Finding("undecided", "condition", a, b)
        verdict = self.prover().prove(a, b)
        if verdict.status == "refuted":
            point = dict(verdict.witness or ())
            pairs = [condition.args for condition in conditions if condition.name == "!="]
            if any(point.get(i.name) == point.get(j.name) for i, j in pairs):
                return self._refuted_apart(a, b, pairs)
        return self.finding(verdict, a, b)

    def _refuted_apart(self, a: Term, b: Term, pairs: list[tuple[Term, ...]]) -> Finding:
        """Refuted where the indices of every pair differ, or undecided."""
        claim = Claim.of(a, b, self.catalog.unfold)
        for sizes, concrete in islice(instances(claim), _SIZES_LOOKED_AT):
            if any(sizes.get(i.name) == sizes.get(j.name) for i, j in pairs):
                continue
            for point in islice(points(entries(concrete), {}), 3):
                whole = {**{name: Fraction(value) for name, value in sizes.items()}, **point}
                x, y = (ball_value(side, whole, digits=12) for side in (claim.left, claim.right))
                if x is not None and y is not None and not x.overlaps(y):
                    values = (shown(x), shown(y))
                    return Finding("refuted", "balls", a, b, tuple(sorted(whole.items())), values)
        return Finding("undecided", "condition", a, b)

    def _with_constants(self, a: Term, b: Term) -> Verdict | None:
        """The claim with the constants of a catalogue function put in, where letters bear their names."""
        records = [self.catalog.find(name) for name in sorted(a.functions() | b.functions())]
        constants = {name: value for r in records if r is not None for name, value in r.constants}
        free = (a.free_symbols() | b.free_symbols()) & constants.keys()
        if not free:
            return None
        verdict = self.prover().prove(a.substitute(constants), b.substitute(constants))
        return verdict if verdict.status == "proved" else None

    def finding(self, verdict: Verdict, a: Term, b: Term) -> Finding:
        """A prover's verdict as a finding, with both values where it refutes."""
        values = None
        if verdict.status == "refuted" and verdict.witness is not None:
            values = self._values(a, b, dict(verdict.witness))
        note = (verdict.note,) if verdict.note and verdict.status == "undecided" else ()
        return Finding(
            verdict.status, verdict.how, a, b, verdict.witness, values, None, verdict.conditions, note
        )

    def _values(self, a: Term, b: Term, point: dict[str, Fraction]) -> tuple[str, str] | None:
        found = []
        for side in (a, b):
            try:
                ball = ball_value(self.plain(side), point, digits=12)
            except SymderivError:
                return None
            if ball is None:
                return None
            found.append(shown(ball))
        return found[0], found[1]

    @staticmethod
    def _assumed(conditions: Sequence[Term]) -> tuple[dict[str, Assumption], list[Term]]:
        """Conditions as assumptions on letters, and those that are none."""
        words: dict[str, Assumption] = {
            ">": "positive",
            "<": "negative",
            ">=": "nonnegative",
            "!=": "nonzero",
        }
        assumptions: dict[str, Assumption] = {}
        rest = []
        for condition in conditions:
            name, args = condition.name, condition.args
            simple = condition.kind == "relation" and args[0].kind == "symbol" and literal(args[1]) == 0
            if simple and name in words and args[0].name not in assumptions:
                assumptions[args[0].name] = words[name]
            else:
                rest.append(condition)
        return assumptions, rest

    def _with_values(self, a: Term, b: Term) -> Finding | None:
        """The claim for the given values, where letters have some."""
        replaced = (a.free_symbols() ^ b.free_symbols()) & self.knowledge.value_names()
        x, y = self.knowledge.with_values(a, replaced), self.knowledge.with_values(b, replaced)
        if x == a and y == b:
            return None  # a letter on both sides stands for every value
        if is_number(x) and is_number(y):
            return None
        verdict = self.prover().prove(x, y)
        if verdict.status != "proved":
            return None
        found = self.finding(verdict, x, y)
        return replace(found, notes=("holds for the given values",))

    # Numbers

    def _numeric(self, left: Term, a: Term, right: Term, b: Term, *, about: bool) -> Finding:
        x, y = self.knowledge.with_values(a), self.knowledge.with_values(b)
        true, printed = self._number(x), self._number(y)
        if true is None or printed is None:
            return self._without_value(x, y)
        values = (shown(true, 8), shown(printed, 8))
        verdict = self.prover().prove(x, y)
        if verdict.status == "proved":
            how = "exact" if verdict.how == "structural" else verdict.how
            return Finding("proved", how, x, y, value=true)
        if literal(right) is not None:
            if (_inexact(right) and agrees(true, right)) or (about and agrees_about(true, right)):
                return Finding("rounded", "printed-digits", x, y, values=values, value=true)
            if any(literal(right) in quantity.printed for quantity in self._own(left)):
                return Finding("rounded", "stated-value", x, y, values=values, value=true)
        if stands_for(true, self.plain(self.knowledge.with_values(b)), self.quantities(x)):
            return Finding("rounded", "printed-digits", x, y, values=values, value=true)
        if verdict.status == "undecided":
            return Finding("undecided", verdict.how, x, y, value=true)
        return Finding("refuted", "balls", x, y, (), values, true)

    def _number(self, term: Term) -> arb | None:
        return number(self.plain(term))

    def _without_value(self, x: Term, y: Term) -> Finding:
        """One side has letters without values: an identity is proved, all else is open."""
        verdict = self.prover().prove(x, y)
        if verdict.status == "proved":
            return self.finding(verdict, x, y)
        free = sorted(x.free_symbols() | y.free_symbols())
        if not free or not is_number(y) or _inexact(y):
            note = f"no value is known for {', '.join(free)}" if free else "a side has no value"
            return Finding("undecided", "no-value", x, y, notes=(note,))
        return self.finding(verdict, x, y)

    def quantities(self, left: Term) -> Iterator[Quantity]:
        """Everything that a printed number may stand for at this place."""
        yield from parts(self.plain(left))
        for node in left.walk():
            if node.kind == "call" and node.order:
                yield from parts(self.plain(call(node.name, *node.args)))
        for key, printed in self.knowledge.stated.items():
            found = self._quantity(key, printed)
            if found is not None:
                yield found
        for name in self.knowledge.definitions:
            found = self._quantity(Term("symbol", name=name), [])
            if found is not None:
                yield found

    def _own(self, left: Term) -> Iterator[Quantity]:
        printed = self.knowledge.stated.get(left)
        found = self._quantity(left, printed) if printed else None
        if found is not None:
            yield found

    def _quantity(self, key: Term, printed: Sequence[Term]) -> Quantity | None:
        try:
            term = self.knowledge.with_values(self.knowledge.expand(key))
        except SymderivError:
            return None
        found = self._number(term)
        if found is None:
            return None
        return Quantity(found, tuple(v for v in map(literal, printed) if v is not None))


def _index_cases(term: Term) -> list[tuple[Term, Term]]:
    """Cases i = j and i != j (or otherwise), as values with conditions; else nothing."""
    if term.kind != "piecewise" or len(term.args) != 2:
        return []
    (first, same), (second, other) = (part.args for part in term.args)
    if not _compares_letters(same) or same.name not in {"==", "!="}:
        return []
    opposite = relation("!=" if same.name == "==" else "==", *same.args)
    if other.kind != "true" and (other.name != opposite.name or set(other.args) != set(same.args)):
        return []
    return [(first, same), (second, opposite)]


def _places(left: Term) -> list[str]:
    """The letters at which the derivative of a formula, or f', is taken.

    With a value from another section such a letter is general; with one of its own section it may be both.
    """
    found: dict[str, None] = {}
    for node in left.walk():
        if node.kind == "diff" and node.args[0].kind != "symbol":
            found[node.args[1].name] = None
        elif node.kind == "call" and node.order and len(node.args) == 1:
            found[node.args[0].name] = None
    return [name for name in found if name]


def _compares_letters(condition: Term) -> bool:
    return condition.kind in {"relation", "equation"} and all(arg.kind == "symbol" for arg in condition.args)


def _inexact(term: Term) -> bool:
    """Whether a decimal stands in the term: a whole number or a fraction is meant exactly."""
    return any(node.kind == "number" and "." in node.name for node in term.walk())
