r"""`passages`: where the mathematics of a document stands, whatever kind of document it is.

Text is never moved: what does not count (comments, labels, code) is replaced by blanks of the same
length, so that every position is a position in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from symderiv import limits
from symderiv.errors import InputError, LimitError
from symderiv.notation.read.decorations import undecorated

_DISPLAYS = (
    "equation|align|aligned|alignat|alignedat|gather|gathered|multline|split|eqnarray|flalign|"
    "displaymath|math|dmath|IEEEeqnarray"
)
_BEGIN = re.compile(rf"\\begin\s*\{{({_DISPLAYS})(\*?)\}}")
_HIDDEN = (
    re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*$|\A\+\+\+[ \t]*\n.*?\n\+\+\+[ \t]*$", re.DOTALL | re.MULTILINE),
    re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL),
    re.compile(r"\\begin\{(verbatim|lstlisting|minted|comment)\}.*?(?:\\end\{\1\}|\Z)", re.DOTALL),
)
_CODE = re.compile(r"(?<![`$])`[^`\n]+`(?![$`])")
_LATEX_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_HEADING = re.compile(
    r"(?m)^#{1,6}[ \t]|\\(?:sub)*section\*?\s*\{|\\chapter\*?\s*\{"
    r"|\\begin\{(?:example|exercise|problem|question)\}|^[ \t]*(?:\*\*|__|\\textbf\{)"
    r"(?:example|exercise|problem|question|task)s?\b[^\n*_}]{0,40}(?:\*\*|__|\})",
    re.IGNORECASE,
)
_MACRO = re.compile(
    r"\\(?:re)?newcommand\*?\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*(?P<arguments>\[\d\])?\s*\{|\\def\s*(\\[A-Za-z]+)\s*\{"
    r"|\\DeclareMathOperator\*?\s*\{\s*(\\[A-Za-z]+)\s*\}\s*\{"
)
_INCLUDE = re.compile(r"\\(?:input|include|subfile|import|write18|openin|openout|read|csname|catcode)\b")
_LABELS = re.compile(
    r"\\(?:label|tag\*?|eqref|ref|cite|footnote|hspace\*?|vspace\*?|phantom|hphantom|vphantom)\s*(?=\{)"
    r"|\\(?:nonumber|notag|qedhere)\b"
)
_INK = re.compile(r"[^\n]")
_BRACKET = re.compile(r"\\.|[{}()\[\]]", re.DOTALL)
_ENDS_INLINE = re.compile(r"\\.|\$|\n\n", re.DOTALL)
_SIMPLE = re.compile(r"[ !#-\[\]-~]+")
_LOST = 200
_CASE = re.compile(r"\$[^$\n]*(?:=|<|>|\\ne|\\ge|\\le)[^$\n]*\$")
_EMPTY = re.compile(r"(?<![A-Za-z}\])_^])\{\}")
_PRIME = re.compile(r"(?<![\^{])\\prime\b(?![}])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of mathematics: `start` to `end` in the text, shown on lines of its own or within prose."""

    start: int
    end: int
    display: bool
    section: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its passages; `places` maps offsets to the lines of the original file."""

    text: str
    passages: tuple[Passage, ...]
    macros: dict[str, str] = field(default_factory=dict)
    refused: tuple[tuple[int, int, str], ...] = ()
    lines: tuple[tuple[int, int, int], ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in the file, counted from 1."""
        low, high = 0, len(self.lines)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.lines[middle][0] <= offset else (low, middle)
        start, line, column = self.lines[low]
        return line, column + offset - start


def read_document(source: str, kind: str = "") -> Document:
    """The document in a text. `kind` is a file ending (tex, md, ipynb), or "" to find out."""
    if len(source.encode("utf-8", "surrogatepass")) > limits.MAX_FILE_BYTES:
        raise LimitError(f"the file is larger than {limits.MAX_FILE_BYTES:,} bytes")
    if source.count("\n") > limits.MAX_LINES:
        raise LimitError(f"the file has more than {limits.MAX_LINES:,} lines", hint="check it in parts")
    if kind == "ipynb" or (not kind and _is_notebook(source)):
        text, lines = _notebook(source)
    else:
        text, lines = source, _line_table(source)
    prepared = _hidden(text, latex=kind == "tex" or "\\documentclass" in text)
    macros, prepared = _macros(prepared)
    refused = tuple(
        (m.start(), m.end(), f"{m.group()} is refused: no other file is read")
        for m in _INCLUDE.finditer(prepared)
    )
    passages = _limited(_passages(prepared))
    if not passages and kind not in {"tex", "md", "ipynb"}:
        passages = tuple(_bare(prepared))
    judged = [(passage, _refusal(prepared, passage)) for passage in passages]
    refused += tuple((p.start, min(p.end, p.start + 60), message) for p, message in judged if message)
    passages = tuple(passage for passage, message in judged if not message)
    prepared = _formulas_only(prepared, passages)
    return Document(prepared, passages, macros, refused, lines)


