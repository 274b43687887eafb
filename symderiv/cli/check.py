"""`symderiv check FILE`: a hand derivation, line by line."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symderiv.cli.options import CatalogOption, ColorOption, StrictOption, TemplatesOption
from symderiv.cli.terminal import Color, write, write_json
from symderiv.errors import LimitError, TargetError

if TYPE_CHECKING:
    from symderiv.check.report import CheckReport

NAME = "check"
EXAMPLES = (
    "symderiv check notes.tex",
    "symderiv check homework.md --format json",
    r"""printf '%s' '\tanh^2 x + \operatorname{sech}^2 x = 1' | symderiv check -""",
)
_ENDINGS = {".tex": "tex", ".ltx": "tex", ".md": "md", ".markdown": "md", ".ipynb": "ipynb"}
_STYLES = {
    r"(?m)^ *\S+ +(proved|right|given|definition)\b": "green",
    r"(?m)^ *\S+ +WRONG\b": "bold red",
    r"(?m)^ *\S+ +(undecided|not read)\b": "yellow",
    r"(?m)^ +(read as|value|where|note)\b.*$": "dim",
}


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"


def run(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A .tex, .md or .ipynb file; - is stdin.")],
    format: Annotated[Format, typer.Option("--format", help="How the report is written.")] = Format.TEXT,  # noqa: A002  the option's own name
    strict: StrictOption = False,
    catalog: CatalogOption = None,
    templates: TemplatesOption = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Check a hand derivation line by line.

    Each line is proved, refuted with a counterexample, right to its printed digits, a definition, a given
    value, or undecided.

    Exits with 1 if a line is wrong.
    """
    from symderiv.check.supervise import check_document

    source, kind = _source(file)
    report = check_document(source, file=file, kind=kind, catalog=[str(path) for path in catalog or ()])
    report = _worded(report, () if templates is None else (templates,))
    if format is Format.JSON:
        write_json(report.as_json())
    else:
        from symderiv.cli.report import rendered

        text = rendered(report, source, format.value, () if templates is None else (templates,))
        write(text, _STYLES if format is Format.TEXT else None)
    return _code(report, strict=strict)


def _worded(report: CheckReport, templates: tuple[Path, ...]) -> CheckReport:
    """The report with a sentence for every slip."""
    from dataclasses import replace

    if not any(line.diagnosis for line in report.lines):
        return report
    from symderiv.sheet.sentences import load_sentences

    sentences = load_sentences("en", templates)
    lines = [
        replace(
            line,
            diagnosis=replace(
                line.diagnosis, message=sentences.text(f"diagnoses.{line.diagnosis.id}.message")
            ),
        )
        if line.diagnosis
        else line
        for line in report.lines
    ]
    return replace(report, lines=tuple(lines))


def _code(report: CheckReport, *, strict: bool) -> int:
    summary = report.summary
    return 1 if summary["refuted"] or (strict and (summary["undecided"] or summary["unread"])) else 0


def _source(file: str) -> tuple[str, str]:
    from symderiv import limits

    try:
        data = sys.stdin.buffer.read(limits.MAX_FILE_BYTES + 1) if file == "-" else _bytes(Path(file))
    except OSError as error:
        raise TargetError(f"{file} cannot be read: {error.strerror}") from error
    if len(data) > limits.MAX_FILE_BYTES:
        raise LimitError(f"{file} is larger than {limits.MAX_FILE_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TargetError(f"{file} is not UTF-8 text: byte {error.start}") from error
    return text.replace("\r\n", "\n"), "" if file == "-" else _ENDINGS.get(Path(file).suffix.lower(), "")


def _bytes(path: Path) -> bytes:
    from symderiv import limits

    with path.open("rb") as stream:
        return stream.read(limits.MAX_FILE_BYTES + 1)
