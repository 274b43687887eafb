r"""`Ranges`: where a sum ends that does not say so, `\sum_k`: as the nearest one before it that does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from symderiv.errors import SymderivError
from symderiv.notation.read.families import ranges
from symderiv.notation.read.latex import read_latex
from symderiv.notation.read.tokens import Token
from symderiv.notation.term import Term


@dataclass(slots=True)
class Ranges:
    """What each place of a document knows: keys are an index, `k`, a letter under it, `z_`, or "" for any."""

    places: list[int] = field(default_factory=list)
    ends: list[tuple[tuple[str, ...], Term]] = field(default_factory=list)
    _known: dict[int, Mapping[str, Term]] = field(default_factory=dict)

    def take(self, place: int, tokens: list[Token]) -> None:
        """Note the sums of a statement that begins at `place`; statements come in order."""
        for letter, above, letters in ranges(tokens):
            end = _end(above)
            if end is not None:
                self.places.append(place)
                keys = (letter, *(f"{name}_" for name in sorted(letters)))
                self.ends.append((("", *keys) if end.kind == "symbol" else keys, end))

    def at(self, place: int) -> Mapping[str, Term]:
        """The ends for the formulas at a place; where nothing stands before it, what comes first behind."""
        count = bisect_right(self.places, place)
        if count not in self._known:
            found: dict[str, Term] = {}
            for keys, end in self.ends[:count]:
                found.update(dict.fromkeys(keys, end))
            for keys, end in self.ends[count:]:
                for key in keys:
                    found.setdefault(key, end)
            self._known[count] = found
        return self._known[count]


def _end(above: list[Token]) -> Term | None:
    shown = " ".join(
        f"\\{token.text}" if token.kind == "name" and len(token.text) > 1 and not token.font else token.text
        for token in above
    )
    try:
        return read_latex(shown).term
    except SymderivError:
        return None
