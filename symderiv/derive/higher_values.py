"""Derivatives at a point, exactly where the letters have rational values there, and the Taylor polynomial."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from symderiv.catalog import Catalog
from symderiv.derive.algebra import join_product, literal
from symderiv.derive.higher import Higher
from symderiv.derive.polynomial import scaled
from symderiv.derive.properties_constants import digits
from symderiv.errors import InputError, SymderivError
from symderiv.meaning import to_sympy
from symderiv.notation.term import Term, add, neg, num, power, sym
from symderiv.prove import Prover, Verdict
from symderiv.prove.balls import value

DIGITS = 15


@dataclass(frozen=True, slots=True)
class Value:
    """f^(n) at the point: the exact number where it is rational, certified digits, and the verdict."""

    n: int
    exact: Fraction | None
    digits: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class At:
    """Values at a point, from f itself on; `taylor` is the polynomial where every value is rational."""

    point: Fraction
    values: tuple[Value, ...]
    taylor: Term | None


def at(found: Higher, point: Fraction, catalog: Catalog) -> At:
    """f and its derivatives at the point. Raises `InputError` where f has no value or no such derivative."""
    derivation = found.derivation
    variable = derivation.variable
    if any(literal(kink.at) == point and (kink.smooth or 0) < len(found.orders) for kink in derivation.kinks):
        raise InputError(f"{derivation.name} has a kink at {point}", hint="another point with --at")
    place = {variable: num(point)}
    terms = [derivation.definition, *(order.applied for order in found.orders)]
    known = catalog.with_record(derivation.record)
    values = tuple(_value(n, term.substitute(place), known) for n, term in enumerate(terms))
    return At(point, values, _taylor(values, point, sym(variable)))


def _value(n: int, term: Term, catalog: Catalog) -> Value:
    plain = catalog.unfold(term)
    exact = _rational(plain)
    if exact is not None:
        verdict = Prover(catalog).prove(term, num(exact))
        if verdict.is_proved:
            return Value(n, exact, "", verdict)
    ball = value(plain, {}, digits=DIGITS + 2) if not plain.free_symbols() else None
    if ball is None:
        raise InputError("no value at that point", hint="another point with --at, and no free parameters")
    return Value(n, None, digits(ball, DIGITS), Verdict("proved", "balls"))


def _rational(term: Term) -> Fraction | None:
    if term.free_symbols():
        return None
    try:
        meaning = to_sympy(term)
    except SymderivError:
        return None
    return Fraction(int(meaning.p), int(meaning.q)) if meaning.is_Rational else None


def _taylor(values: tuple[Value, ...], point: Fraction, variable: Term) -> Term | None:
    """Σ f^(k)(a)/k! (x - a)^k."""
    away = variable if point == 0 else add(variable, num(-point))
    parts: list[Term] = []
    for one in values:
        if one.exact is None:
            return None
        coefficient = one.exact / factorial(one.n)
        if not coefficient:
            continue
        raised = num(1) if one.n == 0 else away if one.n == 1 else power(away, num(one.n))
        part = scaled(abs(coefficient), raised) if one.n else num(abs(coefficient))
        parts.append(neg(part) if coefficient < 0 else join_product(part))
    if not parts:
        return num(0)
    return parts[0] if len(parts) == 1 else add(*parts)
