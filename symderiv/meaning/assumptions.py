"""What may be assumed of a symbol. Assumptions choose points and settle signs; they never change a tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, cast

from symderiv.catalog import ASSUMPTIONS
from symderiv.errors import InputError
from symderiv.notation.names import suggest

Assumption = Literal["real", "positive", "negative", "nonnegative", "nonzero", "integer"]


def read_assumptions(given: Mapping[str, str] | Iterable[str]) -> dict[str, Assumption]:
    """`{"x": "positive"}` or `["x=positive", "y"]` to a checked mapping. Raises `InputError`."""
    pairs: Iterable[tuple[str, str]]
    if isinstance(given, Mapping):
        pairs = given.items()
    else:
        pairs = [
            (name.strip(), word.strip() or "real") for name, _, word in (g.partition("=") for g in given)
        ]
    checked: dict[str, Assumption] = {}
    for name, word in pairs:
        if not name.isidentifier():
            raise InputError(f"{name!r} is not a symbol name", hint="write it as x=positive")
        if word not in ASSUMPTIONS:
            hint = suggest(word, ASSUMPTIONS) or f"one of {', '.join(ASSUMPTIONS)}"
            raise InputError(f"unknown assumption {word!r} for {name}", hint=hint)
        if checked.get(name, word) != word:
            raise InputError(f"{name} is assumed both {checked[name]} and {word}")
        checked[name] = cast(Assumption, word)
    return checked
