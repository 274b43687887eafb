r"""Atoms of LaTeX: numbers, brackets, roots, fractions, absolute values, and the way to all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.errors import ReadError
from symderiv.notation.read import applications, leibniz, letters, scripts, structures
from symderiv.notation.read.commands import ACCENTS, OPERATORS, UNREADABLE
from symderiv.notation.read.tokens import Token
from symderiv.notation.term import Term, call, div, num, power

if TYPE_CHECKING:
    from symderiv.notation.read.parser import Parser

_FRACTIONS = frozenset({"\\frac", "\\dfrac", "\\tfrac", "\\cfrac"})
_CLOSERS = {"(": ")", "[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace", "\\lbrack": "\\rbrack"}
_BARS = {"\\lvert": "\\rvert", "\\vert": "\\vert", "|": "|"}
_OTHERS = frozenset({"\\sqrt", "\\sum", "\\langle", "\\partial", "\\indicator", *_FRACTIONS})
_NOT_FACTORS = frozenset({"\\circ", "\\pm", "\\mp", "\\top", "\\mid"})
_STARTS = (
    _OTHERS | frozenset({*ACCENTS, *OPERATORS, *_CLOSERS, "\\lvert"}) | (frozenset(UNREADABLE) - _NOT_FACTORS)
)


def starts(command: str) -> bool:
    """Whether a command begins a factor (some only to be refused by name)."""
    return command in _STARTS


def atom(parser: Parser) -> Term:
    """The next atom with its powers and indices."""
    token = parser.peek()
    if token is None:
        raise parser.ends_early()
    start = parser.position
    if parser.context.spelled:
        found = applications.spelled(parser)
        if found is not None:
            return found
    if token.kind == "name":
        return letters.letter(parser)
    if token.kind == "number":
        parser.next()
        return scripts.raised(parser, Term("number", name=token.text, span=token.span), start)
    if token.kind == "open":
        return _braces(parser)
    if token.kind == "left" and token.text in {"\\langle", "<"}:
        return structures.inner(parser)
    if token.kind == "left" or token.text in _CLOSERS or token.text in _BARS:
        return scripts.raised(parser, bracketed(parser), start)
    if token.kind == "begin":
        return structures.cases(parser)
    return _command(parser, token)


def _command(parser: Parser, token: Token) -> Term:
    start, text = parser.position, token.text
    if text in ACCENTS:
        return letters.letter(parser)
    if text in OPERATORS:
        parser.next()
        return applications.operator(parser, OPERATORS[text], start)
    if text in _FRACTIONS:
        return fraction(parser)
    if text == "\\sqrt":
        return scripts.raised(parser, _root(parser), start)
    if text == "\\sum":
        return structures.total(parser)
    if text == "\\langle":
        return structures.inner(parser)
    if text == "\\indicator":
        return structures.indicator(parser)
    if text == "\\partial":
        return leibniz.inline(parser)
    raise parser.unexpected(token)


def _braces(parser: Parser) -> Term:
    start = parser.position
    first, last = parser.group()
    if first == last:
        return atom(parser)  # {} only spaces the next sign
    if letters.is_plain(parser.tokens[first:last]):
        parser.position = start
        return letters.letter(parser)
    return scripts.raised(parser, parser.within(first, last, parser.sum), start)


def fraction(parser: Parser) -> Term:
    r"""`\frac{a}{b}`, or a derivative."""
    start = parser.position
    parser.next()
    above, below = scripts.argument(parser), scripts.argument(parser)
    found = leibniz.quotient(parser, above, below, start)
    if found is not None:
        return found
    value = div(parser.within(*above, parser.sum), parser.within(*below, parser.sum)).at(parser.span(start))
    return scripts.raised(parser, value, start)


def _root(parser: Parser) -> Term:
    start = parser.position
    parser.next()
    degree: Term | None = None
    if parser.at("["):
        opening = parser.position + 1
        while not parser.at("]"):
            parser.next()
        degree = parser.within(opening, parser.position, parser.sum)
        parser.next()
    inner = parser.within(*scripts.argument(parser), parser.sum)
    if degree is None:
        return call("sqrt", inner).at(parser.span(start))
    return power(inner, div(num(1), degree)).at(parser.span(start))


def bracketed(parser: Parser) -> Term:
    """A bracket around one value, or an absolute value."""
    values = listed(parser)
    if len(values) != 1:
        raise ReadError(
            "a comma stands in a bracket that holds one value",
            hint="decimals are written with a point; a pair is only read after a function",
            span=values[1].span,
        )
    return values[0]


def listed(parser: Parser) -> list[Term]:
    """A bracket of any shape and the values in it."""
    token = parser.next()
    shape = token.text
    closing = _BARS.get(shape) or _CLOSERS.get(shape)
    if closing is None and shape == ".":
        raise parser.unexpected(token, "a value at a point is not read")
    if closing is None:
        raise parser.unexpected(token, f"{shape!r} is not read as a bracket")
    if shape in _BARS:
        return [
            call("Abs", _barred(parser, token, closing)).at(
                (token.span[0], parser.tokens[parser.position - 1].span[1])
            )
        ]
    values = [parser.nested(parser.sum)]
    while parser.take(","):
        values.append(parser.nested(parser.sum))
    _close(parser, token, closing)
    return values


def _barred(parser: Parser, token: Token, closing: str) -> Term:
    def inside() -> Term:
        parser.bars = 1 if closing in {"|", "\\vert"} and token.kind != "left" else 0
        return parser.sum()

    value = parser.nested(inside)
    _close(parser, token, closing)
    return value


def _close(parser: Parser, opening: Token, closing: str) -> None:
    token = parser.peek()
    kind = "right" if opening.kind == "left" else None
    if token is None:
        raise ReadError(
            f"this {opening.text!r} is never closed", hint=f"add the missing {closing!r}", span=opening.span
        )
    if (
        token.text != closing
        or (kind is not None and token.kind != kind)
        or (kind is None and token.kind == "right")
    ):
        raise parser.unexpected(token, f"{closing!r} is due, to close {opening.text!r}")
    parser.next()
