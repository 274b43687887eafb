"""Paper from source: `typeset(engine, ...)` runs TeX or the Typst compiler on a page, in a folder of its own.

An engine is what is installed: pdflatex, latexmk or tectonic, in this order (latexmk only runs pdflatex, and
takes longer for the same bytes), else the `typst` package. TeX may run no programs, reads no configuration
of the user's for latexmk, and is stopped after `limits.TEX_SECONDS`. Where an engine fails, its folder
stays, and the error says where.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from symderiv import limits
from symderiv.errors import InputError, MissingExtraError, TypesetError

Source = Literal["tex", "typst"]
TEX_ENGINES = ("pdflatex", "latexmk", "tectonic")
ENGINES = ("auto", "tex", "typst", *TEX_ENGINES)
"""What a reader may ask for: the first of all, the first of TeX, or one by its name."""
INSTALL = "pip install 'symderiv[pdf]'"

_QUIET = ("-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-no-shell-escape")
_COMMANDS: dict[str, tuple[str, ...]] = {
    "latexmk": ("-norc", "-pdf", "-silent", *_QUIET[:3], f"-latexoption={_QUIET[3]}"),
    "pdflatex": _QUIET,
    "tectonic": ("--untrusted", "--keep-logs"),
}
_NEEDS = {"latexmk": "pdflatex"}
_RUNS = 3
_AGAIN = re.compile(r"Rerun to get|There were undefined references|Label\(s\) may have changed")
_PLACED = re.compile(r"^(?:\./)?[^:\s]+\.\w+:(\d+): (.+)$", re.MULTILINE)
_MARKED = re.compile(r"^! ([^\n]+)$(?:.*?^l\.(\d+))?", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Engine:
    """A way to make a PDF: its name, where it is (a path, or a version), and the source that it takes."""

    name: str
    place: str
    source: Source


def installed() -> tuple[Engine, ...]:
    """The engines that are there, the first one first."""
    found = []
    for name in TEX_ENGINES:
        path = shutil.which(name)
        if path and (name not in _NEEDS or shutil.which(_NEEDS[name])):
            found.append(Engine(name, path, "tex"))
    if find_spec("typst") is not None:
        found.append(Engine("typst", metadata.version("typst"), "typst"))
    return tuple(found)


def find_engine(wanted: str = "auto") -> Engine:
    """The engine of that name, or the first that is there. Raises `InputError` and `MissingExtraError`."""
    if wanted not in ENGINES:
        raise InputError(f"there is no PDF engine {wanted!r}", hint=f"the engines are {', '.join(ENGINES)}")
    for engine in installed():
        if wanted in {"auto", engine.name, engine.source}:
            return engine
    if wanted in {"auto", "typst"}:
        raise MissingExtraError("a PDF needs TeX, or the typst package, which needs no TeX", hint=INSTALL)
    raise MissingExtraError(f"{wanted} is not installed", hint=f"or without TeX: {INSTALL}")


def typeset(engine: Engine, name: str, source: str, pictures: Mapping[str, bytes]) -> bytes:
    """The PDF of a page; `pictures` are the files that it needs beside it. Raises `TypesetError`."""
    folder = Path(tempfile.mkdtemp(prefix="symderiv-"))
    page = folder / f"{name}.{'tex' if engine.source == 'tex' else 'typ'}"
    try:
        page.write_text(source, encoding="utf-8")
        for file, content in pictures.items():
            (folder / file).write_bytes(content)
        made = _run_tex(engine, page) if engine.source == "tex" else _run_typst(page)
    except TypesetError as error:
        error.hint = f"the page is kept: {page}"
        raise
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    return made


def _run_typst(page: Path) -> bytes:
    from typst import TypstError
    from typst import compile as set_page

    try:
        made = set_page(str(page), root=str(page.parent), format="pdf", ignore_system_fonts=True)
    except TypstError as error:
        text = str(getattr(error, "diagnostic", "") or error)
        place = re.search(rf"{re.escape(page.name)}:(\d+)", text)
        where = f", line {place[1]}" if place else ""
        raise TypesetError(f"typst stopped at {page.name}{where}: {error}") from error
    assert isinstance(made, bytes)
    return made


def _run_tex(engine: Engine, page: Path) -> bytes:
    """Run TeX until references stand still; latexmk and tectonic see to that themselves."""
    command = [engine.place, *_COMMANDS[engine.name], page.name]
    log = page.with_suffix(".log")
    for _ in range(_RUNS if engine.name == "pdflatex" else 1):
        code, said = _supervised(command, page.parent)
        text = log.read_text(encoding="latin-1") if log.is_file() else said
        if code != 0:
            raise TypesetError(_first_error(engine, page, text, said))
        if not _AGAIN.search(text):
            break
    made = page.with_suffix(".pdf")
    if not made.is_file():
        raise TypesetError(f"{engine.name} made no PDF of {page.name}")
    return made.read_bytes()


def _supervised(command: list[str], folder: Path) -> tuple[int, str]:
    """Exit code and output of a program; it and what it started are killed when their time is up."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1", "openout_any": "p"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=limits.TEX_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise TypesetError(f"{Path(command[0]).name} took more than {limits.TEX_SECONDS:g} s") from error
    finally:
        if process.poll() is None:
            _kill(process)
    return process.returncode, said.decode("latin-1")


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()


def _first_error(engine: Engine, page: Path, log: str, said: str) -> str:
    """The first real error of a TeX run, in one line."""
    text = log.replace("\r\n", "\n")
    placed, marked = _PLACED.search(text), _MARKED.search(text)
    if placed is not None and (marked is None or placed.start() <= marked.start()):
        line, message = placed[1], placed[2]
        rest = text[placed.end() :].lstrip("\n").splitlines()
        if rest and rest[0].startswith(f"l.{line}"):
            message += f" ({rest[0].removeprefix(f'l.{line}').strip()})"
        return f"{engine.name} stopped at {page.name}, line {line}: {message}"
    if marked is not None:
        where = f", line {marked[2]}" if marked[2] else ""
        return f"{engine.name} stopped at {page.name}{where}: {marked[1]}"
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "it gave no reason")
    return f"{engine.name} made no PDF of {page.name}: {last}"
