"""Letters that stand high or low in a line of Unicode text, and the Unicode of LaTeX letters."""

from __future__ import annotations

import re
import unicodedata

from symderiv.notation.alphabet import GREEK, spell
from symderiv.notation.write.mathml_signs import LETTERS

_HIGH = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ",
        strict=True,
    )
)
_LOW = dict(
    zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
_ACCENTS = {
    "hat": "\u0302",
    "bar": "\u0304",
    "tilde": "\u0303",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
    "check": "\u030c",
    "breve": "\u0306",
}
_UPRIGHT = re.compile(
    r"\\(?:operatorname\*?|mathrm|text|mathit|textup)\{([A-Za-z0-9 ]+)\}|\\([A-Za-z]+)|([A-Za-z]+)"
)
_SCRIPT = re.compile(r"[_^](?:\{([A-Za-z0-9]+)\}|([A-Za-z0-9]))")


def raised(text: str) -> str | None:
    """The text as superscripts, or None where Unicode has no such letter."""
    return _moved(text, _HIGH)


def lowered(text: str) -> str | None:
    """The text as subscripts, or None where Unicode has no such letter."""
    return _moved(text, _LOW)


def _moved(text: str, table: dict[str, str]) -> str | None:
    found = [table.get(letter, "\0") for letter in text.replace(" ", "")]
    return None if "\0" in found or not found else "".join(found)


def name_unicode(name: str) -> str:
    """A name in Unicode: `hat_y` as ŷ, `x_1` as x₁, `beta` as β; an irregular one as it is."""
    spelled = spell(name)
    if spelled is None:
        return name
    base = LETTERS.get(spelled.base, spelled.base) if spelled.base in GREEK else spelled.base
    if len(base) != 1 and (spelled.accents or spelled.subscripts or spelled.mark):
        return name
    text = base + "".join(_ACCENTS[accent] for accent in reversed(spelled.accents))
    for piece in spelled.subscripts:
        low = lowered(piece)
        text += low if low is not None else f"_{piece}"
    if spelled.mark:
        high = raised(f"({spelled.mark})")
        text += high if high is not None else f"^({spelled.mark})"
    return unicodedata.normalize("NFC", text)


def latex_unicode(latex: str) -> str | None:
    r"""The letter of a function in Unicode: `\sigma` as σ, `\operatorname{GELU}` as GELU; None for more."""
    head = _UPRIGHT.match(latex)
    if head is None:
        return None
    upright, control, bare = head.groups()
    text = upright or bare or LETTERS.get(control, "" if control in GREEK else control)
    rest = latex[head.end() :]
    while rest:
        script = _SCRIPT.match(rest)
        moved = None
        if script is not None:
            piece = script[1] or script[2]
            moved = lowered(piece) if rest[0] == "_" else raised(piece)
        if script is None or moved is None:
            return None
        text, rest = text + moved, rest[script.end() :]
    return text or None
