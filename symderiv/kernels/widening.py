"""`widened`: the same program in wide numbers, which lose nothing on the way: (high + low) * 2**exponent.

Every operation becomes its wide counterpart, one for one, so the program means what it meant. Clamps go: they
keep doubles within their range, and wide numbers leave none. What remains is one rounding at the end.
"""

from __future__ import annotations

from symderiv.errors import UnsupportedError
from symderiv.kernels.constants import LOW, remainder
from symderiv.kernels.program import Builder, Node, Program

PREFIX = "wide_"
"""Begins the names of operations on wide numbers."""
WIDE = frozenset(
    PREFIX + name
    for name in (
        "add sub mul div neg abs sqrt exp expm1 log log1p sin cos arctan arcsin arccos "
        "arcsinh arccosh arctanh hypot power erf erfcx mills select"
    ).split()
)
"""Operations on wide numbers; `widen` makes one of a double, `widen_pair` of two; `rounded` goes back."""
MAKERS = frozenset({"widen", "widen_pair"})


def is_wide(op: str) -> bool:
    """Is the value of the operation a wide number?"""
    return op in WIDE or op in MAKERS


def widened(put: Builder, program: Program) -> int:
    """The place of the program's result, computed in wide numbers. Raises `UnsupportedError`."""
    places: list[int] = []
    for node in program.nodes:
        places.append(_wide(put, node, [places[arg] for arg in node.args], program))
    return put.op("rounded", places[program.result])


def _wide(put: Builder, node: Node, args: list[int], program: Program) -> int:
    if node.op == "input":
        return put.op("widen", put.input(node.name))
    if node.op == "const":
        return _constant(put, node)
    if node.op in ("min", "max"):
        return args[_clamped(node, program)]
    if PREFIX + node.op not in WIDE or node.op == "select":
        raise UnsupportedError(f"{node.op} has no wide counterpart")
    return put.op(PREFIX + node.op, *args)


def _constant(put: Builder, node: Node) -> int:
    if not node.meaning:
        return put.op("widen", put.const(node.value))
    negative = node.meaning.startswith("-(") and node.meaning.endswith(")")
    plain = node.meaning[2:-1] if negative else node.meaning
    if plain.startswith(LOW):
        raise UnsupportedError("a low word has no low word")
    low = remainder(plain)
    low_place = put.const(-low, f"-({LOW}{plain})") if negative else put.const(low, f"{LOW}{plain}")
    return put.op("widen_pair", put.const(node.value, node.meaning), low_place)


def _clamped(node: Node, program: Program) -> int:
    """Which argument a clamp by a number stands for."""
    numbers = [program.nodes[arg].op == "const" for arg in node.args]
    if numbers[0] == numbers[1]:
        raise UnsupportedError("this is no clamp")
    if node.op == "min" and program.nodes[node.args[numbers.index(True)]].value == 0:
        raise UnsupportedError("this carries NaN, and is 0")
    return numbers.index(False)
