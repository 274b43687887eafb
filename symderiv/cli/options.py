"""Options that several verbs share, with their help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from symderiv.cli.terminal import Color, choose_color
from symderiv.errors import InputError

ColorOption = Annotated[
    Color,
    typer.Option("--color", callback=choose_color, help="When to colour; NO_COLOR is respected."),
]
CatalogOption = Annotated[
    list[Path] | None,
    typer.Option("--catalog", metavar="FILE.toml", help="More functions, in a catalogue file. Repeatable."),
]
TemplatesOption = Annotated[
    Path | None,
    typer.Option("--templates", metavar="DIR", help="Templates that take the place of the built-in ones."),
]
LanguageOption = Annotated[
    str, typer.Option("--language", metavar="L", help="The language: a folder of templates/sentences.")
]
EngineOption = Annotated[
    str,
    typer.Option(
        "--pdf-engine",
        metavar="ENGINE",
        help="What makes a PDF: auto, tex, typst, pdflatex, latexmk or tectonic.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]
RouteOption = Annotated[
    list[str] | None,
    typer.Option(
        "--route",
        metavar="R",
        help="chain, quotient, product, logarithmic, implicit, direct or equivalent. Repeatable; "
        "the first leads.",
    ),
]
WrtOption = Annotated[str | None, typer.Option("--wrt", metavar="X", help="The variable.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Exit with 1 if anything is undecided, too.")]
NameOption = Annotated[str | None, typer.Option("--name", metavar="NAME", help="A name for an expression.")]
SymbolOption = Annotated[
    str | None, typer.Option("--symbol", metavar="LATEX", help=r"Its LaTeX letter, such as '\phi'.")
]
ParamOption = Annotated[
    list[str] | None,
    typer.Option(
        "--param",
        metavar="NAME[=ASSUMPTION]",
        help="A constant of the expression: real (default), positive, negative, nonnegative, nonzero "
        "or integer. Repeatable.",
    ),
]


OrderOption = Annotated[
    int | None, typer.Option("--order", metavar="N", help="Derivatives up to this order, too.")
]
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="NUMBER", help="With --order: their values at this point, and the Taylor polynomial."
    ),
]


class Detail(StrEnum):
    """How much of a derivation is shown."""

    RESULT = "result"
    TEXTBOOK = "textbook"
    EVERY_RULE = "every-rule"


DetailOption = Annotated[Detail, typer.Option("--detail", help="How much is shown.")]

PlotsOption = Annotated[
    bool | None,
    typer.Option("--plots/--no-plots", help="Pictures of the function; by default where matplotlib is."),
]


def pairs(values: list[str] | None, option: str, *, default: str | None = None) -> dict[str, str]:
    """`name=assumption` texts as a mapping; a name alone has the default, where there is one."""
    found: dict[str, str] = {}
    for value in values or ():
        name, equals, assumption = (part.strip() for part in value.partition("="))
        if not name or (equals and not assumption) or (not equals and default is None):
            raise InputError(f"{option} {value!r} is not NAME=ASSUMPTION", hint=f"as in {option} x=positive")
        if name in found:
            raise InputError(f"{option} gives {name!r} twice", hint="give each name one assumption")
        found[name] = assumption or default or ""
    return found
