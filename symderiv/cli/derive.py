"""`symderiv derive F`: the derivation of one function, step by step."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from typing import Annotated

import typer

from symderiv.cli.findings import judged
from symderiv.cli.options import (
    CatalogOption,
    ColorOption,
    Detail,
    DetailOption,
    NameOption,
    ParamOption,
    RouteOption,
    StrictOption,
    SymbolOption,
    TemplatesOption,
    WrtOption,
    pairs,
)
from symderiv.cli.terminal import Color, is_colored, speaks_unicode, write

NAME = "derive"
EXAMPLES = (
    "symderiv derive swish",
    "symderiv derive sigmoid --route quotient --detail every-rule",
    'symderiv derive "x*tanh(log(1+exp(x)))" --name f',
    'symderiv derive "1/(1+exp(-beta*x))" --param beta=positive --format json',
)
_WIDTH = 96
"""Columns where there is no terminal: the same output everywhere."""
_WIDEST = 120


class Format(StrEnum):
    """How a derivation is printed."""

    TEXT = "text"
    JSON = "json"
    LATEX = "latex"


def run(
    function: Annotated[str, typer.Argument(metavar="F", help="A name of the catalogue, or an expression.")],
    wrt: WrtOption = None,
    name: NameOption = None,
    symbol: SymbolOption = None,
    param: ParamOption = None,
    route: RouteOption = None,
    detail: DetailOption = Detail.TEXTBOOK,
    format: Annotated[Format, typer.Option("--format", help="How it is printed.")] = Format.TEXT,  # noqa: A002  the option's own name
    strict: StrictOption = False,
    catalog: CatalogOption = None,
    templates: TemplatesOption = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Show a derivation, step by step.

    The last line speaks of the function itself where it can: y' = y*(1 - y). Every line is proved.

    Exits with 1 if a line is refuted.
    """
    from symderiv import api
    from symderiv.catalog import load
    from symderiv.sheet.formats import Options, find_format
    from symderiv.sheet.subject import Subject

    known = load(*(catalog or ()))
    derivation = api.derive(
        function,
        wrt=wrt,
        name=name,
        symbol=symbol,
        params=pairs(param, "--param", default="real"),
        routes=route or (),
        detail=detail.value,
        catalog=known,
    )
    options = Options(
        templates=() if templates is None else (templates,),
        width=min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else _WIDTH,
        color=is_colored(sys.stdout),
        ascii=not speaks_unicode(sys.stdout),
    )
    write(find_format(format.value).text(Subject(derivation, known), options))
    return judged([derivation], strict=strict)
