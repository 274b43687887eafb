"""`Document`: a page as values, before it is LaTeX, Markdown or terminal text.

A document is a title and sections; a section is a list of blocks; a block holds formulas (Terms, never
strings of a format) and prose (runs of words and formulas). A format is a way to write these few values:
it needs no knowledge of derivatives, and the code that composes a page needs none of formats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from symderiv.notation.term import Term, neg, sym

Sign = Literal["→", "∈", "≈", "↦", ":", "=", "<", "≤", "∪", "×", ","]
SIGNS: tuple[Sign, ...] = (":", "→", "∈", "≈", "↦", "≤", "∪", "×")
"""Signs between formulas that plain notation has no word for."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A part of the real line between two ends, each taken in or left out, each exact or rounded."""

    low: Term
    high: Term
    low_closed: bool = False
    high_closed: bool = False
    low_rounded: bool = False
    high_rounded: bool = False


INFINITY = sym("oo")
REALS = Interval(neg(INFINITY), INFINITY)
"""The whole line."""


@dataclass(frozen=True, slots=True)
class Points:
    """A finite set of numbers."""

    values: tuple[Term, ...]


Formula = tuple[Term | Interval | Points | Sign, ...]
"""What one pair of mathematics brackets holds: mostly one Term, sometimes `f : R → (0, 1)`."""


@dataclass(frozen=True, slots=True)
class Maths:
    """A formula within a sentence."""

    formula: Formula
    kind: ClassVar[str] = "maths"


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words; `style` is for names that a program reads (`code`) or for stress (`strong`)."""

    text: str
    style: Literal["plain", "code", "strong"] = "plain"
    kind: ClassVar[str] = "words"


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the words to show for it (the address itself where there are none)."""

    url: str
    text: str = ""
    kind: ClassVar[str] = "link"


@dataclass(frozen=True, slots=True)
class Cite:
    """A rule by its name, with its number in this document's list of rules."""

    rule: str
    name: str
    number: int
    kind: ClassVar[str] = "cite"


@dataclass(frozen=True, slots=True)
class Number:
    """One or several numbers of a sentence, each exactly, by certified digits, or both."""

    values: tuple[tuple[Term | None, Term | None], ...]

    @property
    def relation(self) -> Sign:
        """What stands between a name and the number."""
        return "≈" if any(exact is None for exact, _ in self.values) else "="

    @property
    def formula(self) -> Formula:
        """`1/4`, `pi ≈ 3.14159`, `0.3517` or `-1, 1`."""
        shown = [exact or digits for exact, digits in self.values]
        found: list[Term | Interval | Points | Sign] = []
        for term in shown:
            if term is not None:
                found += [",", term] if found else [term]
        exact, digits = self.values[0]
        if len(shown) == 1 and exact is not None and digits is not None and _is_irrational(exact):
            found += ["≈", digits]
        return tuple(found)


def _is_irrational(term: Term) -> bool:
    return any(node.kind in {"call", "constant", "pow"} for node in term.walk())


Prose = tuple[Maths | Words | Link | Cite, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    prose: Prose
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts under their labels: (label, what holds)."""

    rows: tuple[tuple[Prose, Prose], ...]
    kind: ClassVar[str] = "facts"


@dataclass(frozen=True, slots=True)
class Display:
    """Formulas on lines of their own, each with a word at the margin."""

    lines: tuple[tuple[Formula, Prose], ...]
    kind: ClassVar[str] = "display"


Brace = tuple[tuple[int, ...], Term]
"""A place in a formula, and what is written under it."""


@dataclass(frozen=True, slots=True)
class Line:
    """= term, and the rule that leads here at the margin. `brace` marks parts that the next line replaces."""

    term: Term
    cite: Cite | None = None
    status: str = "proved"
    brace: tuple[Brace, ...] = ()


@dataclass(frozen=True, slots=True)
class Aligned:
    """start = line = line ...: one equality a line, aligned at the sign."""

    start: Term
    lines: tuple[Line, ...]
    kind: ClassVar[str] = "aligned"


@dataclass(frozen=True, slots=True)
class Boxed:
    """A result: its formula, and what to call it."""

    formula: Formula
    label: Prose = ()
    kind: ClassVar[str] = "boxed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered rule: name, statement, when it applies."""

    cite: Cite
    statement: Formula | None
    prose: Prose
    kind: ClassVar[str] = "entry"


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbered rules that the steps of this document cite."""

    entries: tuple[Entry, ...]
    kind: ClassVar[str] = "rules"


@dataclass(frozen=True, slots=True)
class Table:
    """Columns with headings; `align` has one letter of `lrc` for each column."""

    head: tuple[Prose, ...]
    rows: tuple[tuple[Prose, ...], ...]
    align: str
    kind: ClassVar[str] = "table"


@dataclass(frozen=True, slots=True)
class Items:
    """A list of statements, each with a word at the margin: how it was proved."""

    items: tuple[tuple[Prose, Prose], ...]
    kind: ClassVar[str] = "items"


@dataclass(frozen=True, slots=True)
class Code:
    """A program or a command, line by line as it stands; `language` as syntax highlighters call it."""

    text: str
    language: str = "python"
    label: Prose = ()
    kind: ClassVar[str] = "code"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: `svg` for pages on a screen, `tex` or `pdf` for paper, `alt` for who cannot see it.

    `tex` is LaTeX that draws the picture with the packages of a small TeX installation; where there is none,
    the file of `pdf` stands beside the page. `name` tells the figures of one document apart.
    """

    name: str
    alt: str
    caption: Prose
    svg: str
    pdf: bytes = b""
    tex: str = ""
    kind: ClassVar[str] = "figure"

    def file(self, document: str, extension: str) -> str:
        """What its file beside the page of that document is called."""
        return f"{document}-{self.name}.{extension}"

    def content(self, extension: str) -> bytes:
        """What its file holds; nothing where no file is needed."""
        if extension == "pdf":
            return b"" if self.tex else self.pdf
        return self.svg.encode()


Block = Paragraph | Facts | Display | Aligned | Boxed | Rules | Table | Items | Code | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading. `id` is stable; `level` 1 is a section, 2 a part of the one before.

    A section without a title stands at the head of the page.
    """

    id: str
    title: Prose
    blocks: tuple[Block, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A whole page. `name` is the plain name of its subject, `language` that of its sentences.

    `letters` are the LaTeX letters of functions, `symbols` those of single names; `partial` writes ∂ for d.
    """

    name: str
    title: Prose
    subtitle: Prose
    sections: tuple[Section, ...]
    letters: tuple[tuple[str, str], ...] = ()
    symbols: tuple[tuple[str, str], ...] = ()
    partial: bool = False
    language: str = "en"

    def section(self, id: str) -> Section | None:  # noqa: A002 - the word of the templates
        """The section of that id."""
        return next((section for section in self.sections if section.id == id), None)

    def blocks(self) -> Iterator[Block]:
        """Every block, in the order of reading."""
        for section in self.sections:
            yield from section.blocks
