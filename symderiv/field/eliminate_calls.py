"""How each built-in function of the notation is made of the generators of a `Place`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from symderiv.field import eliminate_jets as jets
from symderiv.field.eliminate_jets import PRIME, Jet
from symderiv.notation.term import call, const, num

if TYPE_CHECKING:
    from symderiv.field.eliminate_place import Place


def _hyperbolic(place: Place, u: Jet) -> tuple[Jet, Jet]:
    """(cosh u, sinh u) from e^u."""
    up = place.exponential(u)
    down = jets.reciprocal(up)
    return jets.half((up + down) % PRIME), jets.half((up - down) % PRIME)


def _tanh(place: Place, u: Jet) -> Jet:
    square = place.exponential(2 * u % PRIME)
    one = jets.constant(1, u)
    return jets.product((square - one) % PRIME, place.inverse((square + one) % PRIME))


def _area(sign: int) -> Callable[[Place, Jet], Jet]:
    def area(place: Place, u: Jet) -> Jet:
        one = jets.constant(1, u)
        root = place.root((jets.product(u, u) + sign * one) % PRIME, Fraction(1, 2))
        return place.logarithm((u + root) % PRIME, call("asinh", num(len(place.logarithms))))

    return area


def _atanh(place: Place, u: Jet) -> Jet:
    one = jets.constant(1, u)
    word = num(len(place.logarithms))
    upper = place.logarithm((one + u) % PRIME, call("atanh", word))
    return jets.half((upper - place.logarithm((one - u) % PRIME, call("atanh", word))) % PRIME)


def _quarter(place: Place) -> Jet:
    return jets.half(place.atom(const("pi")))


CALLS: dict[str, Callable[[Place, Jet], Jet]] = {
    "exp": lambda p, u: p.exponential(u),
    "log": lambda p, u: p.logarithm(u, num(len(p.atoms))),
    "sqrt": lambda p, u: p.root(u, Fraction(1, 2)),
    "cosh": lambda p, u: _hyperbolic(p, u)[0],
    "sinh": lambda p, u: _hyperbolic(p, u)[1],
    "tanh": _tanh,
    "sech": lambda p, u: p.inverse(_hyperbolic(p, u)[0]),
    "csch": lambda p, u: p.inverse(_hyperbolic(p, u)[1]),
    "coth": lambda p, u: p.inverse(_tanh(p, u)),
    "cos": lambda p, u: p.circle(u)[0],
    "sin": lambda p, u: p.circle(u)[1],
    "tan": lambda p, u: jets.product(p.circle(u)[1], p.inverse(p.circle(u)[0])),
    "cot": lambda p, u: jets.product(p.circle(u)[0], p.inverse(p.circle(u)[1])),
    "sec": lambda p, u: p.inverse(p.circle(u)[0]),
    "csc": lambda p, u: p.inverse(p.circle(u)[1]),
    "asinh": _area(1),
    "acosh": _area(-1),
    "atanh": _atanh,
    "atan": lambda p, u: p.inverse_angle(u, "atan"),
    "asin": lambda p, u: p.inverse_angle(u, "asin"),
    "acos": lambda p, u: (_quarter(p) - p.inverse_angle(u, "asin")) % PRIME,
    "erf": lambda p, u: p.error(u),
    "erfc": lambda p, u: (jets.constant(1, u) - p.error(u)) % PRIME,
}
"""How each built-in function is made of generators."""
