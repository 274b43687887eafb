"""How an error looks: what, where (the text with a caret under the place), and what to do about it."""

from __future__ import annotations

import sys
import unicodedata

from symderiv.cli.terminal import write
from symderiv.errors import SymderivError

_WINDOW = 96
"""Columns of the source that are shown around the place."""
_LONGEST = 240
"""Letters of a message."""
_STYLES = {r"\A(internal )?error:": "bold red", r"(?m)^ +\^+$": "bold yellow", r"(?m)^hint:": "bold cyan"}


def report(error: SymderivError) -> None:
    """Print `error: ...`, the place, and `hint: ...` on stderr."""
    lines = [f"error: {shortened(visible(error.message))}", *place(error)]
    if error.hint:
        lines.append(f"hint: {visible(error.hint)}")
    write("\n".join(lines), _STYLES, stream=sys.stderr)


def report_usage(message: str, hint: str | None = None) -> None:
    """Print a mistake in the use of the command itself."""
    report(SymderivError(message, hint=hint))


def shortened(text: str) -> str:
    """The text without its middle, where it is long: an error does not repeat the whole input."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} ... {text[-_LONGEST // 4 :]}"


def visible(text: str) -> str:
    """One line in which every invisible or control character is written out."""
    return "".join(map(_shown, text))


def place(error: SymderivError) -> list[str]:
    """The line of the source that the span starts in, cut to a window, and carets under the span."""
    if error.span is None or error.source is None or not error.source.strip():
        return []
    source = error.source
    start = min(max(error.span[0], 0), len(source))
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", start)
    line = source[first:] if last < 0 else source[first:last]
    start -= first
    end = max(min(error.span[1] - first, len(line)), start + 1)
    left = max(0, start - _WINDOW // 2)
    right = left + _WINDOW
    before, marked, after = line[left:start], line[start : min(end, right)], line[min(end, right) : right]
    lead = "... " if left else ""
    tail = " ..." if right < len(line) else ""
    shown = f"  {lead}{visible(before)}{visible(marked)}{visible(after)}{tail}"
    offset = 2 + len(lead) + _width(visible(before))
    return [shown, " " * offset + "^" * max(1, _width(visible(marked)))]


def _shown(character: str) -> str:
    if character in "\t\n\r":
        return " "
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return f"<U+{ord(character):04X}>"
    return character


def _width(text: str) -> int:
    """Columns on a terminal: wide letters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )
