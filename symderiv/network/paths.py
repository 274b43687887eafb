"""Paths from the loss to a parameter, each a product of local derivatives in chain order.

Where there are more paths than a page can hold, each use of the parameter stands for all paths through it,
with δ for the product of what comes before.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.derive.vector_moves import fresh_letter
from symderiv.network.local import Local
from symderiv.network.worked import Worked
from symderiv.notation.term import Term, diff, sym

MOST_PATHS = 24


@dataclass(frozen=True, slots=True)
class Factor:
    """start = value: one factor of a chain; `letters` are its free indices."""

    start: Term
    value: Term
    letters: tuple[str, ...]
    of: str
    by: str


@dataclass(frozen=True, slots=True)
class Path:
    """Factors from the loss to the parameter."""

    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths that are shown (all of them, or one for each use, with δ), and how many there are."""

    shown: tuple[Path, ...]
    count: int
    complete: bool


def paths(worked: Worked, name: str) -> Paths:
    """The paths to a parameter."""
    known = worked.backward.by_name
    loss = worked.network.loss
    counts: dict[str, int] = {loss: 1}

    def count(at: str) -> int:
        if at not in counts:
            counts[at] = sum(count(local.of) for local in known[at].locals)
        return counts[at]

    for adjoint in worked.backward.adjoints:
        count(adjoint.name)
    total = count(name)
    if total > MOST_PATHS:
        return Paths(tuple(_by_delta(worked, local) for local in known[name].locals), total, complete=False)
    found: list[tuple[Local, ...]] = []

    def walk(at: str, below: tuple[Local, ...]) -> None:
        if at == loss:
            found.append(below)
            return
        for local in known[at].locals:
            walk(local.of, (local, *below))

    walk(name, ())
    return Paths(tuple(_path(worked, way) for way in found), total, complete=True)


def _path(worked: Worked, way: tuple[Local, ...]) -> Path:
    """The factors of a way, each with the index letters that the next one begins with."""
    factors: list[Factor] = []
    taken = {letter for local in way for letter in local.row} | set(worked.network.letters_of(way[-1].by))
    taken |= {name for local in way for name in (local.start.symbols() | local.value.symbols())}
    below: tuple[str, ...] = worked.network.letters_of(way[-1].by)
    for local in reversed(way):
        own = worked.network.letters_of(local.by)
        moved = dict(zip(own, below, strict=True))
        row: list[str] = []
        for letter in local.row:
            chosen = letter
            if letter in below or any(letter in one.letters for one in factors):
                chosen = fresh_letter(frozenset(taken))
                taken.add(chosen)
            row.append(chosen)
        moved |= dict(zip(local.row, row, strict=True))
        factors.append(_factor(local, moved))
        below = tuple(row)
    return Path(tuple(reversed(factors)))


def _factor(local: Local, moved: dict[str, str] | None = None) -> Factor:
    put = {old: sym(new) for old, new in (moved or {}).items() if old != new}
    start, value = local.start.substitute(put), local.value.substitute(put)
    entries = [arg for arg in start.args if arg.kind == "index"]
    letters = tuple(dict.fromkeys(at.name for one in entries for at in one.args[1:]))
    return Factor(start, value, letters, local.of, local.by)


def _by_delta(worked: Worked, local: Local) -> Path:
    known = worked.backward.by_name
    if local.of == worked.network.loss:
        return Path((_factor(local),))
    adjoint = known[local.of]
    value = adjoint.left.substitute(
        dict(zip(worked.network.letters_of(local.of), map(sym, local.row), strict=True))
    )
    start = diff(sym(worked.network.loss), value)
    symbol = value.substitute({local.of: sym(adjoint.symbol)})
    return Path((Factor(start, symbol, local.row, worked.network.loss, local.of), _factor(local)))
