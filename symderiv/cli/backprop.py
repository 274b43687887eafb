"""`symderiv backprop FILE.toml`: a small network worked out: forward, backward, update, gradient check."""

from __future__ import annotations

import json as json_text
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symderiv.cli.options import CatalogOption, ColorOption, StrictOption, TemplatesOption
from symderiv.cli.terminal import Color, note, speaks_unicode, write
from symderiv.errors import InputError, TargetError

if TYPE_CHECKING:
    from symderiv.network.worked import Worked

NAME = "backprop"
EXAMPLES = (
    "symderiv backprop net.toml",
    "symderiv backprop net.toml --format json",
    "symderiv backprop net.toml -o sheets",
    "symderiv backprop net.toml --export train.py",
)


class Format(StrEnum):
    """How a network is printed."""

    TEXT = "text"
    JSON = "json"


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="Equations, parameters, given numbers.")],
    format: Annotated[Format, typer.Option("--format", help="How it is printed.")] = Format.TEXT,  # noqa: A002  the option's own name
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Write the worked sheet there.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE.py", help="Write a NumPy module that trains it.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite that file.")] = False,
    strict: StrictOption = False,
    catalog: CatalogOption = None,
    templates: TemplatesOption = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Work out a small network by backpropagation.

    Forward pass, local derivatives, the chain of factors for each parameter, the update and a gradient
    check; every line is proved. With -o the whole sheet is written, in every format of a page.

    With --export a NumPy module is written: forward, loss_and_grads and step, for whole batches.

    Exits with 1 if a line is refuted or a difference quotient disagrees.
    """
    if export is not None:
        check_module(export, force=force)
    from symderiv import api
    from symderiv.catalog import load
    from symderiv.network.data import data
    from symderiv.sheet.atomic import write_files
    from symderiv.sheet.backprop.composed import network_files
    from symderiv.sheet.backprop.terminal import terminal
    from symderiv.sheet.formats import Options

    worked = api.backprop(file, catalog=load(*(catalog or ())))
    options = Options(
        templates=() if templates is None else (templates,), ascii=not speaks_unicode(sys.stdout)
    )
    tell = note if format is Format.JSON else write
    if export is not None:
        made = api.export_network(worked)
        tell(str(write_files(export.parent, {export.name: made.text})[0]))
        for problem in made.problems:
            note(problem)
        if made.problems:
            return 1
    if output is not None:
        for path in write_files(output, network_files(worked, options)):
            tell(str(path))
    if format is Format.JSON:
        write(json_text.dumps(data(worked), ensure_ascii=False, indent=2))
    elif output is None and export is None:
        write(terminal(worked, options))
    return judge(worked, strict=strict)


def check_module(path: Path, *, force: bool) -> None:
    """Raises `InputError` and `TargetError` before anything is worked out."""
    if path.suffix != ".py" or not path.stem.isidentifier():
        raise InputError(f"{str(path)!r} is no name for a Python module", hint="as in --export train.py")
    if path.is_dir():
        raise TargetError(f"cannot write {path}: a folder of that name is in the way")
    if path.exists() and not force:
        raise TargetError(f"{path} exists already", hint="--force overwrites it")


def judge(worked: Worked, *, strict: bool) -> int:
    """1 and notes where something is refuted or disagrees (or, if `strict`, undecided); else 0."""
    found = [verdict.status for verdict in worked.lines()]
    refuted, undecided = found.count("refuted"), found.count("undecided")
    if refuted:
        note(f"{refuted} of {len(found)} lines are refuted")
    if undecided:
        note(f"{undecided} of {len(found)} lines are undecided")
    if worked.borders:
        note(f"on a kink: {', '.join(worked.borders[:8])}; the derivative there is that of a convention")
    wrong = worked.disagreeing()
    if wrong:
        note(f"{len(wrong)} of {len(worked.quotients)} difference quotients disagree")
    return 1 if refuted or wrong or (strict and undecided) else 0
