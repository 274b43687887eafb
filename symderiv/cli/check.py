"""`symderiv check FILE`: a hand derivation, line by line."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symderiv.cli.options import CatalogOption, ColorOption, StrictOption, TemplatesOption
from symderiv.cli.terminal import Color, write, write_json

if TYPE_CHECKING:
    from symderiv.check.report import CheckReport

NAME = "check"
EXAMPLES = (
    "symderiv check notes.tex",
    "symderiv check homework.md --format json",
    r"""printf '%s' '\tanh^2 x + \operatorname{sech}^2 x = 1' | symderiv check -""",
)
_STYLES = {
    r"(?m)^ *\S+ +(proved|right|given|definition)\b": "green",
    r"(?m)^ *\S+ +WRONG\b": "bold red",
    r"(?m)^ *\S+ +(undecided|not read)\b": "yellow",
    r"(?m)^ +(read as|value|where|note|LaTeX)\b.*$": "dim",
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
    from symderiv.check.source import read_source
    from symderiv.check.supervise import check_document

    source, kind = read_source(file)
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
    if not any(line.diagnosis for line in report.lines):
        return report
    from symderiv.sheet.sentences import load_sentences

    return report.worded(load_sentences("en", templates).text)


def _code(report: CheckReport, *, strict: bool) -> int:
    summary = report.summary
    return 1 if summary["refuted"] or (strict and (summary["undecided"] or summary["unread"])) else 0
