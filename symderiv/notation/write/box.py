r"""`Box`: a written piece of LaTeX and what its surroundings must know to place it.

Levels are those of plain notation; `height` counts what a bracket around the piece has to span: 0 a
line of letters, then one for each bracket nested in it, and TALL for fractions, sums and cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CLAIM, OR, AND, RELATION, CASES, SUM, SIGN, PRODUCT, FACTOR, ATOM = range(-5, 5)
TALL = 100

Edge = Literal["letter", "roman", "digit", "bracket", "minus", "fraction", "operator", "derivative", "other"]

_SIZES = (("(", ")"), ("(", ")"), (r"\bigl(", r"\bigr)"), (r"\Bigl(", r"\Bigr)"), (r"\biggl(", r"\biggr)"))


@dataclass(frozen=True, slots=True)
class Box:
    """`text` with its binding `level`, its `height` and its edges.

    `head` says what stands first; `open` that an operator stands in it whose argument has no bracket,
    so that a factor to its right would be taken into the argument.
    """

    text: str
    level: int
    height: int = 0
    head: Edge = "other"
    open: bool = False


def bracket(box: Box) -> Box:
    """The piece in round brackets just large enough."""
    head: Edge = "minus" if box.level == SIGN or box.text.startswith("-") else "bracket"
    if box.height >= TALL:
        return Box(f"\\left({box.text}\\right)", ATOM, TALL, head)
    left, right = _SIZES[min(box.height, len(_SIZES) - 1)]
    return Box(f"{left}{box.text}{right}", ATOM, box.height + 1, head)


def at(box: Box, level: int) -> Box:
    """The piece, in brackets where it binds weaker than `level`."""
    return box if box.level >= level else bracket(box)


def arguments(box: Box) -> str:
    r"""`(x)` after a function name; where the brackets must grow, `\!` keeps them at the name."""
    shown = bracket(box).text
    return f"\\!{shown}" if shown.startswith("\\left") else shown


def join(left: str, right: str) -> str:
    """Two pieces side by side, with a space where a control word would run into a letter."""
    if right[:1].isalpha() and _ends_in_word(left):
        return f"{left} {right}"
    return left + right


def _ends_in_word(text: str) -> bool:
    stem = text.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return stem != text and stem.endswith("\\")
