"""LaTeX: a whole document for pdflatex, from the packages of a small TeX installation."""

from __future__ import annotations

from markupsafe import Markup

from symderiv.sheet.compose import compose
from symderiv.sheet.document import Aligned, Document, Formula
from symderiv.sheet.environment import TEX_DELIMITERS, make_environment, render
from symderiv.sheet.escape import escape_tex
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.layout import Row, display_rows, lay_out
from symderiv.sheet.maths import LatexMaths
from symderiv.sheet.subject import Subject
from symderiv.sheet.width import estimate

INLINE = 29.0
"""A formula within a sentence or a table is set smaller beyond this width."""
WIDTH = 39.0
"""Room for a formula in em: a text width of 160 mm in 11 points, less the indentation."""

_URL = {"%": r"\%", "#": r"\#", "\\": r"%5C", "{": "%7B", "}": "%7D", "^": "%5E"}


def render_document(document: Document, options: Options) -> str:
    """A document as LaTeX."""
    maths = LatexMaths(dict(document.letters), document.partial, dict(document.symbols))

    def rows(block: Aligned) -> tuple[Row, ...]:
        return lay_out(block, maths, WIDTH)

    def display(formula: Formula, width: float = WIDTH) -> tuple[str, ...]:
        return display_rows(formula, maths, width)

    environment = make_environment(
        options.templates,
        delimiters=TEX_DELIMITERS,
        escape=escape_tex,
        filters={
            "maths": lambda formula: Markup(_inline(maths.formula(formula))),
            "latex": lambda text: Markup(text.replace("{cases}", "{dcases}")),
            "picture": lambda figure: Markup(figure.file(document.name, "pdf")),
            "verbatim": _verbatim,
            "asis": Markup,
            "url": _url,
            "rows": rows,
            "display": display,
        },
    )
    return render(environment, "tex/sheet.tex.j2", {"document": document})


def _inline(latex: str) -> str:
    return latex if estimate(latex) <= INLINE else rf"\fit{{{INLINE}}}{{{latex}}}"


def _render(subject: Subject, options: Options) -> str:
    return render_document(compose(subject, options), options)


def _verbatim(text: str) -> Markup:
    """Code for the `listing` environment, which only its own end can leave; ASCII, for a typewriter font."""
    plain = "".join(letter if letter < "\x7f" else f"U+{ord(letter):04X}" for letter in text.expandtabs(4))
    return Markup(plain.rstrip().replace("\\end{listing}", "\\end {listing}"))


def _url(address: str) -> Markup:
    return Markup("".join(_URL.get(letter, letter) for letter in address if " " < letter < "\x7f"))


FORMAT = Format("tex", ".tex", _render, render_document, pictures="pdf")
