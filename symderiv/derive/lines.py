"""From small moves to the lines of a page.

`every-rule` shows each move. `textbook` gives a line to every rule that opens up a formula and to every
named function; moves that any reader does in his head (constants, constant multiples, a linear inner
derivative) join the line they belong to. Where a page would get too long, neighbouring small lines join.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from symderiv.derive.engine import Move, count_derivatives

Detail = Literal["result", "textbook", "every-rule"]

_WEIGHT = {"structure": 3, "lemma": 2, "function": 2, "trivial": 1}


def textbook(moves: Sequence[Move], limit: int) -> list[list[Move]]:
    """Groups of moves, one a line, at most `limit` of them where joining small lines can reach that."""
    groups = _groups(moves)
    while len(groups) > max(limit, 1):
        position = _lightest_pair(groups)
        if position is None:
            break
        groups[position : position + 2] = [groups[position] + groups[position + 1]]
    return groups


def _groups(moves: Sequence[Move]) -> list[list[Move]]:
    groups: list[list[Move]] = []
    inside, outside = False, 0  # finishing a function's inner derivative; derivatives left beside it
    for move in moves:
        if inside or (groups and move.kind == "trivial" and _is_trivial(groups[-1])):
            groups[-1].append(move)
        else:
            groups.append([move])
            inside = move.kind in ("function", "lemma") and move.opened > 0
            outside = count_derivatives(move.after) - move.opened
        if inside and count_derivatives(move.after) <= outside:
            inside = False
    return groups


def _is_trivial(group: Sequence[Move]) -> bool:
    return all(move.kind == "trivial" for move in group)


def _lightest_pair(groups: list[list[Move]]) -> int | None:
    """The first pair of neighbouring lines of least weight; structure is never joined to structure."""
    best: tuple[int, int] | None = None
    for position in range(len(groups) - 1):
        left, right = weight(groups[position]), weight(groups[position + 1])
        if left == right == _WEIGHT["structure"]:
            continue
        if best is None or left + right < best[0]:
            best = (left + right, position)
    return None if best is None else best[1]


def weight(group: Sequence[Move]) -> int:
    """The weight of the line: that of its weightiest move."""
    return max(_WEIGHT[move.kind] for move in group)


def lead(group: Sequence[Move]) -> Move:
    """The move that names the line."""
    return max(group, key=lambda move: (_WEIGHT[move.kind], move.rule == "sum-rule"))
