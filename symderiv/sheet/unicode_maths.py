"""Formulas for a terminal: Unicode mathematics on one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from symderiv.notation.term import Term, sym
from symderiv.notation.write.unicode import write_unicode
from symderiv.sheet.maths import PlainMaths

_SPECIAL = {"oo": sym("∞"), "dy": sym("y′"), "ddy": sym("y″")}


@dataclass(frozen=True)
class UnicodeMaths(PlainMaths):
    """Unicode; `functions` are the LaTeX letters of named functions, `partial` writes ∂ for d."""

    functions: Mapping[str, str] = field(default_factory=dict)
    partial: bool = False

    def term(self, term: Term) -> str:
        """One Term."""
        return write_unicode(term.substitute(_SPECIAL), self.functions, partial=self.partial)
