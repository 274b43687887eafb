r"""`statements`: a passage cut into statements, `a = b = c`, each with its sides and relations in place.

A row that begins with a relation goes on with the statement above it; a row that begins with a sign
goes on with its last side. Commas, spaces and words between formulas separate statements. A formula of its
own that begins with a relation goes on with the formula before it, see `predecessors`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from symderiv import limits
from symderiv.check.document import Document, Passage
from symderiv.check.predecessors import Predecessors, begins_with_relation
from symderiv.check.sides import Side, Statement
from symderiv.errors import LimitError

RELATIONS = {
    "=": "=", ":=": ":=", "\\coloneqq": ":=", "\\triangleq": ":=", "\\equiv": "=",
    "\\approx": "≈", "\\simeq": "≈", "\\sim": "~", "\\propto": "∝", "\\to": "→", "\\rightarrow": "→",
    "\\leftarrow": "←", "\\gets": "←", "<": "<", ">": ">", "\\lt": "<", "\\gt": ">",
    "\\le": "<=", "\\leq": "<=", "\\leqslant": "<=", "\\ge": ">=", "\\geq": ">=", "\\geqslant": ">=",
    "\\ne": "!=", "\\neq": "!=", "\\in": "∈",
}  # fmt: skip
"""How a sign between two sides is named."""
COMPARISONS = frozenset({"<", ">", "<=", ">=", "!="})

_ARROWS = frozenset(r"\Rightarrow \implies \iff \Leftrightarrow \Longrightarrow \therefore \because".split())
_SPACES = frozenset({"\\quad", "\\qquad"})
_ENVIRONMENT = re.compile(
    r"\\(?:begin|end)\s*\{(?!d?cases|rcases|[bpvV]?matrix|array)[A-Za-z]+\*?\}(?:\s*\[[tbc]\])?(?:\s*\{\d*[lcr|]*\})?"
)
_EVENT = re.compile(
    r"\\\\(?:\s*\[[^\]\n]*\])?|\\begin\s*\{[^{}]*\}|\\end\s*\{[^{}]*\}|\\(?:left|right|middle)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\.|.)"
    r"|\\(?:text|textrm|mbox|textit|textbf|textnormal|intertext|shortintertext)\s*\{|\\[A-Za-z]+|\\.|:=|[{}()\[\],;&=<>]",
    re.DOTALL,
)
_OPENS = re.compile(r"\\begin|\\left(?![A-Za-z])")
_CLOSES = re.compile(r"\\end\s*\{|\\right(?![A-Za-z])")
_SIGN_FIRST = re.compile(r"\s*(?:\\[Bb]igg?[lrm]?\s*)?(?:[+\-/*]|\\cdot|\\times|\\odot)")
_SIGN_LAST = re.compile(r"(?:[+\-/*(]|\\cdot|\\times|\\odot)\s*\Z")
_CONDITION = re.compile(
    r"\s*(?:if|for|when|where|with|whenever|provided)\b(?: (?:all|any|every))?[ ,:]*", re.IGNORECASE
)
_PROSE = frozenset(
    "and or so thus hence then where with since as by but i.e therefore because gives yields otherwise if "
    "for when".split()
)
_RESTRICTS = frozenset({"if", "for", "when", "whenever", "provided", "for all", "for any", "for every"})
_ENDS = frozenset({"break", "words"})
_NUMBERED = re.compile(r"\s*\([\w.]*\)\s*\Z|\s*(?:\\[a-z]+\s*)+\Z")
_PADDING = " \t\r\n~.,;:!"
_THIN = re.compile(r"(?:\\[,;:!> ]|\\quad|\\qquad|[\s~.,;:])+")


@dataclass(frozen=True, slots=True)
class _Event:
    kind: str
    start: int
    end: int
    text: str = ""


def statements(document: Document) -> Iterator[Statement]:
    """All statements of a document, in order; those without a relation are left out."""
    found: dict[int, Statement] = {}
    counted: dict[int, int] = {}
    before = Predecessors[Statement](document)
    steps = 0
    for number, passage in enumerate(document.passages):
        for statement in _of_passage(document.text, passage, _taken_up(before, number, passage)):
            key = id(statement)
            found.setdefault(key, statement)
            if number not in statement.blocks:
                statement.blocks.append(number)
            before.take(number, statement)
            steps += len(statement.relations) - counted.get(key, 0)
            counted[key] = len(statement.relations)
            if steps > limits.MAX_STEPS:
                raise LimitError(
                    f"the document has more than {limits.MAX_STEPS:,} steps", hint="check it in parts"
                )
    return (statement for statement in found.values() if statement.relations)


def _taken_up(before: Predecessors[Statement], number: int, passage: Passage) -> Statement | None:
    """What a passage goes on with: in a statement of its own where others have come between.

    So every step is judged with all that has been said above it.
    """
    earlier = before.of(number)
    if earlier is None or earlier is before.last:
        return earlier
    conditions, blocks = list(earlier.conditions), list(earlier.blocks)
    section = passage.section
    return Statement([earlier.sides[-1]], passage.display, section, conditions=conditions, blocks=blocks)


def _of_passage(text: str, passage: Passage, before: Statement | None) -> Iterator[Statement]:
    """The statements of one passage; a first row that begins with a relation goes on with `before`."""
    inside = _ENVIRONMENT.sub(lambda m: " " * len(m.group()), text[passage.start : passage.end])
    current = before
    for row_start, row_end in _rows(inside):
        for start, end in _columns(inside, row_start, row_end):
            for statement in _of_piece(inside, start, end, passage, current):
                yield statement
                current = statement


def _rows(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for event in _events(text, 0, len(text)):
        if event.kind == "row":
            yield start, event.start
            start = event.end
    yield start, len(text)


def _columns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pairs of columns: the first & of a pair aligns, the second one separates."""
    marks = _separators(text, [event for event in _events(text, start, end) if event.kind == "&"])
    place = start
    for mark in marks[1::2]:
        yield place, mark.start
        place = mark.end
    yield place, end


