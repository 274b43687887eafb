"""`network_pages(catalog)`: pages of the networks that come along, of the output layer, and an index."""

from __future__ import annotations

from symderiv.catalog import Catalog
from symderiv.network.assembly import assemble
from symderiv.network.examples import examples
from symderiv.network.output_layer import layers
from symderiv.network.toml_file import read_file
from symderiv.network.worked import Worked, work
from symderiv.notation.term import Term, call, diff, sym
from symderiv.sheet.backprop.composed import network_files
from symderiv.sheet.compose import capital
from symderiv.sheet.document import (
    Block,
    Display,
    Document,
    Formula,
    Link,
    Maths,
    Paragraph,
    Prose,
    Section,
    Table,
)
from symderiv.sheet.formats.base import DEFAULT, Options, Written
from symderiv.sheet.formats.markdown import render_document
from symderiv.sheet.gallery import document_files
from symderiv.sheet.sections.page import equals
from symderiv.sheet.sentences import Sentences, listed, load_sentences, words

INDEX = "README.md"
_FORMATS = ("tex", "markdown")


def network_pages(catalog: Catalog, options: Options = DEFAULT) -> dict[str, Written]:
    """File name -> content: the sheets, their drawings and data, the output layer, the index."""
    worked = [work(assemble(read_file(path), catalog)) for path in examples()]
    found: dict[str, Written] = {}
    for one in worked:
        found |= network_files(one, options)
    layer = activations(catalog, options)
    found |= document_files(layer, _FORMATS, options)
    found[INDEX] = render_document(_index(worked, layer, options), options)
    return found


def activations(catalog: Catalog, options: Options = DEFAULT) -> Document:
    """∂E/∂w[j, k] of the output layer, for a g of which nothing is known and for every activation."""
    sentences = load_sentences(options.language, options.templates)
    lines: list[tuple[Formula, Prose]] = []
    error: Prose = ()
    for name, worked in layers(catalog):
        if not error:
            loss = worked.network.by_name[worked.network.loss]
            error = (Maths(equals(loss.whole, loss.body)),)
        gradient = worked.backward.gradients[0]
        left = diff(sym(worked.network.loss), gradient.adjoint.left)
        shown: Term = call(name or "g", sym("z"))
        lines.append(((*equals(left, gradient.plain),), _margin(sentences, shown, worked.verdict("w"))))
    blocks: tuple[Block, ...] = (
        Paragraph(sentences.say("backprop.layer.intro", error=error)),
        Display(tuple(lines[:1])),
        Paragraph(sentences.say("backprop.layer.each")),
        Display(tuple(lines[1:])),
    )
    return Document(
        "output_layer_activations",
        sentences.say("backprop.layer.title"),
        sentences.say("backprop.layer.subtitle"),
        (Section("layer", (), blocks),),
        tuple(sorted(catalog.latex().items())),
        partial=True,
        language=options.language,
    )


def _margin(sentences: Sentences, shown: Term, status: str) -> Prose:
    """Which activation it is; a word of warning where a line is not proved."""
    said = sentences.say("backprop.layer.which", g=shown)
    if status == "proved":
        return said
    return listed([said, sentences.say(f"sheet.status.{status}", note="")])


def _index(worked: list[Worked], layer: Document, options: Options) -> Document:
    sentences = load_sentences(options.language, options.templates)
    rows: list[tuple[Prose, ...]] = []
    for one in worked:
        lines = one.lines()
        proved = sum(line.is_proved for line in lines)
        name = one.network.name
        counted = sentences.say("backprop.index.count", proved=proved, lines=len(lines))
        rows.append((words(capital(one.network.title)), counted, (Link(f"{name}.md", f"{name}.md"),)))
    link = (Link(f"{layer.name}.md", f"{layer.name}.md"),)
    rows.append((sentences.say("backprop.layer.title"), (), link))
    head = tuple(sentences.say(f"backprop.index.{key}") for key in ("network", "lines", "sheet"))
    return Document(
        "networks",
        sentences.say("backprop.index.title"),
        sentences.say("backprop.index.intro"),
        (Section("networks", (), (Table(head, tuple(rows), "lrl"),)),),
        language=options.language,
    )
