"""PDF: the LaTeX sheet where TeX is installed, else the same sheet through Typst, which needs no TeX."""

from __future__ import annotations

from importlib import import_module

from symderiv.sheet.compose import compose
from symderiv.sheet.document import Document
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.subject import Subject
from symderiv.sheet.typesetting import find_engine, typeset


def render_document(document: Document, options: Options) -> bytes:
    """A document on paper. Raises `MissingExtraError` where there is nothing to make it with."""
    engine = find_engine(options.engine)
    source = import_module(f"symderiv.sheet.formats.{engine.source}").FORMAT
    return typeset(engine, document.name, source.write(document, options), source.beside(document))


def _render(subject: Subject, options: Options) -> bytes:
    return render_document(compose(subject, options), options)


FORMAT = Format("pdf", ".pdf", _render, render_document, require=lambda options: find_engine(options.engine))
