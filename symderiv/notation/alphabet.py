"""The letters of both notations: which names are Greek, which are accents, how a name is made up.

A name is its LaTeX letters: `hat_y` is a y with a hat, `x_1` has the subscript 1, `w_ij__k` has the
subscript ij and the layer mark (k). The writers and the readers share this grammar, so that a name
goes to LaTeX and comes back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon "
    "phi chi psi omega varepsilon vartheta varpi varrho varsigma varphi "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell".split()
)
"""Names that are one letter, written as a control word of the same name (pi is a constant)."""

ACCENTS = ("hat", "bar", "tilde", "dot", "ddot", "vec", "check", "breve")
"""Name prefixes that stand for an accent."""

INDEX_LETTERS = frozenset("ijklmnpqrst")
"""Subscripts made of these letters are indices (italic); longer words are labels (upright)."""

SIGNS = {"plus": "+", "minus": "-"}
"""Words in a subscript or a mark that stand for a sign: `a__l_minus_1` is a^{(l-1)}."""

_PIECE = re.compile(r"[A-Za-z0-9]+\Z")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in its parts: accents (outermost first), base, subscripts, layer mark."""

    accents: tuple[str, ...]
    base: str
    subscripts: tuple[str, ...]
    mark: str

    def name(self) -> str:
        """The plain name that has these parts."""
        head = "_".join((*self.accents, self.base, *self.subscripts))
        return f"{head}__{self.mark}" if self.mark else head


@lru_cache(maxsize=4096)
def spell(name: str) -> Spelling | None:
    """The parts of a name, or None for an irregular one (`x_`, `a____b`)."""
    head, bar, mark = name.partition("__")
    pieces = head.split("_")
    if not all(map(_PIECE.match, pieces)) or (bar and not all(map(_PIECE.match, mark.split("_")))):
        return None
    accents = 0
    while accents < len(pieces) - 1 and pieces[accents] in ACCENTS and pieces[accents + 1][0].isalpha():
        accents += 1
    base, subscripts = pieces[accents], tuple(pieces[accents + 1 :])
    return Spelling(tuple(pieces[:accents]), base, subscripts, mark)
