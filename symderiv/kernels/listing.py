"""`listing`: a program as a short NumPy function for readers; `single`: the program that it shows.

The listing computes what the program computes, operation by operation; what is used twice has a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import sympy
from sympy import Symbol

from symderiv.kernels import balls, numbers
from symderiv.kernels.constants import LOW
from symderiv.kernels.points import grid
from symderiv.kernels.program import Node, Program
from symderiv.kernels.search import Compiled, searched
from symderiv.kernels.tidying import tidied

POINTS = (96, 32)
"""Magnitudes, and points in each active range: enough to tell the arrangements apart."""
_WIDTH = 56
_SIGNS = {"add": ("+", 1), "sub": ("-", 1), "mul": ("*", 2), "div": ("/", 2)}
_STEMS = {"exp": "e", "expm1": "m", "abs": "a", "mask": "below", "log1p": "l", "log": "l", "erfcx": "w"}
_NAMES = {
    **{name: f"np.{name}" for name in "exp expm1 log log1p sin cos arctan arcsin arccos sqrt hypot".split()},
    **{name: f"np.{name}" for name in "arcsinh arccosh arctanh abs clip power".split()},
    "min": "np.minimum",
    "max": "np.maximum",
    "mask": "np.signbit",
    "select": "np.where",
    "patch": "np.where",
    "erfcx": "erfcx",
}
_TOP = 3


def single(expr: sympy.Expr, variable: Symbol, parameters: Mapping[str, float]) -> Compiled:
    """The program for single precision, found at few points and with correctly rounded functions.

    So it is the same on every machine. Raises `UnsupportedError` where there is none.
    """
    with numbers.correctly_rounded():
        found = searched(expr, variable, parameters, grid(*POINTS))
    return Compiled(tidied(found.program), found.reference, found.ways, found.bound)


def listing(program: Program, name: str, variable: str, parameters: Mapping[str, float]) -> str:
    """A function of NumPy (and SciPy's erfcx) as text."""
    writer = _Writer(program, {variable, *parameters, "np", "erfcx"})
    body = writer.body()
    given = "".join(f", {key}={value!r}" for key, value in parameters.items())
    scaled = any(node.op in ("erfcx", "mills") for node in program.nodes)
    imports = ["import numpy as np", *(["from scipy.special import erfcx"] if scaled else [])]
    return "\n".join([*imports, "", "", f"def {name}({variable}{given}):", *(f"    {line}" for line in body)])


class _Writer:
    """`texts` holds each value as an expression with the rank of its outermost sign."""

    def __init__(self, program: Program, taken: set[str]) -> None:
        self.program, self.taken = program, set(taken)
        self.uses = Counter(arg for node in program.nodes for arg in node.args)
        self.texts: list[tuple[str, int]] = []

    def body(self) -> list[str]:
        """The lines, the last of which returns the result."""
        lines: list[str] = []
        for place, node in enumerate(self.program.nodes):
            text, rank = self.expression(node)
            many = self.uses[place] > 1 or len(text) > _WIDTH
            if node.op not in ("input", "const") and many and place != self.program.result:
                short = self.name(_STEMS.get(node.op, "t"))
                lines.append(f"{short} = {text}")
                text, rank = short, _TOP
            self.texts.append((text, rank))
        return [*lines, f"return {self.texts[self.program.result][0]}"]

    def name(self, stem: str) -> str:
        """A name that is free."""
        found, count = stem, 1
        while found in self.taken:
            count += 1
            found = f"{stem}{count}"
        self.taken.add(found)
        return found

    def expression(self, node: Node) -> tuple[str, int]:
        """One operation on the texts of its arguments."""
        if node.op == "input":
            return node.name, _TOP
        if node.op == "const":
            return _number(node)
        args = [self.texts[place] for place in node.args]
        if node.op in _SIGNS:
            return _pair(node.op, args[0], args[1])
        if node.op == "neg":
            return f"-{_in(args[0], 2)}", 1
        if node.op == "negabs":
            return f"-np.abs({args[0][0]})", 1
        if node.op == "mills":
            return f"erfcx({_in(args[0], 2)}/np.sqrt(2))", _TOP
        return f"{_NAMES[node.op]}({', '.join(text for text, _ in args)})", _TOP


def _pair(op: str, left: tuple[str, int], right: tuple[str, int]) -> tuple[str, int]:
    """a + b and the like, in the very order of the program: what stands on the right is in brackets."""
    sign, rank = _SIGNS[op]
    negative = _is_negative(right)
    if op == "add" and negative:
        sign, right = "-", (right[0][1:], _TOP)
    elif op in ("add", "mul") and ((right[1] == rank < left[1]) or negative):
        left, right = right, left
    space = " " if rank == 1 else ""
    first = left[0] if _is_negative(left) else _in(left, rank)
    return f"{first}{space}{sign}{space}{_in(right, rank + 1)}", rank


def _is_negative(part: tuple[str, int]) -> bool:
    """Is it a number below zero?"""
    return part[1] == 1 and part[0][:1] == "-" and part[0][1:2].isdigit() and " " not in part[0]


def _in(part: tuple[str, int], rank: int) -> str:
    """The text, in brackets where its sign binds less, or where it begins with one."""
    text, own = part
    return f"({text})" if own < rank or (text.startswith("-") and rank > 1) else text


def _number(node: Node) -> tuple[str, int]:
    """A constant, a whole number without its point."""
    value = node.value
    text = str(int(value)) if value.is_integer() and abs(value) < 1e6 else repr(value)
    assert not node.meaning.startswith(LOW)
    return text, 1 if text.startswith("-") else _TOP


def worst(found: Compiled, variable: str, parameters: Mapping[str, float]) -> tuple[float, int]:
    """The worst ULP in float32 of the program, computed in float64 and rounded; and at how many points."""
    points = grid(2 * POINTS[0], 2 * POINTS[1], seed=1)
    points = points[np.abs(points) <= balls.LARGEST["float32"]]
    exact = balls.table(found.reference, points, parameters, variable)
    with numbers.correctly_rounded(), np.errstate(all="ignore"):
        values = numbers.run(found.program, {**parameters, variable: points})
        rounded = np.broadcast_to(values, points.shape).astype(np.float32).astype(np.float64)
    digits, lowest = balls.FORMATS["float32"]
    return float(balls.ulps(rounded, exact, digits, lowest).max()), len(points)
