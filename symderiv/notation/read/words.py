r"""Words that an author set as if they were products: `net_{h1}`, `target - output`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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


def joined(tokens: list[Token], words: Collection[str]) -> list[Token]:
    """The tokens with each of the words as one name."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        end = _run(tokens, place)
        word = "".join(token.text for token in tokens[place:end])
        if word in words and _stands_alone(tokens, end):
            span = tokens[place].span[0], tokens[end - 1].span[1]
            found.append(replace(tokens[place], text=word, span=span, font="rm"))
        else:
            found += tokens[place : max(end, place + 1)]
        place = max(end, place + 1)
    return found


def spelled(lines: Iterable[list[Token]], functions: Collection[str]) -> frozenset[str]:
    """The words of a document: known ones, and long ones of which some letter never stands by itself."""
    taken = _KNOWN | frozenset(name for name in functions if len(name) > 1)
    words, alone = set[str](), set[str]()
    for tokens in lines:
        place = 0
        while place < len(tokens):
            end = _run(tokens, place)
            word = "".join(token.text for token in tokens[place:end])
            if _is_word(word, taken):
                words.add(word)
            else:
                alone.update(word)
            place = max(end, place + 1)
    return frozenset(word for word in words if word in SPOKEN or not set(word) <= alone)


def _run(tokens: list[Token], place: int) -> int:
    """Where the letters that touch each other end."""
    end = place
    while end < len(tokens) and tokens[end].kind == "name" and len(tokens[end].text) == 1:
        if tokens[end].font or (end > place and tokens[end].span[0] != tokens[end - 1].span[1]):
            break
        end += 1
    return end


def _is_word(word: str, taken: Collection[str]) -> bool:
    if len(word) <= LONGEST_PRODUCT and word not in SPOKEN:
        return False
    return not any(word.startswith(name) for name in taken)


def _stands_alone(tokens: list[Token], end: int) -> bool:
    """No bracket and no prime behind it: it is applied to nothing."""
    return end >= len(tokens) or tokens[end].text not in {"(", "[", "'"}
