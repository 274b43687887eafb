"""Numbers: the forward pass and every δ as exact rationals where they last, else as balls around the truth.

What is evaluated are the formulas that were derived. Nothing is rounded before it is shown.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq

from symderiv.errors import NetworkError
from symderiv.field.constants import precision
from symderiv.network.backward import Adjoint, Backward
from symderiv.network.meaning import Meaning
from symderiv.network.model import Network, Node, Place, key
from symderiv.notation.term import Term, num
from symderiv.prove.balls import Evaluator, NoValueError, Number

if TYPE_CHECKING:
    from collections.abc import Iterable

Values = dict[Place, Number]
_LEVELS = (128, 256, 512, 1024, 2048, 8192)
_ENOUGH = 80
"""Good bits that every number must have: more than a double can hold."""
_ZERO_BITS = 900
"""A ball around 0 that is narrower than 2 to the minus so many counts as 0 where nothing more can be said."""


@dataclass
class Numbers:
    """Forward values, δ and gradients by name and place, at `bits` of precision."""

    bits: int
    forward: dict[str, Values] = field(default_factory=dict)
    deltas: dict[str, Values] = field(default_factory=dict)
    gradients: dict[str, Values] = field(default_factory=dict)
    updates: dict[str, Values] = field(default_factory=dict)
    evaluator: Evaluator = field(default_factory=lambda: Evaluator({}))

    def of(self, term: Term) -> Number:
        """The value of a formula in the names of the network and its δ."""
        with precision(self.bits):
            return self.evaluator.of(term)

    def every(self) -> Iterable[Number]:
        """All numbers."""
        for table in (self.forward, self.deltas, self.gradients, self.updates):
            for values in table.values():
                yield from values.values()


def evaluate(network: Network, found: Backward, meaning: Meaning) -> Numbers:
    """Every number of the network, good to more digits than a double holds. Raises `NetworkError`."""
    for bits in _LEVELS:
        with precision(bits):
            numbers = _Work(network, meaning, bits).run(found, last=bits == _LEVELS[-1])
        if numbers is not None and (bits == _LEVELS[-1] or all(map(_is_good, numbers.every()))):
            return numbers
    raise NetworkError("the numbers of this network could not be settled")


def _is_good(number: Number) -> bool:
    if isinstance(number, fmpq) or number.is_zero():
        return True
    return bool(number.rel_accuracy_bits() >= _ENOUGH)


class _Work:
    def __init__(self, network: Network, meaning: Meaning, bits: int) -> None:
        self.network, self.meaning = network, meaning
        self.numbers = Numbers(bits)
        self.point: MutableMapping[str, Any] = self.numbers.evaluator.point
        for name, array in network.given.items():
            for place, value in array.entries.items():
                self.point[key(name, place)] = _exact(value)
        for name, size in network.numbers.items():
            self.point[name] = fmpq(size)

    def _put(self, name: str, values: Values) -> None:
        for place, value in values.items():
            self.point[key(name, place)] = value

    def run(self, found: Backward, *, last: bool) -> Numbers | None:
        """All numbers; None where this precision does not settle them."""
        name = ""
        try:
            for node in self.network.nodes:
                name = node.name
                self.forward(node)
            for adjoint in found.adjoints:
                name = f"the derivative of {self.network.loss} by {adjoint.name}"
                self.numbers.deltas[adjoint.name] = values = self._adjoint(adjoint)
                self._put(adjoint.symbol, values)
            for gradient in found.gradients:
                name = f"the derivative of {self.network.loss} by {gradient.adjoint.name}"
                self.numbers.gradients[gradient.adjoint.name] = self._adjoint(gradient.adjoint)
        except NoValueError:
            if not last:
                return None
            raise NetworkError(
                f"{name} has no value at the given numbers", hint="a logarithm of 0, a division by 0, ...?"
            ) from None
        self._update()
        return self.numbers

    def forward(self, node: Node) -> None:
        """The values of one node."""
        body = self.meaning.unfolded(node.body)
        values = self._each(body, node.indices, self.network.places(node.name))
        self.numbers.forward[node.name] = values
        self._put(node.name, values)

    def _adjoint(self, adjoint: Adjoint) -> Values:
        letters = self.network.letters_of(adjoint.name)
        return self._each(self.meaning.unfolded(adjoint.value), letters, self.network.places(adjoint.name))

    def _each(self, term: Term, letters: tuple[str, ...], places: list[Place]) -> Values:
        found: Values = {}
        for place in places:
            at = {letter: num(k) for letter, k in zip(letters, place, strict=True)}
            found[place] = self.numbers.evaluator.of(term.substitute(at))
        return found

    def _update(self) -> None:
        """w - rate * gradient."""
        rate = self.network.rate
        if rate is None:
            return
        for name, values in self.numbers.gradients.items():
            given = self.network.given[name].entries
            self.numbers.updates[name] = {
                place: _exact(given[place]) - _exact(rate) * value for place, value in values.items()
            }


def _exact(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def ball(number: Number) -> arb:
    """Any number as a ball."""
    return arb(number) if isinstance(number, fmpq) else number


def fraction(number: Number) -> Fraction | None:
    """The exact value, where there is one."""
    return Fraction(int(number.p), int(number.q)) if isinstance(number, fmpq) else None