def _limited(found: Iterator[Passage]) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    for passage in found:
        passages.append(passage)
        if len(passages) > limits.MAX_FORMULAS:
            raise LimitError(
                f"the document has more than {limits.MAX_FORMULAS:,} formulas", hint="check it in parts"
            )
    return tuple(passages)


def _refusal(text: str, passage: Passage) -> str:
    """Why a passage is not looked at: its size, or the depth of its brackets; else ""."""
    size = passage.end - passage.start
    if size > limits.MAX_BYTES:
        return f"a formula of {size:,} characters; the limit is {limits.MAX_BYTES:,}"
    level = 0
    for match in _BRACKET.finditer(text, passage.start, passage.end):
        level += 1 if match.group() in "{([" else -1 if match.group() in "})]" else 0
        if level > limits.MAX_DEPTH:
            return f"more than {limits.MAX_DEPTH} nested brackets"
    return ""


def _line_table(text: str) -> tuple[tuple[int, int, int], ...]:
    starts = [0, *(m.end() for m in re.finditer(r"\n", text))]
    return tuple((start, number + 1, 1) for number, start in enumerate(starts))


def _is_notebook(source: str) -> bool:
    return source.lstrip()[:1] == "{" and '"cells"' in source


def _notebook(source: str) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """The Markdown cells of a notebook, read as data; code cells are not looked at."""
    try:
        cells = json.loads(source)["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"not a notebook: {type(error).__name__}", hint="a notebook is a JSON file"
        ) from None
    if sum(text.count("\n") for text in texts) + len(texts) > limits.MAX_LINES:
        raise LimitError(
            f"the notebook has more than {limits.MAX_LINES:,} lines of text", hint="check it in parts"
        )
    starts = [0, *(m.end() for m in re.finditer(r"\n", source))]
    pieces: list[str] = []
    lines: list[tuple[int, int, int]] = []
    offset = found = lost = 0
    for text in texts:
        for piece in [*text.split("\n"), ""]:
            place = _place(source, piece, found) if lost < _LOST else -1
            lost += place < 0
            found = max(place, found)
            row = _row(starts, found)
            lines.append((offset, row + 1, found - starts[row] + 1))
            pieces.append(piece)
            offset += len(piece) + 1
    return "\n".join(pieces), tuple(lines) or ((0, 1, 1),)


def _place(source: str, piece: str, start: int) -> int:
    """Where a line of a cell stands in the file, as JSON spells it; -1 where it is not found."""
    if not piece:
        return start
    if _SIMPLE.fullmatch(piece):
        return source.find(piece, start)
    spelled = (json.dumps(piece, ensure_ascii=flag)[1:-1] for flag in (True, False))
    return min((place for text in spelled if (place := source.find(text, start)) >= 0), default=-1)


def _row(starts: list[int], offset: int) -> int:
    from bisect import bisect_right

    return bisect_right(starts, offset) - 1


def _blanks(text: str, start: int, end: int) -> str:
    """As many blanks, with the line breaks kept."""
    piece = text[start:end]
    return _INK.sub(" ", piece) if "\n" in piece else " " * len(piece)


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda m: _blanks(m.group(), 0, m.end() - m.start()), text)


def _hidden(text: str, *, latex: bool) -> str:
    for pattern in _HIDDEN:
        text = _blanked(text, pattern)
    text = _blanked(_fences(text), _CODE)
    return _blanked(text, _LATEX_COMMENT) if latex else text


def _fences(text: str) -> str:
    """Blocks of code between fences, an open one up to the end."""
    kept: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = re.match(r"[ \t]*(```+|~~~+)", line)
        if fence:
            kept.append(" " * len(line))
            if mark and mark.group(1).startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark and not re.match(r"[ \t]*```+ ?math\b", line):
            fence = mark.group(1)
            kept.append(" " * len(line))
        else:
            kept.append(line)
    return "\n".join(kept)


