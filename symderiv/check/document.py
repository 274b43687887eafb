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
_HEADING = re.compile(r"(?m)^#{1,6}[ \t]|\\(?:sub)*section\*?\s*\{|\\chapter\*?\s*\{")
_MACRO = re.compile(
    r"\\(?:re)?newcommand\*?\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*(?P<arguments>\[\d\])?\s*\{|\\def\s*(\\[A-Za-z]+)\s*\{"
    r"|\\DeclareMathOperator\*?\s*\{\s*(\\[A-Za-z]+)\s*\}\s*\{"
)
_INCLUDE = re.compile(r"\\(?:input|include|subfile|import|write18|openin|openout|read|csname|catcode)\b")
_LABELS = re.compile(
    r"\\(?:label|tag\*?|eqref|ref|cite|footnote|hspace\*?|vspace\*?|phantom|hphantom|vphantom)\s*(?=\{)"
    r"|\\(?:nonumber|notag|qedhere)\b"
)
_CASE = re.compile(r"\$[^$\n]*(?:=|<|>|\\ne|\\ge|\\le)[^$\n]*\$")
_BRACES = re.compile(r"\\(?:underbrace|overbrace|boxed|cancel)\s*(?=\{)")
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
    passages = tuple(_passages(prepared))
    if not passages and kind not in {"tex", "md", "ipynb"}:
        passages = tuple(_bare(prepared))
    prepared = _formulas_only(prepared, passages)
    return Document(prepared, passages, macros, refused, lines)


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
    starts = [0, *(m.end() for m in re.finditer(r"\n", source))]
    pieces: list[str] = []
    lines: list[tuple[int, int, int]] = []
    offset = found = 0
    for text in texts:
        for piece in [*text.split("\n"), ""]:
            spelled = [json.dumps(piece, ensure_ascii=flag)[1:-1] for flag in (True, False)]
            places = [place for place in (source.find(s, found) for s in spelled if s) if place >= 0]
            found = min(places, default=found)
            row = _row(starts, found)
            lines.append((offset, row + 1, found - starts[row] + 1))
            pieces.append(piece)
            offset += len(piece) + 1
    return "\n".join(pieces), tuple(lines) or ((0, 1, 1),)


def _row(starts: list[int], offset: int) -> int:
    from bisect import bisect_right

    return bisect_right(starts, offset) - 1


def _blank(text: str, start: int, end: int) -> str:
    piece = "".join("\n" if character == "\n" else " " for character in text[start:end])
    return text[:start] + piece + text[end:]


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda m: "".join("\n" if c == "\n" else " " for c in m.group()), text)


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
    place = 0
    while (match := _MACRO.search(text, place)) is not None:
        end = _closing(text, match.end() - 1)
        body = text[match.end() : end - 1]
        name = match.group(1) or match.group(3) or match.group(4)
        if not match.group("arguments") and "#" not in body:
            found[name] = f"\\operatorname{{{body.strip()}}}" if match.group(4) else body
        text = _blank(text, match.start(), end)
        place = end
    return found, text


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
    paragraph = text.find("\n\n", place)
    stop = len(text) if paragraph < 0 else paragraph
    for match in re.compile(r"\\.|\$", re.DOTALL).finditer(text, place, stop):
        if match.group() == "$":
            return match.start()
    return -1


def _bare(text: str) -> Iterator[Passage]:
    """A text without any mark is mathematics throughout."""
    if "=" in text or "\\" in text:
        yield Passage(0, len(text), True, 0)


def _without_labels(text: str) -> str:
    """Labels, tags and notes, with all that stands in their braces."""
    place = 0
    while (match := _LABELS.search(text, place)) is not None:
        end = _closing(text, match.end()) if text.startswith("{", match.end()) else match.end()
        condition = _CASE.search(text, match.end(), end) if "tag" in match.group() else None
        kept = f"\\text{{for {condition.group()}}}" if condition else ""
        text = _blank(text, match.start(), end)
        if kept and len(kept) <= end - match.start():
            text = text[: match.start()] + kept + text[match.start() + len(kept) :]
        place = end
    return text


def _without_braces(text: str) -> str:
    """Frames and braces around a formula; what a brace says below it is no part of the formula."""
    place = 0
    while (match := _BRACES.search(text, place)) is not None:
        end = _closing(text, match.end())
        text = _blank(text, match.start(), match.end())
        script = re.compile(r"\s*[_^]\s*(?=\{)").match(text, end) if "brace" in match.group() else None
        if script is not None:
            text = _blank(text, script.start(), _closing(text, script.end()))
        place = match.end()
    return text


def _formulas_only(text: str, passages: tuple[Passage, ...]) -> str:
    r"""Within the passages, comments and labels are blank, and a bare \prime is a quotation mark."""
    pieces, place = [], 0
    for passage in passages:
        pieces.append(text[place : passage.start])
        inside = text[passage.start : passage.end]
        inside = _without_braces(_without_labels(_blanked(inside, _LATEX_COMMENT)))
        inside = _blanked(inside, _EMPTY)
        inside = inside.replace("\\\\*", "\\\\ ")  # a row that does not begin a new page
        pieces.append(_PRIME.sub("'     ", inside))
        place = passage.end
    return "".join([*pieces, text[place:]])
