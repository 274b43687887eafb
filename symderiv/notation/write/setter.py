"""`Setter`: sets a Term in LaTeX, node by node, as boxes that know their level and height."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symderiv.notation.term import Term
from symderiv.notation.write import operators
from symderiv.notation.write.box import (
    AND,
    ATOM,
    CASES,
    CLAIM,
    FACTOR,
    OR,
    PRODUCT,
    RELATION,
    SIGN,
    SUM,
    TALL,
    Box,
    Edge,
    arguments,
    at,
    bracket,
    join,
)
from symderiv.notation.write.letters import letter_parts, name_latex, script
from symderiv.notation.write.products import FUNCTION_LETTERS, product
from symderiv.notation.write.small import is_small, is_tall_exponent

_DEEP = 60
_RELATIONS = {"<": "<", ">": ">", "<=": r"\le", ">=": r"\ge", "==": "=", "!=": r"\ne"}


class Setter:
    """The boxes of one Term. `tight` (exponents, small arguments) slashes fractions."""

    def __init__(
        self, functions: Mapping[str, str], symbols: Mapping[str, str], *, partial: bool, term: Term
    ) -> None:
        self.functions = functions
        self.symbols = symbols
        self.d = r"\partial" if partial else "d"
        self.boxes: dict[tuple[int, bool], Box] = {}
        self.bare = True
        self.bracketed = False
        called = {self.operator(name).latex for name in term.functions()}
        self.function_letters = FUNCTION_LETTERS | called | frozenset(functions.values())

    def write(self, term: Term) -> str:
        """The LaTeX of the whole."""
        text = self._write(term)
        if self.bare and self.bracketed:
            # One function needed brackets around its letter, so all of them get brackets.
            self.bare = False
            self.boxes.clear()
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
        found = self.boxes.get(key)
        if found is None:
            found = self.boxes[key] = _SETTERS[term.kind](self, term, tight)
        return found

    def at(self, term: Term, level: int, tight: bool) -> Box:
        """The box of a node, in brackets where it binds weaker than `level`."""
        return at(self.box(term, tight=tight), level)

    def closed(self, term: Term, level: int, tight: bool) -> Box:
        """The same, with nothing open at its right end: what follows cannot be taken into it."""
        found = self.box(term, tight=tight)
        if not found.open:
            return at(found, level)
        if term.kind not in {"call", "pow"}:
            return bracket(found)
        self.bracketed = True
        return self.function(term, tight, bare=False) if term.kind == "call" else self.powered(term, tight, bare=False)

    # Letters and numbers

    def number(self, term: Term, tight: bool) -> Box:
        mantissa, e, exponent = term.name.lower().partition("e")
        shown = f"{mantissa}0" if mantissa.endswith(".") else mantissa
        if not e:
            return Box(shown, ATOM, head="digit")
        tens = f"10{script('^', str(int(exponent)))}"
        if shown == "1":
            return Box(tens, FACTOR, head="digit")
        return Box(f"{shown} \\cdot {tens}", PRODUCT, head="digit")

    def symbol(self, term: Term, tight: bool) -> Box:
        text = self.symbols.get(term.name) or name_latex(term.name)
        return Box(text, ATOM, head="roman" if text.startswith("\\mathrm") else "letter")

    def constant(self, term: Term, tight: bool) -> Box:
        return Box("\\pi" if term.name == "pi" else term.name, ATOM, head="letter")

    # Arithmetic

    def sum(self, term: Term, tight: bool) -> Box:
        first = self.at(term.args[0], SIGN, tight)
        text, height = first.text, first.height
        for arg in term.args[1:]:
            minus = arg.kind == "neg"
            shown = self.at(arg.args[0] if minus else arg, PRODUCT, tight)
            text += f" {'-' if minus else '+'} {shown.text}"
            height = max(height, shown.height)
        return Box(text, SUM, height, "minus" if text.startswith("-") else first.head)

    def negative(self, term: Term, tight: bool) -> Box:
        inner = self.at(term.args[0], PRODUCT, tight)
        return Box(f"-{inner.text}", SIGN, inner.height, "minus", inner.open)

    def product(self, term: Term, tight: bool) -> Box:
        return product(self, term, tight)

    def quotient(self, term: Term, tight: bool) -> Box:
        numerator, denominator = term.args
        if tight:
            above = self.closed(numerator, PRODUCT, True)
            below = self.closed(denominator, FACTOR, True)
            above, below = self._unslashed(numerator, above), self._unslashed(denominator, below)
            return Box(f"{above.text}/{below.text}", PRODUCT, max(above.height, below.height), above.head)
        above, below = self.at(numerator, SUM, False), self.at(denominator, SUM, False)
        return Box(f"\\frac{{{above.text}}}{{{below.text}}}", FACTOR, TALL, "fraction")

    @staticmethod
    def _unslashed(term: Term, box: Box) -> Box:
        # a/b/c and 2x/3y are each read in two ways.
        return bracket(box) if term.kind == "div" and box.level == PRODUCT else box

    def fraction(self, term: Term) -> Box:
        """A fraction bar, whatever the surroundings."""
        above, below = (self.at(arg, SUM, True) for arg in term.args)
        return Box(f"\\frac{{{above.text}}}{{{below.text}}}", FACTOR, 0, "fraction")

    def power(self, term: Term, tight: bool) -> Box:
        return self.powered(term, tight, bare=True)

    def powered(self, term: Term, tight: bool, *, bare: bool) -> Box:
        base, exponent = term.args
        if base.kind == "constant" and base.name == "e":
            return self.exponential(exponent, tight)
        raised = script("^", self.box(exponent, tight=True).text)
        if base.kind == "call" and base.order == 0 and len(base.args) == 1:
            operator = self.operator(base.name)
            if operator.powered and exponent.kind == "number" and exponent.name.isdigit():
                return self.applied(operator.latex + raised, operator, base.args, tight, bare=bare)
        shown = self.base(base, tight)
        return Box(f"{shown.text}{raised}", FACTOR, shown.height, shown.head)

    def base(self, term: Term, tight: bool) -> Box:
        """What may carry an exponent: one letter, or one thing in brackets."""
        shown = self.box(term, tight=tight)
        own_bracket = term.kind == "call" and (
            self.box_is_letter_call(term) or term.name in {"Abs", "inner"} or bool(term.order)
        )
        plain = term.kind in {"number", "constant", "symbol", "index"} and shown.level == ATOM
        if (plain and "^" not in shown.text and "\\frac" not in shown.text) or own_bracket:
            return shown
        return bracket(shown)

    def box_is_letter_call(self, term: Term) -> bool:
        return term.name not in _CALLS and not self.operator(term.name).bare and term.name not in {"Max", "Min"}

    def exponential(self, exponent: Term, tight: bool) -> Box:
        if is_tall_exponent(exponent):
            inner = self.box(exponent)
            return Box(f"\\exp{arguments(inner)}", FACTOR, max(inner.height, 1), "operator")
        return Box(f"e{script('^', self.box(exponent, tight=True).text)}", FACTOR, 0, "letter")

    # Functions

    def operator(self, name: str) -> operators.Operator:
        """How a function is set: as the document declares it, else as it is known, else by its name."""
        if name in self.functions:
            return operators.declared(self.functions[name])
        if name in operators.BUILT_IN:
            return operators.BUILT_IN[name]
        letter, below, above = letter_parts(name)
        return operators.declared(letter.replace("\\mathrm", "\\operatorname") + below + above)

    def call(self, term: Term, tight: bool) -> Box:
        special = _CALLS.get(term.name)
        if special is not None and term.order == 0 and term.name not in self.functions:
            found = special(self, term, tight)
            if found is not None:
                return found
        return self.function(term, tight, bare=True)

    def function(self, term: Term, tight: bool, *, bare: bool) -> Box:
        operator = self.operator(term.name)
        return self.applied(operator.latex + "'" * term.order, operator, term.args, tight, bare=bare and not term.order)

    def applied(
        self, head: str, operator: operators.Operator, args: tuple[Term, ...], tight: bool, *, bare: bool
    ) -> Box:
        edge: Edge = "operator" if operator.bare else "letter"
        if len(args) == 1 and operator.bare and bare and self._stands_bare(args[0]):
            inner = self.box(args[0], tight=tight)
            return Box(f"{head} {inner.text}", FACTOR, inner.height, edge, open=True)
        if len(args) == 1:
            inner = self.argument(args[0], tight)
        else:
            inner = self.listed(args, tight)
        shown = arguments(inner)
        return Box(f"{head}{shown}", FACTOR, bracket(inner).height, edge)

    def _stands_bare(self, term: Term) -> bool:
        if term.kind == "number":
            return self.bare and "e" not in term.name.lower()
        return term.kind == "sum" or (self.bare and term.kind in {"symbol", "constant", "index"})

    def argument(self, term: Term, tight: bool) -> Box:
        """What stands in the brackets of a function or under a root."""
        return self.box(term, tight=tight or is_small(term))

    def listed(self, args: tuple[Term, ...], tight: bool) -> Box:
        boxes = [self.at(arg, CASES + 1, tight or is_small(arg)) for arg in args]
        return Box(", ".join(box.text for box in boxes), CLAIM, max(box.height for box in boxes))

    def root(self, term: Term, tight: bool) -> Box:
        inner = self.argument(term.args[0], tight)
        return Box(f"\\sqrt{{{inner.text}}}", FACTOR, inner.height if inner.height >= TALL else 0, "letter")

    def natural_exponential(self, term: Term, tight: bool) -> Box:
        return self.exponential(term.args[0], tight)

    def absolute(self, term: Term, tight: bool) -> Box:
        return self._fenced("\\lvert", "\\rvert", self.argument(term.args[0], tight))

    def inner_product(self, term: Term, tight: bool) -> Box:
        return self._fenced("\\langle", "\\rangle", self.listed(term.args, tight))

    @staticmethod
    def _fenced(left: str, right: str, inner: Box) -> Box:
        grow = ("\\left", "\\right") if inner.height >= TALL else ("", "")
        text = f"{grow[0]}{join(left, inner.text)} {grow[1]}{right}"
        return Box(text, ATOM, max(inner.height, 1), "bracket")

    def kronecker(self, term: Term, tight: bool) -> Box | None:
        letters = all(arg.kind == "symbol" and len(arg.name) == 1 for arg in term.args)
        below = ("" if letters else ",").join(self.box(arg, tight=True).text for arg in term.args)
        return Box(f"\\delta_{{{below}}}", ATOM, 0, "letter")

    def transposed(self, term: Term, tight: bool) -> Box:
        base = self.base(term.args[0], tight)
        return Box(f"{base.text}^{{\\top}}", FACTOR, base.height, base.head)

    def hadamard(self, term: Term, tight: bool) -> Box:
        left, right = self.closed(term.args[0], FACTOR, tight), self.at(term.args[1], FACTOR, tight)
        text = join(f"{left.text} \\odot ", right.text)
        return Box(text, PRODUCT, max(left.height, right.height), left.head, right.open)

    # Indices, sums, derivatives

    def indexed(self, term: Term, tight: bool) -> Box:
        base, indices = term.args[0], term.args[1:]
        below = script("_", self._indices(indices))
        if base.kind == "symbol" and base.name not in self.symbols:
            letter, subscript, mark = letter_parts(base.name)
            if not subscript:
                return Box(f"{letter}{below}{mark}", ATOM, 0, "letter")
        if base.kind == "call" and base.order == 0 and base.name not in _CALLS:
            operator = self.operator(base.name)
            if operator.letter:
                return self.applied(operator.latex + below, operator, base.args, tight, bare=False)
            if not operator.bare:
                shown = self.function(base, tight, bare=False)
                return Box(f"{shown.text}{below}", ATOM, shown.height, "letter")
        shown = bracket(self.box(base, tight=tight))
        return Box(f"{shown.text}{below}", ATOM, shown.height, shown.head)

    def _indices(self, indices: tuple[Term, ...]) -> str:
        letters = all(arg.kind == "symbol" and len(arg.name) == 1 for arg in indices)
        return ("" if letters else ",").join(self.box(arg, tight=True).text for arg in indices)

    def total(self, term: Term, tight: bool) -> Box:
        body, letter, low, high = term.args
        below = f"{self.box(letter, tight=True).text}={self.box(low, tight=True).text}"
        head = f"\\sum_{{{below}}}{script('^', self.box(high, tight=True).text)}"
        shown = self.at(body, PRODUCT, tight)
        return Box(f"{head} {shown.text}", FACTOR, TALL, "operator", open=True)

    def derivative(self, term: Term, tight: bool) -> Box:
        body, variable = term.args[0], term.args[1]
        times = term.args[2].name if len(term.args) > 2 else "1"
        raised = "" if times == "1" else script("^", times)
        letter = self.base(variable, True) if raised else self.box(variable, tight=True)
        below = join(self.d, letter.text) + raised
        if body.kind in {"symbol", "index"} and self._is_letter(body) and body != variable:
            above = join(self.d + raised, self.box(body, tight=True).text)
            return Box(f"\\frac{{{above}}}{{{below}}}", FACTOR, TALL, "derivative")
        shown = self.at(body, FACTOR, tight)
        head = f"\\frac{{{self.d}{raised}}}{{{below}}}"
        return Box(f"{head} {shown.text}", FACTOR, TALL, "derivative", open=True)

    @staticmethod
    def _is_letter(term: Term) -> bool:
        return term.kind == "symbol" or term.args[0].kind == "symbol"

    # Cases and claims

    def cases(self, term: Term, tight: bool) -> Box:
        lines = " \\\\ ".join(self.box(arg).text for arg in term.args)
        return Box(f"\\begin{{cases}} {lines} \\end{{cases}}", CASES, TALL)

    def case(self, term: Term, tight: bool) -> Box:
        value = self.at(term.args[0], SUM, tight).text
        if term.args[1].kind == "true":
            return Box(f"{value} & \\text{{otherwise}}", CLAIM)
        return Box(f"{value} & \\text{{if }} {self.box(term.args[1]).text}", CLAIM)

    def relation(self, term: Term, tight: bool) -> Box:
        left, right = (self.at(arg, SUM, tight) for arg in term.args)
        text = f"{left.text} {_RELATIONS[term.name]} {right.text}"
        return Box(text, RELATION, max(left.height, right.height), left.head)

    def both(self, term: Term, tight: bool) -> Box:
        return self._joined(term, "and", AND, tight)

    def either(self, term: Term, tight: bool) -> Box:
        return self._joined(term, "or", OR, tight)

    def _joined(self, term: Term, word: str, level: int, tight: bool) -> Box:
        boxes = [self.at(arg, level + 1, tight) for arg in term.args]
        text = f" \\text{{ {word} }} ".join(box.text for box in boxes)
        return Box(text, level, max((box.height for box in boxes), default=0))

    def true(self, term: Term, tight: bool) -> Box:
        return Box("\\text{true}", ATOM)

    def equation(self, term: Term, tight: bool) -> Box:
        left, right = (self.box(arg, tight=tight) for arg in term.args)
        return Box(f"{left.text} = {right.text}", CLAIM, max(left.height, right.height), left.head)


_Method = Callable[[Setter, Term, bool], Box]

_SETTERS: dict[str, _Method] = {
    "number": Setter.number,
    "symbol": Setter.symbol,
    "constant": Setter.constant,
    "add": Setter.sum,
    "neg": Setter.negative,
    "mul": Setter.product,
    "div": Setter.quotient,
    "pow": Setter.power,
    "call": Setter.call,
    "index": Setter.indexed,
    "diff": Setter.derivative,
    "sum": Setter.total,
    "piecewise": Setter.cases,
    "case": Setter.case,
    "relation": Setter.relation,
    "and": Setter.both,
    "or": Setter.either,
    "true": Setter.true,
    "equation": Setter.equation,
}

_CALLS: dict[str, Callable[[Setter, Term, bool], Box | None]] = {
    "exp": Setter.natural_exponential,
    "sqrt": Setter.root,
    "Abs": Setter.absolute,
    "delta": Setter.kronecker,
    "transpose": Setter.transposed,
    "hadamard": Setter.hadamard,
    "inner": Setter.inner_product,
}
