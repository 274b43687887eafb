"""`compose(subject, options)`: the page of a teacher, in the order of reading, as a `Document`."""

from __future__ import annotations

from symderiv.sheet.document import Document, Section
from symderiv.sheet.formats.base import DEFAULT, Options
from symderiv.sheet.sections import heading, results, steps
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sentences import load_sentences
from symderiv.sheet.subject import Subject


def compose(subject: Subject, options: Options = DEFAULT) -> Document:
    """Every section that has something to say."""
    page = Page(subject, load_sentences(options.language, options.templates))
    sections: list[Section | None] = [
        heading.glance(page),
        heading.definition(page),
        steps.rules_used(page),
        *steps.derivation(page),
        results.result(page),
    ]
    return Document(
        subject.name,
        page.say("sheet.title.sheet", title=capital(subject.derivation.title)),
        page.say("sheet.title.subtitle", derivative=subject.derivative),
        tuple(section for section in sections if section is not None),
        tuple(sorted(subject.functions().items())),
        partial=subject.derivation.record.is_vector,
        language=options.language,
    )


def capital(title: str) -> str:
    """A title with a capital first letter, the rest as written (GELU stays GELU)."""
    return title[:1].upper() + title[1:]
