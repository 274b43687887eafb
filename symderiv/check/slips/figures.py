"""Slips with numbers: cut off instead of rounded, or miscalculated."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.check.knowledge import literal
from symderiv.check.numbers import number, rounded, slips
from symderiv.check.slips.wrong import Wrong
from symderiv.notation.term import Term, add, neg, num


def _printed(text: str) -> Term:
    return neg(num(text[1:])) if text.startswith("-") else num(text)


def rounding(wrong: Wrong) -> Iterator[Term]:
    """The last digit is wrong by less than one: cut off, or rounded from a rounded number."""
    true = number(wrong.judge.plain(wrong.knowledge.with_values(wrong.a)))
    if true is not None and literal(wrong.right) is not None and slips(true, wrong.right):
        yield _printed(rounded(true, wrong.right))


def arithmetic(wrong: Wrong) -> Iterator[Term]:
    """A number that does not follow from the numbers on the left."""
    true = number(wrong.judge.plain(wrong.knowledge.with_values(wrong.a)))
    if true is not None:
        if literal(wrong.right) is not None:
            yield _printed(rounded(true, wrong.right))
            exact = true.unique_fmpz()
            if exact is not None:
                yield num(int(exact))
        return
    gap = wrong.gap()
    right = wrong.right
    if gap is None or right.kind != "add":
        return
    for k, arg in enumerate(right.args):
        value = literal(arg)
        if value is not None:
            corrected = value + gap
            rest = [
                *right.args[:k],
                num(corrected) if corrected >= 0 else neg(num(-corrected)),
                *right.args[k + 1 :],
            ]
            yield add(*rest)
