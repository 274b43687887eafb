"""SymPy's polynomial algebra, remembered: the candidates of one formula ask for the same things."""

from __future__ import annotations

from functools import lru_cache

import sympy
from sympy import Expr

_SIZE = 4096


@lru_cache(maxsize=_SIZE)
def cancel(expr: Expr) -> Expr:
    """One quotient of coprime polynomials."""
    return sympy.cancel(expr)


@lru_cache(maxsize=_SIZE)
def expand(expr: Expr) -> Expr:
    """Multiplied out."""
    return sympy.expand(expr)


@lru_cache(maxsize=_SIZE)
def fraction(expr: Expr) -> tuple[Expr, Expr]:
    """Numerator and denominator over one bar."""
    top, bottom = sympy.fraction(sympy.together(expr))
    return top, bottom


@lru_cache(maxsize=_SIZE)
def factor_list(expr: Expr) -> tuple[Expr, tuple[tuple[Expr, int], ...]]:
    """The content and the irreducible factors."""
    content, factors = sympy.factor_list(expr)
    return content, tuple((factor, int(count)) for factor, count in factors)


@lru_cache(maxsize=_SIZE)
def factored(expr: Expr) -> Expr:
    """The product of the irreducible factors."""
    return sympy.factor(expr)


@lru_cache(maxsize=_SIZE)
def terms(expr: Expr, symbol: Expr) -> tuple[tuple[int, Expr], ...]:
    """`(degree, coefficient)` of a polynomial in one symbol, highest first."""
    return tuple((int(degree), c) for (degree,), c in sympy.Poly(expr, symbol).terms())
