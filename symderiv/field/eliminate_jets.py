"""Taylor jets over F_p: f(x + h) = f₀ + f₁h + f₂h² + ..., at many random points at once.

A jet is an array of shape (order + 1, points); row k holds the k-th Taylor coefficient. Transcendental
functions have no value in a prime field, so a random residue stands for the value (a generator of
the tower is free), and the differential equation of the function gives the rest of its jet.

The prime is 7 modulo 8, so that exactly one of a, -a is a square, 2 is a square, and the root that is
itself a square plays the part of the positive root: sqrt(a)*sqrt(b) = sqrt(a*b) whenever all exist.
Roots of degree 3, 5, 7, 11, 13 are unique.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.int64]
Jet = NDArray[np.int64]

PRIME = 2147474159
_HALF = (PRIME + 1) // 2
_MASK = (1 << 64) - 1


def residues(count: int, tag: int) -> Row:
    """`count` residues, scrambled from `tag` (splitmix), never 0."""
    with np.errstate(over="ignore"):
        z = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z += np.uint64((tag * 0xD1342543DE82EF95 + 0x2545F4914F6CDD1D) & _MASK)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z % np.uint64(PRIME - 1)).astype(np.int64) + 1


def row_power(base: Row, exponent: int) -> Row:
    """base ** exponent, point by point."""
    result = np.ones_like(base)
    square = base
    while exponent:
        if exponent & 1:
            result = result * square % PRIME
        exponent >>= 1
        if exponent:
            square = square * square % PRIME
    return result


def row_inverse(row: Row) -> Row:
    """1/row (0 where row is 0)."""
    return row_power(row, PRIME - 2)


def row_root(row: Row, degree: int) -> Row | None:
    """The canonical root of that degree (garbage where there is none; compare its power)."""
    exponent = 1
    while degree % 2 == 0:
        exponent = exponent * ((PRIME + 1) // 4) % (PRIME - 1)
        degree //= 2
    if np.gcd(degree, PRIME - 1) != 1:
        return None
    return row_power(row, exponent * pow(degree, -1, PRIME - 1) % (PRIME - 1))


def constant(value: int, like: Jet) -> Jet:
    """The jet of a number."""
    jet = np.zeros_like(like)
    jet[0] = value % PRIME
    return jet


def product(a: Jet, b: Jet) -> Jet:
    """The jet of a*b."""
    jet = np.zeros_like(a)
    for k in range(len(a)):
        for j in range(k + 1):
            jet[k] = (jet[k] + a[j] * b[k - j]) % PRIME
    return jet


def reciprocal(a: Jet) -> Jet:
    """The jet of 1/a."""
    jet = np.zeros_like(a)
    first = row_inverse(a[0])
    jet[0] = first
    for k in range(1, len(a)):
        total = np.zeros_like(first)
        for j in range(1, k + 1):
            total = (total + a[j] * jet[k - j]) % PRIME
        jet[k] = (PRIME - total) * first % PRIME
    return jet


def integer_power(a: Jet, exponent: int) -> Jet:
    """The jet of a**n, n any integer."""
    if exponent < 0:
        a, exponent = reciprocal(a), -exponent
    result = constant(1, a)
    square = a
    while exponent:
        if exponent & 1:
            result = product(result, square)
        exponent >>= 1
        if exponent:
            square = product(square, square)
    return result


def real_power(u: Jet, exponent: int, first: Row) -> Jet:
    """The jet of r = u**α with r₀ given, from u r' = α u' r (α as a residue)."""
    jet = np.zeros_like(u)
    jet[0] = first
    inverse = row_inverse(u[0])
    for k in range(1, len(u)):
        total = np.zeros_like(first)
        for j in range(1, k + 1):
            weight = (exponent * j - k + j) % PRIME
            total = (total + weight * (u[j] * jet[k - j] % PRIME)) % PRIME
        jet[k] = total * inverse % PRIME * pow(k, -1, PRIME) % PRIME
    return jet


def _solve(u: Jet, first: Row, rate: Callable[[Jet, int], Row]) -> Jet:
    """The jet of f from f' = u' * rate, where rate(f, k) is row k of the rate and needs f₀ ... f_k."""
    jet = np.zeros_like(u)
    jet[0] = first
    rates: list[Row] = []
    for k in range(1, len(u)):
        rates.append(rate(jet, k - 1))
        total = np.zeros_like(first)
        for j in range(1, k + 1):
            total = (total + j * (u[j] * rates[k - j] % PRIME)) % PRIME
        jet[k] = total * pow(k, -1, PRIME) % PRIME
    return jet


def exponential(u: Jet, first: Row) -> Jet:
    """The jet of e^u, e^u₀ given: f' = u' f."""
    return _solve(u, first, lambda f, k: f[k])


def tangent(u: Jet, first: Row) -> Jet:
    """The jet of tan u, tan u₀ given: f' = u' (1 + f²)."""

    def rate(f: Jet, k: int) -> Row:
        total = np.full_like(first, 1 if k == 0 else 0)
        for j in range(k + 1):
            total = (total + f[j] * f[k - j]) % PRIME
        return total

    return _solve(u, first, rate)


def integral(u: Jet, rate: Jet, first: Row) -> Jet:
    """The jet of f from f' = u' * rate, f₀ given (log, atan, asin, erf)."""
    return _solve(u, first, lambda _, k: rate[k])


def half(jet: Jet) -> Jet:
    """jet/2."""
    return jet * _HALF % PRIME
