"""Limits and character checks that run before any parsing: hostile text never becomes a tree."""

from __future__ import annotations

import re

from symderiv import limits
from symderiv.errors import LimitError, ReadError
from symderiv.notation.read.characters import ALLOWED, SAME_WIDTH, refuse

_OPEN, _CLOSE = "([{", ")]}"
_DIGITS = re.compile(r"\d+")
_PLAIN = re.compile(r"[\t\n\r -~]*\Z")
_TOKEN = re.compile(r"\w+|[^\w\s]")


def guard(text: str) -> str:
    """The text, ready to parse: typographic signs replaced one for one.

    Refuses text that is too long, too deep, unbalanced, or holds characters that cannot be meant.
    Raises `LimitError` or `ReadError`, with the span of the first offence.
    """
    check_size(text)
    if not text.strip():
        raise ReadError("the formula is empty", hint="write an expression such as x*tanh(x)", source=text)
    if not _PLAIN.match(text):
        text = text.translate(SAME_WIDTH)
        for position, character in enumerate(text):
            if not (character in "\t\n\r" or " " <= character <= "~" or character in ALLOWED):
                raise refuse(text, position)
    check_brackets(text)
    check_tokens(text, sum(1 for _ in _TOKEN.finditer(text)))
    check_digits(text)
    return text


def check_size(text: str) -> None:
    """At most `MAX_BYTES` bytes."""
    size = len(text)
    if size <= limits.MAX_BYTES:
        size = len(text.encode("utf-8", "surrogatepass"))
    if size > limits.MAX_BYTES:
        raise LimitError(
            f"the formula has {size:,} bytes; the limit is {limits.MAX_BYTES:,}",
            hint="split it into smaller formulas",
        )


def check_tokens(text: str, count: int) -> None:
    """At most `MAX_TOKENS` tokens."""
    if count > limits.MAX_TOKENS:
        raise LimitError(
            f"the formula has {count:,} symbols; the limit is {limits.MAX_TOKENS:,}",
            hint="split it into smaller formulas",
            source=text,
        )


def check_digits(text: str) -> None:
    """At most `MAX_DIGITS` digits in a row."""
    for run in _DIGITS.finditer(text):
        if run.end() - run.start() > limits.MAX_DIGITS:
            raise LimitError(
                f"a number has {run.end() - run.start():,} digits; the limit is {limits.MAX_DIGITS}",
                span=run.span(),
                source=text,
            )


def check_brackets(text: str) -> None:
    """Every bracket is closed by its own kind, at most `MAX_DEPTH` deep."""
    stack: list[tuple[str, int]] = []
    for position, character in enumerate(text):
        if character in _OPEN:
            stack.append((character, position))
            if len(stack) > limits.MAX_DEPTH:
                raise LimitError(
                    f"more than {limits.MAX_DEPTH} nested brackets",
                    hint="name the inner parts and write them separately",
                    span=(position, position + 1),
                    source=text,
                )
        elif character in _CLOSE:
            _close(text, position, stack)
    if stack:
        character, position = stack[-1]
        raise ReadError(
            f"this {character!r} is never closed",
            hint=f"add the missing {_CLOSE[_OPEN.index(character)]!r}",
            span=(position, position + 1),
            source=text,
        )


def _close(text: str, position: int, stack: list[tuple[str, int]]) -> None:
    character = text[position]
    wanted = _CLOSE[_OPEN.index(stack[-1][0])] if stack else None
    if character != wanted:
        raise ReadError(
            f"a closing {character!r} that nothing opens"
            if wanted is None
            else f"a closing {character!r} where {wanted!r} is due",
            span=(position, position + 1),
            source=text,
        )
    stack.pop()
