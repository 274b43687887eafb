"""The signs of Typst for LaTeX commands: letters, operators, spaces, fences, accents, alphabets."""

from __future__ import annotations

import unicodedata

from symderiv.notation.alphabet import GREEK

_OTHER_LETTERS = {
    "phi": "\u03d5",
    "varphi": "\u03c6",
    "epsilon": "\u03f5",
    "varepsilon": "\u03b5",
    "vartheta": "\u03d1",
    "varpi": "\u03d6",
    "varrho": "\u03f1",
    "varsigma": "\u03c2",
    "ell": "\u2113",
    "pi": "\u03c0",
}


def _greek() -> dict[str, str]:
    found = dict(_OTHER_LETTERS)
    for name in sorted(GREEK - set(found)):
        spelled = "LAMDA" if name.lower() == "lambda" else name.upper()
        size = "CAPITAL" if name[0].isupper() else "SMALL"
        found[name] = unicodedata.lookup(f"GREEK {size} LETTER {spelled}")
    return found


SIGNS: dict[str, str] = {
    **_greek(),
    "infty": "∞",
    "partial": "∂",
    "nabla": "∇",
    "top": "⊤",
    "prime": "′",
    "ast": "∗",
    "star": "⋆",
    "circ": "∘",
    "cdot": "⋅",
    "odot": "⊙",
    "times": "×",
    "pm": "±",
    "cup": "∪",
    "in": "∈",
    "mid": "∣",
    "to": "→",
    "mapsto": "↦",
    "approx": "≈",
    "le": "≤",
    "leq": "≤",
    "ge": "≥",
    "geq": "≥",
    "ne": "≠",
    "neq": "≠",
    "colon": '#h(0.11em) class("normal", :) #h(0.33em)',
    "dots": "…",
    "ldots": "…",
    "cdots": "⋯",
    "sum": "∑",
    "prod": "∏",
}
"""Commands that are one sign."""

SPACES: dict[str, str] = {
    "\\,": "thin",
    "\\:": "med",
    "\\;": "thick",
    "\\ ": "#h(0.333em)",
    "~": "#h(0.333em)",
    "\\!": "#h(-0.167em)",
    "\\quad": "quad",
    "\\qquad": "wide",
}

FENCES: dict[str, str] = {
    "(": "\\(",
    ")": "\\)",
    "[": "\\[",
    "]": "\\]",
    "\\{": "\\{",
    "\\}": "\\}",
    "/": "\\/",
    "|": "\\|",
    "\\vert": "\\|",
    "\\lvert": 'class("opening", \\|)',
    "\\rvert": 'class("closing", \\|)',
    "\\lVert": 'class("opening", ‖)',
    "\\rVert": 'class("closing", ‖)',
    "\\langle": "\\⟨",
    "\\rangle": "\\⟩",
    ".": "",
}
r"""What may stand after `\left`, `\right` and the sizes; escaped, so that Typst pairs none by itself."""

SIZES: dict[str, str] = {"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}
"""Heights of brackets of a fixed size."""

ACCENTS: dict[str, str] = {
    "hat": "hat({})",
    "widehat": "hat({})",
    "bar": "macron({})",
    "tilde": "tilde({})",
    "widetilde": "tilde({})",
    "dot": "dot({})",
    "ddot": "dot.double({})",
    "vec": "arrow({})",
    "check": "caron({})",
    "breve": "breve({})",
    "overline": "overline({})",
}

ALPHABETS: dict[str, str] = {
    "mathbf": "bold(upright({}))",
    "boldsymbol": "bold({})",
    "mathit": "italic({})",
    "mathsf": "sans({})",
    "mathtt": "mono({})",
    "mathcal": "cal({})",
    "mathbb": "bb({})",
    "mathfrak": "frak({})",
    "mathrm": "upright({})",
    "text": "upright({})",
}
"""Styles of letters."""

WORDS = frozenset({"mathrm", "text"})
"""Styles whose content is a word where it is made of letters only."""

NAMED_OPERATORS: dict[str, str] = {
    name: name
    for name in (
        "sin cos tan sec csc cot sinh cosh tanh coth exp log ln arctan arcsin arccos max min lim".split()
    )
}
LIMITS = frozenset({"max", "min", "lim"})
"""Operators whose lower script stands below them in display style."""
