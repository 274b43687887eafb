"""`Verdict`: proved, refuted with a witness, or undecided; there is no fourth."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Status = Literal["proved", "refuted", "undecided"]
Witness = tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided, `how`, the `witness` of a refutation, and the `conditions` of a proof."""

    status: Status
    how: str
    witness: Witness | None = None
    conditions: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_proved(self) -> bool:
        """Was the equality proved?"""
        return self.status == "proved"
