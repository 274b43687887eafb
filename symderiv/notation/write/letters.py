r"""`name_latex`: a plain name in LaTeX: `x_1` is `x_1`, `hat_y` is `\hat{y}`, `w_ij__k` is `w_{ij}^{(k)}`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from symderiv.notation.alphabet import GREEK, INDEX_LETTERS, SIGNS, spell


@lru_cache(maxsize=4096)
def name_latex(name: str) -> str:
    """The LaTeX of a name. Different names are written differently."""
    return "".join(letter_parts(name))


@lru_cache(maxsize=4096)
def letter_parts(name: str) -> tuple[str, str, str]:
    """The accented letter, its subscript and its layer mark, each ready to print (or empty)."""
    spelling = spell(name)
    if spelling is None:
        return _roman(name), "", ""
    if _is_phrase(spelling.base, spelling.subscripts):
        letter, below = _roman("_".join((spelling.base, *spelling.subscripts))), ""
    else:
        letter, below = _base(spelling.base), _subscript(spelling.base, spelling.subscripts)
    for accent in reversed(spelling.accents):
        letter = f"\\{accent}{{{letter}}}"
    above = f"^{{({_labels(spelling.mark.split('_'))})}}" if spelling.mark else ""
    return letter, below, above


def script(mark: str, text: str) -> str:
    """`_x` or `^{xy}`: braces only where more than one character stands in the script."""
    return f"{mark}{text}" if len(text) == 1 else f"{mark}{{{text}}}"


def _base(text: str) -> str:
    if len(text) == 1:
        return text
    return f"\\{text}" if text in GREEK or text == "pi" else _roman(text)


def _subscript(base: str, subscripts: tuple[str, ...]) -> str:
    if not subscripts:
        return ""
    if base == "delta" and (len(subscripts) == 2 or len(subscripts[0]) == 2):
        # \delta_{ij} and \delta_{i,j} are the Kronecker delta; the name delta_ij is not.
        return f"_{{{_roman(','.join(subscripts))}}}"
    return script("_", _labels(subscripts))


def _is_phrase(base: str, subscripts: tuple[str, ...]) -> bool:
    """Words that belong together: `learning_rate`, but not `loss_1` or `x_train`."""
    return (
        base not in GREEK
        and len(base) > 1
        and any(len(piece) > 2 and piece.isalpha() for piece in subscripts)
    )


def _labels(pieces: Sequence[str]) -> str:
    """Labels with commas between them, and the signs that words stand for."""
    text, after_sign = "", True
    for place, piece in enumerate(pieces):
        sign = piece in SIGNS and 0 < place < len(pieces) - 1
        text += SIGNS[piece] if sign else ("" if after_sign else ",") + _label(piece)
        after_sign = sign
    return text


def _label(piece: str) -> str:
    if len(piece) == 1 or piece.isdigit() or all(c in INDEX_LETTERS or c.isdigit() for c in piece):
        return piece
    return f"\\{piece}" if piece in GREEK or piece == "pi" else _roman(piece)


def _roman(text: str) -> str:
    escaped = text.replace("_", "\\_")
    return f"\\mathrm{{{escaped}}}"
