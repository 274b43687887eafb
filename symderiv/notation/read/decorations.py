r"""What a typesetter puts around a formula: frames, colours, braces with a word below, signs over a relation.

Nothing is moved: what carries no meaning becomes blanks of the same length, so that every position stays
a position in the source. A frame or an underbrace stays where it holds something together; a colour goes.
`\overset{(1)}{=}` is its relation; anything else that is set over a sign stays, and is refused by the
reader.
"""

from __future__ import annotations

import re

_DECORATION = re.compile(
    r"\\(?:(?P<colour>color|textcolor)|(?P<clear>ensuremath|mathrel|mathbin|mathord|smash)"
    r"|(?P<frame>boxed|fbox|cancel|bcancel|xcancel)|(?P<brace>underbrace|overbrace)"
    r"|(?P<over>overset|underset|stackrel))(?![A-Za-z])\s*(?:\[[a-z]*\]\s*)?(?=\{)"
)
_SIGN = re.compile(r"\s*(?::?=|<|>|\\[A-Za-z]+)\s*\Z")
_RELATION = re.compile(r"[=&]|\\(?:approx|equiv|le|ge|ne)")
_SCRIPT = re.compile(r"\s*[_^]\s*")
_SPACE = re.compile(r"\s*")
_ESCAPED = re.compile(r"\\.|[{}]", re.DOTALL)


def undecorated(text: str) -> str:
    """The text with decorations blank."""
    if not _DECORATION.search(text):
        return text
    partners = _partners(text)
    ink = list(text)
    for match in _DECORATION.finditer(text):
        close = partners.get(match.end())
        if close is not None:
            _strip(text, ink, match, close, partners)
    return "".join(ink)


def _partners(text: str) -> dict[int, int]:
    """The closing brace of every opening one."""
    found: dict[int, int] = {}
    open_: list[int] = []
    for match in _ESCAPED.finditer(text):
        if match.group() == "{":
            open_.append(match.start())
        elif match.group() == "}" and open_:
            found[open_.pop()] = match.start()
    return found


def _strip(text: str, ink: list[str], match: re.Match[str], close: int, partners: dict[int, int]) -> None:
    start, opening = match.span()
    if match["colour"]:
        _blank(ink, start, close + 1)
        inner = _next_group(text, close + 1) if match["colour"] == "textcolor" else -1
        if inner in partners:
            _blank(ink, inner, inner + 1)
            _blank(ink, partners[inner], partners[inner] + 1)
    elif match["clear"] or (match["frame"] and _is_all(text, opening, close)):
        _blank(ink, start, opening + 1)
        _blank(ink, close, close + 1)
    elif match["frame"]:
        _blank(ink, start, opening if match["frame"].endswith("cancel") else start)
    elif match["brace"]:
        script = _SCRIPT.match(text, close + 1)
        if script is not None and script.end() in partners:
            _blank(ink, close + 1, partners[script.end()] + 1)
    else:
        _over(text, ink, (start, opening, close), partners)


def _over(text: str, ink: list[str], place: tuple[int, int, int], partners: dict[int, int]) -> None:
    start, opening, close = place
    inner = _next_group(text, close + 1)
    if inner not in partners or "?" in text[opening:close]:
        return
    if _SIGN.match(text[inner + 1 : partners[inner]]):
        _blank(ink, start, inner + 1)
        _blank(ink, partners[inner], partners[inner] + 1)


def _next_group(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match is not None else place


def _is_all(text: str, opening: int, close: int) -> bool:
    """Whether a relation stands in the frame: then it is around a whole claim, and groups nothing."""
    return _RELATION.search(text, opening, close) is not None


def _blank(ink: list[str], start: int, end: int) -> None:
    for place in range(start, end):
        if ink[place] != "\n":
            ink[place] = " "
