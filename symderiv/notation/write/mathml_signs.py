r"""What the control words of the LaTeX writer are in Unicode, for `mathml`: letters, signs, fences."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from symderiv.notation.alphabet import GREEK

APPLY, TIMES = "\u2061", "\u2062"
"""The invisible signs of MathML: a function and its argument, two factors side by side."""

_VARIANTS = {"varepsilon": "ε", "varphi": "φ", "epsilon": "ϵ", "phi": "ϕ", "ell": "ℓ"}
_SYMBOLS = {"vartheta": "ϑ", "varpi": "ϖ", "varrho": "ϱ", "varsigma": "ς"}


def _greek() -> dict[str, str]:
    found = {}
    for name in sorted(GREEK - _VARIANTS.keys() - _SYMBOLS.keys() | {"pi"}):
        spelled = name.upper().replace("LAMBDA", "LAMDA")
        size = "CAPITAL" if name[0].isupper() else "SMALL"
        found[name] = unicodedata.lookup(f"GREEK {size} LETTER {spelled}")
    return found | _VARIANTS | _SYMBOLS


LETTERS = _greek() | {"infty": "∞", "partial": "∂", "nabla": "∇", "top": "⊤", "prime": "′"}
"""Control words that are one letter."""

UPRIGHT = frozenset("∞∂∇⊤′") | {LETTERS[name] for name in GREEK if name[0].isupper()}
"""Letters that stand upright in LaTeX."""

BINARY = {
    "+": "+",
    "-": "−",
    "*": "∗",
    "/": "/",
    "cdot": "⋅",
    "times": "×",
    "odot": "⊙",
    "cup": "∪",
    "ast": "∗",
    "star": "⋆",
    "circ": "∘",
    "pm": "±",
}
RELATIONS = {
    "=": "=",
    "<": "<",
    ">": ">",
    "le": "≤",
    "leq": "≤",
    "ge": "≥",
    "geq": "≥",
    "ne": "≠",
    "neq": "≠",
    "approx": "≈",
    "in": "∈",
    "to": "→",
    "mapsto": "↦",
    "colon": ":",
    "mid": "∣",
}
FENCES = {
    "(": ("(", "open"),
    ")": (")", "close"),
    "[": ("[", "open"),
    "]": ("]", "close"),
    "\\{": ("{", "open"),
    "\\}": ("}", "close"),
    "lvert": ("|", "open"),
    "rvert": ("|", "close"),
    "lVert": ("‖", "open"),
    "rVert": ("‖", "close"),
    "langle": ("⟨", "open"),
    "rangle": ("⟩", "close"),
}
SIZES = {"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}
"""What `\\bigl` and its kin add to a fence, as TeX does."""

SPACES = {"\\,": ".17em", "\\:": ".22em", "\\;": ".28em", "\\ ": ".33em", "quad": "1em", "qquad": "2em"}

BIG = {"sum": "∑", "prod": "∏", "lim": "lim"}
"""Operators with what they run over below them."""

BRACKETS = {"cases": ("{", ""), "dcases": ("{", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]")}
"""What stands around the rows of an environment."""

ACCENTS = {
    "hat": "^",
    "widehat": "^",
    "bar": "‾",
    "overline": "‾",
    "tilde": "~",
    "widetilde": "~",
    "dot": "˙",
    "ddot": "¨",
    "vec": "→",
    "check": "ˇ",
    "breve": "˘",
}

NAMED = {
    **{
        word: word
        for word in (
            "sin cos tan sec csc cot sinh cosh tanh coth log ln exp arcsin arccos arctan max min".split()
        )
    }
}
"""Control words that print their own name."""

_STYLES = {
    "mathbf": ("MATHEMATICAL BOLD",),
    "boldsymbol": ("MATHEMATICAL BOLD ITALIC", "MATHEMATICAL BOLD"),
    "mathsf": ("MATHEMATICAL SANS-SERIF",),
    "mathtt": ("MATHEMATICAL MONOSPACE",),
    "mathcal": ("MATHEMATICAL SCRIPT", "SCRIPT"),
    "mathfrak": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
    "mathbb": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
}
STYLES = frozenset(_STYLES)
"""Alphabets: MathML Core has no attribute for them, Unicode has the letters."""


@lru_cache(maxsize=512)
def styled(letter: str, style: str) -> str:
    """A letter or digit of an alphabet; as it is where Unicode has no such letter."""
    try:
        name = unicodedata.name(letter)
    except ValueError:
        return letter
    words = name.replace("LATIN ", "").replace("GREEK ", "").replace(" LETTER", "")
    for alphabet in _STYLES[style]:
        try:
            return unicodedata.lookup(f"{alphabet} {words}")
        except KeyError:
            continue
    return letter
