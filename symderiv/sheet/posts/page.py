"""`post_files(catalog)`: the page that holds published worked examples against their definitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from symderiv.catalog import Catalog
from symderiv.notation.term import equation, sym
from symderiv.sheet.document import Block, Document, Maths, Paragraph, Prose, Section, Table, Words
from symderiv.sheet.formats.base import DEFAULT, Options, Written
from symderiv.sheet.gallery import document_files
from symderiv.sheet.posts.claims import Finding, Post, posts
from symderiv.sheet.sentences import Sentences, listed, load_sentences

FORMATS = ("tex", "markdown")


def post_files(catalog: Catalog, options: Options = DEFAULT) -> dict[str, Written]:
    """File name -> content."""
    return document_files(post_document(catalog, options), FORMATS, options)


def post_document(catalog: Catalog, options: Options = DEFAULT) -> Document:
    """A table for each post: line, what it says, what follows, the verdict; a summary in front."""
    sentences = load_sentences(options.language, options.templates)
    found = posts(catalog)
    sections = [Section("summary", sentences.say("posts.summary_title"), tuple(_summary(sentences, found)))]
    sections += [_section(sentences, number, post) for number, post in enumerate(found, start=1)]
    return Document(
        "published",
        sentences.say("posts.title"),
        sentences.say("posts.subtitle"),
        tuple(sections),
        tuple(sorted(catalog.latex().items())),
        partial=True,
        language=options.language,
    )


def _summary(sentences: Sentences, found: tuple[Post, ...]) -> Iterator[Block]:
    yield Paragraph(sentences.say("posts.intro"))
    counted: Counter[str] = Counter(finding.mark for post in found for finding in post.findings)
    head = tuple(sentences.say(f"posts.head.{key}") for key in ("verdict", "count", "meaning"))
    rows = tuple(
        (
            sentences.say(f"posts.mark.{mark}"),
            (Words(str(counted[mark])),),
            sentences.say(f"posts.meaning.{mark}"),
        )
        for mark in sentences.keys("posts.mark")
        if counted[mark]
    )
    yield Table(head, rows, "lrl")


def _section(sentences: Sentences, number: int, post: Post) -> Section:
    blocks: list[Block] = []
    if post.define:
        defined = [(Maths((equation(sym(name), term),)),) for name, term in post.define]
        blocks.append(Paragraph(sentences.say("posts.define", list=listed(defined))))
    if post.given:
        numbers = [(Maths((equation(sym(name), term),)),) for name, term in post.given]
        blocks.append(Paragraph(sentences.say("posts.given", list=listed(numbers))))
    head = tuple(sentences.say(f"posts.head.{key}") for key in ("line", "theirs", "ours", "verdict"))
    rows = tuple(_row(sentences, finding) for finding in post.findings)
    blocks.append(Table(head, rows, "rlll"))
    return Section(f"post-{number}", (Words(post.title),), tuple(blocks))


def _row(sentences: Sentences, finding: Finding) -> tuple[Prose, ...]:
    theirs = equation(*finding.theirs)
    ours: Prose = () if finding.ours is None else (Maths((finding.ours,)),)
    if finding.ours is not None and finding.mark in ("rounded", "wrong", "right", "double"):
        ours = (Maths((finding.theirs[0], "≈", finding.ours)),)
    line: Prose = (Words(str(finding.line)),)
    if finding.picture:
        line = (*line, Words(" "), *sentences.say("posts.picture"))
    return line, (Maths((theirs,)),), ours, sentences.say(f"posts.mark.{finding.mark}")
