"""What was not proved: a note for people, and the exit code for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from symderiv.cli.terminal import note

if TYPE_CHECKING:
    from symderiv.derive.step import Derivation


def judged(derivations: Iterable[Derivation], *, strict: bool) -> int:
    """0 if every statement is proved, 1 if one is refuted (or, if `strict`, undecided); notes on stderr."""
    code = 0
    for derivation in derivations:
        found = [verdict.status for verdict in derivation.verdicts()]
        counts = found.count("refuted"), found.count("undecided")
        code = max(code, counted(derivation.name, len(found), *counts, strict=strict))
    return code


def counted(name: str, statements: int, refuted: int, undecided: int, *, strict: bool) -> int:
    """The same for one function whose statements were counted."""
    if refuted:
        note(f"{name}: {refuted} of {statements} statements are refuted")
    if undecided:
        note(f"{name}: {undecided} of {statements} statements are undecided")
    return 1 if refuted or (strict and undecided) else 0
