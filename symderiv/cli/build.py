"""`symderiv build`: everything: the gallery of the whole catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symderiv.cli.findings import counted
from symderiv.cli.options import (
    CatalogOption,
    ColorOption,
    LanguageOption,
    StrictOption,
    TemplatesOption,
)
from symderiv.cli.terminal import Color, note, progress, write
from symderiv.errors import MissingExtraError, TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symderiv.catalog import Catalog
    from symderiv.sheet.formats import Options
    from symderiv.sheet.gallery import Parts, Sheet

NAME = "build"
EXAMPLES = (
    "symderiv build",
    "symderiv build -o gallery --catalog mine.toml",
    "symderiv build --format md,html --jobs 4",
)


def run(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder.")] = Path(
        "outputs"
    ),
    format: Annotated[  # noqa: A002  the option's own name
        str | None, typer.Option("--format", metavar="LIST", help="Formats, with commas; else all.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", min=1, help="Processes; else one per core.")
    ] = None,
    language: LanguageOption = "en",
    more: Annotated[
        bool, typer.Option("--more/--no-more", help="Worked networks and published examples, too.")
    ] = True,
    strict: StrictOption = False,
    catalog: CatalogOption = None,
    templates: TemplatesOption = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Write the gallery: a sheet for every function, in every format; worked networks; published examples.

    Only what changed is made again; the same catalogue gives the same bytes, whatever else is installed.

    PDFs are made by Typst. Exits with 1 if a line is refuted.
    """
    from symderiv.catalog import load
    from symderiv.sheet.formats import Options
    from symderiv.sheet.gallery import build
    from symderiv.sheet.stamp import common_key

    known = load(*(catalog or ()))
    options = Options(
        language=language, templates=() if templates is None else (templates.resolve(),), engine="typst"
    )
    formats = _formats(format, options)
    built = build(
        output,
        known.names(),
        lambda due: _sheets(due, tuple(catalog or ()), formats, options, jobs),
        key=common_key(options, formats, tuple(catalog or ())),
        formats=formats,
        options=options,
        parts=_parts(known, options) if more else {},
    )
    for path in built.left:
        note(f"{output / path} is from an earlier build and was changed since: it is left")
    gone = f", {len(built.removed)} files removed" if built.removed else ""
    write(f"{len(built.entries)} functions, {built.files} files in {output}")
    note(f"{len(built.made)} sheets made, {len(built.entries) - len(built.made)} unchanged{gone}")
    codes = [
        counted(one.name, one.statements, one.refuted, one.undecided, strict=strict) for one in built.entries
    ]
    return max(codes, default=0)


def _parts(catalog: Catalog, options: Options) -> Parts:
    """What stands beside the sheets, by folder."""
    from symderiv.sheet.backprop.gallery import network_pages
    from symderiv.sheet.posts.page import post_files

    return {
        "networks": lambda: network_pages(catalog, options),
        "posts": lambda: post_files(catalog, options),
    }


def _formats(text: str | None, options: Options) -> tuple[str, ...]:
    """The formats that were asked for; or all, less those whose package is missing, with a note for each."""
    from symderiv.cli.sheet import chosen_formats
    from symderiv.sheet.formats import find_format
    from symderiv.sheet.gallery import GALLERY_FORMATS
    from symderiv.sheet.pictures.drawing import require as require_pictures

    found = []
    for name in GALLERY_FORMATS if text is None else chosen_formats(text):
        require = find_format(name).require
        try:
            if require is not None:
                require(options)
        except MissingExtraError as error:
            if text is not None:
                raise
            note(f"no {name}: {error.message}; {error.hint}")
        else:
            found.append(name)
    try:
        require_pictures()
    except MissingExtraError as error:
        note(f"no pictures: {error.message}; {error.hint}")
    return tuple(found)


def _sheets(
    names: Sequence[str],
    catalogs: tuple[Path, ...],
    formats: tuple[str, ...],
    options: Options,
    jobs: int | None,
) -> Iterator[Sheet]:
    """The sheets of these names, in their order, on as many processes as there are cores."""
    import os
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from functools import partial
    from multiprocessing import get_context

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    make = partial(make_sheet, catalogs=catalogs, formats=formats, options=options)
    processes = min(jobs or cores, len(names))
    if processes < 2:
        yield from map(make, progress(names, len(names), "derive"))
        return
    # Fresh interpreters: the same everywhere, and no thread of this process is copied into another.
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    try:
        results = pool.map(make, names)
        for _ in progress(names, len(names), "derive"):
            yield next(results)
    except BrokenProcessPool as error:
        raise TargetError(
            "a process of the build was stopped from outside", hint="--jobs 1 needs less memory"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def make_sheet(name: str, *, catalogs: tuple[Path, ...], formats: tuple[str, ...], options: Options) -> Sheet:
    """One sheet, from its name: what a process of the pool does."""
    from symderiv import api
    from symderiv.catalog import load
    from symderiv.sheet.entry import entry
    from symderiv.sheet.gallery import sheet_files

    found = api.subject(name, catalog=load(*catalogs))
    return entry(found, formats, options), sheet_files(found, formats, options)
