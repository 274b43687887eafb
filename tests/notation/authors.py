"""`authors.md` as data: a line of LaTeX, what the document declares, and how it is to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r"(?P<latex>.*?)  (?P<sign>=>|\?>|!!)  (?P<said>.*)\Z")


@dataclass(frozen=True)
class Written:
    """`plain` and its `others`, or the text under the `caret` of a refusal."""

    latex: str
    functions: tuple[str, ...]
    symbols: tuple[str, ...]
    plain: str = ""
    others: tuple[str, ...] = ()
    caret: str | None = None


def lines() -> list[Written]:
    """Every line of every block."""
    found: list[Written] = []
    text = (Path(__file__).parent / "authors.md").read_text(encoding="utf-8")
    for block in re.findall(r"(?ms)^```\n(.*?)^```", text):
        declared: dict[str, tuple[str, ...]] = {"functions": (), "symbols": ()}
        for line in block.splitlines():
            head, _, names = line.partition(": ")
            if head in declared:
                declared[head] = tuple(names.split())
                if head == "functions":
                    declared["symbols"] = ()
                continue
            match = _LINE.match(line)
            assert match, line
            found.append(_written(match, declared["functions"], declared["symbols"]))
    return found


def _written(match: re.Match[str], functions: tuple[str, ...], symbols: tuple[str, ...]) -> Written:
    latex, said = match["latex"], match["said"]
    if match["sign"] == "!!":
        return Written(latex, functions, symbols, caret=said)
    plain, *others = re.split(r"  or  ", said)
    return Written(latex, functions, symbols, plain, tuple(others))
