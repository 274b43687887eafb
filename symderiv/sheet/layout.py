"""An `Aligned` block in rows for LaTeX-like formats: what stands left, the sign, the formula, the rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symderiv.notation.term import Term
from symderiv.sheet.document import Aligned, Cite, Formula, Line
from symderiv.sheet.maths import LatexMaths
from symderiv.sheet.rows import break_rows
from symderiv.sheet.width import estimate

_EQUALS = 1.4
_QUAD = 1.0
_TIED_HEAD, _TIED_TAIL, _TIED_LINE = 2, 1, 6
"""Rows that keep the next one on their page: at the start, before the last, within one line of so many."""
_LONG_START = 0.3
"""The part of the width that a left side may take before it gets a row of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """`left & sign latex`, and the rule at the margin of a line's last row.

    No page ends after a row that is `tied`: a chain starts with three rows on a page and ends with two.
    """

    left: str
    sign: str
    latex: str
    cite: Cite | None = None
    status: str = "proved"
    tied: bool = False


def lay_out(aligned: Aligned, maths: LatexMaths, width: float) -> tuple[Row, ...]:
    """The rows of a chain of equalities, none wider than `width` em."""
    start = maths.term(aligned.start)
    lead = estimate(start)
    if not aligned.lines:
        return tuple(Row("", "", row) for row in break_rows(aligned.start, maths.term, width))
    rows: list[Row] = []
    sign = "="
    if lead > _LONG_START * width:
        first, *more = break_rows(aligned.start, maths.term, width)
        rows += [Row("", "", first), *(Row("", r"\qquad", row) for row in more)]
        start, lead, sign = "", _QUAD, r"\quad ="
    for line in aligned.lines:
        relation = sign.replace("=", r"\approx") if line.rounded else sign
        shown = _line_rows(line, maths, width - lead - _EQUALS)
        for position, row in enumerate(shown):
            last = position == len(shown) - 1
            rows.append(
                Row(
                    start,
                    r"\qquad" if position else relation,
                    row,
                    line.cite if last else None,
                    line.status if last else "proved",
                    tied=not last and len(shown) <= _TIED_LINE,
                )
            )
            start = ""
    return _tied(rows)


def _tied(rows: list[Row]) -> tuple[Row, ...]:
    ends = len(rows) - 1 - _TIED_TAIL
    return tuple(
        replace(row, tied=row.tied or position < _TIED_HEAD or position >= ends)
        for position, row in enumerate(rows)
    )


def _line_rows(line: Line, maths: LatexMaths, room: float) -> tuple[str, ...]:
    whole = maths.line(line)
    return (whole,) if estimate(whole) <= room else break_rows(line.term, maths.term, room)


def display_rows(formula: Formula, maths: LatexMaths, width: float) -> tuple[str, ...]:
    """A formula on a line of its own, in as many rows as it needs."""
    if len(formula) == 1 and isinstance(formula[0], Term):
        return break_rows(formula[0], maths.term, width)
    return (maths.formula(formula),)
