"""`symderiv backprop FILE.toml`: a small network worked out: forward, backward, update, gradient check."""

from __future__ import annotations

import json as json_text
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from symderiv.cli.options import CatalogOption, ColorOption, StrictOption
from symderiv.cli.terminal import Color, note, write

NAME = "backprop"
EXAMPLES = (
    "symderiv backprop net.toml",
    "symderiv backprop net.toml --format json",
)


class Format(StrEnum):
    """How a network is printed."""

    TEXT = "text"
    JSON = "json"


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="Equations, parameters, given numbers.")],
    format: Annotated[Format, typer.Option("--format", help="How it is printed.")] = Format.TEXT,  # noqa: A002  the option's own name
    strict: StrictOption = False,
    catalog: CatalogOption = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Work out a small network by backpropagation.

    Forward pass, local derivatives, the chain of factors for each parameter, the update and a gradient
    check; every line is proved. Exits with 1 if a line is refuted.
    """
    from symderiv import api
    from symderiv.catalog import load
    from symderiv.network.data import data

    worked = api.backprop(file, catalog=load(*(catalog or ())))
    write(json_text.dumps(data(worked), ensure_ascii=False, indent=2))
    found = [verdict.status for verdict in worked.lines()]
    refuted, undecided = found.count("refuted"), found.count("undecided")
    if refuted:
        note(f"{refuted} of {len(found)} lines are refuted")
    if undecided:
        note(f"{undecided} of {len(found)} lines are undecided")
    return 1 if refuted or (strict and undecided) else 0
