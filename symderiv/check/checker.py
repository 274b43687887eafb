"""`check_text`: the walk through a document, statement by statement, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from symderiv import limits
from symderiv.check.carried import Carried
from symderiv.check.claims import Judge
from symderiv.check.desk import OutOfTimeError, Step
from symderiv.check.document import read_document
from symderiv.check.knowledge import Definition
from symderiv.check.report import CheckReport, Line
from symderiv.check.statements import COMPARISONS, Side, Statement
from symderiv.check.table import DEFINES
from symderiv.errors import SymderivError
from symderiv.notation.write.plain import write_plain

if TYPE_CHECKING:
    from symderiv.catalog import Catalog


_EQUAL = DEFINES | {"←"}


class Checker(Carried):
    """One document."""

    __slots__ = ()

    def lines(self) -> Iterator[Line]:
        """A line for every step, in the order of the document."""
        return (line for _, line in self.numbered() if line is not None)

    def numbered(self) -> Iterator[tuple[int, Line | None]]:
        """The same with the number of each step; None where a step is no claim."""
        for start, end, message in self.document.refused:
            row, column = self.document.place(start)
            text = self.document.text[start:end]
            yield -1, Line(row, column, text, "", "unread", "refused", notes=(message,))
        count = 0
        for statement in self.found:
            self._hear(statement)
            previous: Line | None = None
            for place in range(len(statement.relations)):
                if not statement.display and statement.relations[place] not in _EQUAL:
                    continue
                line = self._bounded(statement, place, previous, count in self.limited)
                yield count, line
                count += 1
                previous = line if line is not None else previous

    def _hear(self, statement: Statement) -> None:
        """Take what the prose before a statement says in words: a is equal to x."""
        while self.surroundings.said and self.surroundings.said[0][0] <= statement.block:
            _, letter, value = self.surroundings.said.pop(0)
            if self.knowledge.defines(letter.name) or letter.name in self.knowledge.givens or letter == value:
                continue
            if value.kind == "number":
                self.knowledge.givens[letter.name] = value
                self.knowledge.given_sections[letter.name] = statement.section
            elif not self.knowledge.depends(value.name, letter.name):
                self.knowledge.define(Definition(letter.name, value, section=statement.section))

    def _bounded(self, statement: Statement, place: int, previous: Line | None, limited: bool) -> Line | None:
        """One step within its processor time."""
        try:
            self.clock(limits.STEP_SECONDS)
            return self._line(statement, place, previous, limited)
        except (RecursionError, MemoryError, OutOfTimeError):
            self.clock(0.0)
            self.judge = Judge(self.catalog, self.knowledge)  # what was interrupted is not kept
            return replace(self._blank(statement, place), how="limit", notes=("a limit was reached",))

    def _line(self, statement: Statement, place: int, previous: Line | None, limited: bool) -> Line | None:
        left, right = self.read(statement.sides[place]), self.read(statement.sides[place + 1])
        blank = self._blank(statement, place)
        if statement.listed:
            note = "a list of values is no claim"
            return replace(blank, verdict="unread", how="list", notes=(note,)) if statement.display else None
        for side, formula in ((statement.sides[place], left), (statement.sides[place + 1], right)):
            if formula.error is not None:
                return self._unread(blank, statement, side, formula.error)
        blocks = dict.fromkeys((statement.block, self.block_of(statement, place)))
        spoken = tuple(dict.fromkeys(term for block in blocks for term in self.surroundings.of(block)))
        step = Step(statement, place, left, right, self.conditions(statement), spoken)
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
        self.point(step)
        taken = self.introduced(step, line, previous)
        if taken is not None:
            return self.misdefined(step, taken) or taken
        return self.with_history(step, self.judged(step, line))

    def _blank(self, statement: Statement, place: int) -> Line:
        block = self.block_of(statement, place)
        start = statement.sides[0].start if place == 0 else statement.anchors[place]
        if start < self.document.passages[block].start:
            start = statement.anchors[place]  # the first side stands in a formula of its own
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
        return Line(line, column, latex, statement.relations[place], "undecided", "", block=block)

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


def check_text(source: str, catalog: Catalog, *, file: str = "", kind: str = "") -> CheckReport:
    """The report on a document, in this process."""
    return CheckReport(file, tuple(Checker(read_document(source, kind), catalog).lines()))
