"""`symderiv sheet F...`: a complete page for each function, in one or more formats."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symderiv.cli.findings import judged
from symderiv.cli.options import (
    AtOption,
    CatalogOption,
    ColorOption,
    Detail,
    DetailOption,
    EngineOption,
    LanguageOption,
    NameOption,
    OrderOption,
    ParamOption,
    PlotsOption,
    RouteOption,
    StrictOption,
    SymbolOption,
    TemplatesOption,
    WrtOption,
    pairs,
)
from symderiv.cli.terminal import Color, progress, write
from symderiv.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symderiv.sheet.formats import Options
    from symderiv.sheet.subject import Subject

NAME = "sheet"
EXAMPLES = (
    "symderiv sheet sigmoid tanh softmax swish -o sheets",
    "symderiv sheet gelu --format tex --route product --route chain",
    "symderiv sheet swish --format pdf,html,ipynb",
    'symderiv sheet "x*tanh(exp(x))" --name tanhexp',
)


def run(
    functions: Annotated[
        list[str], typer.Argument(metavar="F", help="Names of the catalogue, or expressions.")
    ],
    format: Annotated[  # noqa: A002  the option's own name
        str, typer.Option("--format", metavar="LIST", help="Formats, with commas between them.")
    ] = "tex,md,json",
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder.")] = Path(),
    wrt: WrtOption = None,
    name: NameOption = None,
    symbol: SymbolOption = None,
    param: ParamOption = None,
    route: RouteOption = None,
    detail: DetailOption = Detail.TEXTBOOK,
    order: OrderOption = None,
    at: AtOption = None,
    strict: StrictOption = False,
    plots: PlotsOption = None,
    catalog: CatalogOption = None,
    templates: TemplatesOption = None,
    language: LanguageOption = "en",
    pdf_engine: EngineOption = "auto",
    color: ColorOption = Color.AUTO,
) -> int:
    """Write a complete sheet for each function.

    A sheet has definition, derivation, results, properties and numbers.

    The files appear whole or not at all; their names are printed. Exits with 1 if a line is refuted.
    """
    from symderiv import api
    from symderiv.catalog import load
    from symderiv.sheet.formats import Options
    from symderiv.sheet.gallery import write_sheets

    _agree(functions, named=bool(name or symbol), pointless=at is not None and order is None)
    formats = chosen_formats(format)
    options = Options(
        language=language,
        templates=() if templates is None else (templates,),
        pictures=plots is not False,
        engine=pdf_engine,
    )
    _require(formats, options, plots=bool(plots))
    known = load(*(catalog or ()))
    subjects: dict[str, Subject] = {}
    for function in progress(dict.fromkeys(functions), len(functions), "derive"):
        subject = api.subject(
            function,
            wrt=wrt,
            name=name,
            symbol=symbol,
            params=pairs(param, "--param", default="real"),
            routes=route or (),
            detail=detail.value,
            catalog=known,
        )
        if subject.name in subjects and subject.derivation.record.family == "user":
            raise InputError(
                f"two sheets would be called {subject.name!r}", hint="one at a time, with --name"
            )
        if order is not None:
            found, values = api.higher(subject.derivation, order, at, catalog=known)
            subject = replace(subject, higher=found, at=values)
        subjects[subject.name] = subject
    for path in write_sheets(output, subjects.values(), formats, options):
        write(str(path))
    return judged((subject.derivation for subject in subjects.values()), strict=strict)


def _agree(functions: Sequence[str], *, named: bool, pointless: bool) -> None:
    """Raise `InputError` for options that do not go together."""
    if pointless:
        raise InputError("--at goes with --order", hint="as in --order 5 --at 0")
    if len(functions) > 1 and named:
        raise InputError("--name and --symbol go with one function", hint="give the others their own command")


def _require(formats: Sequence[str], options: Options, *, plots: bool) -> None:
    """Raise `MissingExtraError` before any work where a package is missing."""
    from symderiv.sheet.formats import find_format
    from symderiv.sheet.pictures import drawing

    for chosen in map(find_format, formats):
        if chosen.require is not None:
            chosen.require(options)
    if plots:
        drawing.require()


def chosen_formats(text: str) -> tuple[str, ...]:
    """The formats of a list with commas. Raises `InputError` for one that writes no whole page."""
    from symderiv.sheet.formats import find_format, format_names, full_name

    found = []
    for word in dict.fromkeys(part.strip() for part in text.split(",")):
        name = full_name(word)
        if name not in format_names() or not find_format(name).whole:
            whole = [known for known in format_names() if find_format(known).whole]
            raise InputError(
                f"there is no sheet in the format {word!r}", hint=f"the formats are {', '.join(whole)}"
            )
        found.append(name)
    return tuple(dict.fromkeys(found))
