"""`compose(subject, options)`: the page of a teacher, in the order of reading, as a `Document`."""

from __future__ import annotations

from symderiv.sheet.document import Document, Section
from symderiv.sheet.formats.base import DEFAULT, Options
from symderiv.sheet.sections import (
    closing,
    computing,
    heading,
    higher,
    notation,
    numeric,
    origins,
    pictures,
    properties,
    results,
    steps,
    targets,
    vectors,
)
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sentences import formula_words, load_sentences
from symderiv.sheet.subject import Subject


def compose(subject: Subject, options: Options = DEFAULT) -> Document:
    """Every section that has something to say. The same question is answered once."""
    key = options.language, options.templates, options.pictures
    if key not in subject.documents:
        subject.documents[key] = _compose(subject, options)
    return subject.documents[key]


def _compose(subject: Subject, options: Options) -> Document:
    page = Page(subject, load_sentences(options.language, options.templates))
    opening = [heading.glance(page), heading.definition(page)]
    found: list[Section | None] = [
        *steps.derivation(page),
        results.result(page),
        results.second(page),
        higher.higher(page),
        *vectors.vectors(page),
        properties.kinks(page),
        properties.properties(page),
        *targets.targets(page),
        *origins.origins(page),
        origins.inverse(page),
        numeric.numeric(page),
        computing.computing(page),
        pictures.accuracy(page) if options.pictures else None,
        closing.verdict(page),
        closing.references(page),
    ]
    body = [section for section in found if section is not None]
    rules = steps.rules_used(page)
    drawn = pictures.picture(page) if options.pictures else None
    opening += [drawn] if drawn else []
    sections = [*opening, notation.notation(page, [*opening, *body]), *([rules] if rules else []), *body]
    return Document(
        subject.name,
        page.say("sheet.title.sheet", title=capital(subject.derivation.title)),
        page.say("sheet.title.subtitle", derivative=subject.derivative),
        tuple(sections),
        tuple(sorted(subject.functions().items())),
        symbols=_symbols(subject),
        partial=subject.derivation.record.takes_vector,
        language=options.language,
        words=formula_words(page.sentences),
    )


def _symbols(subject: Subject) -> tuple[tuple[str, str], ...]:
    """LaTeX of single names: the function's own letter, and the letters of vectors."""
    derivation = subject.derivation
    own = ((derivation.name, derivation.symbol),) if derivation.symbol else ()
    return own if derivation.vector is None else (*own, *derivation.vector.latex_symbols)


def capital(title: str) -> str:
    """A title with a capital first letter, the rest as written (GELU stays GELU)."""
    return title[:1].upper() + title[1:]
