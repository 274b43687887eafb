"""`check_text`: the walk through a document, statement by statement, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, product
from typing import TYPE_CHECKING

from flint import arb

from symderiv import limits
from symderiv.check.claims import Finding, Judge
from symderiv.check.document import Document, read_document
from symderiv.check.knowledge import Definition, Knowledge, component, is_number, literal
from symderiv.check.numbers import agrees, near, number, shown
from symderiv.check.report import CheckReport, Diagnosis, Line, Verdict
from symderiv.check.slips import diagnose
from symderiv.check.slips.wrong import Wrong
from symderiv.check.statements import COMPARISONS, Side, Statement, statements
from symderiv.check.table import DEFINES, known_functions, symbol_table, with_words
from symderiv.errors import SymderivError
from symderiv.notation import names
from symderiv.notation.read.latex import Context, read_latex
from symderiv.notation.term import Term, index, num, relation, sym
from symderiv.notation.write.plain import write_plain

if TYPE_CHECKING:
    from symderiv.catalog import Catalog

_EQUAL = DEFINES | {"←"}
_SCOPES = 6
_INDEX_LETTERS = frozenset("ijklmnpq")
_PLACE = re.compile(
    r"\b(?:at|if|when|where|whenever|for|near|on|only|convention|case|exactly)\b", re.IGNORECASE
)
_LATER = frozenset({"given", "definition"})


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
    """left relation right, at one place of a statement."""

    statement: Statement
    place: int
    left: Formula
    right: Formula
    conditions: tuple[Term, ...]

    @property
    def relation(self) -> str:
        """The sign between the two sides."""
        return self.statement.relations[self.place]


@dataclass(slots=True)
class Checker:
    """One document. `limited` are the numbers of steps that have run into a limit before."""

    document: Document
    catalog: Catalog
    limited: frozenset[int] = frozenset()
    clock: Callable[[float], None] = lambda seconds: None
    knowledge: Knowledge = field(init=False)
    judge: Judge = field(init=False)
    context: Context = field(init=False)
    found: list[Statement] = field(init=False)
    _memory: dict[Side, Formula] = field(default_factory=dict)
    _truths: dict[tuple[int, Term], tuple[Term, int, bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.document = replace(self.document, text=with_words(self.document.text, self.catalog))
        self.found = list(statements(self.document))
        self.context = symbol_table(self.document, self.found, self.catalog)
        letters = {k: v for k, v in known_functions(self.catalog).items() if k in self.context.functions}
        self.knowledge = Knowledge(self.catalog, function_letters=letters)
        self.judge = Judge(self.catalog, self.knowledge)
        if self.context.indexed:
            import symderiv.field.index  # noqa: F401  paid for once, before the clock of a line runs

    def lines(self) -> Iterator[Line]:
        """A line for every step, in the order of the document."""
        return (line for _, line in self.numbered() if line is not None)

    def numbered(self) -> Iterator[tuple[int, Line | None]]:
        """The same with the number of each step; None where a step is no claim."""
        for start, end, message in self.document.refused:
            line, column = self.document.place(start)
            yield (
                -1,
                Line(line, column, self.document.text[start:end], "", "unread", "refused", notes=(message,)),
            )
        number = 0
        for statement in self.found:
            previous: Line | None = None
            for place in range(len(statement.relations)):
                if not statement.display and statement.relations[place] not in _EQUAL:
                    continue
                try:
                    self.clock(limits.STEP_SECONDS)
                    line = self._line(statement, place, previous, number in self.limited)
                except (RecursionError, MemoryError, OutOfTimeError):
                    self.clock(0.0)
                    self.judge = Judge(self.catalog, self.knowledge)  # what was interrupted is not kept
                    line = replace(self._blank(statement, place), how="limit", notes=("a limit was reached",))
                yield number, line
                number += 1
                previous = line if line is not None else previous

    # Reading

    def read(self, side: Side) -> Formula:
        """The formula of a side."""
        if side not in self._memory:
            self._memory[side] = self._read(side)
        return self._memory[side]

    def _read(self, side: Side) -> Formula:
        text = self.document.text[side.start : side.end]
        if "\\begin" not in text:
            text = text.replace("\\\\", "  ").replace("&", " ")
        try:
            if not text.strip():
                from symderiv.errors import ReadError

                raise ReadError("nothing stands on this side", span=(0, 1))
            reading = read_latex(text, self.context)
        except SymderivError as error:
            return Formula(num(0), error=error)
        if len(reading.sides) != 1:
            return Formula(num(0), error=SymderivError("a relation within a formula", span=(0, len(text))))
        others = tuple(sides[0] for sides in reading.alternatives if len(sides) == 1)
        wide = (wider(term, text) for term in (reading.sides[0], *others))
        others += tuple(term for term in wide if term is not None)
        return Formula(reading.sides[0], others, reading.notes)

    def _conditions(self, statement: Statement) -> tuple[Term, ...]:
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

    # One step

    def _line(self, statement: Statement, place: int, previous: Line | None, limited: bool) -> Line | None:
        left, right = self.read(statement.sides[place]), self.read(statement.sides[place + 1])
        blank = self._blank(statement, place)
        if statement.listed:
            note = "a list of values is no claim"
            return replace(blank, verdict="unread", how="list", notes=(note,)) if statement.display else None
        for side, formula in ((statement.sides[place], left), (statement.sides[place + 1], right)):
            if formula.error is not None:
                return self._unread(blank, statement, side, formula.error)
        step = Step(statement, place, left, right, self._conditions(statement))
        shown_as = f"{write_plain(left.term)} {step.relation} {write_plain(right.term)}"
        notes = tuple(dict.fromkeys((*left.notes, *right.notes)))
        line = replace(blank, read=shown_as, notes=notes)
        if limited:
            return replace(line, how="limit", notes=(*notes, "stopped: the limits of one line are used up"))
        if step.relation not in _EQUAL:
            kind = "inequality" if step.relation in COMPARISONS else "relation"
            return replace(line, how=kind, notes=(*notes, f"{step.relation} is not judged"))
        if step.relation == "←":
            return replace(line, verdict="definition", how="update")
        self._point(step)
        taken = self._introduced(step, line, previous)
        if taken is not None:
            return taken
        return self._judged(step, line)

    def _blank(self, statement: Statement, place: int) -> Line:
        start = statement.sides[0].start if place == 0 else statement.anchors[place]
        if place == 0 and statement.sides[0].start > statement.anchors[0]:
            start = statement.anchors[0]
        if (
            place == 0
            and "\n" in self.document.text[start : statement.anchors[0]]
            and statement.sides[0].end + 40 < statement.anchors[0]
        ):
            start = statement.anchors[0]
        end = statement.sides[place + 1].end
        line, column = self.document.place(start)
        latex = self.document.text[start:end]
        return Line(line, column, latex, statement.relations[place], "undecided", "", block=statement.block)

    def _unread(self, blank: Line, statement: Statement, side: Side, error: SymderivError) -> Line:
        span = error.span or (0, side.end - side.start)
        start = min(side.start + span[0], max(side.end - 1, side.start))
        line, column = self.document.place(start)
        width = max(1, min(span[1] - span[0], side.end - start))
        notes = (error.message, *((error.hint,) if error.hint else ()))
        return replace(
            blank, verdict="unread", how=error.code, notes=notes, caret=(column, width),
            line=line if blank.line != line else blank.line,
        )  # fmt: skip

    def _point(self, step: Step) -> None:
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
        self.knowledge.points = points
        self.knowledge.variable = variables[0] if variables else None

    # Definitions and values

    def _introduced(self, step: Step, line: Line, previous: Line | None) -> Line | None:
        """The line if the step introduces something: a definition, a value."""
        first = step.place == 0
        follows = previous is not None and previous.verdict in _LATER
        head = step.left.term
        if not first and not (follows and head.kind == "symbol"):
            return None
        match head.kind:
            case "symbol":
                return self._symbol(step, line, head)
            case "call":
                return self._function(step, line, head) if first else None
            case "index":
                return self._component(step, line, head) if first else None
            case "sum":
                return self._fact(step, line) if first else None
        return None

    def _renewed(self, name: str, section: int) -> bool:
        """Whether the name was defined in an earlier section only."""
        known = self.knowledge.definitions.get(name)
        return known is not None and known.section < section

    def _symbol(self, step: Step, line: Line, head: Term) -> Line | None:
        name, body = head.name, step.right.term
        knowledge, section = self.knowledge, step.statement.section
        if (
            name in knowledge.function_letters
            and name not in self.context.symbols
            and name in self.context.functions
        ):
            return None
        if name.rpartition("_prime")[1]:
            return None
        if {name, body.name} <= _INDEX_LETTERS and body.kind == "symbol":
            return replace(line, how="condition", notes=(*line.notes, "a relation of two indices"))
        if name in knowledge.givens:
            return self._given_again(step, line, name, body, section)
        if knowledge.defines(name) and not (self._renewed(name, section) and step.place == 0):
            return None
        if knowledge.defines(name) and is_number(body):
            return None
        if literal(body) is not None:
            return self._given(line, name, body, section)
        if step.place == 0 and self._reaches(body, name):
            return None
        if step.relation == "≈":
            return None
        knowledge.define(Definition(name, body, line=line.line, section=section))
        return replace(line, verdict="definition", how="definition")

    def _given(self, line: Line, name: str, body: Term, section: int) -> Line:
        self.knowledge.definitions.pop(name, None)
        self.knowledge.givens[name] = body
        self.knowledge.given_sections[name] = section
        return replace(line, verdict="given", how="given")

    def _given_again(self, step: Step, line: Line, name: str, body: Term, section: int) -> Line | None:
        old = self.knowledge.givens[name]
        if literal(body) is None:
            if self._reaches(body, name) or not step.place == 0:
                return None
            expanded = self.knowledge.with_values(self.knowledge.expand(body))
            if is_number(body):
                same = self.judge.judge(old, body).status in {"proved", "rounded"}
                return (
                    replace(line, verdict="given", how="given")
                    if same
                    else self._clash(line, name, body, old)
                )
            if is_number(expanded):
                return None
            self.knowledge.givens.pop(name)
            self.knowledge.define(Definition(name, body, line=line.line, section=section))
            note = f"{name} had the value {write_plain(old)}"
            return replace(line, verdict="definition", how="definition", notes=(*line.notes, note))
        if literal(body) == literal(old):
            return replace(line, verdict="given", how="given")
        if self.knowledge.given_sections.get(name, 0) < section:
            line = self._given(line, name, body, section)
            return replace(line, notes=(*line.notes, f"before this section {name} was {write_plain(old)}"))
        return self._clash(line, name, body, old)

    def _clash(self, line: Line, name: str, body: Term, old: Term) -> Line:
        """Two values for one letter: which of them is meant is not for us to say."""
        self.knowledge.givens[name] = body
        note = f"clash: {name} was {write_plain(old)} before"
        return replace(line, verdict="undecided", how="clash", notes=(*line.notes, note))

    def _reaches(self, body: Term, name: str) -> bool:
        return any(
            node.name == name or self.knowledge.depends(node.name, name)
            for node in body.walk()
            if node.kind in {"symbol", "call"}
        )

    def _function(self, step: Step, line: Line, head: Term) -> Line | None:
        """F(x) = ..., once for each section; a function with a name of its own is known already."""
        arguments = [arg.name for arg in head.args if arg.kind == "symbol"]
        if head.order or head.name in names.FUNCTIONS or len(set(arguments)) != len(head.args):
            return None
        knowledge, section = self.knowledge, step.statement.section
        if knowledge.defines(head.name) and not self._renewed(head.name, section):
            return None
        body = step.right.term
        if any(node.kind == "call" and node.name == head.name for node in body.walk()):
            return None
        if knowledge.defines(head.name) and is_number(body):
            return None
        record = self.catalog.find(head.name)
        if record is not None:
            return self._catalogued(step, line, head)
        knowledge.define(Definition(head.name, body, tuple(arguments), line=line.line, section=section))
        return replace(line, verdict="definition", how="definition")

    def _catalogued(self, step: Step, line: Line, head: Term) -> Line | None:
        """A function that the catalogue knows by this letter: the document may mean another."""
        finding = self.judge.judge(head, step.right.term, step.conditions)
        if finding.status == "proved":
            return replace(line, verdict="definition", how=finding.how, conditions=finding.conditions)
        letter = self.document.text[step.statement.sides[0].start :][:1] == "\\" and len(head.args) == 1
        generic = letter and not self.document.text[step.statement.sides[0].start :].startswith(
            ("\\op", "\\math", "\\text")
        )
        if not generic or finding.status != "refuted":
            return None
        arguments = tuple(arg.name for arg in head.args)
        body = step.right.term
        if head.name in {node.name for node in self.catalog.unfold(body).walk() if node.kind == "call"}:
            return None
        self.knowledge.define(
            Definition(head.name, body, arguments, line=line.line, section=step.statement.section)
        )
        note = f"definition: not the {head.name} of the catalogue"
        return replace(line, verdict="definition", how="definition", notes=(*line.notes, note))

    def _component(self, step: Step, line: Line, head: Term) -> Line | None:
        base, *indices = head.args
        single = component(head)
        if single:
            return self._entry(step, line, single)
        if base.kind != "symbol" or not all(index.kind == "symbol" for index in indices):
            return None
        if self.knowledge.defines(base.name) and not self._renewed(base.name, step.statement.section):
            return None
        body = step.right.term
        if self._reaches(body, base.name):
            return None
        names_ = tuple(index.name for index in indices)
        self.knowledge.define(
            Definition(base.name, body, (), names_, line=line.line, section=step.statement.section)
        )
        return replace(line, verdict="definition", how="definition")

    def _entry(self, step: Step, line: Line, name: str) -> Line | None:
        """A single entry, z_1 = 0."""
        section, body = step.statement.section, step.right.term
        if self.knowledge.defines(name) and not self._renewed(name, section):
            return None
        if (
            self.knowledge.defines(step.left.term.args[0].name)
            or step.relation == "≈"
            or name in body.symbols()
        ):
            return None
        self.knowledge.define(Definition(name, body, line=line.line, section=section))
        verdict: Verdict = "given" if literal(body) is not None else "definition"
        return replace(line, verdict=verdict, how=verdict)

    def _fact(self, step: Step, line: Line) -> Line | None:
        """A sum of free components that is given, such as sum y_i = 1."""
        total = step.left.term
        if literal(step.right.term) is None or self.knowledge.expand(total) != total:
            return None
        if total.args[0].kind != "index":
            return None
        self.knowledge.facts.append((total, step.right.term))
        return replace(line, verdict="given", how="given")

    # Claims

    def _judged(self, step: Step, line: Line) -> Line:
        mixed = self._mixed(step, line)
        if mixed is not None:
            return mixed
        finding, note = self._best(step)
        if finding.status in {"refuted", "undecided"}:
            solved = self._solved(step, line)
            if solved is not None:
                return solved
        notes = (*line.notes, *finding.notes, *((note,) if note else ()))
        status = finding.status
        line = replace(
            line,
            verdict=status,
            how=finding.how,
            witness=None
            if finding.witness is None
            else {name: str(value) for name, value in finding.witness},
            values=finding.values,
            conditions=finding.conditions,
            notes=notes,
        )
        if status == "refuted":
            line = replace(line, diagnosis=self._diagnosis(step, finding))
        return self._followed(step, finding, line)

    def _diagnosis(self, step: Step, finding: Finding) -> Diagnosis | None:
        try:
            a, b = self.knowledge.expand(step.left.term), self.knowledge.expand(step.right.term)
        except SymderivError:
            return None
        letters = tuple(sorted(a.free_symbols() | b.free_symbols() | finding.left.free_symbols()))
        self.clock(limits.STEP_SECONDS)
        wrong = Wrong(step.left.term, step.right.term, a, b, self.judge, step.conditions, letters)
        try:
            return diagnose(wrong)
        except OutOfTimeError:
            self.clock(0.0)
            return None

    def _mixed(self, step: Step, line: Line) -> Line | None:
        """A letter that is a vector on one side and a number on the other: another case of a definition."""
        head, body = step.left.term, step.right.term
        definition = self.knowledge.definitions.get(head.name)
        if step.place or definition is None or head.kind not in {"symbol", "call"}:
            return None
        if not _vectors(definition.body) ^ _vectors(body) & (
            body.free_symbols() | definition.body.free_symbols()
        ):
            return None
        if definition.parameters and tuple(arg.name for arg in head.args) != definition.parameters:
            return None
        self.knowledge.define(replace(definition, body=body, line=line.line))
        note = f"definition: another case than line {definition.line}, with numbers for vectors"
        return replace(line, verdict="definition", how="definition", notes=(*line.notes, note))

    def _solved(self, step: Step, line: Line) -> Line | None:
        """f(u) = f(v) after a definition, where nothing defines the letter u: that is what u stands for."""
        if any(node.kind == "diff" or node.order for node in step.left.term.walk()):
            return None
        left, right = step.left.term, step.right.term
        definition = self.knowledge.definitions.get(left.name) if left.kind == "symbol" else None
        left = definition.body if definition is not None and not definition.parameters else left
        same = (
            left.kind == right.kind == "call"
            and left.name == right.name
            and len(left.args) == 1 == len(right.args)
        )
        if not same or left.order or right.order:
            return None
        inner, outer = left.args[0], right.args[0]
        if outer.kind in {"symbol", "number", "index"} or is_number(outer):
            return None
        base = inner.args[0] if inner.kind == "index" else inner
        indices = (
            tuple(index.name for index in inner.args[1:] if index.kind == "symbol")
            if inner.kind == "index"
            else ()
        )
        if base.kind != "symbol" or len(indices) != max(len(inner.args) - 1, 0):
            return None
        if (
            self.knowledge.defines(base.name)
            or base.name in self.knowledge.givens
            or self._reaches(outer, base.name)
        ):
            return None
        if any(self.knowledge.independent(base.name, name) for name in sorted(outer.free_symbols())):
            return None
        self.knowledge.define(
            Definition(base.name, outer, (), indices, line=line.line, section=step.statement.section)
        )
        note = f"read as the definition of {write_plain(inner)}"
        return replace(line, verdict="definition", how="definition", notes=(*line.notes, note))

    def _best(self, step: Step) -> tuple[Finding, str]:
        """The first reading that proves; refuted only if every reading is."""
        first = self._settled(step, step.left.term, step.right.term)
        if first.status == "proved" or not (step.left.others or step.right.others):
            return first, ""
        pairs = product((step.left.term, *step.left.others), (step.right.term, *step.right.others))
        outcomes = [first]
        for left, right in islice(pairs, 1, _SCOPES):
            other = self._settled(step, left, right)
            if other.status in {"proved", "rounded"} and first.status != "rounded":
                return other, f"scope: proved as {write_plain(left)} {step.relation} {write_plain(right)}"
            outcomes.append(other)
        if first.status == "refuted" and any(other.status == "undecided" for other in outcomes):
            return next(other for other in outcomes if other.status == "undecided"), ""
        return first, ""

    def _settled(self, step: Step, left: Term, right: Term) -> Finding:
        """The verdict on one reading; an equation for a letter that nothing defines stays open."""
        finding = self.judge.judge(left, right, step.conditions)
        if finding.status != "refuted":
            return finding
        if (
            not step.statement.display
            and not step.place
            and step.left.term.kind == "symbol"
            and right != left
        ):
            note = f"clash: {step.left.term.name} has another definition"
            return replace(
                finding, status="undecided", how="clash", witness=None, notes=(*finding.notes, note)
            )
        if self._in_prose(step):
            note = "the sentence around it may restrict it"
            return replace(
                finding, status="undecided", how="context", witness=None, notes=(*finding.notes, note)
            )
        totals = self._adds_up(finding)
        if totals is not None:
            return totals
        if not self._open(step, finding) and not self._unknown_function(finding):
            return finding
        note = "holds for some values only: an equation, or a letter that is not defined"
        return replace(
            finding,
            status="undecided",
            how="equation",
            witness=None,
            values=None,
            notes=(*finding.notes, note),
        )

    def _adds_up(self, finding: Finding) -> Finding | None:
        """Whether the claim holds once the components of a free vector add up to 1, as labels do."""
        nodes = [node for side in (finding.left, finding.right) for node in side.walk()]
        sums = [node for node in nodes if node.kind == "sum"]
        by = {node.args[1].args[0].name for node in nodes if node.kind == "diff" and node.args[1].args}
        for total in sums:
            letters = sorted(
                node.args[0].name for node in total.args[0].walk() if node.kind == "index" and len(node.args) == 2
            )
            for letter in dict.fromkeys(letters):
                if self.knowledge.defines(letter) or letter in by:
                    continue
                fresh = sym("m_")
                whole = total.with_args(index(sym(letter), fresh), fresh, *total.args[2:])
                sides = [_divided(side, letter, whole) for side in (finding.left, finding.right)]
                verdict = self.judge.prover().prove(*sides)
                if verdict.status != "proved":
                    continue
                stated = any(letter in fact.symbols() for fact, value in self.knowledge.facts if literal(value) == 1)
                condition = f"the components of {letter} add up to 1"
                if stated:
                    return replace(finding, status="proved", how=verdict.how, witness=None, values=None, conditions=(condition,))
                note = f"holds if {condition}"
                return replace(finding, status="undecided", how="condition", witness=None, values=None, notes=(note,))
        return None

    def _in_prose(self, step: Step) -> bool:
        """Whether a formula stands in a sentence with another one before it, such as `At $x = 0$`."""
        statement = step.statement
        if statement.display:
            return False
        passage = self.document.passages[statement.block]
        before = self.document.text[max(0, passage.start - 600) : passage.start - 1]
        paragraph = before[before.rfind("\n\n") + 1 :]
        after = self.document.text[passage.end + 1 : passage.end + 120].partition(". ")[0]
        return "$" in paragraph and bool(_PLACE.search(paragraph[paragraph.rfind(". ") + 1 :] + after))

    def _open(self, step: Step, finding: Finding) -> bool:
        """Whether the claim may be an equation for a letter that nothing defines."""
        left = step.left.term
        if any(node.kind == "diff" or node.order for node in left.walk()):
            return self._unrelated(finding)
        head = self.read(step.statement.sides[0]).term
        if step.place and head.kind not in {"symbol", "index"}:
            return False
        a, b = finding.left.free_symbols(), finding.right.free_symbols()
        only_left, only_right = sorted(a - b), sorted(b - a)
        if is_number(finding.left) and is_number(finding.right):
            return False
        if not only_right or not only_left:
            return bool(only_left) and is_number(finding.right) and step.place == 0
        return not any(self.knowledge.side_by_side(u, v) for u in only_left for v in only_right)

    def _unknown_function(self, finding: Finding) -> bool:
        """y' = g(y), where nothing says what g is."""
        known = self.catalog.callables() | frozenset(names.FUNCTIONS)
        a, b = finding.left.functions() - known, finding.right.functions() - known
        return bool(b - a)

    def _unrelated(self, finding: Finding) -> bool:
        """Whether the right side speaks of letters of the graph whose place in it is not known."""
        a, b = (self.judge.plain(side).free_symbols() for side in (finding.left, finding.right))
        strangers = sorted(b - a)
        if not strangers or not a - b or not set(strangers) <= self.knowledge.leaves():
            return False
        return not any(self.knowledge.side_by_side(u, v) for u in sorted(a) for v in strangers)

    def _followed(self, step: Step, finding: Finding, line: Line) -> Line:
        """What the step means for the rest: stated values, errors carried forward, the true value."""
        head = self.read(step.statement.sides[0]).term
        right = step.right.term
        true = self._true_value(head, finding)
        printed = literal(right)
        if true is not None:
            line = replace(line, value=shown(true, 8))
            line = self._uses_wrong(step, line)
            if printed is not None and line.verdict in {"proved", "rounded"} and not agrees(true, right):
                line = replace(
                    line, notes=(*line.notes, f"from unrounded values the whole is {shown(true, 8)}")
                )
        if printed is not None and line.verdict in {"proved", "rounded"} and true is not None:
            for key in dict.fromkeys((head, step.left.term)):
                if key.kind in {"symbol", "diff"} and near(true, right):
                    self.knowledge.stated.setdefault(key, []).append(right)
        return self._carried(step, finding, line, head)

    def _uses_wrong(self, step: Step, line: Line) -> Line:
        """A number that was wrong before and is used again: no new error."""
        right = step.right.term
        printed = literal(right)
        used = [node for node in right.walk() if node.kind == "number" and "." in node.name]
        known = self.knowledge.wrong
        found = next((known[value] for value in (abs(n.value()) for n in used) if value in known), None)
        if line.verdict == "refuted" and found is not None and (printed is None or len(used) > 1):
            line = replace(
                line, notes=(*line.notes, f"carried forward: a number that was wrong on line {found}")
            )
        if line.verdict == "refuted" and used:
            for node in used:
                known.setdefault(abs(node.value()), line.line)
        elif printed is not None and line.value is not None and used and not self._near_value(step, right):
            known.setdefault(abs(printed), line.line)
        return line

    def _near_value(self, step: Step, right: Term) -> bool:
        head = self.read(step.statement.sides[0]).term
        try:
            true = number(self.judge.plain(self.knowledge.with_values(self.knowledge.expand(head))))
        except SymderivError:
            return True
        return true is None or near(true, right)

    def _true_value(self, head: Term, finding: Finding) -> arb | None:
        if finding.value is None:
            return None
        try:
            term = self.knowledge.with_values(self.knowledge.expand(head))
        except SymderivError:
            return finding.value
        return number(self.judge.plain(term)) or finding.value

    def _carried(self, step: Step, finding: Finding, line: Line, head: Term) -> Line:
        """An error that the step only carries on is told from a new one."""
        return line


