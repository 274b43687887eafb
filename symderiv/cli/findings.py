"""What was not proved: a note for people, and the exit code for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from symderiv.cli.terminal import note

if TYPE_CHECKING:
    from symderiv.derive.step import Derivation
    from symderiv.prove import Verdict


def judged(derivations: Iterable[Derivation], *, strict: bool) -> int:
    """0 if every statement is proved, 1 if one is refuted (or, if `strict`, undecided); notes on stderr."""
    code = 0
    for derivation in derivations:
        found = [verdict.status for verdict in verdicts(derivation)]
        refuted, undecided = found.count("refuted"), found.count("undecided")
        if refuted:
            note(f"{derivation.name}: {refuted} of {len(found)} statements are refuted")
        if undecided:
            note(f"{derivation.name}: {undecided} of {len(found)} statements are undecided")
        if refuted or (strict and undecided):
            code = 1
    return code


def verdicts(derivation: Derivation) -> list[Verdict]:
    """The verdicts of every line, form, bridge and equivalent definition."""
    found = [step.verdict for route in derivation.routes for line in route.steps for step in line.walk()]
    found += [form.verdict for form in (*derivation.forms, *derivation.second)]
    found += [bridge.verdict for bridge in derivation.bridges]
    return found + [verdict for _, verdict in derivation.equivalents]
