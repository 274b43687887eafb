"""Characters that plain notation does not know: what they are, and what to type instead."""

from __future__ import annotations

import unicodedata

from symderiv.errors import ReadError
from symderiv.notation.alphabet import GREEK

SAME_WIDTH = str.maketrans(
    {"−": "-", "·": "*", "⋅": "*", "×": "*", "÷": "/", "′": "'", "’": "'", "\u00a0": " "}
)
"""Characters with one meaning only, replaced one for one so that spans stay right."""

ALLOWED = frozenset("≤≥≠")
"""Signs that the grammar itself knows."""

_LOOK_ALIKES = dict(
    zip(
        "аеорсухіјѕԁһАВЕКМНОРСТХУІЈЅοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijsdhABEKMHOPCTXYIJSoABEZHIKMNOPTYX",
        strict=True,
    )
)
_SIGNS = {
    "√": "write sqrt(...)",
    "∞": "infinity is not a number here",
    "∂": "write D(f, x) for the derivative of f",
    "∑": "write Sum(body, k, 1, n)",
    "Σ": "write Sum(body, k, 1, n), or the name Sigma",
    "∏": "products over an index are not part of plain notation",
    "–": "write - for minus",
    "—": "write - for minus",
    "‐": "write - for minus",
    "∗": "write * for a product",
    "•": "write * for a product",
    "⊙": "write hadamard(a, b)",
    "ᵀ": "write transpose(a)",
    "|": "write Abs(x)",
}


def refuse(text: str, position: int) -> ReadError:
    """The error for a character outside ASCII at `position`."""
    character = text[position]
    message, hint = _describe(character)
    return ReadError(message, hint=hint, span=(position, position + 1), source=text)


def _describe(character: str) -> tuple[str, str | None]:
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return (
            f"an invisible or control character, U+{ord(character):04X}",
            "retype the formula; such characters can hide what is written",
        )
    title = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    message = f"{character!r} ({title}) is not part of plain notation"
    if character in _LOOK_ALIKES:
        return message, f"it looks like the Latin letter {_LOOK_ALIKES[character]!r}; retype it"
    if character.isspace():
        return f"{title} is not part of plain notation", "write an ordinary space"
    return message, _SIGNS.get(character) or _spelled(character, title)


def _spelled(character: str, title: str) -> str | None:
    plain = unicodedata.normalize("NFKC", character)
    if title.startswith("superscript"):
        return f"write a power as **, as in x**{plain}" if plain.isdigit() else "write a power as **"
    if title.startswith("subscript"):
        return f"write a subscript as _, as in x_{plain}"
    if title.startswith("greek"):
        word = title.rsplit(maxsplit=1)[-1]
        word = word.capitalize() if "capital" in title else word
        return f"write {word}" if word in GREEK or word == "pi" else None
    return f"write {plain}" if plain.isascii() and plain.isalnum() else None
