"""The gradient check: (L(w + h) - L(w - h))/(2h) beside ∂L/∂w, with h = 2^-40, in 320 bits or more.

The quotient knows no rule of calculus: it uses the equations alone, and so confirms the derivatives
independently. Its own error is of the order of h².
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, fmpq

from symderiv.field.constants import precision
from symderiv.network.entries import Entries
from symderiv.network.model import Place, key
from symderiv.network.values import Numbers, ball
from symderiv.prove.balls import NoValueError, Number

STEP_POWER = 40
BITS = 320
MOST_ENTRIES = 600
"""So many entries are checked one by one; of more, so many at even distances."""
_CLOSE = fmpq(1, 10**15)
"""A relative distance that rounding and h² explain, and a wrong rule does not."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """One entry of a parameter: the derivative, the quotient (None where the loss has no value nearby),
    their distance relative to the larger, and whether that is small.
    """

    name: str
    place: Place
    derivative: Number
    quotient: arb | None
    error: arb | None
    agrees: bool


def bits_of(numbers: Numbers) -> int:
    """The precision of the check: more than the values themselves needed."""
    return max(BITS, 2 * numbers.bits)


def quotients(entries: Entries, numbers: Numbers) -> tuple[Quotient, ...]:
    """The check of every entry, or of many of them."""
    every = [(name, place) for name, values in numbers.gradients.items() for place in values]
    stride = -(-len(every) // MOST_ENTRIES)
    with precision(bits_of(numbers)):
        base = entries.values(entries.given)
        return tuple(
            _check(entries, base, name, place, numbers.gradients[name][place])
            for name, place in every[::stride]
        )


def _check(
    entries: Entries, base: dict[str, Number], name: str, place: Place, derivative: Number
) -> Quotient:
    moved = key(name, place)
    step = fmpq(1, 2**STEP_POWER)
    affected = entries.below(moved)
    try:
        high, low = (
            entries.values({**base, moved: base[moved] + way * step}, affected)[entries.loss]
            for way in (1, -1)
        )
    except NoValueError:
        return Quotient(name, place, derivative, None, None, agrees=False)
    quotient = ball((high - low) / (2 * step))
    exact = ball(derivative)
    larger = abs(quotient).max(abs(exact))
    distance = abs(quotient - exact)
    if larger < arb(2) ** (-BITS // 2):
        return Quotient(name, place, derivative, quotient, arb(0), agrees=True)
    error = distance / larger
    return Quotient(name, place, derivative, quotient, error, bool(error < ball(_CLOSE)))