def _divided(term: Term, letter: str, whole: Term) -> Term:
    """Every component of a vector divided by the sum of all, outside of what it is differentiated by."""

    def visit(node: Term) -> Term | None:
        if node.kind == "index" and node.args[0].name == letter:
            return Term("div", (node, whole))
        return None

    return term.rebuild(visit)


def _vectors(term: Term) -> frozenset[str]:
    return frozenset(node.args[0].name for node in term.walk() if node.kind == "index")


def wider(term: Term, text: str) -> Term | None:
    r"""`\frac{d}{dx} a + b` with the operator acting on the whole sum, or None where it cannot be meant."""
    if term.kind != "add":
        return None
    first = term.args[0]
    factors = first.args if first.kind == "mul" else (first,)
    operator = factors[-1]
    starts = (
        [node.span[0] for node in operator.args[0].walk() if node.span is not None] if operator.args else []
    )
    if operator.kind != "diff" or not starts:
        return None
    before = text[: min(starts)].rstrip()
    if not before.endswith("}"):
        return None  # a fraction such as dy/dx, or a bracket
    body = Term("add", (operator.args[0], *term.args[1:]))
    found = operator.with_args(body, *operator.args[1:])
    return Term("mul", (*factors[:-1], found)) if len(factors) > 1 else found


def check_text(source: str, catalog: Catalog, *, file: str = "", kind: str = "") -> CheckReport:
    """The report on a document, in this process."""
    return CheckReport(file, tuple(Checker(read_document(source, kind), catalog).lines()))
