"""A check report in the formats that people read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symderiv.check.report import CheckReport

_TEMPLATES = {"text": "check/report.txt.j2", "md": "check/report.md.j2", "html": "check/report.html.j2"}


def rendered(report: CheckReport, source: str, name: str, templates: Sequence[Path] = ()) -> str:
    """The report through its template."""
    from html import escape

    from symderiv.check.page import page
    from symderiv.sheet.environment import make_environment, render

    environment = make_environment(tuple(templates), escape=escape if name == "html" else str)
    return render(environment, _TEMPLATES[name], page(report, source))
