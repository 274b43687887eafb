r"""Formulas written for a page: LaTeX for paper and browsers, plain notation for terminals.

The only place where a `Formula` (Terms, intervals, signs) becomes text. `\mathbb{R}` is the interval
between the infinities.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from symderiv.notation.term import Term, div, sym
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.notation.write.plain import write_plain
from symderiv.sheet.document import REALS, Document, Formula, Interval, Line, Points, Sign

_SPECIAL = {"oo": r"\infty", "dy": "y'", "ddy": "y''"}
_LATEX_SIGNS: dict[Sign, str] = {
    "→": r" \to ",
    "∈": r" \in ",
    "≈": r" \approx ",
    "↦": r" \mapsto ",
    "≤": r" \le ",
    "∪": r" \cup ",
    "×": r" \times ",
    "<": " < ",
    ":": r" \colon ",
    "=": " = ",
    ",": ", ",
}


class Maths(Protocol):
    """A way to write formulas."""

    def term(self, term: Term) -> str:
        """One Term."""

    def formula(self, formula: Formula) -> str:
        """Terms, intervals and signs in a row."""


def _brackets(part: Interval) -> tuple[str, str]:
    return "[" if part.low_closed else "(", "]" if part.high_closed else ")"


def _ends(part: Interval, write: Callable[[Term], str], about: str) -> tuple[str, str]:
    """Both ends as text; what is rounded is said to be."""
    low, high = write(part.low), write(part.high)
    return about.format(low) if part.low_rounded else low, about.format(high) if part.high_rounded else high


@dataclass(frozen=True)
class LatexMaths:
    """LaTeX; `functions` are the letters of named functions, `partial` writes ∂ for d, `words` are those
    within formulas.
    """

    functions: Mapping[str, str] = field(default_factory=dict)
    partial: bool = False
    symbols: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> LatexMaths:
        """The letters and words of a document."""
        return cls(dict(document.letters), document.partial, dict(document.symbols), dict(document.words))

    @property
    def style(self) -> LatexStyle:
        """The style for the LaTeX writer."""
        return LatexStyle(
            functions=dict(self.functions),
            partial=self.partial,
            symbols=_SPECIAL | dict(self.symbols),
            words=dict(self.words),
        )

    def term(self, term: Term) -> str:
        """One Term."""
        return write_latex(term, self.style)

    def line(self, line: Line) -> str:
        r"""A line of a derivation, `\underbrace` under the parts that the next line replaces."""
        shown, write = self.braced(line)
        return write(shown)

    def braced(self, line: Line) -> tuple[Term, Callable[[Term], str]]:
        r"""The line with names for the parts that have a brace, and a writer that sets those names as
        `\underbrace`; any part of that Term may be written.
        """
        if not line.brace:
            return line.term, self.term
        shown, symbols = line.term, dict(self.style.symbols)
        braces: dict[str, str] = {}
        for count, (path, label) in enumerate(line.brace):
            part, name = line.term.part(path), f"brace{count}"
            brace = rf"\underbrace{{{self.term(part)}}}_{{{self.term(label)}}}"
            if part.kind == "div":  # a fraction stands in for it, so that brackets around it are as large
                symbols[name] = mark = f"<{count}>"
                braces[rf"\frac{{{mark}}}{{{mark}}}"] = brace
                shown = shown.replace_at(path, div(sym(name), sym(name)))
            else:
                symbols[name] = brace
                shown = shown.replace_at(path, sym(name))
        style = replace(self.style, symbols=symbols)

        def write(term: Term) -> str:
            latex = write_latex(term, style)
            if any(mark in latex for mark in braces) and "cases" not in latex:
                # As large as the fraction, not as its brace.
                latex = latex.replace(r"\left(", r"\biggl(").replace(r"\right)", r"\biggr)")
            for mark, brace in braces.items():
                latex = latex.replace(mark, brace)
            return latex

        return shown, write

    def formula(self, formula: Formula) -> str:
        """Terms, intervals and signs in a row."""
        return "".join(self._part(part) for part in formula)

    def _part(self, part: Term | Interval | Points | Sign) -> str:
        if isinstance(part, Term):
            return self.term(part)
        if isinstance(part, Interval):
            if part == REALS:
                return r"\mathbb{R}"
            left, right = _brackets(part)
            low, high = _ends(part, self.term, r"{{\approx}}\,{{{}}}")
            return rf"{left}{low}, {high}{right}"
        if isinstance(part, Points):
            return r"\{" + ", ".join(map(self.term, part.values)) + r"\}"
        return _LATEX_SIGNS[part]


@dataclass(frozen=True)
class PlainMaths:
    """Plain notation, ready to be read again."""

    def term(self, term: Term) -> str:
        """One Term."""
        return write_plain(term.substitute({"oo": sym("∞")}))

    def formula(self, formula: Formula) -> str:
        """Terms, intervals and signs in a row."""
        return "".join(self._part(part) for part in formula)

    def _part(self, part: Term | Interval | Points | Sign) -> str:
        if isinstance(part, Term):
            return self.term(part)
        if isinstance(part, Interval):
            if part == REALS:
                return "ℝ"
            left, right = _brackets(part)
            low, high = _ends(part, self.term, "≈ {}")
            return f"{left}{low}, {high}{right}"
        if isinstance(part, Points):
            return "{" + ", ".join(map(self.term, part.values)) + "}"
        return f"{part} " if part in {":", ","} else f" {part} "
