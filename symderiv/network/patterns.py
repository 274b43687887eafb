"""Formulas up to the names in them: `w_1*x_1` and `w_2*x_2` have the same pattern.

What is proved of a pattern holds for every formula that has it: names are free, and all of them real.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from symderiv.notation.term import Term, sym
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
