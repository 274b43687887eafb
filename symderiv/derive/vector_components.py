"""Vectors and matrices as formulas, and their components: (diag(s) - s sᵀ)[i, j] = δ(i, j) s[i] - s[i] s[j].

`vector_of` drops an index where that has a meaning (z[i] is z, products are ⊙, functions act on each
component); `component` puts it back, and that is what is proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symderiv.derive.algebra import literal
from symderiv.derive.vector_moves import fresh_letter
from symderiv.notation.term import ONE, Term, call, div, index, mul, num, sym, total

IDENTITY = sym("I")
ONES = sym("one")
"""The identity matrix and the vector of ones, as they are named in formulas."""
LATEX_SYMBOLS = {"I": "I", "one": r"\mathbf{1}"}
"""How the LaTeX writer should show these names."""


@dataclass(frozen=True)
class Space:
    """Which letters stand for vectors, what they mean, and the size."""

    vectors: Mapping[str, Term]
    size: str

    def entry(self, name: str, at: Term) -> Term:
        """The component of a letter: of softmax(z) for s, of itself for g."""
        meaning = self.vectors[name]
        return index(meaning, at)


def vector_of(term: Term, at: Term, space: Space) -> Term | None:
    """The vector whose component `at` is the term; None where that cannot be written."""
    if at.name not in term.free_symbols():
        return term
    if term.kind == "index":
        for name, meaning in space.vectors.items():
            if index(meaning, at) == term:
                return sym(name)
        base = term.args[0]
        return base if base.kind == "symbol" and term == index(base, at) else None
    inner = [vector_of(arg, at, space) for arg in term.args]
    parts = [part for part in inner if part is not None]
    if len(parts) < len(inner):
        return None
    varying = [part for part, arg in zip(parts, term.args, strict=True) if at.name in arg.free_symbols()]
    if term.kind == "mul":
        scalars = [p for p, arg in zip(parts, term.args, strict=True) if at.name not in arg.free_symbols()]
        vector = varying[0]
        for part in varying[1:]:
            vector = call("hadamard", vector, part)
        return mul(*scalars, vector) if scalars else vector
    if term.kind == "pow" and literal(term.args[1]) == 2:
        return call("hadamard", parts[0], parts[0])
    if term.kind == "div" and at.name not in term.args[1].free_symbols():
        return div(*parts)
    if term.kind in ("add", "neg") or (term.kind == "call" and term.name != "delta"):
        return term.with_args(*parts)
    return None


def component(term: Term, at: Term, space: Space) -> Term:
    """The component of a vector formula; a scalar stands for itself in every component."""
    if term == ONES:
        return ONE
    if term.kind == "symbol":
        return space.entry(term.name, at) if term.name in space.vectors else term
    if term.kind == "call" and term.name == "hadamard":
        return mul(*(component(arg, at, space) for arg in term.args))
    if term.kind == "call" and term.name == "inner":
        return inner_product(*term.args, space=space)
    if term.kind in ("sum", "number", "constant", "index"):
        return term
    return term.with_args(*(component(arg, at, space) for arg in term.args))


def inner_product(left: Term, right: Term, *, space: Space) -> Term:
    """⟨a, b⟩ = Σ_k a[k] b[k]."""
    taken = left.symbols() | right.symbols() | {space.size, "i", "j"} | frozenset(space.vectors)
    bound = sym(fresh_letter(taken))
    body = mul(component(left, bound, space), component(right, bound, space))
    return total(body, bound, num(1), sym(space.size))


def entry_of_matrix(term: Term, row: Term, column: Term, space: Space) -> Term:
    """The entry of a matrix formula: diag(a), a bᵀ, I, and sums, signs and scalar factors of these."""
    if term == IDENTITY:
        return call("delta", row, column)
    if term.kind == "call" and term.name == "diag":
        return mul(call("delta", row, column), component(term.args[0], row, space))
    if term.kind in ("add", "neg"):
        return term.with_args(*(entry_of_matrix(arg, row, column, space) for arg in term.args))
    if term.kind == "mul":
        return mul(*_entry_of_product(list(term.args), row, column, space))
    if term.kind == "div":
        return div(entry_of_matrix(term.args[0], row, column, space), term.args[1])
    return component(term, row, space)


def _entry_of_product(factors: list[Term], row: Term, column: Term, space: Space) -> list[Term]:
    """Factors before a transposed vector belong to the row; scalars are themselves."""
    found = []
    for factor in factors:
        if factor.kind == "call" and factor.name == "transpose":
            found.append(component(factor.args[0], column, space))
        else:
            found.append(entry_of_matrix(factor, row, column, space))
    return found
