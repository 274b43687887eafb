r"""How the names and numbers of a network look on a page.

`z1` is shown as `z_1`, a matrix `w1[j, k]` with its layer as `w^{(1)}_{jk}`; ∂L/∂z is `\delta_z`. Numbers
have six digits, each of them true; a number that ends earlier is shown as it is. A line of numbers has as
many digits as it needs to come to what stands on the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from symderiv.derive.properties_constants import digits, rounded
from symderiv.network.lettering import Lettering
from symderiv.network.model import Place
from symderiv.network.values import fraction
from symderiv.notation.term import Term, index, num, sym
from symderiv.prove.balls import Number
from symderiv.sheet.document import Formula
from symderiv.sheet.sections.numeric import parse

DIGITS = 6


class Shown(Lettering):
    """The looks of one worked network."""

    def entry(self, name: str, place: Place) -> Term:
        """One entry of a name, shown."""
        base = sym(name)
        return self.term(index(base, *map(num, place)) if place else base)


@dataclass(frozen=True, slots=True)
class Figures:
    """A number as it is shown, and whether digits were left away."""

    term: Term
    rounded: bool

    @property
    def tail(self) -> Formula:
        """`= 0.25` or `≈ 0.562177`."""
        return ("≈" if self.rounded else "=", self.term)


def figures(number: Number, count: int = DIGITS) -> Figures:
    """The digits of a number. Where nothing is known but that it is tiny, 0."""
    exact = fraction(number)
    if exact is not None:
        text = rounded(exact, count)
        shown = parse(text)
        return Figures(shown, rounded=Fraction(text) != exact)
    assert not isinstance(number, fmpq)
    text = digits(number, count)
    return Figures(parse(text or "0"), rounded=True)
