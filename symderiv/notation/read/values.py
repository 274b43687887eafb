r"""Values at a point: `f'(x)\big|_{x=0}`, `\left.\frac{dy}{dx}\right|_{x=1}`, and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.errors import ReadError
from symderiv.notation.read.scripts import Slice, read_scripts
from symderiv.notation.read.tokens import Token
from symderiv.notation.term import Term, at_point, neg, sym

if TYPE_CHECKING:
    from symderiv.notation.read.parser import Parser

_BARS = frozenset({"|", "\\rvert", "\\vert", "\\mid"})
_ARROWS = ("\\to", "\\rightarrow", "\\longrightarrow")
Point = tuple[Term | None, Term]
"""The variable and its value; None where the script says the value only."""


def bar_follows(parser: Parser) -> bool:
    """Whether a bar with a subscript comes next."""
    bar, script = parser.peek(), parser.peek(1)
    if bar is None or script is None or script.text != "_" or script.kind != "sign":
        return False
    return bar.text in _BARS and bar.kind in {"sign", "command"} and not (bar.text != "\\mid" and parser.bars)


def delimited(parser: Parser) -> Term:
    r"""`\left. ... \right|_{x=a}`."""
    opening = parser.next()
    start = parser.position - 1
    value = parser.nested(parser.sum)
    token = parser.peek()
    if token is None or token.kind != "right" or token.text not in _BARS:
        raise ReadError(
            "a '\\left.' without its '\\right|'", span=opening.span if token is None else token.span
        )
    return at(parser, value, points(parser, value), start)


def points(parser: Parser, value: Term | None) -> list[Point]:
    """The bar at hand and what stands below it; `value` tells the variable of a lone number."""
    parser.next()
    below_sign = parser.peek()
    if below_sign is None:
        raise parser.ends_early()
    if below_sign.text != "_":
        raise parser.unexpected(below_sign, "write the point below the bar, as in |_{x=0}")
    scripts = read_scripts(parser)
    if scripts.above is not None or scripts.primes or scripts.below is None:
        raise parser.unexpected(_raised(parser, scripts.above), "a difference of two values is not read")
    return _below(parser, scripts.below, value, below_sign.span)


def _raised(parser: Parser, above: Slice | None) -> Token:
    place = above[0] if above is not None else parser.position - 1
    while place > 0 and parser.tokens[place].text != "^":
        place -= 1
    return parser.tokens[place]


def _below(parser: Parser, where: Slice, value: Term | None, span: tuple[int, int]) -> list[Point]:
    def read() -> list[Point]:
        found = [_point(parser)]
        while parser.take(",", ";"):
            found.append(_point(parser))
        return found

    found = parser.within(*where, read)
    for variable, point in found:
        if variable is None and (value is None or not _is_value_of(value, point)):
            raise ReadError("the value of which letter?", hint="write it as |_{x=0}", span=span)
    return found


def _point(parser: Parser) -> Point:
    start = parser.position
    first = parser.sum()
    if not parser.take("=", *_ARROWS):
        return None, first
    if first.kind != "symbol":
        raise ReadError("a letter takes the value", span=parser.span(start))
    return first, parser.sum()


def _is_value_of(value: Term, point: Term) -> bool:
    """Whether the point, written alone, can only be a value of the variable of a derivative: 0, x_0."""
    if value.kind != "diff" or value.args[1].kind != "symbol":
        return False
    if point.kind in {"number", "neg", "div"}:
        return not point.free_symbols()
    return point.kind == "symbol" and point.name.startswith(f"{value.args[1].name}_")


def at(parser: Parser, value: Term, found: list[Point], start: int) -> Term:
    """The value at the points, one after the other."""
    variable = value.args[1] if value.kind == "diff" else None
    for letter, point in found:
        name = letter if letter is not None else variable
        assert name is not None
        value = at_point(value, name, point).at(parser.span(start))
    return value


def limit(parser: Parser) -> Term:
    r"""`\lim_{x \to a}` and its body, which goes as far as the product goes."""
    start = parser.position
    parser.next()
    scripts = read_scripts(parser)
    if scripts.below is None or scripts.above is not None or scripts.primes:
        raise ReadError("a limit without its point", hint="write \\lim_{x \\to 0}", span=parser.span(start))
    variable, point = parser.within(*scripts.below, lambda: _approach(parser))
    if not parser.starts_factor():
        raise ReadError("a limit of nothing", span=parser.span(start))
    return Term("limit", (parser.product(), variable, point), span=parser.span(start))


def _approach(parser: Parser) -> tuple[Term, Term]:
    start = parser.position
    variable = parser.factor()
    if variable.kind != "symbol":
        raise ReadError("a letter goes to the point", span=parser.span(start))
    if not parser.take(*_ARROWS):
        raise (
            parser.unexpected(parser.tokens[parser.position], "write \\lim_{x \\to 0}")
            if parser.peek()
            else (parser.ends_early())
        )
    minus = parser.at("-") and (after := parser.peek(1)) is not None and after.text == "\\infty"
    if minus or (parser.at("+") and (after := parser.peek(1)) is not None and after.text == "\\infty"):
        parser.next()
    if parser.take("\\infty"):
        return variable, neg(sym("oo")) if minus else sym("oo")
    return variable, parser.sum()
