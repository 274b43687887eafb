r"""`write_typst`: a Term as Typst mathematics, the same formula as `write_latex` sets.

What stands beside what, and where a bracket, a dot or a slash is needed, is decided once, by the LaTeX
writer. Its answer is notation as any other: it is read as a list of boxes (scripts, fractions, fences,
accents, words) and each box is set in Typst. So a letter of the catalogue such as `\operatorname{GELU}`
or `\hat{\sigma}_{\beta}` needs no entry anywhere, and both PDFs show one and the same formula.
"""

from __future__ import annotations

from symderiv.notation.term import Term
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.notation.write.typst_setter import TypstSetter


def write_typst(term: Term, style: LatexStyle = LatexStyle()) -> str:
    """What stands between the dollar signs of Typst for a Term; the letters of `style` are LaTeX."""
    return typst_of_latex(write_latex(term, style))


def typst_of_latex(latex: str, *, display: bool = False) -> str:
    """LaTeX mathematics in Typst; `display` sets the lines of cases in display style.

    Covers what the LaTeX writer writes and what a symbol may be made of. Raises `ReadError` for any other
    command, with its place.
    """
    return TypstSetter(latex, display=display).whole()
