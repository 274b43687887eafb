"""Elements back as Terms: for solving a factor for a symbol, and for showing conditions."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq_mpoly

from symderiv.errors import UnsupportedError
from symderiv.field.engine import Engine
from symderiv.field.tower import Element, Generator, as_fraction, coefficients_in
from symderiv.notation.term import ONE, ZERO, Term, add, call, const, div, index, mul, neg, num, power, sym


def element_term(engine: Engine, value: Element) -> Term:
    """A Term that stands for the element."""
    top = poly_term(engine, value.num)
    return top if value.den.is_one() else div(top, poly_term(engine, value.den))


def poly_term(engine: Engine, poly: fmpq_mpoly) -> Term:
    """A polynomial as a sum, in the tower's order (the highest generator first)."""
    parts: list[Term] = []
    for exponents, value in poly.terms():
        coefficient = as_fraction(value)
        factors = []
        for column, exponent in enumerate(exponents):
            if exponent:
                base = generator_term(engine, engine.tower.generator_at(column))
                factors.append(base if exponent == 1 else power(base, num(int(exponent))))
        parts.append(_monomial(coefficient, factors))
    if not parts:
        return ZERO
    return add(*parts) if len(parts) > 1 else parts[0]


def _monomial(coefficient: Fraction, factors: list[Term]) -> Term:
    size = abs(coefficient)
    if size != 1 or not factors:
        factors = [num(size), *factors]
    term = mul(*factors) if len(factors) > 1 else factors[0]
    return neg(term) if coefficient < 0 else term


def generator_term(engine: Engine, generator: Generator) -> Term:
    """What a generator stands for."""
    if generator.kind == "symbol":
        base, bracket, inside = generator.label.partition("[")
        if not bracket:
            return sym(base)
        marks = [part.strip() for part in inside.rstrip("]").split(",")]
        if not all(mark.lstrip("-").isdigit() for mark in marks):
            raise UnsupportedError("an entry with symbolic indices")
        return index(sym(base), *(num(int(mark)) for mark in marks))
    if generator.kind == "constant":
        return const("pi")
    if generator.argument is None:
        raise UnsupportedError(f"no formula for {generator.label}")
    inner = element_term(engine, generator.argument)
    match generator.kind:
        case "root":
            size = inner if inner.kind == "number" else call("Abs", inner)
            if generator.degree == 2:
                return call("sqrt", size)
            return power(size, div(ONE, num(generator.degree)))
        case "log":
            return call("log", inner if inner.kind == "number" else call("Abs", inner))
        case "exp" | "sin" | "cos" | "atan" | "asin" | "erf" | "sign":
            return call(generator.kind, inner)
        case kind:
            raise UnsupportedError(f"no formula for a {kind}")


def solutions(engine: Engine, factor: fmpq_mpoly) -> list[tuple[str, Term]] | None:
    """All points with factor = 0, as values of one symbol; None where they cannot be written down."""
    tower = engine.tower
    used = tower.used(factor)
    degrees = factor.degrees()
    for generator in used:
        column = tower.column(generator.position)
        if generator.kind != "symbol" or "[" in generator.label or _inside(engine, generator, used):
            continue
        if degrees[column] == 1:
            b, a = coefficients_in(tower, factor, column, 1)
            if _never_zero(engine, a) or _never_zero(engine, b):
                value = div(neg(poly_term(engine, b)), poly_term(engine, a))
                return [(generator.label, _short(value))]
        if degrees[column] == 2 and len(used) == 1:
            parts = coefficients_in(tower, factor, column, 2)
            low, mid, top = (
                Fraction(0) if p.is_zero() else as_fraction(p.leading_coefficient()) for p in parts
            )
            root = call("sqrt", num(mid * mid - 4 * top * low))
            return [(generator.label, div(add(num(-mid), sign), num(2 * top))) for sign in (root, neg(root))]
    return None


def _short(value: Term) -> Term:
    top, bottom = value.args
    inner = top.args[0]
    try:
        exact = -_number(inner) / _number(bottom)
    except ValueError:
        return value
    return num(exact)


def _number(term: Term) -> Fraction:
    if term.kind == "neg":
        return -_number(term.args[0])
    if term.kind == "div":
        return _number(term.args[0]) / _number(term.args[1])
    return term.value()


def _inside(engine: Engine, symbol: Generator, used: list[Generator]) -> bool:
    """Does the symbol occur inside another generator of the factor?"""
    return any(depends(engine, g, symbol) for g in used if g is not symbol)


def depends(engine: Engine, generator: Generator, symbol: Generator) -> bool:
    """Does a generator depend on a symbol?"""
    if generator is symbol:
        return True
    if generator.argument is None:
        return generator.kind == "call"
    parts = engine.tower.used(generator.argument.num) + engine.tower.used(generator.argument.den)
    return any(depends(engine, part, symbol) for part in parts)


def _never_zero(engine: Engine, poly: fmpq_mpoly) -> bool:
    if poly.is_zero():
        return False
    _, factors = engine.factored(poly)
    known = [engine.region.definite(factor) for factor, _ in factors]
    return all(k is not None and k[1] for k in known)
