"""How to compute the derivative: where each form loses its digits, and a program that loses none."""

from __future__ import annotations

import math
from collections.abc import Sequence

from symderiv.sheet.document import Block, Code, Paragraph, Prose, Section, Table
from symderiv.sheet.sections.numeric import parse
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sentences import listed
from symderiv.verify.computing import Computing
from symderiv.verify.lost_digits import Loss, Stretch


def computing(page: Page) -> Section | None:
    """The table of losses, and the code."""
    found = page.subject.computing
    if found is None:
        return None
    blocks: list[Block] = []
    if found.forms:
        said = [page.say("computing.intro", x=page.subject.variable)]
        blocks += [Paragraph(listed([*said, page.say("computing.losses")], " ")), _table(page, found)]
        if not found.loses:
            blocks = [Paragraph(listed([*said, page.say("computing.kept")], " "))]
    program = found.program
    if program is not None:
        ulp = f"{math.ceil(program.ulp * 1000) / 1000:.3f}"
        label = page.say("computing.code", ulp=parse(ulp), points=program.points)
        if "erfcx" in program.text:
            label = listed([label, page.say("computing.erfcx")], " ")
        blocks.append(Code(program.text, "python", label))
    return Section("computing", page.say("computing.title"), tuple(blocks))


def _table(page: Page, found: Computing) -> Table:
    head = [page.say("computing.form")]
    head += [
        page.say(f"computing.{extent}", type=kind)
        for kind in ("float32", "float64")
        for extent in ("half", "all")
    ]
    rows: dict[tuple[Loss, ...], list[Prose]] = {}
    for kind, losses in found.forms:
        rows.setdefault(losses, []).append(page.say(f"computing.{kind}"))
    body = [
        (listed(names), *(_where(page, part) for loss in losses for part in (loss.half, loss.all)))
        for losses, names in rows.items()
    ]
    return Table(tuple(head), tuple(body), "lllll")


def _where(page: Page, stretches: Sequence[Stretch]) -> Prose:
    """`|x| >= 5.19`, `x <= -88.7`, or nowhere."""
    if not stretches:
        return page.say("computing.nowhere")
    x = page.subject.variable
    ends = [_text(end) for stretch in stretches for end in (stretch.low, stretch.high)]
    if len(ends) == 4 and ends[0] == "-inf" and ends[3] == "inf" and ends[1] == f"-{ends[2]}":
        return page.say("computing.both", x=x, low=parse(ends[2]))
    return listed([_one(page, stretch) for stretch in stretches])


def _one(page: Page, stretch: Stretch) -> Prose:
    x = page.subject.variable
    if math.isinf(stretch.low) and math.isinf(stretch.high):
        return page.say("computing.everywhere")
    if math.isinf(stretch.high):
        return page.say("computing.above", x=x, low=parse(_text(stretch.low)))
    if math.isinf(stretch.low):
        return page.say("computing.below", x=x, high=parse(_text(stretch.high)))
    return page.say("computing.between", x=x, low=parse(_text(stretch.low)), high=parse(_text(stretch.high)))


def _text(end: float) -> str:
    """Three digits."""
    return f"{end:.3g}" if end else "0"
