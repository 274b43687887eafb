"""The check table: f and f' in certified digits, against a difference quotient and against doubles."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derive.numeric import Row
from symderiv.derive.numeric import Table as Check
from symderiv.notation.term import Term, mul, neg, num, power, sym
from symderiv.sheet.document import Formula, Maths, Paragraph, Prose, Section, Table
from symderiv.sheet.sections.page import Page, equals
from symderiv.sheet.sentences import listed

_LOST = 1e-9
"""A relative error in doubles from which on the reader is warned."""


def numeric(page: Page) -> Section | None:
    """The table, and in words what it shows."""
    table = page.subject.numeric
    if table is None:
        return None
    slots = {"x": page.subject.variable, "f": page.subject.applied, "prime": page.subject.prime}
    columns = ["x", "value", "derivative", "error", *(["output_error"] if table.has_output else [])]
    head = tuple(page.say(f"sheet.numeric.{column}", **slots) for column in columns)
    rows = tuple(tuple(_cell(page, getattr(row, column)) for column in columns) for row in table.rows)
    agrees = "agrees" if all(row.agrees for row in table.rows) else "differs"
    said = [page.say("sheet.numeric.intro", **slots), page.say(f"sheet.numeric.{agrees}", **slots)]
    constants = dict(page.subject.derivation.record.constants)
    chosen = [(name, text) for name, text in table.given if name not in constants]
    if chosen:
        values = listed([(Maths(equals(sym(name), parse(text))),) for name, text in chosen])
        said.append(page.say("sheet.numeric.given", list=values))
    key = "only" if not table.has_output else "lost" if any(map(_loses, table.rows)) else "kept"
    said.append(page.say(f"sheet.numeric.{key}", **slots))
    advised = ("lost_advice",) if key == "lost" and page.subject.derivation.form("input") else ()
    said += [page.say(f"sheet.numeric.{note}", **slots) for note in (*advised, *_notes(table))]
    blocks = (Paragraph(listed(said, " ")), Table(head, rows, "r" * len(columns)))
    return Section("numeric", page.say("sheet.title.numeric"), blocks)


def _notes(table: Check) -> Iterator[str]:
    """What a reader may ask about single cells: a zero, a word, an empty cell."""
    errors = {row.output_error for row in table.rows} if table.has_output else set()
    if "0" in errors:
        yield "nearest"
    if "undefined" in errors:
        yield "undefined_note"
    if "" in errors:
        yield "unread"
    if any(row.note == "kink" and not row.error for row in table.rows):
        yield "kink"


def _cell(page: Page, text: str) -> Prose:
    key = f"sheet.numeric.{text}"
    return page.say(key) if text in {"undefined", "overflow"} else number(text)


def _loses(row: Row) -> bool:
    if row.output_error in {"", "0", "undefined"}:
        return False
    try:
        return not float(row.output_error) < _LOST
    except ValueError:
        return True


def number(text: str) -> Prose:
    """A number of the table: `4.2e-18` as a product with a power of ten, `<1e-900` as a bound."""
    if not text:
        return ()
    if text.startswith("<"):
        bound: Formula = ("<", parse(text[1:]))
        return (Maths(bound),)
    return (Maths((parse(text),)),)


def parse(text: str) -> Term:
    """A decimal text as a Term: a sign, digits, a power of ten."""
    if text.startswith("-"):
        return neg(parse(text[1:]))
    digits, _, exponent = text.partition("e")
    if not exponent:
        return num(digits)
    size = abs(int(exponent))
    ten = power(num("10"), neg(num(size)) if int(exponent) < 0 else num(size))
    return ten if digits == "1" else mul(num(digits), ten)
