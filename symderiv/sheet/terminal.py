"""A whole document as terminal text: Unicode mathematics, wrapped at the width of the screen."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import cast

from symderiv.sheet.document import (
    Aligned,
    Block,
    Boxed,
    Cite,
    Code,
    Display,
    Document,
    Facts,
    Figure,
    Items,
    Link,
    Paragraph,
    Prose,
    Rules,
    Table,
    Words,
)
from symderiv.sheet.document import Maths as MathsPart
from symderiv.sheet.escape import escape_text
from symderiv.sheet.formats.base import Options
from symderiv.sheet.maths import Maths, PlainMaths
from symderiv.sheet.unicode_maths import UnicodeMaths

MARKS = {"proved": "✓", "undecided": "?", "refuted": "✗"}
_HEAD, _STRESS, _QUIET = "1", "1", "2"
_INDENT = 2


def document_text(document: Document, options: Options) -> str:
    """Title, sections and blocks in the order of reading; pictures by their descriptions."""
    return "\n".join(_Writer(document, options).lines()).rstrip() + "\n"


class _Writer:
    def __init__(self, document: Document, options: Options) -> None:
        self.document, self.options = document, options
        unicode = UnicodeMaths(dict(document.letters), document.partial, dict(document.symbols))
        self.maths: Maths = PlainMaths() if options.ascii else unicode

    def prose(self, prose: Prose) -> str:
        """A sentence on one line."""
        found = []
        for part in prose:
            match part:
                case MathsPart():
                    found.append(self.maths.formula(part.formula))
                case Link():
                    found.append(escape_text(f"{part.text} <{part.url}>" if part.text else part.url))
                case Cite():
                    found.append(part.name)
                case Words():
                    found.append(escape_text(part.text))
        return "".join(found)

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.options.color and text else text

    def wrap(self, text: str, indent: int = _INDENT, hanging: int = 0, *, less: int = 0) -> list[str]:
        return textwrap.wrap(
            text,
            max(self.options.width - less, 20 + indent),
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hanging),
            break_long_words=False,
            break_on_hyphens=False,
        )

    def lines(self) -> Iterator[str]:
        yield self.paint(self.prose(self.document.title), _HEAD)
        if self.document.subtitle:
            yield self.prose(self.document.subtitle)
        for section in self.document.sections:
            yield ""
            if section.title:
                yield self.paint(self.prose(section.title), _STRESS)
            for block in section.blocks:
                yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        yield from cast(Callable[[Block], Iterator[str]], getattr(self, block.kind))(block)

    def paragraph(self, block: Paragraph) -> Iterator[str]:
        yield from self.wrap(self.prose(block.prose))

    def facts(self, block: Facts) -> Iterator[str]:
        yield from self.columns([[self.prose(cell) for cell in row] for row in block.rows], "ll")

    def display(self, block: Display) -> Iterator[str]:
        for formula, label in block.lines:
            yield from self.margin(self.maths.formula(formula), self.prose(label), 2 * _INDENT)

    def aligned(self, block: Aligned) -> Iterator[str]:
        yield from self.wrap(self.maths.term(block.start), 2 * _INDENT, 4)
        for line in block.lines:
            name = line.cite.name if line.cite else ""
            mark = MARKS.get(line.status, "?")
            sign = ("~" if self.options.ascii else "≈") if line.rounded else "="
            yield from self.margin(f"{sign} {self.maths.term(line.term)}", f"{name}  {mark}", 3 * _INDENT)

    def margin(self, text: str, label: str, indent: int) -> Iterator[str]:
        """A formula, and its word at the right edge, on a line of its own where there is no room."""
        shown = self.wrap(text, indent, 4)
        if not label:
            yield from shown
            return
        room = self.options.width - len(label) - 2
        *first, last = shown
        yield from first
        if len(last) > room:
            yield last
            last = ""
        yield last.ljust(room) + "  " + self.paint(label, _QUIET)

    def boxed(self, block: Boxed) -> Iterator[str]:
        inside = self.wrap(self.maths.formula(block.formula), 0, 4, less=4 * _INDENT)
        width = max(map(len, inside))
        pad = " " * (2 * _INDENT)
        corners, rule, side = ("++++", "-", "|") if self.options.ascii else ("┌┐└┘", "─", "│")
        bar = rule * (width + 2)
        top, bottom = (f"{pad}{ends[0]}{bar}{ends[1]}" for ends in (corners[:2], corners[2:]))
        label = self.prose(block.label)
        fits = len(top) + len(label) + 2 <= self.options.width
        yield f"{top}  {label}".rstrip() if fits else top
        yield from (f"{pad}{side} {line.ljust(width)} {side}" for line in inside)
        yield bottom
        if not fits:
            yield f"{pad}{label}"

    def rules(self, block: Rules) -> Iterator[str]:
        for entry in block.entries:
            statement = self.maths.formula(entry.statement) if entry.statement else ""
            said = ". ".join(part for part in (statement, self.prose(entry.prose)) if part)
            yield from self.wrap(f"[{entry.cite.number}] {entry.cite.name}: {said}", _INDENT, 4)

    def table(self, block: Table) -> Iterator[str]:
        head = [self.prose(cell) for cell in block.head]
        yield from self.columns(
            [head, *([self.prose(cell) for cell in row] for row in block.rows)], block.align, ruled=True
        )

    def columns(self, rows: Sequence[Sequence[str]], align: str, *, ruled: bool = False) -> Iterator[str]:
        """Cells under one another; the last column wraps where it is text."""
        count = max(map(len, rows), default=0)
        widths = [max(len(row[k]) for row in rows) for k in range(count)]
        for position, row in enumerate(rows):
            cells = [
                cell.rjust(width)
                if letter == "r"
                else cell.center(width)
                if letter == "c"
                else cell.ljust(width)
                for cell, width, letter in zip(row, widths, align, strict=True)
            ]
            hanging = sum(widths[:-1]) + 2 * (count - 1)
            line = "  ".join(cells).rstrip()
            if len(line) + _INDENT > self.options.width and align[-1] == "l":
                first = " " * _INDENT + "  ".join(cells[:-1]) + "  "
                yield from textwrap.wrap(
                    row[-1],
                    max(self.options.width, hanging + 24),
                    initial_indent=first,
                    subsequent_indent=" " * len(first),
                    break_long_words=False,
                    break_on_hyphens=False,
                )
            else:
                yield " " * _INDENT + line
            if ruled and position == 0:
                yield " " * _INDENT + ("-" if self.options.ascii else "─") * (sum(widths) + 2 * (count - 1))

    def items(self, block: Items) -> Iterator[str]:
        bullet = "-" if self.options.ascii else "•"
        for item, label in block.items:
            said = self.prose(item) + (f"  ({self.prose(label)})" if label else "")
            yield from self.wrap(f"{bullet} {said}", _INDENT, 2)

    def code(self, block: Code) -> Iterator[str]:
        if block.label:
            yield from self.wrap(self.prose(block.label))
        yield from (f"{' ' * 2 * _INDENT}{line}" for line in block.text.rstrip().splitlines())

    def figure(self, block: Figure) -> Iterator[str]:
        yield from self.wrap(f"[{escape_text(block.alt)}]")
