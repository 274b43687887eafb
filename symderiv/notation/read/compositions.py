r"""Functions of functions, written with a ring: `(f \circ g)(x)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.errors import ReadError
from symderiv.notation.read import atoms
from symderiv.notation.read.commands import OPERATORS
from symderiv.notation.read.tokens import Token
from symderiv.notation.term import Term, call

if TYPE_CHECKING:
    from symderiv.notation.read.parser import Parser


def composed(parser: Parser) -> Term | None:
    r"""`(f \circ g)(x)` as f(g(x)); None where no such bracket stands here."""
    start = parser.position
    token = parser.peek()
    if token is None or token.text != "(":
        return None
    place, names = start + 1, list[str]()
    while place + 1 < parser.stop:
        name = _function(parser, parser.tokens[place])
        ring = parser.tokens[place + 1]
        if name is None or (ring.text != "\\circ" and not (names and ring.text == ")")):
            return None
        names.append(name)
        place += 2
        if ring.text == ")":
            break
    else:
        return None
    parser.position = place
    following = parser.peek()
    if following is None or following.text not in {"(", "["}:
        raise ReadError(
            "a composition without its argument", hint="write (f \\circ g)(x)", span=parser.span(start)
        )
    (value,) = _one(parser, atoms.listed(parser), start)
    for name in reversed(names):
        value = call(name, value).at(parser.span(start))
    return value


def _one(parser: Parser, values: list[Term], start: int) -> list[Term]:
    if len(values) != 1:
        raise ReadError("a composition takes one argument", span=parser.span(start))
    return values


def _function(parser: Parser, token: Token) -> str | None:
    if token.kind == "command":
        return OPERATORS.get(token.text)
    if token.kind != "name" or token.text in parser.symbols:
        return None
    return parser.context.functions.get(token.text, token.text)
