"""An autodiff of its own: forward values and gradients by dual numbers in mpmath, 60 digits, no symderiv.

A network is a Python function of a dictionary of `Dual`s; gradients come one parameter at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import mpmath

mpmath.mp.dps = 60


@dataclass
class Dual:
    """a + b ε, ε² = 0."""

    a: Any
    b: Any

    def __add__(self, other):
        other = dual(other)
        return Dual(self.a + other.a, self.b + other.b)

    __radd__ = __add__

    def __neg__(self):
        return Dual(-self.a, -self.b)

    def __sub__(self, other):
        return self + (-dual(other))

    def __rsub__(self, other):
        return dual(other) - self

    def __mul__(self, other):
        other = dual(other)
        return Dual(self.a * other.a, self.a * other.b + self.b * other.a)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = dual(other)
        return Dual(self.a / other.a, (self.b * other.a - self.a * other.b) / other.a**2)

    def __rtruediv__(self, other):
        return dual(other) / self


def dual(value) -> Dual:
    return value if isinstance(value, Dual) else Dual(mpmath.mpf(value), mpmath.mpf(0))


def exp(u: Dual) -> Dual:
    return Dual(mpmath.exp(u.a), u.b * mpmath.exp(u.a))


def log(u: Dual) -> Dual:
    return Dual(mpmath.log(u.a), u.b / u.a)


def sigmoid(u: Dual) -> Dual:
    return 1 / (1 + exp(-u))


def tanh(u: Dual) -> Dual:
    return (exp(u) - exp(-u)) / (exp(u) + exp(-u))


def values_and_slopes(
    network: Callable[[Mapping[str, Dual]], dict[str, Dual]], given: Mapping[str, Any], loss: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Every value of the network, and the derivative of the loss by every given number."""
    exact = {name: mpmath.mpf(str(value)) for name, value in given.items()}
    values = {n: d.a for n, d in network({name: dual(v) for name, v in exact.items()}).items()}
    slopes = {}
    for moved in exact:
        seeded = {name: Dual(v, mpmath.mpf(name == moved)) for name, v in exact.items()}
        slopes[moved] = network(seeded)[loss].b
    return values, slopes
