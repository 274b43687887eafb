"""Markdown with the mathematics of GitHub: a fence named `math` for displays, dollar and backtick in a line.

That form needs no escapes within a formula, where plain dollars would let Markdown eat backslashes and
underscores. Macros that GitHub refuses are written by others. Notebooks speak another dialect of the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import jinja2
from markupsafe import Markup

from symderiv.sheet.compose import compose
from symderiv.sheet.document import Aligned, Document, Figure, Formula
from symderiv.sheet.environment import make_environment, render
from symderiv.sheet.escape import escape_markdown
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.layout import Row, display_rows, lay_out
from symderiv.sheet.maths import LatexMaths
from symderiv.sheet.sentences import load_sentences
from symderiv.sheet.subject import Subject

WIDTH = 44.0
_OPERATOR = re.compile(r"\\operatorname\*?\{([^{}]*)\}")
_FIT = re.compile(r"\\fit\{[\d.]+\}")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What stands around a formula in a line and around a display, and where the pictures are."""

    inline: tuple[str, str] = ("$`", "`$")
    display: tuple[str, str] = ("```math", "```")
    picture: Callable[[Document, Figure], str] = lambda document, figure: figure.file(document.name, "svg")


GITHUB = Dialect()


def render_document(document: Document, options: Options) -> str:
    """A document as Markdown."""
    text = render(markdown_environment(document, options), "markdown/sheet.md.j2", {"document": document})
    return tidy(text)


def tidy(text: str) -> str:
    """No more than one blank line between two paragraphs, and one end of line at the end."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def markdown_environment(
    document: Document, options: Options, dialect: Dialect = GITHUB
) -> jinja2.Environment:
    """What the templates of a Markdown page may call."""
    maths = LatexMaths.of(document)

    def rows(block: Aligned) -> tuple[Row, ...]:
        return lay_out(block, maths, WIDTH)

    def display(formula: Formula, width: float = WIDTH) -> tuple[str, ...]:
        return display_rows(formula, maths, width)

    def written(formula: Formula) -> Markup:
        return github(maths.formula(formula))

    filters: dict[str, Callable[..., object]] = {
        "maths": written,
        "inline": lambda formula: Markup(dialect.inline[0]) + written(formula) + Markup(dialect.inline[1]),
        "github": github,
        "rows": rows,
        "display": display,
        "code": code,
        "upright": upright,
        "picture": lambda figure: Markup(dialect.picture(document, figure)),
        "fenced": fenced,
        "url": lambda address: Markup(re.sub(r"[\s<>]", "", address)),
    }
    environment = make_environment(options.templates, escape=escape_markdown, filters=filters)
    environment.globals["say"] = load_sentences(document.language, options.templates).say
    opening, closing = map(Markup, dialect.display)
    environment.globals |= {"display_open": opening, "display_close": closing}
    return environment


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
