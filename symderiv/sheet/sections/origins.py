"""Where the definition comes from, and the inverse function with its derivative."""

from __future__ import annotations

from symderiv.notation.term import call, equation
from symderiv.sheet.document import Block, Boxed, Display, Maths, Paragraph, Prose, Section, Words
from symderiv.sheet.sections.page import Page, equals
from symderiv.sheet.sections.steps import aligned
from symderiv.sheet.sentences import listed


def origins(page: Page) -> list[Section]:
    """A part for each origin that the record tells, line by line."""
    found = []
    told = page.subject.origins
    if told:
        found.append(Section("origins", page.say("sheet.title.origins"), ()))
    for number, one in enumerate(told, start=1):
        blocks: list[Block] = [Paragraph(_said(page, number, "text", one.text))]
        if one.given:
            given = listed([(Maths((claim,)),) for claim in one.given])
            blocks.append(Paragraph(page.say("origins.given", list=given)))
        blocks.append(aligned(page, one.route))
        title = _said(page, number, "title", one.title)
        found.append(Section(f"origin-{number}", title, tuple(blocks), level=2))
    return found


def _said(page: Page, number: int, part: str, text: str) -> Prose:
    """The words of the record, unless this language has its own: `[told.sigmoid.1]` in origins.toml."""
    key = f"origins.told.{page.subject.name}.{number}.{part}"
    return page.say(key) if page.sentences.has(key) else (Words(text),)


def inverse(page: Page) -> Section | None:
    """The inverse in closed form, that it undoes the function, and its derivative."""
    found = page.subject.inverse
    if found is None:
        return None
    subject = page.subject
    whole = call(subject.name, found.term)
    slots = {"f": subject.applied, "x": subject.variable, "y": found.letter}
    blocks: list[Block] = [
        Paragraph(page.say("origins.inverse", **slots)),
        Boxed(equals(subject.variable, found.term), page.say("origins.inverse_label")),
        Paragraph(page.say("origins.composition", claim=equation(whole, found.letter), **slots)),
        Paragraph(page.say("origins.slope", **slots)),
    ]
    blocks.append(aligned(page, found.route))
    if page.mark(found.composition):
        blocks.append(Display(((equals(whole, found.letter), page.mark(found.composition)),)))
    return Section("inverse", page.say("sheet.title.inverse"), tuple(blocks))
