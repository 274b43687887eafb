"""Candidates: the same quotient in letters, arranged in different ways; which is best is measured.

* as factors, or multiplied out: `t/(1 + t)^2` and `t/(1 + t (2 + t))`;
* the limit and the rest: `1 - t/(1 + t)`, where E -> 0 leaves a constant behind;
* term by term in the magnitude or in an outer letter: `A - a t/(1 + t^2)`;
* in the complement M = 1 - E, evaluated by `expm1`;
* with the reciprocal r = 1/a, where powers of a large magnitude would overflow;
* with the leading power of E split in two, or scaled by 2^64: E alone loses digits below the normal range.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import sympy
from sympy import Expr, Symbol

from symderiv.errors import UnsupportedError
from symderiv.kernels.algebra import cancel, expand, factor_list, factored, fraction
from symderiv.kernels.arrangement import FAR, FAR_WIDE, Arrangement, Arranger
from symderiv.kernels.letters import Letter, Tower
from symderiv.kernels.lowering import Lowering

Recipe = Callable[[Lowering], int]


def arrangements(*, wide: bool) -> tuple[Arrangement, ...]:
    """Every way to arrange one quotient."""
    plain = [
        Arrangement("multiplied out", "expanded", "expanded"),
        Arrangement("numerator as factors", "factors", "expanded"),
        Arrangement("as factors"),
        Arrangement("denominator as factors", "expanded", "factors"),
        Arrangement("with the reciprocal of the magnitude", reciprocal=True),
        Arrangement("as factors, bounded", bounded=True),
        Arrangement("multiplied out, one side", "expanded", "expanded", one_sided=True),
        Arrangement("as factors, one side", one_sided=True),
        Arrangement("multiplied out, over 1 + ...", "expanded", "expanded", unit=True),
        Arrangement("multiplied out, held in its cell", "expanded", "expanded", held=True),
    ]
    if wide:
        careful = Arrangement("multiplied out, constants in two words", "expanded", "expanded", careful=True)
        plain += [
            careful,
            replace(careful, name="multiplied out, over 1 + ..., constants in two words", unit=True),
        ]
        ways = [way for way in plain if way.careful or not way.special]
        plain += [replace(way, name=f"{way.name}, exponent split", split="halved") for way in ways]
        plain += [replace(way, name=f"{way.name}, exponent scaled", split="scaled") for way in ways]
    return tuple(plain)


def candidates(tower: Tower, expr: Expr, *, wide: bool) -> Iterator[tuple[str, Recipe]]:
    """Names and recipes of every candidate for one quotient; some may raise `UnsupportedError`."""
    quotient = cancel(expr)
    for way in arrangements(wide=wide):
        yield way.name, _plain(quotient, way)
    decays = [one.symbol for one in tower.letters if one.kind == "decay"]
    for way in arrangements(wide=wide):
        if way.special:
            continue
        for symbol in decays:
            yield f"limit and rest, {way.name}", _limit(quotient, symbol, way)
        yield f"by terms in {tower.variable}, {way.name}", _terms(quotient, tower.variable, way)
        for one in tower.letters:
            if one.kind not in ("decay", "const"):
                yield f"by terms in {one.symbol}, {way.name}", _terms(quotient, one.symbol, way)
                if one.kind == "magnitude" and way.numerator == "factors":
                    for symbol in decays:
                        name = f"by terms in {one.symbol}, by the complement, {way.name}"
                        yield name, _terms(quotient, one.symbol, way, symbol)
        for symbol in decays:
            yield f"by the complement, {way.name}", _complement(quotient, symbol, way, everywhere=False)
            yield f"in the complement, {way.name}", _complement(quotient, symbol, way, everywhere=True)


def _plain(quotient: Expr, way: Arrangement) -> Recipe:
    def recipe(lowering: Lowering) -> int:
        lowering.careful, lowering.one_sided = way.careful, way.one_sided
        if way.bounded:
            lowering.bound = FAR_WIDE if lowering.wide else FAR
        if way.held:
            lowering.hold()
        return Arranger(lowering, way).value(quotient)

    return recipe


def _limit(quotient: Expr, symbol: Symbol, way: Arrangement) -> Recipe:
    """f = f(E=0) + (f - f(E=0)), the second part by its factors."""

    def recipe(lowering: Lowering) -> int:
        numerator, denominator = fraction(quotient)
        if denominator.subs(symbol, 0) == 0:
            raise UnsupportedError("it grows without bound")
        limit = cancel(numerator.subs(symbol, 0) / denominator.subs(symbol, 0))
        rest = factored(cancel(quotient - limit))
        if limit == 0 or rest == 0:
            raise UnsupportedError("there is no rest")
        arranger = Arranger(lowering, way)
        return arranger.put.op("add", arranger.value(limit), arranger.value(rest))

    return recipe


def _terms(quotient: Expr, symbol: Symbol, way: Arrangement, decay: Symbol | None = None) -> Recipe:
    """A polynomial in one letter, each coefficient a quotient of its own; in M = 1 - E where it can be."""

    def recipe(lowering: Lowering) -> int:
        inside = None if decay is None else _complemented(lowering, decay)
        numerator, denominator = fraction(quotient)
        if denominator.has(symbol) or not numerator.has(symbol):
            raise UnsupportedError("the letter is in the denominator")
        arranger = Arranger(lowering, way)
        lead = _common_decay(arranger, numerator)
        if lead is not None:
            numerator = cancel(numerator / lead[0] ** lead[1])
        value: int | None = None
        for (degree,), coefficient in reversed(sympy.Poly(numerator, symbol).terms()):
            part = cancel(coefficient / denominator)
            if decay is not None and inside is not None:
                turned = _turned(fraction(part)[0], decay, inside[1], everywhere=False)
                if turned != fraction(part)[0]:
                    place = Arranger(inside[0], way).value(turned / fraction(part)[1])
                    if degree:
                        word = lowering.symbol(symbol)
                        place = arranger.put.op("mul", place, lowering.raised(word, degree))
                    value = place if value is None else arranger.put.op("add", value, place)
                    continue
            above, _ = fraction(part)
            damped = lead is not None or any(
                lowering.kind(f) == "decay" for f, _ in arranger.factors(above)[1]
            )
            place = arranger.value(part)
            if degree:
                word = lowering.symbol(symbol, damped=damped)
                place = arranger.put.op("mul", place, lowering.raised(word, degree))
            value = place if value is None else arranger.put.op("add", value, place)
        assert value is not None
        if lead is not None:
            first, tail = arranger.decays(*lead)
            value = arranger.put.op("mul", value, first)
            value = value if tail is None else arranger.put.op("mul", value, tail)
        return value

    return recipe


def _common_decay(arranger: Arranger, numerator: Expr) -> tuple[Symbol, int] | None:
    """The power of a decaying letter that every term has."""
    for factor, count in arranger.factors(numerator)[1]:
        if factor.is_Symbol and arranger.lowering.kind(factor) == "decay":
            return factor, count
    return None


def _complement(quotient: Expr, symbol: Symbol, way: Arrangement, *, everywhere: bool) -> Recipe:
    """Factors that vanish at E = 1 (or all of them) are written in M = 1 - E = -expm1(-|v|)."""

    def recipe(lowering: Lowering) -> int:
        inside, complement = _complemented(lowering, symbol)
        numerator, denominator = fraction(factored(quotient))
        changed = [
            _turned(part, symbol, complement, everywhere=everywhere) for part in (numerator, denominator)
        ]
        if changed == [numerator, denominator]:
            raise UnsupportedError("nothing vanishes at E = 1")
        return Arranger(inside, way).value(changed[0] / changed[1])

    return recipe


def _complemented(lowering: Lowering, symbol: Symbol) -> tuple[Lowering, Symbol]:
    """A lowering that knows M = 1 - E, too."""
    tower = lowering.tower
    letter = next(one for one in tower.letters if one.symbol == symbol)
    complement = Symbol(f"M{symbol.name}", positive=True)
    put = lowering.builder
    inner = lowering.polynomial(-letter.argument, damped=True)
    extended = replace(tower, letters=[*tower.letters, Letter(complement, "complement", letter.argument)])
    inside = Lowering(put, extended, lowering.wide, lowering.bound, places=lowering.places)
    inside.places[complement, False] = inside.places[complement, True] = put.op("neg", put.op("expm1", inner))
    return inside, complement


def _turned(part: Expr, symbol: Symbol, complement: Symbol, *, everywhere: bool) -> Expr:
    """The product with 1 - M for E in each factor that vanishes at E = 1."""
    constant, factors = factor_list(part)
    for factor, count in factors:
        vanishes = factor.has(symbol) and expand(factor.subs(symbol, 1)) == 0
        if vanishes or (everywhere and factor.has(symbol) and not factor.is_Symbol):
            constant *= expand(factor.subs(symbol, 1 - complement)) ** count
        else:
            constant *= factor**count
    return constant
