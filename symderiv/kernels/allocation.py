"""Which scratch block holds which value: a block is free again after the last use of its value.

Block 0 is only ever written by the last operation, so that the caller may pass it as the target.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.kernels.program import Program

_APART = frozenset({"select", "patch", "erfcx", "mills", "mask"})
"""Operations whose target must not be one of their arguments."""
_SPARE = frozenset({"erfcx", "mills"})
SCALAR = {"add": "+", "sub": "-", "mul": "*", "div": "/", "neg": "-"}
"""Operations that are written as arithmetic where every argument is a parameter or a constant."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """The block of each computed value, the spare block of those that need one, how many, and the scalars."""

    block: dict[int, int]
    spare: dict[int, int]
    count: int
    scalar: frozenset[int]


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
    """Blocks by liveness; the result has none (it goes to the target)."""
    scalar = scalars(program, variable)
    last: dict[int, int] = {}
    for place, node in enumerate(program.nodes):
        for arg in node.args:
            last[arg] = place
    block: dict[int, int] = {}
    spare: dict[int, int] = {}
    free: list[int] = []
    count = 1
    for place, node in enumerate(program.nodes):
        if node.op in ("input", "const") or place in scalar:
            continue
        ending = sorted({block[arg] for arg in node.args if arg in block and last[arg] == place})
        if node.op not in _APART:
            free.extend(ending)
            ending = []
        if node.op in _SPARE:
            spare[place], count = _take(free, count)
        if place != program.result:
            block[place], count = _take(free, count)
        free.extend(ending)
        if place in spare:
            free.append(spare[place])
        free.sort(reverse=True)
    return Allocation(block, spare, count, scalar)


def _take(free: list[int], count: int) -> tuple[int, int]:
    if free:
        return free.pop(), count
    return count, count + 1
