"""`compose_network(worked)`: the page of a network worked out by hand, as a `Document`."""

from __future__ import annotations

import json

from symderiv.network.data import data
from symderiv.network.worked import Worked
from symderiv.sheet.backprop import closing, derivatives, forward
from symderiv.sheet.backprop.drawing import picture, svg
from symderiv.sheet.backprop.page import NetPage
from symderiv.sheet.backprop.scene import scene
from symderiv.sheet.compose import capital
from symderiv.sheet.document import Document, Figure, Section
from symderiv.sheet.formats import find_format, format_names
from symderiv.sheet.formats.base import DEFAULT, Options, Written
from symderiv.sheet.gallery import document_files
from symderiv.sheet.sentences import load_sentences


def compose_network(worked: Worked, options: Options = DEFAULT) -> Document:
    """Equations, drawing, forward and backward pass, gradients, update, check and verdict."""
    page = NetPage(worked, load_sentences(options.language, options.templates))
    head = [forward.network(page), graph(page)]
    body = [
        forward.forward(page),
        derivatives.locals_(page),
        derivatives.backward(page),
        derivatives.gradients(page),
        derivatives.updates(page),
        closing.check(page),
        closing.verdict(page),
    ]
    found = [section for section in body if section is not None]
    return Document(
        worked.network.name,
        page.say("title.sheet", title=capital(worked.network.title)),
        page.say("title.subtitle"),
        (*head, *found[:-1], page.rules(), found[-1]),
        tuple(sorted(worked.network.catalog.latex().items())),
        symbols=tuple(sorted(page.shown.symbols.items())),
        partial=True,
        language=options.language,
    )


def graph(page: NetPage) -> Section:
    """The drawing."""
    drawn = scene(page.shown)
    alt = page.sentences.text("backprop.graph.alt")
    title = f"{alt}: {page.worked.network.title}"
    numeric = "caption" if page.worked.numbers is not None else "caption_symbols"
    figure = Figure("graph", title, page.say(f"graph.{numeric}"), svg(drawn, title), tex=picture(drawn))
    return Section("graph", page.say("title.graph"), (figure,))


PAGES = ("tex", "markdown", "html", "notebook", "ipynb", "pdf")
"""Formats that a network is written in, as far as they are there."""


def network_files(worked: Worked, options: Options = DEFAULT) -> dict[str, Written]:
    """File name -> content: the page in every format that can write it here, its drawing, and the JSON."""
    document = compose_network(worked, options)
    there = [name for name in PAGES if name in format_names()]
    formats = [name for name in there if find_format(name).write is not None]
    found = document_files(document, formats, options)
    found[f"{document.name}.json"] = json.dumps(data(worked), ensure_ascii=False, indent=2) + "\n"
    return found
