"""One factor of a product as it is written: powers taken inside, numbers multiplied out, roots joined."""

from __future__ import annotations

from fractions import Fraction

from symderiv.derive.algebra import join_power, join_product, join_quotient, literal, negate
from symderiv.limits import MAX_EXPONENT
from symderiv.notation.term import Term, call, num

_DIGITS = 34
"""Decimals whose product is longer than this are not multiplied out."""


def rank(symbol: Term, fixed: bool) -> tuple[int, str]:
    """Where a factor stands in a product: numbers, constants, symbols, exponentials, other functions."""
    if not symbol.symbols():
        return (1 if symbol.kind == "number" else 2, str(symbol))
    if fixed:
        return 2, str(symbol)
    if symbol.kind == "symbol":
        return 3, str(symbol)
    return (4 if symbol.kind == "call" and symbol.name == "exp" else 5, str(symbol))


def raised(symbol: Term, exponent: int) -> Term:
    """symbol ** n; a power of an exponential and of a root is taken inside."""
    if symbol.kind == "call" and symbol.name == "sqrt" and exponent % 2 == 0:
        return join_power(symbol.args[0], num(exponent // 2))
    if symbol.kind == "pow" and literal(symbol.args[1]) is None:
        return (
            join_power(symbol.args[0], join_product(num(exponent), symbol.args[1]))
            if exponent > 1
            else symbol
        )
    if symbol.kind == "call" and symbol.name == "exp" and exponent > 1:
        return call("exp", _multiple(exponent, symbol.args[0]))
    return join_power(symbol, num(exponent))


def _multiple(count: int, term: Term) -> Term:
    """n * term, with the number in front."""
    if term.kind == "neg":
        return negate(_multiple(count, term.args[0]))
    if term.kind == "mul" and term.args[0].kind == "number":
        first = num(term.args[0].value() * count)
        return join_product(first, *term.args[1:])
    if term.kind == "div" and literal(term.args[1]) is not None:
        below = literal(term.args[1]) or Fraction(1)
        share = Fraction(count) / below
        return (
            join_quotient(_multiple(share.numerator, term.args[0]), num(share.denominator))
            if share != 1
            else term.args[0]
        )
    return join_product(num(count), term) if count != 1 else term


def multiplied(size: int, factors: list[Term]) -> list[Term]:
    """A number in front of the factors; decimal literals among them are multiplied out."""
    value = Fraction(size)
    rest: list[Term] = []
    decimal = False
    for factor in factors:
        known = literal(factor)
        if known is None and factor.kind == "pow":
            base, power = literal(factor.args[0]), literal(factor.args[1])
            if base is not None and power is not None and power.denominator == 1 and power <= MAX_EXPONENT:
                known = base ** int(power)
        if known is None:
            rest.append(factor)
        else:
            value *= known
            decimal = True
    rest = _roots(rest)
    if decimal and len(str(value.numerator)) > _DIGITS:
        return [*([Term("number", name=str(size))] if size > 1 else []), *factors]
    if decimal:
        return [_decimal(value), *rest]
    return rest if size == 1 and rest else [Term("number", name=str(size)), *rest]


def _roots(factors: list[Term]) -> list[Term]:
    """√a √b as √(a b), where both are roots of numbers or constants."""
    under = [f.args[0] for f in factors if f.kind == "call" and f.name == "sqrt" and not f.symbols()]
    if len(under) < 2:
        return factors
    under.sort(key=lambda t: (t.kind != "number", str(t)))
    joined = call("sqrt", join_product(*under))
    rest = [f for f in factors if not (f.kind == "call" and f.name == "sqrt" and not f.symbols())]
    return [joined, *rest]


def _decimal(value: Fraction) -> Term:
    """A terminating decimal as such, any other fraction as a quotient."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
        if places > 60:
            return num(value)
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return num(f"{digits[:-places]}.{digits[-places:]}" if places else digits)
