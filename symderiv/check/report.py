"""`CheckReport`: the lines of a document with their verdicts, as values and as the JSON of the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from symderiv.notation.shown import Shown

Verdict = Literal["proved", "refuted", "rounded", "undecided", "definition", "given", "unread"]
VERDICTS: tuple[Verdict, ...] = (
    "proved", "refuted", "rounded", "undecided", "definition", "given", "unread",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A likely slip: `fix` is the corrected right side, in plain notation and in LaTeX."""

    id: str
    message: str
    fix: str
    fix_latex: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One step, `left relation right`, where it stands and what is known about it.

    `carried` is the line of an earlier error that this one goes on with.
    """

    line: int
    column: int
    latex: str
    relation: str
    verdict: Verdict
    how: str
    read: str = ""
    witness: Mapping[str, str] | None = None
    values: tuple[str, str] | None = None
    value: str | None = None
    diagnosis: Diagnosis | None = None
    conditions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    caret: tuple[int, int] | None = None
    carried: int | None = None
    block: int = 0

    def as_json(self) -> dict[str, Any]:
        """The entry of the contract; `read` is what the step was read as."""
        found = asdict(self)
        del found["block"]
        found["conditions"], found["notes"] = list(self.conditions), list(self.notes)
        found["values"] = list(self.values) if self.values else None
        found["caret"] = list(self.caret) if self.caret else None
        return found

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Line:
        """The entry that `as_json` wrote."""
        values = dict(data)
        diagnosis = values.pop("diagnosis")
        return cls(
            **values
            | {
                "diagnosis": Diagnosis(**diagnosis) if diagnosis else None,
                "conditions": tuple(data["conditions"]),
                "notes": tuple(data["notes"]),
                "values": tuple(data["values"]) if data["values"] else None,
                "caret": tuple(data["caret"]) if data["caret"] else None,
            }
        )


_MARKS = {"proved": "ok", "rounded": "ok", "refuted": "WRONG", "undecided": "?", "unread": "not read"}


@dataclass(frozen=True, slots=True, repr=False)
class CheckReport(Shown):
    """All lines of one file.

    >>> CheckReport("notes.tex", ())
    <CheckReport of notes.tex: nothing to check>
    """

    file: str
    lines: tuple[Line, ...]

    def __repr__(self) -> str:
        """One line: how many lines there are of each verdict, and the first wrong one."""
        counts = ", ".join(
            f"{count} {verdict}" for verdict, count in self.summary.items() if count and verdict != "lines"
        )
        first = "" if self.first_wrong is None else f"; first wrong: line {self.lines[self.first_wrong].line}"
        name = f" of {self.file}" if self.file else ""
        return f"<CheckReport{name}: {counts or 'nothing to check'}{first}>"

    def __str__(self) -> str:
        """A row for each line: where it stands, its verdict, what it was read as, the likely slip."""
        rows = [
            f"{line.line:5d}  {_MARKS.get(line.verdict, line.verdict):10s}  {line.read or line.latex}"
            + (f"   [{line.diagnosis.id}: {line.diagnosis.fix}]" if line.diagnosis else "")
            for line in self.lines
        ]
        return "\n".join([*rows, repr(self)])

    def worded(self, text: Callable[[str], str]) -> CheckReport:
        """The report with a sentence for every slip; `text` finds a sentence by its key."""
        lines = [
            replace(
                line,
                diagnosis=replace(line.diagnosis, message=text(f"diagnoses.{line.diagnosis.id}.message")),
            )
            if line.diagnosis
            else line
            for line in self.lines
        ]
        return replace(self, lines=tuple(lines))

    @property
    def first_wrong(self) -> int | None:
        """The place of the first refuted line."""
        return next((k for k, line in enumerate(self.lines) if line.verdict == "refuted"), None)

    @property
    def summary(self) -> dict[str, int]:
        """How many lines there are of each verdict."""
        counts: dict[str, int] = {
            verdict: sum(line.verdict == verdict for line in self.lines) for verdict in VERDICTS
        }
        return {"lines": len(self.lines), **counts}

    def as_json(self) -> dict[str, Any]:
        """The answer of the contract, without its version."""
        return {
            "file": self.file,
            "lines": [line.as_json() for line in self.lines],
            "first_wrong": self.first_wrong,
            "summary": self.summary,
        }
