"""The corpus: derivations in Markdown, with the expected verdict beside each line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
_EXPECT = re.compile(r"(?:%|<!--) expect: ([^>\n]*?)(?: -->)?\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Fixture:
    """One derivation: `expected` are (line, verdict, diagnosis), in order."""

    name: str
    text: str
    expected: tuple[tuple[int, str, str], ...]


def fixtures() -> list[Fixture]:
    """Every `## title` of every file."""
    found = []
    for path in sorted(FOLDER.rglob("*.md")):
        for part in re.split(r"(?m)^## ", path.read_text())[1:]:
            title, _, body = part.partition("\n")
            found.append(Fixture(f"{path.stem}: {title}", body, tuple(expected_of(body))))
    return found


def expected_of(body: str) -> list[tuple[int, str, str]]:
    found = []
    for number, line in enumerate(body.split("\n"), 1):
        match = _EXPECT.search(line)
        for item in match.group(1).split(",") if match else ():
            verdict, _, slip = item.strip().partition(" ")
            found.append((number, verdict, slip))
    return found
