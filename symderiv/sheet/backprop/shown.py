r"""How the names and numbers of a network look on a page.

`z1` is shown as `z_1`, a matrix `w1[j, k]` with its layer as `w^{(1)}_{jk}`; ∂L/∂z is `\delta_z`. Numbers
have six digits, each of them true; a number that ends earlier is shown as it is. A line of numbers has as
many digits as it needs to come to what stands on the next one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from flint import fmpq

from symderiv.derive.properties_constants import digits, rounded
from symderiv.network.model import Place
from symderiv.network.patterns import renamed
from symderiv.network.values import fraction
from symderiv.network.worked import Worked
from symderiv.notation.term import Term, index, num, sym
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.notation.write.letters import name_latex
from symderiv.prove.balls import Number
from symderiv.sheet.document import Formula
from symderiv.sheet.sections.numeric import parse

DIGITS = 6
_NUMBERED = re.compile(r"([A-Za-z]+?)(\d+)")


@dataclass(frozen=True)
class Shown:
    """The looks of one worked network."""

    worked: Worked

    @cached_property
    def names(self) -> Mapping[str, str]:
        """z1 -> z_1, and for names with indices w1 -> w__1, where nothing else is called so."""
        network = self.worked.network
        every = [*network.by_name, *network.given, *network.parameters, *network.numbers, *network.sizes]
        every += [name for node in network.nodes for name in sorted(node.body.symbols())]
        taken = set(every)
        found: dict[str, str] = {}
        for name in dict.fromkeys(every):
            match = _NUMBERED.fullmatch(name)
            wanted = (
                "" if match is None else f"{match[1]}{'__' if network.letters_of(name) else '_'}{match[2]}"
            )
            if wanted and wanted not in taken:
                found[name] = wanted
                taken.add(wanted)
        return found

    @cached_property
    def symbols(self) -> dict[str, str]:
        """LaTeX of each δ whose name does not read well by itself: of delta_z_1, not of delta_z__2."""
        found: dict[str, str] = {}
        for adjoint in self.worked.backward.by_name.values():
            if r"\mathrm" not in name_latex(adjoint.symbol):
                continue
            match = _NUMBERED.fullmatch(adjoint.name)
            letter = write_latex(sym(f"{match[1]}_{match[2]}" if match else adjoint.name))
            raised = adjoint.left.kind == "index"
            found[adjoint.symbol] = rf"\delta^{{{letter}}}" if raised else rf"\delta_{{{letter}}}"
        return found

    @cached_property
    def style(self) -> LatexStyle:
        """The style for the LaTeX writer."""
        functions = self.worked.network.catalog.latex()
        return LatexStyle(functions=functions, partial=True, symbols=self.symbols)

    def term(self, term: Term) -> Term:
        """The formula in the names of the page."""
        return renamed(term, self.names)

    def latex(self, term: Term) -> str:
        """The formula in LaTeX."""
        return write_latex(self.term(term), self.style)

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