def _macros(text: str) -> tuple[dict[str, str], str]:
    r"""Abbreviations without arguments. One with arguments stays unknown, and its lines are refused."""
    found: dict[str, str] = {}
    pieces: list[str] = []
    place = 0
    while (match := _MACRO.search(text, place)) is not None:
        end = _closing(text, match.end() - 1)
        body = text[match.end() : end - 1]
        name = match.group(1) or match.group(3) or match.group(4)
        if not match.group("arguments") and "#" not in body:
            found[name] = f"\\operatorname{{{body.strip()}}}" if match.group(4) else body
        pieces += [text[place : match.start()], _blanks(text, match.start(), end)]
        place = end
    return found, "".join([*pieces, text[place:]])


def _closing(text: str, opening: int) -> int:
    level = 0
    for place in range(opening, len(text)):
        if text[place] in "{}" and text[place - 1 : place] != "\\":
            level += 1 if text[place] == "{" else -1
            if level == 0:
                return place + 1
    return len(text)


def _passages(text: str) -> Iterator[Passage]:
    headings = [m.start() for m in _HEADING.finditer(text)]
    place, section = 0, 0
    for opening in re.finditer(r"\\begin\s*\{|\$\$?|\\\[|\\\(|\\\\|\\\$", text):
        if opening.start() < place or opening.group() in {"\\\\", "\\$"}:
            continue
        found = _passage(text, opening.start())
        if found is None:
            continue
        start, end, after, display = found
        while section < len(headings) and headings[section] < start:
            section += 1
        place = after
        yield Passage(start, end, display, section)


def _passage(text: str, place: int) -> tuple[int, int, int, bool] | None:
    """Start and end of the content, where the passage is over, and whether it is a display."""
    for opening, closing, display in (("$$", "$$", True), ("\\[", "\\]", True), ("\\(", "\\)", False)):
        if text.startswith(opening, place):
            end = text.find(closing, place + 2)
            return (
                (place + 2, end, end + 2, display) if end >= 0 else (place + 2, len(text), len(text), display)
            )
    if text.startswith("$", place):
        end = _dollar(text, place + 1)
        return (place + 1, end, end + 1, False) if end >= 0 else None
    match = _BEGIN.match(text, place)
    if match is None:
        return None
    name = re.escape(match.group(1) + match.group(2))
    level = 0
    for edge in re.compile(rf"\\(begin|end)\s*\{{{name}\}}").finditer(text, place):
        level += 1 if edge.group(1) == "begin" else -1
        if level == 0:
            return place, edge.end(), edge.end(), True
    return place, len(text), len(text), True


def _dollar(text: str, place: int) -> int:
    """The dollar that closes inline mathematics, in the same paragraph; a price opens nothing."""
    for match in _ENDS_INLINE.finditer(text, place):
        if match.group() == "$":
            return match.start()
        if match.group() == "\n\n":
            return -1
    return -1


def _bare(text: str) -> Iterator[Passage]:
    """A text without any mark is mathematics throughout."""
    if "=" in text or "\\" in text:
        yield Passage(0, len(text), True, 0)


def _without_labels(text: str) -> str:
    """Labels, tags and notes, with all that stands in their braces."""
    pieces: list[str] = []
    place = 0
    while (match := _LABELS.search(text, place)) is not None:
        end = _closing(text, match.end()) if text.startswith("{", match.end()) else match.end()
        condition = _CASE.search(text, match.end(), end) if "tag" in match.group() else None
        kept = f"\\text{{for {condition.group()}}}" if condition else ""
        if len(kept) > end - match.start():
            kept = ""
        blanks = _blanks(text, match.start(), end)
        pieces += [text[place : match.start()], kept, blanks[len(kept) :]]
        place = end
    return "".join([*pieces, text[place:]])


def _formulas_only(text: str, passages: tuple[Passage, ...]) -> str:
    r"""Within the passages, comments and labels are blank, and a bare \prime is a quotation mark."""
    pieces, place = [], 0
    for passage in passages:
        pieces.append(text[place : passage.start])
        inside = text[passage.start : passage.end]
        inside = undecorated(_without_labels(_blanked(inside, _LATEX_COMMENT)))
        inside = _blanked(inside, _EMPTY)
        inside = inside.replace("\\\\*", "\\\\ ")  # a row that does not begin a new page
        pieces.append(_PRIME.sub("'     ", inside))
        place = passage.end
    return "".join([*pieces, text[place:]])
