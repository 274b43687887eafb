"""What a parse error means to somebody who has never seen a grammar."""

from __future__ import annotations

import re
from typing import cast

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from symderiv.errors import ReadError
from symderiv.notation import names

_POWERED = re.compile(r"([A-Za-z]\w*)\s*(?:\*\*|\^)\s*\w+\s*\Z")
_LONGEST = 24
_LAST = re.compile(r"[A-Za-z]\w*|\d[\w.]*|\*\*|.", re.DOTALL)
_OPERATORS = frozenset({"+", "-", "*", "/", "**", "^", "<", ">", "<=", ">=", "==", "!=", "=", ","})
_SIGNS = {
    "\\": "this looks like LaTeX; in plain notation write (a)/(b), sqrt(x), sigma(x)",
    "$": "leave the dollar signs out",
    "{": "use round brackets",
    "}": "use round brackets",
    "!": "factorials are not part of plain notation",
    "%": "write a percentage as a fraction",
    ":": "write a definition with =, a case as Piecewise((a, cond), (b, True))",
    ";": "one formula at a time",
    "_": "names begin with a letter",
    ".": "a number needs a digit next to the point",
    "'": "a prime stands between the function and its argument: f'(x)",
    '"': "write two primes: f''(x)",
    "|": "write Abs(x) for the absolute value",
    "?": None,
}


def explain(error: UnexpectedInput, text: str) -> ReadError:
    """The error a person sees for a text that the grammar refuses."""
    if isinstance(error, UnexpectedCharacters):
        return _character(text, cast(int, error.pos_in_stream))
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        return _token(text, error.token.start_pos or 0, str(error.token))
    end = len(text.rstrip())
    last = _last(text, end)
    hint = f"something is missing after {last!r}" if last in _OPERATORS or last == "(" else None
    if last == "'":
        hint = "a prime stands between the function and its argument: f'(x)"
    return ReadError("the formula ends too early", hint=hint, span=(end, end + 1), source=text)


def _character(text: str, position: int) -> ReadError:
    character = text[position]
    return ReadError(
        f"{character!r} is not part of plain notation",
        hint=_SIGNS.get(character),
        span=(position, position + 1),
        source=text,
    )


def _token(text: str, position: int, token: str) -> ReadError:
    span = (position, position + len(token))
    before = _last(text, len(text[:position].rstrip()))
    token = token if len(token) <= _LONGEST else f"{token[:_LONGEST]}..."
    starts = token[0].isalnum() or token == "("
    if starts and before and (before[0].isalnum() or before in {")", "]"}):
        return _missing_operator(text, span, before, token)
    message, hint = f"{token!r} is not expected here", None
    if before in _OPERATORS or before in {"(", "["}:
        hint = f"a value is missing between {before!r} and {token!r}"
    elif not before:
        hint = "a formula begins with a value"
    if token in {"|", "'"}:
        hint = _SIGNS[token]
    elif token == "=":
        message = "a second '=' in one formula" if "=" in text[:position] else "'=' is not expected here"
        hint = "a formula is one claim a = b; inside a condition write =="
    elif before == "'":
        hint = "a prime stands between the function and its argument: f'(x)"
    return ReadError(message, hint=hint, span=span, source=text)


def _missing_operator(text: str, span: tuple[int, int], before: str, token: str) -> ReadError:
    if before in names.FUNCTIONS or before in names.SPELLINGS:
        return ReadError(
            f"the function {before!r} needs brackets around its argument",
            hint=f"write {before}({token})" if token != "(" else None,
            span=span,
            source=text,
        )
    powered = _POWERED.search(text, max(0, span[0] - 80), span[0])
    if token == "(" and powered and powered.group(1) in names.FUNCTIONS:
        name = powered.group(1)
        return ReadError(
            f"the power of {name!r} stands before its argument",
            hint=f"write {name}(x)**2",
            span=span,
            source=text,
        )
    shown = "(...)" if token == "(" else token
    left = "(...)" if before == ")" else ("x[i]" if before == "]" else before)
    return ReadError(
        f"an operator is missing before {token!r}",
        hint=f"products are written with *, as in {left}*{shown}",
        span=span,
        source=text,
    )


def _last(text: str, end: int) -> str:
    """The token that ends at `end`, or "" at the beginning."""
    found = ""
    start = max(0, end - 80)
    for match in _LAST.finditer(text, start, end):
        if not match.group().isspace():
            found = match.group()
    return found
