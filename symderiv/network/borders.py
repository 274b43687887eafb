"""Where the given numbers stand on a kink: max(0, z) at z = 0, |u| at u = 0, the border of two cases.

The derivative need not exist there; programs then take the one of the case that the definition gives to
the point, and so do the numbers here. A page says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from symderiv.field.constants import precision
from symderiv.network.entries import Entries
from symderiv.notation.term import Term
from symderiv.prove.balls import Evaluator, NoValueError, Number


def on_borders(entries: Entries, bits: int) -> tuple[str, ...]:
    """The entries whose formula stands on a border between two of its cases."""
    with precision(bits):
        evaluator = Evaluator({})
        point: dict[str, Number] = dict(entries.given)
        evaluator.point = point  # type: ignore[assignment]  # balls are numbers of a point, too
        found = []
        for entry in entries.entries:
            if any(_is_tie(evaluator, left, right) for left, right in _borders(entry.body)):
                found.append(entry.key)
            point[entry.key] = evaluator.of(entry.body)
        return tuple(found)


def _borders(term: Term) -> Iterator[tuple[Term, Term | None]]:
    """Pairs that are equal on a border; (u, None) for u = 0."""
    for node in term.walk():
        if node.kind == "call" and node.name in ("Abs", "sign"):
            yield node.args[0], None
        elif node.kind == "call" and node.name in ("Max", "Min"):
            yield from pairwise(node.args)
        elif node.kind == "relation":
            yield node.args[0], node.args[1]


def _is_tie(evaluator: Evaluator, left: Term, right: Term | None) -> bool:
    try:
        gap = evaluator.of(left) if right is None else evaluator.of(left) - evaluator.of(right)
    except NoValueError:
        return False
    return bool(gap == 0) or not (gap > 0 or gap < 0)
