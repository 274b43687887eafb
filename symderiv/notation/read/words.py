r"""Words that an author set as if they were products: `net_{h1}`, `target - output`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from symderiv.notation import names
from symderiv.notation.read.commands import WORDS
from symderiv.notation.read.tokens import Token

LONGEST_PRODUCT = 4
"""Letters side by side that may be a product; more of them spell a word."""
SPOKEN = frozenset(
    "relu elu gelu selu silu mish swish softmax softplus sigmoid net out err sum loss cost grad".split()
)
_KNOWN = frozenset(name for name in (*WORDS, *names.FUNCTIONS, *names.SPELLINGS) if len(name) > 1)


def joined(tokens: list[Token], functions: Collection[str]) -> list[Token]:
    """The tokens with such a word as one name; not where it may be a function."""
    taken = _KNOWN | frozenset(name for name in functions if len(name) > 1)
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        end = _run(tokens, place)
        word = "".join(token.text for token in tokens[place:end])
        if _is_name(tokens, end, word, taken):
            span = tokens[place].span[0], tokens[end - 1].span[1]
            found.append(replace(tokens[place], text=word, span=span, font="rm"))
        else:
            found += tokens[place : max(end, place + 1)]
        place = max(end, place + 1)
    return found


def _run(tokens: list[Token], place: int) -> int:
    """Where the letters that touch each other end."""
    end = place
    while end < len(tokens) and tokens[end].kind == "name" and len(tokens[end].text) == 1:
        if tokens[end].font or (end > place and tokens[end].span[0] != tokens[end - 1].span[1]):
            break
        end += 1
    return end


def _is_name(tokens: list[Token], end: int, word: str, taken: Collection[str]) -> bool:
    if len(word) <= LONGEST_PRODUCT and word not in SPOKEN:
        return False
    following = tokens[end].text if end < len(tokens) else ""
    return following not in {"(", "[", "'"} and not any(word.startswith(name) for name in taken)
