"""`symderiv build`: everything: the gallery of the whole catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symderiv.cli.findings import judged
from symderiv.cli.options import CatalogOption, ColorOption, StrictOption, TemplatesOption
from symderiv.cli.terminal import Color, progress, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symderiv.sheet.subject import Subject

NAME = "build"
EXAMPLES = ("symderiv build", "symderiv build -o gallery --catalog mine.toml")


def run(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder.")] = Path(
        "outputs"
    ),
    strict: StrictOption = False,
    catalog: CatalogOption = None,
    templates: TemplatesOption = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Write the gallery: a sheet for every function.

    The same catalogue gives the same bytes. Exits with 1 if a line is refuted.
    """
    from symderiv import api
    from symderiv.catalog import load
    from symderiv.sheet.formats import Options
    from symderiv.sheet.gallery import build

    known = load(*(catalog or ()))
    made: list[Subject] = []

    def subjects() -> Iterator[Subject]:
        for name in progress(known.names(), len(known.names()), "derive"):
            made.append(api.subject(name, catalog=known))
            yield made[-1]

    options = Options(templates=() if templates is None else (templates,))
    paths = build(output, subjects(), options=options)
    write(f"{len(made)} functions, {len(paths)} files in {output}")
    return judged((subject.derivation for subject in made), strict=strict)
