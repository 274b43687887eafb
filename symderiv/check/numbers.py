"""Numbers by their printed digits: is 0.56 what the left side is, to the digits that were written?

A printed number stands for a quantity if it is within half a unit of its last digit. A product of printed
numbers, 0.56 * 0.44, is right if it is exactly the left side once every number in it is replaced by the
quantity that it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from typing import Any, cast

from flint import arb, fmpq

from symderiv.check.literals import half_unit, is_number, literal
from symderiv.errors import SymderivError
from symderiv.field.constants import precision
from symderiv.notation.term import Term, sym
from symderiv.prove.balls import Evaluator, NoValueError, value

_DIGITS = 30
_BITS = 192
_COMBINATIONS = 256
_LITERALS = 8
_CLOSE = Fraction(1, 10**18)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value that printed numbers may stand for, and the roundings of it that have been accepted."""

    value: arb
    printed: tuple[Fraction, ...] = ()


def number(term: Term) -> arb | None:
    """The value of a term without letters."""
    if not is_number(term):
        return None
    try:
        return value(term, {}, digits=_DIGITS)
    except SymderivError:
        return None


def shown(ball: arb, digits: int = 6) -> str:
    """A few digits of a value, as a person writes them."""
    text = ball.str(digits, radius=False)
    if "e" in text and not -5 < int(text.partition("e")[2]) < 16:
        return str(text)
    return format(float(ball), f".{digits}g")


def agrees(ball: arb, printed: Term) -> bool:
    """Whether the value is within half a unit of the last printed digit; ties are right either way."""
    wanted = literal(printed)
    if wanted is None:
        return False
    return _within(ball, wanted, half_unit(printed))


def agrees_about(ball: arb, printed: Term) -> bool:
    """The same behind a sign for `about`: the zeros at the end of a whole number may be no digits."""
    wanted = literal(printed)
    if wanted is None:
        return False
    gap = half_unit(printed)
    while wanted and wanted.denominator == 1 and gap < abs(wanted) and wanted % (20 * gap) == 0:
        gap *= 10
    return _within(ball, wanted, gap)


def near(ball: arb, printed: Term) -> bool:
    """Whether the printed number may be the value with the errors of several roundings in it."""
    wanted = literal(printed)
    return wanted is not None and _within(ball, wanted, 8 * half_unit(printed) + abs(wanted) / 20)


def slips(ball: arb, printed: Term) -> bool:
    """Whether the printed number is off by less than a unit of its last digit: cut off, or rounded twice."""
    wanted = literal(printed)
    if half_unit(printed) >= Fraction(1, 2):
        return False  # a whole number is no rounding
    if wanted is None or agrees(ball, printed):
        return False
    with precision(_BITS):
        return bool(abs(ball - _ball(wanted)) < _ball(2 * half_unit(printed)))


def rounded(ball: arb, like: Term) -> str:
    """The value with as many digits as a printed number has."""
    unit = 2 * half_unit(like)
    with precision(_BITS):
        whole = (ball / _ball(unit) + arb(fmpq(1, 2))).floor().unique_fmpz()
    if whole is None:
        return shown(ball)
    scaled = Fraction(int(whole)) * unit
    digits = max(0, len(str(unit.denominator)) - 1)
    return f"{float(scaled):.{digits}f}" if unit.denominator > 1 else str(scaled)


def _within(ball: arb, wanted: Fraction, gap: Fraction) -> bool:
    with precision(_BITS):
        distance = abs(ball - _ball(wanted))
        return bool(distance <= _ball(gap)) or bool((distance - _ball(gap)).contains(0))


def _ball(number_: Fraction) -> arb:
    return arb(fmpq(number_.numerator, number_.denominator))


def _same(a: arb, b: arb) -> bool:
    return bool(a.overlaps(b)) and bool(abs(a - b) <= (abs(a) + 1) * _ball(_CLOSE))


def stands_for(left: arb, right: Term, quantities: Iterable[Quantity]) -> bool:
    """Whether `right` is `left` once its printed numbers are replaced by what they stand for."""
    printed = list(dict.fromkeys(node for node in right.walk() if node.kind == "number" and "." in node.name))
    if not printed or len(printed) > _LITERALS:
        return False
    known = list(quantities)
    names = {item: sym(f"_printed{place}") for place, item in enumerate(printed)}
    pattern = right.rebuild(names.get)
    with precision(_BITS):
        choices = [[_ball(item.value()), *_standing(item, known)] for item in printed]
        for values in islice(product(*choices), _COMBINATIONS):
            found = _evaluated(pattern, dict(zip((n.name for n in names.values()), values, strict=True)))
            if found is not None and _same(left, found):
                return True
    return False


def _standing(printed: Term, known: list[Quantity]) -> Iterator[arb]:
    """What a printed number may be a rounding of; a minus may stand outside it."""
    wanted, gap = printed.value(), half_unit(printed)
    for quantity in known:
        for sign in (1, -1):
            if _within(sign * quantity.value, wanted, gap) or sign * wanted in quantity.printed:
                yield sign * quantity.value


def _evaluated(pattern: Term, values: dict[str, arb]) -> arb | None:
    evaluator = Evaluator({})
    cast(Any, evaluator.point).update(values)
    try:
        return arb(0) + evaluator.of(pattern)
    except (NoValueError, SymderivError):
        return None


def parts(term: Term) -> Iterator[Quantity]:
    """The values of everything inside a term of numbers."""
    seen: set[Term] = set()
    for node in term.walk():
        if node.kind in {"number", "constant", "neg"} or node in seen:
            continue
        seen.add(node)
        if len(seen) > 60:
            return
        found = number(node)
        if found is not None:
            yield Quantity(found)
