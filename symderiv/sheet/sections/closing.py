"""The end of a sheet: the verdict on everything above, and the references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symderiv.sheet.document import Block, Items, Link, Paragraph, Prose, Section, Words
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sentences import listed, words

if TYPE_CHECKING:
    from symderiv.prove import Verdict


def verdict(page: Page) -> Section:
    """How many steps and statements there are, how many are proved, how, and under which conditions."""
    steps = [step.verdict for step in page.subject.steps() if not step.children]
    claims = list(_claims(page))
    counted = {
        "steps": len(steps),
        "proved": sum(v.status == "proved" for v in steps),
        "claims": len(claims),
        "claims_proved": sum(v.status == "proved" for v in claims),
        "routes": len(page.subject.derivation.routes),
    }
    key = "steps_one" if counted["routes"] == 1 else "steps_all"
    everything = [*steps, *claims]
    blocks: list[Block] = [Paragraph(page.say(f"sheet.verdict.{key}", **counted))]
    ways = dict.fromkeys(v.how for v in everything if v.status == "proved")
    if ways:
        how = listed([page.way(way) for way in ways], "; ")
        said = listed([page.say("sheet.verdict.method", how=how), page.say("sheet.verdict.versions")], " ")
        blocks.append(Paragraph(said))
    open_ones = [v for v in everything if v.status != "proved"]
    if open_ones:
        reasons = dict.fromkeys(v.note or v.how.replace("-", " ") for v in open_ones)
        said = page.say("sheet.verdict.undecided", count=len(open_ones), list=", ".join(reasons))
        blocks.append(Paragraph(said))
    return Section("verdict", page.say("sheet.title.verdict"), tuple(blocks))


def _claims(page: Page) -> Iterator[Verdict]:
    """The verdict of every statement of the sheet that is not a step."""
    derivation = page.subject.derivation
    yield from (found for _, found in derivation.equivalents)
    yield from (bridge.verdict for bridge in derivation.bridges)
    yield from (form.verdict for form in (*derivation.forms, *derivation.second))
    for subject in (page.subject, *(inner for _, inner in page.subject.classes)):
        yield from (found.verdict for found in subject.properties)
    yield from page.subject.vector_verdicts()
    if page.subject.higher is not None:
        yield from (step.verdict for step in page.subject.higher.steps)
    yield from (step.verdict for told in page.subject.origins for step in told.route.steps)
    if page.subject.inverse is not None:
        yield page.subject.inverse.composition
        yield from (step.verdict for step in page.subject.inverse.steps)
    if page.subject.at is not None:
        yield from (one.verdict for one in page.subject.at.values)


def references(page: Page) -> Section | None:
    """Where the definition comes from."""
    found = page.subject.derivation.record.references
    if not found:
        return None
    items: list[tuple[Prose, Prose]] = []
    for reference in found:
        prose: Prose = words(reference.text)
        if reference.url:
            prose = (*prose, Words(", "), Link(reference.url))
        items.append(((*prose, Words(".")), ()))
    return Section("references", page.say("sheet.title.references"), (Items(tuple(items)),))
