"""A Jupyter notebook: the sheet in Markdown cells, and two programs that prove and compute it again.

The file is nbformat 4.5, written from the page alone: the ids of its cells are made of what stands in them,
so that the same page is the same file.
"""

from __future__ import annotations

import base64
import hashlib
import json

import jinja2

from symderiv.sheet.compose import compose
from symderiv.sheet.document import Code, Document, Figure, Paragraph, Section
from symderiv.sheet.environment import render
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.formats.markdown import Dialect, markdown_environment, tidy
from symderiv.sheet.programs import number_program, proof_program
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sentences import load_sentences
from symderiv.sheet.subject import Subject

JUPYTER = Dialect(("$", "$"), ("$$", "$$"), lambda document, figure: f"attachment:{figure.name}.svg")
"""Markdown as Jupyter reads it; pictures are in the cell."""
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
Cell = dict[str, object]


def render_document(document: Document, options: Options) -> str:
    """A document as a notebook; code of a page in Python is a cell that can be run."""
    return _notebook(_cells(document, options))


def _render(subject: Subject, options: Options) -> str:
    document = compose(subject, options)
    page = Page(subject, load_sentences(options.language, options.templates))
    return _notebook([*_cells(document, options), *_cells(_programs(page, document, options), options)])


def _programs(page: Page, document: Document, options: Options) -> Document:
    """The sections with programs, as a document without a head."""
    subject = page.subject
    found = []
    proof = proof_program(page, options)
    if proof:
        said = Paragraph(page.say("notebook.proof"))
        found.append(Section("proof", page.say("notebook.proof_title"), (said, Code(proof))))
    numbers = number_program(page, options)
    if numbers:
        vector = subject.derivation.record.is_vector
        key = "notebook.numbers_vector" if vector else "notebook.numbers"
        said = Paragraph(page.say(key, **({} if vector else {"f": subject.applied, "prime": subject.prime})))
        found.append(Section("numbers", page.say("notebook.numbers_title"), (said, Code(numbers))))
    return Document("", (), (), tuple(found), document.letters, document.symbols, document.partial)


def _cells(document: Document, options: Options) -> list[Cell]:
    """A cell for each section, and one for each program in it."""
    environment = markdown_environment(document, options, JUPYTER)
    found: list[Cell] = []
    for place, section in enumerate(document.sections):
        title = place == 0 and bool(document.title)
        for part, run in _parts(section):
            if run:
                found.append(_code(run))
            else:
                found.append(_markdown(environment, document, part, title=title))
                title = False
    if not document.sections and document.title:
        found.append(_markdown(environment, document, Section("", (), ()), title=True))
    return found


def _parts(section: Section) -> list[tuple[Section, str]]:
    """Pieces of a section between its programs, and the programs."""
    found: list[tuple[Section, str]] = []
    start = 0
    for place, block in enumerate(section.blocks):
        if isinstance(block, Code) and block.language == "python":
            lead = section.blocks[start:place]
            label = (Paragraph(block.label),) if block.label else ()
            title = section.title if not start else ()
            if lead or label or title:
                found.append((Section(section.id, title, (*lead, *label), section.level), ""))
            found.append((section, block.text))
            start = place + 1
    if start < len(section.blocks) or not start:
        title = section.title if not start else ()
        found.append((Section(section.id, title, section.blocks[start:], section.level), ""))
    return found


def _markdown(environment: jinja2.Environment, document: Document, section: Section, *, title: bool) -> Cell:
    values = {"document": document, "section": section, "title": title}
    source = tidy(render(environment, "notebook/section.md.j2", values)).rstrip("\n")
    cell: Cell = {"cell_type": "markdown", "metadata": {}, "source": _lines(source)}
    pictures = {
        f"{block.name}.svg": {"image/svg+xml": base64.b64encode(block.svg.encode()).decode()}
        for block in section.blocks
        if isinstance(block, Figure)
    }
    return cell | ({"attachments": pictures} if pictures else {})


def _code(source: str) -> Cell:
    text = source.rstrip("\n")
    empty: Cell = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", "source": _lines(text)} | empty


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _notebook(cells: list[Cell]) -> str:
    named = [
        cell | {"id": hashlib.sha256(f"{place} {cell['source']}".encode()).hexdigest()[:12]}
        for place, cell in enumerate(cells)
    ]
    data = {"cells": named, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


FORMAT = Format("notebook", ".ipynb", _render, render_document)
