"""Formulas for a terminal: Unicode mathematics on one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from symderiv.notation.term import Term, sym
from symderiv.notation.write.unicode import write_unicode
from symderiv.notation.write.unicode_scripts import latex_unicode
from symderiv.sheet.maths import PlainMaths

_SPECIAL = {"oo": sym("∞"), "dy": sym("y′"), "ddy": sym("y′′")}


@dataclass(frozen=True)
class UnicodeMaths(PlainMaths):
    """Unicode; `functions` and `symbols` are LaTeX letters by name, `partial` writes ∂ for d."""

    functions: Mapping[str, str] = field(default_factory=dict)
    partial: bool = False
    symbols: Mapping[str, str] = field(default_factory=dict)

    def term(self, term: Term) -> str:
        """One Term."""
        letters = {name: latex_unicode(latex) for name, latex in self.symbols.items()}
        named = {name: sym(letter) for name, letter in letters.items() if letter}
        return write_unicode(term.substitute(_SPECIAL | named), self.functions, partial=self.partial)
