"""What `symderiv derive "x**2 + y**2 = 1"` prints: the lines from an equation down to y'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.cli.terminal import write, write_json
from symderiv.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from symderiv.derive.implicit import Implicit

_MARKS = {"proved": "✓", "undecided": "?", "refuted": "✗"}
_STYLES = {r"✓": "green", r"✗": "bold red"}


def show(found: Implicit, format: str, templates: Path | None) -> int:  # noqa: A002  the option's own name
    """Print the derivation; 1 if a line is refuted."""
    if format == "json":
        write_json(data(found))
    elif format == "text":
        write(text(found, templates), _STYLES)
    else:
        raise InputError("an equation is shown as text or json", hint="--format text")
    return int(any(step.verdict.status == "refuted" for step in found.steps))


def text(found: Implicit, templates: Path | None) -> str:
    """One equation a line, its rule and its mark at the right."""
    from symderiv.sheet.sentences import load_sentences

    sentences = load_sentences("en", () if templates is None else (templates,))
    lines = [str(found.steps[0].before)]
    rows = [(str(step.after), sentences.rule(step.rule).name, step.verdict) for step in found.steps]
    left = max(len(row[0]) for row in rows)
    right = max(len(row[1]) for row in rows)
    for formula, rule, verdict in rows:
        where = f"  if {', '.join(verdict.conditions)}" if verdict.conditions else ""
        lines.append(f"  {formula:{left}}  {rule:{right}}  {_MARKS[verdict.status]}{where}")
    return "\n".join(lines)


def data(found: Implicit) -> dict[str, object]:
    """The same as data."""
    return {
        "equation": str(found.equation),
        "variable": found.variable,
        "dependent": found.dependent,
        "derivative": str(found.result),
        "steps": [
            {
                "rule": step.rule,
                "before": str(step.before),
                "after": str(step.after),
                "verdict": step.verdict.status,
                "how": step.verdict.how,
                "conditions": list(step.verdict.conditions),
            }
            for step in found.steps
        ],
    }
