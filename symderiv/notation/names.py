"""The names that plain notation knows by itself: functions, constants, reserved words."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

FUNCTIONS: dict[str, tuple[int, int | None]] = {
    **dict.fromkeys("exp log sqrt sin cos tan sec csc cot sinh cosh tanh sech csch coth".split(), (1, 1)),
    **dict.fromkeys("asinh acosh atanh asin acos atan erf erfc sign Abs".split(), (1, 1)),
    "Max": (1, None),
    "Min": (1, None),
    "delta": (2, 2),
    "diag": (1, 1),
    "transpose": (1, 1),
    "hadamard": (2, 2),
    "inner": (2, 2),
    "norm": (1, 2),
    "det": (1, 1),
    "matrix": (1, None),
    "row": (1, None),
    "given": (2, None),
}
"""Built-in functions with their least and greatest number of arguments."""

ARRAYS = frozenset({"diag", "transpose", "hadamard", "inner", "norm", "det", "matrix", "row", "given"})
"""Built-in functions of vectors, matrices and conditions: no number is computed from them."""

STRUCTURES = ("D", "Sum", "Prod", "At", "limit", "Piecewise")
"""Calls that make a node of their own kind."""

SPELLINGS = {
    "ln": "log",
    "abs": "Abs",
    "max": "Max",
    "min": "Min",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arsinh": "asinh",
    "arcosh": "acosh",
    "artanh": "atanh",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "sgn": "sign",
}
"""Other spellings that are read as a built-in function."""

CONSTANTS = {"pi": "pi", "e": "e", "E": "e"}
"""Names of constants, unless a document declares the name as a symbol."""

COMPLEX_UNIT = "I"
"""What computer algebra calls the complex unit: refused, unless a document declares it as a symbol."""

NO_NUMBERS = frozenset({"oo", "zoo", "inf", "nan"})
"""What computer algebra and floating point call what is no real number: refused like the complex unit."""

LETTERS = frozenset({"delta", "D", "row", "norm", "given", "limit", "matrix", "det"})
"""Names of calls that are symbols where no bracket follows."""

RESERVED = frozenset({"True", "and", "or"})


def suggest(name: str, known: Iterable[str]) -> str | None:
    """`did you mean ...?` for a name close to a known one, else None."""
    lower = {candidate.lower(): candidate for candidate in sorted(known, reverse=True)}
    found = get_close_matches(name.lower(), lower, n=1, cutoff=0.6)
    return f"did you mean {lower[found[0]]!r}?" if found else None
