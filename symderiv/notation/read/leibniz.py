r"""Derivatives in Leibniz' notation: `\frac{d}{dx} f`, `\frac{\partial^2 L}{\partial w^2}`, `dy/dx`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv import limits
from symderiv.errors import ReadError
from symderiv.notation.read import values
from symderiv.notation.read.commands import ACCENTS, DOTS
from symderiv.notation.read.scripts import Slice, argument, raised, read_scripts
from symderiv.notation.read.tokens import Token
from symderiv.notation.term import Term, at_point, diff

if TYPE_CHECKING:
    from symderiv.notation.read.parser import Parser

_UPRIGHT = frozenset({"", "rm"})


def sign(parser: Parser, place: int, stop: int) -> str | None:
    r"""The differential sign at `place`: d, `\partial` or `\delta`, unless the document uses the letter."""
    if place >= stop:
        return None
    token = parser.tokens[place]
    if token.kind == "command" and token.text == "\\partial":
        return "partial"
    if token.kind == "name" and token.text in {"d", "delta"} and token.font in _UPRIGHT:
        taken = token.text in parser.symbols or token.text in parser.context.functions
        return None if taken else token.text
    return None


def is_differential(parser: Parser, place: int) -> bool:
    """Whether a differential sign with a letter behind it stands here."""
    return sign(parser, place, parser.stop) is not None and not _is_script(parser, place + 1, parser.stop)


def _is_script(parser: Parser, place: int, stop: int) -> bool:
    return place < stop and parser.tokens[place].text in {"_", "'"}


def quotient(parser: Parser, above: Slice, below: Slice, start: int) -> Term | None:
    r"""`\frac{d...}{dx...}` as a derivative, or None for an ordinary fraction."""
    kind = sign(parser, *below)
    _refuse_words(parser, above, below)
    if kind is None or sign(parser, *above) != kind or not _names_variable(parser, below[0] + 1, below[1]):
        return None
    if _is_script(parser, above[0] + 1, above[1]):
        return None
    variables = parser.within(*below, lambda: _variables(parser, kind))
    order, body = parser.within(*above, lambda: _numerator(parser))
    return _derivative(parser, kind, variables, order, body, start)


def _refuse_words(parser: Parser, above: Slice, below: Slice) -> None:
    r"""`\frac{\mathrm{dy}}{\mathrm{dx}}` may be a derivative, or a quotient of two names."""
    words = [parser.tokens[where[0]] for where in (above, below) if where[1] - where[0] == 1]
    if len(words) == 2 and all(w.font and len(w.text) > 1 and w.text.startswith("d") for w in words):
        raise ReadError(
            "a derivative or a quotient of two names",
            hint="write \\frac{dy}{dx}",
            span=(words[0].span[0], words[1].span[1]),
        )


def _names_variable(parser: Parser, place: int, stop: int) -> bool:
    if place >= stop:
        return False
    token = parser.tokens[place]
    return token.kind in {"name", "open"} or token.text in ACCENTS or token.text == "("


def _variables(parser: Parser, kind: str) -> list[tuple[Term, int]]:
    found = []
    while parser.position < parser.stop:
        start = parser.position
        if sign(parser, parser.position, parser.stop) != kind:
            raise ReadError("a variable of the derivative is due", span=parser.tokens[start].span)
        parser.next()
        value = parser.factor()
        times = 1
        if value.kind == "pow" and value.args[1].kind == "number" and value.args[1].name.isdigit():
            value, times = value.args[0], int(value.args[1].name)
        if value.kind == "pow":
            raise ReadError("the order of a derivative is a whole number", span=parser.span(start))
        if value.kind not in {"symbol", "index"}:
            raise ReadError("a derivative is taken by a variable", span=parser.span(start))
        found.append((value, times))
    return found


def _numerator(parser: Parser) -> tuple[int, Term | None]:
    """The order and what is differentiated, None where it follows the fraction."""
    parser.next()
    order = 1
    if parser.at("^"):
        token = parser.tokens[parser.position]
        above = read_scripts(parser).above
        digits = parser.tokens[above[0]].text if above and above[1] - above[0] == 1 else ""
        if not digits.isdigit() or not 1 <= int(digits) <= limits.MAX_EXPONENT:
            raise ReadError("the order of a derivative is a whole number", span=token.span)
        order = int(digits)
    if parser.position == parser.stop:
        return order, None
    if not parser.starts_factor():
        raise parser.unexpected(parser.tokens[parser.position], "put brackets around what is differentiated")
    return order, parser.product()


def _derivative(
    parser: Parser, kind: str, variables: list[tuple[Term, int]], order: int, body: Term | None, start: int
) -> Term:
    if sum(times for _, times in variables) != order:
        raise ReadError(
            "the orders above and below the bar differ",
            hint="write \\frac{d^2 y}{dx^2}",
            span=parser.span(start),
        )
    if kind == "delta":
        parser.note("convention: \\delta in a derivative is \\partial")
    if body is None and parser.at("_", "^", "'"):
        raise parser.unexpected(parser.tokens[parser.position])
    closed = body is not None
    points = None
    if body is None and values.bar_follows(parser):
        points = values.points(parser, diff(variables[0][0], variables[0][0]))
    value = _operand(parser, start) if body is None else body
    for variable, times in reversed(variables):
        value = diff(value, variable, times)
    value = value.at(parser.span(start))
    if points is not None:
        value = values.at(parser, value, points, start)
    if closed and body is not None and len(variables) == 1 and body.kind in {"symbol", "call"}:
        value = _applied(parser, value, variables[0][0], start)
    return raised(parser, value, start) if closed else value


def _applied(parser: Parser, value: Term, variable: Term, start: int) -> Term:
    r"""`\frac{df}{dx}(0)`: an argument behind a derivative; a sum in brackets is a factor."""
    token = parser.peek()
    if token is None or token.text != "(" or variable.kind != "symbol":
        return value
    place = parser.position
    inside = parser.nested(lambda: _argument_alone(parser))
    if inside is None:
        parser.position = place
        return value
    if inside == variable:
        return value.at(parser.span(start))
    shown = parser.source(place, parser.position)
    if parser.choose(f"scope: {shown} behind the derivative is its argument, or a factor"):
        parser.position = place
        return value
    return at_point(value, variable, inside).at(parser.span(start))


def _argument_alone(parser: Parser) -> Term | None:
    """The letter or the number that fills the bracket at hand, else None."""
    parser.next()
    following = parser.peek()
    if following is None or following.kind not in {"name", "number"}:
        return None
    value = parser.factor()
    return value if value.kind in {"symbol", "number", "constant"} and parser.take(")") else None


def _operand(parser: Parser, start: int) -> Term:
    r"""What an operator such as `\frac{d}{dx}` acts on."""
    shown = parser.source(start, parser.position)
    if not parser.starts_factor():
        raise ReadError(
            "a derivative without anything behind it",
            hint="put brackets around what is differentiated",
            span=parser.span(start),
        )
    begin = parser.position
    first = parser.factor()
    if not (parser.starts_factor() or parser.at("/", "\\odot", *DOTS)):
        return first
    if first.kind == "number":
        return parser.product(first)
    near = f"scope: {shown} acts on {parser.source(begin, parser.position)} only, or on the whole product"
    narrow = parser.at("\\odot", *DOTS) or first.kind == "call" or parser.tokens[begin].text in {"(", "["}
    narrow = narrow or (parser.tokens[start + 1].text == "_" and first.kind in {"symbol", "index"})
    if parser.choose(near) == (0 if narrow else 1):
        return first
    return parser.product(first)


def try_inline(parser: Parser) -> Term | None:
    """`dy/dx` or `d/dx f` in a line; None where the letter is only a letter."""
    start = parser.position
    kind = sign(parser, start, parser.stop)
    slash = _slash(parser, start)
    if (
        slash is not None
        and kind is not None
        and sign(parser, slash + 1, parser.stop) == kind
        and (_names_variable(parser, slash + 2, parser.stop))
    ):
        return _inline(parser, kind, slash, start)
    if kind == "partial":
        raise parser.unexpected(parser.tokens[start])
    after = parser.peek(1)
    if kind == "d" and after is not None and (after.kind == "name" or after.text in ACCENTS):
        raise ReadError(
            "a differential outside a derivative",
            hint="declare d as a symbol, or write \\frac{dy}{dx}",
            span=(parser.tokens[start].span[0], after.span[1]),
        )
    return None


def command(parser: Parser) -> Term:
    r"""`\dv{f}{x}`, `\pdv[2]{f}{x}`, `\dv{x}` and what it acts on."""
    start = parser.position
    parser.next()
    order = 1
    if parser.take("["):
        token = parser.next()
        if (
            not token.text.isdigit()
            or not 1 <= int(token.text) <= limits.MAX_EXPONENT
            or not parser.take("]")
        ):
            raise ReadError("the order of a derivative is a whole number", span=token.span)
        order = int(token.text)
    first = argument(parser)
    following = parser.peek()
    second = argument(parser) if following is not None and following.kind == "open" else None
    where = second or first
    variable = parser.within(*where, parser.factor)
    if variable.kind not in {"symbol", "index"}:
        raise ReadError("a derivative is taken by a variable", span=parser.span(where[0]))
    body = parser.within(*first, parser.sum) if second is not None else None
    return _derivative(parser, "d", [(variable, order)], order, body, start)


def gradient(parser: Parser) -> Term:
    r"""`\nabla_w L`: the derivative by w, entry by entry."""
    start = parser.position
    token = parser.next()
    if not parser.at("_"):
        raise ReadError(
            "a gradient by which letter?",
            hint="write \\nabla_w L or \\frac{\\partial L}{\\partial w}",
            span=token.span,
        )
    return _subscripted(parser, token, start)


def _subscripted(parser: Parser, sign_token: Token, start: int) -> Term:
    r"""`\partial_x f`, `\partial_{xy} f`, `\partial_x^2 f`."""
    scripts = read_scripts(parser)
    times = 1
    if scripts.above is not None:
        digits = parser.source(*scripts.above)
        if scripts.primes or not digits.isdigit() or not 1 <= int(digits) <= limits.MAX_EXPONENT:
            raise ReadError("the order of a derivative is a whole number", span=parser.span(start))
        times = int(digits)
    assert scripts.below is not None
    variables = _below(parser, scripts.below)
    if times > 1 and len(variables) > 1:
        raise ReadError("an order with several variables", span=parser.span(start))
    found: list[tuple[Term, int]] = []
    for variable in variables:
        if found and found[-1][0] == variable:
            found[-1] = variable, found[-1][1] + 1
        else:
            found.append((variable, times))
    if sign_token.text == "\\nabla":
        if len(found) > 1 or times > 1:
            raise ReadError("a gradient by one letter", span=parser.span(start))
        parser.note(f"convention: {parser.source(start, parser.position)} is the derivative, entry by entry")
    return _derivative(parser, "partial", found, sum(count for _, count in found), None, start)


def _below(parser: Parser, where: Slice) -> list[Term]:
    def read() -> list[Term]:
        found = []
        while parser.position < parser.stop:
            value = parser.factor()
            if value.kind not in {"symbol", "index"}:
                raise ReadError("a derivative is taken by a variable", span=parser.span(where[0]))
            found.append(value)
            parser.take(",")
        return found

    return parser.within(*where, read)


def inline(parser: Parser) -> Term:
    r"""`\partial L/\partial w` in a line, or `\partial_x f`."""
    after = parser.peek(1)
    if after is not None and after.text == "_":
        start = parser.position
        return _subscripted(parser, parser.next(), start)
    found = try_inline(parser)
    if found is None:
        raise parser.unexpected(parser.tokens[parser.position])
    return found


def _inline(parser: Parser, kind: str, slash: int, start: int) -> Term:
    order, body = parser.within(start, slash, lambda: _numerator(parser))
    parser.position = slash + 2
    begin = parser.position
    value = parser.factor()
    times = 1
    if value.kind == "pow" and value.args[1].kind == "number" and value.args[1].name.isdigit():
        value, times = value.args[0], int(value.args[1].name)
    if value.kind not in {"symbol", "index"}:
        raise ReadError("a derivative is taken by a variable", span=parser.span(begin))
    return _derivative(parser, kind, [(value, times)], order, body, start)


def _slash(parser: Parser, start: int) -> int | None:
    """The slash of an inline derivative: one letter, or a function of one, stands before it."""
    level = 0
    for place in range(start + 1, parser.stop):
        token = parser.tokens[place]
        if token.kind in {"open", "left"} or token.text in {"(", "["}:
            level += 1
        elif token.kind in {"close", "right"} or token.text in {")", "]"}:
            level -= 1
            if level < 0:
                return None
        elif level == 0 and token.text == "/":
            return place
        elif level == 0 and token.kind in {"sign", "command", "newline"} and token.text not in _IN_LETTER:
            return None
    return None


_IN_LETTER = frozenset({"^", "_", "'", "\\prime", *ACCENTS})
