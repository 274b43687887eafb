"""The corpora of this folder: pairs of formulas with assumptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Pair:
    """left and right as written, and what is assumed."""

    text: str
    left: Term
    right: Term
    assume: dict[str, str] = field(default_factory=dict)


def load(name: str) -> list[Pair]:
    """The pairs of one file; `#` starts a comment line."""
    return [pair(line) for line in (_HERE / name).read_text(encoding="utf-8").splitlines() if wanted(line)]


def wanted(line: str) -> bool:
    """Is it a pair, and no comment?"""
    return bool(line.strip()) and not line.startswith("#")


def pair(line: str) -> Pair:
    """`left | right | x=positive, n=integer`."""
    parts = [part.strip() for part in line.split("|")]
    words = parts[2].split(",") if len(parts) > 2 else []
    assume = {name.strip(): word.strip() for name, _, word in (w.partition("=") for w in words)}
    return Pair(line, read_plain(parts[0]), read_plain(parts[1]), assume)
