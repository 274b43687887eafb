r"""Conditions: `x > 0`, `0 \le x < 1`, `x \in [0, 1]`, and indicators that are 1 where one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.errors import ReadError
from symderiv.notation.read.commands import RELATIONS
from symderiv.notation.read.families import skip_script
from symderiv.notation.read.scripts import read_scripts
from symderiv.notation.read.tokens import Token
from symderiv.notation.term import ONE, TRUE, ZERO, Term, case, piecewise, relation

if TYPE_CHECKING:
    from symderiv.notation.read.parser import Parser

_OPENING_WORDS = frozenset({"if", "for", "when", "where"})
_LAST_WORDS = frozenset({"otherwise", "else", "elsewhere", "true"})
_COMPARISONS = frozenset({"<", ">", "<=", ">=", "!=", "="})
_UNEQUAL = {"=": "=="}
_INTERVALS = {"(": "<", "[": "<=", "]": "<"}
_ENDS = {")": "<", "]": "<=", "[": "<"}
_CLOSING = {"[": "]", "(": ")", "\\{": "\\}"}


def condition(parser: Parser) -> Term:
    """What stands behind the value of a case: a condition, or `otherwise`."""
    token = parser.peek()
    if token is not None and token.kind == "text":
        if token.text in _LAST_WORDS:
            parser.next()
            return TRUE.at(token.span)
        if token.text in _OPENING_WORDS:
            parser.next()
    return alternatives(parser)


def alternatives(parser: Parser) -> Term:
    """Conditions with `or` between them."""
    parts = [_conjunction(parser)]
    while _joins(parser, "or", "\\lor", "\\vee"):
        parts.append(_conjunction(parser))
    return parts[0] if len(parts) == 1 else Term("or", tuple(parts))


def _conjunction(parser: Parser) -> Term:
    parts = _relations(parser)
    while _joins(parser, "and", "\\land", "\\wedge"):
        parts += _relations(parser)
    return parts[0] if len(parts) == 1 else Term("and", tuple(parts))


def _joins(parser: Parser, word: str, *signs: str) -> bool:
    token = parser.peek()
    if token is not None and token.kind == "text" and token.text == word:
        parser.next()
        return True
    return parser.take(*signs)


def _comparison(token: Token | None) -> str | None:
    name = RELATIONS.get(token.text) if token is not None and token.kind in {"sign", "command"} else None
    return name if name in _COMPARISONS else None


def _relations(parser: Parser) -> list[Term]:
    """A < b, a chain of relations, or membership of an interval."""
    start = parser.position
    left = parser.sum()
    if parser.take("\\in"):
        return _interval(parser, left, start)
    found: list[Term] = []
    while (name := _comparison(parser.peek())) is not None:
        parser.next()
        right = parser.sum()
        found.append(relation(_UNEQUAL.get(name, name), left, right).at(parser.span(start)))
        left = right
    if not found:
        raise ReadError("a condition is due here", hint="write x > 0", span=parser.span(start))
    return found


def _interval(parser: Parser, value: Term, start: int) -> list[Term]:
    opening = parser.next()
    if opening.text not in _INTERVALS:
        raise ReadError("only an interval is read here", hint="write x \\in [0, 1]", span=opening.span)
    low = parser.nested(parser.sum)
    if not parser.take(","):
        raise ReadError("an interval has two ends", span=parser.span(start))
    high = parser.nested(parser.sum)
    closing = parser.next()
    if closing.text not in _ENDS or (opening.kind == "left") != (closing.kind == "right"):
        raise ReadError("this interval is never closed", span=opening.span)
    span = parser.span(start)
    return [
        relation(_INTERVALS[opening.text], low, value).at(span),
        relation(_ENDS[closing.text], value, high).at(span),
    ]


def event(parser: Parser) -> Term:
    """A value, or an equation of two, as it stands in p(y = 1)."""
    start = parser.position
    left = parser.sum()
    name = _comparison(parser.peek())
    if name is None:
        return left
    parser.next()
    return relation(_UNEQUAL.get(name, name), left, parser.sum()).at(parser.span(start))


# Indicators


def holds(where: Term) -> Term:
    """1 where the condition holds, else 0."""
    return piecewise(case(ONE, where), case(ZERO, TRUE))


def is_indicator(parser: Parser) -> bool:
    r"""Whether a plain 1 or an I carries a condition: `1_{x>0}`, `1\{x>0\}`, `I(x>0)`."""
    token, after = parser.peek(), parser.peek(1)
    if token is None or after is None or token.text not in {"1", "I"}:
        return False
    if token.text == "I" and ("I" in parser.symbols or "I" in parser.context.functions):
        return False
    opening = parser.position + 1
    if after.text == "_" and opening + 1 < parser.stop:
        end = skip_script(parser.tokens[: parser.stop], opening)
        return has_relation(parser.tokens[opening + 2 : end])
    return after.text in {"\\{", *("([" if token.text == "I" else "")} and has_relation(
        _inside(parser, opening)
    )


def indicator(parser: Parser) -> Term:
    r"""`\mathbf{1}_{x>0}` and `\mathbb{1}[x>0]`."""
    start = parser.position
    parser.next()
    scripts = read_scripts(parser)
    if scripts.below is not None and scripts.above is None and not scripts.primes:
        first, last = scripts.below
        if parser.tokens[first].text in _CLOSING and last - first > 2:
            first, last = first + 1, last - 1
        where = parser.within(first, last, lambda: alternatives(parser))
    elif (token := parser.peek()) is not None and token.text in _CLOSING and token.kind != "open":
        where = _bracketed(parser)
    else:
        raise ReadError(
            "a bold 1 without a condition", hint="write \\mathbf{1}_{x > 0}", span=parser.span(start)
        )
    return holds(where).at(parser.span(start))


def is_bracketed(parser: Parser) -> bool:
    """Whether a square bracket with a condition in it stands here, `[x > 0]`."""
    token = parser.peek()
    if token is None or token.text != "[" or token.kind not in {"sign", "left"}:
        return False
    return has_relation(_inside(parser, parser.position))


def bracketed(parser: Parser) -> Term:
    """`[x > 0]`, as 1 where it holds."""
    start = parser.position
    return holds(_bracketed(parser)).at(parser.span(start))


def _bracketed(parser: Parser) -> Term:
    opening = parser.next()
    where = parser.nested(lambda: alternatives(parser))
    closing = parser.peek()
    if closing is None or closing.text != _CLOSING[opening.text]:
        raise ReadError(f"this {opening.text!r} is never closed", span=opening.span)
    if (opening.kind == "left") != (closing.kind == "right"):
        raise parser.unexpected(closing)
    parser.next()
    return where


# What stands between brackets


def _inside(parser: Parser, opening: int) -> list[Token]:
    """The tokens at the level of the bracket at `opening`, without those of brackets within."""
    found: list[Token] = []
    level = 0
    for token in parser.tokens[opening : parser.stop]:
        if token.kind in {"close", "right"} or token.text in {")", "]", "\\}"}:
            level -= 1
        if level == 1:
            found.append(token)
        if token.kind in {"open", "left"} or token.text in {"(", "[", "\\{"}:
            level += 1
        if level <= 0:
            break
    return found if level == 0 else []


def has_relation(tokens: list[Token]) -> bool:
    """Whether a comparison stands among the tokens."""
    return any(_comparison(token) is not None for token in tokens)


def relation_inside(parser: Parser) -> bool:
    """Whether the bracket at hand holds a comparison."""
    return has_relation(_inside(parser, parser.position))


def bars_inside(parser: Parser) -> bool:
    """Whether the bracket at hand holds the bar of a condition: one, not a pair around a value."""
    inside = _inside(parser, parser.position)
    bars = sum(token.text == "|" and token.kind == "sign" for token in inside)
    return bars == 1 or any(token.text == "\\mid" for token in inside)


def sign_inside(parser: Parser, sign: str) -> bool:
    """Whether the bracket at hand holds this sign."""
    return any(token.text == sign for token in _inside(parser, parser.position))
