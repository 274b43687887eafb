r"""Matrices, norms, and cases that are set as a table behind a brace."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from symderiv.errors import ReadError
from symderiv.notation.read import structures
from symderiv.notation.read.scripts import raised, read_scripts
from symderiv.notation.read.tokens import Token
from symderiv.notation.term import Term, call, piecewise, power

if TYPE_CHECKING:
    from symderiv.notation.read.parser import Parser

_MATRICES = frozenset({"matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix"})
_DETERMINANT = "vmatrix"
_TABLES = frozenset({"array", "matrix", "aligned", "alignedat", "split", "gathered"})
_DOUBLE = {"\\|": "\\|", "\\lVert": "\\rVert", "\\Vert": "\\Vert"}


def environment(parser: Parser) -> Term:
    """Cases, a matrix or a determinant."""
    token = parser.tokens[parser.position]
    if token.text in structures.CASES:
        return structures.cases(parser)
    start = parser.position
    if token.text in _MATRICES:
        return raised(parser, _matrix(parser), start)
    if token.text == _DETERMINANT:
        return raised(parser, call("det", _matrix(parser)).at(parser.span(start)), start)
    raise ReadError(
        f"the environment {token.text!r} is not a formula", hint="one formula at a time", span=token.span
    )


def _matrix(parser: Parser) -> Term:
    start = parser.position
    rows: list[Term] = []

    def row() -> None:
        begin = parser.position
        cells = [parser.nested(parser.sum)]
        while parser.take("&"):
            cells.append(parser.nested(parser.sum))
        if rows and len(rows[0].args) != len(cells):
            raise ReadError("a row that is shorter or longer than the first", span=parser.span(begin))
        rows.append(call("row", *cells).at(parser.span(begin)))

    _lines(parser, row)
    return call("matrix", *rows).at(parser.span(start))


def _lines(parser: Parser, read: Callable[[], None]) -> None:
    r"""The lines between `\begin` and `\end`, each read by `read`."""
    opening = parser.next()
    while not structures.ends(parser):
        read()
        token = parser.peek()
        if token is not None and token.kind == "newline":
            parser.next()
        elif not structures.ends(parser):
            raise parser.unexpected(parser.tokens[parser.position]) if token else parser.ends_early()
    closing = parser.next()
    if closing.text != opening.text:
        raise ReadError("the environment does not end as it begins", span=closing.span)


def opens_table(parser: Parser) -> bool:
    r"""Whether a brace stands here with a table behind it, `\left\{\begin{array}`."""
    token, after = parser.peek(), parser.peek(1)
    if token is None or after is None or token.text not in {"\\{", "\\lbrace"}:
        return False
    return after.kind == "begin" and after.text in _TABLES


def table(parser: Parser) -> Term:
    r"""`\left\{ \begin{array}{ll} x & x > 0 \\ ... \end{array} \right.` as cases."""
    start = parser.position
    opening = parser.next()
    lines: list[Term] = []
    _lines(parser, lambda: lines.append(structures.case_line(parser)))
    token = parser.peek()
    if opening.kind == "left":
        if token is None or token.kind != "right" or token.text != ".":
            raise ReadError("this '\\left\\{' is never closed", hint="add \\right.", span=opening.span)
        parser.next()
    if not lines:
        raise ReadError("a brace without cases", span=parser.span(start))
    return piecewise(*lines).at(parser.span(start))


def opens_norm(parser: Parser, token: Token) -> bool:
    r"""Whether double bars open here: `\|`, `\lVert`, or two bars that two bars close."""
    if token.kind in {"left", "command"} and token.text in _DOUBLE:
        return True
    return _bars(parser) is not None


def _bars(parser: Parser) -> int | None:
    """Where the two bars are that close the two at hand; None where the bars stand alone."""
    if not _pair(parser, parser.position):
        return None
    level = 0
    for place in range(parser.position + 2, parser.stop - 1):
        token = parser.tokens[place]
        level += token.kind in {"open", "left"} or (token.kind == "sign" and token.text in "([")
        level -= token.kind in {"close", "right"} or (token.kind == "sign" and token.text in ")]")
        if level < 0:
            return None
        if level == 0 and token.kind == "sign" and token.text == "|":
            return place if _pair(parser, place) else None
    return None


def _pair(parser: Parser, place: int) -> bool:
    pair = parser.tokens[place : min(place + 2, parser.stop)]
    if len(pair) < 2 or any(token.text != "|" or token.kind != "sign" for token in pair):
        return False
    return pair[0].span[1] == pair[1].span[0]


def norm(parser: Parser) -> Term:
    r"""`\|x\|_2^2`, `||x||`."""
    start = parser.position
    token = parser.tokens[start]
    place = _bars(parser) if token.text == "|" else None
    if place is not None:
        value = parser.nested(lambda: parser.within(start + 2, place, parser.sum))
        parser.position = place + 2
    else:
        parser.next()
        value = parser.nested(lambda: _until_bars(parser, token))
        closing, kind = parser.peek(), "right" if token.kind == "left" else "command"
        if closing is None:
            raise ReadError("this norm is never closed", span=token.span)
        if closing.text != _DOUBLE[token.text] or closing.kind != kind:
            raise parser.unexpected(closing, "the norm is not closed")
        parser.next()
    return _scripted(parser, value, start)


def _until_bars(parser: Parser, opening: Token) -> Term:
    """What stands between double bars: such a bar closes here and opens nothing."""
    parser.bars = 2 if opening.kind == "command" else 0
    return parser.sum()


def _scripted(parser: Parser, value: Term, start: int) -> Term:
    scripts = read_scripts(parser)
    if scripts.primes:
        raise ReadError("a prime on a norm", span=parser.span(start))
    parts = [value]
    if scripts.below is not None:
        parts.append(parser.within(*scripts.below, parser.sum))
    found = call("norm", *parts).at(parser.span(start))
    above = scripts.above
    if above is None:
        return found
    return power(found, parser.nested(lambda: parser.within(*above, parser.sum))).at(parser.span(start))
