"""The exponential of a definition as a function of y: what "solve and substitute" puts in."""

from __future__ import annotations

from symderiv.derive.forms_letters import calls, output_letter
from symderiv.derive.forms_search import Workshop
from symderiv.errors import UnsupportedError
from symderiv.field.eliminate import Letter, Search
from symderiv.notation.term import Term, const

_SOLVABLE = frozenset({"exp", "log", "sqrt", "tan", "tanh", "atan"})


def solved(definition: Term, variable: str) -> tuple[Term, Term] | None:
    """The first call of the definition that is a rational function of y, and that function."""
    output = output_letter(definition.symbols() | {variable})
    try:
        shop = Workshop(definition, variable, output, lambda term: term, order=1)
        for node in calls(definition, variable):
            power = node.kind == "pow" and node.args[0] == const("e")
            if not power and (node.kind != "call" or node.name not in _SOLVABLE):
                continue
            if node == definition or not shop.fits(node):
                continue
            letter = Letter(output, definition, 2)
            proposal = shop.propose([letter], Search(3, 3), (node, 0))
            made = None if proposal is None else shop.settle(proposal, {output: 12})
            if made is not None and made.degree == 1:
                return node, made.term
    except UnsupportedError:
        return None
    return None
