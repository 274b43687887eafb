"""Formats: each file here writes a sheet one way; a new one is a file with a `FORMAT` and its templates."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from symderiv.errors import InputError
from symderiv.notation.names import suggest
from symderiv.sheet.formats.base import Format as Format
from symderiv.sheet.formats.base import Options as Options

_SHORT_NAMES = {"md": "markdown", "typ": "typst", "ipynb": "notebook"}
"""Extensions that people type for a format of another name."""


def full_name(word: str) -> str:
    """The name of a format that may have been called by its extension."""
    return _SHORT_NAMES.get(word, word)


def format_names() -> tuple[str, ...]:
    """The names of the formats, without loading them."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if module.name != "base"))


def find_format(name: str) -> Format:
    """The format of that name or extension. Raises `InputError`."""
    name = full_name(name)
    if name not in format_names():
        known = ", ".join(format_names())
        raise InputError(
            f"there is no format {name!r}", hint=suggest(name, format_names()) or f"the formats are {known}"
        )
    found = import_module(f"{__name__}.{name}").FORMAT
    assert isinstance(found, Format)
    return found
