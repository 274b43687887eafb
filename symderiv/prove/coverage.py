"""Where a piecewise formula has a value: the signs of its borders that no case covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from symderiv.notation.term import Term, add, neg

_MAX_BORDERS = 4
_HOLDS = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1), "==": (0,), "!=": (-1, 1)}
_REST = {(0,): ("!=", 1), (-1,): (">=", 1), (1,): (">=", -1), (-1, 0): (">", 1), (0, 1): (">", -1)}

Border = tuple[Term, Term]


def uncovered(term: Term) -> Iterator[tuple[str, Term]]:
    """`!= 0`, `> 0` or `>= 0` with the differences that must be so, or no case of the term applies."""
    conditions = [part.args[1] for part in term.args]
    if any(condition.kind == "true" for condition in conditions):
        return
    borders = _borders(conditions)
    if not borders or len(borders) > _MAX_BORDERS:
        return
    free: dict[Border, set[int]] = {border: set() for border in borders}
    for signs in product((-1, 0, 1), repeat=len(borders)):
        pattern = dict(zip(borders, signs, strict=True))
        if any(_applies(condition, pattern) for condition in conditions):
            for border, sign in pattern.items():
                free[border].add(sign)
    for (left, right), signs_met in free.items():
        missing = tuple(sorted({-1, 0, 1} - signs_met))
        if missing in _REST:
            relation, direction = _REST[missing]
            yield relation, add(left, neg(right)) if direction > 0 else add(right, neg(left))


def _borders(conditions: list[Term]) -> list[Border]:
    found: dict[Border, None] = {}
    for condition in conditions:
        for node in condition.walk():
            if node.kind == "relation" and node.args[::-1] not in found:
                found[node.args[0], node.args[1]] = None
    return list(found)


def _applies(condition: Term, pattern: Mapping[Border, int]) -> bool:
    match condition.kind:
        case "and":
            return all(_applies(part, pattern) for part in condition.args)
        case "or":
            return any(_applies(part, pattern) for part in condition.args)
        case "relation":
            left, right = condition.args
            sign = pattern[left, right] if (left, right) in pattern else -pattern[right, left]
            return sign in _HOLDS[condition.name]
    return True
