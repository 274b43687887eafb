"""`Format`: a name, an extension, and a function from a subject to text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from symderiv.sheet.subject import Subject


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
    """One way to write a sheet. `whole` tells a document from a piece of one."""

    name: str
    extension: str
    render: Callable[[Subject, Options], str]
    whole: bool = True


DEFAULT = Options()
