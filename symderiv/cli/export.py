"""`symderiv export F... -o FILE.py`: a stand-alone NumPy module of proved and measured gradient functions."""

from __future__ import annotations

import json as json_text
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symderiv.cli.options import CatalogOption, ColorOption, NameOption, ParamOption, WrtOption, pairs
from symderiv.cli.terminal import Color, note, progress, write
from symderiv.errors import InputError, TargetError

if TYPE_CHECKING:
    from symderiv.verify.certificate import Certificate

NAME = "export"
EXAMPLES = (
    "symderiv export sigmoid tanh softmax swish -o grads.py",
    'symderiv export "x*atan(exp(x))" --name foo -o foo.py',
    "symderiv export leaky_relu --value alpha=0.01 -o leaky.py",
)


class Precision(StrEnum):
    """How float16 and float32 are computed."""

    EXACT = "exact"
    FAST = "fast"


class Kind(StrEnum):
    """What is written."""

    NUMPY = "numpy"


def run(
    functions: Annotated[
        list[str],
        typer.Argument(metavar="F", help="Names of the catalogue, or expressions; `all` is every name."),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.py", help="The module.")],
    precision: Annotated[
        Precision, typer.Option("--precision", help="exact: float32 through float64; fast: in its own type.")
    ] = Precision.EXACT,
    target: Annotated[Kind, typer.Option("--target", help="The library that the module uses.")] = Kind.NUMPY,
    name: NameOption = None,
    wrt: WrtOption = None,
    param: ParamOption = None,
    value: Annotated[
        list[str] | None,
        typer.Option(
            "--value", metavar="NAME=NUMBER", help="The default of a parameter (1 if not given). Repeatable."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    catalog: CatalogOption = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Write a NumPy module with the function, its derivative and its products with a gradient.

    Each kernel is proved equal to the formula and measured against exact values; a certificate in JSON stands
    beside the module. Exits with 1 if a kernel is out of bounds or unproved.
    """
    certificate_path = check_output(output, force=force)
    if len(functions) > 1 and name:
        raise InputError("--name goes with one function", hint="give the others their own command")
    from symderiv import api
    from symderiv.catalog import load
    from symderiv.sheet.atomic import write_files

    known = load(*(catalog or ()))
    wanted = list(known.names()) if functions == ["all"] else functions
    numbers_ = numbers(value)
    targets = [
        api.export_target(
            one,
            wrt=wrt,
            name=name,
            params=pairs(param, "--param", default="real"),
            values=numbers_,
            catalog=known,
        )
        for one in wanted
    ]
    made = api.export(
        targets,
        precision=precision.value,
        name=output.name,
        catalog=known,
        step=lambda items, total: progress(items, total, "export"),
    )
    contents = {
        output.name: made.text,
        certificate_path.name: json_text.dumps(made.certificate.data(), indent=1, ensure_ascii=False) + "\n",
    }
    for path in write_files(output.parent, contents):
        write(str(path))
    return judge(made.certificate)


def check_output(output: Path, *, force: bool) -> Path:
    """The path of the certificate. Raises `InputError` and `TargetError` before anything is worked out."""
    if output.suffix != ".py" or not output.stem.isidentifier():
        raise InputError(f"{str(output)!r} is no name for a Python module", hint="as in -o grads.py")
    certificate = output.with_suffix(".certificate.json")
    for path in (output, certificate):
        if path.is_dir():
            raise TargetError(f"cannot write {path}: a folder of that name is in the way")
        if path.exists() and not force:
            raise TargetError(f"{path} exists already", hint="--force overwrites it")
    return certificate


def numbers(values: list[str] | None) -> dict[str, float]:
    """`name=number` texts as a mapping."""
    found: dict[str, float] = {}
    for name, text in pairs(values, "--value").items():
        try:
            found[name] = float(text)
        except ValueError:
            raise InputError(
                f"--value {name}={text}: {text!r} is no number", hint="as in alpha=0.01"
            ) from None
        if found[name] != found[name] or abs(found[name]) == float("inf"):
            raise InputError(f"--value {name}={text}: a finite number is due")
    return found


def judge(certificate: Certificate) -> int:
    """1 and notes if something is out of bounds, unproved or wrong; else 0."""
    for problem in certificate.problems:
        note(f"out of bounds: {problem}" if "out of bounds" not in problem else problem)
    return 1 if certificate.problems else 0
