"""`symderiv templates list|eject`: the templates and sentences of pages, and copies to change."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from symderiv.cli.options import ColorOption, JsonOption, TemplatesOption
from symderiv.cli.terminal import Color, note, write, write_json
from symderiv.errors import InputError, TargetError

NAME = "templates"
EXAMPLES = (
    "symderiv templates list",
    "symderiv templates list --templates mine",
    "symderiv templates eject tex/sheet.tex.j2 sentences/en/sheet.toml -o mine",
    "symderiv sheet swish --templates mine",
)


class Action(StrEnum):
    """What to do."""

    LIST = "list"
    EJECT = "eject"


def run(
    action: Annotated[Action, typer.Argument(metavar="list|eject", help="Show them, or copy some.")],
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="What to copy: a template, or a folder of them."),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="The folder for the copies.")
    ] = Path("templates"),
    force: Annotated[bool, typer.Option("--force", help="Copy over files that are there.")] = False,
    templates: TemplatesOption = None,
    json: JsonOption = False,
    color: ColorOption = Color.AUTO,
) -> int:
    """List the templates and which file is used for each, or copy built-in ones into a folder of your own.

    A copy in the folder given with --templates takes the place of the original; one that starts with
    an extends of "builtin/NAME" changes only the blocks that it names.
    """
    user = () if templates is None else (templates,)
    if action is Action.LIST:
        return _list(user, names or [], json=json)
    return _eject(names or [], output, force=force)


def _list(user: tuple[Path, ...], names: list[str], *, json: bool) -> int:
    from symderiv.sheet.environment import list_templates

    found = [one for one in list_templates(user) if not names or _is_one(one.name, names)]
    if json:
        rows = [{"name": one.name, "path": str(one.path), "builtin": one.builtin} for one in found]
        write_json({"templates": rows})
        return 0
    width = max((len(one.name) for one in found), default=0)
    for one in found:
        write(
            f"{one.name:{width}}  {'built-in' if one.builtin else one.path}", {r"  (?!built-in)\S+$": "green"}
        )
    return 0


def _eject(names: list[str], output: Path, *, force: bool) -> int:
    from symderiv.sheet.atomic import write_files
    from symderiv.sheet.environment import builtin_template, list_templates

    if not names:
        raise InputError(
            "no template is named", hint="`symderiv templates list` names them; a folder will do"
        )
    chosen: dict[str, bytes] = {}
    for name in names:
        inside = [one for one in list_templates() if _is_one(one.name, [name])]
        for path, key in [(one.path, one.name) for one in inside] or [(builtin_template(name), name)]:
            chosen[key] = path.read_bytes()
    there = [name for name in chosen if (output / name).exists()]
    if there and not force:
        raise TargetError(f"{output / there[0]} is there already", hint="--force copies over it")
    for path in write_files(output, chosen):
        write(str(path))
    note(f"use them with --templates {output}")
    return 0


def _is_one(name: str, wanted: list[str]) -> bool:
    """Is it one of these templates, or in one of these folders?"""
    return any(name == one.rstrip("/") or name.startswith(one.rstrip("/") + "/") for one in wanted)
