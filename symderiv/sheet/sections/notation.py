"""The notation table: every letter and function that the page uses, in the order of first use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symderiv.notation.term import Term, call, equation, index, sym
from symderiv.sheet.document import (
    Aligned,
    Block,
    Boxed,
    Display,
    Facts,
    Items,
    Maths,
    Paragraph,
    Prose,
    Section,
)
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sections.results import DY
from symderiv.sheet.sentences import Value, listed

U = sym("u")
_INDICES = (sym("i"), sym("j"))
_LETTERS = (U, sym("v"), sym("w"))


def notation(page: Page, sections: Iterable[Section]) -> Section:
    """What each symbol of the given sections stands for."""
    rows: dict[str, Row] = {}
    for term in _terms(sections):
        for node in term.walk():
            key, row = _meaning(page, node)
            if row is not None:
                rows.setdefault(key, row)
    order = sorted(rows, key=lambda key: _RANK.get(key, len(_RANK)))
    table = Facts(tuple(rows[key] for key in order))
    return Section("notation", page.say("sheet.title.notation"), (table,))


_RANK = {"variable": 0, "y": 1, "dy": 2, "size": 3, "index": 4}
Row = tuple[Prose, Prose]


def _meaning(page: Page, node: Term) -> tuple[str, Row | None]:
    """The key and the row of a node; no row where it needs no explanation."""
    subject = page.subject
    derivation = subject.derivation
    if node.kind == "symbol":
        return _symbol(page, node)
    if node.kind == "constant" and node.name == "e":
        return "exp", _row(page, call("exp", U), "exp")
    if node.kind != "call":
        return "", None
    if node.name == derivation.name:
        return "function", None  # its definition stands above
    known = subject.catalog.find(node.name)
    if known is not None and not known.is_vector:
        definition = known.definition.substitute({known.variable: U})
        shown = call(node.name, U)
        said = page.say("sheet.notation.function", title=known.title, definition=equation(shown, definition))
        return node.name, ((Maths((shown,)),), said)
    if known is not None and known.is_vector:
        shown = index(call(node.name, sym(known.variable)), sym(known.index))
        claim = equation(shown, known.definition)
        return node.name, (
            (Maths((shown,)),),
            page.say("sheet.notation.function", title=known.title, definition=claim),
        )
    if page.sentences.has(f"sheet.notation.{node.name}"):
        letters = _INDICES if node.name == "delta" else _LETTERS
        return node.name, _row(page, call(node.name, *letters[: len(node.args)]), node.name)
    return "", None


def _symbol(page: Page, node: Term) -> tuple[str, Row | None]:
    subject = page.subject
    record, derivation = subject.derivation.record, subject.derivation
    values = {"f": subject.whole, "x": subject.variable, "y": subject.output, "dy": DY}
    if node.name == derivation.variable:
        key = "variable_vector" if record.takes_vector else "variable"
        slots = {"entry": index(node, sym(record.index or "k")), "size": sym(record.size)}
        return "variable", _row(page, node, key, **slots)
    if node == subject.output:
        return "y", _row(page, node, "output", **values)
    if node.name == "dy":
        return "dy", _row(page, node, "output_derivative", **values)
    if record.takes_vector and node.name == record.size:
        return "size", _row(page, node, "size")
    if record.takes_vector and node.name in "ijk":
        return "index", (
            (Maths((sym("i"), ",", sym("j"), ",", sym("k"))),),
            page.say("sheet.notation.indices"),
        )
    if node.name in dict(record.constants):
        return node.name, _row(page, node, "constant")
    if node.name in dict(derivation.parameters):
        kind = dict(derivation.parameters)[node.name]
        if node.name == record.target:
            return node.name, _target(page, node, kind)
        return node.name, (
            (Maths((node,)),),
            page.say("sheet.notation.parameter", assumption=page.assumption(node, kind)),
        )
    return "", None


def _target(page: Page, node: Term, kind: str) -> Row:
    """What the target is, and what holds for it."""
    record = page.subject.derivation.record
    key = "target_vector" if record.takes_vector else "target" if kind == "real" else "target_assumed"
    assumed: dict[str, Value] = {"assumption": page.assumption(node, kind), "size": sym(record.size or "n")}
    parts = [page.say(f"sheet.notation.{key}", **assumed)]
    parts += [(Maths((one,)),) for one in record.conditions]
    return (Maths((node,)),), listed(parts)


def _row(page: Page, shown: Term, key: str, **values: Term) -> Row:
    return (Maths((shown,)),), page.say(f"sheet.notation.{key}", **values)


def _terms(sections: Iterable[Section]) -> Iterator[Term]:
    for section in sections:
        for block in section.blocks:
            yield from _of_block(block)


def _of_block(block: Block) -> Iterator[Term]:
    match block:
        case Aligned():
            yield block.start
            yield from (line.term for line in block.lines)
        case Display():
            for formula, _ in block.lines:
                yield from (part for part in formula if isinstance(part, Term))
        case Boxed():
            yield from (part for part in block.formula if isinstance(part, Term))
        case Paragraph():
            yield from _of_prose(block.prose)
        case Items():
            for prose, _ in block.items:
                yield from _of_prose(prose)
        case Facts():
            for _, prose in block.rows:
                yield from _of_prose(prose)


def _of_prose(prose: Prose) -> Iterator[Term]:
    for part in prose:
        if isinstance(part, Maths):
            yield from (inner for inner in part.formula if isinstance(inner, Term))
