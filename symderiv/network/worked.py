"""`work(network)`: a network worked out: derived, proved, put into numbers, and checked."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.network.backward import Backward, adjoint_verdicts, backward
from symderiv.network.meaning import Meaning
from symderiv.network.model import Network
from symderiv.network.values import Numbers, evaluate
from symderiv.prove import Verdict


@dataclass(frozen=True)
class Worked:
    """A network, its backward pass, and its numbers (None for a network in symbols only)."""

    network: Network
    meaning: Meaning
    backward: Backward
    numbers: Numbers | None

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
        return found + [g.whole for g in self.backward.gradients if g.whole is not None and g.whole.is_proved]


def work(network: Network) -> Worked:
    """The network worked out. Raises `NetworkError` where a derivative or a number does not exist."""
    meaning = Meaning(network)
    found = backward(network, meaning)
    numbers = evaluate(network, found, meaning) if network.is_numeric else None
    return Worked(network, meaning, found, numbers)
