"""Plain words made harmless for each format: a name such as `my_f` or `100%` prints as it is."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "\u00a0": "~",
    "\u2013": "--",
    "\u2014": "---",
    "\u2018": "`",
    "\u2019": "'",
    "\u201c": "``",
    "\u201d": "''",
    "\u2026": r"\ldots{}",
}
_ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
    "\u0327": "c",
    "\u0328": "k",
}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$])")


def escape_tex(text: str) -> str:
    """Text for LaTeX. Letters with an accent are composed; a sign without a rendering is shown by number.

    Runs of two hyphens stay two hyphens.
    """
    line = _one_line(text)
    kept = (
        "-{}" if letter == "-" and line[place + 1 : place + 2] == "-" else _tex_letter(letter)
        for place, letter in enumerate(line)
    )
    return "".join(kept)


def _tex_letter(letter: str) -> str:
    if letter in _TEX:
        return _TEX[letter]
    if letter.isascii():
        return letter
    parts = unicodedata.normalize("NFD", letter)
    if len(parts) == 2 and parts[0].isascii() and parts[1] in _ACCENTS:
        base = {"i": r"\i", "j": r"\j"}.get(parts[0], parts[0])
        return rf"\{_ACCENTS[parts[1]]}{{{base}}}"
    return _SPECIAL.get(letter, f"U+{ord(letter):04X}")


_SPECIAL = {
    "ß": r"\ss{}",
    "æ": r"\ae{}",
    "Æ": r"\AE{}",
    "ø": r"\o{}",
    "Ø": r"\O{}",
    "œ": r"\oe{}",
    "Œ": r"\OE{}",
    "ł": r"\l{}",
    "Ł": r"\L{}",
    "§": r"\S{}",
    "·": r"\textperiodcentered{}",
    "×": r"$\times$",
    "±": r"$\pm$",
    "→": r"$\to$",
    "≤": r"$\le$",
    "≥": r"$\ge$",
    "≠": r"$\ne$",
    "∞": r"$\infty$",
}


def escape_markdown(text: str) -> str:
    """Text for Markdown: nothing in it starts emphasis, a link, a table cell, HTML or mathematics."""
    return _MARKDOWN.sub(r"\\\1", _one_line(text))


def escape_text(text: str) -> str:
    """Text for a terminal: one line, no control or direction characters."""
    return _one_line(text)


def _one_line(text: str) -> str:
    """White space becomes one blank; control and format characters (bidirectional ones too) go."""
    visible = "".join(
        " " if letter.isspace() and letter != "\u00a0" else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
    return re.sub(r" {2,}", " ", visible)


_TYPST = re.compile(r"""[\\#$*_`<>@~=+/\[\]"{}-]|(?<=\d)\.|\.(?=\.)""")


def escape_typst(text: str) -> str:
    """Text for Typst: nothing in it starts code, mathematics, markup, a list, a link or a comment."""
    plain = _TYPST.sub(r"\\\g<0>", _one_line(text))
    return plain.replace("'", "\u2019").replace(":", "\\:")


def escape_html(text: str) -> Markup:
    """Text for HTML: no markup, no control or direction characters."""
    return escape(_one_line(text))
