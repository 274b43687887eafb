"""`symderiv verify FILE.py | F...`: prove and measure kernels again, and print a certificate."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from symderiv.cli.export import judge
from symderiv.cli.options import CatalogOption, ColorOption, JsonOption
from symderiv.cli.terminal import Color, progress, write, write_json

if TYPE_CHECKING:
    from symderiv.catalog import Catalog
    from symderiv.kernels.module import KernelModule
    from symderiv.verify.certificate import Certificate

NAME = "verify"
EXAMPLES = (
    "symderiv verify grads.py",
    "symderiv verify grads.py --exhaustive",
    "symderiv verify sigmoid tanh",
)
_STYLES = {r"(?m)\bproved\b": "green", r"(?m)\brefuted\b": "bold red", r"(?m)\bundecided\b": "bold yellow"}


def run(
    targets: Annotated[
        list[str], typer.Argument(metavar="FILE.py | F...", help="An exported module, or functions.")
    ],
    exhaustive: Annotated[
        bool,
        typer.Option("--exhaustive", help="All 2^32 float32 inputs of each gradient; can be interrupted."),
    ] = False,
    workers: Annotated[
        int,
        typer.Option("--workers", min=0, metavar="N", help="Processes of the sweep; 0 is one for each core."),
    ] = 0,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE.json", help="Keep the certificate here, too."),
    ] = None,
    json: JsonOption = False,
    catalog: CatalogOption = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Prove each program equal to its formula, and measure it against exact values.

    A file is read, never run. Exits with 1 if a kernel is wrong, unproved or out of bounds.
    """
    from symderiv.catalog import load
    from symderiv.verify.certificate import certify

    known = load(*(catalog or ()))
    module, name = _module(targets, known)
    certificate = certify(
        module, known, name=name, step=lambda items, total: progress(items, total, "verify")
    )
    if exhaustive:
        state = Path(targets[0]).with_suffix(".sweep.json") if targets[0].endswith(".py") else None
        certificate = replace(certificate, exhaustive=tuple(_sweeps(module, state, workers)))
    if output is not None:
        from json import dumps

        from symderiv.sheet.atomic import write_file

        write_file(output, dumps(certificate.data(), indent=1, ensure_ascii=False) + "\n")
    if json:
        write_json({key: value for key, value in certificate.data().items() if key != "schema_version"})
    else:
        write(text(certificate), _STYLES)
    return judge(certificate)


def _module(targets: list[str], known: Catalog) -> tuple[KernelModule, str]:
    from symderiv import api
    from symderiv.errors import InputError
    from symderiv.verify.reading import read_module

    files = [target for target in targets if target.endswith(".py")]
    if files:
        if len(targets) > 1:
            raise InputError("verify takes one file, or functions", hint="one command for each file")
        return read_module(Path(files[0]), known), Path(files[0]).name
    return api.export(targets, catalog=known).module, "functions"


def _sweeps(module: KernelModule, state: Path | None, workers: int) -> list[Any]:
    from symderiv.verify.exhaustive import exhaustive

    def shown(name: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            bar = "#" * (30 * done // total)
            sys.stderr.write(f"\r{name:16} [{bar:30}] {done}/{total}" + ("\n" if done == total else ""))
            sys.stderr.flush()

    return [
        exhaustive(function, module.precision, state, workers=workers or None, progress=shown)
        for function in module.functions
    ]


def text(certificate: Certificate) -> str:
    """The certificate as a table."""
    lines = [f"{certificate.module}   precision {certificate.precision}   {certificate.versions}"]
    for report in certificate.reports:
        proofs = ", ".join(dict.fromkeys(f"{v.status} by {v.how}" for v in report.verdicts))
        lines.append(f"{report.name}   {report.formula}   {proofs}")
        for one in report.measured:
            kind = "every input" if one.exhaustive and report.part != "output" else f"{one.points} inputs"
            bound = f" (bound {one.bound})" if one.bound is not None else ""
            near = f", near roots {one.near:.3g} ulp of the largest value" if one.near else ""
            lines.append(
                f"  {one.type:8} {one.ulp:<10.4g} ULP at {one.at:<24.17g} {kind}{bound}{near}, "
                f"lost {one.lost}, warnings {one.warnings}, limits {one.limits[0]:.6g}, {one.limits[1]:.6g}"
            )
        for distance in report.patch_bounds[1:]:
            known = "not proved" if distance is None else f"proved within {distance:.2g}, relatively"
            lines.append(f"  next to {report.patches} root(s) a polynomial, {known}")
        for check, error in report.checks.items():
            lines.append(f"  {check:20} agrees to {error:.2g}")
    lines += [
        f"{one.function} {one.part:5}   {one.type:8} {one.ulp:<10.4g} {one.unit}, "
        f"{one.components} components, lost {one.lost}"
        for one in certificate.vectors
    ]
    lines += [
        f"{sweep['function']}   float32, all {sweep['inputs']} finite inputs: {sweep['ulp']:.6g} ULP at "
        f"{sweep['at']!r}, lost {sweep['lost']}"
        for sweep in certificate.exhaustive
    ]
    lines.append(
        "within every bound" if not certificate.problems else f"{len(certificate.problems)} problems"
    )
    return "\n".join(lines)
