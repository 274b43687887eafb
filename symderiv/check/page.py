"""`page`: a report as the plain values that templates print: words for verdicts, never colour alone."""

from __future__ import annotations

from functools import cache
from typing import Any

from markupsafe import Markup

from symderiv.catalog import load
from symderiv.check.report import CheckReport, Line
from symderiv.errors import SymderivError
from symderiv.notation.read.plain import read_plain
from symderiv.notation.write.latex import LatexStyle
from symderiv.notation.write.mathml import write_mathml, write_mathml_line

WORDS = {
    "proved": "proved",
    "refuted": "WRONG",
    "rounded": "right to the printed digits",
    "undecided": "undecided",
    "definition": "definition",
    "given": "given",
    "unread": "not read",
}
MARKS = {
    "proved": "✓",
    "refuted": "✗",
    "rounded": "≈",
    "undecided": "?",
    "definition": ":",
    "given": ":",
    "unread": "…",
}


def page(report: CheckReport, source: str) -> dict[str, Any]:
    """Everything that a template may want to say."""
    rows = source.split("\n")
    first = report.first_wrong
    entries = [_entry(line, rows, first == place) for place, line in enumerate(report.lines)]
    return {
        "file": report.file,
        "entries": entries,
        "first": entries[first] if first is not None else None,
        "summary": report.summary,
        "counts": _counts(report),
    }


def _entry(line: Line, rows: list[str], is_first: bool) -> dict[str, Any]:
    source = rows[line.line - 1] if line.caret and 0 < line.line <= len(rows) else ""
    return {
        "line": line.line,
        "column": line.column,
        "latex": " ".join(line.latex.replace("&", " ").split()),
        "verdict": line.verdict,
        "word": WORDS[line.verdict],
        "mark": MARKS[line.verdict],
        "how": line.how.replace("-", " "),
        "read": line.read,
        "witness": ", ".join(f"{name} = {value}" for name, value in sorted((line.witness or {}).items())),
        "both": line.values,
        "value": line.value,
        "diagnosis": line.diagnosis,
        "carried": line.carried,
        "conditions": line.conditions,
        "notes": line.notes,
        "source": _window(source, line.caret),
        "is_first": is_first,
        "mathml": _typeset(line),
        "fix": _typeset_fix(line),
    }


@cache
def _style() -> LatexStyle:
    """The letters of the catalogue: sigmoid is written as in its sheet."""
    return LatexStyle(functions=load().latex())


def _typeset(line: Line) -> Markup | None:
    """What the step was read as, for a page; None where it was not read."""
    left, sign, right = line.read.partition(f" {line.relation} ")
    if not sign:
        return None
    try:
        return Markup(write_mathml_line(read_plain(left), line.relation, read_plain(right), _style()))
    except SymderivError:
        return None


def _typeset_fix(line: Line) -> Markup | None:
    if line.diagnosis is None:
        return None
    try:
        formula = write_mathml(read_plain(line.diagnosis.fix), _style())
    except SymderivError:
        return None
    return Markup(f'<math display="block"><mtext>instead:&#160;</mtext>{formula}</math>')


def _window(source: str, caret: tuple[int, int] | None) -> tuple[str, str] | None:
    """The source around the place that was not read, and the caret below it."""
    if caret is None or not source:
        return None
    column, width = caret
    start = max(0, column - 1 - 50)
    shown = source[start : start + 100].replace("\t", " ")
    return shown, " " * (column - 1 - start) + "^" * max(1, min(width, len(shown) - (column - 1 - start)))


def _counts(report: CheckReport) -> str:
    summary = report.summary
    parts = [f"{summary[verdict]} {WORDS[verdict].lower()}" for verdict in WORDS if summary[verdict]]
    steps = "1 step" if summary["lines"] == 1 else f"{summary['lines']} steps"
    return f"{steps}: {', '.join(parts)}" if parts else "nothing to check was found"
