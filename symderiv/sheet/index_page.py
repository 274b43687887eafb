"""The index of a gallery as a web page: a card for each function, a choice of families, no script."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from markupsafe import Markup

from symderiv.sheet.document import Document, Figure
from symderiv.sheet.entry import Entry
from symderiv.sheet.environment import render
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.formats.html import html_environment
from symderiv.sheet.mathml import MathmlMaths
from symderiv.sheet.maths import LatexMaths
from symderiv.sheet.sentences import load_sentences
from symderiv.sheet.svg import embedded


def index_page(
    document: Document, entries: Sequence[Entry], options: Options, *, unlinked: Set[str] = frozenset()
) -> str:
    """The page: previews of each function's definition, derivative and picture, and links to its files.

    `document` is the index as a document: its title, a section for each family, the letters of functions.
    Files of the formats in `unlinked` are not linked.
    """
    sentences = load_sentences(options.language, options.templates)
    maths = MathmlMaths(LatexMaths.of(document))
    environment = html_environment(options, maths, sentences)
    environment.filters |= {"preview": _preview, "word": _word}
    cards = [
        (section, [entry for entry in entries if _word(entry.family) == _word(section.id)])
        for section in document.sections
    ]
    files = {entry.name: _files(entry, unlinked) for entry in entries}
    values = {"document": document, "families": cards, "files": files, "count": len(entries)}
    return render(environment, "html/index.html.j2", values)


def _files(entry: Entry, unlinked: Set[str]) -> list[tuple[str, str]]:
    """(extension, path), web pages first."""
    kept = [(name, path) for name, path in entry.files if name not in unlinked]
    kept.sort(key=lambda file: file[0] != "html")
    return [(find_format(name).extension.lstrip("."), path) for name, path in kept]


def _preview(entry: Entry) -> Markup:
    """The picture, its ids made those of this card."""
    return embedded(Figure(entry.name, entry.preview_alt, (), entry.preview))


def _word(text: str) -> str:
    """A family as part of an id."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text)
