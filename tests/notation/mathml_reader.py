r"""Presentation MathML read as what is seen: back to LaTeX, sign by sign, for the LaTeX reader to read.

Strict: an element, an attribute or a letter that the writer has no reason to write is an error. Nothing is
taken from `alttext` or `aria-label`.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from symderiv.notation.write.mathml_signs import ACCENTS, APPLY, LETTERS, NAMED, TIMES

Element = ElementTree.Element
_LETTERS = {letter: f"\\{name} " for name, letter in LETTERS.items()}
_SIGNS = {
    "−": "-", "+": "+", "⋅": r"\cdot ", "×": r"\times ", "⊙": r"\odot ", "/": "/", "∪": r"\cup ", "=": "=",
    "<": "<", ">": ">", "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "≈": r"\approx ", "∈": r"\in ",
    "→": r"\to ", "↦": r"\mapsto ", ":": ":", ",": ",", "∑": r"\sum ", "∏": r"\prod ",
    "lim": r"\lim ", "∣": r"\mid ", "′": "'", "″": "''", "‴": "'''",
    APPLY: "", TIMES: " ", "(": "(", ")": ")", "[": "[", "]": "]", "⟨": r"\langle ", "⟩": r"\rangle ",
}  # fmt: skip
_ACCENTS = {
    "^": "hat",
    "‾": "bar",
    "~": "tilde",
    "˙": "dot",
    "¨": "ddot",
    "→": "vec",
    "ˇ": "check",
    "˘": "breve",
}
_ATTRIBUTES = {
    "math": {"displaystyle", "alttext", "aria-label", "display"},
    "mo": {"form", "stretchy", "fence", "minsize", "maxsize", "symmetric", "lspace", "rspace"},
    "mi": {"mathvariant"},
    "mspace": {"width"},
    "mover": {"accent"},
    "mtable": {"class", "displaystyle"},
}


def latex_of(markup: str) -> str:
    """The LaTeX that looks like this markup, which may be several `math` elements in a row."""
    root = ElementTree.fromstring(f"<root>{markup.replace('<wbr>', '')}</root>")
    return read_elements([part for child in root for part in (child if child.tag == "math" else [child])])


def read_elements(children: Sequence[Element]) -> str:
    """A row of elements."""
    found = ""
    for place, child in enumerate(children):
        following = children[place + 1] if place + 1 < len(children) else None
        applied = following is not None and following.tag == "mo" and following.text == APPLY
        found += _element(child, applied=applied)
    return found


def _element(element: Element, *, applied: bool = False) -> str:
    tag, parts = element.tag, list(element)
    assert set(element.attrib) <= _ATTRIBUTES.get(tag, set()), (tag, element.attrib)
    assert not (element.tail or "").strip()
    text = element.text or ""
    match tag:
        case "mi":
            return _identifier(text, applied=applied)
        case "mn":
            assert text.replace(".", "").isdigit(), text
            return text
        case "mo":
            return _operator(element, text)
        case "mtext":
            return rf"\text{{{text}}}".replace("\u00a0", " ")
        case "mspace":
            return " "
        case "mrow":
            return _fenced(parts) or read_elements(parts)
        case "mfrac":
            return rf"\frac{{{_element(parts[0])}}}{{{_element(parts[1])}}} "
        case "msqrt":
            return rf"\sqrt{{{read_elements(parts)}}}"
        case "msub" | "msup" | "munder" | "munderover" | "msubsup":
            return _scripts(tag, parts, applied=applied)
        case "mover":
            base, accent = parts
            assert accent.text in ACCENTS.values()
            return rf"\{_ACCENTS[accent.text]}{{{_element(base)}}} "
        case "mtable":
            return rf"\begin{{cases}} {_cells(element)} \end{{cases}}"
    raise AssertionError(f"a page has no reason for <{tag}>")


def _identifier(text: str, *, applied: bool) -> str:
    if text in _LETTERS:
        return _LETTERS[text]
    if len(text) == 1 and text.isalpha() and text.isascii():
        return text
    if text in NAMED:
        return f"\\{text} "
    assert text.isascii(), text
    return (rf"\operatorname{{{text}}}" if applied else rf"\mathrm{{{text}}}").replace("_", r"\_")


def _operator(element: Element, text: str) -> str:
    if text in {"|", "‖"}:
        name = "vert" if text == "|" else "Vert"
        return {"prefix": rf"\l{name} ", "postfix": rf" \r{name} "}[element.attrib["form"]]
    return _SIGNS[text]


def _cells(table: Element) -> str:
    return r" \\ ".join(" & ".join(read_elements(list(cell)) for cell in row) for row in table)


def _fenced(parts: list[Element]) -> str:
    """A brace before cases, and brackets around a matrix, are part of them."""
    if len(parts) == 3 and parts[1].tag == "mtable" and (parts[0].text, parts[2].text) == ("(", ")"):
        return rf"\begin{{pmatrix}} {_cells(parts[1])} \end{{pmatrix}}"
    if len(parts) == 2 and parts[0].tag == "mo" and parts[0].text == "{":
        assert parts[1].tag == "mtable"
        return _element(parts[1])
    return ""


def _scripts(tag: str, parts: list[Element], *, applied: bool) -> str:
    if tag == "munder" and parts[0].tag == "munder" and parts[0][1].text == "⏟":
        return rf"\underbrace{{{_element(parts[0][0])}}}_{{{_element(parts[1])}}}"
    if parts[0].tag == "mrow" and parts[0][-1].text == "|" and parts[0][0].text != "|":
        base = rf"\left. {read_elements(list(parts[0])[:-1])} \right|"
        return f"{base}_{{{_element(parts[1])}}}"
    base = _element(parts[0], applied=applied)
    if parts[0].tag == "mrow" and parts[0][0].tag != "mo" and parts[0][-1].text not in {"′", "″", "‴"}:
        base = f"{{{base}}}"
    below = parts[1] if tag != "msup" else None
    above = parts[-1] if tag in {"msup", "msubsup", "munderover"} else None
    if below is not None:
        base += f"_{{{_element(below)}}}"
    return base + (f"^{{{_element(above)}}}" if above is not None else "")
