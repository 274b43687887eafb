"""Slips of place: what holds on one side of a kink only, or only where a root or a logarithm allows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symderiv.check.slips.wrong import Guess, Wrong, negated, paths
from symderiv.notation.term import TRUE, ZERO, Term, call, case, piecewise, relation, sym

if TYPE_CHECKING:
    from symderiv.meaning.assumptions import Assumption

_KINKS = frozenset({"Abs", "Max", "Min", "sign"})
_HALVES: tuple[tuple[Assumption, str, str], ...] = (
    ("nonnegative", ">=", "<"),
    ("positive", ">", "<"),
    ("negative", "<", ">"),
)


def dropped_case(wrong: Wrong) -> Iterator[Guess]:
    """One case of a function that has several; who writes cases has not dropped them."""
    if _has_kink(wrong) and not any(node.kind == "piecewise" for node in wrong.right.walk()):
        for name, sign, there in _halves(wrong):
            here = sign.rstrip("=") if wrong.left.kind != "call" or wrong.left.order else sign
            for other in _others(wrong):
                yield Guess(
                    piecewise(
                        case(wrong.right, relation(here, sym(name), ZERO)),
                        case(other, TRUE if other is wrong.left else relation(there, sym(name), ZERO)),
                    )
                )


def _others(wrong: Wrong) -> Iterator[Term]:
    """What may hold on the other side of the kink."""
    yield from (ZERO, negated(wrong.right))
    cases = [node for node in wrong.judge.plain(wrong.a).walk() if node.kind == "case"]
    yield from dict.fromkeys(node.args[0] for node in cases[:6] if node.args[0].kind != "piecewise")
    yield wrong.left


def domain(wrong: Wrong) -> Iterator[Guess]:
    """True on a part of the real line only."""
    if _has_kink(wrong):
        return
    for name, here, _ in _halves(wrong):
        for path, node in paths(wrong.right, 20):
            if name in node.free_symbols():
                yield Guess(wrong.right.replace_at(path, call("Abs", node)))
        yield Guess(
            piecewise(case(wrong.right, relation(here, sym(name), ZERO)), case(wrong.left, TRUE)), 0.1
        )


def _has_kink(wrong: Wrong) -> bool:
    term = wrong.judge.plain(wrong.a)
    return any(node.kind == "piecewise" or node.name in _KINKS for node in term.walk())


def _halves(wrong: Wrong) -> Iterator[tuple[str, str, str]]:
    """Letters, also those with a formula, and the half of the line on which the step is proved."""
    if wrong.conditions:
        return
    sides = [(wrong.a, wrong.b)]
    if not any(node.kind == "diff" or node.order for node in (*wrong.left.walk(), *wrong.right.walk())):
        sides.append((wrong.left, wrong.right))
    for a, b in dict.fromkeys(sides):
        for name in sorted(a.free_symbols() | b.free_symbols())[:3]:
            for assumption, here, there in _HALVES:
                if not wrong.may_hold({name: assumption}, a, b):
                    continue
                if wrong.judge.prover({name: assumption}).prove(a, b).status == "proved":
                    yield name, here, there
                    break
