"""`Format`: a name, an extension, and a function from a subject to text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from symderiv.sheet.document import Document, Figure
from symderiv.sheet.subject import Subject

Written = str | bytes
"""What a format writes: text, or the bytes of a file that is none."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader may choose: the language, own templates; for terminals, how wide
    the screen is, whether it shows colours, and whether it is limited to ASCII.
    """

    language: str = "en"
    templates: tuple[Path, ...] = ()
    width: int = 96
    color: bool = False
    ascii: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a sheet. `whole` tells a document from a piece of one.

    `write` writes any `Document`; a format without it knows derivations only. `pictures` is the extension of
    the pictures that stand in files beside its page; none where the page holds them itself.
    """

    name: str
    extension: str
    render: Callable[[Subject, Options], Written]
    write: Callable[[Document, Options], Written] | None = None
    whole: bool = True
    pictures: str = ""

    def text(self, subject: Subject, options: Options) -> str:
        """What a format of text writes."""
        written = self.render(subject, options)
        assert isinstance(written, str), f"{self.name} is not text"
        return written

    def beside(self, document: Document) -> dict[str, bytes]:
        """File name -> content of every picture that the page needs beside it."""
        if not self.pictures:
            return {}
        figures = [block for block in document.blocks() if isinstance(block, Figure)]
        found = {one.file(document.name, self.pictures): one.content(self.pictures) for one in figures}
        return {name: content for name, content in found.items() if content}


DEFAULT = Options()
