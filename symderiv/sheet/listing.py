"""`highlighted(text, language)`: code as HTML with its comments, strings and words marked, at build time."""

from __future__ import annotations

import builtins
import io
import keyword
import tokenize
from html import escape

from markupsafe import Markup

_KINDS = {tokenize.COMMENT: "comment", tokenize.STRING: "string", tokenize.NUMBER: "number"}
_KINDS |= {
    getattr(tokenize, name): "string"
    for name in ("FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END")
    if hasattr(tokenize, name)
}
_BUILTINS = frozenset(dir(builtins))


def highlighted(text: str, language: str) -> Markup:
    """The text, escaped, in `span`s of a class for each kind of word. Only Python is known by its words."""
    code = text.rstrip()
    marks = _python(code) if language == "python" else ()
    lines = code.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found, place = "", 0
    for kind, (row, column), (last_row, last_column) in marks:
        begin, end = starts[row - 1] + column, starts[last_row - 1] + last_column
        found += f'{escape(code[place:begin])}<span class="{kind}">{escape(code[begin:end])}</span>'
        place = end
    return Markup(found + escape(code[place:]))


_Mark = tuple[str, tuple[int, int], tuple[int, int]]


def _python(code: str) -> tuple[_Mark, ...]:
    """What to mark, and from where to where; nothing where the text is no Python."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError):
        return ()
    found: list[_Mark] = []
    for token in tokens:
        kind = _KINDS.get(token.type)
        if token.type == tokenize.NAME and keyword.iskeyword(token.string):
            kind = "keyword"
        elif token.type == tokenize.NAME and token.string in _BUILTINS:
            kind = "builtin"
        if kind is not None and token.string:
            found.append((kind, token.start, token.end))
    return tuple(found)
