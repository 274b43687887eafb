"""`symderiv derive F`: the derivation of one function, step by step."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from symderiv.cli.findings import judged
from symderiv.cli.options import (
    AtOption,
    CatalogOption,
    ColorOption,
    Detail,
    DetailOption,
    NameOption,
    OrderOption,
    ParamOption,
    RouteOption,
    StrictOption,
    SymbolOption,
    TemplatesOption,
    WrtOption,
    pairs,
)
from symderiv.cli.terminal import Color, is_colored, speaks_unicode, write
from symderiv.errors import InputError

NAME = "derive"
EXAMPLES = (
    "symderiv derive swish",
    "symderiv derive sigmoid --order 5 --at 0",
    "symderiv derive sigmoid --route quotient --detail every-rule",
    'symderiv derive "x*tanh(log(1+exp(x)))" --name f',
    'symderiv derive "x**2 + y**2 = 1" --wrt x',
    'symderiv derive "1/(1+exp(-beta*x))" --param beta=positive --format json',
)
_WIDTH = 80
"""Columns where there is no terminal: the same output everywhere."""
_WIDEST = 120


class Format(StrEnum):
    """How a derivation is printed."""

    TEXT = "text"
    PLAIN = "plain"
    JSON = "json"
    LATEX = "latex"


def run(
    function: Annotated[
        str, typer.Argument(metavar="F", help="A name of the catalogue, an expression, or an equation.")
    ],
    wrt: WrtOption = None,
    name: NameOption = None,
    symbol: SymbolOption = None,
    param: ParamOption = None,
    route: RouteOption = None,
    detail: DetailOption = Detail.TEXTBOOK,
    order: OrderOption = None,
    at: AtOption = None,
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
    if at is not None and order is None:
        raise InputError("--at goes with --order", hint="as in --order 5 --at 0")
    from symderiv import api
    from symderiv.catalog import load
    from symderiv.sheet.formats import Options, find_format
    from symderiv.sheet.subject import Subject

    known = load(*(catalog or ()))
    parameters = pairs(param, "--param", default="real")
    claim = api.equation_of(function, catalog=known)
    if claim is not None:
        from symderiv.cli.implicit import show

        return show(api.implicit(claim, wrt=wrt, params=parameters, catalog=known), format.value, templates)
    derivation = api.derive(
        function,
        wrt=wrt,
        name=name,
        symbol=symbol,
        params=parameters,
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
    found, values = (None, None) if order is None else api.higher(derivation, order, at, catalog=known)
    write(find_format(format.value).text(Subject(derivation, known, higher=found, at=values), options))
    if found is not None:
        derivation = replace(derivation, routes=(*derivation.routes, found.route))
    return judged([derivation], strict=strict)
