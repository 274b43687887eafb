"""Slips with numbers: cut off instead of rounded, miscalculated, or one of the numbers left out."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.check.literals import literal
from symderiv.check.numbers import agrees, number, rounded, shown, slips
from symderiv.check.slips.algebra import simple
from symderiv.check.slips.probe import Values
from symderiv.check.slips.wrong import Guess, Wrong, negated, paths, times
from symderiv.notation.term import Term, neg, num


def _printed(text: str) -> Term:
    return neg(num(text[1:])) if text.startswith("-") else num(text)


def rounding(wrong: Wrong) -> Iterator[Guess]:
    """The last digit is wrong by less than one: cut off, or rounded from a rounded number."""
    true = number(wrong.judge.plain(wrong.knowledge.with_values(wrong.a)))
    if true is not None and literal(wrong.right) is not None and slips(true, wrong.right):
        yield Guess(_printed(rounded(true, wrong.right)))


def arithmetic(wrong: Wrong) -> Iterator[Guess]:
    """A number that does not follow from the numbers on the left."""
    true = number(wrong.judge.plain(wrong.knowledge.with_values(wrong.a)))
    if true is not None:
        if literal(wrong.right) is not None:
            yield Guess(_printed(rounded(true, wrong.right)))
            exact = true.unique_fmpz()
            if exact is not None:
                yield Guess(num(int(exact)))
        return
    for need in wrong.needs():
        if need.part.kind != "number" or need.inside != "add":
            continue
        value = simple(need.wants)
        if value is not None:
            yield Guess(wrong.right.replace_at(need.path, num(value)))


def sign_of_figures(wrong: Wrong) -> Iterator[Guess]:
    """A plus for a minus between numbers; or the result is that of the left side with another sign."""
    right = wrong.right
    if literal(right) is not None:
        yield from _with_other_sign(wrong)
    yield Guess(negated(right))
    for path, node in paths(right, 20):
        if node.kind == "add" or (node.kind == "call" and len(node.args) == 1):
            for k, arg in enumerate(node.args):
                yield Guess(right.replace_at((*path, k), negated(arg)))


def _with_other_sign(wrong: Wrong) -> Iterator[Guess]:
    true = number(wrong.judge.plain(wrong.knowledge.with_values(wrong.a)))
    digits = sum(letter.isdigit() for letter in str(wrong.right).lstrip("-0."))
    if true is None or digits < 2:
        return  # one digit is met by chance
    for path, node in paths(wrong.left, 20):
        if node.kind == "add":
            for k, arg in enumerate(node.args):
                other = number(wrong.left.replace_at((*path, k), negated(arg)))
                if other is not None and agrees(other, wrong.right):
                    yield Guess(_printed(rounded(true, wrong.right)))


def factor_of_figures(wrong: Wrong) -> Iterator[Guess]:
    """One factor of a product of letters is not among the numbers."""
    left, right = wrong.left, wrong.right
    if left.kind != "mul" or literal(right) is not None:
        return
    written = len(right.args) if right.kind == "mul" else 1
    if written != len(left.args) - 1:
        return
    for factor in left.args:
        values: Values | None = wrong.values(factor)
        known = None if values is None else simple(values)
        if known is not None and abs(known) != 1:
            yield Guess(times(num(known), right))
        elif values is not None:
            ball = number(wrong.judge.plain(wrong.knowledge.with_values(wrong.knowledge.expand(factor))))
            if ball is not None:
                yield Guess(times(_printed(shown(ball, 3)), right))
