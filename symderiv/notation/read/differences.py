r"""Difference quotients: in `L(w+h) - L(w-h)` beside `\frac{dL}{dw}` the letter L is applied, not multiplied.

Also the words that lead to a formula, `\text{where } z = wx`, which say nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.notation.read.tokens import Token

_LEADS = frozenset(
    "where with so thus hence and then since therefore because let that is i.e. here now finally or".split()
)
_SIGNS = frozenset({"d", "\\partial"})


def applied_letters(tokens: list[Token]) -> frozenset[str]:
    """Letters whose difference at two places is taken, where the line also differentiates them there."""
    found = {(letter, variable) for letter, variable in _differences(tokens)}
    if not found:
        return frozenset()
    by = set(_derivatives(tokens))
    return frozenset(letter for letter, variable in found if (letter, variable) in by)


def _differences(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """`L(w...) - L(w...)`: the letter and what both brackets begin with."""
    for place in range(len(tokens) - 7):
        first = _opened(tokens, place)
        if first is None:
            continue
        close = _closing(tokens, place + 1)
        if close + 1 >= len(tokens) or tokens[close + 1].text != "-":
            continue
        second = _opened(tokens, close + 2)
        end = _closing(tokens, close + 3) if second == first else 0
        inside, other = tokens[place + 2 : close], tokens[close + 4 : end]
        if second == first and [t.text for t in inside] != [t.text for t in other]:
            yield first


def _opened(tokens: list[Token], place: int) -> tuple[str, str] | None:
    """A letter before a bracket that begins with a letter."""
    if place + 3 >= len(tokens):
        return None
    letter, bracket, variable, after = tokens[place : place + 4]
    fits = letter.kind == variable.kind == "name" and bracket.text == "(" and after.text in {"+", "-", ")"}
    return (letter.text, variable.text) if fits else None


def _closing(tokens: list[Token], opening: int) -> int:
    level = 0
    for place in range(opening, len(tokens)):
        level += (tokens[place].text == "(") - (tokens[place].text == ")")
        if level == 0:
            return place
    return len(tokens)


def _derivatives(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    r"""`\frac{dL}{dw}`: what is differentiated and by what."""
    for place in range(len(tokens) - 6):
        above, letter, _, _, below, variable = tokens[place : place + 6]
        if above.text in _SIGNS and below.text in _SIGNS and letter.kind == variable.kind == "name":
            yield letter.text, variable.text


def without_lead(tokens: list[Token]) -> list[Token]:
    """The tokens without a joining word at their head."""
    first = tokens[0] if len(tokens) > 1 else None
    if first is None or not (first.kind == "text" or (first.kind == "name" and first.font)):
        return tokens
    if first.text.strip(" ~,:").lower() not in _LEADS:
        return tokens
    return tokens[1:] if tokens[1].kind in {"name", "command", "number", "open"} else tokens
