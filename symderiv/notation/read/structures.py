r"""Sums, cases, indicators, inner products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.errors import ReadError
from symderiv.notation.read.commands import RELATIONS
from symderiv.notation.read.scripts import Scripts, raised, read_scripts
from symderiv.notation.term import (
    ONE,
    TRUE,
    ZERO,
    Term,
    call,
    case,
    num,
    piecewise,
    relation,
    sym,
)
from symderiv.notation.term import (
    total as sum_of,
)

if TYPE_CHECKING:
    from symderiv.notation.read.parser import Parser

_OPENING_WORDS = frozenset({"if", "for", "when", "where"})
_LAST_WORDS = frozenset({"otherwise", "else", "elsewhere", "true"})
_PUNCTUATION = frozenset({",", ".", ";"})
_UNEQUAL = {"=": "=="}


def total(parser: Parser) -> Term:
    r"""`\sum_{k=1}^n` and its body, which goes as far as the product goes."""
    start = parser.position
    parser.next()
    scripts = read_scripts(parser)
    if scripts.below is None or scripts.primes:
        raise ReadError("a sum without an index", hint="write \\sum_{k=1}^{n}", span=parser.span(start))
    letter, low = parser.within(*scripts.below, lambda: _lower(parser))
    high = _upper(parser, scripts, low, start)
    low = low or num(1)
    if not parser.starts_factor():
        raise ReadError(
            "a sum without a body", hint="put brackets around what is summed", span=parser.span(start)
        )
    body = parser.product()
    return sum_of(body, letter, low, high).at(parser.span(start))


def _lower(parser: Parser) -> tuple[Term, Term | None]:
    token = parser.next()
    if token.kind != "name":
        raise ReadError("the index of a sum is a letter", span=token.span)
    letter = sym(token.text).at(token.span)
    if parser.position == parser.stop:
        return letter, None
    if not parser.take("="):
        raise parser.unexpected(parser.tokens[parser.position], "write \\sum_{k=1}^{n}")
    return letter, parser.sum()


def _upper(parser: Parser, scripts: Scripts, low: Term | None, start: int) -> Term:
    if scripts.above is not None:
        if low is None:
            parser.note(f"range: {parser.source(start, parser.position)} is read as starting at 1")
        return parser.within(*scripts.above, parser.sum)
    if low is not None:
        raise ReadError("a sum without an upper limit", hint="write \\sum_{k=1}^{n}", span=parser.span(start))
    parser.note(f"range: {parser.source(start, parser.position)} is read as running from 1 to n")
    return sym("n")


def cases(parser: Parser) -> Term:
    r"""`\begin{cases} ... \end{cases}`."""
    start = parser.position
    opening = parser.next()
    lines = []
    while not _ends(parser):
        lines.append(_case(parser))
        token = parser.peek()
        if token is not None and token.kind == "newline":
            parser.next()
        elif not _ends(parser):
            raise parser.unexpected(parser.tokens[parser.position]) if token else parser.ends_early()
    closing = parser.next()
    if closing.text != opening.text or not lines:
        raise ReadError("the cases do not end as they begin", span=closing.span)
    return piecewise(*lines).at(parser.span(start))


def _ends(parser: Parser) -> bool:
    token = parser.peek()
    if token is None:
        raise ReadError("\\end{cases} is missing", span=parser.tokens[parser.stop - 1].span)
    return token.kind == "end"


def _case(parser: Parser) -> Term:
    start = parser.position
    value = parser.nested(parser.sum)
    parser.take(*_PUNCTUATION)
    if not parser.take("&"):
        token = parser.peek()
        if token is None or token.kind != "text":
            raise ReadError(
                "a case without a condition", hint="write value & condition", span=parser.span(start)
            )
    condition = _condition(parser)
    parser.take(*_PUNCTUATION)
    return case(value, condition).at(parser.span(start))


def _condition(parser: Parser) -> Term:
    token = parser.peek()
    if token is not None and token.kind == "text":
        if token.text in _LAST_WORDS:
            parser.next()
            return TRUE.at(token.span)
        if token.text in _OPENING_WORDS:
            parser.next()
    return _alternatives(parser)


def _alternatives(parser: Parser) -> Term:
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


def _relations(parser: Parser) -> list[Term]:
    """A < b, or a chain of relations."""
    start = parser.position
    left = parser.sum()
    found: list[Term] = []
    while (token := parser.peek()) is not None and RELATIONS.get(token.text) in {
        "<",
        ">",
        "<=",
        ">=",
        "!=",
        "=",
    }:
        parser.next()
        right = parser.sum()
        name = RELATIONS[token.text]
        found.append(relation(_UNEQUAL.get(name, name), left, right).at(parser.span(start)))
        left = right
    if not found:
        raise ReadError("a condition is due here", hint="write x > 0", span=parser.span(start))
    return found


def indicator(parser: Parser) -> Term:
    r"""`\mathbf{1}_{x>0}` and `\mathbb{1}[x>0]`: 1 where the condition holds, else 0."""
    start = parser.position
    parser.next()
    scripts = read_scripts(parser)
    if scripts.below is not None and scripts.above is None and not scripts.primes:
        first, last = scripts.below
        if parser.tokens[first].text in {"\\{", "[", "("} and last - first > 2:
            first, last = first + 1, last - 1
        condition = parser.within(first, last, lambda: _alternatives(parser))
    elif parser.at("[", "(", "\\{"):
        opening = parser.next()
        condition = parser.nested(lambda: _alternatives(parser))
        if not parser.take({"[": "]", "(": ")", "\\{": "\\}"}[opening.text]):
            raise ReadError(f"this {opening.text!r} is never closed", span=opening.span)
    else:
        raise ReadError(
            "a bold 1 without a condition", hint="write \\mathbf{1}_{x > 0}", span=parser.span(start)
        )
    return piecewise(case(ONE, condition), case(ZERO, TRUE)).at(parser.span(start))


def inner(parser: Parser) -> Term:
    r"""`\langle a, b \rangle`."""
    start = parser.position
    parser.next()
    left = parser.nested(parser.sum)
    if not parser.take(","):
        raise ReadError("an inner product has two sides", span=parser.span(start))
    right = parser.nested(parser.sum)
    token = parser.peek()
    closes = token is not None and token.text in {"\\rangle", ">"}
    if not closes or (parser.tokens[start].kind == "left") != (parser.next().kind == "right"):
        raise ReadError("this '\\langle' is never closed", span=parser.tokens[start].span)
    return raised(parser, call("inner", left, right).at(parser.span(start)), start)
