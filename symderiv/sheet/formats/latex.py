"""LaTeX, only the derivation: an `align*` to paste into a document of one's own (amsmath is enough)."""

from __future__ import annotations

import re

from markupsafe import Markup

from symderiv.sheet.document import Maths, Prose, Words
from symderiv.sheet.environment import TEX_DELIMITERS, make_environment, render
from symderiv.sheet.escape import escape_tex
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.layout import lay_out
from symderiv.sheet.maths import LatexMaths
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sections.steps import aligned
from symderiv.sheet.sentences import formula_words, load_sentences
from symderiv.sheet.subject import Subject

WIDTH = 31.0
"""Room for a formula in em: an article with its ordinary margins."""


def _render(subject: Subject, options: Options) -> str:
    page = Page(subject, load_sentences(options.language, options.templates))
    route = subject.derivation.routes[0]
    short = page.shorthand.worth([step.after for step in route.steps])
    block = aligned(page, route, short)
    said = page.say("sheet.derivation.put", list=page.put(short)) if short.letters else ()
    maths = LatexMaths(
        subject.functions(),
        partial=subject.derivation.record.takes_vector,
        words=dict(formula_words(page.sentences)),
    )
    # The \fit of the whole document is not defined elsewhere.
    rows = [(row, Markup(re.sub(r"\\fit\{[\d.]+\}", "", row.latex))) for row in lay_out(block, maths, WIDTH)]
    environment = make_environment(options.templates, delimiters=TEX_DELIMITERS, escape=escape_tex)
    environment.filters["latex"] = Markup
    return render(environment, "tex/align.tex.j2", {"rows": rows, "put": _words(said, maths)})


def _words(prose: Prose, maths: LatexMaths) -> Markup:
    """A sentence with its formulas, ready to paste."""
    return Markup(
        "".join(
            f"${maths.formula(part.formula)}$" if isinstance(part, Maths) else escape_tex(part.text)
            for part in prose
            if isinstance(part, (Maths, Words))
        )
    )


FORMAT = Format("latex", ".tex", _render, whole=False)
