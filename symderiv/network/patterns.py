"""Formulas up to the names in them: `w_1*x_1` and `w_2*x_2` have the same pattern.

What is proved of a pattern holds for every formula that has it: names are free, and all of them real.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from symderiv.derive.algebra import literal
from symderiv.notation.term import ZERO, Term, add, num, sym
from symderiv.prove import Verdict

_WORD = re.compile(r"[A-Za-z_]\w*")


def pattern(*terms: Term, keep: Collection[str] = ()) -> tuple[tuple[Term, ...], dict[str, str]]:
    """The terms with names x1, x2, ... in the order of appearance, and the name that each stands for.

    The names in `keep`, of which something is assumed, stay.
    """
    names: dict[str, str] = {}
    for term in terms:
        for node in term.walk():
            if node.kind == "symbol" and node.name not in keep:
                names.setdefault(node.name, f"_x{len(names) + 1}")
    return tuple(renamed(term, names) for term in terms), {new: old for old, new in names.items()}


def renamed(term: Term, names: Mapping[str, str]) -> Term:
    """The term with other names, bound ones included. `names` must tell them apart."""

    def visit(node: Term) -> Term | None:
        return sym(names.get(node.name, node.name)) if node.kind == "symbol" else None

    return term.rebuild(visit)


def restored(verdict: Verdict, names: Mapping[str, str]) -> Verdict:
    """A verdict on a pattern, told in the names of the formula."""

    def told(text: str) -> str:
        return _WORD.sub(lambda match: names.get(match[0], match[0]), text)

    witness = verdict.witness
    if witness is not None:
        witness = tuple(sorted((told(name), value) for name, value in witness))
    return replace(verdict, witness=witness, conditions=tuple(map(told, verdict.conditions)))


def written_out(term: Term) -> Term:
    """Every sum between numbers as its terms, places and δ of numbers as numbers."""
    if term.kind == "sum":
        body, bound, low, high = term.args
        first, last = literal(low), literal(high)
        if first is None or last is None:
            return term
        parts = [written_out(body.substitute({bound.name: num(k)})) for k in range(int(first), int(last) + 1)]
        return parts[0] if len(parts) == 1 else add(*parts) if parts else ZERO
    if not term.args:
        return term
    args = tuple(map(written_out, term.args))
    values = [literal(arg) for arg in args]
    if term.kind == "index":
        places = (arg if v is None else num(v) for arg, v in zip(args[1:], values[1:], strict=True))
        return term.with_args(args[0], *places)
    if term.kind == "call" and term.name == "delta" and None not in values:
        return num(int(values[0] == values[1]))
    return term.with_args(*args)
