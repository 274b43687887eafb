"""`Desk`: a document on the desk: its statements, what has been learnt, and its formulas as read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from symderiv.check.claims import Judge
from symderiv.check.context import Surroundings
from symderiv.check.document import Document
from symderiv.check.knowledge import Knowledge
from symderiv.check.ranges import Ranges
from symderiv.check.scopes import wider, with_exponentials, without_narrow
from symderiv.check.sides import Side, Statement
from symderiv.check.statements import statements
from symderiv.check.table import known_functions, sum_ranges, symbol_table, with_words
from symderiv.errors import ReadError, SymderivError
from symderiv.notation.read.latex import Context, read_latex
from symderiv.notation.term import Term, num, relation

if TYPE_CHECKING:
    from symderiv.catalog import Catalog


_OPERATOR = re.compile(r"D_[a-z]|nabla.*")
_ROWS = re.compile(r"\\(?P<edge>begin|end)\b|\\\\|&|\\.")


class OutOfTimeError(RuntimeError):
    """The processor time of one step is used up."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A side as it was read, with its other readings; or the error instead."""

    term: Term
    others: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()
    error: SymderivError | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """left relation right, at one place of a statement; `spoken` is what the sentence around it says."""

    statement: Statement
    place: int
    left: Formula
    right: Formula
    conditions: tuple[Term, ...]
    spoken: tuple[Term, ...] = ()

    @property
    def relation(self) -> str:
        """The sign between the two sides."""
        return self.statement.relations[self.place]


@dataclass(slots=True)
class Desk:
    """What all steps of one document share. `limited`: the steps that ran into a limit before.

    `broken` is the last chain with a wrong step, and the line of the first one in it.
    """

    document: Document
    catalog: Catalog
    limited: frozenset[int] = frozenset()
    clock: Callable[[float], None] = lambda seconds: None
    knowledge: Knowledge = field(init=False)
    judge: Judge = field(init=False)
    context: Context = field(init=False)
    surroundings: Surroundings = field(init=False)
    found: list[Statement] = field(init=False)
    ranges: Ranges = field(init=False)
    order: dict[int, int] = field(init=False)
    broken: tuple[Statement, int] | None = None
    _letters: dict[int, dict[str, str]] = field(default_factory=dict)
    _memory: dict[Side, Formula] = field(default_factory=dict)
    _truths: dict[tuple[int, Term], tuple[Term, int, bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.document = replace(self.document, text=with_words(self.document.text, self.catalog))
        self.found = list(statements(self.document))
        self.order = {id(statement): place for place, statement in enumerate(self.found)}
        self.context = symbol_table(self.document, self.found, self.catalog)
        self.ranges = sum_ranges(self.document, self.found)
        self.surroundings = Surroundings(self.document, self.context)
        self.knowledge = Knowledge(self.catalog, arrays=self.context.arrays)
        self.judge = Judge(self.catalog, self.knowledge)
        if self.context.indexed:
            import symderiv.field.index  # noqa: F401  paid for once, before the clock of a line runs

    def block_of(self, statement: Statement, place: int) -> int:
        """The passage in which a step of a statement stands."""
        anchor = statement.anchors[place]
        return max(
            (b for b in statement.blocks if self.document.passages[b].start <= anchor),
            default=statement.block,
        )

    # Reading

    def read(self, side: Side) -> Formula:
        """The formula of a side."""
        if side not in self._memory:
            self._memory[side] = self._read(side)
        return self._memory[side]

    def _read(self, side: Side) -> Formula:
        text = _on_one_row(self.document.text[side.start : side.end])
        try:
            if not text.strip():
                raise ReadError("nothing stands on this side", span=(0, 1))
            reading = read_latex(text, replace(self.context, ranges=self.ranges.at(side.start)))
        except SymderivError as error:
            return Formula(num(0), error=error)
        if len(reading.sides) != 1:
            return Formula(num(0), error=SymderivError("a relation within a formula", span=(0, len(text))))
        operators = sorted(name for name in reading.sides[0].symbols() if _OPERATOR.fullmatch(name))
        if operators and operators[0] not in self.context.symbols:
            refusal = ReadError(
                f"{operators[0]} may be an operator", hint="write \\frac{d}{dx}", span=(0, len(text))
            )
            return Formula(num(0), error=refusal)
        others = tuple(sides[0] for sides in reading.alternatives if len(sides) == 1)
        wide = (wider(term, text) for term in (reading.sides[0], *others))
        others += tuple(term for term in wide if term is not None)
        meant = without_narrow((reading.sides[0], *others), text)
        notes = reading.notes
        if "e" in self.context.symbols:
            exponentials = tuple(map(with_exponentials, meant))
            if exponentials != meant:
                notes += ("convention: e with a letter in its exponent is Euler's number",)
            meant = exponentials
        return Formula(meant[0], meant[1:], notes)

    def conditions(self, statement: Statement) -> tuple[Term, ...]:
        """What is said to hold besides: `for x > 0`."""
        found = []
        for side in statement.conditions:
            text = self.document.text[side.start : side.end].replace("$", " ")
            try:
                term = read_latex(text, self.context).term
            except SymderivError:
                continue
            if term.kind in {"relation", "equation"}:
                found.append(relation("==", *term.args) if term.kind == "equation" else term)
        return tuple(found)

    def _enter(self, section: int) -> None:
        """In each section a letter is a function if it is used as one there."""
        if section in self._letters:
            letters = self._letters[section]
        else:
            inside = [p for p in self.document.passages if p.section == section]
            text = " ".join(self.document.text[p.start : p.end] for p in inside)
            letters = self._letters[section] = {
                letter: name
                for letter, name in known_functions(self.catalog).items()
                if letter in self.context.functions and _is_applied(letter, text)
            }
        self.knowledge.section, self.knowledge.function_letters = section, letters

    def point(self, step: Step) -> None:
        """Where the functions of this statement stand that are written without an argument."""
        points: dict[str, Term] = {}
        variables: list[Term] = []
        for side in step.statement.sides:
            formula = self.read(side)
            if formula.error is not None:
                continue
            for node in formula.term.walk():
                if node.kind == "call" and len(node.args) == 1:
                    points.setdefault(node.name, node.args[0])
                elif node.kind == "diff" and node.args[0].kind == "symbol":
                    variables.append(node.args[1])
        self._enter(step.statement.section)
        self.knowledge.points = points
        self.knowledge.variable = variables[0] if variables else None


def _is_applied(letter: str, text: str) -> bool:
    r"""Whether a document uses the letter as a function, \sigma(x) or \sigma': else it is a variable."""
    applied = rf"\\{letter}(?![A-Za-z])\s*(?:'|\^\s*\{{?\s*(?:\\prime|')|(?:\\left|\\[bB]igg?l?)?\s*\()"
    return f"\\{letter}" not in text or re.search(applied, text) is not None


def _on_one_row(text: str) -> str:
    """The text with blanks for the ends of rows and columns, except within an environment such as cases."""
    ink, depth = list(text), 0
    for match in _ROWS.finditer(text):
        if match["edge"]:
            depth += 1 if match["edge"] == "begin" else -1
        elif depth == 0 and match[0] in {"\\\\", "&"}:
            ink[match.start() : match.end()] = " " * len(match[0])
    return "".join(ink)
