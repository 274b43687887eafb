"""`to_sympy`: a Term to the SymPy expression it stands for.

Symbols are bare `Symbol(name)`: an assumption would let SymPy rewrite while it builds. Derivatives and
sums stay inert. Huge powers of numbers are refused before SymPy would compute them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from symderiv.errors import LimitError, UnsupportedError
from symderiv.meaning.calculus import differentiate
from symderiv.notation.term import Term

if TYPE_CHECKING:
    from symderiv.catalog import Catalog

_FUNCTIONS: dict[str, Callable[..., Expr]] = {
    "exp": sympy.exp,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "sec": sympy.sec,
    "csc": sympy.csc,
    "cot": sympy.cot,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "sech": sympy.sech,
    "csch": sympy.csch,
    "coth": sympy.coth,
    "asinh": sympy.asinh,
    "acosh": sympy.acosh,
    "atanh": sympy.atanh,
    "asin": sympy.asin,
    "acos": sympy.acos,
    "atan": sympy.atan,
    "erf": sympy.erf,
    "erfc": sympy.erfc,
    "sign": sympy.sign,
    "Abs": sympy.Abs,
    "Max": sympy.Max,
    "Min": sympy.Min,
    "delta": sympy.KroneckerDelta,
}

_RELATIONS = {
    "<": sympy.Lt,
    "<=": sympy.Le,
    ">": sympy.Gt,
    ">=": sympy.Ge,
    "==": sympy.Eq,
    "!=": sympy.Ne,
}

_MAX_POWER_BITS = 20_000
_POINT = Symbol("_u")


def to_sympy(term: Term, catalog: Catalog | None = None) -> Expr:
    """The meaning of a Term.

    With a `catalog`, its functions are unfolded to their definitions, with primes too; without one
    they stay undefined functions. Raises `LimitError`, or `UnsupportedError` for what is no value.
    """
    if catalog is not None:
        term = catalog.unfold(term)
    return _Meaning(catalog).of(term)


class _Meaning:
    def __init__(self, catalog: Catalog | None) -> None:
        self.catalog = catalog

    def of(self, term: Term) -> Expr:
        match term.kind:
            case "number":
                value = term.value()
                return sympy.Rational(value.numerator, value.denominator)
            case "symbol":
                return Symbol(term.name)
            case "constant":
                return sympy.pi if term.name == "pi" else sympy.E
            case "add":
                return sympy.Add(*map(self.of, term.args))
            case "neg":
                return -self.of(term.args[0])
            case "mul":
                return sympy.Mul(*map(self.of, term.args))
            case "div":
                return self._quotient(term)
            case "pow":
                return self._power(term)
            case "call":
                return self._call(term)
            case "index":
                return self._indexed(term)
            case "diff":
                return self._derivative(term)
            case "sum":
                body, bound, low, high = map(self.of, term.args)
                return sympy.Sum(body, (bound, low, high))
            case "piecewise":
                pairs = [(self.of(c.args[0]), self.condition(c.args[1])) for c in term.args]
                return sympy.Piecewise(*pairs, evaluate=False)
            case _:
                raise UnsupportedError(f"a {term.kind} is a claim, not a value", span=term.span)

    def condition(self, term: Term) -> sympy.Basic:
        match term.kind:
            case "true":
                return sympy.true
            case "relation":
                return _RELATIONS[term.name](*map(self.of, term.args))
            case "and":
                return sympy.And(*map(self.condition, term.args))
            case "or":
                return sympy.Or(*map(self.condition, term.args))
            case _:
                raise UnsupportedError("a condition is due here", span=term.span)

    def _quotient(self, term: Term) -> Expr:
        numerator, denominator = map(self.of, term.args)
        if denominator.is_zero:
            raise UnsupportedError("a division by zero", span=term.span)
        return numerator / denominator

    def _power(self, term: Term) -> Expr:
        base, exponent = map(self.of, term.args)
        if base.is_Rational and exponent.is_Rational:
            bits = max(abs(base.p).bit_length(), base.q.bit_length())
            if abs(exponent) * bits > _MAX_POWER_BITS:
                raise LimitError("a power with too many digits", hint="smaller numbers", span=term.span)
            if base.is_zero and exponent <= 0:
                raise UnsupportedError("zero to a power that is not positive", span=term.span)
        elif exponent.is_Rational and abs(exponent) > _MAX_POWER_BITS:
            raise LimitError("an exponent that is too large", span=term.span)
        return base**exponent

    def _call(self, term: Term) -> Expr:
        arguments = [self.of(arg) for arg in term.args]
        known = _FUNCTIONS.get(term.name)
        if term.order == 0:
            return known(*arguments) if known else sympy.Function(term.name)(*arguments)
        if len(arguments) != 1:
            raise UnsupportedError(f"{term.name} with primes takes one argument", span=term.span)
        value = self._named(term.name, known)(_POINT)
        if isinstance(value, AppliedUndef):
            return _undefined_derivative(term.name, arguments[0], term.order)
        return differentiate(value, _POINT, term.order).subs(_POINT, arguments[0])

    def _named(self, name: str, known: Callable[..., Expr] | None) -> Callable[[Expr], Expr]:
        record = self.catalog.find(name) if self.catalog is not None else None
        if record is None or record.takes_vector:
            return known or sympy.Function(name)
        meaning = to_sympy(record.concrete, self.catalog)
        return lambda point: meaning.subs(Symbol(record.variable), point)

    def _indexed(self, term: Term) -> Expr:
        base, *indices = term.args
        values = [self.of(arg) for arg in indices]
        if base.kind == "symbol":
            return sympy.IndexedBase(base.name)[tuple(values)]
        if base.kind == "call":
            return sympy.Function(base.name)(*map(self.of, base.args), *values)
        raise UnsupportedError("only a name or a vector function takes an index", span=term.span)

    def _derivative(self, term: Term) -> Expr:
        body, variable = self.of(term.args[0]), self.of(term.args[1])
        order = int(term.args[2].name) if len(term.args) == 3 else 1
        return sympy.Derivative(body, (variable, order))


def _undefined_derivative(name: str, argument: Expr, order: int) -> Expr:
    function = sympy.Function(name)
    if argument.is_Symbol or isinstance(argument, sympy.Indexed):
        return sympy.Derivative(function(argument), (argument, order))
    return sympy.Subs(sympy.Derivative(function(_POINT), (_POINT, order)), _POINT, argument)
