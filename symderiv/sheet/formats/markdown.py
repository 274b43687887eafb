"""Markdown with the mathematics of GitHub: a fence named `math` for displays, dollar and backtick in a line.

That form needs no escapes within a formula, where plain dollars would let Markdown eat backslashes and
underscores. Macros that GitHub refuses are written by others.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup

from symderiv.sheet.compose import compose
from symderiv.sheet.document import Aligned, Document, Formula
from symderiv.sheet.environment import make_environment, render
from symderiv.sheet.escape import escape_markdown
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.layout import Row, display_rows, lay_out
from symderiv.sheet.maths import LatexMaths
from symderiv.sheet.subject import Subject

WIDTH = 44.0
_OPERATOR = re.compile(r"\\operatorname\*?\{([^{}]*)\}")
_FIT = re.compile(r"\\fit\{[\d.]+\}")


def render_document(document: Document, options: Options) -> str:
    """A document as Markdown."""
    maths = LatexMaths(dict(document.letters), document.partial, dict(document.symbols))

    def rows(block: Aligned) -> tuple[Row, ...]:
        return lay_out(block, maths, WIDTH)

    def display(formula: Formula, width: float = WIDTH) -> tuple[str, ...]:
        return display_rows(formula, maths, width)

    filters: dict[str, Callable[..., object]] = {
        "maths": lambda formula: github(maths.formula(formula)),
        "github": github,
        "rows": rows,
        "display": display,
        "code": code,
        "upright": upright,
        "picture": lambda figure: Markup(figure.file(document.name, "svg")),
        "fenced": fenced,
        "url": lambda address: Markup(re.sub(r"[\s<>]", "", address)),
    }
    environment = make_environment(options.templates, escape=escape_markdown, filters=filters)
    text = render(environment, "markdown/sheet.md.j2", {"document": document})
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def github(latex: str) -> Markup:
    r"""LaTeX that GitHub accepts: no `\operatorname`, no `\fit`, no bar that would end a table cell."""
    plain = _OPERATOR.sub(r"\\mathop{\\mathrm{\1}}\\nolimits", _FIT.sub("", latex.strip()))
    apart = re.sub(r"\\nolimits(?=[A-Za-z])", r"\\nolimits ", plain)
    return Markup(apart.replace(r"\|", r"\Vert ").replace("|", r"\vert "))


def code(text: str) -> Markup:
    """Text between backticks, with as many of them as it needs."""
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return Markup(f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|"))


def fenced(text: str, language: str) -> Markup:
    """A block of code, its fence longer than any run of backticks within."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return Markup(f"{fence}{language}\n{text.rstrip()}\n{fence}")


def upright(text: str) -> Markup:
    r"""Words for `\text{...}` in a formula."""
    return Markup(re.sub(r"([#$%&_{}])", r"\\\1", text.replace("\\", "")))


def _render(subject: Subject, options: Options) -> str:
    return render_document(compose(subject, options), options)


FORMAT = Format("markdown", ".md", _render, render_document, pictures="svg")
