"""Formulas for a web page: `math` elements that a narrow window may break between, or scroll."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from symderiv.notation.term import Term
from symderiv.notation.write.mathml import math_element, mathml
from symderiv.sheet.document import Formula, Line
from symderiv.sheet.maths import LatexMaths, PlainMaths
from symderiv.sheet.rows import break_places
from symderiv.sheet.width import estimate

NARROW = 14.0
"""Room for a formula in em, on a phone that is 360 pixels wide: beside a sign, within the margins, where it
goes on from the row before."""

QUOTIENT = 32.0
"""A fraction stays a fraction up to this width: what a desk shows beside the sign and the rule. On a phone it
scrolls."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One formula as markup. `wide`: some part of it is wider than a phone, so that it has to scroll."""

    markup: Markup
    wide: bool = False


@dataclass(frozen=True)
class MathmlMaths:
    """The formulas of one document; `latex` decides how everything is written."""

    latex: LatexMaths

    def inline(self, formula: Formula) -> Shown:
        """A formula within a sentence, a list or a table."""
        return self._shown(self._parts(formula), display=False)

    def heading(self, formula: Formula) -> Markup:
        """A formula that names a column: screen readers say its name with each cell, so it is short."""
        label = PlainMaths().formula(formula)
        return Markup(math_element(self.latex.formula(formula), label=label, functions=self._letters))

    def display(self, formula: Formula) -> Shown:
        """A formula on a line of its own."""
        return self._shown(self._parts(formula), display=True)

    def term(self, term: Term) -> Shown:
        """One Term, on a line of its own."""
        return self._shown(break_places(term, self.latex.term, NARROW, QUOTIENT), display=True)

    def line(self, line: Line) -> Shown:
        """The right side of a line of a derivation, with its braces."""
        shown, write = self.latex.braced(line)
        whole = write(shown)
        parts: Sequence[str] = break_places(shown, write, NARROW, QUOTIENT)
        if "".join(parts).count(r"\underbrace") != whole.count(r"\underbrace"):
            parts = _summands(shown, write)  # a part with a brace is wider than a phone: it stays whole
        return self._shown(parts, display=True)

    def sign(self, sign: str = "=") -> Markup:
        """A relation, alone in its column."""
        return Markup(f"<math>{mathml(sign)}</math>")

    def _parts(self, formula: Formula) -> Sequence[str]:
        """Where a formula may break: a Term where paper would, a row of formulas before each sign."""
        if len(formula) == 1 and isinstance(formula[0], Term):
            return break_places(formula[0], self.latex.term, NARROW, QUOTIENT)
        whole = self.latex.formula(formula)
        if estimate(whole) <= NARROW:
            return (whole,)
        parts: list[str] = []
        for part in formula:
            written = self.latex.formula((part,))
            if not parts or (not isinstance(part, str) and parts[-1].endswith(" ")):
                parts.append((parts.pop() if parts else "") + written)
            else:
                parts.append(written if written.endswith(" ") else f"{written} ")
        return tuple(parts)

    @cached_property
    def _letters(self) -> frozenset[str]:
        return frozenset(self.latex.functions.values())

    def _shown(self, parts: Sequence[str], *, display: bool) -> Shown:
        written = [
            math_element(part, display=display, continued=place > 0, functions=self._letters)
            for place, part in enumerate(parts)
        ]
        return Shown(Markup("<wbr>".join(written)), any(estimate(part) > NARROW for part in parts))


def _summands(term: Term, write: Callable[[Term], str]) -> Sequence[str]:
    """The formula before each plus and minus of its outermost sum."""
    inner = [arg.args[0] if arg.kind == "neg" else arg for arg in term.args[1:]]
    if term.kind != "add" or any(arg.kind in {"add", "neg"} for arg in inner):
        return (write(term),)
    signs = ["- " if arg.kind == "neg" else "+ " for arg in term.args[1:]]
    return write(term.args[0]), *(f"{sign}{write(arg)}" for sign, arg in zip(signs, inner, strict=True))
