"""Where the target takes a few values only: kinks and properties of the function for each of them."""

from __future__ import annotations

from symderiv.notation.term import equation, sym
from symderiv.sheet.document import Block, Section
from symderiv.sheet.sections import properties
from symderiv.sheet.sections.page import Page


def targets(page: Page) -> list[Section]:
    """A section for each value."""
    found = []
    name = page.subject.derivation.record.target
    for number, (value, subject) in enumerate(page.subject.classes, start=1):
        inner = Page(subject, page.sentences)
        blocks: list[Block] = []
        for section in (properties.kinks(inner), properties.properties(inner)):
            blocks += section.blocks if section is not None else ()
        if blocks:
            title = page.say("sheet.title.target", claim=equation(sym(name), value))
            found.append(Section(f"target-{number}", title, tuple(blocks)))
    return found
