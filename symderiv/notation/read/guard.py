"""Limits and character checks that run before any parsing: hostile text never becomes a tree."""

from __future__ import annotations

import re
import unicodedata

from symderiv import limits
from symderiv.errors import LimitError, ReadError

_OPEN, _CLOSE = "([{", ")]}"
_DIGITS = re.compile(r"\d+")


def guard(text: str) -> None:
    """Refuse text that is too long, too deep, unbalanced, or holds invisible characters.

    Raises `LimitError` or `ReadError`, with the span of the first offence.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > limits.MAX_BYTES:
        raise LimitError(
            f"the formula has {size:,} bytes; the limit is {limits.MAX_BYTES:,}",
            hint="split it into smaller formulas",
        )
    if not text.strip():
        raise ReadError("the formula is empty", hint="write an expression such as x*tanh(x)")
    _check_characters(text)
    _check_brackets(text)
    for run in _DIGITS.finditer(text):
        if run.end() - run.start() > limits.MAX_DIGITS:
            raise LimitError(
                f"a number has {run.end() - run.start()} digits; the limit is {limits.MAX_DIGITS}",
                span=run.span(),
                source=text,
            )


def _check_characters(text: str) -> None:
    for position, character in enumerate(text):
        if character in "\t\n\r" or " " <= character <= "~":
            continue
        category = unicodedata.category(character)
        if category in {"Cc", "Cf", "Cs", "Co", "Cn"}:
            raise ReadError(
                f"an invisible or control character U+{ord(character):04X}",
                hint="retype the formula; such characters can hide what is written",
                span=(position, position + 1),
                source=text,
            )


def _check_brackets(text: str) -> None:
    stack: list[tuple[str, int]] = []
    for position, character in enumerate(text):
        if character in _OPEN:
            stack.append((character, position))
            if len(stack) > limits.MAX_DEPTH:
                raise LimitError(
                    f"more than {limits.MAX_DEPTH} nested brackets",
                    span=(position, position + 1),
                    source=text,
                )
        elif character in _CLOSE:
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
    if stack:
        character, position = stack[-1]
        raise ReadError(
            f"this {character!r} is never closed",
            span=(position, position + 1),
            source=text,
        )
