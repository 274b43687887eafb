"""Which block holds which value: a block is free again after the last use of its value.

The target is a block like any other, and holds the result in the end: where it is free, intermediate values
live in it, and a kernel touches one array less.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.kernels.program import Program
from symderiv.kernels.widening import is_wide

TARGET = -1
"""The block that the result goes to: the caller's array."""
_APART = frozenset({"select", "patch", "erf", "erfcx", "mills"})
"""Operations whose target must not be one of their arguments, but for the first value of a select."""
_SPARE = frozenset({"erfcx", "mills"})
SCALAR = {"add": "+", "sub": "-", "mul": "*", "div": "/", "neg": "-"}
"""Operations that are written as arithmetic where every argument is a parameter or a constant."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """The block of each computed value, the spare block of those that need one, how many, and the scalars.

    Wide numbers have blocks of their own.
    """

    block: dict[int, int]
    spare: dict[int, int]
    count: int
    scalar: frozenset[int]
    wide: dict[int, int]
    wide_count: int


def scalars(program: Program, variable: str) -> frozenset[int]:
    """The operations on parameters and constants alone."""
    plain: set[int] = set()
    found: set[int] = set()
    for place, node in enumerate(program.nodes):
        if node.op == "const" or (node.op == "input" and node.name != variable):
            plain.add(place)
        elif node.op in SCALAR and all(arg in plain or arg in found for arg in node.args):
            found.add(place)
    return frozenset(found)


def allocate(program: Program, variable: str) -> Allocation:
    """Blocks by liveness; that of the result is `TARGET`, the scratch blocks are numbered from 0."""
    scalar = scalars(program, variable)
    last: dict[int, int] = {}
    for place, node in enumerate(program.nodes):
        for arg in node.args:
            last[arg] = place
    block: dict[int, int] = {}
    spare: dict[int, int] = {}
    free: list[int] = []
    count = 0
    wide, wide_count = allocate_wide(program, last)
    for place, node in enumerate(program.nodes):
        if node.op in ("input", "const") or place in scalar:
            continue
        if is_wide(node.op):
            free.extend(sorted({block[arg] for arg in node.args if arg in block and last[arg] == place}))
            free.sort(reverse=True)
            continue
        ending = sorted({block[arg] for arg in node.args if arg in block and last[arg] == place})
        kept = _apart(node.op, [block.get(arg, TARGET) for arg in node.args])
        free.extend(one for one in ending if one not in kept)
        if node.op in _SPARE:
            spare[place], count = _take(free, count)
        block[place], count = _take(free, count)
        free.extend(one for one in ending if one in kept)
        if place in spare:
            free.append(spare[place])
        free.sort(reverse=True)
    result = block.get(program.result, count)
    number = {old: old - (old > result) for old in range(count)} | {result: TARGET}
    return Allocation(
        {place: number[one] for place, one in block.items()},
        {place: number[one] for place, one in spare.items()},
        count - (result < count),
        scalar,
        wide,
        wide_count,
    )


def allocate_wide(program: Program, last: dict[int, int]) -> tuple[dict[int, int], int]:
    """Blocks for wide numbers: none of an operation's arguments may be its target."""
    block: dict[int, int] = {}
    free: list[int] = []
    count = 0
    for place, node in enumerate(program.nodes):
        ending = sorted({block[arg] for arg in node.args if arg in block and last[arg] == place})
        if is_wide(node.op):
            block[place], count = _take(free, count)
        free = sorted([*free, *ending], reverse=True)
    return block, count


def _apart(op: str, blocks: list[int]) -> set[int]:
    """The blocks of arguments that must not be the target; a select may overwrite its first value."""
    if op not in _APART:
        return set()
    if op in ("select", "patch") and blocks[1] not in (blocks[0], blocks[2]):
        return {blocks[0], blocks[2]}
    return set(blocks)


def _take(free: list[int], count: int) -> tuple[int, int]:
    if free:
        return free.pop(), count
    return count, count + 1
