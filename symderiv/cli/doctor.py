"""`symderiv doctor`: what is installed, what is missing, and what that means."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Literal

from symderiv.cli.options import ColorOption, JsonOption
from symderiv.cli.terminal import Color, write, write_json
from symderiv.errors import SymderivError

NAME = "doctor"
EXAMPLES = ("symderiv doctor", "symderiv doctor --json")

State = Literal["ok", "absent", "broken"]
_NEEDED = ("sympy", "numpy", "jinja2", "lark", "python-flint", "typer", "rich")
_EXTRAS = {
    "matplotlib": ("plot", "sheets have no pictures"),
    "nbformat": ("notebook", "notebooks are written, but not checked against their schema"),
}
_STYLES = {r"(?m)^ok": "green", r"(?m)^absent": "yellow", r"(?m)^broken": "bold red"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `broken` is what symderiv cannot do without."""

    name: str
    state: State
    detail: str


def run(
    json: JsonOption = False,
    color: ColorOption = Color.AUTO,
) -> int:
    """Check the installation.

    Parts, templates, catalogue, one proof, what makes a PDF and why, and the other extras.
    """
    findings = [*_packages(), *_own(), *_paper(), *_extras()]
    if json:
        write_json({"findings": [{"name": f.name, "state": f.state, "detail": f.detail} for f in findings]})
    else:
        width = max(len(f.name) for f in findings)
        write("\n".join(f"{f.state:6}  {f.name:{width}}  {f.detail}" for f in findings), _STYLES)
    return 2 if any(f.state == "broken" for f in findings) else 0


def _packages() -> Iterator[Finding]:
    from symderiv import __version__

    yield Finding("symderiv", "ok", __version__)
    yield Finding("python", "ok", platform.python_version())
    for name in _NEEDED:
        try:
            yield Finding(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "broken", f"not installed: pip install {name}")


def _own() -> Iterator[Finding]:
    """The templates, the catalogue, and a proof that uses the whole engine once."""
    try:
        from symderiv import api
        from symderiv.catalog import load
        from symderiv.sheet.environment import builtin_templates

        yield Finding("templates", "ok", str(builtin_templates()))
        yield Finding("catalogue", "ok", f"{len(load().names())} functions")
        verdict = api.prove("sigmoid(x) + sigmoid(-x)", "1")
        state: State = "ok" if verdict.status == "proved" else "broken"
        yield Finding("prover", state, f"sigmoid(x) + sigmoid(-x) = 1 is {verdict.status}")
    except SymderivError as error:
        yield Finding(error.code, "broken", error.message)
    except ImportError as error:
        yield Finding("parts", "broken", str(error))


def _paper() -> Iterator[Finding]:
    """What makes a PDF: the first engine that is there, and why it is that one."""
    from symderiv.sheet.typesetting import INSTALL, TEX_ENGINES, installed

    engines = installed()
    tex = [engine.name for engine in engines if engine.source == "tex"]
    if not engines:
        yield Finding("pdf", "absent", f"no TeX ({', '.join(TEX_ENGINES)}) and no typst: {INSTALL}")
        return
    first, *others = engines
    if first.source == "tex":
        why = "TeX comes first where it is installed"
    else:
        why = f"there is no TeX here ({', '.join(TEX_ENGINES)})"
    rest = f"; --pdf-engine may name {', '.join(engine.name for engine in others)}" if others else ""
    yield Finding("pdf", "ok", f"{first.name} ({first.place}): {why}{rest}")
    if len(tex) == len(engines):
        yield Finding("typst", "absent", f"`symderiv build` makes no PDF: {INSTALL}")


def _extras() -> Iterator[Finding]:
    for name, (extra, consequence) in _EXTRAS.items():
        try:
            yield Finding(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "absent", f"{consequence}: pip install 'symderiv[{extra}]'")
