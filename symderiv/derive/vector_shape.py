"""Which expressions are components of a vector function: z[i] with a free index i."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.errors import UnsupportedError
from symderiv.notation.term import Term

_USUAL = ("z", "x", "a", "u")


@dataclass(frozen=True, slots=True)
class VectorShape:
    """The vector, the free index of its component (none for a number), the size that the sums run to."""

    variable: str
    index: str
    size: str


def vector_shape(term: Term, wrt: str | None = None) -> VectorShape | None:
    """The shape of an expression with a free index, None for a scalar expression.

    `wrt` names the vector where there are several. Where every index is summed over, the expression is a
    number made of a vector. Raises `UnsupportedError` where more than one index is free.
    """
    entries = [node for node in term.walk() if node.kind == "index" and _base(node)]
    bases = {_base(node) for node in entries}
    if not entries or (wrt is not None and wrt not in bases):
        return None
    sums = [node for node in term.walk() if node.kind == "sum"]
    sizes = [node.args[3].name for node in sums if node.args[3].kind == "symbol"]
    places = {name for node in entries for at in node.args[1:] for name in at.free_symbols()}
    free = places - {node.args[1].name for node in sums} - set(sizes)
    if len(free) > 1 or (not free and not sizes):
        raise UnsupportedError(
            "a component of a vector function has one free index",
            hint="write the component, as in exp(z[i])/Sum(exp(z[k]), k, 1, n)",
        )
    usual = [name for name in _USUAL if name in bases]
    variable = wrt or (usual[0] if usual else min(bases))
    size = sizes[0] if sizes else next(c for c in ("n", "m", "N") if c not in term.free_symbols())
    return VectorShape(variable, min(free, default=""), size)


def _base(entry: Term) -> str:
    """z for z[i] and for softmax(z)[i]; empty for anything else."""
    base = entry.args[0]
    if base.kind == "call" and len(base.args) == 1:
        base = base.args[0]
    return base.name if base.kind == "symbol" else ""
