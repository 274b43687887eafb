"""Slips of place: what holds on one side of a kink only, or only where a root or a logarithm allows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symderiv.check.slips.wrong import Wrong
from symderiv.notation.term import TRUE, ZERO, Term, case, piecewise, relation, sym

if TYPE_CHECKING:
    from symderiv.meaning.assumptions import Assumption

_KINKS = frozenset({"Abs", "Max", "Min", "sign"})
_HALVES: tuple[tuple[Assumption, str, str], ...] = (
    ("nonnegative", ">=", "<"),
    ("positive", ">", "<"),
    ("negative", "<", ">"),
)


def dropped_case(wrong: Wrong) -> Iterator[Term]:
    """One case of a function that has several."""
    if _has_kink(wrong):
        for name, sign, there in _halves(wrong):
            here = sign.rstrip("=") if wrong.left.kind != "call" or wrong.left.order else sign
            for other in (ZERO, wrong.left):
                yield piecewise(
                    case(wrong.right, relation(here, sym(name), ZERO)),
                    case(other, TRUE if other is wrong.left else relation(there, sym(name), ZERO)),
                )


def domain(wrong: Wrong) -> Iterator[Term]:
    """True on a part of the real line only."""
    if not _has_kink(wrong):
        for name, here, _ in _halves(wrong):
            yield piecewise(case(wrong.right, relation(here, sym(name), ZERO)), case(wrong.left, TRUE))


def _has_kink(wrong: Wrong) -> bool:
    term = wrong.judge.plain(wrong.a)
    return any(node.kind == "piecewise" or node.name in _KINKS for node in term.walk())


def _halves(wrong: Wrong) -> Iterator[tuple[str, str, str]]:
    """Letters and the half of the line on which the step is proved."""
    if wrong.conditions:
        return
    for name in sorted(wrong.a.free_symbols() | wrong.b.free_symbols())[:3]:
        for assumption, here, there in _HALVES:
            if not wrong.may_hold({name: assumption}):
                continue
            if wrong.judge.prover({name: assumption}).prove(wrong.a, wrong.b).status == "proved":
                yield name, here, there
                break
