"""`Setter`: sets a Term in LaTeX, node by node, as boxes that know their level and height."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symderiv.notation.term import Term
from symderiv.notation.write import arithmetic, functions, operators, products, structures
from symderiv.notation.write.box import Box, at, bracket
from symderiv.notation.write.letters import letter_parts

_DEEP = 60

_SETTERS: dict[str, Callable[[Setter, Term, bool], Box]] = {
    "number": arithmetic.number,
    "symbol": arithmetic.symbol,
    "constant": arithmetic.constant,
    "add": arithmetic.addition,
    "neg": arithmetic.negative,
    "mul": products.product,
    "div": arithmetic.quotient,
    "pow": arithmetic.power,
    "call": functions.call,
    "index": structures.indexed,
    "diff": structures.derivative,
    "sum": structures.total,
    "prod": structures.repeated,
    "at": structures.value_at,
    "limit": structures.limit,
    "piecewise": structures.cases,
    "case": structures.case,
    "relation": structures.relation,
    "and": structures.both,
    "or": structures.either,
    "true": structures.true,
    "equation": structures.equation,
}


class Setter:
    r"""The boxes of one Term. `tight` (exponents, small arguments) slashes fractions.

    `bare` allows `\sin x`; `bracketed` records that some function of the Term could not stand so.
    """

    def __init__(
        self,
        functions: Mapping[str, str],
        symbols: Mapping[str, str],
        *,
        partial: bool,
        term: Term,
        words: Mapping[str, str],
    ) -> None:
        self.functions = functions
        self.symbols = symbols
        self.words = words
        self.d = r"\partial" if partial else "d"
        self.bare = True
        self.bracketed = False
        self._boxes: dict[tuple[int, bool], Box] = {}
        called = {self.operator(name).latex for name in term.functions()}
        self.function_letters = products.FUNCTION_LETTERS | called | frozenset(functions.values())

    def write(self, term: Term) -> str:
        """The LaTeX of the whole."""
        text = self._write(term)
        if self.bracketed:
            # One function needed brackets around its letter, so all of them get brackets.
            self.bare = False
            self._boxes.clear()
            text = self._write(term)
        return text

    def _write(self, term: Term) -> str:
        nodes = list(term.walk())
        if len(nodes) > _DEEP:
            # Innermost first, so that no call below goes deeper than a level or two.
            for node in reversed(nodes):
                self.box(node)
                self.box(node, tight=True)
        return self.box(term).text

    def box(self, term: Term, *, tight: bool = False) -> Box:
        """The box of a node, set once."""
        key = (id(term), tight)
        found = self._boxes.get(key)
        if found is None:
            found = self._boxes[key] = _SETTERS[term.kind](self, term, tight)
        return found

    def at(self, term: Term, level: int, tight: bool) -> Box:
        """The box of a node, in brackets where it binds weaker than `level`."""
        return at(self.box(term, tight=tight), level)

    def closed(self, term: Term, level: int, tight: bool) -> Box:
        """The same, with nothing open at its right end: what follows cannot be taken into it."""
        found = self.box(term, tight=tight)
        if not found.open:
            return at(found, level)
        inner = term.args[0] if term.kind == "pow" else term
        if inner.kind != "call" or inner.args[-1].kind == "sum":
            return bracket(found)
        self.bracketed = True
        if term.kind == "call":
            return functions.function(self, term, tight, bare=False)
        return arithmetic.powered(self, term, tight, bare=False)

    def word(self, name: str) -> str:
        """A word within a formula, in the language of the document."""
        return self.words.get(name, name)

    def operator(self, name: str) -> operators.Operator:
        """How a function is set: as the document declares it, else as it is known, else by its name."""
        if name in self.functions:
            return operators.declared(self.functions[name])
        if name in operators.BUILT_IN:
            return operators.BUILT_IN[name]
        letter, below, above = letter_parts(name)
        return operators.declared(letter.replace("\\mathrm", "\\operatorname") + below + above)
