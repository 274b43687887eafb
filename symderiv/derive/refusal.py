"""A derivation of which nothing at all can be decided is refused, with the reason."""

from __future__ import annotations

from symderiv.derive.step import Derivation
from symderiv.errors import LimitError, UnsupportedError

_OUT_OF_TIME = "out of time"


def refused(derivation: Derivation) -> Derivation:
    """The derivation as it is, unless every line of it is undecided for a reason that lies in the input.

    Raises `LimitError` (numbers that are too large) or `UnsupportedError` (outside the class, or no value
    anywhere). Lines that merely took too long stay: they say so themselves.
    """
    verdicts = [step.verdict for step in derivation.steps]
    if not verdicts or any(verdict.status != "undecided" for verdict in verdicts):
        return derivation
    how, note = verdicts[0].how, verdicts[0].note
    if how == "limit" and note != _OUT_OF_TIME:
        raise LimitError(f"nothing can be decided: {note}", hint="use smaller numbers, or letters for them")
    if how == "no-common-domain":
        raise UnsupportedError(
            "no point was found where the function has a value",
            hint="everything here is real and finite: 1/0, the root of a negative number and numbers without "
            "end have no value",
        )
    if how == "outside-class":
        raise UnsupportedError(f"nothing can be decided: {note}", hint="see the README for what is covered")
    return derivation
