"""HTML: one file for a page, with MathML and its style within it; no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import jinja2
from markupsafe import Markup

from symderiv.sheet.compose import compose
from symderiv.sheet.document import Document, Maths, Prose
from symderiv.sheet.environment import make_environment, render
from symderiv.sheet.escape import escape_html
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.listing import highlighted
from symderiv.sheet.mathml import MathmlMaths
from symderiv.sheet.maths import LatexMaths, PlainMaths
from symderiv.sheet.sentences import Sentences, load_sentences
from symderiv.sheet.subject import Subject
from symderiv.sheet.svg import embedded


def render_document(document: Document, options: Options) -> str:
    """A document as a web page."""
    sentences = load_sentences(document.language, options.templates)
    maths = MathmlMaths(LatexMaths.of(document))
    environment = html_environment(options, maths, sentences)
    return render(environment, "html/sheet.html.j2", {"document": document})


def html_environment(options: Options, maths: MathmlMaths, sentences: Sentences) -> jinja2.Environment:
    """What the templates of a web page may call."""
    filters: dict[str, Callable[..., object]] = {
        "inline": maths.inline,
        "heading": maths.heading,
        "display": maths.display,
        "term": maths.term,
        "line": maths.line,
        "plain": plain,
        "highlighted": highlighted,
        "embedded": embedded,
        "url": address,
    }
    environment = make_environment(options.templates, escape=escape_html, filters=filters)
    environment.globals |= {"equals": maths.sign(), "say": sentences.say, "has_sentence": sentences.has}
    return environment


def plain(prose: Prose) -> str:
    """Prose without markup, its formulas in plain notation: for titles."""
    written = PlainMaths()
    return "".join(
        written.formula(part.formula) if isinstance(part, Maths) else getattr(part, "text", "")
        for part in prose
    )


def address(url: str) -> Markup:
    """An address that leads to a page; nothing for one that would run a script."""
    shown = "".join(letter for letter in url if letter > " ")
    scheme, colon, _ = shown.partition(":")
    runs = bool(colon) and "/" not in scheme and scheme.lower() not in {"http", "https", "mailto"}
    return escape_html("" if runs else shown)


def _render(subject: Subject, options: Options) -> str:
    return render_document(compose(subject, options), options)


FORMAT = Format("html", ".html", _render, render_document)
