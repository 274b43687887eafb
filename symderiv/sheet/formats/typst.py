"""Typst: a whole document for the `typst` compiler, the same sheet as in LaTeX."""

from __future__ import annotations

import re

from markupsafe import Markup

from symderiv.notation.write.typst import typst_of_latex
from symderiv.notation.write.typst_setter import string
from symderiv.sheet.compose import compose
from symderiv.sheet.document import Aligned, Document, Formula
from symderiv.sheet.environment import TEX_DELIMITERS, make_environment, render
from symderiv.sheet.escape import escape_typst
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.formats.tex import INLINE, WIDTH
from symderiv.sheet.layout import Row, display_rows, lay_out
from symderiv.sheet.maths import LatexMaths
from symderiv.sheet.subject import Subject
from symderiv.sheet.width import estimate


def render_document(document: Document, options: Options) -> str:
    """A document as Typst. Rows break where those of the LaTeX sheet do."""
    maths = LatexMaths.of(document)

    def rows(block: Aligned) -> tuple[Row, ...]:
        return lay_out(block, maths, WIDTH)

    def display(formula: Formula, width: float = WIDTH) -> tuple[str, ...]:
        return display_rows(formula, maths, width)

    environment = make_environment(
        options.templates,
        delimiters=TEX_DELIMITERS,
        escape=escape_typst,
        filters={
            "maths": lambda formula: _inline(maths.formula(formula)),
            "formula": lambda formula: Markup(typst_of_latex(maths.formula(formula))),
            "typst": lambda latex: Markup(typst_of_latex(latex, display=True)),
            "string": lambda text: Markup(string(str(text))),
            "picture": lambda figure: Markup(string(figure.file(document.name, "svg"))),
            "kept": Markup,
            "tongue": _tongue,
            "rows": rows,
            "display": display,
        },
    )
    return render(environment, "typst/sheet.typ.j2", {"document": document})


def _tongue(language: str) -> str:
    """The code of a language for hyphenation: `pt` for `pt-BR`; that of no language where it is no code."""
    code = re.split(r"[-_]", language)[0].lower()
    return code if re.fullmatch(r"[a-z]{2,3}", code) else "und"


def _inline(latex: str) -> Markup:
    shown = f"${typst_of_latex(latex)}$"
    return Markup(shown if estimate(latex) <= INLINE else f"#fit({INLINE}em, {shown});")


def _render(subject: Subject, options: Options) -> str:
    return render_document(compose(subject, options), options)


FORMAT = Format("typst", ".typ", _render, render_document, pictures="svg")
