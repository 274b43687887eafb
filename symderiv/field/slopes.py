"""d/dx in the tower: the derivative of an element from the derivatives of its generators."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq_mpoly

from symderiv.errors import UnsupportedError
from symderiv.field.angles import cos_sin, pi
from symderiv.field.engine import Engine
from symderiv.field.exponents import exponential
from symderiv.field.products import abs_power
from symderiv.field.tower import Element, Generator

_HALF = Fraction(1, 2)


def slope(engine: Engine, value: Element, symbol: Element) -> Element:
    """d(value)/d(symbol), away from the kinks of |u|."""
    return _Slopes(engine, symbol).of(value)


class _Slopes:
    def __init__(self, engine: Engine, symbol: Element) -> None:
        self.engine = engine
        self.tower = engine.tower
        self.symbol = engine.tower.used(symbol.num)[0]
        self.known: dict[int, Element] = {}

    def of(self, value: Element) -> Element:
        top, bottom = self._poly(value.num), self._poly(value.den)
        num, den = self.tower.element(value.num), self.tower.element(value.den)
        return top / den - num * bottom / (den * den)

    def _poly(self, poly: fmpq_mpoly) -> Element:
        total = self.tower.zero
        for generator in self.tower.used(poly):
            inner = self._generator(generator)
            if not inner.num.is_zero():
                column = self.tower.column(generator.position)
                partial = self.tower.reduced(poly.derivative(column))
                total = total + self.tower.element(partial) * inner
        return total

    def _generator(self, generator: Generator) -> Element:
        if generator.position not in self.known:
            self.known[generator.position] = self._rule(generator)
        return self.known[generator.position]

    def _rule(self, generator: Generator) -> Element:
        tower, engine = self.tower, self.engine
        if generator is self.symbol:
            return tower.one
        u = generator.argument
        if generator.constant or u is None or generator.kind in ("sign", "parity"):
            if generator.kind == "call":
                raise UnsupportedError("the slope of an undefined function of several arguments")
            return tower.zero
        du = self.of(u)
        if du.num.is_zero():
            return du
        one = tower.one
        match generator.kind:
            case "exp":
                return tower.of(generator) * du
            case "log":
                return du / u
            case "root":
                return tower.of(generator) * du / u.scaled(generator.degree)
            case "sin":
                return cos_sin(engine, u)[0] * du
            case "cos":
                return -(cos_sin(engine, u)[1] * du)
            case "atan":
                return du / (one + u * u)
            case "asin":
                return du * abs_power(engine, one - u * u, -_HALF)
            case "erf":
                weight = abs_power(engine, pi(engine), -_HALF).scaled(2)
                return weight * exponential(engine, -(u * u)) * du
            case kind:
                return tower.of(engine.function(f"{kind}'", u)) * du
