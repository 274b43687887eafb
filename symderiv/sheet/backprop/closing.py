"""The gradient check, and the verdict on every line of the page."""

from __future__ import annotations

from symderiv.network.quotients import Quotient
from symderiv.sheet.backprop.page import NetPage
from symderiv.sheet.backprop.shown import figures
from symderiv.sheet.document import Block, Maths, Paragraph, Prose, Section, Table
from symderiv.sheet.sections.numeric import number
from symderiv.sheet.sentences import listed, words

_MOST_ROWS = 16
_DIGITS = 12


def check(page: NetPage) -> Section | None:
    """Derivatives beside difference quotients of the loss, which know no rules."""
    found = page.worked.quotients
    if not found:
        return None
    rows = tuple(_row(page, one) for one in found[:_MOST_ROWS])
    head = tuple(page.say(f"check.{key}") for key in ("entry", "derivative", "quotient", "error"))
    blocks: list[Block] = [Paragraph(page.say("check.intro")), Table(head, rows, "lrrr")]
    if len(found) > _MOST_ROWS:
        worst = max((one for one in found if one.error is not None), key=_size, default=None)
        if worst is not None:
            said = page.say("check.more", count=len(found), error=number(_error(worst)))
            blocks.append(Paragraph(said))
    agreeing = sum(one.agrees for one in found)
    key = "agree" if agreeing == len(found) else "kink" if page.worked.borders else "differ"
    slots_ = {"agreeing": agreeing, "count": len(found)}
    if key == "kink":
        blocks.append(Paragraph(page.say("check.kink", list=", ".join(page.worked.borders[:8]), **slots_)))
    else:
        blocks.append(Paragraph(page.say(f"check.{key}", **slots_)))
    return Section("check", page.say("title.check"), tuple(blocks))


def _size(one: Quotient) -> float:
    return 0.0 if one.error is None else float(one.error.mid())


def _row(page: NetPage, one: Quotient) -> tuple[Prose, ...]:
    left: Prose = (Maths((page.shown.entry(one.name, one.place),)),)
    quotient: Prose = () if one.quotient is None else (Maths((figures(one.quotient, _DIGITS).term,)),)
    return left, (Maths((figures(one.derivative, _DIGITS).term,)),), quotient, number(_error(one))


def _error(one: Quotient) -> str:
    """The relative distance to two digits."""
    size = _size(one)
    return "" if one.error is None else "0" if size == 0 else f"{size:.1e}".replace("e-0", "e-")


def verdict(page: NetPage) -> Section:
    """How many lines there are, how many are proved, and how."""
    lines = page.worked.lines()
    proved = sum(one.is_proved for one in lines)
    blocks: list[Block] = [Paragraph(page.say("verdict.lines", proved=proved, lines=len(lines)))]
    pieces = [one for one in page.worked.in_one_piece() if one.is_proved]
    if pieces:
        total = len(page.worked.backward.gradients)
        blocks.append(Paragraph(page.say("verdict.pieces", count=len(pieces), total=total)))
    ways = dict.fromkeys(one.how for one in lines if one.is_proved)
    how = listed([_way(page, way) for way in ways], "; ")
    said = page.sentences.say("sheet.verdict.method", how=how)
    blocks.append(Paragraph(listed([said, page.sentences.say("sheet.verdict.versions")], " ")))
    return Section("verdict", page.say("title.verdict"), tuple(blocks))


def _way(page: NetPage, how: str) -> Prose:
    key = f"sheet.way.{how}"
    return page.sentences.say(key) if page.sentences.has(key) else words(how.replace("-", " "))
