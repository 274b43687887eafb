"""`caret`: the line of the source that an error speaks of, with ^^^ under the place."""

from __future__ import annotations

import unicodedata

from symderiv.errors import SymderivError

_WIDTH = 76


def caret(error: SymderivError) -> str:
    """Two lines, the source (a window of it when it is long) and the carets; "" where there is no span."""
    if error.span is None or error.source is None:
        return ""
    source = error.source
    start = min(max(error.span[0], 0), len(source))
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", start)
    last = len(source) if last < 0 else last
    end = min(max(error.span[1], start + 1), last + 1)
    left, right = _window(first, last, start, end)
    before = "..." if left > first else ""
    after = "..." if right < last else ""
    shown = [_visible(character) for character in source[left:right]]
    offset = len(before) + sum(map(_columns, shown[: start - left]))
    width = max(1, sum(map(_columns, shown[start - left : end - left])))
    return f"{before}{''.join(shown)}{after}\n{' ' * offset}{'^' * width}"


def _window(first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """The part of the line to show: all of it, or what surrounds the place."""
    if last - first <= _WIDTH:
        return first, last
    left = max(first, min(start - _WIDTH // 2, last - _WIDTH))
    return left, min(last, left + _WIDTH)


def _visible(character: str) -> str:
    if character == "\t":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character)[0] == "C" else character


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
