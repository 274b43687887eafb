r"""Sums and products over an index, cases, inner products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.errors import ReadError
from symderiv.notation.read import conditions
from symderiv.notation.read.families import indexed_by
from symderiv.notation.read.scripts import Scripts, raised, read_scripts
from symderiv.notation.term import (
    ONE,
    TRUE,
    Term,
    add,
    call,
    case,
    mul,
    neg,
    num,
    piecewise,
    relation,
    repeated,
    sym,
)
from symderiv.notation.term import (
    total as sum_of,
)
from symderiv.notation.write.plain import write_plain

if TYPE_CHECKING:
    from symderiv.notation.read.parser import Parser

CASES = frozenset({"cases", "dcases", "rcases"})
"""Environments of cases."""
_PUNCTUATION = frozenset({",", ".", ";"})
_UNEQUAL = ("\\ne", "\\neq")


def total(parser: Parser) -> Term:
    r"""`\sum_{k=1}^n` or `\prod`, and its body, which goes as far as the product goes."""
    start = parser.position
    build = repeated if parser.next().text == "\\prod" else sum_of
    scripts = read_scripts(parser)
    if scripts.below is None or scripts.primes:
        sign = parser.tokens[start]
        hint = f"write {sign.text}_{{k=1}}^{{n}}"
        raise ReadError("a sum or a product without an index", hint=hint, span=parser.span(start))
    letter, low, left_out = parser.within(*scripts.below, lambda: _lower(parser))
    high = _upper(parser, scripts, low, start)
    low = low or num(1)
    if not (parser.starts_factor() or parser.at("-")):
        raise ReadError(
            "a sum without a body", hint="put brackets around what is summed", span=parser.span(start)
        )
    body = neg(parser.product()) if parser.take("-") else parser.product()
    for other in left_out:
        body = _without(body, letter, other, build is repeated)
    return build(body, letter, low, high).at(parser.span(start))


def _without(body: Term, letter: Term, other: Term, product: bool) -> Term:
    """What is summed, with nothing for one value of the index: (1 - delta(k, i)) times it."""
    if product:
        return piecewise(case(body, relation("!=", letter, other)), case(ONE, TRUE))
    factors = body.args if body.kind == "mul" else (body,)
    return mul(add(ONE, neg(call("delta", letter, other))), *factors)


def _lower(parser: Parser) -> tuple[Term, Term | None, list[Term]]:
    r"""The index, where it starts, and what it leaves out: `k`, `k=1`, `k \ne i`, `k=1, k \ne i`."""
    token = parser.next()
    if token.kind != "name":
        raise ReadError("the index of a sum is a letter", span=token.span)
    letter = sym(token.text).at(token.span)
    low = parser.sum() if parser.take("=") else None
    left_out: list[Term] = []
    if low is None and parser.take(*_UNEQUAL):
        left_out.append(parser.sum())
    while low is not None and parser.take(","):
        again = parser.next()
        if again.text != token.text or not parser.take(*_UNEQUAL):
            raise parser.unexpected(again, "write \\sum_{k=1, k \\ne i}^{n}")
        left_out.append(parser.sum())
    if parser.position != parser.stop:
        raise parser.unexpected(parser.tokens[parser.position], "write \\sum_{k=1}^{n}")
    return letter, low, left_out


def _upper(parser: Parser, scripts: Scripts, low: Term | None, start: int) -> Term:
    if scripts.above is not None:
        if low is None:
            parser.note(f"range: {parser.source(start, parser.position)} is read as starting at 1")
        return parser.within(*scripts.above, parser.sum)
    if low is not None:
        hint = "write \\sum_{k=1}^{n}"
        raise ReadError("a sum without an upper limit", hint=hint, span=parser.span(start))
    high = _known_range(parser, start)
    end = "n" if high is None else write_plain(high)
    parser.note(f"range: {parser.source(start, parser.position)} is read as running from 1 to {end}")
    return sym("n") if high is None else high


def _known_range(parser: Parser, start: int) -> Term | None:
    """Where the document ends other sums over this index, or over entries of the same letters."""
    ranges = parser.context.ranges
    scripts = parser.tokens[start : parser.position]
    letter = next((token.text for token in scripts if token.kind == "name"), "")
    if letter in ranges:
        return ranges[letter]
    under = indexed_by(parser.tokens[parser.position : parser.stop], letter)
    found = {ranges[f"{name}_"] for name in sorted(under) if f"{name}_" in ranges}
    if len(found) == 1:
        return found.pop()
    return ranges.get("") if not found else None


def cases(parser: Parser) -> Term:
    r"""`\begin{cases} ... \end{cases}`."""
    start = parser.position
    opening = parser.next()
    lines = []
    while not ends(parser):
        lines.append(case_line(parser))
        token = parser.peek()
        if token is not None and token.kind == "newline":
            parser.next()
        elif not ends(parser):
            raise parser.unexpected(parser.tokens[parser.position]) if token else parser.ends_early()
    closing = parser.next()
    if closing.text != opening.text or not lines:
        raise ReadError("the cases do not end as they begin", span=closing.span)
    return piecewise(*lines).at(parser.span(start))


def ends(parser: Parser) -> bool:
    """Whether the environment ends here."""
    token = parser.peek()
    if token is None:
        raise ReadError("\\end{cases} is missing", span=parser.tokens[parser.stop - 1].span)
    return token.kind == "end"


def case_line(parser: Parser) -> Term:
    """A value and when it holds, with alignment marks between them."""
    parser.take("&")
    start = parser.position
    value = parser.nested(parser.sum)
    parser.take(*_PUNCTUATION)
    if not _separated(parser):
        token = parser.peek()
        if token is None or token.kind != "text":
            raise ReadError(
                "a case without a condition", hint="write value & condition", span=parser.span(start)
            )
    condition = conditions.condition(parser)
    parser.take(*_PUNCTUATION)
    return case(value, condition).at(parser.span(start))


def _separated(parser: Parser) -> bool:
    """Skip the marks between two columns."""
    found = False
    while parser.take("&"):
        found = True
    return found


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
