r"""`Predecessors`: the statement that a formula goes on with which begins with a relation, `$= 2x$`.

A derivation is often cut into formulas of their own: list items, cells of a table, displays. The formula
before is meant if nothing but marks and words that join (`which is`, `by the chain rule`) stand between
them; in a list or a table, what the item before begins with; for a display, the display before. Else
nothing is: whoever reads on must not guess which formula is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from symderiv.check.document import Document, Passage

S = TypeVar("S")

_SPACE = (
    r"(?:\\begin\s*\{[A-Za-z]+\*?\}(?:\s*\{[^{}]*\})?|\\(?:quad|qquad|displaystyle)(?![A-Za-z])"
    r"|\\[,;:!> ]|[\s&~])*"
)
_OPENS = re.compile(
    rf"{_SPACE}(?:\\left\.)?(?::?=|\\(?:approx|simeq|equiv|coloneqq|triangleq)(?![A-Za-z]))\s*\S"
)
_WORDS = (
    "and or so thus hence then therefore again finally also further furthermore which that this it is "
    "are i.e. equals gives yields becomes get obtain find have we can be written rewritten as in to "
    "the a of by from with using use apply applying step line chain product quotient power sum rule "
    "factor factoring out expand expanding collect collecting terms cancel cancelling canceling "
    "simplify simplifies simplified simplifying simplification rearrange rearranging algebra common "
    "denominator substitute substituting inserting definition"
)
_JOINS = re.compile(
    rf"(?:\\(?:item|\\|\[|\]|\(|\)|newline|par)|[\s$|.,;:()\[\]>*+\-&]|\d|"
    rf"\b(?:{'|'.join(map(re.escape, _WORDS.split()))})(?![A-Za-z]))*\Z",
    re.IGNORECASE,
)
_MARKS = re.compile(r"(?:\\(?:item|\\|\[|\]|\(|\))|[\s$|.,;:()>*+\-&]|\d+[.)])*\Z")
_MARK = re.compile(r"[ \t>]*(?:[-*+]|\(?(?:\d+|[a-z])[.)]|\||\\item\b)")


def begins_with_relation(text: str, start: int, end: int) -> bool:
    """Whether a formula begins with a sign for `equal`, with something behind it."""
    return _OPENS.match(text, start, end) is not None


@dataclass(slots=True)
class Predecessors(Generic[S]):
    """Takes the statements of a document one by one, with the numbers of their passages."""

    document: Document
    taken: list[tuple[int, S]] = field(default_factory=list)

    def take(self, number: int, statement: S) -> None:
        """The statement that has been found in a passage."""
        if not self.taken or self.taken[-1] != (number, statement):
            self.taken.append((number, statement))

    @property
    def last(self) -> S | None:
        """The last statement."""
        return self.taken[-1][1] if self.taken else None

    def of(self, number: int) -> S | None:
        """What the first row of a passage may go on with."""
        passage = self.document.passages[number]
        last = self.taken[-1] if self.taken else None
        if last is None:
            return None
        if not begins_with_relation(self.document.text, passage.start, passage.end):
            return last[1] if passage.display else None
        before = self.document.passages[last[0]]
        if before.section != passage.section:
            return None
        if self._joins(before, passage):
            return last[1]
        return self._display(passage) if passage.display else self._item(passage)

    def _joins(self, before: Passage, passage: Passage) -> bool:
        """Whether nothing but marks, or joining words behind the one formula of a sentence, stand between."""
        between = self.document.text[before.end : passage.start]
        if _MARKS.match(between):
            return True
        return bool(_JOINS.match(between)) and self._is_alone(before)

    def _is_alone(self, passage: Passage) -> bool:
        """Whether no other formula stands in the sentence before this one."""
        lead = self.document.text[max(0, passage.start - 400) : passage.start]
        sentence = re.split(r"[.!?:](?=[\s$])|\n[ \t]*\n|\n[ \t]*(?:[-*+|]|\d+[.)])", lead)[-1]
        return passage.display or not re.search(r"\$.*\$|\\\)", sentence, re.DOTALL)

    def _display(self, passage: Passage) -> S | None:
        """The display before, whatever is said in between; or the formula that leads to this one."""
        for number, statement in reversed(self.taken):
            known = self.document.passages[number]
            if known.section != passage.section:
                break
            if known.display:
                return statement
        number, statement = self.taken[-1]
        known = self.document.passages[number]
        between = self.document.text[known.end : passage.start]
        apart = re.search(r"[.!?][\s$]|\n[ \t]*\n", between)
        return statement if apart is None and self._is_alone(known) else None

    def _item(self, passage: Passage) -> S | None:
        """What the list item or the row of a table before this one begins with, or the only formula in it."""
        text = self.document.text
        start = text.rfind("\n", 0, passage.start) + 1
        lead = text[start : passage.start]
        mark = _MARK.match(lead)
        if mark is None or self.document.passages[self.taken[-1][0]].end > start:
            return None
        rest = lead[mark.end() :].rpartition("|")[2] if "|" in mark.group() else lead[mark.end() :]
        if not _JOINS.match(rest) and not rest.rstrip("$ \t*_").endswith((":", ")")):
            return None
        stop = self.document.passages[self.taken[-1][0]].start
        begin = text.rfind("\n", 0, stop) + 1
        inside = [
            (number, statement)
            for number, statement in self.taken[-12:]
            if self.document.passages[number].end > begin
        ]
        first = self.document.passages[inside[0][0]]
        head = text[begin : first.start]
        marked = _MARK.match(head)
        alone = len({id(statement) for _, statement in inside}) == 1
        leads = marked is not None and (_JOINS.match(head[marked.end() :]) or "|" in marked.group())
        return inside[0][1] if alone or leads else None
