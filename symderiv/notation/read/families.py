r"""What the tokens of a line tell before it is read: bound indices, their letters, a function defined.

Under `\\sum_{k}`, `z_k` is the k-th component of z, and so is every `z_i` of the same line; `y^{(k)}`
likewise, for authors who number samples above.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.notation.read.commands import ACCENTS
from symderiv.notation.read.tokens import Token


@dataclass(frozen=True, slots=True)
class Families:
    """`bound` indices of the sums; letters `indexed` below or `marked` above by one of them."""

    bound: frozenset[str]
    indexed: frozenset[str]
    marked: frozenset[str]


def families(tokens: list[Token]) -> Families:
    """The bound indices of a line and the letters (with their accents) that carry them."""
    bound = frozenset(
        name
        for place, token in enumerate(tokens)
        if token.kind == "command" and token.text in {"\\sum", "\\prod"}
        for name in _names(tokens, place + 1, "_")[:1]
    )
    indexed, marked = set(), set()
    for place, token in enumerate(tokens):
        if not bound or token.kind != "name":
            continue
        if bound.intersection(_names(tokens, place + 1, "_")):
            indexed.add(_accented(tokens, place))
        if bound.intersection(_names(tokens, place + 1, "^", "(")):
            marked.add(_accented(tokens, place))
    return Families(bound, frozenset(indexed), frozenset(marked))


def indexed_by(tokens: list[Token], letter: str) -> frozenset[str]:
    """The letters that carry this index below."""
    return frozenset(
        _accented(tokens, place)
        for place, token in enumerate(tokens)
        if token.kind == "name" and letter in _names(tokens, place + 1, "_")
    )


def ranges(tokens: list[Token]) -> list[tuple[str, list[Token], frozenset[str]]]:
    """The sums of a line that say where they end: index, end, and the letters that carry the index."""
    found = []
    for place, token in enumerate(tokens):
        if token.kind != "command" or token.text not in {"\\sum", "\\prod"}:
            continue
        letter = _names(tokens, place + 1, "_")[:1]
        above = _script(tokens, place + 1, "^")
        if letter and above:
            found.append((letter[0], above, indexed_by(tokens, letter[0])))
    return found


def _script(tokens: list[Token], place: int, sign: str) -> list[Token]:
    while place < len(tokens) and tokens[place].text in {"^", "_"}:
        end = skip_script(tokens, place)
        if tokens[place].text == sign:
            return tokens[place + 1 : end]
        place = end
    return []


def _accented(tokens: list[Token], place: int) -> str:
    """The plain name of a letter with the accents in front of it."""
    base = tokens[place].text
    while place > 0:
        place -= 1
        if tokens[place].kind == "open" and place > 0 and tokens[place - 1].text in ACCENTS:
            place -= 1
        if tokens[place].text not in ACCENTS:
            break
        base = f"{ACCENTS[tokens[place].text]}_{base}"
    return base


def _names(tokens: list[Token], place: int, script: str, opening: str = "") -> list[str]:
    """The names in the script of that kind which stands at `place`, perhaps behind another script."""
    while place < len(tokens):
        token = tokens[place]
        if token.kind == "close" or token.text == "'":
            place += 1
        elif token.text in {"^", "_"} and place + 1 < len(tokens):
            end = skip_script(tokens, place)
            inside = tokens[place + 1 : end]
            if token.text == script and (not opening or any(t.text == opening for t in inside)):
                return [t.text for t in inside if t.kind == "name"]
            place = end
        else:
            return []
    return []


def skip_script(tokens: list[Token], place: int) -> int:
    """Where the script that begins at `place` with ^ or _ is over."""
    if tokens[place].text == "'" or place + 1 >= len(tokens) or tokens[place + 1].kind != "open":
        return min(place + (1 if tokens[place].text == "'" else 2), len(tokens))
    level = 0
    for position in range(place + 1, len(tokens)):
        level += (tokens[position].kind == "open") - (tokens[position].kind == "close")
        if level == 0:
            return position + 1
    return len(tokens)


def defined_function(tokens: list[Token]) -> str:
    """The letter that the line defines as a function, `g(x) = ...` or `L(y, t) := ...`, or ""."""
    place = 1 if tokens and tokens[0].text == "&" else 0
    if place >= len(tokens) or tokens[place].kind != "name":
        return ""
    name = tokens[place].text
    place += 1
    while place < len(tokens) and tokens[place].text in {"_", "^", "'"}:
        place = skip_script(tokens, place)
    if place >= len(tokens) or tokens[place].text != "(":
        return ""
    closing = next((k for k in range(place, len(tokens)) if tokens[k].text == ")"), len(tokens))
    inside = tokens[place + 1 : closing]
    letters = all(
        token.kind in {"name", "open", "close"} or token.text in {",", "_"} or token.text in ACCENTS
        for token in inside
    )
    return name if inside and letters and _defines(tokens, closing + 1) else ""


def defined_symbol(tokens: list[Token]) -> str:
    """The letter that the line gives a value, `e = ...`, or ""."""
    place = 1 if tokens and tokens[0].text == "&" else 0
    if place >= len(tokens) or tokens[place].kind != "name":
        return ""
    return tokens[place].text if _defines(tokens, place + 1) else ""


def _defines(tokens: list[Token], place: int) -> bool:
    after = [token.text for token in tokens[place : place + 2] if token.text != "&"]
    return bool(after) and after[0] in {"=", ":", "\\coloneqq", "\\triangleq"}
