"""`work(network)`: a network worked out: derived, proved, put into numbers, and checked."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.network.backward import Backward, adjoint_verdicts, backward
from symderiv.network.borders import on_borders
from symderiv.network.entries import written
from symderiv.network.meaning import Meaning
from symderiv.network.model import Network
from symderiv.network.quotients import Quotient, bits_of, quotients
from symderiv.network.values import Numbers, evaluate
from symderiv.prove import Verdict


@dataclass(frozen=True)
class Worked:
    """A network, its backward pass, and its numbers (None for a network in symbols only).

    `quotients` are the gradient check; `borders` the entries that stand on a kink.
    """

    network: Network
    meaning: Meaning
    backward: Backward
    numbers: Numbers | None
    quotients: tuple[Quotient, ...] = ()
    borders: tuple[str, ...] = ()

    def verdict(self, name: str) -> str:
        """The worst verdict that the gradient of a parameter rests on."""
        found = {one.status for one in self.backward.verdicts(name)}
        return next((status for status in ("refuted", "undecided") if status in found), "proved")

    def lines(self) -> list[Verdict]:
        """The verdict of every line."""
        found: list[Verdict] = []
        for adjoint in self.backward.by_name.values():
            found += [step.verdict for local in adjoint.locals for step in local.steps]
            found += adjoint_verdicts(adjoint)
        return found + self.in_one_piece()

    def in_one_piece(self) -> list[Verdict]:
        """Gradients that are also settled with every equation put in at once."""
        found = [gradient.whole for gradient in self.backward.gradients]
        return [one for one in found if one is not None and one.status != "undecided"]

    def disagreeing(self) -> list[Quotient]:
        """Entries whose difference quotient is not the derivative, although no kink explains it."""
        return [] if self.borders else [one for one in self.quotients if not one.agrees]


def work(network: Network) -> Worked:
    """The network worked out. Raises `NetworkError` where a derivative or a number does not exist."""
    meaning = Meaning(network)
    found = backward(network, meaning)
    if not network.is_numeric:
        return Worked(network, meaning, found, None)
    numbers = evaluate(network, found, meaning)
    entries = written(network, meaning)
    borders = on_borders(entries, bits_of(numbers))
    return Worked(network, meaning, found, numbers, quotients(entries, numbers), borders)
