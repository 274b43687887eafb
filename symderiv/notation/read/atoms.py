r"""Atoms of LaTeX: numbers, brackets, roots, fractions, absolute values, and the way to all others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from symderiv.errors import ReadError
from symderiv.notation.read import (
    applications,
    compositions,
    conditions,
    leibniz,
    letters,
    matrices,
    scripts,
    structures,
    values,
)
from symderiv.notation.read.commands import ACCENTS, DOTS, FRACTIONS, FRAMES, OPERATORS, UNREADABLE
from symderiv.notation.read.tokens import Token
from symderiv.notation.term import Term, call, div, num, power

if TYPE_CHECKING:
    from symderiv.notation.read.parser import Parser

_CLOSERS = {"(": ")", "[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace", "\\lbrack": "\\rbrack"}
_BARS = {"\\lvert": "\\rvert", "\\vert": "\\vert", "|": "|"}
_OTHERS = frozenset(
    r"\sqrt \sum \prod \lim \langle \partial \nabla \indicator \| \lVert \Vert \dv \pdv".split()
)
_NOT_FACTORS = frozenset({"\\circ", "\\pm", "\\mp", "\\mid", "\\over"})
_STARTS = (
    _OTHERS
    | FRACTIONS
    | FRAMES
    | frozenset({*ACCENTS, *OPERATORS, *_CLOSERS, "\\lvert"})
    | (frozenset(UNREADABLE) - _NOT_FACTORS)
)
_SUMS = frozenset({"add", "neg"})
_LOOSE = frozenset({"add", "neg", "mul", "pow"})
_TIGHT_SIGNS = frozenset({"^", "_", "'"})


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
    if token.kind == "number" and conditions.is_indicator(parser):
        return conditions.indicator(parser)
    if token.kind == "number":
        parser.next()
        if parser.take("\\%"):
            return div(Term("number", name=token.text), num(100)).at(parser.span(start))
        return scripts.raised(parser, Term("number", name=token.text, span=token.span), start)
    if token.kind == "open":
        return _braces(parser)
    if token.kind == "left" and token.text in {"\\langle", "<"}:
        return structures.inner(parser)
    if token.kind == "left" and token.text == ".":
        return values.delimited(parser)
    if matrices.opens_table(parser):
        return matrices.table(parser)
    if matrices.opens_norm(parser, token):
        return matrices.norm(parser)
    composed = compositions.composed(parser)
    if composed is not None:
        return scripts.raised(parser, composed, start)
    if token.kind == "left" or token.text in _CLOSERS or token.text in _BARS:
        return scripts.raised(parser, bracketed(parser), start)
    if token.kind == "begin":
        return matrices.environment(parser)
    return _command(parser, token)


def _command(parser: Parser, token: Token) -> Term:
    start, text = parser.position, token.text
    if text in ACCENTS:
        return letters.letter(parser)
    if text in OPERATORS:
        parser.next()
        return applications.operator(parser, OPERATORS[text], start)
    if text in FRACTIONS:
        return fraction(parser)
    if text in FRAMES:
        parser.next()
        return scripts.raised(parser, parser.within(*scripts.argument(parser), parser.sum), start)
    if text == "\\sqrt":
        return scripts.raised(parser, _root(parser), start)
    if text in _SIGNS:
        return _SIGNS[text](parser)
    raise parser.unexpected(token)


def _braces(parser: Parser) -> Term:
    start = parser.position
    first, last = parser.group()
    if first == last:
        return atom(parser)  # {} only spaces the next sign
    if letters.is_plain(parser.tokens[first:last]):
        parser.position = start
        return letters.letter(parser)
    over = _over(parser, first, last)
    if over is not None:
        return _divided(parser, (first, over), (over + 1, last), start)
    value = parser.within(first, last, parser.sum)
    _check_invisible(parser, value, start)
    return scripts.raised(parser, value, start)


def _over(parser: Parser, first: int, last: int) -> int | None:
    r"""Where `\over` stands between two braces."""
    level = 0
    for place in range(first, last):
        token = parser.tokens[place]
        level += (token.kind == "open") - (token.kind == "close")
        if level == 0 and token.text == "\\over" and first < place < last - 1:
            return place
    return None


def _check_invisible(parser: Parser, value: Term, start: int) -> None:
    """Braces are not printed: a sum in them must not read as if it stood in brackets."""
    before = parser.tokens[start - 1] if start else None
    after = parser.peek()
    touched = after is not None and after.text in _TIGHT_SIGNS
    slashed = value.kind == "div" and any(t.text == "/" for t in parser.tokens[start : parser.position])
    hidden = (value.kind in _LOOSE or slashed) and touched
    if value.kind in _SUMS or slashed:
        hidden = hidden or parser.starts_factor() or parser.at("/", "\\div", "\\odot", *DOTS)
        joined = before is not None and before.span[1] <= parser.tokens[start].span[0] and _joins(before)
        hidden = hidden or joined or (before is not None and before.text == "-" and value.kind in _SUMS)
    if hidden and not in_bracket(parser.tokens[start + 1 : parser.position - 1]):
        raise ReadError(
            "braces are not printed, so they group nothing",
            hint="write brackets",
            span=parser.span(start),
        )


def _joins(token: Token) -> bool:
    return (
        token.kind in {"name", "number", "close", "right"}
        or token.text in {")", "]", "/", "\\div", "\\odot"}
        or token.text in DOTS
    )


def in_bracket(tokens: list[Token]) -> bool:
    """Whether one pair of brackets stands around all of it."""
    if not tokens or not (tokens[0].kind == "left" or tokens[0].text in {"(", "[", "|"}):
        return False
    level = 0
    for place, token in enumerate(tokens):
        level += token.kind in {"open", "left"} or token.text in {"(", "["}
        level -= token.kind in {"close", "right"} or token.text in {")", "]"}
        if level == 0 and place < len(tokens) - 1:
            return False
    return True


def fraction(parser: Parser) -> Term:
    r"""`\frac{a}{b}`, or a derivative."""
    start = parser.position
    parser.next()
    above, below = scripts.argument(parser), scripts.argument(parser)
    return _divided(parser, above, below, start)


def _divided(parser: Parser, above: scripts.Slice, below: scripts.Slice, start: int) -> Term:
    found = leibniz.quotient(parser, above, below, start)
    if found is not None:
        return found
    if any(_over(parser, *where) is not None for where in (above, below)):
        raise ReadError(
            "two \\over in one group", hint="write \\frac{a}{b}", span=_second_over(parser, below)
        )
    value = div(parser.within(*above, parser.sum), parser.within(*below, parser.sum)).at(parser.span(start))
    return scripts.raised(parser, value, start)


def _second_over(parser: Parser, below: scripts.Slice) -> tuple[int, int]:
    place = _over(parser, *below)
    return parser.tokens[place if place is not None else below[0]].span


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
    if conditions.is_bracketed(parser):
        return conditions.bracketed(parser)
    found = listed(parser)
    if len(found) != 1:
        raise ReadError(
            "a comma stands in a bracket that holds one value",
            hint="decimals are written with a point; a pair is only read after a function",
            span=found[1].span,
        )
    return found[0]


def listed(parser: Parser) -> list[Term]:
    """A bracket of any shape and the values in it."""
    token = parser.next()
    shape = token.text
    closing = _BARS.get(shape) or _CLOSERS.get(shape)
    if closing is None:
        raise parser.unexpected(token, f"{shape!r} is not read as a bracket")
    if shape in _BARS:
        return [
            call("Abs", _barred(parser, token, closing)).at(
                (token.span[0], parser.tokens[parser.position - 1].span[1])
            )
        ]
    found = [parser.nested(parser.sum)]
    while parser.take(","):
        found.append(parser.nested(parser.sum))
    _close(parser, token, closing)
    return found


def arguments(parser: Parser) -> list[Term]:
    r"""The arguments of a letter: `(x; \theta)`, and what `p(y = 1 \mid x)` says as one of `given`."""
    opening = parser.tokens[parser.position]
    bars = conditions.bars_inside(parser)
    relation = conditions.relation_inside(parser)
    if not bars and not relation and not conditions.sign_inside(parser, ";"):
        return listed(parser)
    closing = _CLOSERS[parser.next().text]
    start = parser.position

    def member() -> Term:
        parser.bars = 1
        return conditions.event(parser) if relation or bars else parser.sum()

    found, known = [parser.nested(member)], list[Term]()
    while parser.take(",", ";"):
        found.append(parser.nested(member))
    if parser.take("|", "\\mid"):
        known.append(parser.nested(member))
        while parser.take(",", ";"):
            known.append(parser.nested(member))
        found[-1:] = [call("given", found[-1], *known).at(parser.span(start))]
    _close(parser, opening, closing)
    return found


_SIGNS: dict[str, Callable[[Parser], Term]] = {
    "\\sum": structures.total,
    "\\prod": structures.total,
    "\\lim": values.limit,
    "\\langle": structures.inner,
    "\\indicator": conditions.indicator,
    "\\partial": leibniz.inline,
    "\\nabla": leibniz.gradient,
    "\\dv": leibniz.command,
    "\\pdv": leibniz.command,
}


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
