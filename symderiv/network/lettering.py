r"""How the names of a network are written in LaTeX: on its pages and in its data.

`z1` is `z_1`, a matrix `w1[j, k]` with its layer `w^{(1)}_{jk}`; ∂L/∂z is `\delta_z`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from symderiv.network.patterns import renamed
from symderiv.network.worked import Worked
from symderiv.notation.term import Term, sym
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.notation.write.letters import name_latex

_NUMBERED = re.compile(r"([A-Za-z]+?)(\d+)")


@dataclass(frozen=True)
class Lettering:
    """The letters of one worked network."""

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
