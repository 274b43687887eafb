"""Plain text against the functions of a catalogue, each of which takes one argument."""

from __future__ import annotations

from collections.abc import Collection

from symderiv.errors import ReadError, UnsupportedError
from symderiv.notation import names
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term


def read_formula(
    text: str, known: frozenset[str], *, functions: Collection[str] = (), symbols: Collection[str] = ()
) -> Term:
    """The Term; only built-in functions, those `known` to the catalogue, and `functions` may be called.

    `functions` may take any number of arguments. Raises `SymderivError`.
    """
    term = read_plain(text, functions=known | frozenset(functions), symbols=symbols)
    refused = names.NO_NUMBERS & term.free_symbols() - frozenset(symbols)  # a limit may go to oo
    for node in term.walk():
        if node.kind == "call" and node.name in known and len(node.args) != 1:
            raise ReadError(
                f"{node.name} takes 1 argument, not {len(node.args)}", span=node.span, source=text
            )
        if node.kind == "symbol" and node.name in refused:
            raise UnsupportedError(
                f"{node.name} is no real number",
                hint="everything here is real and finite",
                span=node.span,
                source=text,
            )
    return term