def _separators(text: str, marks: list[_Event]) -> list[_Event]:
    """The marks without those behind a relation that stands between two of them, as in eqnarray."""
    kept: list[_Event] = []
    for mark in marks:
        if kept and text[kept[-1].end : mark.start].strip() in RELATIONS:
            continue
        kept.append(mark)
    return kept


def _events(text: str, start: int, end: int) -> Iterator[_Event]:
    """What matters outside all brackets: relations, commas, words, marks, ends of rows."""
    level = 0
    place = start
    while (match := _EVENT.search(text, place, end)) is not None:
        word = match.group()
        place = match.end()
        if _OPENS.match(word):
            level += 1
        elif _CLOSES.match(word):
            level = max(level - 1, 0)
        elif word.startswith("\\") and word.endswith("{"):
            close = _matching(text, place - 1, end)
            if level == 0:
                yield _Event("words", match.start(), close, text[place : close - 1])
            place = close
        elif word in {"(", "[", "{", "\\{"}:
            level += 1
        elif word in {")", "]", "}", "\\}"}:
            level = max(level - 1, 0)
        elif level == 0:
            event = _outside(text, match)
            if event is not None:
                yield event


def _matching(text: str, opening: int, end: int) -> int:
    level = 0
    for place in range(opening, end):
        level += (text[place] == "{") - (text[place] == "}")
        if level == 0:
            return place + 1
    return end


def _outside(text: str, match: re.Match[str]) -> _Event | None:
    word, start, end = match.group(), match.start(), match.end()
    if word.startswith("\\\\"):
        return _Event("row", start, end)
    if word == "&":
        return _Event("&", start, end)
    if word in RELATIONS:
        return _Event("relation", start, end, RELATIONS[word])
    if word in _ARROWS or word in _SPACES:
        return _Event("break", start, end, word)
    if word in {",", ";"}:
        decimal = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
        return None if decimal else _Event("break", start, end, word)
    return None


