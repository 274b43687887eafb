r"""`name_latex`: a plain name in LaTeX: `x_1` is `x_1`, `hat_y` is `\hat{y}`, `w_ij__k` is `w_{ij}^{(k)}`."""

from __future__ import annotations

from functools import lru_cache

from symderiv.notation.alphabet import GREEK, INDEX_LETTERS, spell


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
    letter = _base(spelling.base)
    for accent in reversed(spelling.accents):
        letter = f"\\{accent}{{{letter}}}"
    below = _subscript(spelling.base, spelling.subscripts)
    above = f"^{{({_label(spelling.mark)})}}" if spelling.mark else ""
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
    return script("_", ",".join(_label(piece) for piece in subscripts))


def _label(piece: str) -> str:
    if len(piece) == 1 or piece.isdigit() or all(c in INDEX_LETTERS or c.isdigit() for c in piece):
        return piece
    return f"\\{piece}" if piece in GREEK or piece == "pi" else _roman(piece)


def _roman(text: str) -> str:
    escaped = text.replace("_", "\\_")
    return f"\\mathrm{{{escaped}}}"
