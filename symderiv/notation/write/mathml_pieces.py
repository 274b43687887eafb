"""Pieces of a row of MathML: an element with its part in the row, and what stands between two of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from symderiv.notation.write.mathml_signs import APPLY, RELATIONS, TIMES, UPRIGHT

Part = Literal["operand", "function", "operator", "big", "sign", "open", "close", "space"]
"""`operator` is d/dx, `big` a sum; a `sign` stands between operands."""

_SPACED = re.compile("(?<!<mrow>)<mo>([=+−⋅<>≤≥≠→]|&[lg]t;)</mo>")
_THIN = ".17em"
_OPERANDS = frozenset({"operand", "close"})
_STARTS = frozenset({"operand", "function", "operator", "big", "open"})
_RELATION_MARKUP = frozenset(f"<mo>{escape(sign)}</mo>" for sign in RELATIONS.values())


@dataclass(frozen=True, slots=True)
class Piece:
    """One element of a row. `letter` is its LaTeX where that decides what a bracket after it means."""

    markup: str
    part: Part = "operand"
    letter: str = ""
    fence: bool = False
    tall: bool = False


def unspaced(markup: str, *sides: str) -> str:
    """The first sign without the space that it has by itself."""
    return markup.replace("<mo", "<mo" + "".join(f' {side}="0"' for side in sides), 1)


def close_set(markup: str) -> str:
    """Signs without space around them, as TeX sets them in scripts."""
    return _SPACED.sub(r'<mo lspace="0" rspace="0">\1</mo>', markup)


def flush(pieces: list[Piece], *, continued: bool) -> list[Piece]:
    """No space before a relation that opens a formula, as in `≈ 0.25`."""
    if continued or len(pieces) < 2 or pieces[0].markup not in _RELATION_MARKUP:
        return pieces
    return [replace(pieces[0], markup=unspaced(pieces[0].markup, "lspace")), *pieces[1:]]


def prime_sign(count: int) -> str:
    """That many primes, as one sign where there is one."""
    return {1: "′", 2: "″", 3: "‴"}.get(count, "′" * count)


def text_element(text: str) -> str:
    """Words in a formula; blanks at their edges stay."""
    edge = re.sub(r"^ +| +$", "\u00a0", text.replace("\\ ", " "))
    return f"<mtext>{escape(edge)}</mtext>"


def character(token: str) -> Piece:
    """A letter, a number, a comma."""
    if token[-1].isdigit():
        return Piece(f"<mn>{token}</mn>")
    if token in {",", ";"}:
        return Piece(f"<mo>{token}</mo>", "sign")
    if token.isalpha():
        return letter_piece(token, token)
    return Piece(f"<mo>{escape(token)}</mo>", "sign")


def letter_piece(letter: str, latex: str) -> Piece:
    """A letter, upright where LaTeX has it upright."""
    normal = ' mathvariant="normal"' if letter in UPRIGHT else ""
    return Piece(f"<mi{normal}>{letter}</mi>", letter=latex)


def sign_piece(sign: str, row: list[Piece], *, continued: bool) -> Piece:
    """Plus, minus, dot: between operands, or before one where no operand stands on the left."""
    last = next((piece for piece in reversed(row) if piece.part != "space"), None)
    form = ""
    if last is None:
        form = ' form="infix"' if continued else ""
    elif last.part not in _OPERANDS:
        form = ' form="prefix"'
    tight = ' lspace="0" rspace="0"' if sign == "/" else ""
    return Piece(f"<mo{form}{tight}>{escape(sign)}</mo>", "sign")


def relation_element(key: str) -> str:
    """The sign between two sides; a colon stands close to its left side."""
    if key == "colon":
        return '<mo lspace="0" rspace=".28em">:</mo>'
    return f"<mo>{escape(RELATIONS[key])}</mo>"


def fence_piece(sign: str, part: str) -> Piece:
    """A bracket that does not grow."""
    # Brackets that match are the first and the last in a row of their own: their form is known.
    form = ' form="prefix"' if part == "open" else ' form="postfix"'
    shown = form if sign in "|‖" else ""
    markup = f'<mo{shown} stretchy="false">{sign}</mo>'
    return Piece(markup, "open" if part == "open" else "close")


def stretchy(sign: str, form: str) -> str:
    """A bracket that grows with what it holds; nothing for an empty one."""
    return f'<mo form="{form}" fence="true">{escape(sign)}</mo>' if sign else ""


def closed(row: list[Piece], closing: Piece, functions: frozenset[str]) -> Piece:
    """The bracket that ends here, taken out of the row as one piece; the sign alone if none is open."""
    for place in reversed(range(len(row))):
        if row[place].part == "open":
            inner = joined(row[place + 1 :], functions)
            markup = f"<mrow>{row[place].markup}{inner}{closing.markup}</mrow>"
            del row[place:]
            return Piece(markup, fence=True)
    return closing


def one(pieces: list[Piece], functions: frozenset[str]) -> str:
    """The pieces as one element."""
    return pieces[0].markup if len(pieces) == 1 else f"<mrow>{joined(pieces, functions)}</mrow>"


def joined(pieces: list[Piece], functions: frozenset[str]) -> str:
    """The pieces side by side, with the invisible signs between them."""
    found = ""
    for place, piece in enumerate(pieces):
        if place:
            found += _between(pieces[place - 1], piece, functions)
        found += piece.markup
    return found


def _between(left: Piece, right: Piece, functions: frozenset[str]) -> str:
    if right.part not in _STARTS or left.letter in {"d", r"\partial"}:
        return ""
    if left.part == "function" or (left.letter in functions and (right.fence or right.part == "open")):
        apart = "" if right.fence or right.part == "open" else f' rspace="{_THIN}"'
        return f"<mo{apart}>{APPLY}</mo>"
    if left.part == "operator":
        return f'<mspace width="{_THIN}"></mspace>'
    if left.part in _OPERANDS:
        loose = left.tall or right.tall or right.part in {"function", "operator", "big"}
        apart = f' rspace="{_THIN}"' if loose and not (left.fence and right.fence) else ""
        return f"<mo{apart}>{TIMES}</mo>"
    return ""
