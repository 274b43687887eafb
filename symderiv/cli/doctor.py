"""`symderiv doctor`: what is installed, what is missing, and what that means."""

from __future__ import annotations

import platform
import shutil
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
_TOOLS = {
    "pdflatex": "sheets in TeX can be written, but not be made into a PDF here",
    "pdftotext": "only the project's own tests of a PDF need it",
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

    Parts, templates, catalogue, one proof, and the tools around it.
    """
    findings = [*_packages(), *_own(), *_tools()]
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


def _tools() -> Iterator[Finding]:
    for name, consequence in _TOOLS.items():
        path = shutil.which(name)
        yield Finding(name, "ok" if path else "absent", path or consequence)