def _without(text: str, start: int, marks: list[_Event]) -> str:
    """The text that begins at `start`, blanks in place of the alignment marks."""
    ink = list(text)
    for mark in marks:
        ink[mark.start - start : mark.end - start] = " " * (mark.end - mark.start)
    return "".join(ink)


def _of_piece(
    text: str, start: int, end: int, passage: Passage, current: Statement | None
) -> Iterator[Statement]:
    """The statements of a pair of columns."""
    offset = passage.start
    marks = [event for event in _events(text, start, end) if event.kind == "&"]
    aligned = bool(marks) and not text[start : marks[0].start].strip()
    bare = _without(text[start:end], start, marks)
    for first, (a, b, relations, words) in enumerate(_parts(bare)):
        content = bare[a:b]
        if first and _is_condition(relations) and current is not None and current.relations:
            current.conditions.append(_side(bare, a, b, start + offset))
            continue
        if words is not None and current is not None and current.relations:
            current.conditions.append(Side(start + offset + words[0], start + offset + words[1]))
            continue
        if not content.strip(_PADDING):
            continue
        if first and not relations and _has_claim(current) and not _NUMBERED.match(content):
            assert current is not None
            current.listed = True  # i = 1, 2: no claim about a value
            continue
        goes_on = (
            not first
            and current is not None
            and _extends(bare, a, relations, aligned, current, text, passage)
        )
        piece = _Piece(bare, a, b, start + offset, relations, passage)
        if goes_on and current is not None:
            statement = piece.goes_on(current)
        elif piece.opens():
            statement = Statement([piece.head()], passage.display, passage.section, flush=aligned)
        elif current is not None and current.sides and relations:
            statement = current if not first else _continued(current, passage)
        elif piece.says_equal():
            statement = piece.headless()
        else:
            continue
        piece.fill(statement)
        yield statement
        current = statement


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two commas, from `start` to `end` of a row that begins at `offset` of the file."""

    bare: str
    start: int
    end: int
    offset: int
    relations: list[_Event]
    passage: Passage

    @property
    def opening(self) -> int:
        """Where the first side ends."""
        return self.relations[0].start if self.relations else self.end

    def opens(self) -> bool:
        """Whether a side stands before the first relation."""
        head = self.head()
        return head.end > head.start

    def head(self) -> Side:
        """The first side."""
        return _side(self.bare, self.start, self.opening, self.offset)

    def says_equal(self) -> bool:
        """Whether it begins with a sign for `equal` with something behind it."""
        content = self.bare[self.opening : self.end]
        return begins_with_relation(content, 0, len(content))

    def headless(self) -> Statement:
        """A statement that begins with a relation, and nothing before says what its first side is."""
        place = self.relations[0].start + self.offset
        return Statement([Side(place, place)], self.passage.display, self.passage.section)

    def goes_on(self, statement: Statement) -> Statement:
        """The statement, its last side longer by what stands before the first relation."""
        if self.opens():
            statement.sides[-1] = Side(statement.sides[-1].start, self.head().end)
        return statement

    def fill(self, statement: Statement) -> None:
        """Add the relations and the sides behind them."""
        content = self.bare[self.start : self.end]
        if not self.relations and self.passage.display and "=" in content and not _balanced(content):
            statement.relations.append("=")
            statement.anchors.append(statement.sides[-1].start)
            statement.sides.append(_side(self.bare, self.start, self.end, self.offset))
        stops = [*(relation.start for relation in self.relations[1:]), self.end]
        for relation, stop in zip(self.relations, stops, strict=False):
            statement.relations.append(relation.text)
            statement.anchors.append(relation.start + self.offset)
            statement.sides.append(_side(self.bare, relation.end, stop, self.offset))


def _has_claim(statement: Statement | None) -> bool:
    return statement is not None and bool(statement.relations)


def _balanced(text: str) -> bool:
    """Whether as many brackets close as open: else a relation may be lost in them."""
    bare = re.sub(r"\\(?:left|right)\s*\.", "", text)
    return all(bare.count(a) == bare.count(b) for a, b in ("()", "[]", "{}"))


def _continued(current: Statement, passage: Passage) -> Statement:
    return Statement([current.sides[-1]], passage.display, passage.section)


def _extends(
    bare: str, a: int, relations: list[_Event], aligned: bool, current: Statement, text: str, passage: Passage
) -> bool:
    """Whether a row goes on with the side above: it begins with a sign, or that one ends with one."""
    opening = relations[0].start if relations else len(bare)
    if not _THIN.sub("", bare[a:opening]):
        return True
    last, offset = current.sides[-1], passage.start
    if last.start < offset:
        return False  # only a relation goes on over the border of a passage
    if _SIGN_LAST.search(text[last.start - offset : last.end - offset]):
        return True
    return bool(_SIGN_FIRST.match(bare, a)) and (not relations or (aligned and not current.flush))


def _parts(bare: str) -> Iterator[tuple[int, int, list[_Event], tuple[int, int] | None]]:
    """Pieces between commas, arrows and words; `words` is the condition that a text holds."""
    start, relations = 0, []
    for event in _events(bare, 0, len(bare)):
        if event.kind == "relation":
            relations.append(event)
        elif (
            event.kind == "break" and event.text in _SPACES and not bare[start : event.start].strip(_PADDING)
        ):
            start = event.end
        elif event.kind == "break":
            yield start, event.start, relations, None
            start, relations = event.end, []
        elif event.kind == "words":
            condition = _CONDITION.match(event.text)
            alone = not bare[start : event.start].strip(_PADDING + "&") and _ends_at(bare, event.end)
            if condition is None and not alone and not _separates(event.text):
                continue  # a name in the formula
            yield start, event.start, relations, None
            start, relations = event.end, []
            if condition is not None and event.text[condition.end() :].strip(" ~$.,"):
                begin = event.end - 1 - len(event.text) + condition.end()
                yield event.end, event.end, [], (begin, event.end - 1)
            elif condition is not None and condition.group().strip(" ~,:").lower() in _RESTRICTS:
                stop = next((e.start for e in _events(bare, start, len(bare)) if e.kind in _ENDS), len(bare))
                yield event.end, event.end, [], (start, stop)
                if stop < len(bare):
                    yield from _parts_after(bare, stop)
                return
    yield start, len(bare), relations, None


def _parts_after(bare: str, place: int) -> Iterator[tuple[int, int, list[_Event], tuple[int, int] | None]]:
    """The pieces behind a condition."""
    blank = " " * place + bare[place:]
    for start, end, relations, words in _parts(blank):
        if start != end or words is not None:
            yield max(start, place), max(end, place), relations, words


def _ends_at(bare: str, place: int) -> bool:
    """Whether nothing but another break follows."""
    following = next(_events(bare, place, len(bare)), None)
    stop = len(bare) if following is None or following.kind == "relation" else following.start
    return not bare[place:stop].strip(_PADDING) and (following is None or following.kind != "relation")


def _separates(words: str) -> bool:
    """Whether a text is prose between formulas: `by the chain rule`, `and`, `(quotient rule)`."""
    bare = words.strip(" ~,.;:()[]")
    return not bare or " " in bare or bare.lower() in _PROSE


def _is_condition(relations: list[_Event]) -> bool:
    return bool(relations) and all(event.text in COMPARISONS or event.text == "∈" for event in relations)


def _side(bare: str, start: int, end: int, offset: int) -> Side:
    """The formula without the spaces and the punctuation around it."""
    lead = _THIN.match(bare, start, end)
    if lead:
        start = lead.end()
    while end > start:
        trimmed = re.search(r"(?:\\[,;:!> ]|\\quad|\\qquad|[\s~.,;:])+\Z", bare[start:end])
        if not trimmed:
            break
        end = start + trimmed.start()
    return Side(start + offset, max(end, start) + offset)
